//! The Accounts rows of the contract over HTTP.

use crate::{
    Backend, access,
    http::{
        authenticate::VerifiedToken,
        extract::{self, CurrentViewer, JsonBody, present},
        idempotency::IdempotencyKey,
        openapi,
        problem::Refusal,
    },
    sessions::rest::clear_storage,
};
use axum::{
    Json,
    extract::{FromRequest as _, Request, State},
    response::{IntoResponse as _, Response},
};
use domain::{
    ApiError, ErrorCode, Timestamp, Viewer,
    accounts::{Accounts as _, Person, Profile, ProfileChange, Registration, RegistrationClaims, SEARCH_LIMIT},
    id::Sub,
    viewer::Authentication,
};
use http::{StatusCode, request::Parts};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::{
    IntoResponses, ToSchema,
    openapi::{RefOr, Response as ResponseDoc},
};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

pub(crate) fn router() -> OpenApiRouter<Backend> {
    OpenApiRouter::new()
        .routes(routes!(register_user))
        .routes(routes!(get_me, update_me, cancel_me))
        .routes(routes!(search_users))
}

/// The caller's own profile.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Profile)]
struct ProfileBody {
    /// The identity provider's name for the person.
    #[schema(value_type = String, example = "0b0e7a9e-6a64-4b7e-9d5a-6a1f2f2f7a11")]
    sub: Sub,
    /// The sign-in name.
    #[schema(example = "ada@example.org")]
    email: String,
    /// From the identity provider.
    #[schema(example = "Ada")]
    given_name: String,
    /// From the identity provider.
    #[schema(example = "Lovelace")]
    family_name: String,
    /// The name others see.
    #[schema(example = "Ada Lovelace")]
    display_name: String,
    /// Address of the profile picture.
    #[schema(required = true)]
    avatar_url: Option<String>,
    /// Whether others see how far the person has read.
    read_receipts: bool,
    /// When the person registered.
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
}

impl From<Profile> for ProfileBody {
    fn from(profile: Profile) -> Self {
        let Profile { sub, email, given_name, family_name, display_name, avatar_url, read_receipts, created_at } =
            profile;
        Self { sub, email, given_name, family_name, display_name, avatar_url, read_receipts, created_at }
    }
}

/// A person as others see them.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Person)]
struct PersonBody {
    /// The identity provider's name for the person.
    #[schema(value_type = String, example = "0b0e7a9e-6a64-4b7e-9d5a-6a1f2f2f7a11")]
    sub: Sub,
    /// The name they chose to show.
    #[schema(example = "Ada Lovelace")]
    display_name: String,
    /// Address of the profile picture.
    #[schema(required = true)]
    avatar_url: Option<String>,
    /// Only when the query was this address in full.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    email: Option<String>,
}

impl From<Person> for PersonBody {
    fn from(person: Person) -> Self {
        let Person { sub, display_name, avatar_url, email } = person;
        Self { sub, display_name, avatar_url, email }
    }
}

/// What to change. A field left out stays as it is.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = ProfileChange)]
#[serde(deny_unknown_fields)]
struct ProfileChangeBody {
    /// The name others see: 1 to 100 characters in one line; blank space around it is taken off and not counted.
    #[serde(default, deserialize_with = "present")]
    #[schema(
        nullable = false,
        min_length = 1,
        example = "Ada",
        pattern = r"^[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*[^\x00-\x1f\x7f-\x9f \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0](?:[^\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]{0,98}[^\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069 \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000])?[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*$"
    )]
    display_name: Option<String>,
    /// Whether others see how far the person has read.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    read_receipts: Option<bool>,
    /// A completed upload of the caller's for the purpose `avatar` becomes the profile picture; null takes it away.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<Uuid>)]
    avatar_upload_id: Option<Option<Uuid>>,
}

/// Says that one means it.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = Cancellation)]
#[serde(deny_unknown_fields)]
struct CancellationBody {
    /// The word DELETE.
    #[schema(pattern = "^DELETE$", example = "DELETE")]
    confirm: String,
}

/// A token without the attributes of a person.
struct Incomplete;

impl IntoResponses for Incomplete {
    fn responses() -> BTreeMap<String, RefOr<ResponseDoc>> {
        let detail = "The token lacks email: send an ID token that has all three attributes.";
        BTreeMap::from([openapi::refusal(
            "The token lacks email, given_name or family_name; every access token does.",
            ApiError::new(ErrorCode::MissingAttributes, detail),
        )])
    }
}

/// Register
///
/// Registers the caller from the attributes of the verified ID token. A browser's sign-in does it by itself.
#[utoipa::path(
    post,
    path = "/api/register-user",
    operation_id = "register_user",
    tag = "Accounts",
    params((
        "Idempotency-Key" = Option<String>, Header, nullable = false, min_length = 1, max_length = 255, pattern = "^[\\x21-\\x7e]+$",
        description = "A repeat with the same key gets the first answer, for 24 hours."
    )),
    responses(
        (status = CREATED, description = "The account is new.", body = ProfileBody),
        (status = NO_CONTENT, description = "The account was there."),
        Incomplete,
        openapi::Always,
        openapi::SignedIn,
        openapi::Repeatable
    )
)]
async fn register_user(
    registrant: Registrant,
    key: IdempotencyKey,
    State(backend): State<Backend>,
    request: Request,
) -> Result<Response, Refusal> {
    let body = extract::body(request, &backend).await?;
    let repeatable = key.repeatable(backend.db(), backend.clock(), registrant.sub(), &body);
    repeatable.once(async move { register(&backend, registrant).await }).await
}

async fn register(backend: &Backend, registrant: Registrant) -> Result<Response, Refusal> {
    let accounts = backend.account_service();
    let (claims, authenticated_at) = match registrant {
        Registrant::Session(_) => return Ok(StatusCode::NO_CONTENT.into_response()),
        Registrant::Token { claims, authenticated_at } => (claims, authenticated_at),
    };
    let sub = claims.sub.clone();
    if accounts.register(claims).await? == Registration::AlreadyThere {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    let account_id = accounts.account_id(&sub).await?.ok_or_else(ApiError::unauthorized)?;
    let viewer = Viewer { account_id, sub, authenticated_at, session_id: None };
    let profile = ProfileBody::from(accounts.profile(&viewer).await?);
    Ok((StatusCode::CREATED, Json(profile)).into_response())
}

/// Whoever may register: with a valid token, registered or not, or with a session.
#[derive(Debug)]
enum Registrant {
    Token { claims: RegistrationClaims, authenticated_at: Timestamp },
    Session(Sub),
}

impl Registrant {
    fn sub(&self) -> &Sub {
        match self {
            Self::Token { claims, .. } => &claims.sub,
            Self::Session(sub) => sub,
        }
    }
}

impl<S: Sync> axum::extract::FromRequestParts<S> for Registrant {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        let refused = match parts.extensions.get::<Authentication>() {
            None | Some(Authentication::Anonymous) => Some(ApiError::unauthorized()),
            Some(Authentication::Refused(error)) if error.code != ErrorCode::NotRegistered => Some(error.clone()),
            Some(_) => None,
        };
        if let Some(error) = refused {
            return Err(error.into());
        }
        if let Some(VerifiedToken(claims)) = parts.extensions.get() {
            let authenticated_at = claims.authenticated_at;
            return Ok(Self::Token { claims: claims.as_ref().clone().into(), authenticated_at });
        }
        let CurrentViewer(viewer) = CurrentViewer::from_request_parts(parts, &()).await?;
        Ok(Self::Session(viewer.sub))
    }
}

/// My profile
#[utoipa::path(
    get,
    path = "/api/me",
    operation_id = "get_me",
    tag = "Accounts",
    responses((status = OK, description = "The profile.", body = ProfileBody), openapi::Always, openapi::SignedIn)
)]
async fn get_me(
    CurrentViewer(viewer): CurrentViewer,
    State(backend): State<Backend>,
) -> Result<Json<ProfileBody>, Refusal> {
    Ok(Json(backend.account_service().profile(&viewer).await?.into()))
}

/// Change my profile
#[utoipa::path(
    patch,
    path = "/api/me",
    operation_id = "update_me",
    tag = "Accounts",
    request_body = ProfileChangeBody,
    responses(
        (status = OK, description = "The profile as it is now.", body = ProfileBody),
        openapi::Always,
        openapi::SignedIn,
        openapi::WithBody
    )
)]
async fn update_me(
    CurrentViewer(viewer): CurrentViewer,
    State(backend): State<Backend>,
    JsonBody(change): JsonBody<ProfileChangeBody>,
) -> Result<Json<ProfileBody>, Refusal> {
    let ProfileChangeBody { display_name, read_receipts, avatar_upload_id } = change;
    let is_there = display_name.is_some() || read_receipts.is_some() || avatar_upload_id.is_some();
    extract::some_change(is_there, "display_name")?;
    let accounts = backend.account_service();
    let change = ProfileChange { display_name, read_receipts };
    // What is wrong with one field must not leave the other changed.
    change.clone().checked()?;
    if let Some(upload_id) = avatar_upload_id {
        let set = accounts.set_avatar(&viewer, upload_id).await;
        set.map_err(|error| error.about_field("upload_id", "avatar_upload_id"))?;
    }
    Ok(Json(accounts.update_profile(&viewer, change).await?.into()))
}

/// Cancel my account
///
/// Ends every session, takes the caller's attributes away and removes the identity at the provider. Albums, photos,
/// documents, quizzes and sent attachments go with their files; messages stay under "Deleted user". The sign-in must be
/// at most five minutes old.
#[utoipa::path(
    delete,
    path = "/api/me",
    operation_id = "cancel_me",
    tag = "Accounts",
    request_body = CancellationBody,
    responses(
        (status = NO_CONTENT, description = "The account is cancelled."),
        openapi::Always,
        openapi::SignedIn,
        openapi::WithBody
    )
)]
async fn cancel_me(
    CurrentViewer(viewer): CurrentViewer,
    State(backend): State<Backend>,
    request: Request,
) -> Result<Response, Refusal> {
    // A sign-in that is too old is a 401, and those come before everything about the body.
    access::signed_in_recently(&viewer, backend.clock().now())?;
    let JsonBody(CancellationBody { confirm }) = JsonBody::from_request(request, &backend).await?;
    backend.account_service().cancel(&viewer, &confirm).await?;
    Ok((StatusCode::NO_CONTENT, [clear_storage()]).into_response())
}

/// Find people
///
/// Everybody whose name has every word of the query, or parts of them, in any order, or whose email is the query;
/// by name. The caller is not among them.
#[utoipa::path(
    get,
    path = "/api/users",
    operation_id = "search_users",
    tag = "Accounts",
    params((
        "query" = String, Query, description = "Words of a name, without regard to case and accents, or an email in full: 1 to 200 characters in one line.", min_length = 1, pattern = r"^[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*[^\x00-\x1f\x7f-\x9f \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0](?:[^\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]{0,198}[^\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069 \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000])?[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*$",
        example = "ada"
    ), (
        "limit" = Option<i64>, Query, nullable = false, minimum = 1, maximum = 100, description = "People; 20 without it."
    )),
    responses(
        (status = OK, description = "The people.", body = Vec<PersonBody>),
        openapi::Always,
        openapi::SignedIn,
        openapi::Parameters
    )
)]
async fn search_users(
    CurrentViewer(viewer): CurrentViewer,
    State(backend): State<Backend>,
    parts: Parts,
) -> Result<Json<Vec<PersonBody>>, Refusal> {
    let (query, limit) = (extract::required_query(&parts, "query")?, extract::limit_or(&parts, SEARCH_LIMIT)?);
    extract::no_cursors(&parts, &["before", "after"])?;
    let people = backend.account_service().search(&viewer, &query, limit).await?;
    Ok(Json(people.into_iter().map(PersonBody::from).collect()))
}
