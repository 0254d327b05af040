//! Where quoted words stand in a page.

use domain::documents::DocumentPage;

/// A quotation must say something, and be one that a person reads at a glance; in code points.
const QUOTE_MIN: usize = 12;
const QUOTE_DENSE_MIN: usize = 5;
const QUOTE_MAX: usize = 600;

/// A passage as it stands in its page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Passage {
    pub(super) page: u32,
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) quote: String,
}

/// Finds the quoted words, on the page that is named or else on another. Spaces, line breaks, case, quotation marks,
/// hyphens and invisible characters may differ; what is found is given as it stands.
pub(super) fn locate(pages: &[&DocumentPage], page: Option<u32>, quote: &str) -> Option<Passage> {
    let wanted =
        plain(quote.trim_matches(|c: char| c.is_whitespace() || is_quotation_mark(c) || matches!(c, '…' | '.')));
    let wanted: String = wanted.iter().map(|letter| letter.letter).collect();
    let wanted = wanted.trim();
    let length = wanted.chars().count();
    let least = if wanted.chars().any(is_dense) { QUOTE_DENSE_MIN } else { QUOTE_MIN };
    if !(least..=QUOTE_MAX).contains(&length) {
        return None;
    }
    let named = pages.iter().filter(|one| Some(one.page) == page);
    let others = pages.iter().filter(|one| Some(one.page) != page);
    named.chain(others).find_map(|page| on(page, wanted, length))
}

fn on(page: &DocumentPage, wanted: &str, length: usize) -> Option<Passage> {
    let letters = plain(&page.text);
    let text: String = letters.iter().map(|letter| letter.letter).collect();
    let at = text.get(..text.find(wanted)?)?.chars().count();
    let (first, last) = (letters.get(at)?, letters.get(at + length - 1)?);
    let quote = domain::citation::passage(&page.text, first.start, last.end)?;
    Some(Passage { page: page.page, start: first.start, end: last.end, quote: quote.to_owned() })
}

/// A letter without what may differ, and the code points that it stands for.
struct Letter {
    letter: char,
    start: u32,
    end: u32,
}

fn plain(text: &str) -> Vec<Letter> {
    let mut letters: Vec<Letter> = Vec::new();
    for (c, at) in text.chars().zip(0..) {
        if matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}') {
            continue;
        }
        if c.is_whitespace() {
            // A run of spaces is one.
            if letters.last().is_some_and(|last| last.letter != ' ') {
                letters.push(Letter { letter: ' ', start: at, end: at + 1 });
            }
            continue;
        }
        let letter = match c {
            _ if is_quotation_mark(c) => '"',
            '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
            other => lower(other),
        };
        letters.push(Letter { letter, start: at, end: at + 1 });
    }
    letters
}

/// In lower case, where that is one letter.
fn lower(c: char) -> char {
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}

fn is_quotation_mark(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '”' | '„' | '‟' | '‘' | '’' | '‚' | '«' | '»' | '‹' | '›' | '`' | '<' | '>')
}

fn is_dense(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(number: u32, text: &str) -> DocumentPage {
        DocumentPage { page: number, text: text.into(), blocks: Vec::new() }
    }

    #[test]
    fn what_is_quoted_is_found_as_it_stands() {
        let first = page(1, "Żółw mówi: „Komórka jest\n  podstawową jed\u{ad}nostką życia” — tak.");
        let second = page(2, "The cell is the basic unit of life.");
        let pages = [&first, &second];
        for quote in ["komórka jest podstawową jednostką życia", "\"Komórka jest   podstawową jednostką życia\" - tak."]
        {
            let found = locate(&pages, Some(2), quote).unwrap();
            assert_eq!(found.page, 1);
            assert!(found.quote.starts_with("Komórka jest\n  podstawową jed\u{ad}nostką życia"), "{found:?}");
            assert_eq!(domain::citation::passage(&first.text, found.start, found.end), Some(found.quote.as_str()));
        }
        assert_eq!(locate(&pages, None, "The cell is the basic unit of life").unwrap().start, 0);
    }

    #[test]
    fn what_stands_nowhere_is_not_found() {
        let only = page(1, "The cell is the basic unit of life.");
        for quote in
            ["", "cell", "The cell is the basic unit of death.", "…", "basic  unit of  lifes", &"x".repeat(5_000)]
        {
            assert_eq!(locate(&[&only], Some(1), quote), None, "{quote}");
        }
    }
}
