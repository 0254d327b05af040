//! Sentences that begin with who did something: “Peter Agre discovered aquaporins in 1992.”

use crate::{
    language::Language,
    words::{is_listed, words},
};
use std::ops::Range;

/// Who did what, as stretches of the sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Deed {
    pub(crate) who: Range<usize>,
    /// From the verb to the end, without the full stop.
    pub(crate) what: Range<usize>,
}

/// What people do, so that who did it is a person.
const ENGLISH_VERBS: &str = "discovered invented developed proposed described formulated wrote published introduced founded refounded painted \
    composed designed built measured showed proved demonstrated observed calculated estimated coined established created suggested \
    identified isolated explained predicted received won patented constructed signed conquered defeated captured commanded \
    delivered noticed recognised recognized improved translated solved";
/// In the masculine; the feminine ends in „-ła” or „-ęła”.
const POLISH_VERBS: &str = "odkrył wynalazł sformułował opisał wykazał zauważył opracował zaproponował napisał wprowadził stworzył \
    skonstruował otrzymał opublikował ogłosił zbudował założył zastosował udowodnił obliczył zmierzył zaprojektował namalował \
    skomponował podpisał zdobył pokonał przewidział wyjaśnił zaobserwował wyizolował rozwiązał przetłumaczył ufundował wygłosił";
/// Small words within a name.
const PARTICLES: &str = "de da di von van der del la bin ibn the";
/// What sets a deed against one that was told before.
const AGAINST_OTHERS: &str = "later also then too previously subsequently earlier afterwards instead again wcześniej później następnie potem \
    również także też natomiast znowu ponownie zaś";
const WHO_WORDS: usize = 5;
const WHAT_WORDS_MIN: usize = 2;
/// Most words of what is said of somebody between commas.
const APPOSITION_WORDS: usize = 7;

/// Who did what, where a sentence begins with that; `is_known` tells whether a single word is a name by the rest of the text.
pub(crate) fn deed(text: &str, language: Language, is_known: &dyn Fn(&str) -> bool) -> Option<Deed> {
    if !matches!(language, Language::En | Language::Pl) {
        return None;
    }
    let words = words(text);
    let word = |at: usize| words.get(at).map_or("", |range| &text[range.clone()]);
    let capital = |at: usize| word(at).starts_with(char::is_uppercase);
    let joined = |at: usize| words.get(at + 1).is_some_and(|next| &text[words[at].end..next.start] == " ");
    let mut end = 0;
    while end < words.len() && (capital(end) || (end > 0 && is_listed(PARTICLES, word(end)))) {
        end += 1;
        if !joined(end - 1) && !text[words[end - 1].end..].starts_with(". ") {
            break;
        }
    }
    if end == 0 || end > WHO_WORDS || !capital(end - 1) {
        return None;
    }
    let who = words[0].start..words[end - 1].end;
    let verb = verb_after(text, &words, end, language)?;
    let what = words[verb].start..text.trim_end_matches('.').len();
    let told = &text[what.clone()];
    let plain = words.len() - verb > WHAT_WORDS_MIN
        && !told.contains([';', ':', '“', '„', '"', '('])
        && !told.contains(". ")
        && !words[verb..].iter().any(|range| is_listed(AGAINST_OTHERS, &text[range.clone()]));
    let single = words[..end].len() == 1;
    let article = is_listed("The A An In On At Of", word(0));
    (plain && !article && (!single || is_known(word(0)))).then_some(Deed { who, what })
}

/// Where the verb stands behind a name, or behind what is said of it between commas.
fn verb_after(text: &str, words: &[Range<usize>], end: usize, language: Language) -> Option<usize> {
    let is_verb = |at: usize| {
        words.get(at).is_some_and(|range| match language {
            Language::Pl => is_listed(POLISH_VERBS, &masculine(&text[range.clone()])),
            _ => is_listed(ENGLISH_VERBS, &text[range.clone()]),
        })
    };
    let between = |at: usize| words.get(at).map_or("", |next| &text[words[at - 1].end..next.start]);
    if between(end) == " " {
        let adverb = words.get(end).is_some_and(|range| is_listed("first once", &text[range.clone()]));
        let at = end + usize::from(adverb);
        return is_verb(at).then_some(at);
    }
    let closing = (end + 1..words.len().min(end + APPOSITION_WORDS + 1)).find(|at| between(*at).contains(','))?;
    (between(end) == ", " && between(closing) == ", " && is_verb(closing)).then_some(closing)
}

/// A Polish verb in the past as it stands after „kto”.
pub(crate) fn masculine(verb: &str) -> String {
    match (verb.strip_suffix("ęła"), verb.strip_suffix("ła")) {
        (Some(stem), _) => format!("{stem}ął"),
        (None, Some(stem)) => format!("{stem}ł"),
        _ => verb.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_did_what_is_told_apart() {
        let of = |text: &str, language| {
            deed(text, language, &|word| word == "Monteskiusz").map(|found| text[found.who].to_owned())
        };
        for (text, language, who) in [
            ("Peter Agre discovered aquaporins in 1992.", Language::En, Some("Peter Agre")),
            ("Francis Darwin invented a porometer.", Language::En, Some("Francis Darwin")),
            (
                "Philippe Dollinger, a French historian, published the work in 1964.",
                Language::En,
                Some("Philippe Dollinger"),
            ),
            ("Monteskiusz sformułował zasadę trójpodziału władzy.", Language::Pl, Some("Monteskiusz")),
            ("Maria Skłodowska-Curie odkryła polon w 1898 roku.", Language::Pl, Some("Maria Skłodowska-Curie")),
            ("Researchers discovered aquaporins in 1992.", Language::En, None),
            ("The Baltic League signed a treaty.", Language::En, None),
            ("Peter Agre later discovered another protein.", Language::En, None),
            ("Alan Hodgkin and Andrew Huxley measured the potential.", Language::En, None),
            ("Sejm uchwalił konstytucję w 1791 roku.", Language::Pl, None),
            ("Peter Agre entdeckte Aquaporine.", Language::De, None),
        ] {
            assert_eq!(of(text, language).as_deref(), who, "{text}");
        }
        assert_eq!((masculine("odkryła"), masculine("zaczęła")), ("odkrył".to_owned(), "zaczął".to_owned()));
    }
}
