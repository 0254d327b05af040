//! The stretches of a page: as the page tells them, else as its text looks.

use domain::documents::{Block, BlockKind, DocumentPage};

/// Longest line that may be a heading without being marked as one, in code points.
const HEADING_MAX: usize = 80;

/// The blocks of a page.
pub(crate) fn blocks_of(page: &DocumentPage, chars: &[char]) -> Vec<Block> {
    let length = u32::try_from(chars.len()).unwrap_or(u32::MAX);
    if page.blocks.is_empty() {
        return find_blocks(chars);
    }
    page.blocks.iter().copied().filter(|block| block.start < block.end && block.end <= length).collect()
}

struct Line<'a> {
    start: usize,
    end: usize,
    chars: &'a [char],
}

impl Line<'_> {
    fn is_blank(&self) -> bool {
        self.chars.iter().all(|c| c.is_whitespace())
    }

    /// Offset and text after leading spaces.
    fn trimmed(&self) -> (usize, &[char]) {
        let indent = self.chars.iter().take_while(|c| c.is_whitespace()).count();
        let tail = self.chars.iter().rev().take_while(|c| c.is_whitespace()).count();
        let until = self.chars.len().saturating_sub(tail).max(indent);
        (self.start + indent, &self.chars[indent..until])
    }
}

fn lines(chars: &[char]) -> Vec<Line<'_>> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, c) in chars.iter().enumerate() {
        if *c == '\n' {
            found.push(Line { start, end: at, chars: &chars[start..at] });
            start = at + 1;
        }
    }
    found.push(Line { start, end: chars.len(), chars: &chars[start..] });
    found
}

/// Paragraphs, headings and list items of text without markup or with a little Markdown.
fn find_blocks(chars: &[char]) -> Vec<Block> {
    let lines = lines(chars);
    let mut blocks: Vec<Block> = Vec::new();
    let mut open: Option<(BlockKind, usize, usize)> = None;
    let mut in_code = false;
    for (index, line) in lines.iter().enumerate() {
        let (start, text) = line.trimmed();
        let fence = text.starts_with(&['`', '`', '`']);
        if line.is_blank() || fence || in_code {
            close(&mut open, &mut blocks);
            in_code ^= fence;
            continue;
        }
        let alone = |other: Option<&Line<'_>>| other.is_none_or(Line::is_blank);
        let before = index.checked_sub(1).and_then(|before| lines.get(before));
        if let Some((level, skip)) = marked_heading(text) {
            close(&mut open, &mut blocks);
            push(&mut blocks, BlockKind::Heading { level }, start + skip, start + text.len());
        } else if let Some(skip) = bullet(text) {
            close(&mut open, &mut blocks);
            open = Some((BlockKind::ListItem, start + skip, start + text.len()));
        } else if open.is_none() && alone(before) && alone(lines.get(index + 1)) && looks_like_heading(text) {
            push(&mut blocks, BlockKind::Heading { level: 2 }, start, start + text.len());
        } else if is_table_row(text) {
            close(&mut open, &mut blocks);
            push(&mut blocks, BlockKind::Table, start, line.end);
        } else {
            open = match open {
                Some((kind, from, _)) => Some((kind, from, start + text.len())),
                None => Some((BlockKind::Paragraph, start, start + text.len())),
            };
        }
    }
    close(&mut open, &mut blocks);
    blocks
}

fn close(open: &mut Option<(BlockKind, usize, usize)>, blocks: &mut Vec<Block>) {
    if let Some((kind, start, end)) = open.take() {
        push(blocks, kind, start, end);
    }
}

fn push(blocks: &mut Vec<Block>, kind: BlockKind, start: usize, end: usize) {
    if let (Ok(start), Ok(end)) = (u32::try_from(start), u32::try_from(end))
        && start < end
    {
        blocks.push(Block { kind, start, end });
    }
}

/// `## Heading`: its level and how many characters stand before its text.
fn marked_heading(text: &[char]) -> Option<(u8, usize)> {
    let marks = text.iter().take_while(|c| **c == '#').count();
    let spaces = text.iter().skip(marks).take_while(|c| c.is_whitespace()).count();
    let level = u8::try_from(marks).ok().filter(|level| (1..=6).contains(level))?;
    (spaces > 0 && marks + spaces < text.len()).then_some((level, marks + spaces))
}

/// `- item`, `3. item`: how many characters stand before the item.
fn bullet(text: &[char]) -> Option<usize> {
    let mark = match text.first()? {
        '-' | '*' | '+' | '•' | '‣' | '◦' | '–' | '·' => 1,
        first if first.is_ascii_digit() => {
            let digits = text.iter().take_while(|c| c.is_ascii_digit()).count();
            (digits <= 2 && matches!(text.get(digits), Some('.' | ')'))).then_some(digits + 1)?
        }
        _ => return None,
    };
    let spaces = text.iter().skip(mark).take_while(|c| c.is_whitespace()).count();
    (spaces > 0 && mark + spaces < text.len()).then_some(mark + spaces)
}

/// A short line on its own that does not end like a sentence.
fn looks_like_heading(text: &[char]) -> bool {
    let ends_open = text.last().is_some_and(|last| last.is_alphanumeric() || matches!(last, '?' | ')' | '”' | '"'));
    let begins = text.first().is_some_and(|first| first.is_uppercase() || first.is_ascii_digit());
    text.len() <= HEADING_MAX && ends_open && begins && text.iter().filter(|c| c.is_whitespace()).count() <= 10
}

fn is_table_row(text: &[char]) -> bool {
    text.iter().filter(|c| matches!(c, '\t' | '|')).count() >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(BlockKind, String)> {
        let chars: Vec<char> = text.chars().collect();
        let page = DocumentPage { page: 1, text: text.into(), blocks: Vec::new() };
        blocks_of(&page, &chars)
            .into_iter()
            .map(|block| (block.kind, chars[block.start as usize..block.end as usize].iter().collect()))
            .collect()
    }

    #[test]
    fn headings_items_and_paragraphs_of_pasted_text_are_found() {
        let text = "# Żaba\n\nŻaba jest płazem.\nMieszka w stawie.\n\n- skacze\n- pływa\n  daleko\n\nŻycie w wodzie\n\n1) kijanki\n\na\tb\tc\n```\ncode\n```";
        assert_eq!(
            found(text),
            [
                (BlockKind::Heading { level: 1 }, "Żaba".to_owned()),
                (BlockKind::Paragraph, "Żaba jest płazem.\nMieszka w stawie.".to_owned()),
                (BlockKind::ListItem, "skacze".to_owned()),
                (BlockKind::ListItem, "pływa\n  daleko".to_owned()),
                (BlockKind::Heading { level: 2 }, "Życie w wodzie".to_owned()),
                (BlockKind::ListItem, "kijanki".to_owned()),
                (BlockKind::Table, "a\tb\tc".to_owned()),
            ]
        );
    }

    #[test]
    fn blocks_that_do_not_lie_in_the_page_are_passed_over() {
        let text = "Short.";
        let chars: Vec<char> = text.chars().collect();
        let block = |start, end| Block { kind: BlockKind::Paragraph, start, end };
        let blocks = vec![block(0, 6), block(3, 99), block(4, 2)];
        let page = DocumentPage { page: 1, text: text.into(), blocks };
        assert_eq!(blocks_of(&page, &chars), [block(0, 6)]);
        assert!(found("").is_empty());
    }
}
