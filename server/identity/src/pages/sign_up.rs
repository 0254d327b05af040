//! The sign-up form, and signing up.

use super::{
    Frame, confirm,
    field::Field,
    read_request, set_cookies, show_for,
    sign_in::{bad_form, in_words, retry_after},
};
use crate::{
    Identity, Refusal, accounts::SignUp, oauth::request::AuthorizationRequest, params::Params, passwords, visit::Visit,
};
use askama::Template;
use axum::{body::Bytes, extract::State, response::Response};
use domain::FieldError;
use http::StatusCode;

#[derive(Template)]
#[template(path = "sign_up.html")]
struct SignUpPage {
    frame: Frame,
    alert: Option<String>,
    given_name: Field,
    family_name: Field,
    email: Field,
    password: Field,
}

/// `GET /identity/signup`.
pub(crate) async fn form(State(identity): State<Identity>, visit: Visit) -> Response {
    let request = match read_request(&identity, &visit.query) {
        Ok(request) => request,
        Err(refusal) => return *refusal,
    };
    let mut response = page(&identity, &visit, request.as_ref(), StatusCode::OK, &Params::default(), None, &[]);
    // The confirmation link knows nothing of the client; the browser that opens it may.
    let cookie = request.and_then(|request| identity.provider().request_cookie(&request.query()));
    set_cookies(&mut response, cookie);
    response
}

/// `POST /identity/signup`. What follows is the same page for every address, known or not.
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
    let again = |status, alert: String, errors: &[FieldError]| {
        page(&identity, &visit, request.as_ref(), status, &form, Some(alert), errors)
    };
    let wish = match checked(&form) {
        Ok(wish) => wish,
        Err(errors) => return again(StatusCode::UNPROCESSABLE_ENTITY, CORRECT.to_owned(), &errors),
    };
    let email = wish.email.clone();
    match provider.sign_up(wish, visit.address).await {
        Ok(_) => confirm::sent(&identity, &visit, request.as_ref(), &email),
        Err(Refusal::Throttled(seconds)) => {
            let alert = format!("Too many sign-ups. Try again in {}.", in_words(seconds));
            retry_after(again(StatusCode::TOO_MANY_REQUESTS, alert, &[]), seconds)
        }
        Err(Refusal::Busy) => {
            let alert = "Many people are signing up just now. Try again in a moment.".to_owned();
            retry_after(again(StatusCode::SERVICE_UNAVAILABLE, alert, &[]), 5)
        }
        Err(Refusal::Internal(fault)) => super::failed(&identity, &visit, fault),
        Err(_) => again(StatusCode::UNPROCESSABLE_ENTITY, CORRECT.to_owned(), &[]),
    }
}

/// The alert over a form with marked fields.
pub(super) const CORRECT: &str = "Correct what is marked below.";

fn checked(form: &Params) -> Result<SignUp, Vec<FieldError>> {
    let (email, password) = (form.text("email"), form.text("password"));
    let names = (Some(form.text("given_name")), Some(form.text("family_name")));
    let wish = SignUp::check(email, password, names.0, names.1, None);
    match (wish, weakness(password)) {
        (Ok(wish), None) => Ok(wish),
        (wish, weakness) => Err(wish.err().unwrap_or_default().into_iter().chain(weakness).collect()),
    }
}

/// What is wrong with a new password.
pub(super) fn weakness(password: &str) -> Option<FieldError> {
    let weakness = passwords::check(password).err()?;
    Some(FieldError::body("password", "weak", weakness.advice()))
}

fn page(
    identity: &Identity,
    visit: &Visit,
    request: Option<&AuthorizationRequest>,
    status: StatusCode,
    form: &Params,
    alert: Option<String>,
    errors: &[FieldError],
) -> Response {
    let page = SignUpPage {
        frame: Frame::new(identity.provider(), visit, request),
        alert,
        given_name: Field::given_name(form.text("given_name")).with_errors(errors),
        family_name: Field::family_name(form.text("family_name")).with_errors(errors),
        email: Field::email(form.text("email")).with_errors(errors),
        password: Field::new_password().labelled("Password").with_errors(errors),
    };
    show_for(identity, visit, status, &page, request)
}
