//! Puts blocks together to pages.

use crate::meter::Meter;
use crate::{Block, BlockKind, Failure, Page};

/// What is between two blocks of a page.
const BETWEEN: &str = "\n\n";
/// What is between the parts of a block that several were made one of.
const WITHIN: char = '\n';
/// Most blocks of a page.
const BLOCKS: usize = 2000;
/// Most characters of a page that can go on to further ones.
const CHARACTERS: usize = 50_000;
/// Most characters of a page that others come after: it cannot go on, or their numbers would be others than the
/// document's. A poster or a web page in one piece has a tenth of it.
const CHARACTERS_WITHIN: usize = 500_000;

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
/// Where it has, and the last of them is long.
const GIVEN: Measure = Measure { full: CHARACTERS, enough: 40_000, stretched: CHARACTERS };

/// Where pages end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Paging {
    /// Where the document says so. Only the last of them with text goes on to further pages, because the numbers of all
    /// that come after it would be others than the document's.
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
    /// The document's own page that nothing may come after: it is too long to be one page.
    too_long: Option<u32>,
}

impl<'m, 'p> Writer<'m, 'p> {
    pub(crate) fn new(paging: Paging, meter: &'m mut Meter<'p>) -> Self {
        Self { meter, paging, pages: Vec::new(), blocks: Vec::new(), length: 0, too_long: None }
    }

    /// Adds a block of clean text; an empty one is none.
    pub(crate) fn add(&mut self, kind: BlockKind, text: String) -> Result<(), Failure> {
        let length = text.chars().count();
        if text.trim().is_empty() {
            return Ok(());
        }
        self.meter.take_characters(length)?;
        match self.paging {
            Paging::Given => self.push(kind, text, length),
            Paging::Flowing => self.flow(kind, text, length, &FLOWING),
        }
    }

    /// Adds a block where pages end when they are full.
    fn flow(&mut self, kind: BlockKind, text: String, length: usize, measure: &Measure) -> Result<(), Failure> {
        let Measure { full, enough, stretched } = *measure;
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

    /// Begins a new page within flowing text, or within a last page that is long. Headings go with what they stand over.
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
        self.close();
        self.meter.check_pages(self.pages.len())?;
        self.meter.check_time()
    }

    /// The last page with text goes on to further pages where it is long. Those after it have nothing to be cited.
    fn divide_last(&mut self) -> Result<(), Failure> {
        let Some(last) = self.pages.iter().rposition(|page| !page.text.is_empty()) else { return Ok(()) };
        let after = self.pages.split_off(last + 1);
        let blocks = match self.pages.pop_if(|page| page.text.chars().count() > CHARACTERS) {
            Some(long) => parts(&long),
            None => Vec::new(),
        };
        for (kind, text) in blocks {
            let length = text.chars().count();
            self.flow(kind, text, length, &GIVEN)?;
        }
        self.divide()?;
        for page in after {
            let number = self.pages.len() as u32 + 1;
            self.pages.push(Page { page: number, ..page });
        }
        Ok(())
    }

    fn close(&mut self) {
        let blocks = std::mem::take(&mut self.blocks);
        let length = std::mem::take(&mut self.length);
        let number = self.pages.len() as u32 + 1;
        if self.paging == Paging::Given && length > CHARACTERS_WITHIN {
            self.too_long.get_or_insert(number);
        }
        self.pages.push(page(number, &blocks));
    }

    /// Ends a page, also an empty one: a page of a PDF or a slide.
    pub(crate) fn end_page(&mut self, of: Option<u32>) -> Result<(), Failure> {
        if let Some(too_long) = self.too_long
            && !self.blocks.is_empty()
        {
            return Err(Failure::too_long_a_page(too_long));
        }
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
        if self.paging == Paging::Given {
            self.divide_last()?;
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

/// The blocks of a page with their texts.
fn parts(page: &Page) -> Vec<(BlockKind, String)> {
    let (mut letters, mut at) = (page.text.chars(), 0);
    let part = |block: &Block| {
        let text: String =
            letters.by_ref().skip((block.start - at) as usize).take((block.end - block.start) as usize).collect();
        at = block.end;
        (block.kind, text)
    };
    page.blocks.iter().map(part).collect()
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
