//! The text of documents by page.

use db::{Connection, on};
use sqlx::QueryBuilder;
use uuid::Uuid;

/// Rows of one statement.
const BATCH: usize = 50;

const INSERT: &str = "insert into document_pages (document_id, page, text, blocks, search_text) ";
const FORGET: &str = "delete from document_pages where document_id = $1";
const ALL: &str = "select page, text, blocks from document_pages where document_id = $1 order by page";
/// Of pages from $2 to $3 every $4th.
const SOME: &str = "select page, text, blocks from document_pages \
     where document_id = $1 and page between $2 and $3 and (page - $2) % $4 = 0 order by page";
const LENGTH: &str = "select cast(coalesce(sum(length(text)), 0) as bigint) from document_pages \
     where document_id = $1 and page between $2 and $3";
const ONE: &str = "select page, text, blocks from document_pages where document_id = $1 and page = $2";
const WITH_HEADINGS: &str = "select page, text, blocks from document_pages \
     where document_id = $1 and blocks like '%\"heading\"%' order by page";
const WITH_WORDS: &str = "select page, text, blocks from document_pages \
     where document_id = $1 and page > $2 and search_text like $3 escape '\\' order by page limit $4";

/// The text of a page.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct PageRow {
    pub(crate) page: i64,
    pub(crate) text: String,
    /// JSON.
    pub(crate) blocks: String,
}

/// A page to be added.
#[derive(Debug)]
pub(crate) struct NewPageRow {
    pub(crate) page: i64,
    pub(crate) text: String,
    pub(crate) blocks: String,
    pub(crate) search_text: String,
}

/// Puts the pages in the place of those that there are.
pub(crate) async fn replace_pages(c: &mut Connection, id: Uuid, pages: &[NewPageRow]) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(FORGET).bind(id).execute(&mut *c).await.map(drop))?;
    for batch in pages.chunks(BATCH) {
        on!(c, c => {
            let mut query = QueryBuilder::new(INSERT);
            query.push_values(batch, |mut row, page| {
                row.push_bind(id)
                    .push_bind(page.page)
                    .push_bind(&page.text)
                    .push_bind(&page.blocks)
                    .push_bind(&page.search_text);
            });
            query.build().persistent(batch.len() == BATCH).execute(&mut *c).await.map(drop)
        })?;
    }
    Ok(())
}

pub(crate) async fn pages(c: &mut Connection, id: Uuid) -> Result<Vec<PageRow>, sqlx::Error> {
    on!(c, c => sqlx::query_as(ALL).bind(id).fetch_all(&mut *c).await)
}

/// Of the pages from `first` to `last` every so many.
pub(crate) async fn some_pages(
    c: &mut Connection,
    id: Uuid,
    (first, last): (u32, u32),
    step: u64,
) -> Result<Vec<PageRow>, sqlx::Error> {
    let (first, last, step) = (i64::from(first), i64::from(last), i64::try_from(step).unwrap_or(i64::MAX));
    on!(c, c => sqlx::query_as(SOME).bind(id).bind(first).bind(last).bind(step).fetch_all(&mut *c).await)
}

/// How many characters stand on the pages from `first` to `last`.
pub(crate) async fn length(c: &mut Connection, id: Uuid, (first, last): (u32, u32)) -> Result<i64, sqlx::Error> {
    let (first, last) = (i64::from(first), i64::from(last));
    on!(c, c => sqlx::query_scalar(LENGTH).bind(id).bind(first).bind(last).fetch_one(&mut *c).await)
}

pub(crate) async fn page(c: &mut Connection, id: Uuid, page: i64) -> Result<Option<PageRow>, sqlx::Error> {
    on!(c, c => sqlx::query_as(ONE).bind(id).bind(page).fetch_optional(&mut *c).await)
}

pub(crate) async fn pages_with_headings(c: &mut Connection, id: Uuid) -> Result<Vec<PageRow>, sqlx::Error> {
    on!(c, c => sqlx::query_as(WITH_HEADINGS).bind(id).fetch_all(&mut *c).await)
}

/// Pages after `after` on which the pattern stands.
pub(crate) async fn pages_with_words(
    c: &mut Connection,
    id: Uuid,
    after: i64,
    pattern: &str,
    limit: i64,
) -> Result<Vec<PageRow>, sqlx::Error> {
    on!(c, c => sqlx::query_as(WITH_WORDS)
        .bind(id)
        .bind(after)
        .bind(pattern)
        .bind(limit)
        .fetch_all(&mut *c)
        .await)
}

#[cfg(test)]
pub(super) const STATEMENTS: [&str; 7] = [FORGET, ALL, SOME, LENGTH, ONE, WITH_HEADINGS, WITH_WORDS];
