//! Somebody with a document, and providers that a test tells what to do.

use crate::{
    Backend, Buckets, IdentitySettings, ObjectCredentials, ObjectSettings, RateLimitSettings, ReadingSettings,
    SessionSettings, Settings, UploadSettings,
    accounts::store::{self as account_store, NewAccount},
    documents::service::DocumentJob,
    failure::Failure,
    jobs,
    providers::{
        Providers,
        extraction::{Extracted, Extractor, OnProgress, Source},
        text::{MadeNotes, MadeQuestions, TextProvider, WantedQuestions, passage_path},
    },
    uploads::service::Received,
};
use async_trait::async_trait;
use db::{Connection, EngineKind, on, testing::TestDb};
use domain::{
    Viewer,
    citation::Citation,
    clock::Clock,
    documents::{
        Document, DocumentFailure, DocumentOrigin, DocumentPage, DocumentProgress, Documents, FailureCode, NotePoint,
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

pub(super) const TEXT: &str = "A cell divides. Then there are two.";

/// Reads one page, as long as nobody tells it otherwise.
#[derive(Debug, Default)]
pub(super) struct Reader {
    pub(super) hangs: AtomicBool,
    /// Says that the document asks for a password.
    pub(super) refuses: AtomicBool,
    /// So many tries fail.
    pub(super) fails: AtomicU32,
    /// So many pages are told of, one after the other.
    pub(super) tells: AtomicU32,
    /// So many tries have begun.
    pub(super) begun: AtomicU32,
    /// Whoever works is told to stop when the first of them begins.
    pub(super) stop: CancellationToken,
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

/// Makes the notes that a test wants, and no questions.
#[derive(Debug, Default)]
pub(super) struct Writer {
    pub(super) made: Mutex<Vec<(u32, u32, &'static str)>>,
    pub(super) fails: AtomicU32,
}

impl Writer {
    fn fail_if_told(&self) -> Result<(), Failure> {
        let failing = self.fails.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        if failing.is_ok() { Err(Failure::Broken("the writer is away")) } else { Ok(()) }
    }
}

#[async_trait]
impl TextProvider for Writer {
    async fn make_notes(&self, id: Uuid, _: &[DocumentPage], _: Option<&str>) -> Result<MadeNotes, Failure> {
        self.fail_if_told()?;
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
        self.fail_if_told()?;
        Ok(MadeQuestions::default())
    }
}

pub(super) struct World {
    pub(super) database: TestDb,
    pub(super) clock: Clock,
    pub(super) backend: Backend,
    pub(super) reader: Arc<Reader>,
    pub(super) writer: Arc<Writer>,
    folder: PathBuf,
    _stop: DropGuard,
}

impl Drop for World {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.folder).ok();
    }
}

impl World {
    pub(super) async fn new(engine: EngineKind) -> Self {
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

    pub(super) fn documents(&self) -> Arc<dyn Documents> {
        self.backend.documents()
    }

    pub(super) async fn viewer(&self) -> Viewer {
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

    pub(super) async fn add(&self, viewer: &Viewer) -> Document {
        let upload_id = self.upload(viewer).await;
        self.documents().add(viewer, DocumentOrigin::Upload(upload_id)).await.unwrap()
    }

    pub(super) async fn upload(&self, viewer: &Viewer) -> Uuid {
        let mut received = Received::new("cells.txt".into(), "text/plain".into()).await.unwrap();
        received.write(TEXT.as_bytes()).await.unwrap();
        received.finish().await.unwrap();
        self.backend.document_service().receive(viewer, received).await.unwrap().upload_id
    }

    /// Has the process end while it reads, and its lease run out.
    pub(super) async fn kill_reading(&self) {
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

    pub(super) async fn work(&self) -> usize {
        self.backend.run_workers_once().await.unwrap()
    }

    pub(super) async fn enqueue(&self, c: &mut Connection, kind: &str, document_id: Uuid) {
        jobs::enqueue(c, None, kind, &DocumentJob { document_id }, self.clock.now()).await.unwrap();
    }

    pub(super) async fn execute(&self, statement: &'static str) {
        let mut connection = self.database.db.write().await.unwrap();
        on!(&mut connection, c => {
            sqlx::query(statement).execute(&mut *c).await.unwrap();
        });
    }

    pub(super) async fn count(&self, query: &'static str) -> i64 {
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
