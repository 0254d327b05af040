use crate::{
    Format, ImageError, Limits,
    containers::{Header, jpeg_has_end, jpeg_scans},
};
use image::{
    DynamicImage, ImageDecoder,
    codecs::{gif::GifDecoder, png::PngDecoder, webp::WebPDecoder},
};
use std::io::Cursor;
use zune_core::{bytestream::ZCursor, colorspace::ColorSpace, options::DecoderOptions};
use zune_jpeg::{JpegDecoder, errors::DecodeErrors};

/// A progressive JPEG has about ten. Thousands would take hours, for each goes over the whole picture.
const MOST_SCANS: usize = 200;

/// Pixels as they are stored: RGB, or RGBA where some are not opaque.
pub(crate) struct Picture {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) channels: usize,
    pub(crate) pixels: Vec<u8>,
    /// An ICC profile.
    pub(crate) profile: Option<Vec<u8>>,
}

/// What is done with a picture whose data ends early.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum EarlyEnd {
    /// It is shown as far as it goes.
    Shown,
    /// It is broken.
    Refused,
}

pub(crate) fn decode(
    format: Format,
    bytes: &[u8],
    header: &Header,
    limits: &Limits,
    early_end: EarlyEnd,
) -> Result<Picture, ImageError> {
    let area = u64::from(header.width) * u64::from(header.height);
    let check = |pixels: u64| limits.check_allocation(pixels + header.working_memory, header.width, header.height);
    let reader = Cursor::new(bytes);
    let picture = match format {
        Format::Jpeg => {
            check(area * 3)?;
            jpeg(bytes, early_end)?
        }
        Format::Png => {
            let limits = image_limits(limits);
            let decoder = PngDecoder::with_limits(reader, limits.clone()).map_err(|_| ImageError::Broken)?;
            check(decoder.total_bytes() + area * 4)?;
            with_image(decoder, limits)?
        }
        Format::WebP => {
            check(area * 8)?;
            with_image(WebPDecoder::new(reader).map_err(|_| ImageError::Broken)?, image_limits(limits))?
        }
        Format::Gif => {
            check(area * 4)?;
            with_image(GifDecoder::new(reader).map_err(|_| ImageError::Broken)?, image_limits(limits))?
        }
        Format::Avif | Format::Heic => return Err(ImageError::NoDecoder),
    };
    // The limits were held against what the header says.
    if (picture.width, picture.height) != (header.width, header.height) {
        return Err(ImageError::Broken);
    }
    Ok(picture)
}

fn jpeg(bytes: &[u8], early_end: EarlyEnd) -> Result<Picture, ImageError> {
    if jpeg_scans(bytes)? > MOST_SCANS {
        return Err(ImageError::Broken);
    }
    let options = DecoderOptions::default()
        .set_max_width(usize::from(u16::MAX))
        .set_max_height(usize::from(u16::MAX))
        .jpeg_set_out_colorspace(ColorSpace::RGB)
        // Only where the end is missing: being strict also refuses slips of cameras that do no harm.
        .set_strict_mode(early_end == EarlyEnd::Refused && !jpeg_has_end(bytes));
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    let pixels = decoder.decode().map_err(|error| match error {
        DecodeErrors::Unsupported(_) => ImageError::NoDecoder,
        _ => ImageError::Broken,
    })?;
    let (width, height) = decoder.dimensions().ok_or(ImageError::Broken)?;
    if pixels.len() != width * height * 3 {
        return Err(ImageError::Broken);
    }
    let profile = decoder.icc_profile();
    Ok(Picture { width: width as u32, height: height as u32, channels: 3, pixels, profile })
}

fn image_limits(limits: &Limits) -> image::Limits {
    let mut decoder_limits = image::Limits::default();
    decoder_limits.max_alloc = Some(limits.allocation);
    decoder_limits
}

fn with_image(mut decoder: impl ImageDecoder, limits: image::Limits) -> Result<Picture, ImageError> {
    decoder.set_limits(limits).map_err(|_| ImageError::Broken)?;
    let profile = decoder.icc_profile().unwrap_or_default();
    let decoded = DynamicImage::from_decoder(decoder).map_err(|_| ImageError::Broken)?;
    let (width, height) = (decoded.width(), decoded.height());
    if !decoded.color().has_alpha() {
        return Ok(Picture { width, height, channels: 3, pixels: decoded.into_rgb8().into_raw(), profile });
    }
    let pixels = decoded.into_rgba8().into_raw();
    let (quads, _) = pixels.as_chunks::<4>();
    if quads.iter().any(|[_, _, _, alpha]| *alpha != u8::MAX) {
        return Ok(Picture { width, height, channels: 4, pixels, profile });
    }
    let pixels = quads.iter().flat_map(|[red, green, blue, _]| [*red, *green, *blue]).collect();
    Ok(Picture { width, height, channels: 3, pixels, profile })
}
