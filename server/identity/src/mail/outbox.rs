//! `GET /identity/outbox`: the mail of everybody, for developers.

use super::store;
use crate::{Identity, pages, visit::Visit};
use askama::Template;
use axum::{
    Json,
    extract::State,
    response::{IntoResponse as _, Response},
};
use domain::Timestamp;
use http::{StatusCode, header};
use serde::Serialize;

#[derive(Serialize)]
struct Mail {
    to: String,
    subject: String,
    text: String,
    sent_at: Timestamp,
}

#[derive(Template)]
#[template(path = "outbox.html")]
struct OutboxPage {
    to: String,
    mails: Vec<Mail>,
    /// Only addresses of our own become links.
    public_url: String,
}

impl OutboxPage {
    fn is_link(&self, line: &str) -> bool {
        line.starts_with(&self.public_url)
    }
}

/// HTML, or JSON where `Accept` names it.
pub(crate) async fn show(State(identity): State<Identity>, visit: Visit) -> Response {
    let provider = identity.provider();
    if !provider.settings.has_outbox() || provider.settings.production {
        return StatusCode::NOT_FOUND.into_response();
    }
    let to = visit.query.get("to").map(|to| to.trim().to_lowercase());
    let read = async { store::outbox(&mut provider.db.read().await?, to.as_deref()).await };
    let mails = match read.await {
        Ok(mails) => mails,
        Err(error) => return pages::failed(&identity, &visit, error.into()),
    };
    let mails = mails
        .into_iter()
        .map(|mail| Mail {
            to: mail.recipient,
            subject: mail.subject,
            text: mail.body.unwrap_or_default(),
            sent_at: Timestamp::from_micros(mail.sent_at.unwrap_or_default()),
        })
        .collect();
    if visit.accepts("application/json") {
        return ([(header::VARY, "accept"), (header::CACHE_CONTROL, "no-store")], Json::<Vec<Mail>>(mails))
            .into_response();
    }
    let page = OutboxPage { to: to.unwrap_or_default(), mails, public_url: provider.settings.address("/") };
    let mut response = pages::show(&identity, &visit, StatusCode::OK, &page);
    response.headers_mut().insert(header::VARY, http::HeaderValue::from_static("accept"));
    response
}
