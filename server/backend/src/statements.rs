//! Every statement prepares on both engines: a misspelt column is found here, not in production.

use crate::{accounts, http, jobs, sessions};
use db::{
    on,
    testing::{ENGINES, TestDb},
};
use sqlx::{Executor as _, SqlSafeStr as _};

#[tokio::test]
async fn every_statement_prepares_on_both_engines() {
    let stores: [&[&'static str]; 4] = [
        &accounts::store::STATEMENTS,
        &sessions::store::STATEMENTS,
        &jobs::store::STATEMENTS,
        &http::store::STATEMENTS,
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
