//! Sentences turned into questions, where grammar allows it without guessing.

use crate::{
    facts::{Deed, masculine},
    language::Language,
    words::is_listed,
};
use std::ops::Range;

/// A phrase that began a sentence as it stands within one; none where that cannot be told.
type Lowered<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Longest question that is made this way, in bytes.
const LONGEST: usize = 170;
/// What a predicate begins with that is a noun, not a participle.
const DETERMINERS: &str = "a an the one two three some several many another its his her their";

/// The question whose answer is the year or number at `answer`.
pub(crate) fn for_number(
    text: &str,
    answer: &Range<usize>,
    is_year: bool,
    language: Language,
    lowered: Lowered<'_>,
) -> Option<String> {
    let question = match (language, is_year) {
        (Language::En, true) => english_year(text, answer, lowered),
        (Language::En, false) => english_how_many(text, answer, lowered),
        (Language::Pl, true) => polish_year(text, answer, lowered),
        (Language::Pl, false) => polish_how_many(text, answer, lowered),
        _ => None,
    }?;
    (question.len() <= LONGEST && !question.contains([';', ':', '(', '“', '„', '"'])).then_some(question)
}

/// The question whose answer is the name at `answer`.
pub(crate) fn for_name(text: &str, answer: &Range<usize>, language: Language, lowered: Lowered<'_>) -> Option<String> {
    if language != Language::En {
        return None;
    }
    let (subject, verb, _) = english_passive(text)?;
    let before = text[..answer.start].strip_suffix(" by ")?;
    let after = text[answer.end..].trim_end_matches('.');
    let done = before.get(subject.len() + verb.len() + 2..)?;
    let plain = done.split(' ').count() <= 2 && (after.is_empty() || after.starts_with(" in ")) && !after.contains(',');
    let question = format!("By whom {verb} {} {done}{after}?", lowered(subject)?);
    (plain && question.len() <= LONGEST).then_some(question)
}

/// The question whose answer is who did something.
pub(crate) fn for_doer(text: &str, found: &Deed, language: Language) -> Option<String> {
    let what = &text[found.what.clone()];
    let question = match language {
        Language::Pl => {
            let (verb, rest) = what.split_once(' ')?;
            format!("Kto {} {rest}?", masculine(verb))
        }
        _ => format!("Who {what}?"),
    };
    (question.len() <= LONGEST).then_some(question)
}

/// “{subject} was {predicate}.” with a short subject and no other verb of that kind before.
fn english_passive(text: &str) -> Option<(&str, &str, &str)> {
    let text = text.trim_end_matches('.');
    let (at, verb) = [" was ", " were "].iter().filter_map(|verb| text.find(verb).map(|at| (at, *verb))).min()?;
    let subject = &text[..at];
    let simple = subject.split(' ').count() <= 7 && !subject.contains(',') && !has_clause(subject);
    let predicate = &text[at + verb.len()..];
    // “was an organisation founded in 1920”: the participle belongs to the noun.
    let is_noun = is_listed(DETERMINERS, predicate.split(' ').next().unwrap_or_default());
    (simple && !is_noun).then_some((subject, verb.trim(), predicate))
}

/// Whether a phrase has a clause of its own, so that its verb may not be the sentence's.
fn has_clause(phrase: &str) -> bool {
    const CLAUSES: &str =
        "that which who when where if because while although since as there what how than and before after until";
    phrase.split(' ').any(|word| CLAUSES.split_ascii_whitespace().any(|clause| clause == word.to_lowercase()))
}

fn english_year(text: &str, answer: &Range<usize>, lowered: Lowered<'_>) -> Option<String> {
    let year = &text[answer.clone()];
    let ending = format!(" in {year}.");
    let beginning = format!("In {year}, ");
    let clause = match (text.strip_suffix(&ending), text.strip_prefix(&beginning)) {
        (Some(clause), _) => clause,
        (None, Some(clause)) => clause.trim_end_matches('.'),
        (None, None) => return None,
    };
    let (subject, verb, predicate) = english_passive(clause)?;
    let subject = lowered(subject)?;
    (!predicate.contains(',') && !has_clause(predicate)).then(|| format!("In which year {verb} {subject} {predicate}?"))
}

fn english_how_many(text: &str, answer: &Range<usize>, lowered: Lowered<'_>) -> Option<String> {
    const VERBS: [(&str, &str, &str); 6] = [
        (" has ", "does", "have"),
        (" have ", "do", "have"),
        (" contains ", "does", "contain"),
        (" contain ", "do", "contain"),
        (" consists of ", "does", "consist of"),
        (" consist of ", "do", "consist of"),
    ];
    let counted = counted(text, answer, 3)?;
    VERBS.iter().find_map(|(verb, does, base)| {
        let subject = text[..answer.start].strip_suffix(verb)?;
        let simple = subject.split(' ').count() <= 6 && !subject.contains(',') && !has_clause(subject);
        let subject = lowered(subject).filter(|_| simple)?;
        Some(format!("How many {counted} {does} {subject} {base}?"))
    })
}

/// What is counted, where it ends the sentence and is short.
fn counted<'a>(text: &'a str, answer: &Range<usize>, words_max: usize) -> Option<&'a str> {
    let rest = text[answer.end..].trim_end_matches('.').trim_start();
    let count = rest.split(' ').count();
    (!rest.is_empty() && count <= words_max && rest.chars().all(|c| c.is_alphabetic() || c == ' ')).then_some(rest)
}

fn polish_year(text: &str, answer: &Range<usize>, lowered: Lowered<'_>) -> Option<String> {
    let year = &text[answer.clone()];
    let clause = ["roku", "r."].iter().find_map(|word| {
        let beginning =
            text.strip_prefix(&format!("W {year} {word} ")).map(|clause| clause.trim_end_matches('.').to_owned());
        let last = text.strip_suffix(&format!(" w {year} {}.", word.trim_end_matches('.')));
        beginning.or_else(|| last.and_then(lowered))
    })?;
    let digits = clause.chars().any(|c| c.is_ascii_digit());
    (!(clause.contains(", a ") || digits && clause.contains(" w 1"))).then(|| format!("W którym roku {clause}?"))
}

fn polish_how_many(text: &str, answer: &Range<usize>, lowered: Lowered<'_>) -> Option<String> {
    let counted = counted(text, answer, 4)?;
    let before = &text[..answer.start];
    let subject_of = |verb: &str| {
        let subject = before.strip_suffix(verb)?;
        lowered(subject).filter(|_| subject.split(' ').count() <= 4 && !subject.contains(','))
    };
    // After a number from five on the noun stands as after “ile”; after two, three and four it does not.
    let number = text[answer.clone()].replace(' ', "");
    let few = number.ends_with(['2', '3', '4']) && !["12", "13", "14"].iter().any(|teen| number.ends_with(teen));
    if let Some(subject) = subject_of(" składa się z ") {
        return Some(format!("Z ilu {counted} składa się {subject}?"));
    }
    let plain = number.chars().all(|c| c.is_ascii_digit()) && !few && number != "1";
    [" liczy ", " ma ", " zawiera ", " posiada ", " obejmuje "].iter().find_map(|verb| {
        subject_of(verb).filter(|_| plain).map(|subject| format!("Ile {counted} {} {subject}?", verb.trim()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::deed;

    fn lowered(phrase: &str) -> Option<String> {
        Some(phrase.replace("The ", "the ").replace("Konst", "konst"))
    }

    fn number(text: &str, answer: &str, is_year: bool, language: Language) -> Option<String> {
        let at = text.find(answer).unwrap();
        for_number(text, &(at..at + answer.len()), is_year, language, &lowered)
    }

    #[test]
    fn a_year_is_asked_for() {
        let of = |text: &str, language| number(text, &text[text.find('1').unwrap()..][..4], true, language);
        assert_eq!(
            of("The first release was published in 1996.", Language::En).as_deref(),
            Some("In which year was the first release published?")
        );
        assert_eq!(
            of("In 1993, the project was announced to the world.", Language::En).as_deref(),
            Some("In which year was the project announced to the world?")
        );
        assert_eq!(of("The League of Nations was an international organisation founded in 1920.", Language::En), None);
        assert_eq!(of("Darwin wrote about it in 1859.", Language::En), None);
        assert_eq!(
            of("W 1543 roku Mikołaj Kopernik ogłosił swoje dzieło.", Language::Pl).as_deref(),
            Some("W którym roku Mikołaj Kopernik ogłosił swoje dzieło?")
        );
        assert_eq!(
            of("Konstytucję uchwalono w 1791 roku.", Language::Pl).as_deref(),
            Some("W którym roku konstytucję uchwalono?")
        );
    }

    #[test]
    fn a_count_is_asked_for() {
        assert_eq!(
            number("The Senate has 100 members.", "100", false, Language::En).as_deref(),
            Some("How many members does the Senate have?")
        );
        assert_eq!(
            number("Sejm składa się z 460 posłów.", "460", false, Language::Pl).as_deref(),
            Some("Z ilu posłów składa się Sejm?")
        );
        assert_eq!(number("Człowiek ma 32 zęby.", "32", false, Language::Pl), None);
    }

    #[test]
    fn who_did_something_is_asked_for() {
        let of = |text: &str, language| {
            let found = deed(text, language, &|_| false)?;
            for_doer(text, &found, language)
        };
        assert_eq!(
            of("Peter Agre discovered aquaporins in 1992.", Language::En).as_deref(),
            Some("Who discovered aquaporins in 1992?")
        );
        assert_eq!(
            of("Maria Skłodowska-Curie odkryła polon w 1898 roku.", Language::Pl).as_deref(),
            Some("Kto odkrył polon w 1898 roku?")
        );
    }

    #[test]
    fn a_maker_is_asked_for() {
        let text = "The project was founded by Ian Murdock in 1993.";
        let at = text.find("Ian").unwrap();
        assert_eq!(
            for_name(text, &(at..at + 11), Language::En, &lowered).as_deref(),
            Some("By whom was the project founded in 1993?")
        );
    }
}
