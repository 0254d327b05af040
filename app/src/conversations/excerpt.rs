//! Pieces of messages: their beginning, and what a search has found with the words that it was found by.

use super::model::texts;
use domain::conversations::Message;

/// Characters shown before the first match.
const LEAD: usize = 40;
/// Characters shown at most.
const LENGTH: usize = 240;

/// A piece of an excerpt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The text.
    pub text: String,
    /// Whether it is one of the words.
    pub is_match: bool,
}

/// The words of a query, folded for comparison.
#[must_use]
pub fn words(query: &str) -> Vec<String> {
    query.split_whitespace().map(|word| word.chars().map(folded).collect()).collect()
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
    let folded: Vec<char> = letters.iter().copied().map(folded).collect();
    let mut marks = vec![false; letters.len()];
    for word in words {
        let word: Vec<char> = word.chars().collect();
        for start in 0..(folded.len() + 1).saturating_sub(word.len()) {
            if !word.is_empty() && folded[start..].starts_with(&word) {
                marks[start..start + word.len()].fill(true);
            }
        }
    }
    marks
}

/// One letter for one letter, so that places in the folded text are places in the text.
fn folded(letter: char) -> char {
    let mut lower = letter.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(only), None) => only,
        _ => letter,
    }
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
