//! The lines of a page.

use super::glyphs::Glyph;
use super::order;
use super::segments::{self, SPACE, Segment};
use crate::raised::{self, END};
use std::borrow::Cow;

/// Artifacts are believed when they are less than this share of a page: some programs mark everything.
const BELIEVED_ARTIFACTS: f32 = 0.4;
/// A gap of this share of the letters' size divides cells.
const CELL: f32 = 1.0;
/// A space before what is raised is wider than this share.
const RAISED_SPACE: f32 = 0.2;
/// What is raised has no more letters.
const RAISED_LETTERS: u32 = 12;

/// A line of a column.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// What stands apart on it: more than one in tables.
    pub(super) cells: Vec<String>,
    /// Where each of them begins and ends.
    pub(super) spans: Vec<(f32, f32)>,
    pub(super) x0: f32,
    pub(super) x1: f32,
    pub(super) y: f32,
    pub(super) size: f32,
    pub(super) letters: u32,
    pub(super) bold: u32,
    pub(super) mono: u32,
    /// The edges of its column.
    pub(super) left: f32,
    pub(super) right: f32,
    /// Which column it is in; a line across the page is in one of its own.
    pub(super) column: u32,
    /// How far its text is turned.
    pub(super) turn: u8,
}

impl Line {
    pub(super) fn text(&self) -> String {
        self.cells.join(" ")
    }

    pub(super) fn is_bold(&self) -> bool {
        self.bold * 10 > self.letters * 9
    }

    pub(super) fn is_mono(&self) -> bool {
        self.mono * 10 > self.letters * 8
    }
}

/// The lines of a page in the order of reading. What is turned comes after what is not.
pub(super) fn of_page(glyphs: Vec<Glyph>, width: f32, height: f32) -> Vec<Line> {
    let glyphs = without_artifacts(glyphs);
    let mut turns: [Vec<Glyph>; 4] = Default::default();
    for glyph in glyphs {
        turns[usize::from(glyph.turn)].push(glyph);
    }
    let mut order = [0, 1, 2, 3];
    order.sort_by_key(|&turn| std::cmp::Reverse(turns[turn].len()));
    let mut lines = Vec::new();
    let mut column = 0;
    for turn in order {
        let mut glyphs = std::mem::take(&mut turns[turn]);
        for glyph in &mut glyphs {
            (glyph.x, glyph.y) = match turn {
                0 => (glyph.x, glyph.y),
                1 => (glyph.y, width - glyph.x),
                2 => (width - glyph.x, height - glyph.y),
                _ => (height - glyph.y, glyph.x),
            };
        }
        let arranged = order::arrange(segments::of(&glyphs), &mut column);
        lines.extend(arranged.into_iter().map(|line| Line { turn: turn as u8, ..line }));
    }
    lines
}

/// Finds the edges of the columns again, after lines were taken out.
pub(super) fn measure_columns(lines: &mut [Line]) {
    let mut at = 0;
    while at < lines.len() {
        let column = lines[at].column;
        let length = lines[at..].iter().take_while(|line| line.column == column).count();
        let lines = &mut lines[at..at + length];
        let left = lines.iter().map(|line| line.x0).fold(f32::MAX, f32::min);
        let right = lines.iter().map(|line| line.x1).fold(f32::MIN, f32::max);
        for line in lines {
            (line.left, line.right) = (left, right);
        }
        at += length;
    }
}

fn without_artifacts(mut glyphs: Vec<Glyph>) -> Vec<Glyph> {
    let artifacts = glyphs.iter().filter(|glyph| glyph.artifact).count();
    if artifacts > 0 && (artifacts as f32) < BELIEVED_ARTIFACTS * glyphs.len() as f32 {
        glyphs.retain(|glyph| !glyph.artifact);
    }
    glyphs
}

/// Rows of segments, from the top to the bottom.
pub(super) fn rows(mut segments: Vec<Segment>, column: u32) -> Vec<Line> {
    let left = segments.iter().map(|segment| segment.x0).fold(f32::MAX, f32::min);
    let right = segments.iter().map(|segment| segment.x1).fold(f32::MIN, f32::max);
    segments.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut lines = Vec::new();
    let mut row: Vec<Segment> = Vec::new();
    for segment in segments {
        let same = row.iter().any(|other| {
            let reach = if (other.size - segment.size).abs() > 0.1 * segment.size.max(other.size) { 0.5 } else { 0.35 };
            (segment.y - other.y).abs() < reach * segment.size.max(other.size)
        });
        if !same && !row.is_empty() {
            lines.push(line(std::mem::take(&mut row), left, right, column));
        }
        row.push(segment);
    }
    if !row.is_empty() {
        lines.push(line(row, left, right, column));
    }
    lines
}

fn line(mut row: Vec<Segment>, left: f32, right: f32, column: u32) -> Line {
    row.sort_by(|a, b| a.x0.total_cmp(&b.x0));
    let size = row.iter().max_by_key(|segment| segment.letters).map_or(0.0, |segment| segment.size);
    let y = row.iter().max_by_key(|segment| segment.letters).map_or(0.0, |segment| segment.y);
    let from_the_right =
        row.iter().any(|segment| segment.text.chars().any(|char| matches!(char, '\u{590}'..='\u{8ff}')));
    let mut line = Line {
        cells: Vec::new(),
        spans: Vec::new(),
        x0: row.first().map_or(0.0, |segment| segment.x0),
        x1: row.iter().map(|segment| segment.x1).fold(f32::MIN, f32::max),
        y,
        size,
        letters: row.iter().map(|segment| segment.letters).sum(),
        bold: row.iter().map(|segment| segment.bold).sum(),
        mono: row.iter().map(|segment| segment.mono).sum(),
        left,
        right,
        column,
        turn: 0,
    };
    let mut end = f32::MIN;
    for segment in row {
        let gap = segment.x0 - end;
        match line.cells.last_mut() {
            Some(cell) if gap < CELL * size => {
                if from_the_right {
                    let space = if gap > SPACE * size { " " } else { "" };
                    *cell = format!("{}{space}{cell}", segment.text.trim());
                } else {
                    let sign = raised(&segment, y, size);
                    let space = if sign.is_some() { RAISED_SPACE } else { SPACE };
                    if gap > space * size && !cell.ends_with(' ') {
                        cell.push(' ');
                    }
                    cell.extend(sign);
                    cell.push_str(&segment.text);
                    cell.extend(sign.map(|_| END));
                }
            }
            _ => {
                line.cells.push(segment.text);
                line.spans.push((segment.x0, segment.x1));
            }
        }
        end = end.max(segment.x1);
        if let Some(span) = line.spans.last_mut() {
            span.1 = end;
        }
    }
    for cell in &mut line.cells {
        if let Cow::Owned(text) = raised::resolved(cell) {
            *cell = text;
        }
    }
    if from_the_right {
        line.cells.reverse();
        line.spans.reverse();
    }
    line
}

/// The sign of a segment that is raised or lowered as a whole, as programs write marks that they place by themselves.
fn raised(segment: &Segment, y: f32, size: f32) -> Option<char> {
    segments::moved(segment.y, segment.size, y, size).filter(|_| segment.letters <= RAISED_LETTERS)
}
