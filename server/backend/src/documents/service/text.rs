//! The text of a document: its pages, its headings, and where something stands.

use super::{
    super::finding::{folded_words, found_on},
    DocumentService, store, view,
};
use crate::failure::Failure;
use domain::{
    ApiError, Viewer,
    citation::passage,
    documents::{BlockKind, ContentsEntry, DocumentPage, FOUND_MAX, FoundPassage},
    text::QUERY_MAX,
};
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
        let mut entries = Vec::new();
        for row in rows {
            let DocumentPage { page, text, blocks } = view::page(row)?;
            for block in blocks {
                let BlockKind::Heading { level } = block.kind else { continue };
                let Some(heading) = passage(&text, block.start, block.end) else { continue };
                let title = heading.split_whitespace().collect::<Vec<_>>().join(" ");
                entries.push(ContentsEntry { page, level, start: block.start, end: block.end, title });
            }
        }
        Ok(entries)
    }

    pub(super) async fn passages(&self, viewer: &Viewer, id: Uuid, query: &str) -> Result<Vec<FoundPassage>, Failure> {
        let words = folded_words(&view::checked_query(query, QUERY_MAX)?);
        let mut connection = self.db.read().await?;
        self.own(&mut connection, viewer, id).await?;
        let (mut found, mut after, pattern) = (Vec::new(), 0, pattern(&words));
        while !words.is_empty() && found.len() < FOUND_MAX {
            let rows = store::pages_with_words(&mut connection, id, after, &pattern, BATCH).await?;
            let Some(last) = rows.last() else { break };
            after = last.page;
            for row in rows {
                let DocumentPage { page, text, .. } = view::page(row)?;
                found.extend(found_on(page, &text, &words));
            }
        }
        found.truncate(FOUND_MAX);
        Ok(found)
    }
}

/// What `like … escape '\'` matches where the words stand.
fn pattern(words: &str) -> String {
    format!("%{}%", words.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"))
}
