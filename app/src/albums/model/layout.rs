//! The gallery's rows: every photo of a row is as high as the others, and together they are as wide as the page.
//!
//! The style sheet lays the same rows out for a page without scripts (`gallery` in `style/albums.css`), so nothing moves
//! when the script takes over: a row takes photos at the target height until the next does not fit, then all of it grows.

use std::ops::Range;

/// The narrowest shape that is shown whole; a narrower photo is cut.
pub const NARROWEST: f64 = 0.6;
/// The widest shape that is shown whole; a wider photo is cut.
pub const WIDEST: f64 = 2.0;

/// Width by height as the gallery shows it.
#[must_use]
pub fn ratio(width: u32, height: u32) -> f64 {
    whole_ratio(width, height).clamp(NARROWEST, WIDEST)
}

/// Width by height of the whole picture; a square where it is not known.
fn whole_ratio(width: u32, height: u32) -> f64 {
    if width == 0 || height == 0 { 1.0 } else { f64::from(width) / f64::from(height) }
}

/// What the rows are made for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measure {
    /// Of the gallery, in pixels.
    pub width: f64,
    /// The least height of a row, in pixels; that of the last one.
    pub height: f64,
    /// Between two photos, in pixels.
    pub gap: f64,
}

/// Where a photo stands in the gallery, in pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Place {
    /// From the left edge.
    pub left: f64,
    /// From the upper edge.
    pub top: f64,
    /// Of the photo.
    pub width: f64,
    /// Of the photo.
    pub height: f64,
}

impl Place {
    /// How wide the whole picture of a photo of these pixels is when it fills the place, in whole pixels: what is wider
    /// than the place is cut, and is still drawn.
    #[must_use]
    pub fn picture_width(&self, width: u32, height: u32) -> f64 {
        self.width.max(self.height * whole_ratio(width, height)).ceil()
    }
}

/// Where the keyboard goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// To the photo before.
    Left,
    /// To the photo after.
    Right,
    /// To the row above.
    Up,
    /// To the row below.
    Down,
    /// To the first photo.
    First,
    /// To the last photo.
    Last,
}

/// All photos of an album on one long page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    places: Vec<Place>,
    /// The photos of each row.
    rows: Vec<Range<usize>>,
    height: f64,
}

impl Layout {
    /// Rows of photos with these shapes.
    #[must_use]
    pub fn justified(ratios: &[f64], measure: Measure) -> Self {
        let mut layout = Self::default();
        if measure.width <= 0.0 || measure.height <= 0.0 {
            return layout;
        }
        let mut first = 0;
        while first < ratios.len() {
            let end = row_end(ratios, first, measure);
            layout.add_row(ratios, first..end, measure);
            first = end;
        }
        layout
    }

    fn add_row(&mut self, ratios: &[f64], row: Range<usize>, measure: Measure) {
        let top = if self.rows.is_empty() { 0.0 } else { self.height + measure.gap };
        let shapes: f64 = ratios[row.clone()].iter().sum();
        let gaps = measure.gap * (row.len() - 1) as f64;
        let filling = (measure.width - gaps) / shapes;
        let is_last = row.end == ratios.len();
        // A last row at its natural width may still be wider than a very narrow page.
        let height = if is_last { measure.height.min(filling) } else { filling };
        let mut left = 0.0;
        for ratio in &ratios[row.clone()] {
            let width = ratio * height;
            self.places.push(Place { left, top, width, height });
            left += width + measure.gap;
        }
        self.height = top + height;
        self.rows.push(row);
    }

    /// Where each photo stands.
    #[must_use]
    pub fn place(&self, index: usize) -> Option<Place> {
        self.places.get(index).copied()
    }

    /// Of all rows, in pixels.
    #[must_use]
    pub fn height(&self) -> f64 {
        self.height
    }

    /// The photos of the rows that stand between two heights, whole rows only.
    #[must_use]
    pub fn between(&self, from: f64, to: f64) -> Range<usize> {
        let bottom = |row: &Range<usize>| self.places[row.start].top + self.places[row.start].height;
        let first = self.rows.partition_point(|row| bottom(row) < from);
        let end = self.rows.partition_point(|row| self.places[row.start].top <= to);
        if first >= end {
            return 0..0;
        }
        self.rows[first].start..self.rows[end - 1].end
    }

    /// The photo to which a step leads.
    #[must_use]
    pub fn step(&self, from: usize, step: Step) -> usize {
        let last = self.places.len().saturating_sub(1);
        match step {
            Step::Left => from.saturating_sub(1),
            Step::Right => (from + 1).min(last),
            Step::First => 0,
            Step::Last => last,
            Step::Up => self.in_row(from, |row| row.checked_sub(1)),
            Step::Down => self.in_row(from, |row| Some(row + 1)),
        }
    }

    /// The photo of another row that stands nearest to the middle of this one; this one where there is no such row.
    fn in_row(&self, from: usize, other: impl Fn(usize) -> Option<usize>) -> usize {
        let Some(place) = self.place(from) else { return from };
        let row = self.rows.partition_point(|row| row.end <= from);
        let Some(row) = other(row).and_then(|row| self.rows.get(row)) else { return from };
        let middle = |place: &Place| place.left + place.width / 2.0;
        let distance = |index: &usize| (middle(&self.places[*index]) - middle(&place)).abs();
        row.clone().min_by(|one, two| distance(one).total_cmp(&distance(two))).unwrap_or(from)
    }
}

/// Where a row that begins with a photo ends: before the first that does not fit. No row is empty.
fn row_end(ratios: &[f64], first: usize, measure: Measure) -> usize {
    let mut taken = 0.0;
    for (index, ratio) in ratios.iter().enumerate().skip(first) {
        let gap = if index == first { 0.0 } else { measure.gap };
        taken += gap + ratio * measure.height;
        if index > first && taken > measure.width {
            return index;
        }
    }
    ratios.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MEASURE: Measure = Measure { width: 1_000.0, height: 200.0, gap: 4.0 };

    fn shapes(count: usize) -> Vec<f64> {
        let shapes = [1.5, 0.67, 1.0, 1.78, 0.6, 2.0, 1.33];
        (0..count).map(|index| shapes[index * 5 % shapes.len()]).collect()
    }

    #[test]
    fn rows_fill_the_width_exactly_and_the_last_is_not_stretched() {
        for (width, height) in [(328.0, 120.0), (768.0, 200.0), (1_000.5, 200.0), (1_912.0, 200.0)] {
            let measure = Measure { width, height, gap: 4.0 };
            let layout = Layout::justified(&shapes(200), measure);
            let (last, rows) = layout.rows.split_last().unwrap();
            for row in rows {
                let end = layout.places[row.end - 1];
                assert!((end.left + end.width - width).abs() < 0.001, "{width}: {end:?}");
                assert!(end.height >= height);
            }
            let end = layout.places[last.end - 1];
            assert!(end.left + end.width <= width + 0.001);
            assert!((end.height - height).abs() < 0.001);
        }
    }

    #[test]
    fn every_photo_stands_in_its_shape_below_the_row_before() {
        let ratios = shapes(50);
        let layout = Layout::justified(&ratios, MEASURE);
        for (index, ratio) in ratios.iter().enumerate() {
            let place = layout.place(index).unwrap();
            assert!((place.width / place.height - ratio).abs() < 0.001);
        }
        for pair in layout.rows.windows(2) {
            let (above, below) = (layout.places[pair[0].start], layout.places[pair[1].start]);
            assert!((below.top - above.top - above.height - MEASURE.gap).abs() < 0.001);
        }
        let last = layout.places[49];
        assert!((layout.height() - last.top - last.height).abs() < 0.001);
    }

    #[test]
    fn a_photo_that_is_too_wide_for_the_page_is_made_smaller() {
        let layout = Layout::justified(&[2.0], Measure { width: 300.0, ..MEASURE });
        assert_eq!(layout.place(0), Some(Place { left: 0.0, top: 0.0, width: 300.0, height: 150.0 }));
    }

    #[test]
    fn nothing_is_laid_out_where_there_is_nothing() {
        assert_eq!(Layout::justified(&[], MEASURE).height(), 0.0);
        assert_eq!(Layout::justified(&shapes(3), Measure { width: 0.0, ..MEASURE }).place(0), None);
        assert_eq!(Layout::default().between(0.0, 100.0), 0..0);
        assert_eq!(Layout::default().step(0, Step::Down), 0);
    }

    #[test]
    fn only_rows_near_the_window_are_shown() {
        let layout = Layout::justified(&shapes(2_000), MEASURE);
        let shown = layout.between(10_000.0, 11_000.0);
        assert!(shown.len() < 60, "{shown:?}");
        let (first, last) = (layout.places[shown.start], layout.places[shown.end - 1]);
        assert!(first.top <= 10_000.0 && last.top + last.height >= 11_000.0);
        assert!(layout.places[shown.start - 1].top < first.top, "whole rows");
        assert_eq!(layout.between(0.0, f64::MAX), 0..2_000);
        assert_eq!(layout.between(-500.0, -400.0), 0..0);
        assert_eq!(layout.between(1e9, 1e9), 0..0);
    }

    #[test]
    fn keys_go_along_the_rows_and_to_what_stands_above_and_below() {
        let layout = Layout::justified(&[1.0; 20], MEASURE);
        assert_eq!(layout.rows[0], 0..4);
        assert_eq!((layout.step(0, Step::Left), layout.step(0, Step::Right)), (0, 1));
        assert_eq!((layout.step(5, Step::Up), layout.step(5, Step::Down)), (1, 9));
        assert_eq!((layout.step(2, Step::Up), layout.step(18, Step::Down)), (2, 18));
        assert_eq!((layout.step(7, Step::First), layout.step(7, Step::Last)), (0, 19));
        assert_eq!(layout.step(19, Step::Right), 19);
    }

    #[test]
    fn extreme_shapes_are_cut() {
        assert_eq!(ratio(10_000, 100), WIDEST);
        assert_eq!(ratio(100, 10_000), NARROWEST);
        assert_eq!(ratio(0, 100), 1.0);
        assert_eq!(ratio(300, 200), 1.5);
    }

    #[test]
    fn a_picture_that_is_cut_is_as_wide_as_it_is_drawn() {
        let place = |width| Place { width, height: 200.0, ..Place::default() };
        assert_eq!(place(400.0).picture_width(8_000, 1_000), 1_600.0, "a panorama goes on beyond its place");
        assert_eq!(place(400.0).picture_width(7_001, 1_000), 1_401.0, "rounded up");
        assert_eq!(place(120.0).picture_width(100, 1_000), 120.0, "a tower is cut above and below");
        assert_eq!(place(300.0).picture_width(3_000, 2_000), 300.0, "nothing is cut");
        assert_eq!(place(200.0).picture_width(0, 0), 200.0, "nothing is known of it");
    }
}
