//! `GET /identity/logout`: ends the provider's own session and sends the browser on.

use super::request::with_query;
use crate::{
    Identity,
    browser::Jar,
    error::Fault,
    pages,
    visit::{Visit, go},
};
use axum::{extract::State, response::Response};
use http::StatusCode;

/// With `logout_uri`: there. With `redirect_uri` and `response_type`: to sign-in, as somebody else perhaps. Both
/// must be registered, letter by letter; otherwise nothing happens but our error page.
pub(crate) async fn logout(State(identity): State<Identity>, visit: Visit) -> Response {
    let provider = identity.provider();
    let query = &visit.query;
    let refuse = |code| pages::error_page(&identity, &visit, StatusCode::BAD_REQUEST, code);
    let Some(client) = query.get("client_id").and_then(|id| provider.settings.client(id)) else {
        return refuse("invalid_client");
    };
    let location = match (query.get("logout_uri"), query.get("redirect_uri")) {
        (Some(_), Some(_)) => return refuse("invalid_request"),
        (None, None) => return refuse("redirect_uri_missing"),
        (Some(uri), None) if client.logout_uris.iter().any(|registered| registered == uri) => {
            match query.get("state") {
                Some(state) => with_query(uri, [("state", state)]),
                None => uri.to_owned(),
            }
        }
        (None, Some(uri)) if client.redirect_uris.iter().any(|registered| registered == uri) => {
            match super::request::AuthorizationRequest::read(query, &provider.settings) {
                Ok(request) => pages::address(pages::LOGIN, Some(&request)),
                Err(_) => return refuse("invalid_request"),
            }
        }
        _ => return refuse("redirect_mismatch"),
    };
    let end = async {
        let mut tx = provider.db.begin().await?;
        provider.end_browser_session(&mut tx, &visit.jar).await?;
        tx.commit().await?;
        Ok::<_, Fault>(())
    };
    if let Err(fault) = end.await {
        return pages::failed(&identity, &visit, fault);
    }
    let mut response = go(StatusCode::FOUND, &location);
    pages::set_cookies(&mut response, [provider.no_cookie(Jar::Session), provider.no_cookie(Jar::Request)]);
    response
}
