//! What the files are made of: their headers, and the files without what is not the picture.

mod gif;
mod heif;
mod jpeg;
mod png;
mod webp;

use crate::{Format, ImageError, orientation::Orientation};

/// What stands before the pixels.
pub(crate) struct Header<'a> {
    /// Of the stored pixels, not yet turned.
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// The size of what is decoded first, where it has one of its own.
    pub(crate) frame: (u32, u32),
    /// Where the container itself says how to turn; what EXIF says then has been done.
    pub(crate) orientation: Option<Orientation>,
    /// A TIFF structure.
    pub(crate) exif: Option<&'a [u8]>,
    /// What a decoder holds besides the decoded pixels.
    pub(crate) working_memory: u64,
}

impl<'a> Header<'a> {
    fn new(width: u32, height: u32, exif: Option<&'a [u8]>) -> Self {
        Self { width, height, frame: (width, height), orientation: None, exif, working_memory: 0 }
    }
}

pub(crate) fn header(format: Format, bytes: &[u8]) -> Result<Header<'_>, ImageError> {
    match format {
        Format::Jpeg => jpeg::header(bytes),
        Format::Png => png::header(bytes),
        Format::WebP => webp::header(bytes),
        Format::Gif => gif::header(bytes),
        Format::Avif | Format::Heic => heif::header(bytes),
    }
}

pub(crate) fn stripped(format: Format, bytes: &[u8], orientation: Orientation) -> Result<Vec<u8>, ImageError> {
    match format {
        Format::Jpeg => jpeg::stripped(bytes, orientation),
        Format::Png => png::stripped(bytes, orientation),
        Format::WebP => webp::stripped(bytes, orientation),
        Format::Gif => gif::stripped(bytes),
        Format::Avif | Format::Heic => heif::stripped(bytes),
    }
}

pub(crate) use jpeg::{has_end as jpeg_has_end, scans as jpeg_scans};
