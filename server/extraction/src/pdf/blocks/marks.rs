//! What lines begin and end with.

use crate::pdf::lines::Line;

const BULLETS: [char; 19] =
    ['•', '‣', '◦', '▪', '▫', '●', '○', '■', '□', '◆', '▶', '►', '➢', '➤', '✓', '✔', '∙', '⁃', '·'];

/// The text after a bullet.
pub(super) fn bullet(text: &str) -> Option<&str> {
    let text = text.trim_start();
    if let Some(rest) = text.strip_prefix(BULLETS) {
        return Some(rest.trim_start());
    }
    ["– ", "— ", "- ", "* ", "o "].iter().find_map(|mark| text.strip_prefix(mark)).map(str::trim_start)
}

/// Whether the text begins like a numbered item: `3.`, `3)`, `(3)`, `a)`.
pub(super) fn number(text: &str) -> bool {
    let text = text.trim_start();
    let (open, rest) = text.strip_prefix('(').map_or((false, text), |rest| (true, rest));
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let length = match digits {
        0 if rest.starts_with(|char: char| char.is_ascii_lowercase()) => 1,
        1 | 2 => digits,
        _ => return false,
    };
    let after = &rest[length..];
    let closed = after.strip_prefix(')').or_else(|| if open || digits == 0 { None } else { after.strip_prefix('.') });
    closed.is_some_and(|rest| rest.starts_with(char::is_whitespace) && rest.trim().len() > 1)
}

/// Whether small text begins like a footnote.
pub(super) fn is_note(text: &str) -> bool {
    let text = text.trim_start();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let mark =
        if digits > 0 && digits < 3 { &text[digits..] } else { text.strip_prefix(['*', '†', '‡']).unwrap_or("") };
    mark.trim_start().starts_with(char::is_alphabetic)
}

/// A cell that only marks the item beside it.
pub(super) fn is_marker(cell: &str) -> bool {
    let cell = cell.trim();
    cell.chars().count() <= 4
        && (bullet(cell).is_some()
            || cell.ends_with(['.', ')'])
            || cell.chars().all(|char| char.is_ascii_digit() || char == '.'))
}

pub(super) fn has_words(text: &str) -> bool {
    let letters = text.chars().filter(|char| char.is_alphabetic()).count();
    letters >= 2 && letters * 2 > text.chars().filter(|char| !char.is_whitespace()).count()
}

/// Dots that lead from an entry of a table of contents to its page.
pub(super) fn without_leaders(text: &str) -> String {
    if !text.contains("....") && !text.contains(". . .") && !text.contains("……") {
        return text.to_owned();
    }
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['.', '…']) {
        let (before, from) = rest.split_at(at);
        kept.push_str(before);
        let end = from.find(|char: char| !matches!(char, '.' | '…' | ' ')).unwrap_or(from.len());
        let dots = from[..end].chars().filter(|char| *char != ' ').count();
        if dots > 3 {
            kept.truncate(kept.trim_end().len());
            kept.push(' ');
        } else {
            kept.push_str(&from[..end]);
        }
        rest = &from[end..];
    }
    kept.push_str(rest);
    kept.trim_end().to_owned()
}

/// Lines of code with the indents and gaps that they are shown with.
pub(super) fn indented(lines: &[Line]) -> String {
    let left = lines.iter().map(|line| line.x0).fold(f32::MAX, f32::min);
    let width = letter_width(lines);
    let mut text = String::new();
    let mut above: Option<f32> = None;
    for line in lines {
        if above.is_some_and(|above| line.y - above > 1.9 * line.size) {
            text.push('\n');
        }
        let mut at = 0;
        for (cell, (x0, _)) in line.cells.iter().zip(&line.spans) {
            let place = ((x0 - left) / width).round().clamp(0.0, 400.0) as usize;
            let blanks = place.saturating_sub(at).max(usize::from(at > 0));
            text.extend(std::iter::repeat_n(' ', blanks));
            text.push_str(cell);
            at += blanks + cell.chars().count();
        }
        text.push('\n');
        above = Some(line.y);
    }
    text
}

/// All letters of code are of one width, which the longest cell tells best.
fn letter_width(lines: &[Line]) -> f32 {
    let cells = lines.iter().flat_map(|line| line.cells.iter().zip(&line.spans));
    let longest = cells.map(|(cell, (x0, x1))| (cell.chars().count(), x1 - x0)).max_by_key(|(count, _)| *count);
    let size = lines.first().map_or(10.0, |line| line.size).max(0.1);
    longest.map_or(0.6 * size, |(count, width)| width / count.max(1) as f32).clamp(0.3 * size, 0.8 * size)
}

/// A large first letter goes to the line that it begins.
pub(super) fn with_initials(lines: &[Line]) -> Vec<Line> {
    let mut joined: Vec<Line> = Vec::with_capacity(lines.len());
    for line in lines {
        if let Some(initial) = joined.last()
            && initial.letters == 1
            && initial.cells.len() == 1
            && initial.size > 1.8 * line.size
            && initial.cells[0].trim().chars().all(char::is_uppercase)
            && initial.x1 <= line.x0 + line.size
        {
            let letter = initial.cells[0].trim().to_owned();
            let mut line = line.clone();
            if let Some(cell) = line.cells.first_mut() {
                *cell = letter + cell.trim_start();
            }
            joined.pop();
            joined.push(line);
        } else {
            joined.push(line.clone());
        }
    }
    joined
}
