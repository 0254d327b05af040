//! One installation of the app with its provider, and requests to it.

use crate::{
    provider::{BFF, BFF_SECRET, PUBLIC, Person, Provider},
    store::ObjectStore,
};
use axum::{Router, body::Body, response::Response};
use backend::{
    Backend, IdentitySettings, RateLimitSettings, ReadingSettings, SessionSettings, Settings, TextSettings,
    UploadSettings,
    clients::identity::{AwsCredentials, StaticCredentials},
};
use db::{Db, EngineKind, on, sqlx, testing::TestDb};
use domain::clock::Clock;
use http::{HeaderMap, Method, Request, StatusCode, header};
use http_body_util::BodyExt as _;
use serde_json::Value;
use std::{collections::HashMap, sync::Arc, time::Duration};
use tower::ServiceExt as _;
use url::Url;

/// Where the app is reached, as far as anybody asks.
pub(crate) const APP: &str = "http://127.0.0.1:3000";
pub(crate) const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

/// An answer, read to its end.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("not JSON: {:?}", self.text()))
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }

    pub(crate) fn location(&self) -> &str {
        self.header("location")
    }

    /// The value that a cookie is set to; empty when it is cleared.
    pub(crate) fn cookie(&self, name: &str) -> Option<String> {
        let lines = self.headers.get_all(header::SET_COOKIE).iter().map(|line| line.to_str().unwrap());
        let mut values = lines.filter_map(|line| line.strip_prefix(&format!("{name}="))?.split(';').next());
        values.next().map(str::to_owned)
    }

    /// Asserts the refusal and that it is a whole problem document.
    #[track_caller]
    pub(crate) fn refused(&self, status: u16, code: &str) {
        assert_eq!(self.status.as_u16(), status, "{}", self.text());
        assert_eq!(self.header("content-type"), "application/problem+json");
        let problem = self.json();
        assert_eq!(problem["code"], code, "{problem}");
        assert_eq!(problem["status"], status);
        assert_eq!(problem["type"], format!("/problems/{code}"));
        assert!(problem["title"].is_string() && problem["detail"].is_string());
        assert_eq!(problem["request_id"], "test-request");
        if status == 401 {
            assert!(self.header("www-authenticate").starts_with("Bearer"));
        }
        if status == 429 || status == 503 {
            assert!(self.header("retry-after").parse::<u64>().unwrap() >= 1);
        }
    }

    /// Asserts a 422 about one field.
    #[track_caller]
    pub(crate) fn broke(&self, loc: &[&str], rule: &str) {
        assert_eq!(self.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", self.text());
        let problem = self.json();
        assert_eq!(problem["errors"][0]["loc"], serde_json::json!(loc), "{problem}");
        assert_eq!(problem["errors"][0]["type"], rule, "{problem}");
    }
}

/// A request being put together.
pub(crate) struct Call {
    router: Router,
    request: http::request::Builder,
    body: Vec<u8>,
}

impl Call {
    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.request = self.request.header(name, value);
        self
    }

    pub(crate) fn bearer(self, token: &str) -> Self {
        self.header("authorization", &format!("Bearer {token}"))
    }

    pub(crate) fn session(self, cookie: &str) -> Self {
        self.header("cookie", &format!("lyceum_session={cookie}"))
    }

    pub(crate) fn json(self, body: &Value) -> Self {
        self.body("application/json", body.to_string().as_bytes())
    }

    pub(crate) fn body(mut self, content_type: &str, body: &[u8]) -> Self {
        self.body = body.to_vec();
        self.header("content-type", content_type)
    }

    /// The cookie of a browser, and what every browser says with it of where the request comes from.
    pub(crate) fn browser(self, cookie: &str) -> Self {
        self.session(cookie).header("sec-fetch-site", "same-origin")
    }

    /// The answer with its body still to come.
    pub(crate) async fn open(self) -> Response {
        let request = self.request.body(Body::from(self.body)).unwrap();
        self.router.oneshot(request).await.unwrap()
    }

    pub(crate) async fn send(self) -> Answer {
        let (parts, body) = self.open().await.into_parts();
        let body = body.collect().await.unwrap().to_bytes().to_vec();
        Answer { status: parts.status, headers: parts.headers, body }
    }
}

/// A registered person.
pub(crate) struct Member {
    pub(crate) person: Person,
    pub(crate) sub: String,
    pub(crate) token: String,
}

/// What a test changes of the settings.
#[derive(Clone)]
pub(crate) struct Options {
    pub(crate) sessions: SessionSettings,
    pub(crate) rate_limit: RateLimitSettings,
    pub(crate) administration: bool,
    pub(crate) uploads: UploadSettings,
    pub(crate) text: TextSettings,
    pub(crate) heartbeat: Duration,
}

impl Default for Options {
    fn default() -> Self {
        let rate_limit = RateLimitSettings { per_second: 10_000, burst: 10_000, daily_quota: None };
        Self {
            sessions: SessionSettings::default(),
            rate_limit,
            administration: true,
            uploads: UploadSettings::default(),
            text: TextSettings::default(),
            heartbeat: Settings::HEARTBEAT,
        }
    }
}

pub(crate) struct World {
    pub(crate) clock: Clock,
    pub(crate) provider: Provider,
    pub(crate) backend: Backend,
    pub(crate) database: TestDb,
    pub(crate) store: ObjectStore,
    options: Options,
    router: Router,
}

impl World {
    pub(crate) async fn new(engine: EngineKind) -> Self {
        Self::with(engine, Options::default()).await
    }

    pub(crate) async fn with(engine: EngineKind, options: Options) -> Self {
        let clock = Clock::system();
        let (provider, database) = (Provider::start(clock.clone()).await, TestDb::new(engine).await);
        let store = ObjectStore::start(clock.clone()).await;
        let settings = settings(&provider, &store, &options);
        let backend = Backend::new(settings, database.db.clone(), clock.clone()).unwrap();
        let router = backend.protect(backend.rest().0);
        Self { clock, provider, backend, database, store, options, router }
    }

    /// Another process on the same database.
    pub(crate) async fn second(&self) -> Router {
        let backend = self.second_backend().await;
        backend.protect(backend.rest().0)
    }

    /// The services of another process on the same database.
    pub(crate) async fn second_backend(&self) -> Backend {
        self.backend_with(&self.options).await
    }

    /// The services of another process on the same database, with other settings.
    pub(crate) async fn backend_with(&self, options: &Options) -> Backend {
        let db = Db::open(&self.database.url, 4).await.unwrap();
        Backend::new(settings(&self.provider, &self.store, options), db, self.clock.clone()).unwrap()
    }

    pub(crate) fn put(&self, path: &str) -> Call {
        self.call(Method::PUT, path)
    }

    /// Registers somebody and gives them with a bearer token.
    pub(crate) async fn member(&self, given_name: &str) -> Member {
        let person = Person::new(given_name, "Example");
        Member { token: self.register(&person).await, sub: person.sub.clone(), person }
    }

    /// Starts a conversation and gives its id.
    pub(crate) async fn conversation(&self, starter: &Member, others: &[&Member], title: Option<&str>) -> i64 {
        let subs: Vec<&str> = others.iter().map(|other| other.sub.as_str()).collect();
        let body = serde_json::json!({ "participant_subs": subs, "title": title });
        let answer = self.post("/api/conversations").bearer(&starter.token).json(&body).send().await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
        answer.json()["id"].as_i64().unwrap()
    }

    /// Sends a message and gives it.
    pub(crate) async fn send(&self, sender: &Member, conversation: i64, content: &str) -> Value {
        let body = serde_json::json!({ "conversation_id": conversation, "content": content });
        let answer = self.post("/api/messages").bearer(&sender.token).json(&body).send().await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
        answer.json()
    }

    pub(crate) fn call(&self, method: Method, path: &str) -> Call {
        call(self.router.clone(), method, path)
    }

    pub(crate) fn get(&self, path: &str) -> Call {
        self.call(Method::GET, path)
    }

    pub(crate) fn post(&self, path: &str) -> Call {
        self.call(Method::POST, path)
    }

    pub(crate) fn patch(&self, path: &str) -> Call {
        self.call(Method::PATCH, path)
    }

    pub(crate) fn delete(&self, path: &str) -> Call {
        self.call(Method::DELETE, path)
    }

    /// Registers the person as a program does, and gives a bearer token.
    pub(crate) async fn register(&self, person: &Person) -> String {
        let token = self.provider.id_token(person);
        let answer = self.post("/api/register-user").bearer(&token).send().await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
        token
    }

    /// The same person with a token of now.
    pub(crate) fn renewed(&self, member: Member) -> Member {
        Member { token: self.provider.id_token(&member.person), ..member }
    }

    /// Goes to the provider: its query and the browser's cookie.
    pub(crate) async fn begin(&self, path: &str) -> (HashMap<String, String>, String) {
        let answer = self.get(path).send().await;
        assert_eq!(answer.status, StatusCode::FOUND, "{}", answer.text());
        let location = Url::parse(answer.location()).unwrap();
        (location.query_pairs().into_owned().collect(), answer.cookie("lyceum_sign_in").unwrap())
    }

    /// Comes back from the provider.
    pub(crate) async fn come_back(&self, query: &str, browser: &str) -> Answer {
        self.get(&format!("/auth/callback?{query}"))
            .header("cookie", &format!("lyceum_sign_in={browser}"))
            .header("user-agent", FIREFOX)
            .send()
            .await
    }

    /// Signs the person in with a browser: the value of the session's cookie.
    pub(crate) async fn sign_in(&self, person: &Person) -> String {
        let (query, browser) = self.begin("/auth/sign-in").await;
        let code = self.provider.authorize(person, &query);
        let answer = self.come_back(&format!("code={code}&state={}", query["state"]), &browser).await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/"), "{}", answer.text());
        answer.cookie("lyceum_session").unwrap()
    }

    /// A number that a query gives.
    pub(crate) async fn count(&self, query: &'static str) -> i64 {
        let mut connection = self.database.db.read().await.unwrap();
        on!(&mut connection, c => sqlx::query_scalar(query).fetch_one(&mut *c).await.unwrap())
    }
}

pub(crate) fn call(router: Router, method: Method, path: &str) -> Call {
    let request = Request::builder().method(method).uri(path).header("x-request-id", "test-request");
    Call { router, request, body: Vec::new() }
}

fn settings(provider: &Provider, store: &ObjectStore, options: &Options) -> Settings {
    let credentials =
        AwsCredentials { access_key_id: "key".into(), secret_access_key: "secret".into(), session_token: None };
    let issuer = provider.issuer();
    Settings {
        public_url: APP.parse().unwrap(),
        identity: IdentitySettings {
            issuer: issuer.to_owned(),
            internal_url: None,
            hosted_url: None,
            api_url: options.administration.then(|| issuer.parse().unwrap()),
            region: "us-east-1".into(),
            user_pool_id: "us-east-1_test0".into(),
            client_id: BFF.into(),
            client_secret: BFF_SECRET.into(),
            public_client_id: PUBLIC.into(),
            public_redirect_uri: "http://127.0.0.1:8000/callback".into(),
            accepted_client_ids: Vec::new(),
            scopes: IdentitySettings::SCOPES.into(),
            logout_url: None,
            administration: options.administration.then(|| Arc::new(StaticCredentials(credentials)) as _),
        },
        sessions: options.sessions,
        rate_limit: options.rate_limit,
        objects: store.settings(),
        uploads: options.uploads,
        text: options.text.clone(),
        reading: ReadingSettings::InProcess,
        trusted_proxies: 1,
        heartbeat: options.heartbeat,
    }
}

/// Runs the body once per engine.
#[macro_export]
macro_rules! on_both_engines {
    ($name:ident, $world:ident => $body:block) => {
        $crate::on_both_engines!($name, $crate::world::Options::default(), $world => $body);
    };
    ($name:ident, $options:expr, $world:ident => $body:block) => {
        mod $name {
            #[allow(unused_imports)]
            use super::*;

            async fn run(engine: db::EngineKind) {
                let $world = $crate::world::World::with(engine, $options).await;
                $body
            }

            #[tokio::test]
            async fn sqlite() {
                run(db::EngineKind::Sqlite).await;
            }

            #[tokio::test]
            async fn postgres() {
                run(db::EngineKind::Postgres).await;
            }
        }
    };
}
