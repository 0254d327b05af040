//! Whether a sentence came whole out of the document.

use crate::words::{is_listed, words};

/// Longest word of running text, in code points.
const WORD_MAX: usize = 40;

/// What a broken stretch of text suffers from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Damage {
    /// A word that was divided at a line's end, or no spaces.
    Broken,
    /// A table, a formula or code.
    NotProse,
    /// A reference to literature, an address.
    Reference,
    /// A heading: capitals only.
    Heading,
}

/// What a line begins with that only tells who made something, or where it was given; hyphens join the words. Prose would
/// have an article, or the plural.
const CREDITS: &str = "lecture-given lecture-held lecture-delivered talk-given talk-held paper-presented speech-given speech-delivered \
    photo-by photo-courtesy photo-taken photograph-by photograph-courtesy photograph-taken image-by image-credit image-courtesy \
    photo-credit picture-by picture-credit slides-by slides-courtesy illustration-by illustrations-by figure-courtesy drawing-by \
    drawings-by map-by maps-by courtesy-of adapted-from reprinted-from reprinted-with reproduced-with reproduced-from translated-from \
    translated-by edited-by compiled-by written-by typeset-by cover-by published-by all-rights licensed-under wykład-wygłoszony \
    odczyt-wygłoszony referat-wygłoszony przedruk-za tłumaczenie-z zdjęcie-wykonał zdjęcie-z opracowano-na opracowanie-graficzne \
    wszelkie-prawa wszystkie-prawa copyright-by";

/// What is wrong with a sentence; none for good prose.
pub(crate) fn damage(text: &str) -> Option<Damage> {
    if is_reference(text) || is_credit(text) {
        return Some(Damage::Reference);
    }
    if is_broken(text) {
        return Some(Damage::Broken);
    }
    if is_not_prose(text) {
        return Some(Damage::NotProse);
    }
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = text.chars().filter(|c| c.is_uppercase()).count();
    (letters > 0 && capitals * 2 > letters).then_some(Damage::Heading)
}

fn is_broken(text: &str) -> bool {
    if text.contains(['\u{fffd}', '\u{ad}']) || text.contains("....") || text.contains(". . .") {
        return true;
    }
    let mut single = 0;
    for word in text.split_whitespace() {
        if word.chars().nth(WORD_MAX).is_some() || (word.len() > 1 && word.ends_with('-')) {
            return true;
        }
        let mut letters = word.chars();
        let lone = letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none();
        single = if lone { single + 1 } else { 0 };
        if single > 2 {
            return true;
        }
    }
    !is_balanced(text)
}

fn is_balanced(text: &str) -> bool {
    let count = |wanted: char| text.chars().filter(|c| *c == wanted).count();
    let pairs = [('(', ')'), ('[', ']'), ('“', '”'), ('«', '»')];
    let polish_quotes = count('„') > 0;
    pairs.iter().all(|(open, close)| (polish_quotes && *open == '“') || count(*open) == count(*close))
        && count('"') % 2 == 0
        && (!polish_quotes || count('„') == count('”') + count('“'))
}

fn is_not_prose(text: &str) -> bool {
    const SIGNS: [char; 24] = [
        '|', '\t', '=', '{', '}', '<', '>', '\\', '∑', '∫', '√', '±', '≈', '≤', '≥', '→', '←', '⇒', '_', '^', '~', '`',
        '#', '*',
    ];
    if text.contains(SIGNS) || text.contains("();") || text.contains("::") || text.contains("->") {
        return true;
    }
    let all = text.chars().filter(|c| !c.is_whitespace()).count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    letters * 100 < all * 60
}

fn is_reference(text: &str) -> bool {
    const MARKS: [&str; 16] = [
        "http:",
        "https:",
        "www.",
        "doi:",
        "DOI",
        "ISBN",
        "ISSN",
        "et al",
        "pp. ",
        "Vol. ",
        "vol. ",
        "Press,",
        "Wydawnictwo",
        "(eds",
        "ibid",
        "[online]",
    ];
    if MARKS.iter().any(|mark| text.contains(mark)) || text.contains('@') {
        return true;
    }
    text.split('[')
        .skip(1)
        .any(|part| part.split(']').next().is_some_and(|inner| inner.starts_with(|c: char| c.is_ascii_digit())))
}

/// Whether it is no sentence but says who made something: “Lecture given at Oslo, 12 May 2019; slides by K. Nilsen.”
fn is_credit(text: &str) -> bool {
    let mut first = words(text).into_iter().take(2).map(|range| text[range].to_lowercase());
    let opening = first.next().zip(first.next()).map(|(one, other)| format!("{one}-{other}"));
    // “Written by Darwin, the book sold out” goes on after the comma; a credit has no verb of its own.
    let goes_on = words(text).into_iter().any(|range| is_listed("was were is are had has", &text[range]));
    text.contains('©') || (!goes_on && opening.is_some_and(|opening| is_listed(CREDITS, &opening)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_passes_and_what_extraction_left_does_not() {
        for (text, found) in [
            ("The Nile is about 6,650 km long (4,130 miles).", None),
            ("Konstytucja zwana „majową” obowiązywała krótko.", None),
            ("The mito- chondrion makes energy.", Some(Damage::Broken)),
            ("It holds an (open bracket.", Some(Damage::Broken)),
            ("T h e cell lives.", Some(Damage::Broken)),
            ("Contents ........ 12", Some(Damage::Broken)),
            ("E = mc squared.", Some(Damage::NotProse)),
            ("1 2 3 4 5 6 abc 7 8 9.", Some(Damage::NotProse)),
            ("As shown in [12], cells divide.", Some(Damage::Reference)),
            ("Smith et al. found cells.", Some(Damage::Reference)),
            ("Lecture given at the University of Oslo, 12 May 2019; slides by K. Nilsen.", Some(Damage::Reference)),
            ("Photo courtesy of the Museum of Oslo, 2019.", Some(Damage::Reference)),
            ("Wykład wygłoszony w Krakowie 12 maja 2019 roku.", Some(Damage::Reference)),
            ("© 2019 by the authors.", Some(Damage::Reference)),
            ("The lecture given at Oslo in 1919 changed the field.", None),
            ("Lectures given by Faraday drew large crowds.", None),
            ("Written by Darwin in 1859, the book was sold out at once.", None),
            ("THE CELL AND ITS PARTS.", Some(Damage::Heading)),
        ] {
            assert_eq!(damage(text), found, "{text}");
        }
    }
}
