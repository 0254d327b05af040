//! Which links lead to notes.

use super::attribute;
use html5ever::tokenizer::Tag;

/// What the fragments of addresses of notes begin with.
const NOTES: [&str; 10] =
    ["fn", "ftn", "_ftn", "note", "footnote", "endnote", "_edn", "cite_note", "cite-note", "sdfootnote"];

/// Where a link leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Link {
    /// To a note, as it or its address says.
    Note,
    /// To another place of the document.
    Within,
    Elsewhere,
}

pub(super) fn of(tag: &Tag) -> Link {
    let says = |name, word| attribute(tag, name).is_some_and(|value| value.split_whitespace().any(|one| one == word));
    if says("role", "doc-noteref") || says("epub:type", "noteref") || says("class", "footnote-ref") {
        return Link::Note;
    }
    let Some((_, fragment)) = attribute(tag, "href").and_then(|address| address.split_once('#')) else {
        return Link::Elsewhere;
    };
    let fragment = fragment.to_ascii_lowercase();
    let names_note = NOTES.iter().any(|note| {
        fragment
            .strip_prefix(note)
            .is_some_and(|rest| !rest.starts_with(char::is_alphabetic) || rest.starts_with("ref"))
    });
    if names_note { Link::Note } else { Link::Within }
}
