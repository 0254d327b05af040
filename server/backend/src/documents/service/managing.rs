//! Listing, naming and deleting documents.

use super::{
    DocumentService, cursor,
    store::{self, DocumentFilter, DocumentRow},
    view,
};
use crate::{accounts::folding::plain_patterns, failure::Failure};
use db::Connection;
use domain::{
    ApiError, FieldError, Viewer,
    conversations::PAGE_MAX,
    documents::{DocumentList, DocumentsPart, TITLE_MAX},
    text::{self, QUERY_MAX},
};
use uuid::Uuid;

impl DocumentService {
    pub(super) async fn list(&self, viewer: &Viewer, part: DocumentsPart) -> Result<DocumentList, Failure> {
        let DocumentsPart { query, limit, before, after } = part;
        let size = checked_limit(limit)?;
        let patterns = patterns(query.as_deref())?;
        let is_both = before.is_some() && after.is_some();
        if is_both {
            let msg = "Give before or after, not both.";
            return Err(ApiError::validation(vec![FieldError::query("after", "ambiguous", msg)]).into());
        }
        let before = before.map(|cursor| cursor::read("before", &cursor)).transpose()?;
        let after = after.map(|cursor| cursor::read("after", &cursor)).transpose()?;
        let filter = DocumentFilter { patterns: &patterns, before, after, limit: i64::from(limit) + 1 };
        let mut rows = store::documents(&mut self.db.read().await?, viewer.account_id, &filter).await?;
        let has_more = rows.len() > size;
        rows.truncate(size);
        if after.is_some() {
            rows.reverse();
        }
        let place = |row: Option<&DocumentRow>| row.map(|row| cursor::write((row.created_at, row.id)));
        let older = if has_more || after.is_some() { place(rows.last()) } else { None };
        let newer = if before.is_some() || (after.is_some() && has_more) { place(rows.first()) } else { None };
        let documents = rows.into_iter().map(view::document).collect::<Result<_, _>>()?;
        Ok(DocumentList { documents, older, newer })
    }

    pub(super) async fn give_title(&self, viewer: &Viewer, id: Uuid, title: &str) -> Result<(), Failure> {
        let title = text::line("title", title, TITLE_MAX).map_err(|error| ApiError::validation(vec![error]))?;
        let mut transaction = self.db.begin().await?;
        let row = self.locked(&mut transaction, viewer, id).await?;
        let search_text = view::search_text(&title, &row.filename);
        store::rename(&mut transaction, id, &title, &search_text, self.clock.now()).await?;
        let woken = self.events.record_document(&mut transaction, viewer.account_id, id).await?;
        transaction.commit().await?;
        self.events.publish(woken);
        Ok(())
    }

    pub(super) async fn take_away(&self, viewer: &Viewer, id: Uuid) -> Result<(), Failure> {
        let mut transaction = self.db.begin().await?;
        let row = self.locked(&mut transaction, viewer, id).await?;
        store::delete(&mut transaction, id).await?;
        self.uploads.remove(&mut transaction, &[row.object_id], self.clock.now()).await?;
        let woken = self.events.record_document_deleted(&mut transaction, viewer.account_id, id).await?;
        transaction.commit().await?;
        self.jobs.wake();
        self.events.publish(woken);
        Ok(())
    }

    /// The file that the document is.
    pub(crate) async fn original(&self, viewer: &Viewer, id: Uuid) -> Result<Uuid, Failure> {
        let mut connection = self.db.read().await?;
        Ok(self.own(&mut connection, viewer, id).await?.object_id)
    }

    /// Takes away everything of a person who cancels their account.
    pub(crate) async fn forget_person(&self, c: &mut Connection, account_id: i64) -> Result<(), Failure> {
        let files = store::delete_all_of(c, account_id).await?;
        self.uploads.remove(c, &files, self.clock.now()).await
    }
}

fn checked_limit(limit: u32) -> Result<usize, ApiError> {
    if (1..=PAGE_MAX).contains(&i64::from(limit)) {
        return Ok(usize::try_from(limit).unwrap_or_default());
    }
    let msg = format!("Ask for 1 to {PAGE_MAX} entries.");
    Err(ApiError::validation(vec![FieldError::query("limit", "range", msg)]))
}

/// Patterns of the words of a query; none for a blank one.
fn patterns(query: Option<&str>) -> Result<Vec<String>, ApiError> {
    let Some(query) = query.filter(|query| !query.trim().is_empty()) else { return Ok(Vec::new()) };
    Ok(plain_patterns(&view::checked_query(query, QUERY_MAX)?))
}
