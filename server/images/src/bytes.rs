use crate::ImageError;

/// Reads from untrusted bytes; whatever is not there makes the picture broken.
#[derive(Clone)]
pub(crate) struct Bytes<'a> {
    all: &'a [u8],
    position: usize,
}

impl<'a> Bytes<'a> {
    pub(crate) fn new(all: &'a [u8]) -> Self {
        Self { all, position: 0 }
    }

    pub(crate) fn position(&self) -> usize {
        self.position
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.position >= self.all.len()
    }

    pub(crate) fn rest(&self) -> &'a [u8] {
        self.all.get(self.position..).unwrap_or_default()
    }

    pub(crate) fn take(&mut self, count: usize) -> Result<&'a [u8], ImageError> {
        let end = self.position.checked_add(count).ok_or(ImageError::Broken)?;
        let taken = self.all.get(self.position..end).ok_or(ImageError::Broken)?;
        self.position = end;
        Ok(taken)
    }

    pub(crate) fn array<const N: usize>(&mut self) -> Result<[u8; N], ImageError> {
        self.take(N)?.try_into().map_err(|_| ImageError::Broken)
    }

    pub(crate) fn u8(&mut self) -> Result<u8, ImageError> {
        Ok(u8::from_be_bytes(self.array()?))
    }

    pub(crate) fn u16(&mut self) -> Result<u16, ImageError> {
        Ok(u16::from_be_bytes(self.array()?))
    }

    pub(crate) fn u32(&mut self) -> Result<u32, ImageError> {
        Ok(u32::from_be_bytes(self.array()?))
    }

    pub(crate) fn u16_le(&mut self) -> Result<u16, ImageError> {
        Ok(u16::from_le_bytes(self.array()?))
    }

    pub(crate) fn u32_le(&mut self) -> Result<u32, ImageError> {
        Ok(u32::from_le_bytes(self.array()?))
    }

    pub(crate) fn u24_le(&mut self) -> Result<u32, ImageError> {
        let [a, b, c] = self.array()?;
        Ok(u32::from_le_bytes([a, b, c, 0]))
    }

    /// A number of 0, 4 or 8 bytes.
    pub(crate) fn number(&mut self, size: u8) -> Result<u64, ImageError> {
        match size {
            0 => Ok(0),
            4 => self.u32().map(u64::from),
            8 => Ok(u64::from_be_bytes(self.array()?)),
            _ => Err(ImageError::Broken),
        }
    }
}
