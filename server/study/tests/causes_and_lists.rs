//! Causes and lists of a text that has them are asked for, and no such question tells its answer.
#![expect(clippy::unwrap_used, reason = "a test says what went wrong by failing there")]

use domain::{
    documents::DocumentPage,
    quizzes::{Difficulty, QuestionForm},
};
use std::{collections::BTreeSet, fs, path::Path};
use study::{
    Source, SourceId,
    questions::{MadeQuestion, Wanted, make_questions},
};

const REASON: [&str; 2] = ["Which reason completes the sentence", "Która przyczyna uzupełnia zdanie"];
const MISSING: [&str; 2] = ["Which of these is missing in the list", "Co uzupełnia wyliczenie"];
const FOREIGN: [&str; 2] = ["Which of these does NOT belong in the list", "Co NIE należy do wyliczenia"];

fn sample(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(name)).unwrap()
}

fn questions(text: &str, form: QuestionForm, difficulty: Difficulty, seed: u64) -> Vec<MadeQuestion> {
    let page = DocumentPage { page: 1, text: text.into(), blocks: Vec::new() };
    let source = Source { id: SourceId::Text, language: None, pages: vec![page] };
    make_questions(&[source], &Wanted { count: 60, forms: vec![form], difficulty, seed }).questions
}

fn asks(question: &MadeQuestion, beginnings: [&str; 2]) -> bool {
    beginnings.iter().any(|beginning| question.question.starts_with(beginning))
}

fn check(question: &MadeQuestion, text: &str) {
    let distinct: BTreeSet<String> = question.options.iter().map(|option| option.to_lowercase()).collect();
    assert_eq!(distinct.len(), 4, "{question:?}");
    let evidence = question.citation.quote().to_lowercase();
    let stands = |option: &String| evidence.contains(&option.to_lowercase());
    let wrong: Vec<&String> = question.options.iter().filter(|option| **option != question.correct_answer).collect();
    assert_eq!(wrong.len(), 3, "{question:?}");
    let foreign = asks(question, FOREIGN);
    assert_eq!(stands(&question.correct_answer), !foreign, "{question:?}");
    assert!(wrong.iter().all(|option| stands(option) == foreign), "{question:?}");
    assert!(question.question.contains("_____"), "{question:?}");
    let told = |option: &String| question.question.to_lowercase().contains(&option.to_lowercase());
    assert!(!question.options.iter().any(told), "{question:?}");
    // What is wrong here stands elsewhere in the text; an item that began a sentence is written small.
    let lower = text.to_lowercase();
    assert!(question.options.iter().all(|option| lower.contains(&option.to_lowercase())), "{question:?}");
}

#[test]
fn causes_and_lists_are_asked_for_in_both_languages() {
    for name in ["earth.en.md", "przyroda.pl.md"] {
        let text = sample(name);
        for (difficulty, seed) in [(Difficulty::Easy, 1), (Difficulty::Medium, 2), (Difficulty::Hard, 3)] {
            let made = questions(&text, QuestionForm::Mcq, difficulty, seed);
            for beginnings in [REASON, MISSING, FOREIGN] {
                let own: Vec<&MadeQuestion> = made.iter().filter(|question| asks(question, beginnings)).collect();
                assert!(!own.is_empty(), "{name}: {beginnings:?}");
                own.into_iter().for_each(|question| check(question, &text));
            }
        }
    }
}

#[test]
fn items_in_another_case_are_not_mixed() {
    let text = sample("przyroda.pl.md");
    let genitive: String = text.split(". ").filter(|sentence| sentence.contains("składa się z")).collect();
    for seed in 1..6 {
        for question in questions(&text, QuestionForm::Mcq, Difficulty::Medium, seed) {
            let of_list = asks(&question, MISSING) || asks(&question, FOREIGN);
            if of_list && question.question.contains("składa się z") {
                assert!(question.options.iter().all(|option| genitive.contains(option.as_str())), "{question:?}");
            }
        }
    }
}

#[test]
fn a_reason_of_something_else_makes_a_statement_false() {
    let text = "# Stones\n\nPumice floats on water because bubbles of gas fill the stone.\n\n# Air\n\nWind blows from the sea \
        because land warms faster than water. The sky looks blue because small molecules scatter short wavelengths. Mountain \
        tops are cold because thin air holds little heat.";
    let made = (1..6).flat_map(|seed| questions(text, QuestionForm::Tf, Difficulty::Medium, seed));
    let changed: BTreeSet<String> =
        made.filter(|question| question.correct_answer == "false").map(|question| question.question).collect();
    assert!(
        changed.contains("True or false: Pumice floats on water because land warms faster than water."),
        "{changed:?}"
    );
}

#[test]
fn too_few_others_make_no_question() {
    let text = "The sky looks blue because small molecules scatter short wavelengths. Pumice floats on water because bubbles of gas \
        fill the stone. Noble gases include helium, neon and argon. Birds of prey include eagles, falcons and buzzards.";
    let made = questions(text, QuestionForm::Mcq, Difficulty::Medium, 1);
    assert!(!made.iter().any(|question| asks(question, REASON) || asks(question, MISSING)), "{made:?}");
}

#[test]
fn languages_that_are_done_less_well_have_none() {
    let text = "Der Himmel ist blau, weil kleine Teilchen kurze Wellen streuen. Edelgase sind Helium, Neon und Argon. Die Erde \
        besteht aus Kern, Mantel und Kruste. Der Kern ist fest, weil der Druck die Atome zusammenhält. Der Wind weht vom Meer, weil \
        das Land schneller warm wird. Das Eis schwimmt auf dem Teich, weil das Wasser sich beim Gefrieren ausdehnt.";
    for form in [QuestionForm::Mcq, QuestionForm::Cloze, QuestionForm::Short] {
        let made = questions(text, form, Difficulty::Medium, 1);
        assert!(!made.iter().any(|question| [REASON, MISSING, FOREIGN].iter().any(|asked| asks(question, *asked))));
    }
}
