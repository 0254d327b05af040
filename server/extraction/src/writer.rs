//! Puts blocks together to pages.

use crate::meter::Meter;
use crate::{Block, BlockKind, Failure, Page};

/// What is between two blocks of a page.
const BETWEEN: &str = "\n\n";
/// Characters of a page where the document has no pages of its own.
const FULL: usize = 3000;
/// A page is not cut before it has so many, unless the next block would go far beyond a full one.
const ENOUGH: usize = 2000;
/// A page may go so far beyond for a block to stay whole.
const STRETCHED: usize = 3600;

/// Where pages end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Paging {
    /// Where the document says so.
    Given,
    /// When about 3,000 characters are full, and where the document says so.
    Flowing,
}

/// Takes blocks in the order of reading.
pub(crate) struct Writer<'m, 'p> {
    pub(crate) meter: &'m mut Meter<'p>,
    paging: Paging,
    pages: Vec<Page>,
    blocks: Vec<(BlockKind, String)>,
    length: usize,
}

impl<'m, 'p> Writer<'m, 'p> {
    pub(crate) fn new(paging: Paging, meter: &'m mut Meter<'p>) -> Self {
        Self { meter, paging, pages: Vec::new(), blocks: Vec::new(), length: 0 }
    }

    /// Adds a block of clean text; an empty one is none.
    pub(crate) fn add(&mut self, kind: BlockKind, text: String) -> Result<(), Failure> {
        let length = text.chars().count();
        if text.trim().is_empty() {
            return Ok(());
        }
        self.meter.take_characters(length)?;
        if self.paging == Paging::Given {
            self.push(kind, text, length);
            return Ok(());
        }
        if self.length + length > STRETCHED && (self.length >= ENOUGH || length <= FULL) {
            self.turn()?;
        }
        if self.length + length <= STRETCHED {
            self.push(kind, text, length);
            return Ok(());
        }
        let mut rest = text.as_str();
        while !rest.is_empty() {
            let room = FULL.saturating_sub(self.length).max(1);
            let (part, after) = cut(kind, rest, room);
            self.push(kind, part.to_owned(), part.chars().count());
            rest = after;
            if !rest.is_empty() {
                self.turn()?;
            }
        }
        Ok(())
    }

    fn push(&mut self, kind: BlockKind, text: String, length: usize) {
        self.length += length + BETWEEN.len();
        self.blocks.push((kind, text));
        if self.paging == Paging::Flowing && self.length >= FULL && !matches!(kind, BlockKind::Heading { .. }) {
            self.close();
        }
    }

    /// Begins a new page within flowing text. Headings go with what they stand over.
    fn turn(&mut self) -> Result<(), Failure> {
        let kept = self.blocks.iter().rposition(|(kind, _)| !matches!(kind, BlockKind::Heading { .. }));
        let Some(kept) = kept else { return self.end_page_if_any() };
        let moved = self.blocks.split_off(kept + 1);
        self.end_page_if_any()?;
        for (kind, text) in moved {
            let length = text.chars().count();
            self.push(kind, text, length);
        }
        Ok(())
    }

    fn close(&mut self) {
        let blocks = std::mem::take(&mut self.blocks);
        self.length = 0;
        let number = self.pages.len() as u32 + 1;
        self.pages.push(page(number, &blocks));
    }

    /// Ends a page, also an empty one: a page of a PDF or a slide.
    pub(crate) fn end_page(&mut self, of: Option<u32>) -> Result<(), Failure> {
        self.close();
        self.meter.check_pages(self.pages.len())?;
        self.meter.check_time()?;
        self.meter.done(self.pages.len() as u32, of);
        Ok(())
    }

    /// Ends a page that has something on it.
    pub(crate) fn end_page_if_any(&mut self) -> Result<(), Failure> {
        if self.blocks.is_empty() { Ok(()) } else { self.end_page(None) }
    }

    pub(crate) fn finish(mut self) -> Result<Vec<Page>, Failure> {
        if !self.blocks.is_empty() {
            self.close();
        }
        self.meter.check_pages(self.pages.len())?;
        let count = self.pages.len() as u32;
        self.meter.done(count, Some(count));
        Ok(self.pages)
    }
}

fn page(number: u32, blocks: &[(BlockKind, String)]) -> Page {
    let mut text = String::with_capacity(blocks.iter().map(|(_, text)| text.len() + BETWEEN.len()).sum());
    let mut places = Vec::with_capacity(blocks.len());
    let mut at = 0;
    for (index, (kind, block)) in blocks.iter().enumerate() {
        if index > 0 {
            text.push_str(BETWEEN);
            at += BETWEEN.len() as u32;
        }
        text.push_str(block);
        let end = at + block.chars().count() as u32;
        places.push(Block { kind: *kind, start: at, end });
        at = end;
    }
    Page { page: number, text, blocks: places }
}

/// Cuts a block that is too long for a page: tables and code between lines, text after a sentence or a word.
fn cut(kind: BlockKind, text: &str, room: usize) -> (&str, &str) {
    let Some((end, _)) = text.char_indices().nth(room) else { return (text, "") };
    let head = &text[..end];
    let at = match kind {
        BlockKind::Table | BlockKind::Code => head.rfind('\n').map(|at| at + 1),
        _ => head
            .rfind(['.', '!', '?', '…', '。'])
            .map(|at| at + head[at..].chars().next().map_or(1, char::len_utf8))
            .filter(|at| at * 2 > head.len()),
    };
    let at = at
        .or_else(|| head.rfind(char::is_whitespace).map(|at| at + 1))
        .filter(|&at| at > 0 && text.is_char_boundary(at));
    let (part, rest) = text.split_at(at.unwrap_or(end));
    let trimmed = if kind == BlockKind::Code { rest.trim_start_matches('\n') } else { rest.trim_start() };
    (part.trim_end(), trimmed)
}
