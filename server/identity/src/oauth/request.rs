//! A client's request for a code, read and checked, and carried through our pages as a query.

use crate::{
    Client, Settings,
    params::{self, Params},
    scopes::Scopes,
};
use domain::Timestamp;
use url::Url;

/// Longest value of any parameter that goes back to the client or is kept, in bytes.
const VALUE_MAX: usize = 4_096;
/// Longest nonce in bytes.
const NONCE_MAX: usize = 512;
/// A SHA-256 in base64url.
const CHALLENGE_LENGTH: usize = 43;

/// A request that may be answered.
#[derive(Clone, Debug)]
pub(crate) struct AuthorizationRequest {
    pub(crate) client_id: String,
    pub(crate) redirect_uri: String,
    pub(crate) scopes: Scopes,
    pub(crate) code_challenge: String,
    pub(crate) nonce: Option<String>,
    state: Option<String>,
    prompt: Prompt,
    max_age: Option<i64>,
    pub(crate) login_hint: Option<String>,
}

/// What the client wants of the person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Prompt {
    /// A form only when nobody is signed in.
    #[default]
    Unspecified,
    /// Never a form.
    None,
    /// A form in any case.
    Login,
    /// The form for a new account (OpenID Connect "Initiating User Registration").
    Create,
}

/// Why a request is not answered with a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum RequestFault {
    /// Nobody has been proved to ask: the person sees our own error page.
    Page(&'static str),
    /// The client is told, at its registered address.
    Client { redirect_uri: String, state: Option<String>, error: &'static str, description: &'static str },
}

impl RequestFault {
    /// Where the browser goes.
    pub(crate) fn location(&self, client_id: &str) -> String {
        match self {
            Self::Page(code) => {
                let known = client_id.len() <= 128 && client_id.bytes().all(|byte| byte.is_ascii_graphic());
                let client_id = if known { client_id } else { "" };
                format!("/identity/error?{}", params::encode([("error", *code), ("client_id", client_id)]))
            }
            Self::Client { redirect_uri, state, error, description } => {
                let mut pairs = vec![("error", *error), ("error_description", *description)];
                pairs.extend(state.as_deref().map(|state| ("state", state)));
                with_query(redirect_uri, pairs)
            }
        }
    }
}

impl AuthorizationRequest {
    /// Reads and checks a request. What is wrong with the client or its address is said on our page, everything
    /// else to the client.
    pub(crate) fn read(query: &Params, settings: &Settings) -> Result<Self, RequestFault> {
        let client_id = query.get("client_id").ok_or(RequestFault::Page("invalid_request"))?;
        let client = settings.client(client_id).ok_or(RequestFault::Page("invalid_client"))?;
        let redirect_uri = query.get("redirect_uri").ok_or(RequestFault::Page("invalid_request"))?;
        if !client.redirect_uris.iter().any(|registered| registered == redirect_uri) {
            return Err(RequestFault::Page("redirect_mismatch"));
        }
        Self::read_rest(query, client, redirect_uri).map_err(|(error, description)| RequestFault::Client {
            redirect_uri: redirect_uri.to_owned(),
            state: query.get("state").filter(|state| state.len() <= VALUE_MAX).map(str::to_owned),
            error,
            description,
        })
    }

    fn read_rest(query: &Params, client: &Client, redirect_uri: &str) -> Result<Self, (&'static str, &'static str)> {
        match query.get("response_type") {
            Some("code") => {}
            None => return Err(("invalid_request", "response_type is missing")),
            Some("token" | "id_token" | "token id_token" | "id_token token") => {
                return Err(("unauthorized_client", "the client may use the authorization code only"));
            }
            Some(_) => return Err(("invalid_request", "response_type must be code")),
        }
        if query.get("request").is_some() {
            return Err(("request_not_supported", "request objects are not supported"));
        }
        if query.get("request_uri").is_some() {
            return Err(("request_uri_not_supported", "request objects are not supported"));
        }
        let state = bounded(query, "state", VALUE_MAX).ok_or(("invalid_request", "state is too long"))?;
        let nonce = bounded(query, "nonce", NONCE_MAX).ok_or(("invalid_request", "nonce is too long"))?;
        let scopes = match query.get("scope").map(Scopes::parse) {
            None => client.scopes.clone().into(),
            Some(scopes) if scopes.is_empty() => client.scopes.clone().into(),
            Some(scopes) if scopes.allowed(&client.scopes) => scopes,
            Some(_) => return Err(("invalid_scope", "the client may not ask for this scope")),
        };
        Ok(Self {
            client_id: client.client_id.clone(),
            redirect_uri: redirect_uri.to_owned(),
            scopes,
            code_challenge: challenge(query)?,
            nonce: nonce.map(str::to_owned),
            state: state.map(str::to_owned),
            prompt: prompt(query)?,
            max_age: max_age(query)?,
            login_hint: query.get("login_hint").filter(|hint| hint.len() <= 254).map(str::to_owned),
        })
    }

    /// The same request as a query, for our own pages' addresses.
    pub(crate) fn query(&self) -> String {
        let scope = self.scopes.to_string();
        let max_age = self.max_age.map(|seconds| seconds.to_string());
        let mut pairs = vec![
            ("response_type", "code"),
            ("client_id", &self.client_id),
            ("redirect_uri", &self.redirect_uri),
            ("scope", &scope),
            ("code_challenge", &self.code_challenge),
            ("code_challenge_method", "S256"),
        ];
        let optional = [
            ("state", self.state.as_deref()),
            ("nonce", self.nonce.as_deref()),
            ("max_age", max_age.as_deref()),
            ("login_hint", self.login_hint.as_deref()),
            ("prompt", (self.prompt == Prompt::Login).then_some("login")),
        ];
        pairs.extend(optional.into_iter().filter_map(|(name, value)| Some((name, value?))));
        params::encode(pairs)
    }

    /// Whether somebody who signed in at `auth_time` gets a code without a form.
    pub(crate) fn accepts_sign_in_of(&self, auth_time: Timestamp, now: Timestamp) -> bool {
        let fresh = self.max_age.is_none_or(|seconds| now.seconds_since(auth_time) < seconds);
        !matches!(self.prompt, Prompt::Login | Prompt::Create) && fresh
    }

    /// Whether the person came to make an account.
    pub(crate) fn asks_for_sign_up(&self) -> bool {
        self.prompt == Prompt::Create
    }

    /// Whether a form may be shown.
    pub(crate) fn allows_form(&self) -> bool {
        self.prompt != Prompt::None
    }

    /// Back to the client with a code.
    pub(crate) fn answer(&self, code: &str) -> String {
        let mut pairs = vec![("code", code)];
        pairs.extend(self.state.as_deref().map(|state| ("state", state)));
        with_query(&self.redirect_uri, pairs)
    }

    /// Back to the client with a refusal.
    pub(crate) fn refuse(&self, error: &'static str, description: &'static str) -> String {
        let (redirect_uri, state) = (self.redirect_uri.clone(), self.state.clone());
        RequestFault::Client { redirect_uri, state, error, description }.location(&self.client_id)
    }

    /// The client's origin, as a source of a content security policy: our form's redirect leads there.
    pub(crate) fn form_target(&self) -> Option<String> {
        let url = Url::parse(&self.redirect_uri).ok()?;
        let origin = url.origin();
        let target = if origin.is_tuple() { origin.ascii_serialization() } else { format!("{}:", url.scheme()) };
        // Whatever stands in a header must not be able to end its directive.
        target.bytes().all(|byte| byte.is_ascii_alphanumeric() || b":/.-[]+".contains(&byte)).then_some(target)
    }
}

/// Some(None) when it is absent, None when it is too long.
fn bounded<'q>(query: &'q Params, name: &str, max: usize) -> Option<Option<&'q str>> {
    let value = query.get(name);
    value.is_none_or(|value| value.len() <= max).then_some(value)
}

fn challenge(query: &Params) -> Result<String, (&'static str, &'static str)> {
    let method = query.get("code_challenge_method");
    match (query.get("code_challenge"), method) {
        (None, None) => Err(("invalid_request", "PKCE is required: code_challenge is missing")),
        (None, Some(_)) => Err(("invalid_request", "code_challenge is missing")),
        (Some(_), None) => Err(("invalid_request", "code_challenge_method is missing")),
        (Some(challenge), Some("S256")) if is_challenge(challenge) => Ok(challenge.to_owned()),
        (Some(_), Some("S256")) => Err(("invalid_request", "code_challenge is no SHA-256 in base64url")),
        (Some(_), Some(_)) => Err(("invalid_request", "code_challenge_method must be S256")),
    }
}

fn is_challenge(text: &str) -> bool {
    text.len() == CHALLENGE_LENGTH
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}

fn prompt(query: &Params) -> Result<Prompt, (&'static str, &'static str)> {
    let words: Vec<_> = query.text("prompt").split(' ').filter(|word| !word.is_empty()).collect();
    if words.iter().any(|word| !["none", "login", "select_account", "consent", "create"].contains(word)) {
        return Err(("invalid_request", "prompt has an unknown value"));
    }
    match words.as_slice() {
        ["none"] => Ok(Prompt::None),
        ["create"] => Ok(Prompt::Create),
        words if words.contains(&"none") => Err(("invalid_request", "prompt=none stands alone")),
        words if words.contains(&"create") => Err(("invalid_request", "prompt=create stands alone")),
        words if words.contains(&"login") || words.contains(&"select_account") => Ok(Prompt::Login),
        _ => Ok(Prompt::Unspecified),
    }
}

fn max_age(query: &Params) -> Result<Option<i64>, (&'static str, &'static str)> {
    let Some(text) = query.get("max_age") else { return Ok(None) };
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    match text.parse::<i64>() {
        Ok(seconds) if digits => Ok(Some(seconds)),
        _ => Err(("invalid_request", "max_age must be a number of seconds")),
    }
}

/// Adds parameters to a registered address, which may have some of its own.
pub(crate) fn with_query<'a>(address: &str, pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let separator = if address.contains('?') { '&' } else { '?' };
    format!("{address}{separator}{}", params::encode(pairs))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_keeps_its_own_parameters() {
        assert_eq!(with_query("https://a.test/cb", [("code", "x y")]), "https://a.test/cb?code=x+y");
        assert_eq!(with_query("https://a.test/cb?k=1", [("code", "x")]), "https://a.test/cb?k=1&code=x");
    }

    #[test]
    fn prompts_are_a_closed_set() {
        let read = |value| prompt(&Params::parse(params::encode([("prompt", value)]).as_bytes()).unwrap());
        assert_eq!(read("login consent"), Ok(Prompt::Login));
        assert_eq!(read("none"), Ok(Prompt::None));
        assert_eq!(read("consent"), Ok(Prompt::Unspecified));
        assert!(read("none login").is_err());
        assert_eq!(read("create"), Ok(Prompt::Create));
        assert!(read("create login").is_err());
        assert!(read("delete").is_err());
    }

    #[test]
    fn a_challenge_is_a_hash() {
        assert!(is_challenge("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"));
        assert!(!is_challenge("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-c"));
        assert!(!is_challenge("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+cM"));
    }
}
