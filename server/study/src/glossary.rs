//! Entries of a glossary: “term: what it is” as an item of a list.

use crate::{
    language::Language,
    words::{capitalised, is_listed, words},
};

/// Most words of a term.
const TERM_WORDS_MAX: usize = 4;
/// Fewest words of what it is.
const DESCRIPTION_WORDS_MIN: usize = 5;
/// Words before a colon that announce a remark rather than explain a term.
const REMARKS: &str =
    "uwaga uwagi pamiętaj przykład przykłady wniosek wnioski np note example remember remark warning tip hint";
/// Words with which no Polish noun phrase begins, and endings of verbs.
const POLISH_CLAUSES: &str = "nie gdy kiedy jeśli jeżeli że aby żeby ponieważ bo czy jak jest są był była było były to można należy trzeba \
    warto może mogą musi muszą ma mają we w na z ze do od po przez dla przy pod nad o u za się służy służą zawiera odpowiada \
    odpowiadają posiada składa steruje bierze biorą łączy łączą chroni chronią tworzy tworzą działa powstaje przewodzi";
const POLISH_VERB_ENDINGS: [&str; 8] = ["uje", "ują", "ają", "eją", "ywa", "ywają", "iera", "ierają"];

/// The entry as a sentence that defines its term; none for an item that is no entry.
pub(crate) fn sentence(entry: &str, language: Language) -> Option<String> {
    let (head, description) = entry.split_once(": ")?;
    let (term, other) = names(head.split(" (").next()?);
    let description = description.split("; ").next()?.trim_end_matches('.');
    let plain = term.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-'));
    let closed = head.len() == term.len() || head.ends_with(')') || head[term.len()..].starts_with('/');
    let counted = (1..=TERM_WORDS_MAX).contains(&words(term).len());
    let noun_first = description.starts_with(char::is_lowercase) && words(description).len() >= DESCRIPTION_WORDS_MIN;
    let remark = words(term).into_iter().any(|range| is_listed(REMARKS, &term[range].to_lowercase()));
    // A colon or a question within is no entry's.
    if remark || !plain || !closed || !counted || !noun_first || description.contains(['?', '!']) {
        return None;
    }
    match language {
        Language::Pl => {
            let also = other.map_or_else(String::new, |other| format!(" (inaczej {})", whole_name(term, other)));
            is_polish_noun_phrase(description).then(|| format!("{}{also} to {description}.", capitalised(term)))
        }
        Language::En => {
            let article = ["a ", "an ", "the ", "any "].iter().any(|article| description.starts_with(article));
            let also = other.map_or_else(String::new, |other| format!(" (also called {other})"));
            article.then(|| format!("“{}”{also} means {description}.", capitalised(term)))
        }
        _ => None,
    }
}

/// The names of an entry: “commodity-backed currency/commodity currency”.
fn names(head: &str) -> (&str, Option<&str>) {
    let (term, other) = head.split_once('/').unwrap_or((head, ""));
    let other = other.split('/').next().unwrap_or_default().trim();
    let plain = !other.is_empty() && other.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-'));
    (term.trim(), plain.then_some(other))
}

/// Another name of a Polish term in full: of „pieniądz symboliczny/fiducjarny” only the adjective is put down again.
fn whole_name(term: &str, other: &str) -> String {
    let last = |text: &str| text.chars().next_back();
    match term.rsplit_once(' ') {
        Some((noun, _)) if !other.contains(' ') && last(term) == last(other) => format!("{noun} {other}"),
        _ => other.to_owned(),
    }
}

/// Whether nothing speaks against it, by its first word: „zawiera DNA” goes on with the term as its subject.
fn is_polish_noun_phrase(description: &str) -> bool {
    let first = description.split([' ', ',']).next().unwrap_or_default();
    !is_listed(POLISH_CLAUSES, first) && !POLISH_VERB_ENDINGS.iter().any(|ending| first.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_becomes_a_sentence_that_defines_its_term() {
        assert_eq!(
            sentence("barter (ang. barter): wymiana jednego dobra na inne bez pieniędzy", Language::Pl).as_deref(),
            Some("Barter to wymiana jednego dobra na inne bez pieniędzy.")
        );
        assert_eq!(
            sentence("sap: a fluid that flows in the stems of plants", Language::En).as_deref(),
            Some("“Sap” means a fluid that flows in the stems of plants.")
        );
        for (entry, language, told) in [
            (
                "pieniądz symboliczny/fiducjarny (ang. fiat money): pieniądz bez innej użyteczności poza funkcją",
                Language::Pl,
                "Pieniądz symboliczny (inaczej pieniądz fiducjarny) to pieniądz bez innej użyteczności poza funkcją.",
            ),
            (
                "waluty zabezpieczone surowcami/waluty surowcowe: pieniądz papierowy oparty na złocie",
                Language::Pl,
                "Waluty zabezpieczone surowcami (inaczej waluty surowcowe) to pieniądz papierowy oparty na złocie.",
            ),
            (
                "sodium chloride/table salt: the compound that sea water is rich in",
                Language::En,
                "“Sodium chloride” (also called table salt) means the compound that sea water is rich in.",
            ),
        ] {
            assert_eq!(sentence(entry, language).as_deref(), Some(told));
        }
        for entry in ["Note: this is a remark about nothing in particular", "one, two: a b c d e", "sap: a fluid"] {
            assert_eq!(sentence(entry, Language::En), None, "{entry}");
        }
    }
}
