//! Quizzes as files of other programs.

use crate::failure::Failure;
use async_zip::{Compression, ZipEntryBuilder, base::write::ZipFileWriter};
use domain::{
    Timestamp,
    citation::Citation,
    quizzes::{ExportFormat, KeyedQuestion},
};
use futures_util::io::Cursor;
use sqlx::{Connection as _, SqliteConnection, sqlite::SqliteConnectOptions};
use study::export::{
    ExportQuestion,
    anki::{self, Collection, Note},
    gift, markdown,
};

/// Writes a quiz with its answers.
pub(crate) async fn write(
    format: ExportFormat,
    title: &str,
    questions: Vec<KeyedQuestion>,
    now: Timestamp,
) -> Result<Vec<u8>, Failure> {
    let questions: Vec<ExportQuestion> = questions.into_iter().map(exported).collect();
    match format {
        ExportFormat::Gift => Ok(gift(title, &questions).into_bytes()),
        ExportFormat::Markdown => Ok(markdown(title, &questions).into_bytes()),
        ExportFormat::Anki => package(&anki::collection(title, &questions, now.seconds())).await,
    }
}

fn exported(keyed: KeyedQuestion) -> ExportQuestion {
    let quote = keyed.citation.as_ref().map(|citation| citation.quote().to_owned());
    let page = match keyed.citation {
        Some(Citation::Document { page, .. }) => Some(page),
        _ => None,
    };
    ExportQuestion {
        kind: keyed.question.kind,
        question: keyed.question.question,
        options: keyed.question.options,
        correct_answer: keyed.correct_answer,
        accepted_answers: keyed.accepted_answers,
        quote: quote.filter(|quote| !quote.is_empty()),
        page,
    }
}

/// An Anki package: a database of its own, and the list of media, which is empty.
async fn package(collection: &Collection) -> Result<Vec<u8>, Failure> {
    let folder = tempfile::tempdir().map_err(|_| Failure::Broken("no temporary folder can be made"))?;
    let path = folder.path().join("collection.anki2");
    let options = SqliteConnectOptions::new().filename(&path).create_if_missing(true);
    let mut connection = SqliteConnection::connect_with(&options).await?;
    fill(&mut connection, collection).await?;
    connection.close().await?;
    let database = tokio::fs::read(&path).await.map_err(|_| Failure::Broken("a deck cannot be read back"))?;
    let mut zip = ZipFileWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in [("collection.anki2", database.as_slice()), ("media", b"{}".as_slice())] {
        let entry = ZipEntryBuilder::new(name.to_owned().into(), Compression::Stored);
        let written = zip.write_entry_whole(entry, bytes).await;
        written.map_err(|_| Failure::Broken("a deck cannot be packed"))?;
    }
    let whole = zip.close().await.map_err(|_| Failure::Broken("a deck cannot be packed"))?;
    Ok(whole.into_inner())
}

async fn fill(connection: &mut SqliteConnection, collection: &Collection) -> Result<(), sqlx::Error> {
    let Collection { created_at, modified_at_ms, conf, models, decks, deck_conf, deck_id, notes } = collection;
    let mut transaction = connection.begin().await?;
    for statement in anki::SCHEMA {
        sqlx::query(statement).execute(&mut *transaction).await?;
    }
    let settings = sqlx::query(anki::INSERT_COLLECTION).bind(created_at).bind(modified_at_ms).bind(modified_at_ms);
    settings.bind(conf).bind(models).bind(decks).bind(deck_conf).execute(&mut *transaction).await?;
    for (due, note) in (1_i64..).zip(notes) {
        let Note { id, guid, model, fields, sort_field, checksum } = note;
        let row = sqlx::query(anki::INSERT_NOTE).bind(id).bind(guid).bind(model).bind(created_at);
        row.bind(fields).bind(sort_field).bind(checksum).execute(&mut *transaction).await?;
        let card = sqlx::query(anki::INSERT_CARD).bind(id).bind(id).bind(deck_id).bind(created_at);
        card.bind(due).execute(&mut *transaction).await?;
    }
    transaction.commit().await
}
