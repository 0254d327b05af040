//! Words that a statement is made false with.

use crate::{
    language::Language,
    words::{is_listed, words},
};
use std::ops::Range;

const ENGLISH: &str = "larger:smaller bigger:smaller greater:smaller higher:lower longer:shorter faster:slower hotter:cooler \
    brighter:fainter closer:farther older:younger earlier:later more:less largest:smallest highest:lowest \
    longest:shortest fastest:slowest brightest:faintest increases:decreases increase:decrease increased:decreased rises:falls \
    above:below before:after inside:outside always:never northern:southern north:south eastern:western east:west positive:negative \
    maximum:minimum upper:lower strong:weak stronger:weaker heavier:lighter warmer:colder absorbs:releases first:last internal:external \
    inner:outer clockwise:counterclockwise hot:cold dry:wet rich:poor majority:minority";
/// Stems, so that the ending stays as it is.
const POLISH: &str = "większ:mniejsz najwięks:najmniejs wyższ:niższ najwyżs:najniżs dłuższ:krótsz szybsz:wolniejsz starsz:młodsz \
    więcej:mniej rośnie:maleje zwiększa:zmniejsza wzrost:spadek wzrasta:spada cieplejsz:chłodniejsz silniejsz:słabsz północn:południow \
    wschodni:zachodni wewnętrzn:zewnętrzn górn:doln zawsze:nigdy najdłużs:najkróts \
    największ:najmniejsz najwyższ:najniższ najdłuższ:najkrótsz maksymaln:minimaln pochłania:wydziela \
    dodatni:ujemny dodatnia:ujemna dodatnie:ujemne dodatniego:ujemnego dodatniej:ujemnej dodatnim:ujemnym dodatnią:ujemną \
    dodatnich:ujemnych dodatnio:ujemnie";
const GERMAN: &str =
    "größer:kleiner höher:niedriger länger:kürzer mehr:weniger steigt:sinkt größte:kleinste höchste:niedrigste";
const FRENCH: &str = "plus:moins augmente:diminue avant:après";
const SPANISH: &str = "más:menos mayor:menor aumenta:disminuye antes:después";

/// What may be so may also be otherwise: its opposite is not false.
const POSSIBILITY: &str =
    "can could may might cannot może mogą można mógł mogła mogło mogli mogły mógłby mogłaby mogłoby mogłyby";
/// What sets two halves of a sentence against each other, so that the opposite in one makes nonsense.
const CONTRASTS: [&str; 8] = [", but ", "; but ", ", yet ", ", although ", ", ale ", ", lecz ", ", jednak", ", choć"];
/// Words that only say which thing is meant as long as no verb has come. Endings are left open.
const DISTINGUISHING: &str = "before after earlier later first last internal external inner outer northern southern eastern western \
    upper lower wewnętrzn zewnętrzn górn doln północn południow wschodni zachodni maksymaln minimaln większ mniejsz \
    larger bigger greater smaller higher lower longer shorter";
/// Nouns that make one expression with such a word, whose opposite nobody uses: „firma zewnętrzna”, “external company”.
const EXPRESSIONS: &str = "firm usług company companies firms service services ear sides";
const ENGLISH_VERBS: &str = "is are was were be been has have had does do did will would should must became become becomes began made \
    makes took takes gave gives led leads grew grows came comes went goes lies lie lay found moves move lives live";
const POLISH_VERBS: &str =
    "jest są był była było były będzie będą to ma mają miał miała miało miały wynosi leży leżą znajduje";
const POLISH_VERB_ENDINGS: [&str; 14] =
    ["uje", "ują", "ają", "owała", "ował", "owały", "ywa", "ywają", "awia", "iły", "iła", "zyła", "zyły", "czą"];

/// The first word of a sentence that has an opposite, and that opposite in the same form, if that makes the sentence
/// false.
pub(crate) fn opposite(text: &str, language: Language) -> Option<(Range<usize>, String)> {
    let pairs = match language {
        Language::En => ENGLISH,
        Language::Pl => POLISH,
        Language::De => GERMAN,
        Language::Fr => FRENCH,
        Language::Es => SPANISH,
        Language::Ar | Language::Other => return None,
    };
    let pairs: Vec<(&str, &str)> = pairs.split_ascii_whitespace().filter_map(|pair| pair.split_once(':')).collect();
    words(text).into_iter().skip(1).find_map(|range| {
        let word = &text[range.clone()];
        // A negated or correlated comparison does not become false by its opposite.
        let before = text[..range.start].trim_end().rsplit(' ').next().unwrap_or_default().to_lowercase();
        if ["not", "no", "nie", "or", "the", "much", "kein", "pas", "no"].contains(&before.as_str()) && is_loose(word) {
            return None;
        }
        let other = pairs.iter().find_map(|(one, other)| {
            turned(word, one, other, language).or_else(|| turned(word, other, one, language))
        })?;
        is_decisive(text, &range, language).then_some((range, other))
    })
}

/// Whether the sentence hangs on the word: the opposite contradicts it and does not merely name another thing.
fn is_decisive(text: &str, word: &Range<usize>, language: Language) -> bool {
    let (ahead, behind) = (&text[..word.start], &text[word.end..]);
    let before: Vec<String> = words(ahead).into_iter().map(|range| ahead[range].to_lowercase()).collect();
    let possible = before.iter().rev().take(3).any(|word| is_listed(POSSIBILITY, word));
    let contrasted = CONTRASTS.iter().any(|contrast| text.contains(contrast));
    let begins = |list: &str, word: &str| list.split_ascii_whitespace().any(|entry| word.starts_with(entry));
    let distinguishes = begins(DISTINGUISHING, &text[word.clone()]);
    let next = words(behind).into_iter().next().map(|range| behind[range].to_lowercase());
    let expression = before.last().into_iter().chain(&next).any(|beside| begins(EXPRESSIONS, beside));
    let with_verb = words(ahead).into_iter().any(|range| is_verb(&ahead[range], language));
    !possible && !contrasted && !(distinguishes && (expression || !with_verb))
}

/// Whether a word, as it is written, is surely a verb; only English and Polish ones are known.
fn is_verb(word: &str, language: Language) -> bool {
    match language {
        Language::En => {
            is_listed(ENGLISH_VERBS, word)
                || (word.ends_with("ed") && word.len() > 4 && word.starts_with(char::is_lowercase))
        }
        Language::Pl => {
            is_listed(POLISH_VERBS, word) || POLISH_VERB_ENDINGS.iter().any(|ending| word.ends_with(ending))
        }
        _ => true,
    }
}

/// Words that mean little by themselves: “the more …, the better”, “no more”, “the larger economy”.
fn is_loose(word: &str) -> bool {
    [
        "more", "less", "before", "after", "first", "last", "above", "below", "north", "south", "east", "west",
        "increase", "decrease", "larger", "bigger", "greater", "smaller", "higher", "lower", "longer", "shorter",
    ]
    .contains(&word)
}

fn turned(word: &str, from: &str, to: &str, language: Language) -> Option<String> {
    if word == from {
        return Some(to.to_owned());
    }
    // A stem takes any adjective's ending; both stems of a pair take the same ones.
    let ending = word.strip_prefix(from).filter(|_| language == Language::Pl)?;
    let soft = |stem: &str| stem.ends_with('i');
    let known = [
        "y", "a", "e", "i", "ego", "ej", "emu", "ym", "im", "ą", "ych", "ich", "ymi", "imi", "m", "ć", "no", "ny",
        "na", "ne",
    ];
    (known.contains(&ending) && soft(from) == soft(to)).then(|| format!("{to}{ending}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comparison_is_turned_in_the_same_form() {
        let turned =
            |text: &str, language| opposite(text, language).map(|(range, other)| (text[range].to_owned(), other));
        assert_eq!(turned("Gold is heavier than iron.", Language::En), Some(("heavier".into(), "lighter".into())));
        assert_eq!(turned("Wisła jest dłuższą rzeką.", Language::Pl), Some(("dłuższą".into(), "krótszą".into())));
        assert_eq!(turned("Jon ma ładunek dodatni.", Language::Pl), Some(("dodatni".into(), "ujemny".into())));
        assert_eq!(turned("Wnętrze ma ładunek ujemny.", Language::Pl), Some(("ujemny".into(), "dodatni".into())));
        assert_eq!(turned("Gold is a metal.", Language::En), None);
        assert_eq!(turned("There is no more gold.", Language::En), None);
    }

    #[test]
    fn only_a_word_that_the_sentence_hangs_on_is_turned() {
        for (text, language, turns) in [
            ("The library size can be less than 750 KiB.", Language::En, false),
            ("Rozmiar pliku może być większy od podanego.", Language::Pl, false),
            ("The size of the library is less than 750 KiB.", Language::En, true),
            ("The index finds content much faster, but falls off with size.", Language::En, false),
            ("Indeks działa szybciej, ale zajmuje więcej miejsca, ale nie zawsze.", Language::Pl, false),
            ("The first crisis in the United States after the war was due to trade.", Language::En, false),
            ("The crisis was due to the larger Atlantic economy.", Language::En, false),
            ("Telescopes larger than his failed to show canals.", Language::En, false),
            ("The crisis was overcome after the war.", Language::En, true),
            ("Kalibrację wykonuje usługa firmy zewnętrznej na zlecenie.", Language::Pl, false),
            ("Kości wykształca szkielet, który jest wewnętrzny u ssaków.", Language::Pl, true),
        ] {
            assert_eq!(opposite(text, language).is_some(), turns, "{text}");
        }
    }
}
