//! Names: words with a capital within a sentence.

use crate::{
    language::Language,
    words::{Grammar, words},
};
use std::ops::Range;

/// A name in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Name {
    pub(crate) range: Range<usize>,
    /// Names of the same key can stand in one another's place.
    pub(crate) key: Key,
}

/// How a name is used, as far as the words around it tell.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    /// One word, or more: a person with two names is hardly a place.
    words: usize,
    /// The preposition before it: “in Paris”, “by Newton”.
    preposition: String,
    /// Capitals only.
    acronym: bool,
    /// The last letters, where grammar changes them.
    ending: String,
}

impl Key {
    /// Whether names of this key are of one kind, as far as can be told: what stands after “in” is a place, two words without
    /// an article are mostly a person, while one word alone may be anything.
    pub(crate) fn tells_the_kind(&self) -> bool {
        const SAYS_NOTHING: [&str; 15] =
            ["the", "a", "an", "and", "or", "that", "as", "than", "but", "i", "oraz", "lub", "że", "to", "jak"];
        !SAYS_NOTHING.contains(&self.preposition.as_str()) && (!self.preposition.is_empty() || self.words > 1)
    }
}

/// Words with a capital that name nothing to be asked for.
const NOT_NAMES: &str = "i january february march april may june july august september october november december monday tuesday \
    wednesday thursday friday saturday sunday english french german polish latin greek dutch danish swedish norwegian swiss scottish \
    irish welsh flemish italian spanish portuguese russian czech hungarian austrian prussian roman norse turkish arab arabic chinese \
    japanese indian egyptian american british european african asian canadian mexican lithuanian ukrainian christian jewish muslim earth sun moon internet mr mrs dr st ii iii \
    iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx xxi";

/// The names of a sentence.
pub(crate) fn names(text: &str, language: Language, grammar: &Grammar) -> Vec<Name> {
    if !matches!(language, Language::En | Language::Pl) {
        return Vec::new();
    }
    let words = words(text);
    let mut found = Vec::new();
    let mut index = 1;
    while index < words.len() {
        let end = run_end(text, &words, index);
        if end > index {
            found.extend(name(text, &words, index..end, language, grammar));
        }
        index = end.max(index + 1);
    }
    found
}

/// Where the run of words with a capital that begins at `from` ends.
fn run_end(text: &str, words: &[Range<usize>], from: usize) -> usize {
    let capital = |index: usize| text[words[index].clone()].starts_with(char::is_uppercase);
    let mut end = from;
    while end < words.len() && capital(end) && (end == from || &text[words[end - 1].end..words[end].start] == " ") {
        end += 1;
    }
    end
}

fn name(text: &str, words: &[Range<usize>], run: Range<usize>, language: Language, grammar: &Grammar) -> Option<Name> {
    let range = words[run.start].start..words[run.end - 1].end;
    let before = &text[..range.start];
    let opens_sentence = before.trim_end().ends_with(['.', '!', '?', ':', '„', '“', '"', '(', '*', '•']);
    let name = &text[range.clone()];
    let lower = name.to_lowercase();
    let plain = NOT_NAMES.split_ascii_whitespace().any(|word| word == lower) || grammar.is_function_word(name);
    let numbered = text[range.end..].trim_start().starts_with(|c: char| c.is_ascii_digit());
    let part = text[range.end..].starts_with(['-', '’', '\'', '/']) || before.ends_with(['-', '/', '#']);
    if opens_sentence
        || plain
        || numbered
        || part
        || run.len() > 4
        || name.chars().count() < 3
        || goes_on(text, words, run.end)
        || is_code(name)
        || is_of_a_people(name, &text[range.end..])
    {
        return None;
    }
    let before_word = text[words[run.start - 1].clone()].to_lowercase();
    let after_capital = text[words[run.start - 1].clone()].starts_with(char::is_uppercase) && run.start > 1;
    let of_name = ["of", "de", "von", "van"].contains(&before_word.as_str())
        && run.start > 1
        && text[words[run.start - 2].clone()].starts_with(char::is_uppercase);
    let preposition =
        if grammar.is_function_word(&before_word) && before.ends_with(' ') { before_word } else { String::new() };
    let acronym = name.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    let ending = if language == Language::Pl && !acronym { last_letters(name) } else { String::new() };
    (!after_capital && !of_name).then_some(Name { range, key: Key { words: run.len(), preposition, acronym, ending } })
}

/// Whether it only says of which people something is: “in American ports”.
fn is_of_a_people(name: &str, after: &str) -> bool {
    let ending =
        ["ican", "pean", "ish", "ese", "sian", "lian", "tic", "nic"].iter().any(|ending| name.ends_with(ending));
    ending && after.strip_prefix(' ').is_some_and(|next| next.starts_with(char::is_lowercase))
}

/// Whether it is a keyword, an abbreviation with an ending, or a possessive rather than a name.
fn is_code(name: &str) -> bool {
    const ACRONYM_MAX: usize = 5;
    let letters: Vec<char> = name.chars().collect();
    let two_capitals = letters.windows(2).position(|pair| pair.iter().all(|c| c.is_uppercase()));
    let has_ending = two_capitals.is_some_and(|at| letters[at..].iter().any(|c| c.is_lowercase()));
    let shouted = letters.iter().all(|c| c.is_uppercase()) && letters.len() > ACRONYM_MAX;
    has_ending || shouted || name.contains(['\'', '’'])
}

/// Whether the name is only the beginning of a longer one: “University of Warsaw”.
fn goes_on(text: &str, words: &[Range<usize>], end: usize) -> bool {
    let capital =
        |index: usize| words.get(index).is_some_and(|word| text[word.clone()].starts_with(char::is_uppercase));
    let of = words.get(end).is_some_and(|word| ["of", "de", "von", "van", "the", "and"].contains(&&text[word.clone()]));
    of && (capital(end + 1) || capital(end + 2))
}

fn last_letters(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    letters[letters.len().saturating_sub(2)..].iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, language: Language) -> Vec<&str> {
        names(text, language, &Grammar::new(language)).into_iter().map(|name| &text[name.range]).collect()
    }

    #[test]
    fn names_within_a_sentence_are_found() {
        assert_eq!(
            of("The project was begun by Ian Murdock in Indiana, while Bruce Perens led it.", Language::En),
            ["Ian Murdock", "Indiana", "Bruce Perens"]
        );
        assert_eq!(of("In May the University of Warsaw opened on Monday.", Language::En), Vec::<&str>::new());
        assert_eq!(of("The goods were sold in American ports and in Paris.", Language::En), ["Paris"]);
        assert_eq!(
            of("Lübeck sold the herring of Scania on Dutch ships in Hanseatic towns.", Language::En),
            ["Scania"]
        );
        assert_eq!(of("Stolicę przeniesiono z Krakowa do Warszawy.", Language::Pl), ["Krakowa", "Warszawy"]);
    }

    #[test]
    fn examples_may_be_of_any_kind() {
        let tells = |text: &str| names(text, Language::Pl, &Grammar::new(Language::Pl)).remove(0).key.tells_the_kind();
        assert!(!tells("Dostawców jest wielu, takich jak KODAK."));
        assert!(tells("Fabryka powstała w Krakowie."));
    }

    #[test]
    fn names_of_one_key_are_used_alike() {
        let key = |text: &str, language| names(text, language, &Grammar::new(language)).remove(0).key;
        assert_eq!(key("He lived in Paris.", Language::En), key("It began in Rome.", Language::En));
        assert_ne!(key("He lived in Paris.", Language::En), key("It was begun by Newton.", Language::En));
        assert_ne!(
            key("Mieszkał w Krakowie.", Language::Pl),
            key("Mieszkał w Warszawie.", Language::Pl).clone_with("ie", "xx")
        );
    }

    impl Key {
        fn clone_with(&self, from: &str, to: &str) -> Self {
            Self { ending: self.ending.replace(from, to), ..self.clone() }
        }
    }
}
