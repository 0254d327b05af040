//! Services, stores and REST: everything between the `domain` traits and the database and outside services.
//!
//! [`Backend`] is the one door. `server` builds it from [`Settings`], mounts [`Backend::rest`], wraps the whole app
//! with [`Backend::protect`] and starts [`Backend::spawn_workers`]; pages get [`Backend::accounts`] and
//! [`Backend::sessions`] as trait objects.

mod access;
mod accounts;
mod albums;
mod archives;
pub mod clients;
mod config;
mod conversations;
mod documents;
mod events;
mod export;
mod failure;
pub mod http;
mod jobs;
mod markdown;
mod outbox;
mod providers;
mod quizzes;
mod refolding;
mod review;
pub mod seed;
mod sessions;
pub mod settings;
mod state;
#[cfg(test)]
mod statements;
mod uploads;

pub use settings::{
    Buckets, IdentitySettings, ObjectCredentials, ObjectSettings, RateLimitSettings, ReadingSettings, SessionSettings,
    Settings, TextSettings, UploadSettings,
};

use crate::{
    accounts::service::{AccountService, Belongings},
    albums::service::AlbumService,
    clients::{identity::Identity, objects::Objects},
    conversations::service::ConversationService,
    documents::service::{DocumentService, NotesOnProcessed},
    events::Events,
    failure::Failure,
    http::{
        authenticate::{authenticate, unknown_method, unknown_path},
        origin::{OriginCheck, check_origin},
        problem::name_request,
        rate_limit::{RateLimit, limit_rate},
    },
    jobs::{Cleanup, Handlers, Jobs, Lane, Runner},
    outbox::Relay,
    providers::Providers,
    quizzes::service::QuizService,
    refolding::Refolding,
    review::service::ReviewService,
    seed::{Seed, SeedError},
    sessions::{cookie::Cookies, flow::SignIn, service::SessionService},
    uploads::service::UploadService,
};
use axum::{Router, extract::DefaultBodyLimit, middleware, routing::any};
use db::{Db, on};
use domain::{
    ApiError, ErrorCode,
    accounts::{Accounts as _, RegistrationClaims},
    clock::Clock,
};
use std::{sync::Arc, time::Duration};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use utoipa::OpenApi as _;
use utoipa_axum::router::OpenApiRouter;

/// Longest body of a call that does not say otherwise.
const BODY_LIMIT: usize = 1_000_000;
/// A database that takes longer than this is not ready.
const READY_TIMEOUT: Duration = Duration::from_secs(2);

/// The settings do not work together.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// The identity provider's addresses.
    #[error("identity provider: {0}")]
    Identity(String),
    /// The app's own address.
    #[error("public address: {0}")]
    PublicUrl(String),
    /// Who makes notes and questions.
    #[error("text provider: {0}")]
    Text(String),
}

/// The services, wired up. Cheap to clone.
#[derive(Clone)]
pub struct Backend(Arc<Inner>);

struct Inner {
    settings: Arc<Settings>,
    db: Db,
    clock: Clock,
    cookies: Cookies,
    identity: Arc<Identity>,
    accounts: Arc<AccountService>,
    conversations: Arc<ConversationService>,
    albums: Arc<AlbumService>,
    documents: Arc<DocumentService>,
    quizzes: Arc<QuizService>,
    reviews: Arc<ReviewService>,
    events: Events,
    objects: Objects,
    uploads: UploadService,
    sessions: Arc<SessionService>,
    sign_in: SignIn,
    origin: OriginCheck,
    rate_limit: RateLimit,
    runner: Runner,
    relay: Relay,
    cleanup: Cleanup,
    refolding: Refolding,
}

impl Backend {
    /// Wires the services up. Asks nobody: the identity provider may start later than we do.
    ///
    /// # Errors
    /// When an address in the settings cannot be used.
    pub fn new(settings: Settings, db: Db, clock: Clock) -> Result<Self, SetupError> {
        let providers = Providers::of(&settings, &clock).map_err(|failure| SetupError::Text(failure.to_string()))?;
        Self::with(settings, providers, db, clock)
    }

    pub(crate) fn with(settings: Settings, providers: Providers, db: Db, clock: Clock) -> Result<Self, SetupError> {
        let settings = Arc::new(settings);
        let identity =
            Identity::new(settings.clone(), clock.clone()).map_err(|error| SetupError::Identity(error.to_string()))?;
        let origin =
            OriginCheck::new(&settings.public_url).map_err(|error| SetupError::PublicUrl(error.to_string()))?;
        let (identity, jobs) = (Arc::new(identity), Jobs::default());
        let objects = Objects::new(settings.objects.clone(), clock.clone());
        let buckets = settings.objects.buckets.clone();
        let (db_of, clock_of) = (db.clone(), clock.clone());
        let uploads = UploadService::new(db_of, clock_of, jobs.clone(), objects.clone(), settings.uploads, buckets);
        let events = Events::new(db.clone(), clock.clone());
        let conversations = Arc::new(ConversationService {
            db: db.clone(),
            clock: clock.clone(),
            events: events.clone(),
            uploads: uploads.clone(),
        });
        uploads.tell_of_thumbnails(vec![conversations.clone()]);
        let albums = Arc::new(AlbumService {
            db: db.clone(),
            clock: clock.clone(),
            events: events.clone(),
            uploads: uploads.clone(),
        });
        let documents = Arc::new(DocumentService {
            db: db.clone(),
            clock: clock.clone(),
            jobs: jobs.clone(),
            events: events.clone(),
            uploads: uploads.clone(),
            extractor: providers.extractor,
            text: providers.text.clone(),
        });
        let quizzes = Arc::new(QuizService {
            db: db.clone(),
            clock: clock.clone(),
            conversations: conversations.clone(),
            documents: documents.clone(),
            jobs: jobs.clone(),
            text: providers.text,
            public_url: settings.public_url.clone(),
        });
        let reviews = Arc::new(ReviewService { db: db.clone(), clock: clock.clone() });
        let notes = NotesOnProcessed { clock: clock.clone(), jobs: jobs.clone() };
        let relay = Relay::within(&db, &clock, &jobs, vec![Arc::new(notes)]);
        let belongings = Belongings {
            conversations: conversations.clone(),
            albums: albums.clone(),
            documents: documents.clone(),
            quizzes: quizzes.clone(),
            uploads: uploads.clone(),
        };
        let accounts = Arc::new(AccountService::new(db.clone(), clock.clone(), jobs.clone(), belongings));
        let sessions = Arc::new(SessionService::new(
            db.clone(),
            clock.clone(),
            settings.sessions,
            identity.clone(),
            events.clone(),
        ));
        let rate_limit = RateLimit::new(&settings.rate_limit, settings.trusted_proxies, db.clone(), clock.clone());
        let handlers = Handlers {
            administration: identity.administration(clock.clone()),
            albums: albums.clone(),
            uploads: uploads.clone(),
            documents: documents.clone(),
            quizzes: quizzes.clone(),
        };
        Ok(Self(Arc::new(Inner {
            cookies: Cookies::new(settings.https()),
            sign_in: SignIn {
                db: db.clone(),
                clock: clock.clone(),
                settings: settings.clone(),
                identity: identity.clone(),
                accounts: accounts.clone(),
                sessions: sessions.clone(),
            },
            runner: Runner { db: db.clone(), clock: clock.clone(), jobs, handlers },
            cleanup: Cleanup {
                db: db.clone(),
                clock: clock.clone(),
                sessions: settings.sessions,
                rate_limit: rate_limit.clone(),
                events: events.clone(),
                uploads: uploads.clone(),
                relay: relay.clone(),
            },
            refolding: Refolding { db: db.clone(), clock: clock.clone() },
            relay,
            settings,
            db,
            clock,
            identity,
            accounts,
            conversations,
            albums,
            documents,
            quizzes,
            reviews,
            events,
            objects,
            uploads,
            sessions,
            origin,
            rate_limit,
        })))
    }

    /// Registers the demo people of development, and lets them have talked if they are new. One who has cancelled their
    /// account stays away.
    ///
    /// # Errors
    /// When the database fails, or a person lacks an attribute.
    pub async fn make_demo(&self, people: Vec<RegistrationClaims>) -> Result<(), ApiError> {
        let mut accounts = Vec::new();
        for claims in people {
            let sub = claims.sub.clone();
            match self.0.accounts.register(claims).await {
                Err(error) if error.code == ErrorCode::Unauthorized => continue,
                outcome => outcome?,
            };
            accounts.extend(self.0.accounts.account_id(&sub).await?);
        }
        Ok(self.0.conversations.make_demo(&accounts).await?)
    }

    /// Everything under `/api` and `/auth`, and its OpenAPI document. Wants [`Backend::protect`] around it.
    pub fn rest(&self) -> (Router, utoipa::openapi::OpenApi) {
        let (api, document) = OpenApiRouter::with_openapi(http::openapi::Document::openapi())
            .merge(accounts::rest::router())
            .merge(sessions::rest::api_router())
            .merge(conversations::rest::router())
            .merge(albums::rest::router())
            .merge(documents::rest::router())
            .merge(quizzes::rest::router())
            .merge(review::rest::router())
            .merge(export::router())
            .merge(events::rest::router())
            .merge(uploads::rest::router())
            .merge(config::router())
            .split_for_parts();
        let router = api
            .merge(sessions::rest::browser_router())
            .route("/api", any(unknown_path))
            .route("/api/", any(unknown_path))
            .route("/api/{*path}", any(unknown_path))
            .method_not_allowed_fallback(unknown_method)
            .layer(DefaultBodyLimit::max(BODY_LIMIT))
            .with_state(self.clone());
        (router, document)
    }

    /// Puts the layers that every request passes around the whole app, outermost first: the request id in refusals,
    /// the origin check, who is asking (into the extensions), how often. The layer that makes request ids belongs
    /// outside of them.
    pub fn protect(&self, router: Router) -> Router {
        let inner = &self.0;
        router
            .layer(middleware::from_fn_with_state(inner.rate_limit.clone(), limit_rate))
            .layer(middleware::from_fn_with_state(self.clone(), authenticate))
            .layer(middleware::from_fn_with_state(inner.origin.clone(), check_origin))
            .layer(middleware::from_fn(name_request))
    }

    /// Starts the workers: jobs, clean-up, and the folding of what an older version wrote. They finish what they have
    /// begun when `stop` is cancelled; wait for them with the tracker.
    pub fn spawn_workers(&self, stop: &CancellationToken) -> TaskTracker {
        let tracker = TaskTracker::new();
        for lane in Lane::ALL {
            tracker.spawn(self.0.runner.clone().run(lane, stop.clone()));
        }
        tracker.spawn(self.0.relay.clone().run(stop.clone()));
        tracker.spawn(self.0.cleanup.clone().run(stop.clone()));
        tracker.spawn(self.0.refolding.clone().run(stop.clone()));
        self.0.events.spawn_workers(&tracker, stop);
        tracker.close();
        tracker
    }

    /// Runs the jobs that are due and what comes of them, delivers what has happened, folds what an older version wrote,
    /// and does one clean-up; tells how many jobs were tried.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn run_workers_once(&self) -> Result<usize, ApiError> {
        self.0.cleanup.once().await?;
        self.0.refolding.once(&CancellationToken::new()).await?;
        let mut tries = 0;
        loop {
            let jobs = self.0.runner.run_due().await.map_err(Failure::from)?;
            let messages = self.0.relay.run_due().await.map_err(Failure::from)?;
            tries += jobs;
            if jobs + messages == 0 {
                return Ok(tries);
            }
        }
    }

    /// Fills a database that has no conversations with invented people and what they have said to each other.
    ///
    /// # Errors
    /// When there are conversations, or the database fails; then nothing was made.
    pub async fn seed(&self, seed: &Seed) -> Result<(), SeedError> {
        seed::run(&self.0.db, &self.0.clock, seed).await
    }

    /// The origins that browsers send files to and get them from.
    #[must_use]
    pub fn file_origins(&self) -> Vec<String> {
        self.0.settings.objects.origins()
    }

    /// Whether the object store answers and lets us in.
    pub async fn objects_ready(&self) -> bool {
        tokio::time::timeout(READY_TIMEOUT, self.0.objects.answers()).await.unwrap_or(false)
    }

    /// Whether the database answers.
    pub async fn ready(&self) -> bool {
        let asked = async {
            let mut connection = self.0.db.read().await?;
            on!(&mut connection, c => sqlx::query("select 1").execute(&mut *c).await.map(drop))
        };
        matches!(tokio::time::timeout(READY_TIMEOUT, asked).await, Ok(Ok(())))
    }
}
