//! What becomes of a document when its reader dies, fails or hurries, and what is kept of notes.

use super::DocumentJob;
use crate::{
    Backend, Buckets, IdentitySettings, ObjectCredentials, ObjectSettings, RateLimitSettings, ReadingSettings,
    SessionSettings, Settings, UploadSettings,
    accounts::store::{self as account_store, NewAccount},
    failure::Failure,
    jobs::{self, Lane},
    providers::{
        Providers,
        extraction::{Extracted, Extractor, OnProgress, Source},
        text::{MadeNotes, MadeQuestions, TextProvider, WantedQuestions, passage_path},
    },
    uploads::service::Received,
};
use async_trait::async_trait;
use db::{
    Connection, EngineKind, on,
    testing::{ENGINES, TestDb},
};
use domain::{
    Viewer,
    citation::Citation,
    clock::Clock,
    documents::{
        Document, DocumentFailure, DocumentOrigin, DocumentPage, DocumentProgress, DocumentStatus, Documents,
        FailureCode, NotePoint, NotesStatus,
    },
    id::Sub,
};
use secrecy::SecretString;
use std::{
    path::PathBuf,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    time::Duration,
};
use tokio::net::TcpListener;
use tokio_util::sync::{CancellationToken, DropGuard};
use uuid::Uuid;

const TEXT: &str = "A cell divides. Then there are two.";

/// Reads one page, as long as nobody tells it otherwise.
#[derive(Debug, Default)]
struct Reader {
    hangs: AtomicBool,
    /// Says that the document asks for a password.
    refuses: AtomicBool,
    /// So many tries fail.
    fails: AtomicU32,
    /// So many pages are told of, one after the other.
    tells: AtomicU32,
    /// So many tries have begun.
    begun: AtomicU32,
    /// Whoever works is told to stop when the first of them begins.
    stop: CancellationToken,
}

#[async_trait]
impl Extractor for Reader {
    async fn extract(
        &self,
        source: Source,
        progress: OnProgress,
    ) -> Result<Result<Extracted, DocumentFailure>, Failure> {
        self.begun.fetch_add(1, Ordering::SeqCst);
        self.stop.cancel();
        for page in 1..=self.tells.load(Ordering::SeqCst) {
            progress(DocumentProgress { page, of: Some(100) });
        }
        if self.hangs.load(Ordering::SeqCst) {
            std::future::pending::<()>().await;
        }
        let failing = self.fails.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        if failing.is_ok() {
            return Err(Failure::Broken("the reader is away"));
        }
        if self.refuses.load(Ordering::SeqCst) {
            return Ok(Err(DocumentFailure { code: FailureCode::Encrypted, message: "Open it first.".into() }));
        }
        assert_eq!(source.content_type, "text/plain");
        let text = String::from_utf8(source.bytes).unwrap();
        let pages = vec![DocumentPage { page: 1, text, blocks: Vec::new() }];
        Ok(Ok(Extracted { title: Some("Cells".into()), language: Some("en".into()), pages }))
    }
}

/// Makes the notes that a test wants.
#[derive(Debug, Default)]
struct Writer {
    made: Mutex<Vec<(u32, u32, &'static str)>>,
    fails: AtomicU32,
}

#[async_trait]
impl TextProvider for Writer {
    async fn make_notes(&self, id: Uuid, _: &[DocumentPage], _: Option<&str>) -> Result<MadeNotes, Failure> {
        let failing = self.fails.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        if failing.is_ok() {
            return Err(Failure::Broken("the writer is away"));
        }
        let mut made = MadeNotes { markdown: "## Cells\n\n".into(), ..MadeNotes::default() };
        for (start, end, quote) in self.made.lock().unwrap().iter() {
            let link = passage_path(id, 1, *start, *end);
            made.markdown.push_str(&format!("- {quote} [p. 1]({link})\n"));
            let citation =
                Citation::Document { document_id: id, page: 1, start: *start, end: *end, quote: (*quote).into() };
            made.points.push(NotePoint { text: (*quote).into(), citations: vec![citation] });
        }
        Ok(made)
    }

    async fn make_questions(&self, _: &WantedQuestions) -> Result<MadeQuestions, Failure> {
        Ok(MadeQuestions::default())
    }
}

struct World {
    database: TestDb,
    clock: Clock,
    backend: Backend,
    reader: Arc<Reader>,
    writer: Arc<Writer>,
    folder: PathBuf,
    _stop: DropGuard,
}

impl Drop for World {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.folder).ok();
    }
}

impl World {
    async fn new(engine: EngineKind) -> Self {
        let (database, clock) = (TestDb::new(engine).await, Clock::system());
        let folder = std::env::temp_dir().join(format!("lyceum-documents-{}", Uuid::new_v4()));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let buckets = Buckets::named(|purpose| format!("test-{}", purpose.as_str()));
        let store = objects::Store::open(objects::Settings {
            folder: folder.clone(),
            buckets: buckets.all(),
            access_key_id: "key".into(),
            secret_access_key: "secret".into(),
            origins: Vec::new(),
            test_clock: None,
        });
        let stop = CancellationToken::new();
        tokio::spawn(store.unwrap().serve(listener, stop.clone()));
        let (reader, writer) = (Arc::new(Reader::default()), Arc::new(Writer::default()));
        let providers = Providers { extractor: reader.clone(), text: writer.clone() };
        let settings = settings(&endpoint, buckets);
        let backend = Backend::with(settings, providers, database.db.clone(), clock.clone()).unwrap();
        Self { database, clock, backend, reader, writer, folder, _stop: stop.drop_guard() }
    }

    fn documents(&self) -> Arc<dyn Documents> {
        self.backend.documents()
    }

    async fn viewer(&self) -> Viewer {
        let mut connection = self.database.db.write().await.unwrap();
        let account = NewAccount {
            sub: "ada",
            email: "a@example.org",
            given_name: "Ada",
            family_name: "Example",
            display_name: "Ada",
            search_name: "ada",
            created_at: self.clock.now(),
        };
        account_store::insert(&mut connection, &account).await.unwrap();
        let account_id = account_store::standing(&mut connection, "ada").await.unwrap().unwrap().id;
        Viewer { account_id, sub: Sub::parse("ada").unwrap(), authenticated_at: self.clock.now(), session_id: None }
    }

    async fn add(&self, viewer: &Viewer) -> Document {
        let upload_id = self.upload(viewer).await;
        self.documents().add(viewer, DocumentOrigin::Upload(upload_id)).await.unwrap()
    }

    async fn upload(&self, viewer: &Viewer) -> Uuid {
        let mut received = Received::new("cells.txt".into(), "text/plain".into()).await.unwrap();
        received.write(TEXT.as_bytes()).await.unwrap();
        received.finish().await.unwrap();
        self.backend.document_service().receive(viewer, received).await.unwrap().upload_id
    }

    /// Has the process end while it reads, and its lease run out.
    async fn kill_reading(&self) {
        let begun = self.reader.begun.load(Ordering::SeqCst);
        let backend = self.backend.clone();
        let killed = tokio::spawn(async move { backend.run_workers_once().await });
        let reading = async {
            while self.reader.begun.load(Ordering::SeqCst) == begun {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(10), reading).await.unwrap();
        killed.abort();
        assert!(killed.await.unwrap_err().is_cancelled());
        self.clock.advance_seconds(121);
    }

    async fn work(&self) -> usize {
        self.backend.run_workers_once().await.unwrap()
    }

    async fn enqueue(&self, c: &mut Connection, kind: &str, document_id: Uuid) {
        jobs::enqueue(c, None, kind, &DocumentJob { document_id }, self.clock.now()).await.unwrap();
    }

    async fn execute(&self, statement: &'static str) {
        let mut connection = self.database.db.write().await.unwrap();
        on!(&mut connection, c => {
            sqlx::query(statement).execute(&mut *c).await.unwrap();
        });
    }

    async fn count(&self, query: &'static str) -> i64 {
        let mut connection = self.database.db.read().await.unwrap();
        on!(&mut connection, c => sqlx::query_scalar(query).fetch_one(&mut *c).await.unwrap())
    }
}

fn settings(endpoint: &str, buckets: Buckets) -> Settings {
    Settings {
        public_url: "http://127.0.0.1:3000".parse().unwrap(),
        identity: IdentitySettings {
            issuer: "http://127.0.0.1:9".into(),
            internal_url: None,
            hosted_url: None,
            api_url: None,
            region: "us-east-1".into(),
            user_pool_id: "us-east-1_test0".into(),
            client_id: "web".into(),
            client_secret: SecretString::from("secret"),
            public_client_id: "lyceum".into(),
            public_redirect_uri: "http://127.0.0.1:8000/callback".into(),
            accepted_client_ids: Vec::new(),
            scopes: IdentitySettings::SCOPES.into(),
            logout_url: None,
            administration: None,
        },
        sessions: SessionSettings::default(),
        rate_limit: RateLimitSettings::default(),
        objects: ObjectSettings {
            endpoint: Some(endpoint.parse().unwrap()),
            public_url: None,
            region: "us-east-1".into(),
            buckets,
            credentials: ObjectCredentials::Static {
                access_key_id: "key".into(),
                secret_access_key: "secret".into(),
                session_token: None,
            },
        },
        uploads: UploadSettings::default(),
        reading: ReadingSettings::InProcess,
        text: crate::settings::TextSettings::Embedded,
        trusted_proxies: 0,
        heartbeat: Settings::HEARTBEAT,
    }
}

#[tokio::test]
async fn a_document_whose_reader_was_killed_is_read_by_the_next_one() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let ada = world.viewer().await;
        let id = world.add(&ada).await.id;
        world.reader.hangs.store(true, Ordering::SeqCst);
        world.reader.tells.store(3, Ordering::SeqCst);
        let backend = world.backend.clone();
        let killed = tokio::spawn(async move { backend.run_workers_once().await });
        let told = async {
            loop {
                let document = world.documents().document(&ada, id).await.unwrap();
                if document.progress == Some(DocumentProgress { page: 3, of: Some(100) }) {
                    return document;
                }
                tokio::task::yield_now().await;
            }
        };
        let document = tokio::time::timeout(Duration::from_secs(10), told).await.unwrap();
        assert_eq!((document.status, document.pages), (DocumentStatus::Processing, None));
        killed.abort();
        assert!(killed.await.unwrap_err().is_cancelled());
        world.reader.hangs.store(false, Ordering::SeqCst);

        assert_eq!(world.work().await, 0, "the lease of the killed one still holds");
        world.clock.advance_seconds(121);
        assert_eq!(world.work().await, 2, "reading and notes");
        let document = world.documents().document(&ada, id).await.unwrap();
        assert_eq!((document.status, document.pages, document.words), (DocumentStatus::Ready, Some(1), Some(7)));
        assert_eq!((document.progress, document.title.as_str()), (None, "Cells"));
        assert_eq!(document.notes_status, NotesStatus::Ready);
        assert_eq!(world.count("select count(*) from document_pages").await, 1);
        assert_eq!(world.count("select count(*) from outbox").await, 0);
    }
}

#[tokio::test]
async fn a_job_that_comes_twice_changes_nothing() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let ada = world.viewer().await;
        let id = world.add(&ada).await.id;
        world.work().await;
        let before = world.documents().document(&ada, id).await.unwrap();
        let mut connection = world.database.db.write().await.unwrap();
        for kind in [jobs::EXTRACT_DOCUMENT, jobs::MAKE_NOTES] {
            world.enqueue(&mut connection, kind, id).await;
        }
        drop(connection);
        world.work().await;
        assert_eq!(world.documents().document(&ada, id).await.unwrap(), before);
        assert_eq!(world.documents().notes_versions(&ada, id, 50, None).await.unwrap().versions.len(), 1);
        world.documents().delete(&ada, id).await.unwrap();
        let mut connection = world.database.db.write().await.unwrap();
        for kind in [jobs::EXTRACT_DOCUMENT, jobs::MAKE_NOTES] {
            world.enqueue(&mut connection, kind, id).await;
        }
        drop(connection);
        world.work().await;
        assert_eq!(world.count("select count(*) from jobs").await, 0, "a document that is gone is no failure");
    }
}

#[tokio::test]
async fn what_is_told_twice_is_noted_once() {
    const TELL_AGAIN: &str = "insert into outbox (event_id, topic, event_key, payload, run_at, created_at) \
         select event_id, topic, event_key, payload, run_at, created_at from told order by id";
    for engine in ENGINES {
        let world = World::new(engine).await;
        let ada = world.viewer().await;
        world.add(&ada).await;
        world.backend.0.runner.run_due().await.unwrap();
        world.execute("create table told as select * from outbox").await;
        assert_eq!(world.backend.0.relay.run_due().await.unwrap(), 2, "added and read");
        world.execute(TELL_AGAIN).await;
        assert_eq!(world.backend.0.relay.run_due().await.unwrap(), 2);
        assert_eq!(world.count("select count(*) from jobs where kind = 'document.notes'").await, 1);
    }
}

#[tokio::test]
async fn what_fails_is_tried_again_and_given_up_with_words_for_its_owner() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let ada = world.viewer().await;
        let id = world.add(&ada).await.id;
        world.reader.fails.store(2, Ordering::SeqCst);
        world.writer.fails.store(2, Ordering::SeqCst);
        for _ in 0..6 {
            world.work().await;
            world.clock.advance_seconds(700);
        }
        let document = world.documents().document(&ada, id).await.unwrap();
        assert_eq!((document.status, document.notes_status), (DocumentStatus::Ready, NotesStatus::Ready));

        world.writer.fails.store(100, Ordering::SeqCst);
        world.documents().regenerate_notes(&ada, id).await.unwrap();
        let hopeless = world.add(&ada).await.id;
        world.reader.fails.store(100, Ordering::SeqCst);
        for _ in 0..9 {
            world.work().await;
            world.clock.advance_seconds(700);
        }
        let notes = world.documents().notes(&ada, id).await.unwrap();
        assert_eq!((notes.status, notes.version), (NotesStatus::Failed, 1), "the version before is still there");
        assert!(notes.remark.unwrap().contains("several times"));
        let document = world.documents().document(&ada, hopeless).await.unwrap();
        assert_eq!(document.status, DocumentStatus::Processing, "it is not to blame, so it is tried for a day");
        for _ in 0..8 {
            world.work().await;
            world.clock.advance_seconds(11_000);
        }
        let document = world.documents().document(&ada, hopeless).await.unwrap();
        assert_eq!((document.status, document.notes_status), (DocumentStatus::Failed, NotesStatus::Failed));
        let failure = document.failure.unwrap();
        assert!(failure.message.contains("add the same file again"), "{}", failure.message);
        let dead = "select count(*) from jobs where dead_at is not null and last_error like '%is away'";
        assert_eq!(world.count(dead).await, 2, "for a person to look at");
        assert_eq!(world.count("select count(*) from jobs").await, 2);
    }
}

#[tokio::test]
async fn a_document_that_ends_its_process_is_given_up_soon_and_read_again_when_it_is_added_again() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let ada = world.viewer().await;
        let upload = DocumentOrigin::Upload(world.upload(&ada).await);
        let id = world.documents().add(&ada, upload).await.unwrap().id;
        world.reader.hangs.store(true, Ordering::SeqCst);
        for _ in 0..8 {
            world.kill_reading().await;
        }
        assert_eq!(world.work().await, 1);
        assert_eq!(world.reader.begun.load(Ordering::SeqCst), 8, "the ninth try does not begin to read");
        let document = world.documents().document(&ada, id).await.unwrap();
        assert_eq!((document.status, document.notes_status), (DocumentStatus::Failed, NotesStatus::Failed));
        let failure = document.failure.unwrap();
        assert_eq!(failure.code, FailureCode::Corrupt);
        assert!(failure.message.contains("Save it again"), "{}", failure.message);

        world.reader.hangs.store(false, Ordering::SeqCst);
        let again = world.documents().add(&ada, upload).await.unwrap();
        assert_eq!((again.id, again.status, again.failure), (id, DocumentStatus::Uploaded, None));
        assert_eq!(again.notes_status, NotesStatus::Processing);
        assert_eq!(world.work().await, 2, "reading and notes");
        let document = world.documents().document(&ada, id).await.unwrap();
        assert_eq!((document.status, document.notes_status), (DocumentStatus::Ready, NotesStatus::Ready));
        assert_eq!(world.documents().add(&ada, upload).await.unwrap(), document);
    }
}

#[tokio::test]
async fn what_the_reader_says_of_a_document_is_not_asked_for_again() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let ada = world.viewer().await;
        world.reader.refuses.store(true, Ordering::SeqCst);
        let upload = DocumentOrigin::Upload(world.upload(&ada).await);
        world.documents().add(&ada, upload).await.unwrap();
        world.work().await;
        let again = world.documents().add(&ada, upload).await.unwrap();
        assert_eq!((again.status, again.failure.unwrap().code), (DocumentStatus::Failed, FailureCode::Encrypted));
        assert_eq!(world.work().await, 0);
    }
}

#[tokio::test]
async fn whoever_is_told_to_stop_begins_no_further_job() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let ada = world.viewer().await;
        for _ in 0..3 {
            world.add(&ada).await;
        }
        let running = world.backend.0.runner.clone().run(Lane::Documents, world.reader.stop.clone());
        tokio::time::timeout(Duration::from_secs(30), running).await.unwrap();
        assert_eq!(world.reader.begun.load(Ordering::SeqCst), 1);
        assert_eq!(world.count("select count(*) from documents where status = 'ready'").await, 1);
        assert_eq!(world.count("select count(*) from documents where status = 'uploaded'").await, 2);
    }
}

#[tokio::test]
async fn a_reader_that_hurries_is_told_of_seldom() {
    let world = World::new(EngineKind::Sqlite).await;
    let ada = world.viewer().await;
    world.add(&ada).await;
    world.reader.tells.store(100, Ordering::SeqCst);
    world.work().await;
    let told = world.count("select count(*) from event_deliveries").await;
    assert!((4..=6).contains(&told), "added, begun, at most one page, read, noted: {told}");
}

#[tokio::test]
async fn a_statement_that_does_not_stand_at_its_place_is_never_shown() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let ada = world.viewer().await;
        *world.writer.made.lock().unwrap() =
            vec![(2, 14, "cell divides"), (2, 14, "cell dies at"), (3, 15, "cell divides"), (0, 900, "everything")];
        let id = world.add(&ada).await.id;
        world.work().await;
        let notes = world.documents().notes(&ada, id).await.unwrap();
        assert_eq!(notes.status, NotesStatus::Ready);
        assert_eq!(notes.points.len(), 1);
        assert_eq!(notes.points[0].citations[0].quote(), "cell divides");
        assert!(notes.points[0].citations[0].stands_in(TEXT));
        for shown in [&notes.markdown, &notes.html] {
            assert_eq!(shown.matches("/library/").count(), 1, "{shown}");
            assert!(!shown.contains("everything") && !shown.contains("dies"), "{shown}");
        }
    }
}

#[tokio::test]
async fn what_a_person_writes_while_notes_are_made_anew_is_kept_as_a_version() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let ada = world.viewer().await;
        *world.writer.made.lock().unwrap() = vec![(2, 14, "cell divides"), (16, 20, "Then")];
        let id = world.add(&ada).await.id;
        world.work().await;
        let first = world.documents().notes(&ada, id).await.unwrap();
        assert_eq!((first.version, first.points.len()), (1, 2));
        assert_eq!(world.documents().regenerate_notes(&ada, id).await.unwrap().status, NotesStatus::Processing);
        let line = first.markdown.lines().find(|line| line.contains("cell")).unwrap();
        let mine = format!("# Mine\n\n{line}\n");
        let edited = world.documents().edit_notes(&ada, id, 1, mine.clone()).await.unwrap();
        assert_eq!((edited.version, edited.edited, edited.status), (2, true, NotesStatus::Processing));
        assert_eq!(edited.points, first.points[..1], "only what is still cited");
        world.work().await;
        let now = world.documents().notes(&ada, id).await.unwrap();
        assert_eq!((now.version, now.edited, &now.markdown), (3, false, &first.markdown));
        let versions = world.documents().notes_versions(&ada, id, 50, None).await.unwrap().versions;
        let told: Vec<_> = versions.iter().map(|version| (version.version, version.edited)).collect();
        assert_eq!(told, [(3, false), (2, true), (1, false)]);
        assert_eq!(versions[1].markdown, mine);
    }
}
