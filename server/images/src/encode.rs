use crate::{Format, ImageError};
use image::{ExtendedColorType, codecs::webp::WebPEncoder};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

/// Thumbnails look at this quality like their originals, and are a third of the size that 95 would give.
const QUALITY: u8 = 82;

/// A JPEG of RGB pixels, a WebP of RGBA pixels.
pub(crate) fn encode(pixels: &[u8], width: u32, height: u32, channels: usize) -> Result<(Vec<u8>, Format), ImageError> {
    let mut bytes = Vec::with_capacity(pixels.len() / 8);
    if channels == 4 {
        WebPEncoder::new_lossless(&mut bytes)
            .encode(pixels, width, height, ExtendedColorType::Rgba8)
            .map_err(|_| ImageError::Broken)?;
        return Ok((bytes, Format::WebP));
    }
    let mut encoder = Encoder::new(&mut bytes, QUALITY);
    encoder.set_sampling_factor(SamplingFactor::R_4_2_0);
    encoder.encode(pixels, width as u16, height as u16, ColorType::Rgb).map_err(|_| ImageError::Broken)?;
    Ok((bytes, Format::Jpeg))
}
