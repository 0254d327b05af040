//! Names as the search compares them.

use domain::{
    folding::plain_words,
    text::{NAME_MAX, is_blank, turns_direction},
};

pub(crate) use domain::folding::{fold, plain};

/// The pattern of what begins so, for text that went through [`plain`].
pub(crate) fn plain_beginning(beginning: &str) -> String {
    format!("{}%", escape(plain(beginning).trim()))
}

/// The patterns that `like … escape '\'` matches when every word of the query is in a text that went through [`plain`],
/// in any order.
pub(crate) fn plain_patterns(query: &str) -> Vec<String> {
    let mut words = plain_words(query, plain);
    words.sort_unstable();
    words.dedup();
    words.into_iter().map(|word| format!("%{}%", escape(&word))).collect()
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
    fn patterns_are_of_plain_text() {
        assert_eq!(plain_patterns("Łódź 50%"), [r"%50\%%", "%lodz%"]);
        assert_eq!(plain_patterns("cafe\u{301}"), plain_patterns("caf\u{e9}"));
        assert_eq!(plain_beginning(" Żó_"), r"zo\_%");
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
