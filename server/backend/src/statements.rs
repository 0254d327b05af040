//! Every statement prepares on both engines: a misspelt column is found here, not in production.

use crate::{
    accounts, albums, conversations, documents, events, export, http, jobs, outbox, quizzes, refolding, review, seed,
    sessions, uploads,
};
use db::{
    on,
    testing::{ENGINES, TestDb},
};
use sqlx::{Executor as _, SqlSafeStr as _};

#[tokio::test]
async fn every_statement_prepares_on_both_engines() {
    let [cards, threads, messages, participants, reactions] = conversations::store::STATEMENTS;
    let [album_rows, photos, purge, sharing, tags] = albums::store::STATEMENTS;
    let [claims, forgetting, making, questions, quiz_rows, shares, taking] = quizzes::store::STATEMENTS;
    let [objects, sent] = uploads::store::STATEMENTS;
    let [documents, notes, pages] = documents::store::STATEMENTS;
    let stores: [&[&'static str]; 32] = [
        cards,
        claims,
        forgetting,
        making,
        questions,
        quiz_rows,
        shares,
        taking,
        &review::store::STATEMENTS,
        threads,
        messages,
        participants,
        reactions,
        album_rows,
        photos,
        purge,
        sharing,
        tags,
        &events::store::STATEMENTS,
        &accounts::store::STATEMENTS,
        &sessions::store::STATEMENTS,
        &jobs::store::STATEMENTS,
        &http::store::STATEMENTS,
        objects,
        sent,
        documents,
        notes,
        pages,
        &outbox::store::STATEMENTS,
        &export::store::STATEMENTS,
        &refolding::store::STATEMENTS,
        &seed::store::STATEMENTS,
    ];
    for engine in ENGINES {
        let database = TestDb::new(engine).await;
        let mut connection = database.db.read().await.unwrap();
        for statement in stores.into_iter().flatten() {
            let outcome = on!(&mut connection, c => (&mut *c).prepare(statement.into_sql_str()).await.map(drop));
            assert!(outcome.is_ok(), "{engine:?}: {statement}: {outcome:?}");
        }
    }
}
