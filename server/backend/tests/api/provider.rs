//! An identity provider for tests: discovery, keys, tokens, revocation and `AdminDeleteUser`, with faults to order.

use aws_lc_rs::{
    digest,
    encoding::{AsDer as _, Pkcs8V1Der},
    rsa::{KeyPair, KeySize},
    signature::KeyPair as _,
};
use axum::{
    Form, Json, Router,
    body::Bytes,
    extract::State,
    response::{IntoResponse as _, Response},
    routing::{get, post},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::clock::{Clock, random_uuid};
use http::{HeaderMap, StatusCode};
use jsonwebtoken::{Algorithm, EncodingKey};
use serde_json::{Value, json};
use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, MutexGuard},
};

pub(crate) const BFF: &str = "bff";
pub(crate) const BFF_SECRET: &str = "a secret/with signs";
pub(crate) const PUBLIC: &str = "lyceum";
pub(crate) const ID_KEY: &str = "id-key";
pub(crate) const ACCESS_KEY: &str = "access-key";

/// A signing key of the provider, or of somebody who would like to be it.
pub(crate) struct SigningKey {
    pub(crate) encoding: EncodingKey,
    pub(crate) modulus: Vec<u8>,
    pub(crate) exponent: Vec<u8>,
}

impl SigningKey {
    pub(crate) fn generate() -> Self {
        let pair = KeyPair::generate(KeySize::Rsa2048).unwrap();
        let der: Pkcs8V1Der<'_> = pair.as_der().unwrap();
        let (modulus, exponent) = (pair.public_key().modulus(), pair.public_key().exponent());
        Self {
            encoding: EncodingKey::from_rsa_der(pkcs1(der.as_ref())),
            modulus: modulus.big_endian_without_leading_zero().to_vec(),
            exponent: exponent.big_endian_without_leading_zero().to_vec(),
        }
    }

    pub(crate) fn jwk(&self, kid: &str) -> Value {
        let (n, e) = (URL_SAFE_NO_PAD.encode(&self.modulus), URL_SAFE_NO_PAD.encode(&self.exponent));
        json!({ "kid": kid, "kty": "RSA", "alg": "RS256", "use": "sig", "n": n, "e": e })
    }

    /// A token with exactly this header and payload, whatever they are.
    pub(crate) fn sign_text(&self, header: &str, payload: &str) -> String {
        let message = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(payload));
        let signature = jsonwebtoken::crypto::sign(message.as_bytes(), &self.encoding, Algorithm::RS256).unwrap();
        format!("{message}.{signature}")
    }

    pub(crate) fn sign(&self, kid: &str, claims: &Value) -> String {
        self.sign_text(&json!({ "alg": "RS256", "kid": kid }).to_string(), &claims.to_string())
    }
}

/// The RSAPrivateKey in a PKCS#8 v1 envelope: everything from its own SEQUENCE on.
fn pkcs1(der: &[u8]) -> &[u8] {
    let marker = [0x04, 0x82];
    let at = der.windows(2).position(|window| window == marker).unwrap();
    &der[at + 4..]
}

/// Somebody who can sign in.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub(crate) sub: String,
    pub(crate) attributes: Value,
}

impl Person {
    pub(crate) fn new(given_name: &str, family_name: &str) -> Self {
        let email = format!("{}@example.org", given_name.to_lowercase());
        let attributes = json!({ "email": email, "given_name": given_name, "family_name": family_name });
        Self { sub: random_uuid().to_string(), attributes }
    }
}

/// What the provider does wrong, and what it has seen.
#[derive(Default)]
pub(crate) struct Behaviour {
    /// Answers 503 to everything.
    pub(crate) down: bool,
    /// Refuses every refresh token.
    pub(crate) refuses_refresh: bool,
    /// Gives a new refresh token at each refresh and takes the old one no more.
    pub(crate) rotates: bool,
    /// Gives no refresh token.
    pub(crate) no_refresh_token: bool,
    /// Leaves `token_use` out, as providers other than Cognito do.
    pub(crate) plain: bool,
    /// Goes over the claims of ID tokens.
    pub(crate) id_claims: Value,
    /// Keys to publish instead of its own.
    pub(crate) keys: Option<Value>,
    pub(crate) key_fetches: usize,
    pub(crate) refreshes: usize,
    pub(crate) revoked: Vec<String>,
    pub(crate) removed: Vec<String>,
    pub(crate) removal_authorization: Option<String>,
    pub(crate) fails_removal: bool,
    codes: HashMap<String, Grant>,
    refresh_tokens: HashMap<String, Person>,
    spent: HashSet<String>,
}

#[derive(Clone)]
struct Grant {
    person: Person,
    nonce: String,
    challenge: String,
    redirect_uri: String,
}

struct Inner {
    url: String,
    clock: Clock,
    id_key: SigningKey,
    access_key: SigningKey,
    behaviour: Mutex<Behaviour>,
}

/// The running provider. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Provider(Arc<Inner>);

impl Provider {
    pub(crate) async fn start(clock: Clock) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let provider = Self(Arc::new(Inner {
            url: format!("http://{}", listener.local_addr().unwrap()),
            clock,
            id_key: SigningKey::generate(),
            access_key: SigningKey::generate(),
            behaviour: Mutex::default(),
        }));
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(discovery))
            .route("/jwks", get(keys))
            .route("/token", post(token))
            .route("/revoke", post(revoke))
            .route("/", post(administration))
            .with_state(provider.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        provider
    }

    pub(crate) fn issuer(&self) -> &str {
        &self.0.url
    }

    pub(crate) fn id_key(&self) -> &SigningKey {
        &self.0.id_key
    }

    pub(crate) fn access_key(&self) -> &SigningKey {
        &self.0.access_key
    }

    pub(crate) fn behaviour(&self) -> MutexGuard<'_, Behaviour> {
        self.0.behaviour.lock().unwrap()
    }

    pub(crate) fn now(&self) -> i64 {
        self.0.clock.now().seconds()
    }

    /// The claims of an ID token as Cognito writes them.
    pub(crate) fn id_claims(&self, person: &Person, client: &str) -> Value {
        let now = self.now();
        let mut claims = json!({
            "sub": person.sub, "iss": self.issuer(), "aud": client, "token_use": "id", "auth_time": now, "iat": now,
            "exp": now + 3_600, "jti": random_uuid(), "origin_jti": random_uuid(), "email_verified": true,
            "cognito:username": person.sub, "event_id": random_uuid(),
        });
        merge(&mut claims, &person.attributes);
        claims
    }

    pub(crate) fn access_claims(&self, person: &Person, client: &str) -> Value {
        let now = self.now();
        json!({
            "sub": person.sub, "iss": self.issuer(), "client_id": client, "token_use": "access", "auth_time": now,
            "iat": now, "exp": now + 3_600, "jti": random_uuid(), "origin_jti": random_uuid(),
            "scope": "openid email profile", "username": person.sub, "version": 2,
        })
    }

    pub(crate) fn id_token(&self, person: &Person) -> String {
        self.0.id_key.sign(ID_KEY, &self.id_claims(person, PUBLIC))
    }

    pub(crate) fn access_token(&self, person: &Person) -> String {
        self.0.access_key.sign(ACCESS_KEY, &self.access_claims(person, PUBLIC))
    }

    /// What the login page would do: a code for the authorization request of that query.
    pub(crate) fn authorize(&self, person: &Person, query: &HashMap<String, String>) -> String {
        assert_eq!(query["response_type"], "code");
        assert_eq!(query["client_id"], BFF);
        assert_eq!(query["code_challenge_method"], "S256");
        let code = random_uuid().to_string();
        let grant = Grant {
            person: person.clone(),
            nonce: query["nonce"].clone(),
            challenge: query["code_challenge"].clone(),
            redirect_uri: query["redirect_uri"].clone(),
        };
        self.behaviour().codes.insert(code.clone(), grant);
        code
    }

    fn tokens(&self, person: &Person, nonce: Option<&str>, old: Option<&str>) -> Value {
        let mut behaviour = self.behaviour();
        let mut claims = self.id_claims(person, BFF);
        if let Some(nonce) = nonce {
            claims["nonce"] = json!(nonce);
        }
        if behaviour.plain {
            claims.as_object_mut().unwrap().remove("token_use");
        }
        merge(&mut claims, &behaviour.id_claims);
        let mut answer = json!({
            "access_token": self.0.access_key.sign(ACCESS_KEY, &self.access_claims(person, BFF)),
            "id_token": self.0.id_key.sign(ID_KEY, &claims),
            "token_type": "Bearer",
            "expires_in": 3_600,
        });
        if (old.is_none() || behaviour.rotates) && !behaviour.no_refresh_token {
            let token = random_uuid().to_string();
            behaviour.refresh_tokens.insert(token.clone(), person.clone());
            answer["refresh_token"] = json!(token);
        }
        answer
    }

    fn exchange(&self, form: &HashMap<String, String>) -> Result<Value, &'static str> {
        let code = form.get("code").ok_or("invalid_request")?;
        let grant = self.behaviour().codes.remove(code).ok_or("invalid_grant")?;
        let verifier = form.get("code_verifier").ok_or("invalid_request")?;
        let challenge = URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, verifier.as_bytes()));
        if challenge != grant.challenge || form.get("redirect_uri") != Some(&grant.redirect_uri) {
            return Err("invalid_grant");
        }
        Ok(self.tokens(&grant.person, Some(&grant.nonce), None))
    }

    fn refresh(&self, form: &HashMap<String, String>) -> Result<Value, &'static str> {
        let token = form.get("refresh_token").ok_or("invalid_request")?;
        let mut behaviour = self.behaviour();
        behaviour.refreshes += 1;
        if behaviour.refuses_refresh || behaviour.spent.contains(token) || behaviour.revoked.contains(token) {
            return Err("invalid_grant");
        }
        let person = behaviour.refresh_tokens.get(token).cloned().ok_or("invalid_grant")?;
        if behaviour.rotates {
            behaviour.spent.insert(token.clone());
        }
        drop(behaviour);
        Ok(self.tokens(&person, None, Some(token)))
    }
}

pub(crate) fn merge(claims: &mut Value, more: &Value) {
    for (name, value) in more.as_object().into_iter().flatten() {
        claims[name] = value.clone();
    }
}

fn down(provider: &Provider) -> Option<Response> {
    provider.behaviour().down.then(|| StatusCode::SERVICE_UNAVAILABLE.into_response())
}

async fn discovery(State(provider): State<Provider>) -> Response {
    let url = provider.issuer();
    let document = json!({
        "issuer": url,
        "authorization_endpoint": format!("{url}/authorize"),
        "token_endpoint": format!("{url}/token"),
        "revocation_endpoint": format!("{url}/revoke"),
        "end_session_endpoint": format!("{url}/logout"),
        "jwks_uri": format!("{url}/jwks"),
    });
    down(&provider).unwrap_or_else(|| Json(document).into_response())
}

async fn keys(State(provider): State<Provider>) -> Response {
    if let Some(response) = down(&provider) {
        return response;
    }
    let own = json!([provider.id_key().jwk(ID_KEY), provider.access_key().jwk(ACCESS_KEY)]);
    let mut behaviour = provider.behaviour();
    behaviour.key_fetches += 1;
    Json(json!({ "keys": behaviour.keys.clone().unwrap_or(own) })).into_response()
}

fn our_client(headers: &HeaderMap) -> bool {
    // The secret is form-encoded before it is put into the header (RFC 6749 §2.3.1).
    let expected = format!("Basic {}", base64::engine::general_purpose::STANDARD.encode("bff:a+secret%2Fwith+signs"));
    headers.get("authorization").is_some_and(|value| value.as_bytes() == expected.as_bytes())
}

async fn token(
    State(provider): State<Provider>,
    headers: HeaderMap,
    Form(form): Form<HashMap<String, String>>,
) -> Response {
    if let Some(response) = down(&provider) {
        return response;
    }
    if !our_client(&headers) {
        return (StatusCode::BAD_REQUEST, Json(json!({ "error": "invalid_client" }))).into_response();
    }
    let answer = match form.get("grant_type").map(String::as_str) {
        Some("authorization_code") => provider.exchange(&form),
        Some("refresh_token") => provider.refresh(&form),
        _ => Err("unsupported_grant_type"),
    };
    match answer {
        Ok(tokens) => Json(tokens).into_response(),
        Err(error) => (StatusCode::BAD_REQUEST, Json(json!({ "error": error }))).into_response(),
    }
}

async fn revoke(
    State(provider): State<Provider>,
    headers: HeaderMap,
    Form(form): Form<HashMap<String, String>>,
) -> Response {
    if let Some(response) = down(&provider) {
        return response;
    }
    if !our_client(&headers) {
        return (StatusCode::UNAUTHORIZED, Json(json!({ "error": "invalid_client" }))).into_response();
    }
    provider.behaviour().revoked.push(form["token"].clone());
    StatusCode::OK.into_response()
}

async fn administration(State(provider): State<Provider>, headers: HeaderMap, body: Bytes) -> Response {
    let refuse = |kind: &str| (StatusCode::BAD_REQUEST, Json(json!({ "__type": kind }))).into_response();
    if let Some(response) = down(&provider) {
        return response;
    }
    let body: Value = serde_json::from_slice(&body).unwrap();
    let mut behaviour = provider.behaviour();
    if behaviour.fails_removal {
        return refuse("com.amazonaws#TooManyRequestsException");
    }
    assert_eq!(headers["x-amz-target"], "AWSCognitoIdentityProviderService.AdminDeleteUser");
    assert_eq!(body["UserPoolId"], "us-east-1_test0");
    behaviour.removal_authorization = headers["authorization"].to_str().ok().map(str::to_owned);
    let sub = body["Username"].as_str().unwrap().to_owned();
    if behaviour.removed.contains(&sub) {
        return refuse("UserNotFoundException");
    }
    behaviour.removed.push(sub);
    Json(json!({})).into_response()
}
