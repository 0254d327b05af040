//! The app behind a router, put together as the server does it.

use crate::people::{Fakes, Who};
use app::{App, Services, provide_services, register_server_functions, shell, ui::refused_form::RefusedForm};
use axum::{
    Router,
    body::Body,
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    response::IntoResponse,
    routing::any,
};
use http_body_util::BodyExt;
use leptos::config::LeptosOptions;
use leptos_axum::{LeptosRoutes, generate_route_list};
use std::sync::{Arc, LazyLock};
use tower::ServiceExt;

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) location: Option<String>,
    pub(crate) cookie: Option<String>,
    pub(crate) body: String,
}

/// Made once: while the routes are listed, no resource of any page in the process is loaded.
static SITE: LazyLock<Router> = LazyLock::new(site);

fn site() -> Router {
    register_server_functions();
    let options = LeptosOptions::builder().output_name("lyceum").site_root("no-such-folder").build();
    let services = Services {
        accounts: Arc::new(Fakes),
        sessions: Arc::new(Fakes),
        conversations: Arc::new(Fakes),
        uploads: Arc::new(Fakes),
        albums: Arc::new(Fakes),
        documents: Arc::new(Fakes),
        quizzes: Arc::new(Fakes),
        reviews: Arc::new(Fakes),
    };
    let provide = move || provide_services(&services);
    let (for_functions, page_options) = (provide.clone(), options.clone());
    let functions = any(move |request: Request| {
        let provide = for_functions.clone();
        async move { leptos_axum::handle_server_fns_with_context(provide, request).await.into_response() }
    });
    Router::new()
        .route("/fn/{*name}", functions)
        .leptos_routes_with_context(&options, generate_route_list(App), provide.clone(), move || {
            shell(page_options.clone())
        })
        .fallback(leptos_axum::file_and_error_handler_with_context::<LeptosOptions, _>(provide, shell))
        .with_state(options)
}

async fn send(who: Who, mut request: Request) -> Answer {
    request.extensions_mut().insert(who.authentication());
    request.headers_mut().insert("x-request-id", HeaderValue::from_static("request-1"));
    let response = SITE.clone().oneshot(request).await.unwrap();
    let text = |name| response.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
    let (status, location, cookie) = (response.status(), text(header::LOCATION), text(header::SET_COOKIE));
    let body = response.into_body().collect().await.unwrap().to_bytes();
    Answer { status, location, cookie, body: String::from_utf8(body.to_vec()).unwrap() }
}

/// What a browser without scripts gets at an address.
pub(crate) async fn get(who: Who, path: &str) -> Answer {
    get_with_cookie(who, path, "").await
}

pub(crate) async fn get_with_cookie(who: Who, path: &str, cookie: &str) -> Answer {
    let request = Request::get(path).header(header::ACCEPT, "text/html").header(header::COOKIE, cookie);
    send(who, request.body(Body::empty()).unwrap()).await
}

/// What a browser without scripts gets for a form on a page.
pub(crate) async fn post_form(who: Who, function: &str, fields: &str, page: &str) -> Answer {
    let request = Request::post(format!("/fn/{function}"))
        .header(header::ACCEPT, "text/html,application/xhtml+xml")
        .header(header::REFERER, format!("http://localhost{page}"))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    send(who, request.body(Body::from(fields.to_owned())).unwrap()).await
}

/// What a browser without scripts gets for a form that is refused: the page again, with these values still known.
pub(crate) async fn get_refused(who: Who, refused: &Answer, function: &str, fields: &[(&str, &str)]) -> Answer {
    let page = path_of(refused.location.as_deref().unwrap());
    let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    let request = Request::get(page).header(header::ACCEPT, "text/html");
    let mut request = request.body(Body::empty()).unwrap();
    request.extensions_mut().insert(RefusedForm::new(&format!("/fn/{function}"), fields));
    send(who, request).await
}

/// What a page's script gets for a call.
pub(crate) async fn call(who: Who, method: &str, function: &str, fields: &str) -> Answer {
    let request = Request::builder()
        .method(method)
        .uri(format!("/fn/{function}"))
        .header(header::ACCEPT, "application/json")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    send(who, request.body(Body::from(fields.to_owned())).unwrap()).await
}

/// Path and query of an absolute address.
pub(crate) fn path_of(location: &str) -> &str {
    location.strip_prefix("http://localhost").unwrap_or(location)
}
