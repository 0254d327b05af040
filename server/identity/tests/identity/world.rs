//! A provider on a fresh database, browsers and programs that talk to it.

use axum::{Router, body::Body};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use db::{Db, EngineKind, testing::TestDb};
use domain::clock::Clock;
use http::{HeaderMap, Method, Request, StatusCode, header};
use http_body_util::BodyExt as _;
use identity::{AdministrationKey, Client, ClientAddress, DemoPerson, Identity, Limits, MailSettings, Settings};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    net::IpAddr,
    panic,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};
use tower::ServiceExt as _;

pub(crate) const ORIGIN: &str = "http://127.0.0.1:3000";
pub(crate) const ISSUER: &str = "http://127.0.0.1:3000/identity/us-east-1_embedded0";
pub(crate) const PUBLIC: &str = "lyceum";
pub(crate) const CONFIDENTIAL: &str = "lyceum-web";
pub(crate) const SECRET: &str = "s3cret+with/odd%characters";
pub(crate) const REDIRECT: &str = "http://127.0.0.1:3000/auth/callback";
pub(crate) const PASSWORD: &str = "Correct-horse-1";
pub(crate) const ALL_SCOPES: &str = "openid email profile aws.cognito.signin.user.admin";
/// RFC 7636, appendix B.
pub(crate) const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
pub(crate) const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

pub(crate) fn settings() -> Settings {
    let client = |client_id: &str, secret: Option<&str>| Client {
        client_id: client_id.into(),
        secret: secret.map(Into::into),
        redirect_uris: vec![REDIRECT.into(), format!("{ORIGIN}/other")],
        logout_uris: vec![format!("{ORIGIN}/"), format!("{ORIGIN}/identity/signed-out")],
        scopes: ALL_SCOPES.split(' ').map(str::to_owned).collect(),
        password_grant: secret.is_none(),
    };
    Settings {
        public_url: ORIGIN.parse().unwrap(),
        pool_id: "us-east-1_embedded0".into(),
        sign_in_url: format!("{ORIGIN}/auth/sign-in").parse().unwrap(),
        clients: vec![client(PUBLIC, None), client(CONFIDENTIAL, Some(SECRET))],
        access_token_seconds: 3_600,
        refresh_token_seconds: 5 * 86_400,
        browser_session_seconds: 3_600,
        production: false,
        mail: MailSettings::Outbox,
        demo_people: vec![DemoPerson {
            email: "ada@demo.test".into(),
            given_name: "Ada".into(),
            family_name: "Lovelace".into(),
        }],
        test_clock: true,
        administration: Some(AdministrationKey {
            access_key_id: "AKIDLYCEUM".into(),
            secret_access_key: "administration-secret".into(),
        }),
        limits: Limits::default(),
    }
}

pub(crate) struct World {
    pub(crate) database: TestDb,
    pub(crate) clock: Clock,
    pub(crate) router: Router,
    pub(crate) identity: Identity,
}

impl World {
    pub(crate) async fn new(engine: EngineKind) -> Self {
        Self::with(engine, settings()).await
    }

    pub(crate) async fn with(engine: EngineKind, settings: Settings) -> Self {
        let database = TestDb::new(engine).await;
        let clock = Clock::system();
        let identity = Identity::new(settings, database.db.clone(), clock.clone()).await.expect("starts");
        Self { database, clock, router: identity.router(), identity }
    }

    /// Another process on the same database.
    pub(crate) async fn another(&self) -> (Router, Db) {
        let db = Db::open(&self.database.url, 2).await.expect("opens again");
        let identity = Identity::new(settings(), db.clone(), self.clock.clone()).await.expect("starts again");
        (identity.router(), db)
    }

    pub(crate) fn browser(&self) -> Browser {
        Browser::new(self.router.clone())
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        send(&self.router, Request::get(path).body(Body::empty()).unwrap()).await
    }

    /// Calls the JSON API.
    pub(crate) async fn call(&self, operation: &str, input: Value) -> Answer {
        call(&self.router, operation, input.to_string()).await
    }

    /// Calls an OAuth endpoint with a form; `basic` names client and secret for the header.
    pub(crate) async fn form(&self, path: &str, pairs: &[(&str, &str)], basic: Option<(&str, &str)>) -> Answer {
        form(&self.router, path, pairs, basic).await
    }

    /// The newest mail first.
    pub(crate) async fn mails(&self, to: &str) -> Vec<Value> {
        let request = Request::get(format!("/identity/outbox?{}", encode(&[("to", to)])))
            .header(header::ACCEPT, "application/json")
            .body(Body::empty())
            .unwrap();
        let answer = send(&self.router, request).await;
        assert_eq!(answer.status, StatusCode::OK);
        answer.json().as_array().expect("a list").clone()
    }

    /// The six digits in the newest mail.
    pub(crate) async fn code(&self, to: &str) -> String {
        let mails = self.mails(to).await;
        let text = mails.first().expect("a mail").get("text").and_then(Value::as_str).expect("a text").to_owned();
        let mut words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_');
        words.find(|word| word.len() == 6 && word.bytes().all(|byte| byte.is_ascii_digit())).expect("a code").to_owned()
    }

    /// The path of the link in the newest mail.
    pub(crate) async fn link(&self, to: &str) -> String {
        let mails = self.mails(to).await;
        let text = mails.first().expect("a mail").get("text").and_then(Value::as_str).expect("a text").to_owned();
        let link = text.lines().find(|line| line.starts_with(ORIGIN)).expect("a link").to_owned();
        link.strip_prefix(ORIGIN).unwrap().to_owned()
    }

    /// Signs up and confirms by the JSON API. Answers with the sub.
    pub(crate) async fn person(&self, email: &str) -> String {
        let answer = self.call("SignUp", sign_up(email)).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        let code = self.code(email).await;
        let confirm = json!({"ClientId": PUBLIC, "Username": email, "ConfirmationCode": code});
        let confirmed = self.call("ConfirmSignUp", confirm).await;
        assert_eq!(confirmed.status, StatusCode::OK, "{}", confirmed.body);
        answer.json()["UserSub"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn password_auth(&self, email: &str, password: &str) -> Answer {
        self.call("InitiateAuth", password_auth(email, password)).await
    }

    /// Access and refresh token by the JSON API.
    pub(crate) async fn native_tokens(&self, email: &str) -> Value {
        let answer = self.password_auth(email, PASSWORD).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        answer.json()["AuthenticationResult"].clone()
    }

    /// Signs in by the form and answers with the code.
    pub(crate) async fn code_for(&self, browser: &mut Browser, email: &str, scope: &str) -> String {
        let authorize = authorize(&[("scope", scope)]);
        let mut answer = browser.get(&authorize).await;
        if answer.location().starts_with("/identity/login") {
            let login = answer.location();
            browser.get(&login).await;
            answer = browser.post(&login, &[("email", email), ("password", PASSWORD)]).await;
        }
        assert!(answer.location().starts_with(REDIRECT), "{} {}", answer.location(), answer.body);
        answer.query()["code"].clone()
    }

    /// Redeems a code as the public client.
    pub(crate) async fn redeem(&self, code: &str) -> Answer {
        self.form("/identity/oauth2/token", &redeem(code), None).await
    }

    /// OAuth tokens of somebody new.
    pub(crate) async fn tokens(&self, email: &str, scope: &str) -> Value {
        self.person(email).await;
        let code = self.code_for(&mut self.browser(), email, scope).await;
        let answer = self.redeem(&code).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        answer.json()
    }

    pub(crate) async fn user_info(&self, access_token: &str) -> Answer {
        let request = Request::get("/identity/oauth2/userInfo")
            .header(header::AUTHORIZATION, format!("Bearer {access_token}"))
            .body(Body::empty())
            .unwrap();
        send(&self.router, request).await
    }
}

/// Counts panics from now on: that of a worker ends nothing but the worker.
pub(crate) fn count_panics() -> Arc<AtomicUsize> {
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    let print = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        counted.fetch_add(1, Ordering::Relaxed);
        print(info);
    }));
    count
}

pub(crate) fn sign_up(email: &str) -> Value {
    json!({
        "ClientId": PUBLIC, "Username": email, "Password": PASSWORD,
        "UserAttributes": [
            {"Name": "email", "Value": email},
            {"Name": "given_name", "Value": "Grace"},
            {"Name": "family_name", "Value": "Hopper"},
        ],
    })
}

pub(crate) fn password_auth(email: &str, password: &str) -> Value {
    json!({
        "AuthFlow": "USER_PASSWORD_AUTH", "ClientId": PUBLIC,
        "AuthParameters": {"USERNAME": email, "PASSWORD": password},
    })
}

pub(crate) fn redeem(code: &str) -> [(&str, &str); 5] {
    [
        ("grant_type", "authorization_code"),
        ("client_id", PUBLIC),
        ("code", code),
        ("redirect_uri", REDIRECT),
        ("code_verifier", VERIFIER),
    ]
}

/// The address of a good request of the public client, with some parameters changed; "" leaves one out.
pub(crate) fn authorize(changes: &[(&str, &str)]) -> String {
    let mut pairs = BTreeMap::from([
        ("response_type", "code"),
        ("client_id", PUBLIC),
        ("redirect_uri", REDIRECT),
        ("state", "state-1"),
        ("nonce", "nonce-1"),
        ("scope", ALL_SCOPES),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ]);
    pairs.extend(changes.iter().copied());
    let pairs: Vec<_> = pairs.into_iter().filter(|(_, value)| !value.is_empty()).collect();
    format!("/identity/oauth2/authorize?{}", encode(&pairs))
}

pub(crate) fn encode(pairs: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

/// The claims of a token, unverified.
pub(crate) fn claims(token: &str) -> Value {
    let payload = token.split('.').nth(1).expect("three parts");
    let bytes = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(payload).expect("base64url");
    serde_json::from_slice(&bytes).expect("JSON")
}

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().expect("ASCII")).unwrap_or_default()
    }

    pub(crate) fn location(&self) -> String {
        self.header("location").to_owned()
    }

    /// The parameters of the address that it leads to.
    pub(crate) fn query(&self) -> BTreeMap<String, String> {
        let location = self.location();
        let query = location.split_once('?').map_or("", |(_, query)| query);
        url::form_urlencoded::parse(query.as_bytes()).into_owned().collect()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("no JSON: {} {}", self.status, self.body))
    }

    /// The kind of an exception of the JSON API, whose status must be 400.
    pub(crate) fn exception(&self) -> String {
        assert_eq!(self.status, StatusCode::BAD_REQUEST, "{}", self.body);
        assert_eq!(self.header("content-type"), "application/x-amz-json-1.1");
        let kind = self.json()["__type"].as_str().expect("__type").to_owned();
        assert_eq!(self.header("x-amzn-errortype"), kind);
        kind
    }
}

/// Keeps cookies and the form token of the page it saw last.
#[derive(Clone)]
pub(crate) struct Browser {
    router: Router,
    pub(crate) cookies: BTreeMap<String, String>,
    pub(crate) form_token: String,
    pub(crate) address: Option<IpAddr>,
    pub(crate) extra: Vec<(&'static str, &'static str)>,
}

impl Browser {
    pub(crate) fn new(router: Router) -> Self {
        Self { router, cookies: BTreeMap::new(), form_token: String::new(), address: None, extra: Vec::new() }
    }

    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        self.send(Method::GET, path, Body::empty(), None).await
    }

    /// Posts a form with the token of the last page.
    pub(crate) async fn post(&mut self, path: &str, pairs: &[(&str, &str)]) -> Answer {
        let token = self.form_token.clone();
        let pairs: Vec<_> = pairs.iter().copied().chain([("form_token", &*token)]).collect();
        let form = "application/x-www-form-urlencoded";
        self.send(Method::POST, path, Body::from(encode(&pairs)), Some(form)).await
    }

    pub(crate) async fn send(&mut self, method: Method, path: &str, body: Body, content_type: Option<&str>) -> Answer {
        let path = path.strip_prefix(ORIGIN).unwrap_or(path);
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, "127.0.0.1:3000");
        let cookies: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        if !cookies.is_empty() {
            request = request.header(header::COOKIE, cookies.join("; "));
        }
        if let Some(content_type) = content_type {
            request = request.header(header::CONTENT_TYPE, content_type);
        }
        for (name, value) in &self.extra {
            request = request.header(*name, *value);
        }
        let mut request = request.body(body).unwrap();
        if let Some(address) = self.address {
            request.extensions_mut().insert(ClientAddress(address));
        }
        let answer = send(&self.router, request).await;
        for cookie in answer.headers.get_all(header::SET_COOKIE) {
            let cookie = cookie.to_str().unwrap();
            let (pair, attributes) = cookie.split_once(';').unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            if attributes.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        if let Some((_, rest)) = answer.body.split_once(r#"name="form_token" value=""#) {
            self.form_token = rest.split('"').next().unwrap().to_owned();
        }
        answer
    }
}

pub(crate) async fn call(router: &Router, operation: &str, body: impl Into<Body>) -> Answer {
    let request = Request::post("/identity/")
        .header(header::CONTENT_TYPE, "application/x-amz-json-1.1")
        .header("x-amz-target", format!("AWSCognitoIdentityProviderService.{operation}"))
        .body(body.into())
        .unwrap();
    send(router, request).await
}

pub(crate) async fn form(router: &Router, path: &str, pairs: &[(&str, &str)], basic: Option<(&str, &str)>) -> Answer {
    let mut request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    if let Some((client_id, secret)) = basic {
        let credentials = STANDARD.encode(format!("{client_id}:{secret}"));
        request = request.header(header::AUTHORIZATION, format!("Basic {credentials}"));
    }
    send(router, request.body(Body::from(encode(pairs))).unwrap()).await
}

pub(crate) async fn send(router: &Router, request: Request<Body>) -> Answer {
    let response = router.clone().oneshot(request).await.expect("an answer");
    let (parts, body) = response.into_parts();
    let body = body.collect().await.expect("a body").to_bytes();
    assert!(parts.status.as_u16() < 500 || parts.status == StatusCode::SERVICE_UNAVAILABLE, "{}", parts.status);
    Answer { status: parts.status, headers: parts.headers, body: String::from_utf8(body.to_vec()).expect("UTF-8") }
}
