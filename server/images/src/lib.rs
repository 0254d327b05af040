//! Everything about pictures that needs their bytes: [`inspect`] what they are, [`verify`] that they are whole, [`render`]
//! upright thumbnails of them, and make the same picture [`without_metadata`].
//!
//! Every byte is taken for hostile. Sizes are read from the containers and held against [`Limits`] before anything is
//! allocated for pixels, and what decodes pixels is memory-safe. All functions compute for as long as they take: call
//! them where blocking is allowed.
//!
//! AVIF and HEIC are inspected and cleaned but not rendered: no decoder of theirs is at once memory-safe, kept up, and
//! free to use.

mod bytes;
mod colour;
mod containers;
mod decode;
mod encode;
mod error;
mod exif;
mod format;
mod limits;
mod orientation;
mod render;

pub use error::ImageError;
pub use exif::Exif;
pub use format::Format;
pub use limits::Limits;
pub use render::{Rendered, Thumbnail};

use containers::Header;
use decode::{EarlyEnd, decode};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What a picture's headers tell.
#[derive(Debug, Clone, PartialEq)]
pub struct Inspected {
    /// What kind of file it is.
    pub format: Format,
    /// Pixels from left to right, as the picture is shown.
    pub width: u32,
    /// Pixels from top to bottom, as the picture is shown.
    pub height: u32,
    /// How the stored pixels are turned to be shown, as a number of EXIF: 1 is not at all, 5 to 8 swap the sides.
    pub orientation: u8,
    /// What the camera wrote.
    pub exif: Exif,
}

/// Reads a picture's headers; no pixel is decoded.
///
/// # Errors
/// When it is not a picture of a known kind, is damaged, or declares more pixels than `limits` allow.
pub fn inspect(bytes: &[u8], limits: &Limits) -> Result<Inspected, ImageError> {
    guarded(|| {
        let (format, header) = checked_header(bytes, limits)?;
        let (orientation, exif) = exif::read(header.exif);
        let orientation = header.orientation.unwrap_or(orientation);
        let (width, height) = orientation.shown(header.width, header.height);
        Ok(Inspected { format, width, height, orientation: orientation.number(), exif })
    })
}

/// Decodes the picture, of an animation the first frame, to find out whether it is whole. What cannot be decoded here
/// passes: kinds of pictures without a decoder, and pictures that need more memory than `limits` allow.
///
/// # Errors
/// As [`inspect`], and [`ImageError::Broken`] for pixels that are damaged or end early.
pub fn verify(bytes: &[u8], limits: &Limits) -> Result<(), ImageError> {
    guarded(|| {
        let (format, header) = checked_header(bytes, limits)?;
        match decode(format, bytes, &header, limits, EarlyEnd::Refused) {
            Ok(_) | Err(ImageError::NoDecoder | ImageError::TooManyPixels { .. }) => Ok(()),
            Err(error) => Err(error),
        }
    })
}

/// Makes upright thumbnails: for each of the `bounds` one whose longest side is no longer, from the smallest to the
/// largest. None is larger than the picture, so that bounds beyond it yield one thumbnail together.
///
/// They carry no metadata and are sRGB: a picture with another profile is converted. An animation gives its first frame.
///
/// # Errors
/// As [`inspect`], and [`ImageError::NoDecoder`] for AVIF, HEIC and rare kinds of JPEG.
pub fn render(bytes: &[u8], bounds: &[u32], limits: &Limits) -> Result<Rendered, ImageError> {
    guarded(|| {
        let (format, header) = checked_header(bytes, limits)?;
        let picture = decode(format, bytes, &header, limits, EarlyEnd::Shown)?;
        let (orientation, _) = exif::read(header.exif);
        render::render(picture, header.orientation.unwrap_or(orientation), bounds)
    })
}

/// The same picture, pixel data byte for byte, without EXIF, XMP, IPTC, comments, embedded thumbnails and whatever
/// follows the picture in the file. Orientation, colour profile and animation stay.
///
/// # Errors
/// When it is not a picture of a known kind, is damaged, or is an AVIF or HEIC sequence ([`ImageError::NoDecoder`]).
pub fn without_metadata(bytes: &[u8]) -> Result<Vec<u8>, ImageError> {
    guarded(|| {
        let format = Format::of(bytes)?;
        let header = containers::header(format, bytes)?;
        let (orientation, _) = exif::read(header.exif);
        containers::stripped(format, bytes, orientation)
    })
}

fn checked_header<'a>(bytes: &'a [u8], limits: &Limits) -> Result<(Format, Header<'a>), ImageError> {
    let format = Format::of(bytes)?;
    let header = containers::header(format, bytes)?;
    limits.check(header.width, header.height)?;
    limits.check(header.frame.0, header.frame.1)?;
    Ok((format, header))
}

/// The decoders are foreign code that hostile bytes may bring to panic. Whatever they had allocated is dropped, and
/// they share no state, so the file is reported as broken and the process goes on.
fn guarded<T>(work: impl FnOnce() -> Result<T, ImageError>) -> Result<T, ImageError> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or(Err(ImageError::Broken))
}
