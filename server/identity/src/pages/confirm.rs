//! Confirming the email address: by the link in the mail, or by typing its code.

use super::{
    Frame,
    field::Field,
    message::Message,
    read_request, show, show_for,
    sign_in::{bad_form, in_words, refused_password, retry_after},
    sign_in_address,
};
use crate::{
    Identity, Refusal,
    accounts::LinkOutcome,
    oauth::request::AuthorizationRequest,
    params::Params,
    visit::{Visit, go},
};
use askama::Template;
use axum::{
    body::Bytes,
    extract::{Path, State, rejection::PathRejection},
    response::Response,
};
use http::StatusCode;

#[derive(Template)]
#[template(path = "confirm.html")]
struct ConfirmPage {
    frame: Frame,
    alert: Option<String>,
    notice: &'static str,
    email: Field,
    code: Field,
    outbox: bool,
}

#[derive(Template)]
#[template(path = "confirm_password.html")]
struct PasswordPage<'a> {
    frame: Frame,
    alert: Option<String>,
    token: &'a str,
    password: Field,
}

const SENT: &str = "We have sent you a mail. Open its link within 10 minutes, or type its code here.";

/// `GET /identity/confirm/{token}`: the link in the mail. A mail scanner that follows it does no harm: it proves
/// the mailbox and signs nobody in. Where several people signed up with the address, it asks for the password.
pub(crate) async fn link(
    State(identity): State<Identity>,
    visit: Visit,
    token: Result<Path<String>, PathRejection>,
) -> Response {
    let token = token.map(|Path(token)| token).unwrap_or_default();
    match identity.provider().confirm_by_link(&token).await {
        Ok(outcome) => followed(&identity, &visit, &token, outcome),
        Err(fault) => super::failed(&identity, &visit, fault),
    }
}

/// `POST /identity/confirm/{token}`: the link, and the password of one's own sign-up.
pub(crate) async fn link_with_password(
    State(identity): State<Identity>,
    visit: Visit,
    token: Result<Path<String>, PathRejection>,
    body: Bytes,
) -> Response {
    let provider = identity.provider();
    let token = token.map(|Path(token)| token).unwrap_or_default();
    let form = match visit.form(provider, &body) {
        Ok(form) => form,
        Err(bad) => return bad_form(&identity, &visit, &bad),
    };
    match provider.confirm_by_link_and_password(&token, form.text("password"), visit.address).await {
        Ok(outcome) => followed(&identity, &visit, &token, outcome),
        Err(refusal) => {
            let wrong = "Nobody signed up with this password and your email address.";
            refused_password(&identity, &visit, refusal, wrong, |status, alert| {
                password_page(&identity, &visit, status, &token, Some(alert))
            })
        }
    }
}

/// The page that following a link leads to.
fn followed(identity: &Identity, visit: &Visit, token: &str, outcome: LinkOutcome) -> Response {
    let provider = identity.provider();
    let remembered = provider.remembered_request(&visit.jar);
    let request = remembered.and_then(|query| AuthorizationRequest::read(&query, &provider.settings).ok());
    let refused = |alert: &str| {
        let alert = Some(alert.to_owned());
        page(identity, visit, request.as_ref(), StatusCode::BAD_REQUEST, &Params::default(), alert, "")
    };
    match outcome {
        LinkOutcome::Confirmed => confirmed(identity, visit, request.as_ref()),
        LinkOutcome::AsksPassword => password_page(identity, visit, StatusCode::OK, token, None),
        LinkOutcome::AlreadyConfirmed => {
            let message = Message {
                title: "Already confirmed",
                text: "Your email address was confirmed before. You can sign in.",
                link: sign_in_address(provider, request.as_ref()),
                link_text: "Sign in",
            };
            show_for(identity, visit, StatusCode::OK, &message, request.as_ref())
        }
        LinkOutcome::Expired => refused("This link is older than 10 minutes. Have a new mail sent."),
        LinkOutcome::Invalid => refused("This link is not valid. Have a new mail sent, or sign up again."),
    }
}

/// `GET /identity/confirm`, and where a form had a mail sent again: that address stays in the browser's bar.
pub(crate) async fn form(State(identity): State<Identity>, visit: Visit) -> Response {
    match read_request(&identity, &visit.query) {
        Ok(request) => page(&identity, &visit, request.as_ref(), StatusCode::OK, &Params::default(), None, ""),
        Err(refusal) => *refusal,
    }
}

/// `POST /identity/confirm`.
pub(crate) async fn submit(State(identity): State<Identity>, visit: Visit, body: Bytes) -> Response {
    let provider = identity.provider();
    let request = match read_request(&identity, &visit.query) {
        Ok(request) => request,
        Err(refusal) => return *refusal,
    };
    let form = match visit.form(provider, &body) {
        Ok(form) => form,
        Err(bad) => return bad_form(&identity, &visit, &bad),
    };
    let code: String = form.text("code").split_whitespace().collect();
    match provider.confirm_by_typed_code(form.text("email"), &code, visit.address).await {
        Ok(None) => confirmed(&identity, &visit, request.as_ref()),
        Ok(Some(token)) => go(StatusCode::SEE_OTHER, &format!("/identity/confirm/{token}")),
        Err(refusal) => refused(&identity, &visit, request.as_ref(), &form, refusal),
    }
}

/// `POST /identity/confirm/resend`.
pub(crate) async fn resend(State(identity): State<Identity>, visit: Visit, body: Bytes) -> Response {
    let provider = identity.provider();
    let request = match read_request(&identity, &visit.query) {
        Ok(request) => request,
        Err(refusal) => return *refusal,
    };
    let form = match visit.form(provider, &body) {
        Ok(form) => form,
        Err(bad) => return bad_form(&identity, &visit, &bad),
    };
    match provider.resend_confirmation(form.text("email"), None, visit.address).await {
        Ok(()) => {
            const NOTICE: &str = "If this address waits for its confirmation, a new mail is on its way.";
            page(&identity, &visit, request.as_ref(), StatusCode::OK, &form, None, NOTICE)
        }
        Err(refusal) => refused(&identity, &visit, request.as_ref(), &form, refusal),
    }
}

/// The page after signing up.
pub(super) fn sent(
    identity: &Identity,
    visit: &Visit,
    request: Option<&AuthorizationRequest>,
    email: &str,
) -> Response {
    page(identity, visit, request, StatusCode::OK, &with_email(email), None, SENT)
}

/// The page for somebody who signs in before confirming.
pub(super) fn unconfirmed(
    identity: &Identity,
    visit: &Visit,
    request: Option<&AuthorizationRequest>,
    email: &str,
) -> Response {
    let alert = format!("You have not confirmed your email address yet. {SENT}");
    page(identity, visit, request, StatusCode::FORBIDDEN, &with_email(email), Some(alert), "")
}

fn with_email(email: &str) -> Params {
    Params::parse(crate::params::encode([("email", email)]).as_bytes()).unwrap_or_default()
}

fn confirmed(identity: &Identity, visit: &Visit, request: Option<&AuthorizationRequest>) -> Response {
    let message = Message {
        title: "Email address confirmed",
        text: "Thank you. Now sign in with it.",
        link: sign_in_address(identity.provider(), request),
        link_text: "Sign in",
    };
    show_for(identity, visit, StatusCode::OK, &message, request)
}

fn refused(
    identity: &Identity,
    visit: &Visit,
    request: Option<&AuthorizationRequest>,
    form: &Params,
    refusal: Refusal,
) -> Response {
    let again = |status, alert: String| page(identity, visit, request, status, form, Some(alert), "");
    match refusal {
        Refusal::Throttled(seconds) => {
            let alert = format!("Too many attempts. Try again in {}.", in_words(seconds));
            retry_after(again(StatusCode::TOO_MANY_REQUESTS, alert), seconds)
        }
        Refusal::CodeExpired => {
            again(StatusCode::BAD_REQUEST, "This code is older than 10 minutes. Have a new mail sent.".to_owned())
        }
        Refusal::Internal(fault) => super::failed(identity, visit, fault),
        _ => again(StatusCode::BAD_REQUEST, "This is not the code of the newest mail to this address.".to_owned()),
    }
}

fn page(
    identity: &Identity,
    visit: &Visit,
    request: Option<&AuthorizationRequest>,
    status: StatusCode,
    form: &Params,
    alert: Option<String>,
    notice: &'static str,
) -> Response {
    let provider = identity.provider();
    let page = ConfirmPage {
        frame: Frame::new(provider, visit, request),
        notice,
        email: Field::email(form.text("email")),
        code: Field::code("").with_alert(alert.is_some()),
        alert,
        outbox: provider.settings.has_outbox(),
    };
    show_for(identity, visit, status, &page, request)
}

fn password_page(
    identity: &Identity,
    visit: &Visit,
    status: StatusCode,
    token: &str,
    alert: Option<String>,
) -> Response {
    let page = PasswordPage {
        frame: Frame::new(identity.provider(), visit, None),
        token,
        password: Field::password().with_alert(alert.is_some()).with_focus(),
        alert,
    };
    show(identity, visit, status, &page)
}
