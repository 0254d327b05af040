//! Each check drops what it is for and lets its neighbour pass.
#![expect(clippy::unwrap_used, reason = "a test says what went wrong by failing there")]

use domain::{citation::Citation, documents::DocumentPage, quizzes::QuestionType};
use study::{
    Source, SourceId,
    questions::MadeQuestion,
    validator::{self, quiz},
};

const TEXT: &str = "Mitosis is the division of a nucleus into two equal nuclei. Meiosis halves the number of chromosomes in sex cells. \
    Human body cells contain 46 chromosomes in their nuclei. Osmosis is the diffusion of water through a membrane. \
    The division of one nucleus into equal nuclei is also seen in fission. It is the largest organ of the whole body. \
    The mito- chondrion releases energy from sugar. Smith et al. counted 46 chromosomes in human cells.";

fn source() -> Source {
    let page = DocumentPage { page: 1, text: TEXT.into(), blocks: Vec::new() };
    Source { id: SourceId::Text, language: Some("en".into()), pages: vec![page] }
}

/// A citation of the sentence of [`TEXT`] that begins so.
fn cited(beginning: &str) -> Citation {
    let from = TEXT.find(beginning).unwrap();
    let length = TEXT[from..].find(". ").map_or(TEXT.len() - from, |at| at + 1);
    let start = u32::try_from(TEXT[..from].chars().count()).unwrap();
    let quote = TEXT[from..from + length].to_owned();
    Citation::Text { start, end: start + u32::try_from(quote.chars().count()).unwrap(), quote }
}

fn mcq(question: &str, options: &[&str], answer: &str, citation: Citation) -> MadeQuestion {
    MadeQuestion {
        kind: QuestionType::MultipleChoice,
        question: question.into(),
        options: options.iter().map(ToString::to_string).collect(),
        correct_answer: answer.into(),
        accepted_answers: Vec::new(),
        citation,
    }
}

fn statement(text: &str, answer: &str, beginning: &str) -> MadeQuestion {
    let question = mcq(&format!("True or false: {text}"), &["true", "false"], answer, cited(beginning));
    MadeQuestion { kind: QuestionType::TrueFalse, ..question }
}

fn good() -> MadeQuestion {
    let options = ["Osmosis", "Mitosis", "Fusions", "Dialysis"];
    mcq(
        "Which term fits this description: “the diffusion of water through a membrane”?",
        &options,
        "Osmosis",
        cited("Osmosis"),
    )
}

/// By which check one question is dropped; none when it is kept.
fn dropped_by(question: MadeQuestion) -> Option<String> {
    let (kept, statistics) = validator::validate(vec![question], &[source()]);
    assert_eq!((statistics.drafted, statistics.kept as usize), (1, kept.len()));
    statistics.dropped.into_keys().next()
}

#[test]
fn a_good_question_passes() {
    assert_eq!(dropped_by(good()), None);
    assert_eq!(
        dropped_by(statement("Human body cells contain 48 chromosomes in their nuclei.", "false", "Human")),
        None
    );
    assert_eq!(
        dropped_by(statement("Human body cells contain 46 chromosomes in their nuclei.", "true", "Human")),
        None
    );
}

#[test]
fn options_are_distinct_alike_and_have_the_answer() {
    let with = |options: &[&str]| MadeQuestion { options: options.iter().map(ToString::to_string).collect(), ..good() };
    for (options, fault) in [
        (["Osmosis", "Mitosis", "mitosis", "Dialysis"], "options_not_distinct"),
        (["Fission", "Mitosis", "Fusion", "Dialysis"], "answer_not_an_option"),
        (["Osmosis", "Mitosis", "Fusion", "The slow movement of very many salts"], "options_unlike"),
        (["Osmosis", "Mitosis", "fusion", "Dialysis"], "options_unlike"),
        (["Osmosis", "Mitosis", "46", "Dialysis"], "options_unlike"),
    ] {
        assert_eq!(dropped_by(with(&options)).as_deref(), Some(fault), "{options:?}");
    }
    assert_eq!(dropped_by(with(&["Osmosis"])).as_deref(), Some("options_not_distinct"));
}

#[test]
fn numbers_to_choose_from_ascend() {
    let asked =
        mcq("How many chromosomes do human body cells contain?", &["42", "48", "44", "46"], "46", cited("Human"));
    assert!(!validator::question::numbers_are_in_order(&asked));
    let (kept, _) = validator::validate(vec![asked], &[source()]);
    assert_eq!(kept[0].options, ["42", "44", "46", "48"]);
    let words = |options: &[&str]| validator::question::numbers_are_in_order(&mcq("", options, "zwei", cited("Human")));
    assert!(words(&["zwei", "drei", "vier", "fünf"]) && !words(&["drei", "zwei", "vier", "fünf"]));
}

#[test]
fn the_evidence_stands_in_the_source_and_has_the_answer() {
    let Citation::Text { start, end, quote } = cited("Osmosis") else { panic!() };
    let moved = Citation::Text { start: start + 1, end: end + 1, quote: quote.clone() };
    let changed = Citation::Text { start, end, quote: quote.replace("water", "Water") };
    let foreign = Citation::Document { document_id: uuid::Uuid::nil(), page: 1, start, end, quote };
    for citation in [moved, changed, foreign, cited("Meiosis")] {
        assert_eq!(dropped_by(MadeQuestion { citation, ..good() }).as_deref(), Some("no_evidence"));
    }
    let invented = statement("Human body cells contain 46 small green chromosomes in mitochondria.", "true", "Human");
    assert_eq!(dropped_by(invented).as_deref(), Some("no_evidence"));
}

#[test]
fn broken_text_and_references_are_no_evidence() {
    let of = |beginning| {
        mcq(
            "Which number completes the sentence: “_____ chromosomes were counted.”?",
            &["42", "44", "46", "48"],
            "46",
            cited(beginning),
        )
    };
    assert_eq!(dropped_by(of("Smith")).as_deref(), Some("broken_text"));
    let torn = mcq(
        "What releases energy from sugar in a cell?",
        &["Mito-", "Fiss-", "Osmo-", "Dial-"],
        "Mito-",
        cited("The mito-"),
    );
    assert_eq!(dropped_by(torn).as_deref(), Some("broken_text"));
    assert_eq!(dropped_by(of("Human")), None);
}

#[test]
fn only_one_option_is_right_by_the_source() {
    let question = "Which term fits this description: “the division of a nucleus into two equal nuclei”?";
    let of = |options: &[&str]| mcq(question, options, "Mitosis", cited("Mitosis"));
    assert_eq!(dropped_by(of(&["Mitosis", "Fission", "Osmosis", "Dialysis"])).as_deref(), Some("several_right"));
    assert_eq!(dropped_by(of(&["Mitosis", "Fusions", "Osmosis", "Dialysis"])), None);
    let true_after_all = statement("Human body cells contain 46 chromosomes in their nuclei.", "false", "Human");
    assert_eq!(dropped_by(true_after_all).as_deref(), Some("several_right"));
}

#[test]
fn a_question_does_not_tell_its_answer() {
    let question = "Which term fits this description: “the osmosis of water through a membrane”?";
    assert_eq!(dropped_by(MadeQuestion { question: question.into(), ..good() }).as_deref(), Some("answer_given_away"));
    let article = "Which term completes the sentence: “The diffusion of water is an _____ through a membrane.”?";
    assert_eq!(dropped_by(MadeQuestion { question: article.into(), ..good() }).as_deref(), Some("answer_given_away"));
}

#[test]
fn pronouns_have_their_nouns() {
    let options = ["Organ", "Nerve", "Joint", "Gland"];
    let question = mcq(
        "Which term completes the sentence: “It is the largest _____ of the body.”?",
        &options,
        "Organ",
        cited("It is"),
    );
    assert_eq!(dropped_by(question).as_deref(), Some("pronoun_without_noun"));
    let asked = MadeQuestion { question: "What does it do to water?".into(), ..good() };
    assert_eq!(dropped_by(asked).as_deref(), Some("pronoun_without_noun"));
    let these =
        MadeQuestion { question: "Which of these is the diffusion of water through a membrane?".into(), ..good() };
    assert_eq!(dropped_by(these), None);
}

#[test]
fn polish_pronouns_have_their_nouns_too() {
    let text = "Jego stolicą jest Kraków nad Wisłą. Stolicą Małopolski jest Kraków nad Wisłą.";
    let page = DocumentPage { page: 1, text: text.into(), blocks: Vec::new() };
    let source = Source { id: SourceId::Text, language: Some("pl".into()), pages: vec![page] };
    let of = |sentence: &str| {
        let start = u32::try_from(text[..text.find(sentence).unwrap()].chars().count()).unwrap();
        let end = start + u32::try_from(sentence.chars().count()).unwrap();
        let citation = Citation::Text { start, end, quote: sentence.into() };
        let question = format!("Uzupełnij zdanie: „{}”", sentence.replace("Kraków", "_____"));
        MadeQuestion {
            kind: QuestionType::ShortAnswer, options: Vec::new(), ..mcq(&question, &[], "Kraków", citation)
        }
    };
    let questions = vec![of("Jego stolicą jest Kraków nad Wisłą."), of("Stolicą Małopolski jest Kraków nad Wisłą.")];
    let (kept, statistics) = validator::validate(questions, &[source]);
    assert_eq!(kept.len(), 1);
    assert!(kept[0].question.contains("Małopolski"));
    assert_eq!(statistics.dropped.keys().collect::<Vec<_>>(), ["pronoun_without_noun"]);
}

#[test]
fn what_does_not_belong_is_shown_by_what_does() {
    let text =
        "Noble gases include helium, neon, argon and xenon. Radon is one of the noble gases, too. Metals include zinc.";
    let page = DocumentPage { page: 1, text: text.into(), blocks: Vec::new() };
    let source = Source { id: SourceId::Text, language: Some("en".into()), pages: vec![page] };
    let quote = &text[..text.find(". ").unwrap() + 1];
    let citation = Citation::Text { start: 0, end: u32::try_from(quote.len()).unwrap(), quote: quote.into() };
    let dropped_by = |options: &[&str]| {
        let question = "Which of these does NOT belong in the list: “Noble gases include _____.”?";
        let made = mcq(question, options, options[3], citation.clone());
        let (_, statistics) = validator::validate(vec![made], std::slice::from_ref(&source));
        statistics.dropped.into_keys().next()
    };
    assert_eq!(dropped_by(&["helium", "neon", "argon", "zinc"]), None);
    for (options, fault) in [
        (["helium", "neon", "copper", "zinc"], "no_evidence"),
        (["helium", "neon", "xeno", "zinc"], "no_evidence"),
        (["helium", "neon", "argon", "xenon"], "no_evidence"),
        (["helium", "neon", "argon", "radon"], "several_right"),
    ] {
        assert_eq!(dropped_by(&options).as_deref(), Some(fault), "{options:?}");
    }
}

#[test]
fn questions_and_answers_have_a_good_length() {
    assert_eq!(dropped_by(MadeQuestion { question: "Osmosis?".into(), ..good() }).as_deref(), Some("length"));
    assert_eq!(dropped_by(MadeQuestion { question: "w ".repeat(300), ..good() }).as_deref(), Some("length"));
    let short =
        MadeQuestion { kind: QuestionType::ShortAnswer, options: Vec::new(), correct_answer: " ".into(), ..good() };
    assert_eq!(dropped_by(short).as_deref(), Some("length"));
}

#[test]
fn a_question_is_not_asked_twice() {
    let again =
        MadeQuestion { question: "Which term means the diffusion of water through a membrane?".into(), ..good() };
    let other =
        mcq("How many chromosomes do human body cells contain?", &["44", "46", "48", "50"], "46", cited("Human"));
    let (kept, statistics) = validator::validate(vec![good(), again, other], &[source()]);
    assert_eq!(kept.len(), 2);
    assert_eq!(statistics.dropped.get("near_duplicate"), Some(&1));
}

/// Different questions, for the checks of a whole quiz.
fn many(count: usize, options: &[&str], right: usize) -> Vec<MadeQuestion> {
    (0..count).map(|number| mcq(&format!("Question {number}?"), options, options[right], cited("Osmosis"))).collect()
}

#[test]
fn the_longest_option_is_not_right_too_often() {
    assert!(quiz::guessable_by_length(&many(4, &["aaaa", "b", "c", "d"], 0)).is_some());
    assert!(quiz::guessable_by_length(&many(4, &["aaaa", "bbbb", "c", "d"], 0)).is_none());
    let mut mixed = many(7, &["aaaa", "b", "c", "d"], 1);
    mixed.extend(many(3, &["aaaa", "b", "c", "d"], 0));
    assert!(quiz::guessable_by_length(&mixed).is_none());
    mixed.extend(many(1, &["aaaa", "b", "c", "d"], 0));
    assert_eq!(quiz::guessable_by_length(&mixed), Some(10));
}

#[test]
fn the_right_option_stands_everywhere_alike() {
    let options = ["a", "b", "c", "d"];
    assert_eq!(quiz::uneven(&many(3, &options, 2)), Some(2));
    let even: Vec<MadeQuestion> = (0..4).flat_map(|right| many(2, &options, right)).collect();
    assert_eq!(quiz::uneven(&even), None);
    assert_eq!(quiz::statistics(&even).positions, [2, 2, 2, 2]);
}

#[test]
fn true_and_false_are_balanced() {
    let of = |truths: &[&str]| {
        truths.iter().map(|truth| statement("Osmosis is slow.", truth, "Osmosis")).collect::<Vec<_>>()
    };
    assert_eq!(quiz::unbalanced(&of(&["true", "false", "true"])), None);
    assert_eq!(quiz::unbalanced(&of(&["true", "true"])), Some(1));
    assert_eq!(quiz::unbalanced(&of(&["false", "true", "false", "false"])), Some(3));
}

#[test]
fn what_is_to_be_written_stands_in_no_other_question() {
    let written = |answer: &str, beginning: &str| MadeQuestion {
        kind: QuestionType::ShortAnswer,
        options: Vec::new(),
        ..mcq("Which term means that a nucleus becomes two of them?", &[], answer, cited(beginning))
    };
    let (kept, statistics) = validator::validate(vec![good(), written("Mitosis", "Mitosis")], &[source()]);
    assert_eq!(kept.len(), 1, "an option of the first is the answer of the second");
    assert_eq!(statistics.dropped.get("told_by_another"), Some(&1));
    let (kept, _) = validator::validate(vec![good(), written("Meiosis", "Meiosis")], &[source()]);
    assert_eq!(kept.len(), 2);
}

#[test]
fn of_two_statements_neither_says_the_opposite_of_the_other() {
    let text = "Sandy soils dry quickly in the sun of a hot summer. Silence does not amount to acceptance of an offer. \
                In summer sandy soils dry quickly. Clay soils dry slowly in winter.";
    let page = DocumentPage { page: 1, text: text.into(), blocks: Vec::new() };
    let source = Source { id: SourceId::Text, language: Some("en".into()), pages: vec![page] };
    let of = |statement: &str, truth: &str, beginning: &str| {
        let start = text.find(beginning).unwrap();
        let quote = text[start..].split_inclusive('.').next().unwrap();
        let (start, end) = (u32::try_from(start).unwrap(), u32::try_from(start + quote.len()).unwrap());
        let citation = Citation::Text { start, end, quote: quote.into() };
        let question = mcq(&format!("True or false: {statement}"), &["true", "false"], truth, citation);
        MadeQuestion { kind: QuestionType::TrueFalse, ..question }
    };
    let dropped = |questions: Vec<MadeQuestion>| {
        let (_, statistics) = validator::validate(questions, std::slice::from_ref(&source));
        statistics.dropped.get("told_by_another").copied().unwrap_or(0)
    };
    let sandy = || of("Sandy soils dry slowly in the sun of a hot summer.", "false", "Sandy soils");
    let summer = of("In summer sandy soils dry quickly.", "true", "In summer");
    assert_eq!(dropped(vec![sandy(), summer]), 1, "who knows the one knows the other");
    assert_eq!(dropped(vec![sandy(), of("Clay soils dry quickly in winter.", "false", "Clay soils")]), 0);
    let silence = of("Silence amounts to acceptance of an offer.", "false", "Silence");
    assert_eq!(dropped(vec![sandy(), silence]), 0);
}
