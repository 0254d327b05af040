//! Answers that say the same in another form, and their neighbours that do not.

use domain::quizzes::QuestionType::ShortAnswer;
use study::grading::{
    Grade::{self, Almost, Right, Slip, Wrong},
    grade,
};

/// Language, question, key, answer, grade.
type Case<'a> = (&'a str, &'a str, &'a str, &'a str, Grade);

fn check(cases: &[Case<'_>]) {
    let found = |&(language, question, key, answer, _): &Case<'_>| {
        grade(ShortAnswer, question, key, &[], answer, Some(language).filter(|language| !language.is_empty()))
    };
    let wrong: Vec<String> = cases
        .iter()
        .filter(|case| found(case) != case.4)
        .map(|case| format!("{case:?} is {:?}", found(case)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_year_is_the_same_with_the_words_around_it() {
    check(&[
        ("en", "", "1989", "in 1989", Right),
        ("en", "", "1989", "In the year 1989.", Right),
        ("en", "", "1989", "1989 AD", Right),
        ("en", "", "1989", "A.D. 1989", Right),
        ("en", "", "1989", "1989 CE", Right),
        ("en", "", "in 1989", "1989", Right),
        ("en", "", "79", "79 AD", Right),
        ("pl", "", "1569", "w 1569", Right),
        ("pl", "", "1569", "1569 roku", Right),
        ("pl", "", "1569", "1569 r.", Right),
        ("pl", "", "1569", "w roku 1569", Right),
        ("pl", "", "1569 r.", "1569", Right),
        ("pl", "", "966", "966 r. n.e.", Right),
        ("", "", "1569", "w 1569 r.", Right),
        ("de", "", "1989", "im Jahr 1989", Right),
        ("fr", "", "1789", "en 1789", Right),
        ("es", "", "1492", "en el año 1492", Right),
        ("ar", "", "1945", "سنة ١٩٤٥", Right),
        ("en", "", "490 BC", "in 490 B.C.", Right),
        ("en", "", "490 BC", "490 BCE", Right),
        ("pl", "", "490 p.n.e.", "w 490 r. p.n.e.", Right),
        ("en", "", "1569 and 1573", "in 1573, in 1569", Right),
    ]);
}

#[test]
fn another_year_is_another_year() {
    check(&[
        ("en", "", "1989", "in 1988", Wrong),
        ("en", "", "1989", "1998 AD", Wrong),
        ("en", "", "1989", "not in 1989", Wrong),
        ("en", "", "1989", "1989 BC", Almost),
        ("en", "", "490 BC", "490 AD", Almost),
        ("en", "", "490 BC", "490", Almost),
        ("en", "", "1989", "after 1989", Almost),
        ("en", "", "1989", "before 1989", Almost),
        ("en", "", "1989", "in 1989 or 1990", Wrong),
        ("pl", "", "1569", "w 1596 roku", Wrong),
        ("pl", "", "1569", "nie w 1569", Wrong),
        ("pl", "", "1569", "po 1569 r.", Almost),
        ("en", "", "5", "5 in", Almost),
    ]);
}

#[test]
fn what_a_question_counts_may_stand_beside_the_number() {
    let towns = "How many towns did he found?";
    let years = "Ile lat trwała wojna?";
    check(&[
        ("en", towns, "9", "nine towns", Right),
        ("en", towns, "9", "9 towns", Right),
        ("en", towns, "9", "9 Town", Right),
        ("en", towns, "9 towns", "nine", Right),
        ("en", "How many small towns did he found?", "9", "9 small towns", Right),
        ("en", "The war lasted _____ years.", "6", "six years", Right),
        ("en", "How long did the war last, in years?", "6", "6 years", Right),
        ("pl", years, "6", "6 lat", Right),
        ("pl", years, "6", "sześć lat", Right),
        ("pl", "Ile procent to jest?", "25", "25%", Right),
        ("de", "Wie viele Städte gründete er?", "9", "neun Städte", Right),
        ("fr", "Combien de villes a-t-il fondées ?", "9", "neuf villes", Right),
        ("ar", "كم مدينة أسس؟", "9", "٩ مدينة", Right),
    ]);
}

#[test]
fn another_thing_or_number_is_not_what_was_counted() {
    let towns = "How many towns did he found?";
    check(&[
        ("en", towns, "9", "eight towns", Wrong),
        ("en", towns, "9", "9 villages", Almost),
        ("en", towns, "9", "not 9 towns", Wrong),
        ("en", towns, "9", "9 or 10 towns", Wrong),
        ("en", towns, "9", "9 million towns", Almost),
        ("en", "How many of the two million towns burned?", "9", "9 million", Almost),
        ("en", "How many km is it, and how many miles?", "5 km", "5 miles", Almost),
        ("en", "How many years after six days of war was it?", "5", "5 days", Almost),
        ("en", "How far is it?", "5 km", "5", Almost),
        ("pl", "Ile lat trwała wojna?", "6", "6 miesięcy", Almost),
        ("pl", "Ile lat trwała wojna?", "6", "60 lat", Wrong),
    ]);
}

#[test]
fn a_surname_may_come_first() {
    check(&[
        ("pl", "", "Władysław Siciński", "Siciński Władysław", Right),
        ("pl", "", "Władysław Siciński", "sicinski wladyslaw", Right),
        ("en", "", "Jan Ingenhousz", "Ingenhousz Jan", Right),
        ("en", "", "Jan Ingenhousz", "Ingenhousz, Jan", Right),
        ("en", "", "Jan Ingenhousz", "Ingenhouz Jan", Slip),
        ("pl", "", "Maria Skłodowska-Curie", "Skłodowska-Curie Maria", Right),
        ("en", "", "Vincent van Gogh", "van Gogh Vincent", Right),
        ("pl", "", "Jan Henryk Dąbrowski", "Dąbrowski Jan Henryk", Right),
        ("en", "", "Jan Ingenhousz", "Ingenhousz Joseph", Almost),
        ("en", "", "Jan Ingenhousz", "not Ingenhousz Jan", Wrong),
        ("en", "", "Charles II", "Charles I", Wrong),
        ("en", "", "Charles II", "Charles 2", Right),
        ("en", "", "Charles II", "I Charles", Wrong),
        ("pl", "", "Jan III Sobieski", "Sobieski Jan II", Wrong),
        ("en", "", "the dog bites the man", "the man bites the dog", Almost),
        ("en", "", "cell wall", "wall cell", Almost),
    ]);
}

#[test]
fn a_term_of_two_words_may_be_turned_where_that_changes_nothing() {
    check(&[
        ("pl", "", "wolna elekcja", "elekcja wolna", Right),
        ("pl", "", "Wolna elekcja", "elekcja wolna", Right),
        ("en", "", "Treaty of Versailles", "Versailles Treaty", Right),
        ("en", "", "Treaty of Versailles", "the Versailles treaty", Right),
        ("en", "", "Versailles Treaty", "the Treaty of Versailles", Right),
        ("en", "", "Hooke's law", "law of Hooke", Right),
        ("en", "", "Treaty of Versailles", "Treaty of Verdun", Wrong),
        ("en", "", "Treaty of Versailles", "Verdun Treaty", Wrong),
        ("en", "", "Treaty of Versailles", "not the Versailles Treaty", Wrong),
        ("en", "", "cup of tea", "tea cup", Wrong),
        ("pl", "", "matka córki", "córka matki", Almost),
        ("pl", "", "wolna elekcja", "elekcja zależna", Almost),
        ("pl", "", "rozpuszczalny", "rozpuszczalny nie", Wrong),
    ]);
}

#[test]
fn an_article_does_not_matter_whatever_the_language_is_taken_for() {
    for language in ["", "en", "fr", "ar"] {
        check(&[
            (language, "", "l'État", "etat", Right),
            (language, "", "l’État", "État", Right),
            (language, "", "État", "l'etat", Right),
            (language, "", "الكبد", "كبد", Right),
            (language, "", "كبد", "الكبد", Right),
            (language, "", "الدم", "دم", Right),
            (language, "", "الله", "له", Wrong),
            (language, "", "الكبد", "كلب", Wrong),
        ]);
    }
}
