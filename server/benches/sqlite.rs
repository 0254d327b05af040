//! What SQLite itself does with a statement: through sqlx as the server uses it, and through rusqlite.
//!
//! `sqlite FILE read SELECT CONVERSATIONS SECONDS` and `sqlite FILE write INSERT CONVERSATIONS SECONDS` print how often
//! a second each of the two ran the statement, for conversations 1 to CONVERSATIONS in turn.

#![expect(clippy::expect_used, clippy::panic, reason = "a measurement that cannot go on must fail loudly")]

use db::{Db, on};
use rusqlite::{Connection, OpenFlags};
use std::{
    env,
    sync::atomic::{AtomicI64, AtomicU64, Ordering},
    thread,
    time::{Duration, Instant},
};

/// As many as the server has, and as many who ask it at once.
const CONNECTIONS: u32 = 16;
const CLIENTS: usize = 64;
/// Messages of a page, and the one more that tells whether there are others.
const LIMIT: i64 = 51;
const TEXT: &str = "See page 12, there is a better explanation of chapter 7 there.";

type Row = (
    (i64, i64, String, String, String, Option<String>, i64, Option<i64>),
    (Option<i64>, Option<String>, Option<String>, Option<i64>, Option<String>, Option<String>, Option<String>),
);

struct Work {
    file: String,
    statement: &'static str,
    conversations: i64,
    duration: Duration,
    next: AtomicI64,
    done: AtomicU64,
}

fn main() {
    let arguments: Vec<String> = env::args().collect();
    let [_, file, kind, statement, conversations, seconds] = arguments.as_slice() else {
        panic!("usage: sqlite FILE read|write STATEMENT CONVERSATIONS SECONDS");
    };
    let work: &'static Work = Box::leak(Box::new(Work {
        file: file.clone(),
        statement: Box::leak(statement.clone().into_boxed_str()),
        conversations: conversations.parse().expect("a number of conversations"),
        duration: Duration::from_secs(seconds.parse().expect("a number of seconds")),
        next: AtomicI64::new(0),
        done: AtomicU64::new(0),
    }));
    let (sqlx, rusqlite) = match kind.as_str() {
        "read" => (with_sqlx(work, true), read_with_rusqlite(work)),
        "write" => (with_sqlx(work, false), write_with_rusqlite(work)),
        other => panic!("neither read nor write: {other}"),
    };
    println!("{{\"sqlx\":{sqlx:.1},\"rusqlite\":{rusqlite:.1}}}");
}

impl Work {
    fn next(&self) -> i64 {
        self.next.fetch_add(1, Ordering::Relaxed) % self.conversations + 1
    }

    /// Client ids that no other run gives.
    fn client_id(&self) -> String {
        let since_epoch = std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default();
        format!("bare-{}-{}", since_epoch.as_nanos(), self.next.load(Ordering::Relaxed))
    }

    fn count(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }

    fn rate(&self, began: Instant) -> f64 {
        self.done.swap(0, Ordering::Relaxed) as f64 / began.elapsed().as_secs_f64()
    }
}

fn with_sqlx(work: &'static Work, reads: bool) -> f64 {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let db = Db::open(&format!("sqlite:{}", work.file), CONNECTIONS).await.expect("the database opens");
        let began = Instant::now();
        let clients = (0..CLIENTS).map(|_| {
            let db = db.clone();
            tokio::spawn(async move {
                while began.elapsed() < work.duration {
                    match reads {
                        true => read_with_sqlx(&db, work).await,
                        false => write_with_sqlx(&db, work).await,
                    }
                    work.count();
                }
            })
        });
        for client in clients.collect::<Vec<_>>() {
            client.await.expect("a client goes on");
        }
        let rate = work.rate(began);
        db.close().await;
        rate
    })
}

async fn read_with_sqlx(db: &Db, work: &Work) {
    use sqlx::Row as _;
    let mut connection = db.read().await.expect("a connection");
    on!(&mut connection, c => {
        let rows = sqlx::query(work.statement).bind(work.next()).bind(LIMIT).fetch_all(&mut *c).await.expect("rows");
        let rows: Vec<Row> = rows
            .iter()
            .map(|row| {
                (
                    (row.get(0), row.get(1), row.get(2), row.get(3), row.get(4), row.get(5), row.get(6), row.get(7)),
                    (row.get(8), row.get(9), row.get(10), row.get(11), row.get(12), row.get(13), row.get(14)),
                )
            })
            .collect();
        assert!(!rows.is_empty(), "nothing was read");
    });
}

async fn write_with_sqlx(db: &Db, work: &Work) {
    let mut connection = db.write().await.expect("a connection");
    on!(&mut connection, c => {
        sqlx::query(work.statement)
            .bind(work.next())
            .bind(1_i64)
            .bind(TEXT)
            .bind(TEXT)
            .bind(TEXT)
            .bind(None::<i64>)
            .bind(work.client_id())
            .bind(0_i64)
            .fetch_all(&mut *c)
            .await
            .map(drop)
            .expect("a row");
    });
}

fn read_with_rusqlite(work: &'static Work) -> f64 {
    let began = Instant::now();
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let readers = (0..threads).map(|_| {
        thread::spawn(move || {
            let connection = open(work, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX);
            let mut statement = connection.prepare(work.statement).expect("the statement prepares");
            while began.elapsed() < work.duration {
                let rows = statement.query_map((work.next(), LIMIT), |row| {
                    let one = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?);
                    let (one, two) = (one, (row.get(6)?, row.get(7)?));
                    let rest = (row.get(8)?, row.get(9)?, row.get(10)?, row.get(11)?, row.get(12)?, row.get(13)?);
                    let one = (one.0, one.1, one.2, one.3, one.4, one.5, two.0, two.1);
                    Ok::<Row, _>((one, (rest.0, rest.1, rest.2, rest.3, rest.4, rest.5, row.get(14)?)))
                });
                let rows: Result<Vec<Row>, _> = rows.expect("rows").collect();
                assert!(!rows.expect("rows").is_empty(), "nothing was read");
                work.count();
            }
        })
    });
    for reader in readers.collect::<Vec<_>>() {
        reader.join().expect("a reader goes on");
    }
    work.rate(began)
}

fn write_with_rusqlite(work: &'static Work) -> f64 {
    let connection = open(work, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX);
    let mut statement = connection.prepare(work.statement).expect("the statement prepares");
    let began = Instant::now();
    while began.elapsed() < work.duration {
        let row = (work.next(), 1_i64, TEXT, TEXT, TEXT, None::<i64>, work.client_id(), 0_i64);
        let ids = statement.query_map(row, |row| row.get::<_, i64>(0)).expect("a row");
        assert_eq!(ids.count(), 1, "nothing was written");
        work.count();
    }
    work.rate(began)
}

fn open(work: &Work, flags: OpenFlags) -> Connection {
    let connection = Connection::open_with_flags(&work.file, flags).expect("the database opens");
    for (name, value) in [("synchronous", "full"), ("foreign_keys", "on"), ("cache_size", "-16000")] {
        connection.pragma_update(None, name, value).expect("the setting is known");
    }
    connection
}
