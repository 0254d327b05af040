//! Which lines are rows of a table.

use super::marks;
use crate::pdf::lines::Line;

/// Edges of cells that stand below each other differ by less than this share of the letters' size.
const ALIGNED: f32 = 0.4;
/// Words are drawn apart by less than this share of their size.
const WIDEST: f32 = 5.0;
/// A first cell that is not longer marks or names what is beside it,
const NAME: usize = 14;
/// when that is a text of at least so many letters.
const EXPLANATION: usize = 40;

/// How many lines the table has that begins here: rows whose cells stand apart and below each other.
pub(super) fn length(lines: &[Line]) -> usize {
    let Some(first) = lines.first().filter(|line| is_row(line)) else { return 0 };
    let mut rows = 1;
    while let Some(line) = lines.get(rows)
        && line.column == first.column
        && is_row(line)
        && (is_aligned(&lines[rows - 1], line) || (rows > 1 && is_aligned(&lines[rows - 2], line)))
    {
        rows += 1;
    }
    let columns = lines[..rows].iter().map(|line| line.cells.len()).max().unwrap_or(0);
    // Two rows of two cells may as well be names and dates.
    if rows >= 3 || (rows == 2 && columns > 2) { rows } else { 0 }
}

fn is_row(line: &Line) -> bool {
    let [first, rest @ ..] = line.cells.as_slice() else { return false };
    if is_justified(line) {
        return false;
    }
    let explains = |text: &String| first.chars().count() <= NAME && text.chars().count() >= EXPLANATION;
    match rest {
        [] => false,
        [text] => !marks::is_marker(first) && !explains(text),
        _ => true,
    }
}

/// A line of words that were drawn apart to fill a narrow column: from edge to edge, with gaps that are all alike.
fn is_justified(line: &Line) -> bool {
    let near = ALIGNED * line.size;
    let fills = line.x0 < line.left + near && line.x1 > line.right - near;
    let words = line.cells.iter().all(|cell| !cell.trim().contains(' '));
    let mut gaps = line.spans.windows(2).map(|pair| pair[1].0 - pair[0].1);
    let first = gaps.next().unwrap_or(0.0);
    let alike = |gap: f32| (gap - first).abs() < 0.1 * first.abs();
    let figure = line.cells.last().is_some_and(|cell| is_figure(cell));
    fills && words && !figure && first < WIDEST * line.size && gaps.all(alike)
}

/// Whether most of the inner edges of two rows, or the middles of their cells, are at the same places.
fn is_aligned(above: &Line, below: &Line) -> bool {
    let near = ALIGNED * above.size.max(below.size);
    // In justified text every line ends at the same place.
    let justified = |x: f32| x > below.right - near && !below.cells.last().is_some_and(|cell| is_figure(cell));
    let aligned = |span: &(f32, f32)| {
        above.spans.iter().skip(1).any(|other| {
            (other.0 - span.0).abs() < near
                || ((other.1 - span.1).abs() < near && !justified(span.1))
                || (other.0 + other.1 - span.0 - span.1).abs() < 2.0 * near
        })
    };
    let inner = below.spans.get(1..).unwrap_or_default();
    let least = inner.len().min(above.spans.len().saturating_sub(1));
    inner.iter().filter(|span| aligned(span)).count() * 2 > least
}

fn is_figure(cell: &str) -> bool {
    let digits = cell.chars().filter(char::is_ascii_digit).count();
    digits > 0 && digits * 2 >= cell.trim().chars().count()
}
