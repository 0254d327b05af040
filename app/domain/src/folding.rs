//! Text as searches compare it: without the difference between capital and small letters, and without accents.
//!
//! The browser compares as the server does, but has no tables of how letters are put together: it asks the one it runs in
//! to take them apart, and the rest is common.

#[cfg(not(target_family = "wasm"))]
use unicode_normalization::UnicodeNormalization as _;

/// Text with the difference between capital and small letters taken out, in any script.
#[must_use]
pub fn one_case(text: &str) -> String {
    // Up and down again: `ß`, `ẞ` and `SS`, `ﬁ` and `FI` then meet. The final sigma is a matter of position, not of
    // letter.
    text.to_lowercase().to_uppercase().to_lowercase().replace('ς', "σ")
}

/// Text in one case, each letter in the one form that Unicode composes it to.
#[cfg(not(target_family = "wasm"))]
#[must_use]
pub fn fold(text: &str) -> String {
    one_case(text).nfc().collect()
}

/// Text in one case without the accents of Latin, Greek and Cyrillic letters, for what people look for who do not type
/// them: databases then compare bytes. Whoever changes what comes out of it raises the version in the backend's
/// `refolding`.
#[cfg(not(target_family = "wasm"))]
#[must_use]
pub fn plain(text: &str) -> String {
    bare(one_case(text).nfd())
}

/// What is left of letters in one case that were taken apart (Unicode's form NFD) without their accents.
#[must_use]
pub fn bare(letters: impl Iterator<Item = char>) -> String {
    letters.filter(|letter| !is_accent(*letter)).map(without_stroke).collect()
}

/// The words of a query, each as `plain` makes it. An accent that stands by itself stays: no plain text has it, while
/// nothing would be in every text.
#[must_use]
pub fn plain_words(query: &str, plain: impl Fn(&str) -> String) -> Vec<String> {
    let words = query.split_whitespace().map(|word| (word, plain(word)));
    words.map(|(word, plain)| if plain.is_empty() { word.to_owned() } else { plain }).collect()
}

/// Whether it is an accent of the letter before it, in Latin, Greek or Cyrillic.
#[must_use]
pub fn is_accent(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}')
}

/// Unicode does not take these apart.
fn without_stroke(letter: char) -> char {
    match letter {
        'ł' => 'l',
        'ø' => 'o',
        'đ' => 'd',
        'ħ' => 'h',
        'ŧ' => 't',
        'ı' => 'i',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capital_and_small_letters_meet_in_any_script() {
        for (one, other) in
            [("ŻÓŁW", "żółw"), ("STRASSE", "straße"), ("STRAẞE", "straße"), ("ΟΔΟΣ", "οδος"), ("ДМИТРИЙ", "дмитрий")]
        {
            assert_eq!(fold(one), fold(other));
        }
    }

    #[test]
    fn it_does_not_matter_how_a_letter_is_put_together() {
        for composed in ["Café", "Zóe", "Ǟ", "ᾴ", "Йод", "가각", "が", "ΐ"] {
            let taken_apart: String = composed.nfd().collect();
            assert_ne!(taken_apart, composed);
            assert_eq!(fold(&taken_apart), fold(composed));
            assert_eq!(plain(&taken_apart), plain(composed));
        }
    }

    #[test]
    fn text_that_was_folded_stays_as_it_is() {
        for text in ["Zażółć GĘŚLĄ", "STRAẞE", "Ὀδυσσεύς", "ﬁn", "İstanbul", "가각"] {
            assert_eq!(plain(&plain(text)), plain(text));
            assert_eq!(plain(&fold(text)), plain(text));
            assert_eq!(plain(&text.to_uppercase().to_lowercase()), plain(text), "as it was folded before");
        }
    }

    #[test]
    fn accents_are_left_out_where_they_are_not_letters_of_their_own() {
        for (one, other) in [("Żółw", "zolw"), ("Ångström", "angstrom"), ("Ολυμπία", "ολυμπια"), ("Straße", "STRASSE")]
        {
            assert_eq!(plain(one), plain(other));
        }
        assert_ne!(plain("की"), plain("का"), "vowel signs tell words apart");
    }

    #[test]
    fn a_query_is_words_and_an_accent_alone_is_none_that_a_text_has() {
        assert_eq!(plain_words("  Żółw  ADA ", plain), ["zolw", "ada"]);
        assert_eq!(plain_words("\u{301}", plain), ["\u{301}"]);
        assert!(plain_words(" ", plain).is_empty());
    }
}
