use crate::{BlockKind, Document, Failure, Page, language};

/// Longest title, in characters; the rest of a longer one is left out.
const TITLE: usize = 500;

/// What a format's reader found.
pub(crate) struct Reading {
    pub(crate) title: Option<String>,
    /// What the document declares, which is often wrong.
    pub(crate) language: Option<String>,
    pub(crate) pages: Vec<Page>,
}

impl Reading {
    pub(crate) fn into_document(self) -> Result<Document, Failure> {
        if self.pages.iter().all(|page| page.blocks.is_empty()) {
            return Err(Failure::empty());
        }
        let title = self.title.or_else(|| first_heading(&self.pages));
        let title = title.map(|title| title.chars().take(TITLE).collect());
        Ok(Document { title, language: language::of(&self.pages, self.language.as_deref()), pages: self.pages })
    }
}

/// The first of the highest headings near the beginning.
fn first_heading(pages: &[Page]) -> Option<String> {
    let near = pages.iter().take(3);
    let headings = near.flat_map(|page| {
        page.blocks.iter().filter_map(move |block| match block.kind {
            BlockKind::Heading { level } => Some((level, page, block)),
            _ => None,
        })
    });
    let (_, page, block) = headings.min_by_key(|(level, ..)| *level)?;
    Some(page.text.chars().skip(block.start as usize).take((block.end - block.start) as usize).collect())
}
