//! Paragraphs, headings, lists, tables and code from lines.

mod marks;
mod measures;
mod tables;

use super::PageLines;
use super::hyphens::Words;
use super::lines::Line;
use crate::writer::Writer;
use crate::{BlockKind, Failure, clean};
use measures::Measures;
pub(super) use measures::usual_size;

/// A heading is not longer.
const LONGEST_HEADING: usize = 220;

/// Writes the pages.
pub(super) fn write(pages: &[PageLines], writer: &mut Writer<'_, '_>) -> Result<(), Failure> {
    let words = Words::of(pages);
    let measures = Measures::of(pages);
    let of = Some(pages.len() as u32);
    for page in pages {
        let lines = marks::with_initials(&page.lines);
        let mut at = 0;
        while at < lines.len() {
            let (kind, length) = kind(&lines[at..], &measures);
            let text = text(kind, &lines[at..at + length], &words);
            writer.add(kind, text)?;
            at += length;
        }
        writer.end_page(of)?;
    }
    Ok(())
}

/// What the first of the lines begins, and how many of them belong to it.
fn kind(lines: &[Line], measures: &Measures) -> (BlockKind, usize) {
    let Some(first) = lines.first() else { return (BlockKind::Paragraph, 0) };
    if first.is_mono() && !measures.mono {
        let length = lines.iter().take_while(|line| line.is_mono() && line.column == first.column).count();
        return (BlockKind::Code, length);
    }
    let table = tables::length(lines);
    if table > 0 {
        return (BlockKind::Table, table);
    }
    if let Some(level) = measures.heading_level(first) {
        let mut length = 1;
        while length < lines.len() && measures.goes_on(&lines[length - 1], &lines[length]) {
            length += 1;
        }
        let characters: usize = lines[..length].iter().map(|line| line.text().chars().count()).sum();
        let is_text = characters > LONGEST_HEADING || (length > 2 && (first.size - measures.size).abs() < 0.5);
        if !is_text && marks::has_words(&first.text()) {
            return (BlockKind::Heading { level }, length);
        }
    }
    let is_item = marks::bullet(&first.text()).is_some() || marks::number(&first.text());
    let mut length = 1;
    while length < lines.len()
        && tables::length(&lines[length..]) == 0
        && measures.continues(&lines[..=length], is_item)
    {
        length += 1;
    }
    (if is_item { BlockKind::ListItem } else { BlockKind::Paragraph }, length)
}

fn text(kind: BlockKind, lines: &[Line], words: &Words) -> String {
    match kind {
        BlockKind::Table => {
            let row = |line: &Line| line.cells.iter().map(|cell| clean::line(cell)).collect::<Vec<_>>().join("\t");
            lines.iter().map(row).collect::<Vec<_>>().join("\n")
        }
        BlockKind::Code => clean::lines(&marks::indented(lines)),
        _ => {
            let mut text = String::new();
            for line in lines {
                words.join(&mut text, line.text().trim());
            }
            let text = clean::line(&text);
            let text = if kind == BlockKind::ListItem {
                marks::bullet(&text).map(str::to_owned).unwrap_or(text)
            } else {
                text
            };
            marks::without_leaders(&text)
        }
    }
}
