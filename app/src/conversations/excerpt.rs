//! Pieces of messages: their beginning, and what a search has found with the words that it was found by.

use super::model::texts;
use crate::browser;
use domain::{
    conversations::Message,
    folding::{is_accent, plain_words},
};
use std::ops::Range;

/// Characters shown before the first match.
const LEAD: usize = 40;
/// Characters shown at most.
const LENGTH: usize = 240;
/// Makes one emoji, or one sign of a script, of those before and after it.
const JOINER: char = '\u{200d}';

/// A piece of an excerpt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The text.
    pub text: String,
    /// Whether it is one of the words.
    pub is_match: bool,
}

/// The words of a query, as they are compared.
#[must_use]
pub fn words(query: &str) -> Vec<String> {
    plain_words(query, browser::plain)
}

/// The text around the first word found, in pieces.
#[must_use]
pub fn around(text: &str, words: &[String]) -> Vec<Piece> {
    let letters: Vec<char> = text.chars().map(|letter| if letter.is_whitespace() { ' ' } else { letter }).collect();
    let marks = marks(&letters, words);
    let first = marks.iter().position(|mark| *mark).unwrap_or_default();
    let start = first.saturating_sub(LEAD);
    let end = letters.len().min(start + LENGTH);
    let mut pieces: Vec<Piece> = Vec::new();
    for (letter, is_match) in letters[start..end].iter().zip(&marks[start..end]) {
        match pieces.last_mut() {
            Some(piece) if piece.is_match == *is_match => piece.text.push(*letter),
            _ => pieces.push(Piece { text: letter.to_string(), is_match: *is_match }),
        }
    }
    let dots = || Piece { text: "…".into(), is_match: false };
    if start > 0 {
        pieces.insert(0, dots());
    }
    if end < letters.len() {
        pieces.push(dots());
    }
    pieces
}

/// The text of sanitised HTML in one line: what was written, without the marks that shaped it.
#[must_use]
pub fn plain(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        rest = if rest.starts_with('<') { after_tag(rest, &mut text) } else { after_entity(rest, &mut text) };
    }
    text.push_str(rest);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The beginning of what a message says or brings, in one line.
#[must_use]
pub fn of(message: &Message) -> String {
    texts::with_file(message, texts::excerpt(&plain(&message.content_html)))
}

/// Tags of lines and blocks stand between words, those of single words do not.
fn after_tag<'a>(html: &'a str, text: &mut String) -> &'a str {
    const WITHIN_WORDS: [&str; 8] = ["a", "b", "code", "del", "em", "i", "strong", "sup"];
    let end = html.find('>').map_or(html.len(), |end| end + 1);
    let name = html[..end].trim_start_matches(['<', '/']);
    let name = &name[..name.find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap_or(name.len())];
    if !WITHIN_WORDS.contains(&name) {
        text.push(' ');
    }
    &html[end..]
}

fn after_entity<'a>(html: &'a str, text: &mut String) -> &'a str {
    const ENTITIES: [(&str, &str); 6] =
        [("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", " ")];
    let known = ENTITIES.into_iter().find_map(|(entity, letter)| Some((html.strip_prefix(entity)?, letter)));
    let (rest, letter) = known.unwrap_or((&html[1..], "&"));
    text.push_str(letter);
    rest
}

/// For each letter whether it belongs to one of the words.
fn marks(letters: &[char], words: &[String]) -> Vec<bool> {
    let compared = Compared::new(letters);
    let mut marks = vec![false; letters.len()];
    for word in words {
        let word: Vec<char> = word.chars().collect();
        for place in compared.places(&word) {
            marks[place].fill(true);
        }
    }
    mark_whole_signs(letters, &mut marks);
    marks
}

/// A line of text as searches compare it.
struct Compared {
    letters: Vec<char>,
    /// Of each of them, which letter of the line it comes from.
    origins: Vec<usize>,
}

impl Compared {
    fn new(line: &[char]) -> Self {
        let text: String = line.iter().collect();
        let letters: Vec<char> = browser::plain(&text).chars().collect();
        // Each on a line of its own shows what becomes of it, and the browser is asked once for all of them. Only in
        // their text do the marks of a letter stand in order.
        let apart: String = line.iter().flat_map(|letter| [*letter, '\n']).collect();
        let apart = browser::plain(&apart);
        let origins =
            apart.split('\n').zip(0..line.len()).flat_map(|(of_it, origin)| of_it.chars().map(move |_| origin));
        Self { letters, origins: origins.collect() }
    }

    /// Where in the line a word stands.
    fn places<'a>(&'a self, word: &'a [char]) -> impl Iterator<Item = Range<usize>> + 'a {
        let starts = (0..self.letters.len()).filter(move |start| self.letters[*start..].starts_with(word));
        starts.filter_map(move |start| {
            let last = start + word.len().checked_sub(1)?;
            Some(*self.origins.get(start)?..*self.origins.get(last)? + 1)
        })
    }
}

/// Marks the rest of what is drawn as one sign: a letter with its accents, an emoji of several.
fn mark_whole_signs(letters: &[char], marks: &mut [bool]) {
    for at in (1..letters.len()).rev().filter(|at| goes_on(letters, *at)) {
        marks[at - 1] |= marks[at];
    }
    for at in (1..letters.len()).filter(|at| goes_on(letters, *at)) {
        marks[at] |= marks[at - 1];
    }
}

/// Whether the letter there, not the first, is drawn with the one before it.
fn goes_on(letters: &[char], at: usize) -> bool {
    letters[at - 1] == JOINER || is_added(letters[at])
}

/// Accents, sound marks of Japanese, what makes a key or another look of a sign, colours of skin.
fn is_added(letter: char) -> bool {
    is_accent(letter)
        || matches!(letter, JOINER | '\u{20d0}'..='\u{20ff}' | '\u{3099}' | '\u{309a}' | '\u{fe00}'..='\u{fe0f}'
            | '\u{1f3fb}'..='\u{1f3ff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str, query: &str) -> String {
        let piece = |piece: Piece| if piece.is_match { format!("[{}]", piece.text) } else { piece.text };
        around(text, &words(query)).into_iter().map(piece).collect()
    }

    #[test]
    fn the_words_are_marked_wherever_they_stand() {
        assert_eq!(marked("Photosynthesis and light", "SYNTH light"), "Photo[synth]esis and [light]");
        assert_eq!(marked("光合成について", "合成"), "光[合成]について");
        assert_eq!(marked("a\nb", "c"), "a b");
        assert_eq!(marked("", "c"), "");
        assert_eq!(marked("İstanbul", "stan"), "İ[stan]bul");
    }

    #[test]
    fn what_is_found_without_its_accents_is_marked_with_them() {
        for (text, query, expected) in [
            ("Mój żółw, ŻÓŁWIE", "zolw", "Mój [żółw], [ŻÓŁW]IE"),
            ("zolw", "żółw", "[zolw]"),
            ("cafe\u{301} noir", "caf\u{e9}", "[cafe\u{301}] noir"),
            ("cafe\u{301} noir", "caf", "[caf]e\u{301} noir"),
            ("cafe\u{301}s", "s", "cafe\u{301}[s]"),
            ("caf\u{e9} noir", "cafe\u{301}", "[caf\u{e9}] noir"),
            ("Ὀδυσσεύς", "οδυσσευσ", "[Ὀδυσσεύς]"),
            ("e\u{301}", "\u{301}", "e\u{301}"),
        ] {
            assert_eq!(marked(text, query), expected, "{query}");
        }
    }

    #[test]
    fn a_letter_that_is_compared_as_several_is_marked_as_one() {
        for (text, query, expected) in [
            ("die Straße da", "STRASSE", "die [Straße] da"),
            ("die Straße da", "se", "die Stra[ße] da"),
            ("ﬁnal eﬃcient", "fi", "[ﬁ]nal e[ﬃ]cient"),
            ("한국어", "국", "한[국]어"),
            ("한국어", "구", "한[국]어"),
            ("ガラス", "カ", "[ガ]ラス"),
            ("شد\u{651}\u{64e}ة", "شد\u{64e}\u{651}ة", "[شد\u{651}\u{64e}ة]"),
        ] {
            assert_eq!(marked(text, query), expected, "{query}");
        }
    }

    #[test]
    fn a_sign_of_several_characters_is_marked_as_a_whole() {
        for (text, query, expected) in [
            ("a 👩\u{200d}🔬 b", "👩", "a [👩\u{200d}🔬] b"),
            ("a 👩\u{200d}🔬 b", "🔬", "a [👩\u{200d}🔬] b"),
            ("👍🏽👍", "👍🏽", "[👍🏽]👍"),
            ("👍🏽 ok", "👍", "[👍🏽] ok"),
            ("I ❤\u{fe0f} it", "❤", "I [❤\u{fe0f}] it"),
            ("1\u{fe0f}\u{20e3} 2", "1", "[1\u{fe0f}\u{20e3}] 2"),
            ("か\u{3099}", "か", "[か\u{3099}]"),
            ("🐢 żółw", "zolw", "🐢 [żółw]"),
        ] {
            assert_eq!(marked(text, query), expected, "{query}");
        }
    }

    /// Short enough to be shown whole.
    const LINES: [&str; 8] = [
        "Zażółć GĘŚLĄ jaźń, 100 %",
        "Straße STRAẞE ﬁn eﬃcient",
        "Việt Nam: tie\u{302}\u{301}ng Vie\u{323}\u{302}t",
        "Ὀδυσσεύς ᾳ ΐ ΟΔΟΣ",
        "Йод ёлка дмитрий",
        "ガラスと硝子 か\u{3099}",
        "한국어 İstanbul ŉ",
        "👩\u{200d}🔬 हिन्दी 🇵🇱",
    ];

    #[test]
    fn nothing_of_a_text_is_lost_and_every_part_of_it_is_marked_where_it_stands() {
        for line in LINES {
            let letters: Vec<char> = line.chars().collect();
            let parts = (0..letters.len()).flat_map(|start| (start + 1..=letters.len()).map(move |end| start..end));
            for part in parts.filter(|part| !letters[part.clone()].iter().any(|letter| letter.is_whitespace())) {
                let query: String = letters[part.clone()].iter().collect();
                let word = browser::plain(&query);
                if word.is_empty() {
                    continue;
                }
                let pieces = around(line, &words(&query));
                assert_eq!(pieces.iter().map(|piece| piece.text.as_str()).collect::<String>(), line);
                let marks: Vec<bool> =
                    pieces.iter().flat_map(|piece| piece.text.chars().map(|_| piece.is_match)).collect();
                let mut own = part.skip_while(|at| is_accent(letters[*at]));
                assert!(own.all(|at| marks[at]), "{query} in {line}: {pieces:?}");
                for piece in pieces.iter().filter(|piece| piece.is_match) {
                    assert!(browser::plain(&piece.text).contains(&word), "{query} in {line}: {pieces:?}");
                }
            }
        }
    }

    #[test]
    fn markup_leaves_its_text() {
        assert_eq!(
            plain("<p>II <strong>comes</strong> fir<em>st</em>:</p>\n<ol>\n<li>a</li><li>b</li></ol>"),
            "II comes first: a b"
        );
        assert_eq!(plain("<p>&lt;script&gt; &amp;lt; &quot;x&quot; & y</p>"), "<script> &lt; \"x\" & y");
        assert_eq!(plain("one<br>two <a href=\"https://x.example/?a&amp;b\">link</a> <"), "one two link");
        assert_eq!(plain(""), "");
    }

    #[test]
    fn a_long_message_is_cut_around_the_first_match() {
        let text = format!("{} needle {}", "a".repeat(300), "b".repeat(300));
        let shown = marked(&text, "needle");
        assert!(shown.starts_with('…') && shown.ends_with('…') && shown.contains("[needle]"), "{shown}");
    }
}
