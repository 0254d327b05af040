//! Entries of a glossary: “term: what it is” as an item of a list.

use crate::{
    language::Language,
    words::{capitalised, words},
};

/// Most words of a term.
const TERM_WORDS_MAX: usize = 4;
/// Fewest words of what it is.
const DESCRIPTION_WORDS_MIN: usize = 5;

/// The entry as a sentence that defines its term; none for an item that is no entry.
pub(crate) fn sentence(entry: &str, language: Language) -> Option<String> {
    let (head, description) = entry.split_once(": ")?;
    let term = head.split(" (").next()?.split('/').next()?.trim();
    let description = description.split("; ").next()?.trim_end_matches('.');
    let plain = term.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-'));
    let closed = head.len() == term.len() || head.ends_with(')') || head[term.len()..].starts_with('/');
    let counted = (1..=TERM_WORDS_MAX).contains(&words(term).len());
    let noun_first = description.starts_with(char::is_lowercase) && words(description).len() >= DESCRIPTION_WORDS_MIN;
    // A colon or a question within is no entry's.
    if !plain || !closed || !counted || !noun_first || description.contains(['?', '!']) {
        return None;
    }
    match language {
        Language::Pl => Some(format!("{} to {description}.", capitalised(term))),
        Language::En => {
            let article = ["a ", "an ", "the ", "any "].iter().any(|article| description.starts_with(article));
            article.then(|| format!("“{}” means {description}.", capitalised(term)))
        }
        _ => None,
    }
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
        for entry in ["Note: this is a remark about nothing in particular", "one, two: a b c d e", "sap: a fluid"] {
            assert_eq!(sentence(entry, Language::En), None, "{entry}");
        }
    }
}
