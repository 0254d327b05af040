//! Every statement prepares on both engines: a misspelt column is found here, not in production.

use crate::{accounts, conversations, events, http, jobs, seed, sessions, uploads};
use db::{
    on,
    testing::{ENGINES, TestDb},
};
use sqlx::{Executor as _, SqlSafeStr as _};

#[tokio::test]
async fn every_statement_prepares_on_both_engines() {
    let [threads, messages, participants, reactions] = conversations::store::STATEMENTS;
    let [objects, sent] = uploads::store::STATEMENTS;
    let stores: [&[&'static str]; 12] = [
        threads,
        messages,
        participants,
        reactions,
        &events::store::STATEMENTS,
        &accounts::store::STATEMENTS,
        &sessions::store::STATEMENTS,
        &jobs::store::STATEMENTS,
        &http::store::STATEMENTS,
        objects,
        sent,
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
