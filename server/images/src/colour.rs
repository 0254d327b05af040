use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

/// The pixels, of `channels` bytes each, in sRGB. A profile that cannot be used leaves them as they are, as browsers do.
pub(crate) fn to_srgb(pixels: Vec<u8>, channels: usize, profile: Option<&[u8]>) -> Vec<u8> {
    match profile.and_then(|profile| converted(&pixels, channels, profile)) {
        Some(converted) => converted,
        None => pixels,
    }
}

fn converted(pixels: &[u8], channels: usize, profile: &[u8]) -> Option<Vec<u8>> {
    let profile = ColorProfile::new_from_slice(profile).ok()?;
    // Grey and CMYK have been made RGB by the decoder, which their profiles do not describe.
    if profile.color_space != DataColorSpace::Rgb {
        return None;
    }
    let layout = if channels == 4 { Layout::Rgba } else { Layout::Rgb };
    let transform =
        profile.create_transform_8bit(layout, &ColorProfile::new_srgb(), layout, TransformOptions::default()).ok()?;
    let mut converted = vec![0; pixels.len()];
    transform.transform(pixels, &mut converted).ok()?;
    Some(converted)
}
