/// How stored pixels are turned to be shown, as EXIF counts it: 1 to 8.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Orientation(u8);

impl Orientation {
    pub(crate) const UPRIGHT: Self = Self(1);

    /// What is outside 1 to 8 means nothing and is shown as it is.
    pub(crate) fn from_number(number: u32) -> Self {
        match u8::try_from(number) {
            Ok(number @ 1..=8) => Self(number),
            _ => Self::UPRIGHT,
        }
    }

    /// HEIF rotates by `quarters` of a turn against the clock, and then mirrors: 0 swaps top and bottom, 1 left and
    /// right.
    pub(crate) fn from_turns(quarters: u8, mirror: Option<u8>) -> Self {
        Self(match (quarters % 4, mirror) {
            (0, None) => 1,
            (0, Some(0)) | (2, Some(1..)) => 4,
            (0, Some(_)) | (2, Some(0)) => 2,
            (1, None) => 8,
            (1, Some(0)) | (3, Some(1..)) => 5,
            (1, Some(_)) | (3, Some(0)) => 7,
            (2, None) => 3,
            _ => 6,
        })
    }

    pub(crate) fn number(self) -> u8 {
        self.0
    }

    fn swaps_sides(self) -> bool {
        self.0 >= 5
    }

    /// The size of the shown picture.
    pub(crate) fn shown(self, width: u32, height: u32) -> (u32, u32) {
        if self.swaps_sides() { (height, width) } else { (width, height) }
    }

    /// The pixels as they are shown, of `N` bytes each.
    pub(crate) fn upright<const N: usize>(self, pixels: Vec<u8>, width: u32, height: u32) -> Vec<u8> {
        if self == Self::UPRIGHT {
            return pixels;
        }
        let (stored, _) = pixels.as_chunks::<N>();
        let (last_x, last_y) = (width as usize - 1, height as usize - 1);
        let (shown_width, shown_height) = self.shown(width, height);
        let mut upright = Vec::with_capacity(pixels.len());
        for y in 0..shown_height as usize {
            for x in 0..shown_width as usize {
                let (x, y) = match self.0 {
                    2 => (last_x - x, y),
                    3 => (last_x - x, last_y - y),
                    4 => (x, last_y - y),
                    5 => (y, x),
                    6 => (y, last_y - x),
                    7 => (last_x - y, last_y - x),
                    _ => (last_x - y, x),
                };
                upright.extend_from_slice(&stored[y * width as usize + x]);
            }
        }
        upright
    }
}
