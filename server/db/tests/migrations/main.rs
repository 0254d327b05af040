//! The schema on both engines, and the way to it: whoever updates an installation finds in it what was there before.
#![expect(clippy::unwrap_used, reason = "a test says what went wrong by failing there")]

mod catalogue;

use catalogue::{columns, describe};
use db::{
    Db, EngineKind, on,
    sqlx::{self, AssertSqlSafe, Executor as _},
    testing::{ENGINES, TestDb, migrations},
};
use std::{collections::BTreeMap, fs, path::Path};

/// What rows of an older version have in columns that came later: how many of the sample rows are so.
const LATER: [(&str, i64); 12] = [
    ("select count(*) from accounts where read_receipts", 3),
    ("select count(*) from accounts where avatar_object_id is null", 2),
    ("select count(*) from conversations where picture_object_id is null", 1),
    ("select count(*) from messages where object_id is null and quiz_id is null and quiz_card is null", 2),
    ("select count(*) from objects where exif is null", 3),
    ("select count(*) from events where document_id is null and album_id is null", 2),
    ("select count(*) from quiz_answers where checked_at is null", 1),
    ("select count(*) from jobs where lane = 0 and account_id is null", 1),
    ("select count(*) from jobs where lane = 1 and account_id is null", 1),
    ("select count(*) from jobs where lane = 2 and account_id is null", 1),
    ("select count(*) from jobs where lane = 3 and account_id is null", 2),
    ("select count(*) from search_foldings where again_at = 0", 1),
];

#[tokio::test]
async fn both_engines_have_the_same_schema() {
    assert_eq!(migrations(EngineKind::Sqlite), migrations(EngineKind::Postgres));
    let (sqlite, postgres) = (TestDb::new(EngineKind::Sqlite).await, TestDb::new(EngineKind::Postgres).await);
    let (sqlite, postgres) = (describe(&sqlite.db).await, describe(&postgres.db).await);
    assert!(sqlite.contains("accounts.sub text") && sqlite.contains("constraint accounts_sub_key"), "{sqlite:?}");
    let on_one_only: Vec<&String> = sqlite.symmetric_difference(&postgres).collect();
    assert_eq!(on_one_only, Vec::<&String>::new());
}

#[tokio::test]
async fn an_update_from_any_version_keeps_what_is_there() {
    for kind in ENGINES {
        let database = TestDb::empty(kind).await;
        for (version, name) in migrations(kind) {
            let before = Contents::read(&database.db).await;
            database.migrate_to(version).await;
            let after = before.again(&database.db).await;
            assert_eq!(after, before, "{kind:?}: {name} has changed what was there");
            put_samples(&database.db, &name).await;
        }
        database.db.migrate().await.unwrap();
        for (table, rows) in Contents::read(&database.db).await.rows {
            assert!(!rows.is_empty(), "{table} has no row: put one into server/migrations/samples");
        }
        for (query, expected) in LATER {
            let mut connection = database.db.read().await.unwrap();
            let found: i64 = on!(&mut connection, c => sqlx::query_scalar(query).fetch_one(&mut *c).await.unwrap());
            assert_eq!(found, expected, "{kind:?}: {query}");
        }
    }
}

/// Everything that a database holds.
#[derive(Debug, PartialEq)]
struct Contents {
    columns: BTreeMap<String, Vec<String>>,
    /// Each with all its values, in the order of their texts.
    rows: BTreeMap<String, Vec<String>>,
}

impl Contents {
    async fn read(db: &Db) -> Self {
        Self { columns: columns(db).await, rows: BTreeMap::new() }.again(db).await
    }

    /// The same columns of the same tables, as they are now.
    async fn again(&self, db: &Db) -> Self {
        let mut rows = BTreeMap::new();
        for (table, columns) in &self.columns {
            rows.insert(table.clone(), read_rows(db, table, columns).await);
        }
        Self { columns: self.columns.clone(), rows }
    }
}

async fn read_rows(db: &Db, table: &str, columns: &[String]) -> Vec<String> {
    let quote = match db.kind() {
        EngineKind::Sqlite => "quote",
        EngineKind::Postgres => "quote_nullable",
    };
    let values: Vec<String> = columns.iter().map(|column| format!("{quote}(\"{column}\")")).collect();
    let query = AssertSqlSafe(format!("select {} from \"{table}\"", values.join(" || ', ' || ")));
    let mut connection = db.read().await.unwrap();
    // Kept for later, it would not fit the table that the next migration has changed.
    let mut rows: Vec<String> = on!(&mut connection, c =>
        sqlx::query_scalar(query).persistent(false).fetch_all(&mut *c).await.unwrap());
    rows.sort();
    rows
}

/// Puts the rows in that an installation of this version may have; a migration without tables of its own has none.
async fn put_samples(db: &Db, migration: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../migrations/samples");
    let Ok(samples) = fs::read_to_string(folder.join(format!("{migration}.sql"))) else { return };
    let samples = AssertSqlSafe(with_literals(db.kind(), &samples));
    let mut connection = db.write().await.unwrap();
    on!(&mut connection, c => (&mut *c).execute(samples).await.map(drop)).unwrap();
}

/// `@uuid07` and `@bytes07` in the form of the engine; everything else is the same on both.
fn with_literals(kind: EngineKind, samples: &str) -> String {
    (1..100).fold(samples.to_owned(), |text, number| {
        let (uuid, bytes) = match kind {
            EngineKind::Sqlite => (format!("x'{number:032}'"), format!("x'{number:02}'")),
            EngineKind::Postgres => (format!("'00000000-0000-0000-0000-{number:012}'"), format!("'\\x{number:02}'")),
        };
        text.replace(&format!("@uuid{number:02}"), &uuid).replace(&format!("@bytes{number:02}"), &bytes)
    })
}
