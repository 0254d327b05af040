//! `GET /identity/oauth2/authorize`: to the sign-in form, or at once back to the client with a code.

use super::request::AuthorizationRequest;
use crate::{
    Identity,
    accounts::Account,
    error::Fault,
    grants::Authorization,
    pages,
    state::Provider,
    visit::{Visit, go},
};
use axum::{extract::State, response::Response};
use db::Transaction;
use domain::Timestamp;
use http::StatusCode;

/// Answers a client's request.
pub(crate) async fn authorize(State(identity): State<Identity>, visit: Visit) -> Response {
    let provider = identity.provider();
    let request = match AuthorizationRequest::read(&visit.query, &provider.settings) {
        Ok(request) => request,
        Err(fault) => return go(StatusCode::FOUND, &fault.location(visit.query.text("client_id"))),
    };
    match respond(provider, &visit, &request).await {
        Ok(location) => go(StatusCode::FOUND, &location),
        Err(fault) => {
            tracing::error!(error = %fault, "the authorization endpoint failed");
            let error = if fault.is_outage() { "temporarily_unavailable" } else { "server_error" };
            go(StatusCode::FOUND, &request.refuse(error, "try again"))
        }
    }
}

async fn respond(provider: &Provider, visit: &Visit, request: &AuthorizationRequest) -> Result<String, Fault> {
    let session = provider.browser_session(&visit.jar).await?;
    if let Some(session) = session.filter(|session| request.accepts_sign_in_of(session.auth_time, provider.now())) {
        let mut tx = provider.db.begin().await?;
        let code = provider.authorize(&mut tx, request, &session.account, session.auth_time).await?;
        tx.commit().await?;
        return Ok(request.answer(&code));
    }
    if request.asks_for_sign_up() {
        Ok(pages::address(pages::SIGN_UP, Some(request)))
    } else if request.allows_form() {
        Ok(pages::address(pages::LOGIN, Some(request)))
    } else {
        Ok(request.refuse("login_required", "nobody is signed in"))
    }
}

impl Provider {
    /// A code that answers the request for somebody who signed in at `auth_time`.
    pub(crate) async fn authorize(
        &self,
        tx: &mut Transaction,
        request: &AuthorizationRequest,
        account: &Account,
        auth_time: Timestamp,
    ) -> Result<String, Fault> {
        let authorization = Authorization {
            sub: account.sub,
            client_id: request.client_id.clone(),
            redirect_uri: request.redirect_uri.clone(),
            scopes: request.scopes.clone(),
            code_challenge: request.code_challenge.clone(),
            nonce: request.nonce.clone(),
            auth_time,
        };
        self.make_code(tx, &authorization).await
    }
}
