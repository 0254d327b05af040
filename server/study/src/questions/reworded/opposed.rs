//! What is not so told by the opposite word, and the other way about: “invisible” as “not visible”.

use crate::{
    facts::replaced,
    language::Language,
    words::{is_listed, words},
};

/// Words of which one is exactly what the other is not.
const ENGLISH: &str = "visible:invisible possible:impossible available:unavailable complete:incomplete stable:unstable \
    necessary:unnecessary equal:unequal regular:irregular reversible:irreversible soluble:insoluble";
const ENGLISH_VERBS: &str = "is are was were";
/// Stems of Polish adjectives whose opposite has nothing more than „nie” before it.
const POLISH: &str = "jednolit widoczn możliw prawidłow skuteczn trwał jawn regularn odwracaln potrzebn konieczn ograniczon stabiln \
    aktywn rozpuszczaln zależn";
const POLISH_VERBS: &str = "jest są był była było były";
/// With these a denial holds for another part than the opposite does: “all are invisible”, “not all are visible”.
const MEASURING: &str = "all every each any some many most few no both only not never always cannot wszystkie wszyscy każdy każda każde \
    niektóre wiele większość żaden żadna żadne tylko ani nigdy zawsze";

/// The statement with a denied word by its opposite, or the opposite by what it denies; none where it has neither.
pub(super) fn by_the_opposite(text: &str, language: Language) -> Option<String> {
    let all = words(text);
    let lower: Vec<String> = all.iter().map(|range| text[range.clone()].to_lowercase()).collect();
    let (denial, verbs) = match language {
        Language::En => ("not", ENGLISH_VERBS),
        Language::Pl => ("nie", POLISH_VERBS),
        _ => return None,
    };
    let measured = lower.iter().any(|word| word != denial && is_listed(MEASURING, word));
    if measured || lower.iter().filter(|word| *word == denial).count() > 1 {
        return None;
    }
    (1..all.len()).find_map(|at| {
        let other = opposite(&lower[at], language)?;
        let before = |back: usize| at.checked_sub(back).map_or("", |index| lower[index].as_str());
        let own = all[at].clone();
        // In Polish the denial stands before the verb.
        let (denied, plain) = match language {
            Language::En => (before(1) == denial && is_listed(verbs, before(2)), is_listed(verbs, before(1))),
            _ => (before(2) == denial && is_listed(verbs, before(1)), is_listed(verbs, before(1))),
        };
        let denials = lower.contains(&denial.to_owned());
        if denied {
            let word = if language == Language::En { at - 1 } else { at - 2 };
            let left = replaced(text, &own, &other);
            let gone = all[word].start..all.get(word + 1)?.start;
            // The denial must not open the sentence, whose capital it has.
            return (word > 0).then(|| replaced(&left, &gone, ""));
        }
        let negative = other.len() < lower[at].len();
        if !plain || denials || !negative {
            return None;
        }
        Some(match language {
            Language::En => replaced(text, &own, &format!("not {other}")),
            _ => {
                let verb = all[at - 1].clone();
                let left = replaced(text, &own, &other);
                replaced(&left, &verb, &format!("{denial} {}", &text[verb.clone()]))
            }
        })
    })
}

/// The word that is exactly what another is not.
pub(super) fn opposite(word: &str, language: Language) -> Option<String> {
    if language == Language::En {
        let pairs = ENGLISH.split_ascii_whitespace().filter_map(|pair| pair.split_once(':'));
        return pairs
            .filter_map(|(one, other)| match word {
                _ if word == one => Some(other),
                _ if word == other => Some(one),
                _ => None,
            })
            .map(str::to_owned)
            .next();
    }
    let is_known = |word: &str| {
        POLISH.split_ascii_whitespace().any(|stem| word.strip_prefix(stem).is_some_and(|end| is_listed("y a e i", end)))
    };
    match word.strip_prefix("nie") {
        Some(plain) if is_known(plain) => Some(plain.to_owned()),
        _ => is_known(word).then(|| format!("nie{word}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_so_is_told_by_the_opposite() {
        for (text, language, told) in [
            (
                "Partial changes are invisible to the reader.",
                Language::En,
                Some("Partial changes are not visible to the reader."),
            ),
            ("The reaction is not reversible in water.", Language::En, Some("The reaction is irreversible in water.")),
            ("The changes are visible to the reader.", Language::En, None),
            ("All changes are invisible to the reader.", Language::En, None),
            ("The invisible changes are not kept.", Language::En, None),
            ("Osłonka mielinowa nie jest jednolita.", Language::Pl, Some("Osłonka mielinowa jest niejednolita.")),
            ("Profil jest nieprawidłowy dla ekranu.", Language::Pl, Some("Profil nie jest prawidłowy dla ekranu.")),
            ("Posiedzenia Sejmu są jawne.", Language::Pl, None),
            ("Żaden profil nie jest prawidłowy.", Language::Pl, None),
        ] {
            assert_eq!(by_the_opposite(text, language).as_deref(), told, "{text}");
        }
    }
}
