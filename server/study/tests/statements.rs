//! True and false statements: in other words than the text's where that is safe, and false only by what they hang on.

use domain::{
    documents::DocumentPage,
    quizzes::{Difficulty, QuestionForm},
};
use study::{
    Source, SourceId,
    questions::{Wanted, make_questions},
};

/// The statements of a text with their truth, without the words that ask.
fn statements(text: &str, language: &str) -> Vec<(String, String)> {
    let page = DocumentPage { page: 1, text: text.into(), blocks: Vec::new() };
    let source = Source { id: SourceId::Text, language: Some(language.into()), pages: vec![page] };
    let wanted = Wanted { count: 40, forms: vec![QuestionForm::Tf], difficulty: Difficulty::Medium, seed: 1 };
    let made = make_questions(&[source], &wanted).questions;
    assert!(made.iter().all(|question| text.contains(question.citation.quote())));
    let stated = |question: &str| question.split_once(": ").map_or(String::new(), |(_, stated)| stated.to_owned());
    made.iter().map(|question| (stated(&question.question), question.correct_answer.clone())).collect()
}

fn is_among(statements: &[(String, String)], text: &str, truth: &str) -> bool {
    statements.iter().any(|(stated, own)| stated == text && own == truth)
}

#[test]
fn a_true_statement_is_told_the_other_way_round() {
    for (text, language, told) in [
        (
            "Magnification is the process of enlarging an object in appearance.",
            "en",
            "The term for the process of enlarging an object in appearance is “magnification”.",
        ),
        (
            "Kalibracja to proces modyfikowania zachowania kolorów urządzenia.",
            "pl",
            "Proces modyfikowania zachowania kolorów urządzenia to kalibracja.",
        ),
        (
            "If the cell grows too large, the plasma membrane will have too small a surface.",
            "en",
            "The plasma membrane will have too small a surface if the cell grows too large.",
        ),
        (
            "Jeżeli Sejm nie może zebrać się na posiedzenie, wojnę wypowiada Prezydent Rzeczypospolitej.",
            "pl",
            "Wojnę wypowiada Prezydent Rzeczypospolitej, jeżeli Sejm nie może zebrać się na posiedzenie.",
        ),
        (
            "In the 1670s, Antony van Leeuwenhoek discovered bacteria in a drop of water.",
            "en",
            "Antony van Leeuwenhoek discovered bacteria in a drop of water in the 1670s.",
        ),
    ] {
        let made = statements(text, language);
        assert!(is_among(&made, told, "true"), "{made:?}");
    }
}

#[test]
fn a_pronoun_does_not_come_before_its_noun() {
    let made = statements("When water freezes in the 12 rivers, it expands and breaks the ice.", "en");
    assert!(made.iter().all(|(stated, _)| !stated.starts_with("It ")), "{made:?}");
}

#[test]
fn false_ones_are_told_the_other_way_round_as_well() {
    let made =
        statements("If the Senate does not vote within 30 days, a proposed law counts as passed by the houses.", "en");
    assert!(
        made.iter()
            .all(|(stated, _)| stated.starts_with("A proposed law counts as passed by the houses if the Senate")),
        "{made:?}"
    );
    assert!(!made.is_empty());
}

#[test]
fn what_is_denied_is_affirmed_where_nothing_else_hangs_on_it() {
    for (text, language, told) in [
        (
            "Living cells cannot be viewed with an electron microscope.",
            "en",
            Some("Living cells can be viewed with an electron microscope."),
        ),
        ("Nie można być równocześnie posłem i senatorem.", "pl", Some("Można być równocześnie posłem i senatorem.")),
        ("Poseł nie może być zatrzymany bez zgody Sejmu, chyba że ucieka przed policją.", "pl", None),
        ("Water in the high mountains does not always boil at 100 degrees.", "en", None),
        ("Please do not heat the sample in the laboratory above room temperature.", "en", None),
        ("Vaccines against the common flu may not protect everyone who gets one.", "en", None),
        ("Animals that do not eat meat need other sources of protein.", "en", None),
        ("W państwie polskim nie było wówczas stałych banków ani giełd.", "pl", None),
        ("Copper is a cheap material for the wires of a house.", "en", None),
        ("Telomeres are found at the ends of chromosomes in all animals.", "en", None),
    ] {
        let made = statements(text, language);
        let found = made.iter().find(|(_, truth)| truth == "false").map(|(stated, _)| stated.as_str());
        // One statement of a passage is enough, so it may be the true one.
        assert!(found == told || (found.is_none() && made.len() == 1 && told.is_some()), "{made:?}");
    }
}

#[test]
fn half_of_a_comparison_is_no_statement() {
    assert!(statements("The new mode is significantly faster in most scenarios.", "en").is_empty());
    assert!(!statements("The new mode is significantly faster than the old mode.", "en").is_empty());
}

#[test]
fn what_stands_behind_a_word_decides_whether_its_opposite_makes_nonsense() {
    let made = statements("Indexes grow with time, but lookups in tables are slower than lookups in indexes.", "en");
    assert!(!made.is_empty());
    assert!(
        statements("Lookups in tables are slower than lookups in indexes, but indexes grow with time.", "en")
            .is_empty()
    );
}
