//! The words that questions are put in.

use crate::language::Language;

/// What a gap stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Blank {
    Year,
    Number,
    Name,
    Term,
    Reason,
}

/// The gap, as the people who read it know it.
pub(crate) const GAP: &str = "_____";

/// A question for the word that a gap in a sentence stands for, to be chosen.
pub(crate) fn choose_for_gap(language: Language, blank: Blank, sentence: &str) -> String {
    let asked = match (language, blank) {
        (Language::Pl, Blank::Year) => "Który rok uzupełnia zdanie",
        (Language::Pl, Blank::Number) => "Która liczba uzupełnia zdanie",
        (Language::Pl, Blank::Name) => "Która nazwa uzupełnia zdanie",
        (Language::Pl, Blank::Term) => "Które pojęcie uzupełnia zdanie",
        (Language::Pl, Blank::Reason) => "Która przyczyna uzupełnia zdanie",
        (Language::De, Blank::Year) => "Welches Jahr ergänzt den Satz",
        (Language::De, Blank::Number) => "Welche Zahl ergänzt den Satz",
        (Language::De, _) => "Welcher Begriff ergänzt den Satz",
        (Language::Fr, Blank::Year) => "Quelle année complète la phrase",
        (Language::Fr, Blank::Number) => "Quel nombre complète la phrase",
        (Language::Fr, _) => "Quel terme complète la phrase",
        (Language::Es, Blank::Year) => "¿Qué año completa la frase",
        (Language::Es, Blank::Number) => "¿Qué número completa la frase",
        (Language::Es, _) => "¿Qué término completa la frase",
        (Language::Ar, Blank::Year) => "أي عام يكمل الجملة",
        (Language::Ar, Blank::Number) => "أي عدد يكمل الجملة",
        (Language::Ar, _) => "أي مصطلح يكمل الجملة",
        (_, Blank::Year) => "Which year completes the sentence",
        (_, Blank::Number) => "Which number completes the sentence",
        (_, Blank::Name) => "Which name completes the sentence",
        (_, Blank::Term) => "Which term completes the sentence",
        (_, Blank::Reason) => "Which reason completes the sentence",
    };
    format!("{asked}: {}{}", quoted(language, sentence), question_mark(language))
}

/// A sentence with a gap to be filled in.
///
/// A year is announced: “In _____” would take a place as well.
pub(crate) fn fill_gap(language: Language, blank: Blank, sentence: &str) -> String {
    let asked = match (language, blank) {
        (Language::Pl, Blank::Year) => "Uzupełnij zdanie rokiem",
        (Language::Pl, Blank::Reason) => "Uzupełnij zdanie przyczyną",
        (Language::Pl, _) => "Uzupełnij zdanie",
        (Language::De, Blank::Year) => "Ergänze den Satz mit einer Jahreszahl",
        (Language::De, _) => "Ergänze den Satz",
        (Language::Fr, Blank::Year) => "Complétez la phrase par une année",
        (Language::Fr, _) => "Complétez la phrase",
        (Language::Es, Blank::Year) => "Completa la frase con un año",
        (Language::Es, _) => "Completa la frase",
        (Language::Ar, Blank::Year) => "أكمل الجملة بعام",
        (Language::Ar, _) => "أكمل الجملة",
        (_, Blank::Year) => "Complete the sentence with a year",
        (_, Blank::Reason) => "Complete the sentence with a reason",
        _ => "Complete the sentence",
    };
    format!("{asked}: {}", quoted(language, sentence))
}

/// A question for the term that a description fits. English and Polish only.
pub(crate) fn term_for(language: Language, description: &str) -> String {
    let asked =
        if language == Language::Pl { "Którego pojęcia dotyczy opis" } else { "Which term fits this description" };
    format!("{asked}: {}?", quoted(language, description))
}

/// A question for what an abbreviation stands for.
pub(crate) fn stands_for(language: Language, abbreviation: &str) -> String {
    match language {
        Language::Pl => format!("Jak rozwija się skrót {abbreviation}?"),
        _ => format!("What does the abbreviation {abbreviation} stand for?"),
    }
}

/// A question for an item of a list, where a gap stands for it. English and Polish only.
pub(crate) fn missing_in_list(language: Language, sentence: &str) -> String {
    let asked =
        if language == Language::Pl { "Co uzupełnia wyliczenie" } else { "Which of these is missing in the list" };
    format!("{asked}: {}?", quoted(language, sentence))
}

/// How a question for what is not in a list begins.
const FOREIGN_ENGLISH: &str = "Which of these does NOT belong in the list";
const FOREIGN_POLISH: &str = "Co NIE należy do wyliczenia";

/// A question for what is no item of a list, where a gap stands for all of it. English and Polish only.
pub(crate) fn foreign_to_list(language: Language, sentence: &str) -> String {
    let asked = if language == Language::Pl { FOREIGN_POLISH } else { FOREIGN_ENGLISH };
    format!("{asked}: {}?", quoted(language, sentence))
}

/// Whether it is [`foreign_to_list`]: the passage then has every option but the right one.
pub(crate) fn asks_for_the_foreign(question: &str) -> bool {
    [FOREIGN_ENGLISH, FOREIGN_POLISH].iter().any(|beginning| question.starts_with(beginning))
}

/// How a definition begins that is told from what it is.
pub(crate) const TERM_FOR: &str = "The term for";

/// What a statement is announced with.
fn announcement(language: Language) -> &'static str {
    match language {
        Language::Pl => "Prawda czy fałsz",
        Language::De => "Richtig oder falsch",
        Language::Fr => "Vrai ou faux",
        Language::Es => "Verdadero o falso",
        Language::Ar => "صواب أم خطأ",
        Language::En | Language::Other => "True or false",
    }
}

/// A statement to be judged.
pub(crate) fn true_or_false(language: Language, statement: &str) -> String {
    format!("{}: {statement}", announcement(language))
}

fn quoted(language: Language, text: &str) -> String {
    match language {
        Language::Pl | Language::De => format!("„{text}”"),
        Language::Fr | Language::Es | Language::Ar => format!("«{text}»"),
        Language::En | Language::Other => format!("“{text}”"),
    }
}

fn question_mark(language: Language) -> &'static str {
    match language {
        Language::Fr => " ?",
        Language::Ar => "؟",
        _ => "?",
    }
}

/// What of a question is quoted or stated, without the words that ask.
pub(crate) fn core(question: &str) -> &str {
    if let Some(statement) = stated(question) {
        return statement.strip_prefix(TERM_FOR).map_or(statement, str::trim_start);
    }
    for (open, close) in [('“', '”'), ('„', '”'), ('«', '»')] {
        if let (Some(from), Some(to)) = (question.find(open), question.rfind(close))
            && from < to
            && question[to + close.len_utf8()..].chars().count() <= 2
        {
            return &question[from + open.len_utf8()..to];
        }
    }
    match question.split_once(": ") {
        Some((asked, stated)) if asked.split(' ').count() <= 4 => stated,
        _ => question,
    }
}

/// The statement that is to be judged; none where something else is asked.
fn stated(question: &str) -> Option<&str> {
    let languages = [Language::En, Language::Pl, Language::De, Language::Fr, Language::Es, Language::Ar];
    let mut announced = languages.iter().filter_map(|language| question.strip_prefix(announcement(*language)));
    announced.find_map(|rest| rest.strip_prefix(": "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_core_is_what_was_put_into_words() {
        for language in
            [Language::En, Language::Pl, Language::De, Language::Fr, Language::Es, Language::Ar, Language::Other]
        {
            for blank in [Blank::Year, Blank::Number, Blank::Name, Blank::Term, Blank::Reason] {
                assert_eq!(core(&choose_for_gap(language, blank, "A _____ b.")), "A _____ b.");
                assert_eq!(core(&fill_gap(language, blank, "A _____ b.")), "A _____ b.");
            }
            assert_eq!(core(&term_for(language, "a thing")), "a thing");
            assert_eq!(core(&missing_in_list(language, "A, _____ and c.")), "A, _____ and c.");
            assert_eq!(core(&foreign_to_list(language, "A has _____.")), "A has _____.");
            assert!(asks_for_the_foreign(&foreign_to_list(language, "A has _____.")));
            assert!(!asks_for_the_foreign(&missing_in_list(language, "A, _____ and c.")));
            assert_eq!(core(&true_or_false(language, "A is b.")), "A is b.");
            assert!(!true_or_false(language, "A is b.").contains('?'));
        }
        assert!(fill_gap(Language::En, Blank::Year, "In _____.").contains("with a year"));
        assert!(fill_gap(Language::Pl, Blank::Year, "W _____.").contains("rokiem"));
        assert!(!fill_gap(Language::En, Blank::Number, "It has _____.").contains("year"));
        assert_eq!(core("True or false: The term for a thing is “a”."), "a thing is “a”.");
        assert_eq!(core("True or false: A line is called “b”."), "A line is called “b”.");
        assert_eq!(core("In which year did it end?"), "In which year did it end?");
    }
}
