use serde::{Deserialize, Serialize};

/// What was read from a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// What the document calls itself.
    pub title: Option<String>,
    /// The language that most of it is in, as ISO 639-1 writes it, when it could be told.
    pub language: Option<String>,
    /// Its pages in the order of reading. Pages without text are among them, so that the numbers are right.
    pub pages: Vec<Page>,
}

/// A page of text.
///
/// A page of a PDF is a page, of a PPTX a slide. The others have no pages of their own: their text is cut at the borders
/// of blocks when about 3,000 characters are full, and each chapter of an EPUB begins a new page.
///
/// A page has at most 2,000 blocks; what comes after them is told as one of running text. The last page with text of a PDF
/// or PPTX goes on to further pages where it has more than 50,000 characters. The others cannot, because the numbers of
/// those after them would be wrong: each of them is one page, of at most 500,000 characters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// Which page it is, counted from 1.
    pub page: u32,
    /// The texts of its blocks, with an empty line between two. A table has one line for each row, its cells divided by
    /// tabs.
    pub text: String,
    /// Where the blocks are in the text, in its order.
    pub blocks: Vec<Block>,
}

/// A part of a page's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// What it is.
    #[serde(flatten)]
    pub kind: BlockKind,
    /// Its first code point in the page's text, counted from 0.
    pub start: u32,
    /// The code point after its last.
    pub end: u32,
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum BlockKind {
    /// A heading; 1 is the highest level, 6 the lowest.
    Heading {
        /// 1 to 6.
        level: u8,
    },
    /// Running text.
    Paragraph,
    /// One item of a list.
    ListItem,
    /// A table.
    Table,
    /// Text whose line breaks and indents count.
    Code,
}
