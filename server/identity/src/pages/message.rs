//! Pages that say one thing and lead on.

use super::show;
use crate::{Identity, state::Provider, visit::Visit};
use askama::Template;
use axum::{extract::State, response::Response};
use http::StatusCode;

/// One thing to say.
#[derive(Debug, Template)]
#[template(path = "message.html")]
pub(crate) struct Message {
    pub(super) title: &'static str,
    pub(super) text: &'static str,
    pub(super) link: String,
    /// No link without it.
    pub(super) link_text: &'static str,
}

impl Message {
    pub(super) const fn plain(title: &'static str, text: &'static str) -> Self {
        Self { title, text, link: String::new(), link_text: "" }
    }

    /// Our words for an error code; what a code outside the set says is never shown.
    pub(super) fn of_error(provider: &Provider, code: &str) -> Self {
        let text = match code {
            "redirect_mismatch" => {
                "The application that sent you here gave an address that is not registered for it \
                 (redirect_mismatch). Go back and tell whoever runs it."
            }
            "redirect_uri_missing" => {
                "Required String parameter 'redirect_uri' is not present: the application must say where to go after \
                 signing out."
            }
            "invalid_client" => "The application that sent you here is not known (invalid_client).",
            "invalid_request" => "The application that sent you here left something out (invalid_request).",
            _ => "An error was encountered with the requested page.",
        };
        let link = provider.settings.sign_in_url.to_string();
        Self { title: "This did not work", text, link, link_text: "Start again" }
    }
}

/// `GET /identity/error?error=…`.
pub(crate) async fn error(State(identity): State<Identity>, visit: Visit) -> Response {
    super::error_page(&identity, &visit, StatusCode::BAD_REQUEST, visit.query.text("error"))
}

/// What an address answers to a method that it does not have; the `Allow` header names those it has.
pub(crate) async fn wrong_method(State(identity): State<Identity>, visit: Visit) -> Response {
    let message = Message {
        title: "There is no page here",
        text: "This address does not answer what was asked of it in this way.",
        link: identity.provider().settings.sign_in_url.to_string(),
        link_text: "Start again",
    };
    show(&identity, &visit, StatusCode::METHOD_NOT_ALLOWED, &message)
}

/// `GET /identity/signed-out`: for clients without a page of their own to come back to.
pub(crate) async fn signed_out(State(identity): State<Identity>, visit: Visit) -> Response {
    let message = Message {
        title: "You are signed out",
        text: "You can close this page.",
        link: identity.provider().settings.sign_in_url.to_string(),
        link_text: "Sign in again",
    };
    show(&identity, &visit, StatusCode::OK, &message)
}
