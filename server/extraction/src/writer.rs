//! Puts blocks together to pages.

use crate::meter::Meter;
use crate::{Block, BlockKind, Failure, Page};

/// What is between two blocks of a page.
const BETWEEN: &str = "\n\n";
/// What is between the parts of a block that several were made one of.
const WITHIN: char = '\n';
/// Most blocks of a page.
const BLOCKS: usize = 2000;
/// Most characters of a page that the document gives.
const CHARACTERS: usize = 50_000;

/// How many characters a page has.
struct Measure {
    full: usize,
    /// A page is not cut before it has so many, unless the next block would go far beyond a full one.
    enough: usize,
    /// A page may have so many for a block to stay whole.
    stretched: usize,
}

/// Where the document has no pages of its own.
const FLOWING: Measure = Measure { full: 3000, enough: 2000, stretched: 3600 };
/// Where it has.
const GIVEN: Measure = Measure { full: CHARACTERS, enough: 40_000, stretched: CHARACTERS };

/// Where pages end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Paging {
    /// Where the document says so. Only the last of them with text may go on to further pages, because the numbers of
    /// all that come after it would be others than the document's.
    Given,
    /// When about 3,000 characters are full, and where the document says so.
    Flowing,
}

impl Paging {
    fn measure(self) -> Measure {
        match self {
            Self::Given => GIVEN,
            Self::Flowing => FLOWING,
        }
    }
}

/// Takes blocks in the order of reading.
pub(crate) struct Writer<'m, 'p> {
    pub(crate) meter: &'m mut Meter<'p>,
    paging: Paging,
    pages: Vec<Page>,
    blocks: Vec<(BlockKind, String)>,
    length: usize,
    /// How many of the document's own pages have ended.
    ended: u32,
    /// The one of them that went on to further pages.
    divided: Option<u32>,
}

impl<'m, 'p> Writer<'m, 'p> {
    pub(crate) fn new(paging: Paging, meter: &'m mut Meter<'p>) -> Self {
        Self { meter, paging, pages: Vec::new(), blocks: Vec::new(), length: 0, ended: 0, divided: None }
    }

    /// Adds a block of clean text; an empty one is none.
    pub(crate) fn add(&mut self, kind: BlockKind, text: String) -> Result<(), Failure> {
        let length = text.chars().count();
        if text.trim().is_empty() {
            return Ok(());
        }
        self.meter.take_characters(length)?;
        let Measure { full, enough, stretched } = self.paging.measure();
        if self.length + length > stretched && (self.length >= enough || length <= full) {
            self.turn()?;
        }
        if self.length + length <= stretched {
            return self.push(kind, text, length);
        }
        let mut rest = text.as_str();
        while !rest.is_empty() {
            let room = full.saturating_sub(self.length).max(1);
            let (part, after) = cut(kind, rest, room);
            self.push(kind, part.to_owned(), part.chars().count())?;
            rest = after;
            if !rest.is_empty() {
                self.turn()?;
            }
        }
        Ok(())
    }

    fn push(&mut self, kind: BlockKind, text: String, length: usize) -> Result<(), Failure> {
        if text.is_empty() {
            return Ok(());
        }
        if self.blocks.len() == BLOCKS
            && let Some((last, all)) = self.blocks.last_mut()
        {
            *last = BlockKind::Paragraph;
            all.push(WITHIN);
            all.push_str(&text);
            self.length += length + 1;
            return Ok(());
        }
        self.meter.take_block()?;
        self.length += length + BETWEEN.len();
        self.blocks.push((kind, text));
        let heads = matches!(kind, BlockKind::Heading { .. });
        if self.paging == Paging::Flowing && self.length >= FLOWING.full && !heads {
            self.close();
        }
        Ok(())
    }

    /// Begins a new page within flowing text, or within a page that is too long. Headings go with what they stand over.
    fn turn(&mut self) -> Result<(), Failure> {
        let kept = self.blocks.iter().rposition(|(kind, _)| !matches!(kind, BlockKind::Heading { .. }));
        let moved = kept.map_or_else(Vec::new, |kept| self.blocks.split_off(kept + 1));
        match self.paging {
            Paging::Flowing => self.end_page_if_any()?,
            Paging::Given => self.divide()?,
        }
        for (kind, text) in moved {
            self.length += text.chars().count() + BETWEEN.len();
            self.blocks.push((kind, text));
        }
        Ok(())
    }

    fn divide(&mut self) -> Result<(), Failure> {
        if self.blocks.is_empty() {
            return Ok(());
        }
        self.divided.get_or_insert(self.ended + 1);
        self.close();
        self.meter.check_pages(self.pages.len())?;
        self.meter.check_time()
    }

    fn close(&mut self) {
        let blocks = std::mem::take(&mut self.blocks);
        self.length = 0;
        let number = self.pages.len() as u32 + 1;
        self.pages.push(page(number, &blocks));
    }

    /// Ends a page, also an empty one: a page of a PDF or a slide.
    pub(crate) fn end_page(&mut self, of: Option<u32>) -> Result<(), Failure> {
        if let Some(divided) = self.divided.filter(|divided| *divided <= self.ended)
            && !self.blocks.is_empty()
        {
            return Err(Failure::too_long_a_page(divided));
        }
        self.ended += 1;
        self.close();
        self.meter.check_pages(self.pages.len())?;
        self.meter.check_time()?;
        let done = if self.divided.is_some() { self.ended } else { self.pages.len() as u32 };
        self.meter.done(done, of);
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
