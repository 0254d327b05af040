//! Which part of a sentence states something, and which only says why, under which condition, or what comes of it.

use crate::{
    language::Language,
    words::{is_listed, words},
};
use std::ops::Range;

/// Words that begin a reason; the words of a phrase are joined by hyphens, longer ones stand before those they begin with.
const ENGLISH_REASONS: &str = "because since due-to owing-to given-that seeing-that in-that so-that";
const POLISH_REASONS: &str =
    "ponieważ gdyż bo bowiem albowiem skoro dlatego-że z-powodu na-skutek wskutek w-wyniku dzięki-temu-że";
const GERMAN_REASONS: &str = "weil denn zumal aufgrund wegen";
const FRENCH_REASONS: &str = "parce-que parce-qu puisque puisqu car à-cause en-raison";
const SPANISH_REASONS: &str = "porque puesto-que ya-que pues a-causa debido-a";

/// Words with which an English “as” clause goes on after its subject: “as readers do not block writers”.
const ENGLISH_FINITE: &str = "is are was were has have had do does did can cannot could will would must may might";
/// Words after which what is said follows from what was said before.
const CONSEQUENCES: &str = "hence thus therefore consequently so dlatego zatem więc stąd toteż daher deshalb folglich donc alors luego entonces";
/// Where what only follows from a statement, or comments on it, begins behind it.
const FOLLOWING: [&str; 17] = [
    ", because ",
    ", which ",
    ", so ",
    ", making ",
    ", causing ",
    ", creating ",
    ", leaving ",
    ", allowing ",
    ", ponieważ ",
    ", gdyż ",
    ", bo ",
    ", co ",
    ", przez co ",
    ", dzięki czemu ",
    ", więc ",
    ", dlatego ",
    ", zatem ",
];
/// Fewest words of a statement that is left without what follows from it.
const LEFT_MIN: usize = 4;

/// Whether a stretch of the sentence belongs to a reason that it gives, or to what follows from another part of it, so
/// that the opposite there is no statement of its own but makes nonsense of the whole.
pub(crate) fn hangs_on_another_clause(text: &str, stretch: &Range<usize>, language: Language) -> bool {
    let all = words(text);
    let lower: Vec<String> = all.iter().map(|range| text[range.clone()].to_lowercase()).collect();
    let within = |at: usize| {
        let begin = all[at].start;
        // A reason before its statement ends with the first comma.
        let end = if at == 0 { text.find(',').unwrap_or(text.len()) } else { text.len() };
        (begin..end).contains(&stretch.start)
    };
    let follows = |at: usize| {
        at > 0 && is_listed(CONSEQUENCES, &lower[at]) && !counts_how(&lower, at) && all[at].end <= stretch.start
    };
    (0..all.len()).any(|at| (begins_reason(text, &all, &lower, at, language) && within(at)) || follows(at))
        || (1..all.len()).any(|at| all[at].end <= stretch.start && asks_indirectly(&lower, at))
}

/// “determines when changes become visible”: that they do is taken for granted.
fn asks_indirectly(lower: &[String], at: usize) -> bool {
    const ASKING: &str = "determines determine decides decide describes describe shows show explains explain tells tell określa \
        określają decyduje decydują opisuje opisują wyjaśnia wyjaśniają";
    is_listed("when whether how why kiedy czy jak dlaczego", &lower[at]) && is_listed(ASKING, &lower[at - 1])
}

/// “so large that”: the word measures and draws no conclusion.
fn counts_how(lower: &[String], at: usize) -> bool {
    lower[at] == "so" && lower[at + 1..].iter().take(4).any(|word| word == "that")
}

fn begins_reason(text: &str, all: &[Range<usize>], lower: &[String], at: usize, language: Language) -> bool {
    let phrases = match language {
        Language::En => ENGLISH_REASONS,
        Language::Pl => POLISH_REASONS,
        Language::De => GERMAN_REASONS,
        Language::Fr => FRENCH_REASONS,
        Language::Es => SPANISH_REASONS,
        Language::Ar | Language::Other => return false,
    };
    let own = |phrase: &str| {
        phrase.split('-').enumerate().all(|(offset, word)| lower.get(at + offset).is_some_and(|own| own == word))
    };
    phrases.split_ascii_whitespace().any(own) || (language == Language::En && is_reason_with_as(text, all, lower, at))
}

/// “As loans increased, …”, “… as readers do not block writers”, not “as well as”, “used as a tool that is”.
fn is_reason_with_as(text: &str, all: &[Range<usize>], lower: &[String], at: usize) -> bool {
    if lower[at] != "as" {
        return false;
    }
    if at == 0 {
        return text.contains(", ") && !is_listed("a an well for of to", lower.get(1).map_or("", String::as_str));
    }
    if lower.iter().filter(|word| *word == "as").count() > 1 {
        return false;
    }
    let joined = |index: usize| all.get(index + 1).is_some_and(|next| &text[all[index].end..next.start] == " ");
    (at + 2..at + 4)
        .any(|verb| lower.get(verb).is_some_and(|word| is_listed(ENGLISH_FINITE, word)) && (at..verb).all(joined))
        && !is_listed("such same known used serve serves act acts", &lower[at - 1])
}

/// The statement without what only gives its reason or follows from it, behind `changed`: with the opposite before it, that
/// would contradict it. None where too little is left.
pub(crate) fn without_what_follows(text: &str, changed: &Range<usize>, language: Language) -> Option<String> {
    let all = words(text);
    let lower: Vec<String> = all.iter().map(|range| text[range.clone()].to_lowercase()).collect();
    let reason = (1..all.len())
        .find(|at| all[*at].start >= changed.end && begins_reason(text, &all, &lower, *at, language))
        .map(|at| all[at].start);
    let following = FOLLOWING.iter().filter_map(|mark| text[changed.end..].find(mark)).map(|at| changed.end + at).min();
    let Some(end) = reason.into_iter().chain(following).min() else { return Some(text.to_owned()) };
    let left = text[..end].trim_end_matches([' ', ',', ';', '–', '—']);
    (words(left).len() >= LEFT_MIN).then(|| format!("{left}."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_of_a_reason_or_a_consequence_is_no_statement() {
        for (text, word, language, hangs) in [
            ("X sees old entries because all changes are invisible to X.", "invisible", Language::En, true),
            ("Changes are invisible because all readers see old entries.", "invisible", Language::En, false),
            ("Because changes are invisible, readers see older entries.", "invisible", Language::En, true),
            ("Because changes are invisible, readers see older entries.", "older", Language::En, false),
            ("As loans increased, paper money flooded the country.", "increased", Language::En, true),
            ("As the radius increases, the area grows as fast as water.", "increases", Language::En, true),
            ("Gold is used as a metal that is heavier than iron.", "heavier", Language::En, false),
            ("Keep the file small and hence run checkpoints frequently.", "frequently", Language::En, true),
            ("The file is so large that reading is slower than writing.", "slower", Language::En, false),
            ("Isolation determines when changes become visible to others.", "visible", Language::En, true),
            ("Liście żółkną, ponieważ rośnie ilość barwnika.", "rośnie", Language::Pl, true),
            ("Ilość barwnika rośnie, ponieważ liście żółkną.", "rośnie", Language::Pl, false),
            ("Rzeka wysycha, bo temperatura rośnie.", "rośnie", Language::Pl, true),
            ("Rzeka wysycha, gdyż temperatura rośnie.", "rośnie", Language::Pl, true),
            ("Der Fluss trocknet aus, weil die Temperatur steigt.", "steigt", Language::De, true),
            ("Le fleuve déborde parce que la pluie augmente.", "augmente", Language::Fr, true),
            ("El río crece porque la lluvia aumenta.", "aumenta", Language::Es, true),
        ] {
            let start = text.find(word).unwrap_or_default();
            assert_eq!(hangs_on_another_clause(text, &(start..start + word.len()), language), hangs, "{text}");
        }
    }

    #[test]
    fn what_follows_from_a_statement_goes_with_it() {
        let of = |text: &str, word: &str, language| {
            let start = text.find(word).unwrap_or_default();
            without_what_follows(text, &(start..start + word.len()), language)
        };
        for (text, word, language, left) in [
            (
                "The changes are invisible to the reader, because it sees a snapshot.",
                "invisible",
                Language::En,
                Some("The changes are invisible to the reader."),
            ),
            (
                "The log allows more concurrency as readers do not block writers.",
                "more",
                Language::En,
                Some("The log allows more concurrency."),
            ),
            (
                "Większe różnice oznaczają większe błędy koloru, co jest problemem.",
                "większe",
                Language::Pl,
                Some("Większe różnice oznaczają większe błędy koloru."),
            ),
            ("Ceny rosną, ponieważ popyt rośnie.", "rosną", Language::Pl, None),
            ("Gold is heavier than iron.", "heavier", Language::En, Some("Gold is heavier than iron.")),
        ] {
            assert_eq!(of(text, word, language).as_deref(), left, "{text}");
        }
    }
}
