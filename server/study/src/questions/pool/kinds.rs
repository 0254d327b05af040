//! Of which kind a term is, by what stands before it and by its ending.

use crate::language::Language;

/// The kind of article at the end of `before`.
///
/// Elsewhere than in English it tells the gender, be it definite or not.
pub(super) fn article_before(before: &str, language: Language) -> &'static str {
    let article = before.trim_end().rsplit(' ').next().unwrap_or_default().to_lowercase();
    match (language, article.as_str()) {
        (Language::De, "der" | "ein") | (Language::Fr, "le" | "un") | (Language::Es, "el" | "un") => "masculine",
        (Language::De, "die" | "eine") | (Language::Fr, "la" | "une") | (Language::Es, "la" | "una") => "feminine",
        (Language::De, "das") => "neuter",
        (Language::Fr, "les") | (Language::Es, "los" | "las") => "plural",
        (Language::De | Language::Fr | Language::Es, _) => "",
        (_, "the") => "the",
        (_, "a" | "an") => "a",
        _ => "",
    }
}

/// Whether a term is a deed, a change or a property by its ending; things among them would be seen at once.
pub(super) fn is_no_thing(lower: &str, language: Language) -> bool {
    const ENGLISH: [&str; 10] = ["tion", "sion", "osis", "esis", "ment", "ance", "ence", "ity", "ness", "ism"];
    const POLISH: [&str; 8] = ["anie", "enie", "ęcie", "cja", "ość", "izm", "synteza", "osmoza"];
    let endings: &[&str] = match language {
        Language::En => &ENGLISH,
        Language::Pl => &POLISH,
        _ => return false,
    };
    // In Polish what tells which one is meant follows the noun.
    let noun = if language == Language::Pl { lower.split(' ').next() } else { lower.rsplit(' ').next() };
    noun.is_some_and(|noun| endings.iter().any(|ending| noun.ends_with(ending)))
}
