//! How a picture stands in its frame while one zooms and drags.

/// Most that a picture is enlarged.
const SCALE_MAX: f64 = 8.0;
/// What a double tap enlarges to.
const SCALE_TAP: f64 = 2.5;

/// A point, measured from the middle of the frame, in CSS pixels.
pub type Point = (f64, f64);

/// Scale and shift.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Zoom {
    /// 1 as it fits.
    pub scale: f64,
    /// To the right.
    pub x: f64,
    /// Down.
    pub y: f64,
}

impl Default for Zoom {
    fn default() -> Self {
        Self { scale: 1.0, x: 0.0, y: 0.0 }
    }
}

impl Zoom {
    /// Whether it is larger than it fits.
    #[must_use]
    pub fn is_zoomed(self) -> bool {
        self.scale > 1.01
    }

    /// Larger or smaller by a factor; what is at the point stays there.
    #[must_use]
    pub fn by(self, factor: f64, (x, y): Point) -> Self {
        let scale = (self.scale * factor).clamp(1.0, SCALE_MAX);
        let factor = scale / self.scale;
        Self { scale, x: x - (x - self.x) * factor, y: y - (y - self.y) * factor }.settled()
    }

    /// In or out again.
    #[must_use]
    pub fn toggled_at(self, point: Point) -> Self {
        if self.is_zoomed() { Self::default() } else { self.by(SCALE_TAP, point) }
    }

    /// Two fingers have moved.
    #[must_use]
    pub fn pinched(self, from: (Point, Point), to: (Point, Point)) -> Self {
        let (before, after) = (distance(from).max(1.0), distance(to).max(1.0));
        let (start, end) = (middle(from), middle(to));
        let scaled = self.by(after / before, start);
        scaled.moved(end.0 - start.0, end.1 - start.1)
    }

    /// Dragged.
    #[must_use]
    pub fn moved(self, x: f64, y: f64) -> Self {
        Self { x: self.x + x, y: self.y + y, ..self }.settled()
    }

    /// Within a frame of this size no edge is dragged past the middle.
    #[must_use]
    pub fn within(self, (width, height): Point) -> Self {
        let limit = |size: f64| (self.scale - 1.0).max(0.0) * size / 2.0;
        let (x, y) = (limit(width), limit(height));
        Self { x: self.x.clamp(-x, x), y: self.y.clamp(-y, y), ..self }
    }

    /// As CSS.
    #[must_use]
    pub fn transform(self) -> String {
        let Self { scale, x, y } = self;
        format!("translate({x}px, {y}px) scale({scale})")
    }

    fn settled(self) -> Self {
        if self.is_zoomed() { self } else { Self::default() }
    }
}

fn distance((one, other): (Point, Point)) -> f64 {
    (one.0 - other.0).hypot(one.1 - other.1)
}

fn middle((one, other): (Point, Point)) -> Point {
    (f64::midpoint(one.0, other.0), f64::midpoint(one.1, other.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_under_the_fingers_stays_there() {
        let zoom = Zoom::default().by(2.0, (100.0, 50.0));
        assert_eq!(zoom, Zoom { scale: 2.0, x: -100.0, y: -50.0 });
        let pinched = Zoom::default().pinched(((-10.0, 0.0), (10.0, 0.0)), ((-15.0, 5.0), (25.0, 5.0)));
        assert_eq!(pinched, Zoom { scale: 2.0, x: 5.0, y: 5.0 });
    }

    #[test]
    fn it_ends_at_its_limits() {
        assert_eq!(Zoom::default().by(0.1, (9.0, 9.0)), Zoom::default());
        assert_eq!(Zoom::default().by(100.0, (0.0, 0.0)).scale, 8.0);
        assert_eq!(Zoom::default().moved(50.0, 50.0), Zoom::default(), "what fits stays where it is");
        let zoom = Zoom { scale: 2.0, x: 900.0, y: -900.0 }.within((100.0, 60.0));
        assert_eq!((zoom.x, zoom.y), (50.0, -30.0));
    }

    #[test]
    fn a_double_tap_goes_in_and_out() {
        let inside = Zoom::default().toggled_at((10.0, 0.0));
        assert!(inside.is_zoomed());
        assert_eq!(inside.toggled_at((3.0, 3.0)), Zoom::default());
    }
}
