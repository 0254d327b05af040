//! A running server and the people who use it.

use db::{EngineKind, testing::TestDb};
use reqwest::{Client, Method, Request, RequestBuilder, Response, StatusCode, header, redirect::Policy};
use serde_json::{Value, json};
use server::{compose::Application, config::Config};
use std::{net::SocketAddr, path::PathBuf, sync::Arc};
use tokio::{net::TcpListener, task::JoinHandle};

/// One server process with a database of its own.
pub(crate) struct World {
    pub(crate) url: String,
    database: Arc<TestDb>,
    data: Arc<DataFolder>,
    serving: JoinHandle<()>,
    client: Client,
}

impl Drop for World {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl World {
    pub(crate) async fn new(kind: EngineKind) -> Self {
        Self::with(kind, &[]).await
    }

    /// A server with further settings.
    pub(crate) async fn with(kind: EngineKind, variables: &[(&str, &str)]) -> Self {
        Self::on(Arc::new(TestDb::new(kind).await), Arc::new(DataFolder::new()), variables).await
    }

    /// Another server of the same installation: the same database, the same public address.
    pub(crate) async fn another_server(&self) -> Self {
        let mut variables = vec![("LYCEUM_PUBLIC_URL", self.url.as_str())];
        // The store of the first server is another one's for the second.
        let key = std::fs::read_to_string(self.data.0.join("objects-key")).unwrap();
        let endpoint = self.objects_url().await;
        variables.extend([("LYCEUM_OBJECTS_ENDPOINT", endpoint.as_str())]);
        variables.extend([("LYCEUM_OBJECTS_ACCESS_KEY_ID", "lyceum"), ("LYCEUM_OBJECTS_SECRET_ACCESS_KEY", &key)]);
        let buckets = ["media", "photo", "document", "audio", "avatar"];
        let names = buckets
            .map(|purpose| (format!("LYCEUM_OBJECTS_BUCKET_{}", purpose.to_uppercase()), format!("lyceum-{purpose}")));
        variables.extend(names.iter().map(|(name, value)| (name.as_str(), value.as_str())));
        Self::on(self.database.clone(), self.data.clone(), &variables).await
    }

    /// A server on a database that is there already.
    async fn on(database: Arc<TestDb>, data: Arc<DataFolder>, variables: &[(&str, &str)]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let own: Vec<(String, String)> = [
            ("DATABASE_URL", database.url.as_str()),
            ("LYCEUM_DATABASE_CONNECTIONS", "4"),
            ("LYCEUM_TEST_CLOCK", "1"),
            ("LYCEUM_ADDRESS", &address.to_string()),
            ("LYCEUM_DATA_FOLDER", data.0.to_str().unwrap()),
            ("LYCEUM_OBJECTS_ADDRESS", "127.0.0.1:0"),
        ]
        .iter()
        .chain(variables)
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
        let config =
            Config::read(&|name| own.iter().rev().find(|(key, _)| key == name).map(|(_, value)| value.clone()));
        let application = Application::new(&config.unwrap(), address).await.unwrap();
        let service = application.router.clone().into_make_service_with_connect_info::<SocketAddr>();
        let serving = tokio::spawn(async move {
            let _keeps_workers_running = application;
            axum::serve(listener, service).await.unwrap();
        });
        Self { url: format!("http://{address}"), database, data, serving, client: client() }
    }

    /// The object store's origin, as pages are told.
    pub(crate) async fn objects_url(&self) -> String {
        let answer = self.get("/").await;
        let policy = answer.headers()["content-security-policy"].to_str().unwrap().to_owned();
        let images = policy.split("img-src").nth(1).unwrap().split(';').next().unwrap();
        images.split(' ').find(|source| source.starts_with("http")).unwrap().to_owned()
    }

    /// Where everything is kept.
    pub(crate) fn database(&self) -> &TestDb {
        &self.database
    }

    /// A request of nobody in particular.
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.url))
    }

    pub(crate) async fn get(&self, path: &str) -> Response {
        self.request(Method::GET, path).send().await.unwrap()
    }

    /// Moves the server's clock forward.
    pub(crate) async fn advance(&self, seconds: i64) {
        let answer = self.request(Method::POST, "/identity/test-clock").json(&json!({ "advance_seconds": seconds }));
        assert_eq!(answer.send().await.unwrap().status(), StatusCode::OK);
    }

    /// A call of the provider's JSON API.
    pub(crate) async fn identity(&self, operation: &str, body: Value) -> Response {
        self.identity_call(operation, &body).send().await.unwrap()
    }

    /// The same, not yet sent.
    pub(crate) fn identity_call(&self, operation: &str, body: &Value) -> RequestBuilder {
        self.request(Method::POST, "/identity/")
            .header("x-amz-target", format!("AWSCognitoIdentityProviderService.{operation}"))
            .header(header::CONTENT_TYPE, "application/x-amz-json-1.1")
            .body(body.to_string())
    }

    /// The newest mail to the address.
    pub(crate) async fn mail(&self, to: &str) -> String {
        let answer = self.request(Method::GET, "/identity/outbox").query(&[("to", to)]);
        let mails: Vec<Value> =
            answer.header(header::ACCEPT, "application/json").send().await.unwrap().json().await.unwrap();
        mails.first().unwrap_or_else(|| panic!("no mail to {to}"))["text"].as_str().unwrap().to_owned()
    }

    /// A person with a confirmed identity who has never come here.
    pub(crate) async fn newcomer(&self, given_name: &str, family_name: &str) -> Actor {
        let email = format!("{}@study.example", uuid::Uuid::new_v4());
        let password = "Long-Enough-1!".to_owned();
        let attribute = |name: &str, value: &str| json!({ "Name": name, "Value": value });
        let answer = self
            .identity(
                "SignUp",
                json!({
                    "ClientId": "lyceum", "Username": email, "Password": password,
                    "UserAttributes": [
                        attribute("email", &email),
                        attribute("given_name", given_name),
                        attribute("family_name", family_name),
                    ],
                }),
            )
            .await;
        assert_eq!(answer.status(), StatusCode::OK, "{}", answer.text().await.unwrap());
        let code = confirmation_code(&self.mail(&email).await);
        let confirmation = json!({ "ClientId": "lyceum", "Username": email, "ConfirmationCode": code });
        assert_eq!(self.identity("ConfirmSignUp", confirmation).await.status(), StatusCode::OK);
        let mut actor = Actor {
            email,
            password,
            id_token: String::new(),
            access_token: String::new(),
            sub: String::new(),
            url: self.url.clone(),
            client: client(),
        };
        actor.take_tokens(self).await;
        actor
    }

    /// A person who is registered.
    pub(crate) async fn person(&self, given_name: &str, family_name: &str) -> Actor {
        let actor = self.newcomer(given_name, family_name).await;
        let answer = actor.bearer(Method::POST, "/api/register-user").send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::CREATED, "{}", answer.text().await.unwrap());
        actor
    }

    /// A person with a signed-in browser.
    pub(crate) async fn browser(&self, given_name: &str, family_name: &str) -> Actor {
        let actor = self.newcomer(given_name, family_name).await;
        assert_eq!(actor.sign_in("/settings").await, format!("{}/settings", self.url));
        actor
    }
}

/// What the embedded services of one installation keep.
pub(crate) struct DataFolder(pub(crate) PathBuf);

impl DataFolder {
    pub(crate) fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("lyceum-{}", uuid::Uuid::new_v4()));
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }
}

impl Drop for DataFolder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}

/// A person: their tokens as a program holds them, and their browser with its cookies.
pub(crate) struct Actor {
    pub(crate) email: String,
    pub(crate) password: String,
    pub(crate) id_token: String,
    pub(crate) access_token: String,
    pub(crate) sub: String,
    url: String,
    client: Client,
}

impl Actor {
    /// Fresh tokens by password.
    pub(crate) async fn take_tokens(&mut self, world: &World) {
        let answer = world
            .identity(
                "InitiateAuth",
                json!({
                    "ClientId": "lyceum", "AuthFlow": "USER_PASSWORD_AUTH",
                    "AuthParameters": { "USERNAME": self.email, "PASSWORD": self.password },
                }),
            )
            .await;
        let status = answer.status();
        let body: Value = answer.json().await.unwrap();
        assert_eq!(status, StatusCode::OK, "{body}");
        let result = &body["AuthenticationResult"];
        self.id_token = result["IdToken"].as_str().unwrap().to_owned();
        self.access_token = result["AccessToken"].as_str().unwrap().to_owned();
        self.sub = claims(&self.id_token)["sub"].as_str().unwrap().to_owned();
    }

    /// A request of the person's program.
    pub(crate) fn bearer(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.url)).bearer_auth(&self.id_token)
    }

    /// A request of the person's browser, as a script on our own page sends it.
    pub(crate) fn browse(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.url)).header("sec-fetch-site", "same-origin")
    }

    /// Sends a request that was changed by hand, with the browser's cookies.
    pub(crate) async fn execute(&self, request: Request) -> Response {
        self.client.execute(request).await.unwrap()
    }

    /// A look at a page of another server of the installation.
    pub(crate) async fn visit(&self, server: &str, path: &str) -> Response {
        self.client.get(format!("{server}{path}")).send().await.unwrap()
    }

    /// Signs the browser in through the hosted pages, as a person would, and tells where that ended.
    pub(crate) async fn sign_in(&self, return_to: &str) -> String {
        let start = self.browse(Method::GET, "/auth/sign-in").query(&[("return_to", return_to)]);
        let form = self.follow(start.send().await.unwrap()).await;
        assert_eq!(form.status(), StatusCode::OK);
        let page_url = form.url().clone();
        let page = form.text().await.unwrap();
        let mut fields = hidden_fields(&page);
        fields.push(("email".into(), self.email.clone()));
        fields.push(("password".into(), self.password.clone()));
        let action = page_url.join(&form_action(&page)).unwrap();
        let answer = self
            .client
            .post(action)
            .header(header::ORIGIN, &self.url)
            .header("sec-fetch-site", "same-origin")
            .form(&fields)
            .send()
            .await
            .unwrap();
        self.follow(answer).await.url().to_string()
    }

    /// Follows redirects as a browser does, cookies included.
    pub(crate) async fn follow(&self, mut answer: Response) -> Response {
        for _ in 0..10 {
            if !answer.status().is_redirection() {
                return answer;
            }
            let location = answer.headers()[header::LOCATION].to_str().unwrap().to_owned();
            let next = answer.url().join(&location).unwrap();
            answer = self.client.get(next).send().await.unwrap();
        }
        panic!("too many redirects, the last to {}", answer.url());
    }
}

fn client() -> Client {
    Client::builder()
        .redirect(Policy::none())
        .cookie_provider(Arc::new(reqwest::cookie::Jar::default()))
        .build()
        .unwrap()
}

/// The claims of a token, unverified.
pub(crate) fn claims(token: &str) -> Value {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    let payload = token.split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap()
}

/// The six digits that stand by themselves: the link's token may hold six digits in a row, too.
fn confirmation_code(mail: &str) -> String {
    mail.split_whitespace()
        .find(|word| word.len() == 6 && word.bytes().all(|byte| byte.is_ascii_digit()))
        .unwrap_or_else(|| panic!("no code in {mail}"))
        .to_owned()
}

/// The forms of the hosted pages are plain: hidden inputs carry what has to come back.
fn hidden_fields(page: &str) -> Vec<(String, String)> {
    let form = sign_in_form(page);
    form.split("<input")
        .skip(1)
        .map(|rest| rest.split('>').next().unwrap_or_default())
        .filter(|input| input.contains("type=\"hidden\""))
        .map(|input| (attribute(input, "name"), attribute(input, "value")))
        .collect()
}

fn form_action(page: &str) -> String {
    let form = sign_in_form(page);
    attribute(form.split('>').next().unwrap_or_default(), "action")
}

/// The form that asks for a password, among others such as those of the demo people.
fn sign_in_form(page: &str) -> &str {
    page.split("<form")
        .map(|part| part.split("</form").next().unwrap_or_default())
        .find(|form| form.contains("name=\"password\""))
        .unwrap_or_else(|| panic!("no sign-in form in {page}"))
}

fn attribute(tag: &str, name: &str) -> String {
    let value = tag.split(&format!(" {name}=\"")).nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
    value.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&#38;", "&").replace("&amp;", "&")
}

/// Checks a refusal: its status, its media type and its code.
pub(crate) async fn assert_problem(answer: Response, status: u16, code: &str) -> Value {
    let (got, kind) = (answer.status().as_u16(), answer.headers().get(header::CONTENT_TYPE).cloned());
    let challenge = answer.headers().get(header::WWW_AUTHENTICATE).cloned();
    let text = answer.text().await.unwrap();
    assert_eq!(got, status, "{text}");
    assert_eq!(kind.unwrap(), "application/problem+json", "{text}");
    assert_eq!(challenge.is_some(), status == 401, "a 401, and only a 401, carries WWW-Authenticate");
    let problem: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(problem["code"], code, "{text}");
    assert_eq!(problem["status"], status, "{text}");
    assert!(problem["request_id"].is_string(), "{text}");
    problem
}
