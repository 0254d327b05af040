//! Grading whatever people and machines may send.

use domain::quizzes::QuestionType::ShortAnswer;
use std::time::{Duration, Instant};
use study::grading::{
    Grade::{Right, Wrong},
    grade,
};

/// Numbers that only look like chance (SplitMix64), so that a failure comes again.
struct Draw(u64);

impl Draw {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % below as u64).unwrap_or(0)
    }

    fn text(&mut self, length: usize) -> String {
        const PIECES: [&str; 34] = [
            "a",
            "ż",
            "ß",
            "İ",
            "مُ",
            "北",
            "が",
            "한",
            "e\u{301}",
            "\u{200b}",
            "\u{202e}",
            "\u{301}\u{302}",
            "1",
            "0",
            ".",
            ",",
            "-",
            "−",
            " ",
            " ",
            "\u{a0}",
            "'",
            "’",
            "²",
            "½",
            "(",
            ")",
            "XIX",
            "and ",
            "nie ",
            "🐢",
            "\n",
            "million",
            "%",
        ];
        (0..length).map(|_| PIECES[self.next(PIECES.len())]).collect()
    }
}

const LANGUAGES: [Option<&str>; 10] = [
    None,
    Some("en"),
    Some("pl"),
    Some("de"),
    Some("fr"),
    Some("es"),
    Some("it"),
    Some("pt-BR"),
    Some("ar"),
    Some("?"),
];

#[test]
fn the_key_itself_is_always_right() {
    let mut draw = Draw(1);
    for _ in 0..2_000 {
        let length = 1 + draw.next(30);
        let key = draw.text(length);
        let language = LANGUAGES[draw.next(LANGUAGES.len())];
        let expected = if key.trim().is_empty() { Wrong } else { Right };
        assert_eq!(grade(ShortAnswer, "", &key, &[], &key, language), expected, "{key:?} {language:?}");
        let upper = format!("  {key} ");
        assert_eq!(grade(ShortAnswer, "", &key, &[], &upper, language), expected, "{key:?} {language:?}");
    }
}

#[test]
fn no_pair_of_answers_panics_and_an_accepted_one_never_makes_it_worse() {
    let mut draw = Draw(2);
    for _ in 0..2_000 {
        let (a, b) = (draw.next(25), draw.next(25));
        let (key, answer, other) = (draw.text(a), draw.text(b), draw.text(a));
        let language = LANGUAGES[draw.next(LANGUAGES.len())];
        let alone = grade(ShortAnswer, "", &key, &[], &answer, language);
        let accepted = grade(ShortAnswer, "", &key, &[other], &answer, language);
        assert!(accepted >= alone, "{key:?} {answer:?} {language:?}");
    }
}

#[test]
fn a_digit_too_many_is_never_forgiven() {
    let mut draw = Draw(3);
    for _ in 0..1_000 {
        let number = 1_000 + draw.next(9_000);
        let other = 1_000 + draw.next(9_000);
        if number != other {
            let (key, answer) = (format!("in {number} BC"), format!("in {other} BC"));
            assert_eq!(grade(ShortAnswer, "", &key, &[], &answer, Some("en")), Wrong, "{key}: {answer}");
        }
    }
}

#[test]
fn hostile_answers_take_no_time() {
    let hostile = [
        "a".repeat(10_000),
        "a ".repeat(1_000),
        "a,".repeat(1_000),
        format!("e{}", "\u{301}".repeat(1_990)),
        "\u{202e}\u{200f}".repeat(900),
        "\u{200b}".repeat(1_999),
        "1,000".repeat(390),
        "1.".repeat(990),
        "9".repeat(1_999),
        "million ".repeat(240),
        "1 million million million ".repeat(75),
        "not ".repeat(490),
        "(".repeat(1_999),
        "ﷺ".repeat(1_999),
        "M".repeat(1_999),
        "pneumonoultramicroscopicsilicovolcanoconiosis ".repeat(40),
    ];
    let started = Instant::now();
    for key in &hostile {
        for answer in &hostile {
            let expected = key == answer && key.chars().count() <= 2_000;
            let found = grade(ShortAnswer, "", key, &[], answer, Some("en")).is_correct();
            assert!(!expected || found || key.trim_matches('\u{200b}').is_empty());
        }
    }
    let took = started.elapsed();
    assert!(took < Duration::from_secs(20), "{took:?} for {} answers", hostile.len() * hostile.len());
}
