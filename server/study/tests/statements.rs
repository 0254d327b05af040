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
    statements_of(text, language, 1)
}

fn statements_of(text: &str, language: &str, seed: u64) -> Vec<(String, String)> {
    let page = DocumentPage { page: 1, text: text.into(), blocks: Vec::new() };
    let source = Source { id: SourceId::Text, language: Some(language.into()), pages: vec![page] };
    let wanted = Wanted { count: 40, forms: vec![QuestionForm::Tf], difficulty: Difficulty::Medium, seed };
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

#[test]
fn a_word_of_a_reason_makes_no_statement_false() {
    for (text, language) in [
        ("Readers see the old entries because all new changes are invisible to the readers.", "en"),
        ("As loans increased, paper money from all banks flooded the country.", "en"),
        ("Liście na drzewach żółkną jesienią, ponieważ ilość zielonego barwnika maleje.", "pl"),
        ("Małe rzeki latem wysychają, bo temperatura powietrza rośnie.", "pl"),
        ("Małe rzeki latem wysychają, gdyż temperatura powietrza rośnie.", "pl"),
        ("Die Flüsse trocknen im Sommer aus, weil die Temperatur der Luft steigt.", "de"),
        ("Les rivières débordent au printemps parce que le volume de la pluie augmente.", "fr"),
        ("Los ríos se secan en verano porque la temperatura del aire aumenta.", "es"),
    ] {
        let made = statements(text, language);
        assert!(made.iter().all(|(_, truth)| truth == "true"), "{made:?}");
    }
}

#[test]
fn a_false_statement_goes_without_the_reason_that_would_contradict_it() {
    let text = "Rzeki na nizinach płyną wolniej niż w górach, ponieważ ich koryta mają mały spadek.";
    let made = statements(text, "pl");
    let told = |truth: &str| made.iter().find(|(_, own)| own == truth).map(|(stated, _)| stated.as_str());
    assert!(told("true").is_none_or(|stated| stated.contains("ponieważ")), "{made:?}");
    assert!(told("false").is_none_or(|stated| !stated.contains("ponieważ")), "{made:?}");
    let made = statements("The changes of a writer are invisible to readers, because readers see a snapshot.", "en");
    assert!(made.iter().all(|(stated, truth)| (truth == "true") == stated.contains("snapshot")), "{made:?}");
}

#[test]
fn a_true_statement_is_no_copy_of_the_text() {
    for (text, language, told) in [
        (
            "Electron microscopes are significantly more bulky and expensive than light microscopes.",
            "en",
            "Light microscopes are significantly less bulky and expensive than electron microscopes.",
        ),
        (
            "Oczy ludzi wykrywają więcej odcieni zieleni niż czerwieni.",
            "pl",
            "Oczy ludzi wykrywają mniej odcieni czerwieni niż zieleni.",
        ),
        (
            "The Land Law of 1800 helped all farmers of the west by reducing the size of the parcels.",
            "en",
            "By reducing the size of the parcels, the Land Law of 1800 helped all farmers of the west.",
        ),
        (
            "Profil kolorów to zestaw danych, który opisuje urządzenie, takie jak projektor, lub program.",
            "pl",
            "Zestaw danych, który opisuje urządzenie lub program, to profil kolorów.",
        ),
        (
            "The cell wall acts as a layer of protection, helps the cell, and prevents the loss of water.",
            "en",
            "The cell wall prevents the loss of water, acts as a layer of protection, and helps the cell.",
        ),
        (
            "The nucleus of the cell was described by Robert Brown in 1831.",
            "en",
            "Robert Brown described the nucleus of the cell in 1831.",
        ),
        (
            "Robert Hooke, who was curator of the Royal Society, described cells in 1665.",
            "en",
            "In 1665, Robert Hooke described cells.",
        ),
        (
            "Poziom oceanu na Ziemi podnosi się wskutek topnienia lodowców.",
            "pl",
            "Wskutek topnienia lodowców poziom oceanu na Ziemi podnosi się.",
        ),
        (
            "Konstytucję polską ogłosił wówczas Sejm w 1791 roku.",
            "pl",
            "W 1791 roku konstytucję polską ogłosił wówczas Sejm.",
        ),
    ] {
        // The next sentence tells that the first word of the statement is no name; it points back and makes none.
        let first = text.split(' ').next().unwrap_or_default().to_lowercase();
        let text = format!("{text} It is so with {first}.");
        let found = (1..=8).any(|seed| is_among(&statements_of(&text, language, seed), told, "true"));
        assert!(found, "{:?}", statements(&text, language));
    }
}

#[test]
fn a_statement_is_false_also_where_what_it_was_made_of_is_shortened() {
    let text = "The northern lake has a depth of 70 meters (230 feet), which makes it the deepest of all.";
    for (stated, truth) in (1..=8).flat_map(|seed| statements_of(text, "en", seed)) {
        assert!(!stated.contains("230") && !stated.contains("deepest"), "{stated}");
        assert_eq!(stated.contains("70 meters"), truth == "true", "{stated}");
    }
}

#[test]
fn what_can_be_is_denied() {
    let text = "Two programs can read the same database file at once.";
    let told = "Two programs cannot read the same database file at once.";
    assert!((1..=8).any(|seed| is_among(&statements_of(text, "en", seed), told, "false")));
}

#[test]
fn a_long_sentence_is_no_true_statement_as_it_stands() {
    let short = "Sejm uchwala ustawy w obecności 230 posłów, chyba że Konstytucja przewiduje inną liczbę.";
    assert!((1..=8).any(|seed| is_among(&statements_of(short, "pl", seed), short, "true")));
    let long = "Sejm uchwala ustawy zwykłą większością głosów w obecności co najmniej 230 posłów ze wszystkich klubów i kół \
         poselskich, chyba że Konstytucja Rzeczypospolitej Polskiej przewiduje inną większość.";
    assert!((1..=8).all(|seed| statements_of(long, "pl", seed).iter().all(|(_, truth)| truth == "false")));
}

#[test]
fn what_is_left_of_a_statement_is_no_half_of_a_comparison() {
    let text = "The log provides more concurrency as readers do not block writers.";
    let made: Vec<_> = (1..=20).flat_map(|seed| statements_of(text, "en", seed)).collect();
    assert!(made.iter().all(|(_, truth)| truth == "true"), "{made:?}");
}

#[test]
fn what_is_only_said_by_the_way_makes_no_statement_false() {
    let text = "As loans increased, paper money from banks flooded all states, creating inflation that drove prices still higher.";
    let made: Vec<_> = (1..=20).flat_map(|seed| statements_of(text, "en", seed)).collect();
    assert!(made.iter().all(|(stated, _)| !stated.contains("lower")), "{made:?}");
}
