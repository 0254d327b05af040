use crate::ImageError;

/// A kind of picture file, told from its first bytes and never from its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// JPEG.
    Jpeg,
    /// PNG, animated or not.
    Png,
    /// WebP, animated or not.
    WebP,
    /// GIF, animated or not.
    Gif,
    /// AV1 in the container of HEIF.
    Avif,
    /// HEVC in the container of HEIF.
    Heic,
}

impl Format {
    /// The kind of picture these bytes begin.
    ///
    /// # Errors
    /// [`ImageError::Unsupported`] when they begin none.
    pub fn of(bytes: &[u8]) -> Result<Self, ImageError> {
        if bytes.starts_with(b"\xff\xd8\xff") {
            Ok(Self::Jpeg)
        } else if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            Ok(Self::Png)
        } else if bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a") {
            Ok(Self::Gif)
        } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
            Ok(Self::WebP)
        } else {
            Self::of_brands(bytes).ok_or(ImageError::Unsupported)
        }
    }

    /// HEIF says in its first box which kinds of decoders can read it.
    fn of_brands(bytes: &[u8]) -> Option<Self> {
        if bytes.get(4..8)? != b"ftyp" {
            return None;
        }
        let size = u32::from_be_bytes(*bytes.first_chunk()?) as usize;
        let major = bytes.get(8..12)?;
        let compatible = bytes.get(16..size.min(bytes.len()).min(512))?;
        std::iter::once(major).chain(compatible.chunks_exact(4)).find_map(|brand| match brand {
            b"avif" | b"avis" => Some(Self::Avif),
            b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" => Some(Self::Heic),
            _ => None,
        })
    }

    /// The type to answer with.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::WebP => "image/webp",
            Self::Gif => "image/gif",
            Self::Avif => "image/avif",
            Self::Heic => "image/heic",
        }
    }
}
