//! What a sentence states that can be asked for.

mod abbreviations;
mod causes;
mod clauses;
mod counted;
mod deeds;
mod definitions;
mod lists;
mod names;
mod negations;
mod numbers;
mod opposites;
mod second_names;
mod sentence;
mod spelled;

pub(crate) use abbreviations::abbreviation;
pub(crate) use causes::{Cause, ReasonKind, cause};
pub(crate) use clauses::without_what_follows;
pub(crate) use counted::counted;
pub(crate) use deeds::{Deed, deed, masculine};
pub(crate) use definitions::{Definition, Form, Genus, definition, is_plural};
pub(crate) use lists::{Cue, List, Look, can_mix, list, look};
pub(crate) use names::{Key, names};
pub(crate) use negations::{affirmed, denied};
pub(crate) use numbers::{Figure, Number, figures, unit};
pub(crate) use opposites::{is_half_of_a_comparison, opposite, opposite_word};
pub(crate) use second_names::{names_before, places_of_second_names, second_names};
pub(crate) use spelled::{spelled, spelled_value};

/// The value of a number in digits or in words.
pub(crate) fn written_value(text: &str) -> Option<f64> {
    let in_words = || spelled_value(text).and_then(|value| u32::try_from(value).ok()).map(f64::from);
    Number::parse(text).map(|number| number.value()).or_else(in_words)
}

/// The text with the stretch `range` replaced.
pub(crate) fn replaced(text: &str, range: &std::ops::Range<usize>, with: &str) -> String {
    format!("{}{with}{}", &text[..range.start], &text[range.end..])
}
