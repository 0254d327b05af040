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
    Read(Box<Source>),
    /// It is being read.
    Waiting,
    /// It cannot be read.
    Unreadable,
}

/// A document that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Source {
    pub(crate) title: String,
    pub(crate) text: QuestionSource,
}

impl DocumentService {
    /// The text of a document of this owner, or of some of its pages; none when they have no such document.
    pub(crate) async fn source(
        &self,
        c: &mut Connection,
        owner_id: i64,
        id: Uuid,
        pages: Option<(u32, u32)>,
    ) -> Result<Option<Readiness>, Failure> {
        let row = store::document(c, id).await?.filter(|row| row.owner_id == owner_id);
        let Some(row) = row else { return Ok(None) };
        let DocumentRow { title, language, status, .. } = row;
        match view::status(&status)? {
            DocumentStatus::Uploaded | DocumentStatus::Processing => return Ok(Some(Readiness::Waiting)),
            DocumentStatus::Failed => return Ok(Some(Readiness::Unreadable)),
            DocumentStatus::Ready => {}
        }
        let (first, last) = pages.unwrap_or((1, u32::MAX));
        let rows = store::pages(c, id).await?;
        let chosen = rows.into_iter().filter(|row| (i64::from(first)..=i64::from(last)).contains(&row.page));
        let pages = chosen.map(view::page).collect::<Result<_, _>>()?;
        let text = QuestionSource { document_id: Some(id), pages, language };
        Ok(Some(Readiness::Read(Box::new(Source { title, text }))))
    }
}
