//! Names as the search compares them.

use domain::text::{NAME_MAX, is_blank, turns_direction};
use unicode_normalization::UnicodeNormalization as _;

/// Text with the difference between capital and small letters taken out, in any script, and each letter in the one
/// form that Unicode composes it to.
pub(crate) fn fold(text: &str) -> String {
    // Up and down again: `ß`, `ẞ` and `SS`, `ﬁ` and `FI` then meet. The final sigma is a matter of position, not of
    // letter.
    text.to_lowercase().to_uppercase().to_lowercase().replace('ς', "σ").nfc().collect()
}

/// The same without the accents of Latin, Greek and Cyrillic letters, for what people look for who do not type them:
/// both engines then compare bytes. Whoever changes what comes out of it raises the version in [`crate::refolding`].
pub(crate) fn plain(text: &str) -> String {
    let letters = fold(text);
    letters.nfd().filter(|letter| !('\u{300}'..='\u{36f}').contains(letter)).map(without_stroke).collect()
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

/// The pattern of what begins so, for text that went through [`plain`].
pub(crate) fn plain_beginning(beginning: &str) -> String {
    format!("{}%", escape(plain(beginning).trim()))
}

/// The patterns that `like … escape '\'` matches when every word of the query is in a text that went through [`plain`],
/// in any order.
pub(crate) fn plain_patterns(query: &str) -> Vec<String> {
    let mut words: Vec<String> = query.split_whitespace().map(plain_word).collect();
    words.sort_unstable();
    words.dedup();
    words.into_iter().map(|word| format!("%{}%", escape(&word))).collect()
}

/// An accent that stands by itself stays: no text has it, while nothing would be in every text.
fn plain_word(word: &str) -> String {
    let plain = plain(word);
    if plain.is_empty() { word.to_owned() } else { plain }
}

fn escape(word: &str) -> String {
    word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

/// A name from a token in a form that we can show and store: one line, no control characters, none that turn the
/// direction of writing, at most [`NAME_MAX`] code points. None when nothing is left to see.
pub(crate) fn name(text: Option<&str>) -> Option<String> {
    let is_taken_out = |letter: char| letter.is_control() || turns_direction(letter);
    let clean: String = text?.chars().map(|letter| if is_taken_out(letter) { ' ' } else { letter }).collect();
    let short: String = clean.trim().chars().take(NAME_MAX).collect();
    let name = short.trim_end();
    (!is_blank(name)).then(|| name.to_owned())
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
            assert_eq!(plain_patterns(&taken_apart), plain_patterns(composed));
        }
    }

    #[test]
    fn text_that_was_folded_stays_as_it_is() {
        for text in ["Zażółć GĘŚLĄ", "STRAẞE", "Ὀδυσσεύς", "ﬁn", "İstanbul", "가각"] {
            assert_eq!(plain(&plain(text)), plain(text));
            assert_eq!(plain(&text.to_uppercase().to_lowercase()), plain(text), "as it was folded before");
        }
    }

    #[test]
    fn accents_are_left_out_where_they_are_not_letters_of_their_own() {
        for (one, other) in [("Żółw", "zolw"), ("Ångström", "angstrom"), ("Ολυμπία", "ολυμπια"), ("Straße", "STRASSE")]
        {
            assert_eq!(plain(one), plain(other));
        }
        assert_eq!(plain_patterns("Łódź 50%"), [r"%50\%%", "%lodz%"]);
        assert_eq!(plain_beginning(" Żó_"), r"zo\_%");
        assert_ne!(plain("की"), plain("का"), "vowel signs tell words apart");
    }

    #[test]
    fn a_query_is_words_and_its_signs_mean_themselves() {
        assert_eq!(plain_patterns("  Ada  LOVE ada "), ["%ada%", "%love%"]);
        assert_eq!(plain_patterns(r"100%_\"), [r"%100\%\_\\%"]);
        assert_eq!(plain_patterns("\u{301}"), ["%\u{301}%"], "which no folded text has");
    }

    #[test]
    fn a_name_is_one_line_within_the_limit() {
        assert_eq!(name(Some(" A\u{0}da\n ")).as_deref(), Some("A da"));
        for nothing in [" \t", "\u{200b}", "\u{3164}", "\u{202e} "] {
            assert_eq!(name(Some(nothing)), None, "{nothing:?}");
        }
        assert_eq!(name(Some("\u{202e}Ada")).as_deref(), Some("Ada"));
        assert_eq!(name(Some(&"ż".repeat(500))).unwrap().chars().count(), NAME_MAX);
        assert_eq!(name(Some("<script>")).as_deref(), Some("<script>"));
    }
}
