//! In which order the parts of a page are read: columns one after the other, rows of a table as rows.

use super::lines::{Line, rows};
use super::segments::Segment;
use crate::raised;

/// Columns within columns.
const DEEPEST: u32 = 3;
/// Lines that a column has at least.
const LINES: usize = 4;
/// Letters that the lines of a column have on average at least; the cells of tables are shorter.
const LETTERS: f32 = 14.0;
/// Lines from which on short ones are believed to be columns: an index, a list of words.
const MANY: usize = 18;
/// What stands below columns is further from them than so many usual distances of lines,
const GAP: f32 = 1.4;
/// and its letters may be smaller than this share of theirs.
const SMALLER: f32 = 0.93;

/// The page's lines in the order of reading.
pub(super) fn arrange(segments: Vec<Segment>, column: &mut u32) -> Vec<Line> {
    let mut lines = Vec::new();
    region(segments, 0, column, &mut lines);
    lines
}

fn region(segments: Vec<Segment>, depth: u32, column: &mut u32, lines: &mut Vec<Line>) {
    let gutter = if depth < DEEPEST { gutter(&segments) } else { None };
    let Some(gutter) = gutter else {
        *column += 1;
        lines.extend(rows(segments, *column));
        return;
    };
    for band in bands(segments, gutter) {
        match band {
            Band::Across(segments) => {
                *column += 1;
                lines.extend(rows(segments, *column));
            }
            Band::Columns(mut left, right) => {
                let below = below_columns(&mut left, &right);
                region(left, depth + 1, column, lines);
                region(right, depth + 1, column, lines);
                if !below.is_empty() {
                    region(below, depth + 1, column, lines);
                }
            }
        }
    }
}

enum Band {
    Across(Vec<Segment>),
    Columns(Vec<Segment>, Vec<Segment>),
}

/// Where few segments stand, with enough of them on either side.
fn gutter(segments: &[Segment]) -> Option<f32> {
    if segments.len() < 2 * LINES {
        return None;
    }
    let left = segments.iter().map(|segment| segment.x0).fold(f32::MAX, f32::min);
    let right = segments.iter().map(|segment| segment.x1).fold(f32::MIN, f32::max);
    let width = right - left;
    if width <= 0.0 || !width.is_finite() {
        return None;
    }
    // How many segments cover each two-hundredth of the width.
    const BINS: usize = 200;
    let bin = |x: f32| (((x - left) / width * BINS as f32) as usize).min(BINS - 1);
    let mut covered = [0usize; BINS];
    for segment in segments {
        for count in &mut covered[bin(segment.x0)..=bin(segment.x1)] {
            *count += 1;
        }
    }
    let inner = BINS * 15 / 100..BINS * 85 / 100;
    let least = covered[inner.clone()].iter().copied().min()?;
    if least * 5 > segments.len() * 2 {
        return None;
    }
    // The widest run of the least covered.
    let (mut best, mut start) = ((0, 0), inner.start);
    for (at, &count) in covered.iter().enumerate().take(inner.end + 1).skip(inner.start) {
        if at == inner.end || count > least {
            if at - start > best.1 - best.0 {
                best = (start, at);
            }
            start = at + 1;
        }
    }
    if best.1 <= best.0 {
        return None;
    }
    let gutter = left + width * (best.0 + best.1) as f32 / 2.0 / BINS as f32;
    let on_left = segments.iter().filter(|segment| segment.x1 < gutter).count();
    let on_right = segments.iter().filter(|segment| segment.x0 > gutter).count();
    (on_left >= LINES && on_right >= LINES).then_some(gutter)
}

/// Divides at the segments that cross the gutter.
fn bands(mut segments: Vec<Segment>, gutter: f32) -> Vec<Band> {
    segments.sort_by(|a, b| a.y.total_cmp(&b.y));
    let crossing: Vec<f32> =
        segments.iter().filter(|segment| crosses(segment, gutter)).map(|segment| segment.y).collect();
    let mut bands = Vec::new();
    let (mut left, mut right, mut across) = (Vec::new(), Vec::new(), Vec::new());
    for segment in segments {
        // What stands beside something that crosses belongs to it.
        let near = |y: &f32| (segment.y - y).abs() < 0.3 * segment.size;
        let after = crossing.partition_point(|y| *y < segment.y - 0.3 * segment.size);
        if crossing[after..].first().is_some_and(near) {
            flush(&mut left, &mut right, &mut across, &mut bands);
            across.push(segment);
        } else if segment.x1 < gutter {
            left.push(segment);
        } else {
            right.push(segment);
        }
    }
    flush(&mut left, &mut right, &mut across, &mut bands);
    if !across.is_empty() {
        bands.push(Band::Across(across));
    }
    bands
}

fn crosses(segment: &Segment, gutter: f32) -> bool {
    segment.x0 < gutter && segment.x1 > gutter
}

/// Ends a band of two columns; what does not look like columns stays in rows.
fn flush(left: &mut Vec<Segment>, right: &mut Vec<Segment>, across: &mut Vec<Segment>, bands: &mut Vec<Band>) {
    if left.is_empty() && right.is_empty() {
        return;
    }
    let (left, right) = (std::mem::take(left), std::mem::take(right));
    if is_column(&left) && is_column(&right) {
        if !across.is_empty() {
            bands.push(Band::Across(std::mem::take(across)));
        }
        bands.push(Band::Columns(left, right));
    } else {
        across.extend(left);
        across.extend(right);
    }
}

/// Takes out of the left column what stands below both: a footnote or a table that is not wide enough to cross the gutter.
/// The columns end at one height there, and the left one within a sentence or above smaller letters.
fn below_columns(left: &mut Vec<Segment>, right: &[Segment]) -> Vec<Segment> {
    let bottom = right.iter().map(|segment| segment.y).fold(f32::MIN, f32::max);
    let pitch = pitch(left);
    let edge = left.iter().map(|segment| segment.x1).fold(f32::MIN, f32::max);
    let width = edge - left.iter().map(|segment| segment.x0).fold(f32::MAX, f32::min);
    let ends = |pair: &[Segment]| {
        let [last, next] = pair else { return false };
        let is_gap = next.y - last.y > GAP * pitch && next.y > bottom;
        let is_level = (last.y - bottom).abs() < 1.5 * pitch;
        let is_within_sentence = last.x1 > edge - 0.1 * width && !ends_sentence(&last.text);
        is_gap && is_level && (next.size < SMALLER * last.size || is_within_sentence)
    };
    match left.windows(2).position(ends) {
        Some(last) => left.split_off(last + 1),
        None => Vec::new(),
    }
}

/// The usual distance of segments that stand below each other.
fn pitch(segments: &[Segment]) -> f32 {
    let distances = segments.windows(2).map(|pair| pair[1].y - pair[0].y);
    let mut distances: Vec<f32> = distances.filter(|distance| *distance > 2.0).collect();
    distances.sort_by(f32::total_cmp);
    distances.get(distances.len() / 2).copied().unwrap_or(f32::MAX)
}

fn ends_sentence(text: &str) -> bool {
    let text = raised::resolved(text);
    let text = text.trim_end().trim_end_matches(['"', '”', '’', '\'', ')', '»', ']']);
    text.ends_with(['.', '!', '?', ':', '…', '。'])
}

fn is_column(segments: &[Segment]) -> bool {
    let mut baselines: Vec<f32> = segments.iter().map(|segment| segment.y).collect();
    baselines.sort_by(f32::total_cmp);
    baselines.dedup_by(|a, b| (*a - *b).abs() < 2.0);
    let lines = baselines.len();
    let letters = segments.iter().map(|segment| segment.letters).sum::<u32>() as f32 / lines.max(1) as f32;
    if lines >= MANY && letters >= LETTERS / 2.0 {
        return true;
    }
    let left = segments.iter().map(|segment| segment.x0).fold(f32::MAX, f32::min);
    let right = segments.iter().map(|segment| segment.x1).fold(f32::MIN, f32::max);
    let full = segments.iter().filter(|segment| segment.x1 - segment.x0 > 0.7 * (right - left)).count();
    // A short column beside a long one is the end of a text.
    let is_short = (1..LINES).contains(&lines);
    letters >= LETTERS && (full * 2 >= lines || is_short)
}
