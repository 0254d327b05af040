//! Notes of a text: its key sentences and terms by section.

use crate::Source;
use domain::documents::NotePoint;

/// Notes as they come out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MadeNotes {
    /// The notes; each point ends with the link to where it stands.
    pub markdown: String,
    /// The statements.
    pub points: Vec<NotePoint>,
    /// What the reader should know: a language that is done less well, or why there is nothing.
    pub remark: Option<String>,
}

/// Makes notes. `citation_link` gives the address of a passage by page, start and end in code points.
#[must_use]
pub fn make_notes(_source: &Source, _citation_link: &dyn Fn(u32, u32, u32) -> String) -> MadeNotes {
    MadeNotes::default()
}
