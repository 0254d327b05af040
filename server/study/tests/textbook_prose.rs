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

fn of_seeds(text: &str, language: &str, form: QuestionForm) -> Vec<MadeQuestion> {
    (1..=12).flat_map(|seed| made_with(text, language, vec![form], 40, seed)).collect()
}

fn of_forms(text: &str, language: &str, forms: Vec<QuestionForm>, count: u32) -> Vec<MadeQuestion> {
    made_with(text, language, forms, count, 1)
}

fn made_with(text: &str, language: &str, forms: Vec<QuestionForm>, count: u32, seed: u64) -> Vec<MadeQuestion> {
    let page = DocumentPage { page: 1, text: text.into(), blocks: Vec::new() };
    let source = Source { id: SourceId::Text, language: Some(language.into()), pages: vec![page] };
    let wanted = Wanted { count, forms, difficulty: Difficulty::Medium, seed };
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

#[test]
fn an_entry_of_a_glossary_is_asked_about() {
    let made = questions(
        "# Pojęcia\n\n- barter (ang. barter): wymiana jednego dobra na inne bez używania pieniędzy\n\
         - środek wymiany (ang. medium of exchange): dobro, które jest powszechnie przyjmowane jako zapłata za zakupy\n",
        "pl",
    );
    assert!(asks_for(&made, "barter") && asks_for(&made, "środek wymiany"), "{made:?}");
    assert!(made.iter().all(|question| question.citation.quote().contains("(ang. ")), "{made:?}");
    let made =
        questions("# Terms\n\n- sap: a fluid that flows in the stems of plants\n- Note: this is a remark\n", "en");
    assert!(asks_for(&made, "sap") && made.iter().all(|question| question.citation.quote().starts_with("sap")));
    let made = questions(
        "# Komórka\n\n- jądro: zawiera DNA i steruje pracą całej komórki\n- uwaga: roztwór barwnika po otwarciu szybko traci swoją barwę\n\
         - cytoplazma: wodny roztwór, który wypełnia wnętrze każdej komórki\n",
        "pl",
    );
    assert!(asks_for(&made, "cytoplazma") && !asks_for(&made, "jądro") && !asks_for(&made, "uwaga"), "{made:?}");
}

#[test]
fn a_term_that_is_given_in_english_too_is_asked_for() {
    let made = questions(
        "Neuron uaktywnia się szybko po przekroczeniu progu pobudzenia (ang. threshold of excitation).",
        "pl",
    );
    assert!(asks_for(&made, "progu pobudzenia"), "{made:?}");
    let made = questions("Wszystkie otwarte programy przechowuje w tym czasie pamięć operacyjna (ang. memory).", "pl");
    assert!(!asks_for(&made, "operacyjna"), "{made:?}");
}

#[test]
fn what_something_is_for_is_asked_for() {
    let made = questions("Fimbriae are used by bacteria to attach to a host cell. Sugar is used in tea.", "en");
    assert!(asks_for(&made, "fimbriae") && !asks_for(&made, "sugar"), "{made:?}");
}

#[test]
fn words_that_tie_a_sentence_to_others_are_left_out_and_its_passage_is_whole() {
    let made = questions("However, the human heart has four chambers.", "en");
    assert!(made.iter().any(|question| question.question.contains("the human heart have")), "{made:?}");
    assert!(made.iter().all(|question| question.citation.quote().starts_with("However")), "{made:?}");
    let made = questions("Prezydent podpisuje ustawę w ciągu 21 dni od dnia przedstawienia, a więc dość szybko.", "pl");
    assert!(!made.is_empty() && made.iter().all(|question| !question.question.contains(", a dość")), "{made:?}");
}

#[test]
fn a_sentence_that_speaks_to_the_reader_is_no_statement() {
    let text = "Before the two kinds of cells are named, let’s first examine the 12 parts of a cell. \
         The human body has 206 bones in all.";
    let made = of_forms(text, "en", Vec::new(), 40);
    assert!(asks_for(&made, "206") && made.iter().all(|question| !question.question.contains("let’s")), "{made:?}");
}

#[test]
fn a_number_of_an_example_or_one_that_is_said_twice_is_not_asked_for() {
    let made = questions(
        "Księgowy może pobrać za zeznanie podatkowe opłatę w wysokości 400 zł. Polska ma 16 województw i wiele powiatów.",
        "pl",
    );
    assert!(asks_for(&made, "16") && !asks_for(&made, "400"), "{made:?}");
    let text = "The bubble burst in 1819, and people called the crisis the Panic of 1819 for many years.";
    assert!(of_forms(text, "en", Vec::new(), 40).is_empty());
}

#[test]
fn two_decimals_are_chosen_and_not_written() {
    let text = "Mars has a mass of only 0.11 times the mass of Earth.";
    assert!(questions(text, "en").is_empty());
    assert!(asks_for(&of_forms(text, "en", vec![QuestionForm::Mcq], 40), "0.11"));
}

/// What is accepted besides the right answer, where that is asked for in writing.
fn accepted(made: &[MadeQuestion], answer: &str) -> Vec<String> {
    let asked = made.iter().find(|question| question.correct_answer.eq_ignore_ascii_case(answer));
    asked.map(|question| question.accepted_answers.clone()).unwrap_or_default()
}

#[test]
fn another_name_that_the_text_gives_a_term_is_right_as_well() {
    for (text, language, answer, others) in [
        ("Random access memory (RAM) is a form of storage that can be changed.", "en", "random access memory", "RAM"),
        (
            "Deoxyribonucleic acid, also called DNA, is a molecule that carries the plan of a cell.",
            "en",
            "deoxyribonucleic acid",
            "DNA",
        ),
        (
            "Charakteryzacja (lub profilowanie) to nagrywanie sposobu, w jaki urządzenie odtwarza barwy.",
            "pl",
            "charakteryzacja",
            "profilowanie",
        ),
        (
            "Kalibracja, zwana też wzorcowaniem, to proces modyfikowania zachowania urządzenia.",
            "pl",
            "kalibracja",
            "wzorcowaniem",
        ),
        (
            "# Pojęcia\n\n- waluty kruszcowe/waluty surowcowe: pieniądz papierowy, którego wartość jest oparta na złocie\n",
            "pl",
            "waluty kruszcowe",
            "waluty surowcowe",
        ),
    ] {
        let made = questions(text, language);
        assert_eq!(accepted(&made, answer).join("; "), others, "{made:?}");
        assert!(made.iter().all(|question| !question.question.contains(others)), "{made:?}");
    }
}

#[test]
fn another_name_may_stand_elsewhere_and_is_no_wrong_option() {
    let text = "Conjugation is the exchange of genes between two bacteria. \
         Magnification is the enlarging of an object in appearance. \
         Transformation is the uptake of genes from dead bacteria. \
         Transduction is the transfer of genes by a virus. \
         Recombination is the mixing of genes of two parents in a cell. \
         Transmission is the passing of genes from one cell to a second cell. \
         It was seen late, as conjugation (also called transmission) is fast.";
    let made = of_forms(text, "en", vec![QuestionForm::Short], 40);
    assert_eq!(accepted(&made, "conjugation"), ["transmission"], "{made:?}");
    for question in of_seeds(text, "en", QuestionForm::Mcq) {
        let offered = |name: &str| question.options.iter().any(|option| option.eq_ignore_ascii_case(name));
        assert!(!(offered("conjugation") && offered("transmission")), "{question:?}");
    }
}

#[test]
fn a_number_is_asked_for_without_what_says_it_another_way() {
    let made = questions("Mars has a distance of 227 million kilometers (1.52 AU) from the Sun.", "en");
    assert!(asks_for(&made, "227") && made.iter().all(|question| !question.question.contains("1.52")), "{made:?}");
    let text = "Mars rotates in 24 hours like the Earth; Venus has a rotation period of 243 days.";
    let made = of_forms(text, "en", vec![QuestionForm::Cloze], 40);
    assert!(made.iter().all(|question| question.question.contains("24") != question.question.contains("Venus")));
}

#[test]
fn what_a_bound_allows_is_no_wrong_option() {
    let text = "Good observations of Mars date back more than 200 years in the records.";
    let made = of_seeds(text, "en", QuestionForm::Mcq);
    assert!(asks_for(&made, "200"), "{made:?}");
    let smaller = |option: &String| option.parse::<u32>().is_ok_and(|number| number < 200);
    assert!(!made.iter().flat_map(|question| &question.options).any(smaller), "{made:?}");
}
