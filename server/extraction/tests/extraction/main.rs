//! Documents as people and attackers send them.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test says what went wrong by failing there")]

mod damage;
mod formats;
mod hostile;
mod office;
mod pages;
mod pdf;
mod raised;
mod samples;
mod texts;
mod workers;

use extraction::{BlockKind, Document, Failure, FailureCode, Format, Limits, Page, extract};

fn read(format: Format, bytes: &[u8]) -> Document {
    extract(format, bytes, &Limits::default(), &mut |_, _| {}).expect("a document")
}

fn failure(format: Format, bytes: &[u8]) -> Failure {
    extract(format, bytes, &Limits::default(), &mut |_, _| {}).expect_err("a failure")
}

fn code(format: Format, bytes: &[u8]) -> FailureCode {
    failure(format, bytes).code
}

/// The blocks of a page with their texts, as their places tell.
fn blocks(page: &Page) -> Vec<(BlockKind, String)> {
    let text: Vec<char> = page.text.chars().collect();
    page.blocks
        .iter()
        .map(|block| (block.kind, text[block.start as usize..block.end as usize].iter().collect()))
        .collect()
}

/// All blocks of a document, and a check of what holds for every page.
fn all_blocks(document: &Document) -> Vec<(BlockKind, String)> {
    let mut all = Vec::new();
    for (index, page) in document.pages.iter().enumerate() {
        assert_eq!(page.page as usize, index + 1);
        let blocks = blocks(page);
        let joined: Vec<&str> = blocks.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(page.text, joined.join("\n\n"), "a page's text is its blocks");
        assert!(!page.text.contains(['\0', '\u{ad}', '\u{feff}']));
        all.extend(blocks);
    }
    all
}

fn heading(level: u8, text: &str) -> (BlockKind, String) {
    (BlockKind::Heading { level }, text.to_owned())
}

fn paragraph(text: &str) -> (BlockKind, String) {
    (BlockKind::Paragraph, text.to_owned())
}

fn item(text: &str) -> (BlockKind, String) {
    (BlockKind::ListItem, text.to_owned())
}

fn table(text: &str) -> (BlockKind, String) {
    (BlockKind::Table, text.to_owned())
}
