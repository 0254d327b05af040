//! The text of a document: its pages, its headings, and where something stands.

use super::{
    super::finding::{folded_words, found_on},
    DocumentService,
    store::{self, PageRow},
    view,
};
use crate::failure::Failure;
use domain::{
    ApiError, Viewer,
    documents::{BlockKind, ContentsEntry, DocumentPage, FOUND_MAX, FoundPassage},
    text::QUERY_MAX,
};
use std::sync::Arc;
use tokio::task::spawn_blocking;
use uuid::Uuid;

/// Pages that are looked through at once.
const BATCH: i64 = 100;

impl DocumentService {
    pub(super) async fn pages(
        &self,
        viewer: &Viewer,
        id: Uuid,
        page: Option<u32>,
    ) -> Result<Vec<DocumentPage>, Failure> {
        let mut connection = self.db.read().await?;
        let document = self.own(&mut connection, viewer, id).await?;
        let rows = match page {
            None => store::pages(&mut connection, id).await?,
            Some(page) => {
                let row = store::page(&mut connection, id, i64::from(page)).await?;
                if row.is_none() && document.status == "ready" {
                    return Err(ApiError::not_found("The document has no such page.").into());
                }
                row.into_iter().collect()
            }
        };
        drop(connection);
        rows.into_iter().map(view::page).collect()
    }

    pub(super) async fn headings(&self, viewer: &Viewer, id: Uuid) -> Result<Vec<ContentsEntry>, Failure> {
        let mut connection = self.db.read().await?;
        self.own(&mut connection, viewer, id).await?;
        let rows = store::pages_with_headings(&mut connection, id).await?;
        drop(connection);
        let entries = spawn_blocking(move || headings_of(rows)).await;
        entries.map_err(|_| Failure::Broken("looking for headings has panicked"))?
    }

    pub(super) async fn passages(&self, viewer: &Viewer, id: Uuid, query: &str) -> Result<Vec<FoundPassage>, Failure> {
        let words: Arc<str> = folded_words(&view::checked_query(query, QUERY_MAX)?).into();
        let mut connection = self.db.read().await?;
        self.own(&mut connection, viewer, id).await?;
        let (mut found, mut after, pattern) = (Vec::new(), 0, pattern(&words));
        while !words.is_empty() && found.len() < FOUND_MAX {
            let rows = store::pages_with_words(&mut connection, id, after, &pattern, BATCH).await?;
            let Some(last) = rows.last() else { break };
            after = last.page;
            let (words, left) = (Arc::clone(&words), FOUND_MAX - found.len());
            let passages = spawn_blocking(move || found_in(rows, &words, left)).await;
            found.extend(passages.map_err(|_| Failure::Broken("finding in a document has panicked"))??);
        }
        Ok(found)
    }
}

/// The headings of pages in their order.
fn headings_of(rows: Vec<PageRow>) -> Result<Vec<ContentsEntry>, Failure> {
    let mut entries = Vec::new();
    for row in rows {
        let DocumentPage { page, text, blocks } = view::page(row)?;
        // Where each letter begins: counting anew for every heading takes too long on a page of headings.
        let offsets: Vec<usize> = text.char_indices().map(|(byte, _)| byte).chain([text.len()]).collect();
        let offset = |letter: u32| offsets.get(usize::try_from(letter).ok()?).copied();
        for block in blocks {
            let BlockKind::Heading { level } = block.kind else { continue };
            let range = offset(block.start).zip(offset(block.end)).filter(|(start, end)| start < end);
            let Some(heading) = range.and_then(|(start, end)| text.get(start..end)) else { continue };
            let title = heading.split_whitespace().collect::<Vec<_>>().join(" ");
            entries.push(ContentsEntry { page, level, start: block.start, end: block.end, title });
        }
    }
    Ok(entries)
}

/// The first `most` places on pages where the words, folded, stand.
fn found_in(rows: Vec<PageRow>, words: &str, most: usize) -> Result<Vec<FoundPassage>, Failure> {
    let mut found = Vec::new();
    for row in rows {
        if found.len() == most {
            break;
        }
        let DocumentPage { page, text, .. } = view::page(row)?;
        found.extend(found_on(page, &text, words, most - found.len()));
    }
    Ok(found)
}

/// What `like … escape '\'` matches where the words stand.
fn pattern(words: &str) -> String {
    format!("%{}%", words.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::documents::Block;

    /// Counting from the beginning of the page for each heading, this takes several minutes.
    #[test]
    fn a_page_of_headings_is_gone_through_once() {
        let count = 200_000_u32;
        let heading = |n: u32| Block { kind: BlockKind::Heading { level: 2 }, start: n * 4, end: n * 4 + 2 };
        let blocks: Vec<Block> = (0..count).map(heading).chain([Block { end: count * 9, ..heading(0) }]).collect();
        let blocks = serde_json::to_string(&blocks).unwrap();
        let row = PageRow { page: 1, text: "żó\n\n".repeat(count as usize), blocks };
        let entries = headings_of(vec![row]).unwrap();
        assert_eq!(entries.len(), count as usize, "one does not lie on the page");
        let last = entries.last().unwrap();
        assert_eq!((last.start, last.title.as_str()), ((count - 1) * 4, "żó"));
    }

    #[test]
    fn no_more_pages_are_looked_through_than_are_needed() {
        let row = |page: i64| PageRow { page, text: "a b a".into(), blocks: "[]".into() };
        let broken = PageRow { page: 3, text: String::new(), blocks: "not looked at".into() };
        let found = found_in(vec![row(1), row(2), broken], "a", 3).unwrap();
        let places: Vec<_> = found.iter().map(|passage| (passage.page, passage.start)).collect();
        assert_eq!(places, [(1, 0), (1, 4), (2, 0)]);
    }
}
