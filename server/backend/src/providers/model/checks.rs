//! Whether what a model says can be taken from what it quotes.

use domain::{citation::Citation, documents::DocumentPage};
use std::collections::BTreeSet;
use uuid::Uuid;

use super::passages::Passage;

/// Words with fewer letters say little.
const WORD_MIN: usize = 4;
/// So many first letters make two words forms of one.
const STEM: usize = 5;

/// Whether the quotation bears the statement out, as far as can be told without understanding it: every number of it
/// stands there, at least half of its words do, and both deny as often.
pub(super) fn bears_out(quote: &str, statement: &str, language: Option<&str>) -> bool {
    numbers(statement).is_subset(&numbers(quote))
        && study::grading::denials(statement, language) == study::grading::denials(quote, language)
        && shares(quote, statement)
}

/// Whether at least half of the statement's words stand in the quotation, in whatever form.
pub(super) fn shares(quote: &str, statement: &str) -> bool {
    let (quoted, said) = (stems(quote), stems(statement));
    let found = said.iter().filter(|stem| quoted.contains(*stem)).count();
    if said.is_empty() { contains(quote, statement) } else { found * 2 >= said.len() }
}

/// Whether the words of `part` stand in the text one after another, whatever their case.
pub(super) fn contains(text: &str, part: &str) -> bool {
    let words = |text: &str| {
        let words: Vec<String> =
            text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
        format!(" {} ", words.join(" "))
    };
    let part = words(part);
    let has_spaces = !part.chars().any(|c| matches!(c, '\u{2e80}'..='\u{a4cf}'));
    let part = if has_spaces { part.as_str() } else { part.trim() };
    !part.trim().is_empty() && words(text).contains(part)
}

fn numbers(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !c.is_numeric()).filter(|run| !run.is_empty()).map(ToOwned::to_owned).collect()
}

/// The beginnings of the words that say something; of a script without spaces, its characters.
fn stems(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).map(str::to_lowercase);
    let mut stems = BTreeSet::new();
    for word in words {
        if word.chars().any(|c| matches!(c, '\u{2e80}'..='\u{a4cf}')) {
            stems.extend(word.chars().map(String::from));
        } else if word.chars().count() >= WORD_MIN {
            stems.insert(word.chars().take(STEM).collect());
        }
    }
    stems
}

/// A passage as a citation; of pasted text where there is no document.
pub(super) fn citation(document_id: Option<Uuid>, passage: Passage) -> Citation {
    let Passage { page, start, end, quote } = passage;
    match document_id {
        Some(document_id) => Citation::Document { document_id, page, start, end, quote },
        None => Citation::Text { start, end, quote },
    }
}

/// What a text has to say to the model about its language.
pub(super) fn in_language(language: Option<&str>) -> String {
    language.map_or_else(
        || "Write in the language of the document.".to_owned(),
        |code| format!("Write in the language of the document, which is “{code}” (ISO 639-1)."),
    )
}

/// The pages that say anything.
pub(super) fn written(pages: &[DocumentPage]) -> Vec<&DocumentPage> {
    pages.iter().filter(|page| page.text.chars().any(char::is_alphabetic)).collect()
}

/// Text of a model in one line; none if it says nothing or is longer than `max` code points.
pub(super) fn line(text: Option<&str>, max: usize) -> Option<String> {
    let text = text?.split(|c: char| c.is_whitespace() || c.is_control());
    let text = text.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    (!text.is_empty() && text.chars().nth(max).is_none()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_needs_its_quotation() {
        let quote = "In 1859 Charles Darwin published the origin of species.";
        let holds = |statement| bears_out(quote, statement, Some("en"));
        assert!(holds("Darwin published On the Origin of Species in 1859."));
        assert!(!holds("Darwin published On the Origin of Species in 1869."), "another number");
        assert!(!holds("Darwin never published the Origin of Species in 1859."), "denied");
        assert!(!holds("Photosynthesis happens inside chloroplasts."), "something else");
        assert!(bears_out(
            "Komórka jest podstawową jednostką życia.",
            "Podstawowa jednostka życia to komórka",
            Some("pl")
        ));
        assert!(bears_out("细胞是生命的基本单位。", "生命的基本单位是细胞", Some("zh")));
        assert!(contains("The cell, the basic unit", "BASIC unit") && !contains("The cells", "cell"));
    }
}
