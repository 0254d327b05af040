use crate::{ImageError, colour, decode::Picture, encode::encode, orientation::Orientation};
use fast_image_resize::{
    PixelType, Resizer,
    images::{Image, ImageRef},
};

/// The longest side that every format written here can have.
const LONGEST: u32 = 16_383;
/// The longest side of what a thumbhash is made of.
const THUMBHASH: u32 = 100;

/// An upright picture that is small enough to show in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thumbnail {
    /// Pixels from left to right.
    pub width: u32,
    /// Pixels from top to bottom.
    pub height: u32,
    /// The file.
    pub bytes: Vec<u8>,
    /// The file's media type: JPEG where all is opaque, else WebP.
    pub content_type: &'static str,
}

/// What is shown instead of a picture until it is there, or for good in lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// From the smallest to the largest.
    pub thumbnails: Vec<Thumbnail>,
    /// About 25 bytes that draw a blurred picture at once.
    pub thumbhash: Vec<u8>,
}

pub(crate) fn render(mut picture: Picture, orientation: Orientation, bounds: &[u32]) -> Result<Rendered, ImageError> {
    let mut sizes: Vec<_> =
        bounds.iter().map(|bound| fit(picture.width, picture.height, (*bound).clamp(1, LONGEST))).collect();
    sizes.sort_unstable();
    sizes.dedup();
    // Everything is made of the largest one: the picture itself is gone over only once.
    let (width, height) = sizes.last().copied().unwrap_or_else(|| fit(picture.width, picture.height, THUMBHASH));
    picture.resize(width, height)?;
    picture.turn(orientation);
    picture.pixels = colour::to_srgb(picture.pixels, picture.channels, picture.profile.as_deref());

    let mut thumbnails = Vec::new();
    for (width, height) in sizes {
        let (width, height) = orientation.shown(width, height);
        let pixels = picture.resized(width, height)?;
        let pixels = pixels.as_deref().unwrap_or(&picture.pixels);
        let (bytes, format) = encode(pixels, width, height, picture.channels)?;
        thumbnails.push(Thumbnail { width, height, bytes, content_type: format.media_type() });
    }
    let thumbhash = thumbhash(picture)?;
    Ok(Rendered { thumbnails, thumbhash })
}

/// The size whose longest side is at most `bound`.
fn fit(width: u32, height: u32, bound: u32) -> (u32, u32) {
    let longest = width.max(height);
    if longest <= bound {
        return (width, height);
    }
    let scale = |side: u32| {
        let scaled = (u64::from(side) * u64::from(bound) + u64::from(longest) / 2) / u64::from(longest);
        (scaled as u32).max(1)
    };
    (scale(width), scale(height))
}

impl Picture {
    fn resize(&mut self, width: u32, height: u32) -> Result<(), ImageError> {
        if let Some(pixels) = self.resized(width, height)? {
            (self.pixels, self.width, self.height) = (pixels, width, height);
        }
        Ok(())
    }

    /// `None` where it has this size.
    fn resized(&self, width: u32, height: u32) -> Result<Option<Vec<u8>>, ImageError> {
        if (width, height) == (self.width, self.height) {
            return Ok(None);
        }
        let kind = if self.channels == 4 { PixelType::U8x4 } else { PixelType::U8x3 };
        let from = ImageRef::new(self.width, self.height, &self.pixels, kind).map_err(|_| ImageError::Broken)?;
        let mut to = Image::new(width, height, kind);
        // Lanczos, and transparent pixels lend no colour to their neighbours.
        Resizer::new().resize(&from, &mut to, None).map_err(|_| ImageError::Broken)?;
        Ok(Some(to.into_vec()))
    }

    fn turn(&mut self, orientation: Orientation) {
        let pixels = std::mem::take(&mut self.pixels);
        self.pixels = if self.channels == 4 {
            orientation.upright::<4>(pixels, self.width, self.height)
        } else {
            orientation.upright::<3>(pixels, self.width, self.height)
        };
        (self.width, self.height) = orientation.shown(self.width, self.height);
    }
}

fn thumbhash(mut picture: Picture) -> Result<Vec<u8>, ImageError> {
    let (width, height) = fit(picture.width, picture.height, THUMBHASH);
    picture.resize(width, height)?;
    let pixels = if picture.channels == 4 {
        picture.pixels
    } else {
        let (triples, _) = picture.pixels.as_chunks::<3>();
        triples.iter().flat_map(|[red, green, blue]| [*red, *green, *blue, u8::MAX]).collect()
    };
    Ok(thumbhash::rgba_to_thumb_hash(width as usize, height as usize, &pixels))
}
