//! Whether a sentence came whole out of the document.

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

/// What is wrong with a sentence; none for good prose.
pub(crate) fn damage(text: &str) -> Option<Damage> {
    if is_reference(text) {
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
            ("THE CELL AND ITS PARTS.", Some(Damage::Heading)),
        ] {
            assert_eq!(damage(text), found, "{text}");
        }
    }
}
