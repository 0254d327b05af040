//! Answers as people give them, and how they are graded.

use domain::quizzes::QuestionType::{MultipleChoice, ShortAnswer, TrueFalse};
use study::grading::{
    Grade::{self, Almost, Right, Slip, Wrong},
    RULE, grade,
};

/// Language, key, answer, grade.
type Case = (&'static str, &'static str, &'static str, Grade);

fn short(language: &str, key: &str, answer: &str) -> Grade {
    grade(ShortAnswer, "", key, &[], answer, Some(language))
}

fn check(cases: &[Case]) {
    let wrong: Vec<String> = cases
        .iter()
        .map(|(language, key, answer, expected)| (language, key, answer, expected, short(language, key, answer)))
        .filter(|(.., expected, found)| *expected != found)
        .map(|(language, key, answer, expected, found)| {
            format!("{language}: “{key}” answered “{answer}” is {found:?}, should be {expected:?}")
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn spelling_that_does_not_matter() {
    check(&[
        ("en", "photosynthesis", "Photosynthesis", Right),
        ("en", "photosynthesis", "  PHOTOSYNTHESIS. ", Right),
        ("en", "photosynthesis", "photo-synthesis", Right),
        ("en", "photosynthesis", "photo synthesis", Right),
        ("en", "café au lait", "Cafe-au-lait", Right),
        ("en", "Antonín Dvořák", "Antonin Dvorak", Right),
        ("en", "the mitochondrion", "mitochondrion", Right),
        ("en", "mitochondrion", "A mitochondrion", Right),
        ("en", "to divide", "divide", Right),
        ("en", "\"natural selection\"", "‘natural selection’", Right),
        ("en", "Newton's law", "Newtons law", Right),
        ("en", "Newton’s law", "newton's laws", Right),
        ("en", "O'Brien", "OBrien", Right),
        ("en", "naïve", "nai\u{308}ve", Right),
        ("en", "resume", "re\u{200b}su\u{ad}me", Right),
        ("en", "deoxyribonucleic acid (DNA)", "DNA", Right),
        ("en", "deoxyribonucleic acid (DNA)", "deoxyribonucleic acid", Right),
        ("en", "mitochondrion (organelle)", "organelle", Almost),
        ("en", "colour / color", "color", Right),
        ("en", "can't", "cannot", Right),
        ("en", "H₂O", "h2o", Right),
        ("en", "salt & pepper", "salt and pepper", Right),
        ("en", "C++", "c++", Right),
        ("en", "C++", "C", Wrong),
        ("en", "+", "+", Right),
        ("en", "+", "-", Wrong),
    ]);
}

#[test]
fn singular_and_plural() {
    check(&[
        ("en", "cell", "cells", Right),
        ("en", "batteries", "battery", Right),
        ("en", "mitochondrion", "mitochondria", Right),
        ("en", "nuclei", "nucleus", Right),
        ("en", "bacterium", "bacteria", Right),
        ("en", "analysis", "analyses", Right),
        ("en", "children", "child", Right),
        ("en", "women", "woman", Right),
        ("en", "red blood cells", "a red blood cell", Right),
        ("en", "princess", "princes", Almost),
        ("fr", "chevaux", "cheval", Right),
        ("fr", "l'eau", "eau", Right),
        ("es", "luces", "luz", Right),
        ("es", "la célula", "celulas", Right),
        ("it", "l'acqua", "acqua", Right),
        ("it", "funghi", "fungo", Right),
        ("de", "die Häuser", "Haus", Right),
        ("de", "Zellen", "Zelle", Right),
        ("de", "roter Riese", "rote Riese", Right),
    ]);
}

#[test]
fn polish() {
    check(&[
        ("pl", "żółw", "zolw", Right),
        ("pl", "komórka", "komórki", Right),
        ("pl", "komórka", "KOMORKA", Right),
        ("pl", "Mikołaj Kopernik", "mikolaj kopernik", Right),
        ("pl", "Mikołaja Kopernika", "Mikołaj Kopernik", Right),
        ("pl", "czerwone krwinki", "czerwona krwinka", Right),
        ("pl", "chlorofil", "chlorofill", Slip),
        ("pl", "fotosynteza", "fotosyneza", Slip),
        ("pl", "fotosynteza", "oddychanie", Wrong),
        ("pl", "fizyka", "fizyk", Almost),
        ("pl", "siarczan", "siarczyn", Almost),
        ("pl", "legalny", "nielegalny", Wrong),
        ("pl", "rozpuszczalny", "nie rozpuszczalny", Wrong),
        ("pl", "symetria", "asymetria", Wrong),
        ("pl", "dziewięć", "dziesięć", Wrong),
        ("pl", "dziewięć", "9", Right),
        ("pl", "trzy", "3", Right),
        ("pl", "tlen i wodór", "wodór, tlen", Right),
        ("pl", "tlen, wodór oraz azot", "azot i tlen i wodór", Right),
        ("pl", "tlen, wodór oraz azot", "tlen i wodór", Almost),
        ("pl", "3,14", "3.14", Right),
        ("pl", "1 000 000", "1000000", Right),
        ("pl", "1,5 miliona", "1500000", Right),
        ("pl", "50%", "50 procent", Right),
        ("pl", "XIX wiek", "19 wiek", Right),
        ("pl", "XIX wiek", "XX wiek", Wrong),
        ("pl", "XVIII wiek", "XVII wiek", Wrong),
        ("pl", "1 września 1939", "1.09.1939", Right),
        ("pl", "1 września 1939 r.", "1939-09-01", Right),
        ("pl", "1 września 1939", "17 września 1939", Wrong),
        ("pl", "1 września 1939", "wrzesień 1939", Almost),
        ("pl", "mitochondrium", "mitochondria", Right),
        ("pl", "Słowacja", "Słowenia", Almost),
    ]);
}

#[test]
fn typos_by_length() {
    check(&[
        ("en", "ion", "iom", Wrong),
        ("en", "DNA", "RNA", Wrong),
        ("en", "atom", "atomm", Slip),
        ("en", "atom", "atim", Slip),
        ("en", "atom", "axom", Almost),
        ("en", "Rhine", "Rhin", Slip),
        ("en", "enzyme", "enzime", Slip),
        ("en", "enzyme", "emzime", Almost),
        ("en", "photosynthesis", "fotosynthesis", Slip),
        ("en", "photosynthesis", "photosinthesys", Slip),
        ("en", "photosynthesis", "photosintesys", Almost),
        ("en", "photosynthesis", "photosythesis", Slip),
        ("en", "photosynthesis", "phtoosynthesis", Slip),
        ("en", "Charles Darwin", "Charls Darwin", Slip),
        ("en", "Charles Darwin", "Darwin", Almost),
        ("en", "Charles Darwin", "Darwin, Charles", Right),
        ("en", "three", "thre", Slip),
        ("en", "aluminium", "aluminum", Slip),
        ("de", "Photosynthese", "Fotosynthese", Slip),
        ("de", "Müller", "Mueller", Right),
        ("de", "Müller", "Muller", Right),
        ("de", "Straße", "Strasse", Right),
        ("de", "Größe", "GROESSE", Right),
    ]);
}

#[test]
fn a_typo_is_not_another_word() {
    check(&[
        ("en", "Iran", "Iraq", Almost),
        ("en", "Slovakia", "Slovenia", Almost),
        ("en", "mitosis", "meiosis", Almost),
        ("en", "hypotension", "hypertension", Wrong),
        ("en", "endothermic", "exothermic", Wrong),
        ("en", "legal", "illegal", Wrong),
        ("en", "reversible", "irreversible", Wrong),
        ("en", "reversible", "irreversibel", Wrong),
        ("en", "typical", "atypical", Wrong),
        ("en", "adduction", "abduction", Wrong),
        ("en", "anion", "cation", Wrong),
        ("en", "microscopic", "macroscopic", Wrong),
        ("en", "nitrate", "nitrite", Almost),
        ("en", "ethane", "ethene", Almost),
        ("en", "maltose", "maltase", Almost),
        ("en", "employer", "employee", Almost),
        ("en", "feudalism", "feudalist", Almost),
        ("en", "soluble in water", "not soluble in water", Wrong),
        ("en", "it is not soluble", "it isn't soluble", Right),
        ("en", "with oxygen", "without oxygen", Wrong),
        ("en", "nineteen", "ninety", Wrong),
        ("en", "astronomy", "asstronomy", Slip),
        ("en", "integral", "inntegral", Slip),
        ("en", "B12", "B13", Wrong),
        ("en", "vitamin B12", "vitamin B 12", Right),
        ("en", "vitamin A", "vitamin", Almost),
    ]);
}

#[test]
fn numbers_are_exact() {
    check(&[
        ("en", "1000", "1,000", Right),
        ("en", "1,000", "1000", Right),
        ("en", "1 000", "1.000", Right),
        ("en", "1,000", "1001", Wrong),
        ("en", "3.14", "3,14", Right),
        ("en", "3.14", "3.141", Wrong),
        ("en", "1945", "1954", Wrong),
        ("en", "0.50", "0.5", Right),
        ("en", "-5", "5", Wrong),
        ("en", "−5 °C", "-5°C", Right),
        ("en", "5 km", "5km", Right),
        ("en", "5 km", "5", Almost),
        ("en", "5 km", "6 km", Wrong),
        ("en", "5 km", "5 mm", Almost),
        ("en", "10²", "102", Wrong),
        ("en", "10²", "10^2", Right),
        ("en", "1/2", "½", Right),
        ("en", "three", "3", Right),
        ("en", "3", "three", Right),
        ("en", "twenty-one", "21", Right),
        ("en", "12", "twelve", Right),
        ("en", "six", "seven", Wrong),
        ("en", "1.5 million", "1,500,000", Right),
        ("en", "3:1", "31", Wrong),
        ("en", "3:1", "3 : 1", Almost),
        ("en", "World War II", "World War 2", Right),
        ("en", "World War II", "world war two", Right),
        ("en", "World War II", "World War I", Wrong),
        ("en", "19th century", "19 century", Right),
        ("en", "19", "XIX", Wrong),
        ("en", "25%", "25 percent", Right),
        ("en", "25%", "25", Almost),
        ("de", "1.000", "1000", Right),
        ("de", "2,5 Millionen", "2500000", Right),
        ("ar", "1945", "١٩٤٥", Right),
    ]);
}

#[test]
fn dates_in_their_forms() {
    check(&[
        ("en", "1 May 1945", "May 1, 1945", Right),
        ("en", "1 May 1945", "1945-05-01", Right),
        ("en", "1 May 1945", "the 1st of May 1945", Right),
        ("en", "1 May 1945", "5/1/1945", Right),
        ("en", "1 May 1945", "2 May 1945", Wrong),
        ("en", "1 May 1945", "May 1945", Almost),
        ("en", "July 4", "4 July", Right),
        ("de", "3. Oktober 1990", "03.10.1990", Right),
        ("fr", "14 juillet 1789", "1789-07-14", Right),
    ]);
}

#[test]
fn lists_in_any_order() {
    check(&[
        ("en", "iron and copper", "copper, iron", Right),
        ("en", "iron, copper and zinc", "zinc; iron; copper", Right),
        ("en", "iron, copper and zinc", "zinc coper iron", Almost),
        ("en", "carbon, copper and zinc", "zinc, coper, carbon", Slip),
        ("en", "iron and copper", "iron", Almost),
        ("en", "iron and copper", "iron, copper, zinc", Almost),
        ("en", "iron and copper", "lead and gold", Wrong),
        ("en", "the dog bites the man", "the man bites the dog", Almost),
        ("de", "Eisen und Kupfer", "Kupfer, Eisen", Right),
    ]);
}

#[test]
fn scripts_without_case_or_spaces() {
    check(&[
        ("zh", "北京", "北京", Right),
        ("zh", "北京", "北 京", Right),
        ("zh", "北京", "南京", Wrong),
        ("zh", "光合作用", "光合作用。", Right),
        ("ja", "が", "か", Wrong),
        ("ko", "한국", "한 국", Right),
        ("ar", "الخلية", "خلية", Right),
        ("ar", "مُحَمَّد", "محمد", Right),
        ("ar", "أحمد", "احمد", Right),
        ("ar", "التمثيل الضوئي", "تمثيل ضوئي", Right),
        ("ar", "القاهرة", "بغداد", Wrong),
        ("ru", "Фёдор Достоевский", "федор достоевский", Right),
        ("el", "Οδυσσέας", "ΟΔΥΣΣΕΑΣ", Right),
        ("hi", "दिल्ली", "दिल्ली", Right),
    ]);
}

#[test]
fn a_heap_of_guesses_is_not_right() {
    check(&[
        ("en", "osmosis", "diffusion osmosis filtration transport respiration digestion", Wrong),
        ("en", "osmosis", "it is osmosis", Almost),
        ("en", "osmosis", "", Wrong),
        ("en", "osmosis", "   ", Wrong),
        ("en", "osmosis", "?!", Wrong),
        ("en", "osmosis", "\u{200b}", Wrong),
        ("en", "osmosis", "o", Wrong),
    ]);
}

#[test]
fn whatever_the_author_accepted_is_right() {
    let accepted = ["adenosine triphosphate".to_owned(), "energy carrier".to_owned()];
    let short = |answer| grade(ShortAnswer, "", "ATP", &accepted, answer, Some("en"));
    assert_eq!(short("Adenosine Triphosphate"), Right);
    assert_eq!(short("adenosin triphosphate"), Slip);
    assert_eq!(short("ADP"), Wrong);
}

#[test]
fn true_or_false_in_words() {
    for (key, answer, expected) in [
        ("true", "true", Right),
        ("true", "TRUE ", Right),
        ("true", "false", Wrong),
        ("true", "Prawda", Right),
        ("false", "fałsz", Right),
        ("false", "nie", Right),
        ("true", "tak.", Right),
        ("true", "wahr", Right),
        ("false", "faux", Right),
        ("true", "sí", Right),
        ("true", "صحيح", Right),
        ("false", "خطأ", Right),
        ("true", "对", Right),
        ("true", "maybe", Wrong),
        ("false", "", Wrong),
        ("maybe", "maybe", Wrong),
    ] {
        assert_eq!(grade(TrueFalse, "", key, &[], answer, None), expected, "{key} answered {answer}");
    }
}

#[test]
fn a_choice_is_the_option_itself() {
    let choice = |answer| grade(MultipleChoice, "", "Café", &["Tea".to_owned()], answer, Some("fr"));
    assert_eq!(choice("Café"), Right);
    assert_eq!(choice(" Cafe\u{301} "), Right);
    for wrong in ["café", "Cafe", "Tea", "", "Caf"] {
        assert_eq!(choice(wrong), Wrong, "{wrong}");
    }
}

#[test]
fn the_rule_says_what_is_done() {
    let text = RULE.join(" ");
    for word in [
        "accents",
        "article",
        "plural",
        "order",
        "exact",
        "Dates",
        "typo",
        "negation",
        "surname",
        "year",
        "Almost",
        "one click",
    ] {
        assert!(text.contains(word), "{word}");
    }
    // Its own examples hold.
    check(&[
        ("fr", "Café au lait", "cafe-au-lait", Right),
        ("en", "cell", "the cell", Right),
        ("pl", "komórka", "komórki", Right),
        ("en", "copper, iron", "iron and copper", Right),
        ("en", "5 km", "5km", Right),
        ("en", "1945-05-01", "1 May 1945", Right),
        ("fr", "l’État", "État", Right),
        ("ar", "الكبد", "كبد", Right),
        ("en", "Maria Curie", "Curie Maria", Right),
        ("pl", "wolna elekcja", "elekcja wolna", Right),
        ("en", "Treaty of Versailles", "Versailles Treaty", Right),
        ("en", "1989", "in 1989", Right),
        ("en", "1989", "1989 AD", Right),
    ]);
    assert_eq!(grade(ShortAnswer, "How many towns are there?", "9", &[], "nine towns", Some("en")), Right);
}
