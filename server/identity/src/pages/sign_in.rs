//! The sign-in form, and signing in.

use super::{Frame, LOGIN, confirm, field::Field, read_request, set_cookies, show_for, sign_in_address};
use crate::{
    DemoPerson, Identity, Refusal,
    accounts::{self, Account},
    browser::Jar,
    error::Fault,
    oauth::request::AuthorizationRequest,
    visit::{BadForm, Visit, go},
};
use askama::Template;
use axum::{body::Bytes, extract::State, response::Response};
use http::{HeaderValue, StatusCode, header};

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignInPage<'a> {
    frame: Frame,
    alert: Option<String>,
    email: Field,
    password: Field,
    demo: &'a [DemoPerson],
}

/// `GET /identity/login`, and where a demo person was refused. Without a client's request the application is asked to
/// make one.
pub(crate) async fn form(State(identity): State<Identity>, visit: Visit) -> Response {
    match read_request(&identity, &visit.query) {
        Err(refusal) => *refusal,
        Ok(None) => go(StatusCode::FOUND, identity.provider().settings.sign_in_url.as_str()),
        Ok(Some(request)) => {
            let email = request.login_hint.clone().unwrap_or_default();
            page(&identity, &visit, Some(&request), StatusCode::OK, &email, None)
        }
    }
}

/// `POST /identity/login`.
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
    let email = form.text("email").to_owned();
    let refusal = match provider.sign_in(&email, form.text("password"), visit.address).await {
        Ok(account) => return finish(&identity, &visit, request.as_ref(), &account).await,
        Err(refusal) => refusal,
    };
    if let Refusal::NotConfirmed(sub) = refusal {
        // They proved the password, so a new mail is for the right sign-up; one too many is simply not sent.
        return match provider.resend_confirmation(&email, Some(sub), visit.address).await {
            Err(Refusal::Internal(fault)) => super::failed(&identity, &visit, fault),
            _ => confirm::unconfirmed(&identity, &visit, request.as_ref(), &email),
        };
    }
    let wrong = "The email address or the password is wrong.";
    refused_password(&identity, &visit, refusal, wrong, |status, alert| {
        page(&identity, &visit, request.as_ref(), status, &email, Some(alert))
    })
}

/// What a password that was not taken is answered: its form `again`, with what is the matter.
pub(super) fn refused_password(
    identity: &Identity,
    visit: &Visit,
    refusal: Refusal,
    wrong: &str,
    again: impl FnOnce(StatusCode, String) -> Response,
) -> Response {
    match refusal {
        Refusal::Throttled(seconds) => {
            let alert = format!("Too many attempts. Try again in {}.", in_words(seconds));
            retry_after(again(StatusCode::TOO_MANY_REQUESTS, alert), seconds)
        }
        Refusal::Busy => {
            let alert = "Many people are signing in just now. Try again in a moment.".to_owned();
            retry_after(again(StatusCode::SERVICE_UNAVAILABLE, alert), 5)
        }
        Refusal::Internal(fault) => super::failed(identity, visit, fault),
        _ => again(StatusCode::BAD_REQUEST, wrong.to_owned()),
    }
}

/// `POST /identity/demo`: signs in as one of the demo people. Not there in production.
pub(crate) async fn demo(State(identity): State<Identity>, visit: Visit, body: Bytes) -> Response {
    let provider = identity.provider();
    let request = match read_request(&identity, &visit.query) {
        Ok(request) => request,
        Err(refusal) => return *refusal,
    };
    let form = match visit.form(provider, &body) {
        Ok(form) => form,
        Err(bad) => return bad_form(&identity, &visit, &bad),
    };
    let find = async {
        let mut c = provider.db.read().await?;
        accounts::store::by_email(&mut c, form.text("email")).await
    };
    match find.await {
        // Somebody who signed up with a demo person's address is no demo person.
        Ok(Some(account)) if account.demo && !provider.settings.production => {
            finish(&identity, &visit, request.as_ref(), &account).await
        }
        Ok(_) => {
            let alert = Some("There is no such demo person.".to_owned());
            page(&identity, &visit, request.as_ref(), StatusCode::BAD_REQUEST, "", alert)
        }
        Err(error) => super::failed(&identity, &visit, error.into()),
    }
}

/// Signs the browser in and sends it back to the client with a code.
async fn finish(
    identity: &Identity,
    visit: &Visit,
    request: Option<&AuthorizationRequest>,
    account: &Account,
) -> Response {
    let provider = identity.provider();
    let sign_in = async {
        let mut tx = provider.db.begin().await?;
        let session = provider.start_browser_session(&mut tx, &visit.jar, account).await?;
        let location = match request {
            Some(request) => request.answer(&provider.authorize(&mut tx, request, account, provider.now()).await?),
            None => sign_in_address(provider, None),
        };
        tx.commit().await?;
        Ok::<_, Fault>((location, session))
    };
    match sign_in.await {
        Ok((location, session)) => {
            let mut response = go(StatusCode::SEE_OTHER, &location);
            set_cookies(&mut response, [session, provider.no_cookie(Jar::Request)]);
            response
        }
        Err(fault) => super::failed(identity, visit, fault),
    }
}

fn page(
    identity: &Identity,
    visit: &Visit,
    request: Option<&AuthorizationRequest>,
    status: StatusCode,
    email: &str,
    alert: Option<String>,
) -> Response {
    let provider = identity.provider();
    let field = Field::email(email).with_alert(alert.is_some());
    let page = SignInPage {
        frame: Frame::new(provider, visit, request),
        email: if email.is_empty() { field.with_focus() } else { field },
        password: Field::password().with_alert(alert.is_some()),
        alert,
        demo: &provider.settings.demo_people,
    };
    show_for(identity, visit, status, &page, request)
}

/// The page for a form that was not sent from one of our pages. With a new cookie the next try works.
pub(super) fn bad_form(identity: &Identity, visit: &Visit, bad: &BadForm) -> Response {
    let (status, text) = match bad {
        BadForm::Params(bad) => return super::bad_params(identity, visit, bad),
        BadForm::MediaType => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "This address takes forms only."),
        BadForm::Foreign => (
            StatusCode::FORBIDDEN,
            "The form did not come from our page in this browser, or cookies are switched off. Allow cookies for \
             this site, go back, load the page anew and try again.",
        ),
    };
    let link = format!(
        "{LOGIN}{}",
        match read_request(identity, &visit.query) {
            Ok(request) => super::address("", request.as_ref()),
            Err(_) => String::new(),
        }
    );
    let message = super::message::Message { title: "This did not work", text, link, link_text: "Back to sign-in" };
    super::show(identity, visit, status, &message)
}

/// Adds `Retry-After`.
pub(super) fn retry_after(mut response: Response, seconds: i64) -> Response {
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    response
}

/// Seconds or minutes as people say it.
pub(super) fn in_words(seconds: i64) -> String {
    match seconds {
        ..=1 => "a second".to_owned(),
        2..=90 => format!("{seconds} seconds"),
        _ => format!("{} minutes", (seconds + 59) / 60),
    }
}
