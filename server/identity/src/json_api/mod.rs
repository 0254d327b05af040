//! `POST /identity/`: Cognito's JSON API, as far as an application needs it.

mod administration;
mod exception;
mod input;
mod passwords;
mod sign_in;
mod sign_up;
mod signature;
mod user;

use crate::{Identity, state::Provider, visit};
use axum::{
    body::Bytes,
    extract::{FromRequestParts, State, rejection::BytesRejection},
    response::{IntoResponse, Response},
};
use exception::Exception;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header, request::Parts};
use serde_json::Value;
use std::{convert::Infallible, net::IpAddr};

const SERVICE: &str = "AWSCognitoIdentityProviderService.";
const MEDIA_TYPE: &str = "application/x-amz-json-1.1";

/// One call.
#[derive(Debug)]
struct Call<'a> {
    provider: &'a Provider,
    method: &'a Method,
    uri: &'a Uri,
    headers: &'a HeaderMap,
    address: Option<IpAddr>,
    body: &'a [u8],
}

/// What [`call`] needs of a request besides its body.
pub(crate) struct Head {
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    address: Option<IpAddr>,
}

impl FromRequestParts<Identity> for Head {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &Identity) -> Result<Self, Infallible> {
        Ok(Self {
            method: parts.method.clone(),
            uri: parts.uri.clone(),
            headers: parts.headers.clone(),
            address: visit::client_address(parts),
        })
    }
}

/// Answers a call with its JSON, or with an exception as AWS writes them.
pub(crate) async fn call(
    State(identity): State<Identity>,
    head: Head,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let answer = match body {
        Ok(body) => {
            let call = Call {
                provider: identity.provider(),
                method: &head.method,
                uri: &head.uri,
                headers: &head.headers,
                address: head.address,
                body: &body,
            };
            call.answer().await
        }
        Err(rejection) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => Err(Exception::too_large()),
        Err(_) => Err(Exception::new("SerializationException", "The body could not be read.")),
    };
    let mut response = answer.map_or_else(IntoResponse::into_response, |answer| answer.to_string().into_response());
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if let Ok(id) = HeaderValue::from_str(&domain::clock::random_uuid().to_string()) {
        headers.insert(HeaderName::from_static("x-amzn-requestid"), id);
    }
    response
}

impl Call<'_> {
    async fn answer(&self) -> Result<Value, Exception> {
        if !visit::is_type(self.headers, MEDIA_TYPE) {
            return Err(Exception::unsupported_media_type());
        }
        let target = self.headers.get("x-amz-target").and_then(|target| target.to_str().ok()).unwrap_or_default();
        match target.strip_prefix(SERVICE) {
            Some("SignUp") => sign_up::sign_up(self).await,
            Some("ConfirmSignUp") => sign_up::confirm_sign_up(self).await,
            Some("ResendConfirmationCode") => sign_up::resend_confirmation_code(self).await,
            Some("InitiateAuth") => sign_in::initiate_auth(self).await,
            Some("RevokeToken") => sign_in::revoke_token(self).await,
            Some("GlobalSignOut") => sign_in::global_sign_out(self).await,
            Some("GetUser") => user::get_user(self).await,
            Some("DeleteUser") => user::delete_user(self).await,
            Some("ChangePassword") => passwords::change_password(self).await,
            Some("ForgotPassword") => passwords::forgot_password(self).await,
            Some("ConfirmForgotPassword") => passwords::confirm_forgot_password(self).await,
            Some("AdminDeleteUser") => administration::admin_delete_user(self).await,
            _ => Err(Exception::new("UnknownOperationException", "There is no such operation here.")),
        }
    }
}
