use crate::ImageError;

/// What decoding a picture may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Pixels of the whole picture.
    pub pixels: u64,
    /// Bytes that are held for its pixels at once.
    pub allocation: u64,
}

impl Default for Limits {
    /// 100 megapixels; a gigabyte is enough for them in every common kind of file.
    fn default() -> Self {
        Self { pixels: 100_000_000, allocation: 1_000_000_000 }
    }
}

impl Limits {
    pub(crate) fn check(&self, width: u32, height: u32) -> Result<(), ImageError> {
        if width == 0 || height == 0 {
            return Err(ImageError::Broken);
        }
        if u64::from(width) * u64::from(height) > self.pixels {
            return Err(ImageError::TooManyPixels { width, height });
        }
        Ok(())
    }

    pub(crate) fn check_allocation(&self, bytes: u64, width: u32, height: u32) -> Result<(), ImageError> {
        if bytes > self.allocation {
            return Err(ImageError::TooManyPixels { width, height });
        }
        Ok(())
    }
}
