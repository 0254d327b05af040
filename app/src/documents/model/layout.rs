//! A page's text as headings, paragraphs, lists and tables, with passages marked in it.

use domain::documents::{Block, BlockKind, DocumentPage};

/// A passage that stands out, in code points of its page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Where it begins.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
    /// Whether it is the one that was asked for.
    pub is_current: bool,
}

/// A stretch of text that looks the same all through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The text.
    pub text: String,
    /// Whether it is marked, and if so, whether it is the passage that was asked for.
    pub mark: Option<bool>,
    /// Whether the passage that was asked for begins here.
    pub is_anchor: bool,
}

/// What a page is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A heading of a level from 1 to 6.
    Heading(u8, Vec<Piece>),
    /// Running text.
    Paragraph(Vec<Piece>),
    /// Items of a list that follow each other.
    List(Vec<Vec<Piece>>),
    /// Rows of cells.
    Table(Vec<Vec<Vec<Piece>>>),
    /// Text whose breaks and spaces count.
    Code(Vec<Piece>),
}

/// The shapes of a page.
#[must_use]
pub fn shapes(page: &DocumentPage, marks: &[Mark]) -> Vec<Shape> {
    let text: Vec<char> = page.text.chars().collect();
    let mut painter = Painter { text: &text, marks, anchored: false };
    let mut shapes = Vec::new();
    let whole = [Block { kind: BlockKind::Paragraph, start: 0, end: offset(text.len()) }];
    let blocks = if page.blocks.is_empty() && !text.is_empty() { &whole[..] } else { &page.blocks };
    for block in blocks {
        let pieces = |painter: &mut Painter<'_>| painter.pieces(block.start, block.end);
        match (block.kind, shapes.last_mut()) {
            (BlockKind::Heading { level }, _) => {
                shapes.push(Shape::Heading(level.clamp(1, 6), pieces(&mut painter)));
            }
            (BlockKind::Paragraph, _) => shapes.push(Shape::Paragraph(pieces(&mut painter))),
            (BlockKind::ListItem, Some(Shape::List(items))) => items.push(pieces(&mut painter)),
            (BlockKind::ListItem, _) => shapes.push(Shape::List(vec![pieces(&mut painter)])),
            (BlockKind::Table, _) => shapes.push(Shape::Table(painter.rows(block.start, block.end))),
            (BlockKind::Code, _) => shapes.push(Shape::Code(pieces(&mut painter))),
        }
    }
    shapes
}

struct Painter<'a> {
    text: &'a [char],
    marks: &'a [Mark],
    anchored: bool,
}

impl Painter<'_> {
    /// The stretch between two offsets, cut where marks begin and end.
    fn pieces(&mut self, start: u32, end: u32) -> Vec<Piece> {
        let end = end.min(offset(self.text.len()));
        let mut cuts = vec![start, end];
        let inside = |at: &u32| *at > start && *at < end;
        cuts.extend(self.marks.iter().flat_map(|mark| [mark.start, mark.end]).filter(inside));
        cuts.sort_unstable();
        cuts.dedup();
        let mut pieces = Vec::new();
        for pair in cuts.windows(2) {
            let [from, to] = *pair else { continue };
            let Some(text) = slice(self.text, from, to) else { continue };
            let mark = self.mark_at(from);
            let is_anchor = mark == Some(true) && !std::mem::replace(&mut self.anchored, true);
            // What begins the passage is the anchor; the rest of the passage is not.
            pieces.push(Piece { text, mark, is_anchor });
        }
        pieces
    }

    fn mark_at(&self, at: u32) -> Option<bool> {
        let over = self.marks.iter().filter(|mark| mark.start <= at && at < mark.end);
        over.map(|mark| mark.is_current).reduce(|one, other| one || other)
    }

    /// Lines as rows, tabs between cells.
    fn rows(&mut self, start: u32, end: u32) -> Vec<Vec<Vec<Piece>>> {
        let end = end.min(offset(self.text.len()));
        let (mut rows, mut row, mut from) = (Vec::new(), Vec::new(), start);
        for at in start..end {
            match self.text.get(at as usize) {
                Some('\t') => {
                    row.push(self.pieces(from, at));
                    from = at + 1;
                }
                Some('\n') => {
                    row.push(self.pieces(from, at));
                    rows.push(std::mem::take(&mut row));
                    from = at + 1;
                }
                _ => {}
            }
        }
        row.push(self.pieces(from, end));
        rows.push(row);
        rows
    }
}

fn slice(text: &[char], from: u32, to: u32) -> Option<String> {
    let range = usize::try_from(from).ok()?..usize::try_from(to).ok()?;
    let chars = text.get(range)?;
    (!chars.is_empty()).then(|| chars.iter().collect())
}

fn offset(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(text: &str, blocks: &[(BlockKind, u32, u32)]) -> DocumentPage {
        let block = |(kind, start, end): &(BlockKind, u32, u32)| Block { kind: *kind, start: *start, end: *end };
        DocumentPage { page: 1, text: text.into(), blocks: blocks.iter().map(block).collect() }
    }

    fn plain(text: &str) -> Piece {
        Piece { text: text.into(), mark: None, is_anchor: false }
    }

    fn marked(text: &str, is_current: bool, is_anchor: bool) -> Piece {
        Piece { text: text.into(), mark: Some(is_current), is_anchor }
    }

    #[test]
    fn items_that_follow_each_other_are_one_list() {
        let blocks = [
            (BlockKind::Heading { level: 9 }, 0, 4),
            (BlockKind::ListItem, 6, 9),
            (BlockKind::ListItem, 11, 14),
            (BlockKind::Paragraph, 16, 19),
        ];
        let shapes = shapes(&page("Żółw\n\none\n\ntwo\n\nend", &blocks), &[]);
        assert_eq!(
            shapes,
            [
                Shape::Heading(6, vec![plain("Żółw")]),
                Shape::List(vec![vec![plain("one")], vec![plain("two")]]),
                Shape::Paragraph(vec![plain("end")]),
            ]
        );
    }

    #[test]
    fn a_passage_is_marked_across_blocks_and_anchored_once() {
        let blocks = [(BlockKind::Paragraph, 0, 4), (BlockKind::Paragraph, 6, 10)];
        let current = Mark { start: 2, end: 8, is_current: true };
        let other = Mark { start: 9, end: 99, is_current: false };
        let shapes = shapes(&page("abcd\n\nefgh", &blocks), &[current, other]);
        assert_eq!(
            shapes,
            [
                Shape::Paragraph(vec![plain("ab"), marked("cd", true, true)]),
                Shape::Paragraph(vec![marked("ef", true, false), plain("g"), marked("h", false, false)]),
            ]
        );
    }

    #[test]
    fn a_table_has_rows_and_cells() {
        let blocks = [(BlockKind::Table, 0, 9)];
        let shapes = shapes(&page("a\tb\nc\t\nde", &blocks), &[Mark { start: 7, end: 9, is_current: true }]);
        let rows = vec![
            vec![vec![plain("a")], vec![plain("b")]],
            vec![vec![plain("c")], vec![]],
            vec![vec![marked("de", true, true)]],
        ];
        assert_eq!(shapes, [Shape::Table(rows)]);
    }

    #[test]
    fn offsets_that_lie_nowhere_break_nothing() {
        let shapes = shapes(&page("ab", &[(BlockKind::Paragraph, 1, 90), (BlockKind::Code, 50, 60)]), &[]);
        assert_eq!(shapes, [Shape::Paragraph(vec![plain("b")]), Shape::Code(vec![])]);
    }
}
