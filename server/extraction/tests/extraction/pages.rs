//! No page is boundless, whatever the file says.

use crate::samples::{pdf, pptx, show};
use crate::{all_blocks, blocks, failure, read};
use extraction::{BlockKind, Document, FailureCode, Format, Limits, extract};

const CHARACTERS_MAX: usize = 50_000;
const BLOCKS_MAX: usize = 2000;

fn check_bounds(document: &Document) {
    for page in &document.pages {
        // The empty line after its last block is counted, too.
        assert!(page.text.chars().count() <= CHARACTERS_MAX + 2, "page {}", page.page);
        assert!(page.blocks.len() <= BLOCKS_MAX, "page {}", page.page);
    }
}

fn words(document: &Document) -> usize {
    all_blocks(document).iter().map(|(_, text)| text.split_whitespace().count()).sum()
}

#[test]
fn a_long_last_page_goes_on_to_further_ones_and_loses_nothing() {
    let one_block = vec!["Słowo i słowo. ".repeat(10_000)];
    let many_blocks: Vec<String> = (0..1500).map(|n| format!("{n} {}", "word ".repeat(20))).collect();
    for paragraphs in [one_block, many_blocks] {
        let expected: usize = paragraphs.iter().map(|text| text.split_whitespace().count()).sum();
        let document = read(Format::Pptx, &pptx(&[vec!["Before.".to_owned()], paragraphs, Vec::new()]));
        assert_eq!(document.pages[0].text, "Before.");
        assert!((4..=6).contains(&document.pages.len()), "{} pages", document.pages.len());
        assert_eq!(words(&document), expected + 1);
        check_bounds(&document);
    }
}

#[test]
fn a_long_page_before_others_is_one_page_and_loses_nothing() {
    let one_block = vec!["Słowo i słowo. ".repeat(10_000)];
    let many_blocks: Vec<String> = (0..1500).map(|n| format!("Part {n} {}", "word ".repeat(60))).collect();
    for paragraphs in [one_block, many_blocks] {
        let expected: Vec<&str> = paragraphs.iter().map(|text| text.trim()).collect();
        let slides = [vec!["First.".to_owned()], paragraphs.clone(), vec!["Last.".to_owned()], Vec::new()];
        let document = read(Format::Pptx, &pptx(&slides));
        assert_eq!(document.pages.len(), 4);
        assert_eq!((document.pages[0].text.as_str(), document.pages[2].text.as_str()), ("First.", "Last."));
        let found: Vec<String> = blocks(&document.pages[1]).into_iter().map(|(_, text)| text).collect();
        assert_eq!(found, expected);
    }
}

#[test]
fn a_long_page_within_a_pdf_is_one_page() {
    let sentence = |n: usize| format!("This is what line {n} says, {}", "and it goes on ".repeat(12));
    let line = |n: usize| show("F1", 1.0, 20.0, 750.0 - 2.0 * n as f32, &sentence(n));
    let long: String = (0..350).map(line).collect();
    let first = show("F1", 10.0, 50.0, 400.0, "Cells stand on the first page.");
    let last = show("F1", 10.0, 50.0, 500.0, "Whatever is left comes at the end.");
    let document = read(Format::Pdf, &pdf(&[first, long, last]));
    assert_eq!(document.pages.len(), 3);
    let text = &document.pages[1].text;
    assert!(text.chars().count() > CHARACTERS_MAX, "{} characters", text.chars().count());
    assert!((0..350).all(|n| text.contains(&format!("what line {n} says,"))));
    assert_eq!(document.pages[0].text, "Cells stand on the first page.");
    assert_eq!(document.pages[2].text, "Whatever is left comes at the end.");
}

#[test]
fn a_page_before_others_that_is_boundless_says_which_it_is() {
    let slides = [vec!["First.".to_owned()], vec!["word ".repeat(110_000)], vec!["Last.".to_owned()]];
    let failure = failure(Format::Pptx, &pptx(&slides));
    assert_eq!(failure.code, FailureCode::TooLarge);
    assert!(failure.message.starts_with("Page 2 "), "{}", failure.message);
}

#[test]
fn more_blocks_than_a_page_can_have_become_one() {
    let paragraphs: Vec<String> = (0..4000).map(|n| format!("Label {n}")).collect();
    let document = read(Format::Pptx, &pptx(&[paragraphs, vec!["After.".to_owned()]]));
    check_bounds(&document);
    assert_eq!(document.pages.len(), 2);
    let blocks = blocks(&document.pages[0]);
    assert_eq!(blocks.len(), BLOCKS_MAX);
    assert_eq!(blocks[0], (BlockKind::ListItem, "Label 0".to_owned()));
    let (kind, last) = blocks.last().unwrap();
    assert_eq!(*kind, BlockKind::Paragraph);
    assert_eq!((last.lines().next(), last.lines().last()), (Some("Label 1999"), Some("Label 3999")));
    assert_eq!(words(&document), 4000 * 2 + 1);
}

#[test]
fn blocks_of_a_document_are_counted() {
    let text = "One.\n\n".repeat(100);
    let within = |blocks: usize| {
        let limits = Limits { blocks, ..Limits::default() };
        extract(Format::Text, text.as_bytes(), &limits, &mut |_, _| {}).map(drop).map_err(|failure| failure.code)
    };
    assert_eq!(within(100), Ok(()));
    assert_eq!(within(99), Err(FailureCode::TooLarge));
}

#[test]
fn titles_are_short() {
    let document = read(Format::Html, format!("<title>{}</title><p>Text.", "x".repeat(100_000)).as_bytes());
    assert_eq!(document.title.unwrap().len(), 500);
}
