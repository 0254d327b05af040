//! Documents as what questions are made of.

use super::{
    DocumentService,
    store::{self, DocumentRow},
    view,
};
use crate::{failure::Failure, providers::text::QuestionSource};
use db::Connection;
use domain::documents::DocumentStatus;
use uuid::Uuid;

/// How far a document has come for whoever wants its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Readiness {
    /// It was read.
    Read(Readable),
    /// It is still to be read; until then it is called like its file.
    Waiting { title: String },
    /// It cannot be read.
    Unreadable,
}

/// A document that was read, or some of its pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Readable {
    pub(crate) id: Uuid,
    pub(crate) title: String,
    pub(crate) language: Option<String>,
    /// From the first to the last page.
    pub(crate) pages: (u32, u32),
    /// Characters on them.
    pub(crate) length: u64,
}

/// Its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SourceText {
    pub(crate) text: QuestionSource,
    /// Whether pages were left out.
    pub(crate) is_part: bool,
}

impl DocumentService {
    /// What a document of this owner, or some of its pages, can give; none when they have no such document.
    pub(crate) async fn readiness(
        &self,
        c: &mut Connection,
        owner_id: i64,
        id: Uuid,
        pages: Option<(u32, u32)>,
    ) -> Result<Option<Readiness>, Failure> {
        let row = store::document(c, id).await?.filter(|row| row.owner_id == owner_id);
        let Some(row) = row else { return Ok(None) };
        let DocumentRow { title, language, status, .. } = row;
        Ok(Some(match view::status(&status)? {
            DocumentStatus::Uploaded | DocumentStatus::Processing => Readiness::Waiting { title },
            DocumentStatus::Failed => Readiness::Unreadable,
            DocumentStatus::Ready => {
                let pages = pages.unwrap_or((1, u32::MAX));
                let length = store::length(c, id, pages).await?;
                Readiness::Read(Readable { id, title, language, pages, length: u64::try_from(length).unwrap_or(0) })
            }
        }))
    }

    /// Whether this owner has a copy of a file that was sent in a conversation.
    pub(crate) async fn has_copy(&self, c: &mut Connection, owner_id: i64, object_id: Uuid) -> Result<bool, Failure> {
        Ok(store::by_source(c, object_id, owner_id).await?.is_some())
    }

    /// The text. When it is longer than `limit` characters, pages from all over it, about so much in all.
    pub(crate) async fn source(&self, c: &mut Connection, of: Readable, limit: u64) -> Result<SourceText, Failure> {
        let Readable { id, language, pages, length, .. } = of;
        let step = length.max(1).div_ceil(limit.max(1));
        let rows = store::some_pages(c, id, pages, step).await?;
        let pages = rows.into_iter().map(view::page).collect::<Result<_, _>>()?;
        Ok(SourceText { text: QuestionSource { document_id: Some(id), pages, language }, is_part: step > 1 })
    }
}
