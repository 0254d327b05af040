//! The piece of a message that a search has found, with the words that it was found by.

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
    fn a_long_message_is_cut_around_the_first_match() {
        let text = format!("{} needle {}", "a".repeat(300), "b".repeat(300));
        let shown = marked(&text, "needle");
        assert!(shown.starts_with('…') && shown.ends_with('…') && shown.contains("[needle]"), "{shown}");
    }
}
