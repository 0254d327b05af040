//! Words that tie a sentence to the ones around it and say nothing of its subject.

use crate::{
    language::Language,
    words::{capitalised, is_listed},
};

/// What a sentence may begin with; a comma follows where one stands here. Longer ones before those that they begin with.
const ENGLISH_OPENINGS: &[&str] = &[
    "thus, ",
    "therefore, ",
    "however, ",
    "moreover, ",
    "furthermore, ",
    "additionally, ",
    "nevertheless, ",
    "nonetheless, ",
    "indeed, ",
    "of course, ",
    "in fact, ",
    "on the other hand, ",
    "as you might imagine, ",
    "as you can see, ",
    "as you might expect, ",
    "note that ",
    "notice that ",
    "remember that ",
    "keep in mind that ",
    "it turns out that ",
];
const POLISH_OPENINGS: &[&str] = &[
    "a więc ",
    "a zatem ",
    "tak więc ",
    "jednakże ",
    "ponadto ",
    "poza tym ",
    "dodatkowo ",
    "z kolei ",
    "natomiast ",
    "oczywiście, ",
    "oczywiście ",
    "ostatecznie ",
    "jak widać, ",
    "po pierwsze, ",
    "po drugie, ",
    "po trzecie, ",
    "co więcej, ",
    "co ciekawe, ",
    "zauważ, że ",
    "pamiętaj, że ",
    "należy pamiętać, że ",
    "warto zauważyć, że ",
    "okazuje się, że ",
];
/// What stands between commas within a sentence.
const ENGLISH_ASIDES: &[&str] = &[", however, ", ", therefore, ", ", by contrast, ", ", moreover, ", ", too, "];
/// What stands between two words.
const ENGLISH_BETWEEN: &[&str] = &[" also ", " therefore "];
const POLISH_BETWEEN: &[&str] = &[" również ", " także ", " zatem ", " więc ", " natomiast "];
/// With these the words between are half of something.
const ENGLISH_PAIRED: &[&str] = &["not only", "but also", "and also", "or also", "also be ", "as also"];
const POLISH_PAIRED: &[&str] =
    &["nie tylko", "zarówno", "ale ", "lecz ", " a także", " jak ", " oraz ", "co również", " i ", "lub "];
/// With which a phrase before the subject begins, so that its comma stays.
const ENGLISH_LEADING: &str =
    "in at by for from with after before during when while if because since as although despite on";

/// The sentence without the words that tie it to others. What is left states the same.
pub(crate) fn without_connectives(text: &str, language: Language) -> String {
    let (openings, between, paired) = match language {
        Language::En => (ENGLISH_OPENINGS, ENGLISH_BETWEEN, ENGLISH_PAIRED),
        Language::Pl => (POLISH_OPENINGS, POLISH_BETWEEN, POLISH_PAIRED),
        _ => return text.to_owned(),
    };
    let mut left = opened(text, openings);
    if language == Language::En {
        left = without_aside(&left);
    }
    let lower = left.to_lowercase();
    if paired.iter().any(|half| lower.contains(half)) {
        return left;
    }
    // „…, więc …” begins a clause, and of „a więc” it is the half.
    let halved = |before: &str| before.rsplit([' ', '(']).next().is_some_and(|word| is_listed("a tak A Tak", word));
    let within = |at: &usize| !left[..*at].ends_with([',', ';', ':', '–', '—']) && !halved(&left[..*at]);
    match between.iter().find_map(|word| left.find(word).filter(within).map(|at| (at, word))) {
        Some((at, word)) => format!("{} {}", &left[..at], &left[at + word.len()..]),
        None => left,
    }
}

/// The sentence after the words that it opens with, with a capital.
fn opened(text: &str, openings: &[&str]) -> String {
    let rest = openings.iter().find_map(|opening| {
        let (beginning, rest) = text.split_at_checked(opening.len())?;
        (beginning.to_lowercase() == *opening).then_some(rest)
    });
    rest.map_or_else(|| text.to_owned(), capitalised)
}

/// The sentence without an aside, with its comma only where a phrase before the subject needs one.
fn without_aside(text: &str) -> String {
    let Some((at, aside)) = ENGLISH_ASIDES.iter().find_map(|aside| text.find(aside).map(|at| (at, aside))) else {
        return text.to_owned();
    };
    let (before, after) = (&text[..at], &text[at + aside.len()..]);
    let first = before.split(' ').next().unwrap_or_default().to_lowercase();
    let comma = if is_listed(ENGLISH_LEADING, &first) { "," } else { "" };
    format!("{before}{comma} {after}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_ties_to_other_sentences_is_left_out() {
        for (text, language, left) in [
            ("Thus, cells are the blocks of life.", Language::En, "Cells are the blocks of life."),
            ("Mars, by contrast, is small.", Language::En, "Mars is small."),
            ("In 1892, however, Lowell turned to Mars.", Language::En, "In 1892, Lowell turned to Mars."),
            ("The act also extended the credit.", Language::En, "The act extended the credit."),
            ("It is not only hot but also dry.", Language::En, "It is not only hot but also dry."),
            ("Thus cells are small.", Language::En, "Thus cells are small."),
            ("Jak widać, wzrok wykrywa zieleń.", Language::Pl, "Wzrok wykrywa zieleń."),
            ("Z kolei neurony przewodzą impulsy.", Language::Pl, "Neurony przewodzą impulsy."),
            ("Inicjatywa przysługuje również obywatelom.", Language::Pl, "Inicjatywa przysługuje obywatelom."),
            ("Lustro odbija światło, więc świeci.", Language::Pl, "Lustro odbija światło, więc świeci."),
            ("Złoto, a także srebro jest metalem.", Language::Pl, "Złoto, a także srebro jest metalem."),
            ("Człowiek jest ssakiem, a więc kręgowcem.", Language::Pl, "Człowiek jest ssakiem, a więc kręgowcem."),
            ("Siarka (a zatem niemetal) jest żółta.", Language::Pl, "Siarka (a zatem niemetal) jest żółta."),
            ("Tak więc człowiek jest ssakiem.", Language::Pl, "Człowiek jest ssakiem."),
            ("Dies ist also klar.", Language::De, "Dies ist also klar."),
        ] {
            assert_eq!(without_connectives(text, language), left);
        }
    }
}
