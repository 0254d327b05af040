//! `GET /api/config`: what a program has to know before it signs in.

use crate::{
    Backend,
    http::{openapi, problem::Refusal},
};
use axum::{Json, extract::State};
use domain::{ApiError, uploads::UploadPurpose};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

/// The limits of the contract that no setting changes.
const DOCUMENT_PAGES: u64 = 2_000;
const PHOTO_PIXELS: u64 = 100_000_000;
const MESSAGE_CHARACTERS: u64 = 4_000;
const TITLE_CHARACTERS: u64 = 200;

pub(crate) fn router() -> OpenApiRouter<Backend> {
    OpenApiRouter::new().routes(routes!(get_config))
}

/// Where and as which client to sign in, and what is allowed.
#[derive(Debug, Serialize, ToSchema)]
struct Config {
    /// The `iss` of tokens; discovery stands below it.
    #[schema(example = "http://127.0.0.1:3000/identity/us-east-1_embedded0")]
    issuer: String,
    #[schema(example = "us-east-1")]
    region: String,
    #[schema(example = "us-east-1_embedded0")]
    user_pool_id: String,
    /// A public client, without a secret.
    #[schema(example = "lyceum")]
    client_id: String,
    /// The redirect address registered for it.
    redirect_uri: String,
    authorize_url: String,
    token_url: String,
    /// Where a browser signs in.
    sign_in_path: &'static str,
    /// Where a browser's form posts to sign out.
    sign_out_path: &'static str,
    limits: Limits,
}

/// What is allowed.
#[derive(Debug, Serialize, ToSchema)]
struct Limits {
    requests_per_second: u32,
    request_burst: u32,
    /// Null without a quota.
    #[schema(required = true)]
    requests_per_day: Option<u64>,
    message_characters: u64,
    title_characters: u64,
    media_bytes: u64,
    document_bytes: u64,
    document_pages: u64,
    photo_bytes: u64,
    photo_pixels: u64,
    audio_bytes: u64,
    avatar_bytes: u64,
    /// All files of a person together.
    storage_bytes: u64,
}

/// What a program has to know
#[utoipa::path(
    get,
    path = "/api/config",
    operation_id = "get_config",
    tag = "Accounts",
    security(()),
    responses((status = OK, description = "The configuration.", body = Config), openapi::Always)
)]
async fn get_config(State(backend): State<Backend>) -> Result<Json<Config>, Refusal> {
    let metadata = backend.identity().metadata().await.map_err(|error| {
        tracing::warn!(cause = %error, "the configuration cannot be told: no discovery");
        ApiError::unavailable("The identity provider does not answer. Try again in a moment.")
    })?;
    let settings = backend.settings();
    let (identity, rate, files) = (&settings.identity, &settings.rate_limit, &settings.uploads);
    Ok(Json(Config {
        issuer: identity.issuer.clone(),
        region: identity.region.clone(),
        user_pool_id: identity.user_pool_id.clone(),
        client_id: identity.public_client_id.clone(),
        redirect_uri: identity.public_redirect_uri.clone(),
        authorize_url: metadata.authorization_endpoint.to_string(),
        token_url: metadata.token_endpoint.to_string(),
        sign_in_path: "/auth/sign-in",
        sign_out_path: "/auth/sign-out",
        limits: Limits {
            requests_per_second: rate.per_second,
            request_burst: rate.burst,
            requests_per_day: rate.daily_quota,
            message_characters: MESSAGE_CHARACTERS,
            title_characters: TITLE_CHARACTERS,
            media_bytes: files.limit(UploadPurpose::Media),
            document_bytes: files.limit(UploadPurpose::Document),
            document_pages: DOCUMENT_PAGES,
            photo_bytes: files.limit(UploadPurpose::Photo),
            photo_pixels: PHOTO_PIXELS,
            audio_bytes: files.limit(UploadPurpose::Audio),
            avatar_bytes: files.limit(UploadPurpose::Avatar),
            storage_bytes: files.quota,
        },
    }))
}
