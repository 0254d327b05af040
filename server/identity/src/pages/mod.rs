//! The pages that people see: plain forms that need no JavaScript.

mod answer;
pub(crate) mod confirm;
mod field;
pub(crate) mod message;
pub(crate) mod password;
pub(crate) mod sign_in;
pub(crate) mod sign_up;

use crate::{
    Identity,
    oauth::request::{AuthorizationRequest, RequestFault},
    params::Params,
    state::Provider,
    visit::{Visit, go},
};
pub(crate) use answer::{bad_params, error_page, failed, set_cookies, show, show_for, style};
use axum::response::Response;
use http::StatusCode;

pub(crate) const LOGIN: &str = "/identity/login";
/// Address of the form for a new account.
pub(crate) const SIGN_UP: &str = "/identity/signup";

/// One of our addresses, with the client's request that the person came with.
pub(crate) fn address(path: &str, request: Option<&AuthorizationRequest>) -> String {
    request.map_or_else(|| path.to_owned(), |request| format!("{path}?{}", request.query()))
}

/// What every form needs.
#[derive(Debug)]
pub(crate) struct Frame {
    /// "" or "?…": goes on with the client's request.
    query: String,
    /// Where signing in goes on.
    sign_in: String,
    form_token: String,
}

impl Frame {
    fn new(provider: &Provider, visit: &Visit, request: Option<&AuthorizationRequest>) -> Self {
        Self {
            query: address("", request),
            sign_in: sign_in_address(provider, request),
            form_token: visit.form_token(provider),
        }
    }
}

/// The form for a client's request; without one the application begins anew and makes its request.
fn sign_in_address(provider: &Provider, request: Option<&AuthorizationRequest>) -> String {
    request.map_or_else(|| provider.settings.sign_in_url.to_string(), |request| address(LOGIN, Some(request)))
}

/// The client's request in a page's address: none, a good one, or an answer that refuses a bad one.
fn read_request(identity: &Identity, query: &Params) -> Result<Option<AuthorizationRequest>, Box<Response>> {
    if query.get("client_id").is_none() {
        return Ok(None);
    }
    let refuse = |fault: RequestFault| Box::new(go(StatusCode::SEE_OTHER, &fault.location(query.text("client_id"))));
    AuthorizationRequest::read(query, &identity.provider().settings).map(Some).map_err(refuse)
}
