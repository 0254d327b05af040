//! What textbooks and laws write otherwise than tidy prose makes no question that tells its answer or means nothing alone.

use domain::{
    documents::DocumentPage,
    quizzes::{Difficulty, QuestionForm},
};
use study::{
    Source, SourceId,
    questions::{MadeQuestion, Wanted, make_questions},
};

/// What is to be written; a statement to be judged would take a sentence's place.
fn questions(text: &str, language: &str) -> Vec<MadeQuestion> {
    of_forms(text, language, vec![QuestionForm::Short, QuestionForm::Cloze], 40)
}

fn of_forms(text: &str, language: &str, forms: Vec<QuestionForm>, count: u32) -> Vec<MadeQuestion> {
    let page = DocumentPage { page: 1, text: text.into(), blocks: Vec::new() };
    let source = Source { id: SourceId::Text, language: Some(language.into()), pages: vec![page] };
    let wanted = Wanted { count, forms, difficulty: Difficulty::Medium, seed: 1 };
    make_questions(&[source], &wanted).questions
}

fn asks_for(made: &[MadeQuestion], answer: &str) -> bool {
    made.iter().any(|question| question.correct_answer.eq_ignore_ascii_case(answer))
}

#[test]
fn a_term_is_asked_for_without_its_foreign_word() {
    let made = questions(
        "Agonista (ang. agonist) to cząsteczka chemiczna, która naśladuje działanie przekaźnika. \
         Szczelina synaptyczna (ang. synaptic cleft) to wąska przestrzeń między dwiema komórkami.",
        "pl",
    );
    assert!(asks_for(&made, "szczelina synaptyczna") && asks_for(&made, "agonista"), "{made:?}");
    assert!(made.iter().all(|question| !question.question.contains("ang.")), "{made:?}");
}

#[test]
fn what_is_named_one_by_one_is_not_counted() {
    let made = questions(
        "Cells fall into one of two broad categories: prokaryotic and eukaryotic. The human heart has four chambers.",
        "en",
    );
    assert!(asks_for(&made, "four"), "{made:?}");
    assert!(!asks_for(&made, "two"), "{made:?}");
}

#[test]
fn the_number_of_a_paragraph_is_no_fact() {
    let made = questions(
        "Prezydent podpisuje ustawę w ciągu 21 dni od dnia przedstawienia. Do posłów nie stosuje się wtedy przepisów ust. 2 i 3 ustawy.",
        "pl",
    );
    assert!(asks_for(&made, "21"), "{made:?}");
    assert!(!asks_for(&made, "2") && !asks_for(&made, "3"), "{made:?}");
}

#[test]
fn a_sentence_about_something_named_before_is_not_asked_about() {
    let made = questions(
        "Venus is covered by clouds that reflect 70 percent of all light. The planet takes 225 days to orbit the Sun. \
         As a result, the year there has 225 days.",
        "en",
    );
    assert!(asks_for(&made, "70"), "{made:?}");
    assert!(!asks_for(&made, "225"), "{made:?}");
    assert!(made.iter().all(|question| question.citation.quote().starts_with("Venus")), "{made:?}");
}

#[test]
fn a_true_statement_tells_a_fact_rather_than_a_generality() {
    let made = of_forms(
        "The Nile has a length of 6650 kilometers and flows north. Rivers flow faster in the mountains than in the plains. \
         The Danube crosses 10 countries on its way to the sea. Water grows warmer in the summer than in the spring. \
         The Rhine carries 2300 cubic meters of water a second. Larger rivers carry more sand than smaller ones.",
        "en",
        vec![QuestionForm::Tf],
        2,
    );
    let truth = made.iter().find(|question| question.correct_answer == "true");
    assert!(truth.is_some_and(|truth| truth.question.contains(|c: char| c.is_ascii_digit())), "{made:?}");
}
