//! Setting a new password after forgetting the old one.

use super::{
    Frame,
    field::Field,
    message::Message,
    read_request, show_for,
    sign_in::{bad_form, in_words, retry_after},
    sign_in_address,
    sign_up::{CORRECT, weakness},
};
use crate::{Identity, Refusal, oauth::request::AuthorizationRequest, params::Params, visit::Visit};
use askama::Template;
use axum::{body::Bytes, extract::State, response::Response};
use domain::FieldError;
use http::StatusCode;

#[derive(Template)]
#[template(path = "forgot.html")]
struct ForgotPage {
    frame: Frame,
    alert: Option<String>,
    email: Field,
}

#[derive(Template)]
#[template(path = "reset.html")]
struct ResetPage {
    frame: Frame,
    alert: Option<String>,
    notice: &'static str,
    email: Field,
    code: Field,
    password: Field,
    outbox: bool,
}

const SENT: &str = "If this address has an account, a mail with a code is on its way. The code is valid for one hour.";

/// `GET /identity/forgot-password`.
pub(crate) async fn forgot_form(State(identity): State<Identity>, visit: Visit) -> Response {
    match read_request(&identity, &visit.query) {
        Ok(request) => forgot_page(&identity, &visit, request.as_ref(), StatusCode::OK, "", None),
        Err(refusal) => *refusal,
    }
}

/// `POST /identity/forgot-password`. The same page follows for every address, known or not.
pub(crate) async fn forgot(State(identity): State<Identity>, visit: Visit, body: Bytes) -> Response {
    let provider = identity.provider();
    let request = match read_request(&identity, &visit.query) {
        Ok(request) => request,
        Err(refusal) => return *refusal,
    };
    let form = match visit.form(provider, &body) {
        Ok(form) => form,
        Err(bad) => return bad_form(&identity, &visit, &bad),
    };
    match provider.forgot_password(form.text("email"), visit.address).await {
        Ok(()) => reset_page(&identity, &visit, request.as_ref(), StatusCode::OK, &form, Words::notice(SENT)),
        Err(Refusal::Throttled(seconds)) => {
            let alert = format!("Too many mails to this address. Try again in {}.", in_words(seconds));
            let status = StatusCode::TOO_MANY_REQUESTS;
            let page = forgot_page(&identity, &visit, request.as_ref(), status, form.text("email"), Some(alert));
            retry_after(page, seconds)
        }
        Err(Refusal::Internal(fault)) => super::failed(&identity, &visit, fault),
        Err(_) => {
            let alert = Some("This did not work. Try again in a moment.".to_owned());
            let status = StatusCode::SERVICE_UNAVAILABLE;
            forgot_page(&identity, &visit, request.as_ref(), status, form.text("email"), alert)
        }
    }
}

/// `GET /identity/reset-password`.
pub(crate) async fn reset_form(State(identity): State<Identity>, visit: Visit) -> Response {
    match read_request(&identity, &visit.query) {
        Ok(request) => {
            let words = Words::default();
            reset_page(&identity, &visit, request.as_ref(), StatusCode::OK, &Params::default(), words)
        }
        Err(refusal) => *refusal,
    }
}

/// `POST /identity/reset-password`.
pub(crate) async fn reset(State(identity): State<Identity>, visit: Visit, body: Bytes) -> Response {
    let provider = identity.provider();
    let request = match read_request(&identity, &visit.query) {
        Ok(request) => request,
        Err(refusal) => return *refusal,
    };
    let form = match visit.form(provider, &body) {
        Ok(form) => form,
        Err(bad) => return bad_form(&identity, &visit, &bad),
    };
    let again = |status, words| reset_page(&identity, &visit, request.as_ref(), status, &form, words);
    if let Some(weak) = weakness(form.text("password")) {
        return again(
            StatusCode::UNPROCESSABLE_ENTITY,
            Words { errors: vec![weak], ..Words::alert(CORRECT.to_owned()) },
        );
    }
    let code: String = form.text("code").split_whitespace().collect();
    match provider.reset_password(form.text("email"), &code, form.text("password"), visit.address).await {
        Ok(()) => {
            let message = Message {
                title: "Password changed",
                text: "Your new password is set, and all your devices are signed out. Now sign in with it.",
                link: sign_in_address(provider, request.as_ref()),
                link_text: "Sign in",
            };
            show_for(&identity, &visit, StatusCode::OK, &message, request.as_ref())
        }
        Err(Refusal::Throttled(seconds)) => {
            let alert = format!("Too many attempts. Try again in {}.", in_words(seconds));
            retry_after(again(StatusCode::TOO_MANY_REQUESTS, Words::alert(alert)), seconds)
        }
        Err(Refusal::Busy) => {
            let alert = "Many people are here just now. Try again in a moment.".to_owned();
            retry_after(again(StatusCode::SERVICE_UNAVAILABLE, Words::alert(alert)), 5)
        }
        Err(Refusal::Internal(fault)) => super::failed(&identity, &visit, fault),
        Err(Refusal::CodeExpired) => {
            let alert = "This code is older than one hour. Have a new one sent.".to_owned();
            again(StatusCode::BAD_REQUEST, Words::alert(alert))
        }
        Err(_) => {
            let alert = "This is not the code of the newest mail to this address.".to_owned();
            again(StatusCode::BAD_REQUEST, Words { about_code: true, ..Words::alert(alert) })
        }
    }
}

/// What the page says besides the form.
#[derive(Default)]
struct Words {
    alert: Option<String>,
    about_code: bool,
    notice: &'static str,
    errors: Vec<FieldError>,
}

impl Words {
    fn alert(alert: String) -> Self {
        Self { alert: Some(alert), ..Self::default() }
    }

    fn notice(notice: &'static str) -> Self {
        Self { notice, ..Self::default() }
    }
}

fn forgot_page(
    identity: &Identity,
    visit: &Visit,
    request: Option<&AuthorizationRequest>,
    status: StatusCode,
    email: &str,
    alert: Option<String>,
) -> Response {
    let frame = Frame::new(identity.provider(), visit, request);
    show_for(identity, visit, status, &ForgotPage { frame, alert, email: Field::email(email) }, request)
}

fn reset_page(
    identity: &Identity,
    visit: &Visit,
    request: Option<&AuthorizationRequest>,
    status: StatusCode,
    form: &Params,
    words: Words,
) -> Response {
    let provider = identity.provider();
    let page = ResetPage {
        frame: Frame::new(provider, visit, request),
        notice: words.notice,
        email: Field::email(form.text("email")),
        code: Field::code(form.text("code")).with_alert(words.about_code),
        password: Field::new_password().with_errors(&words.errors),
        alert: words.alert,
        outbox: provider.settings.has_outbox(),
    };
    show_for(identity, visit, status, &page, request)
}
