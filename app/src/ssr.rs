//! The server's side of a page: what a request brings along and what its answer carries. The only user of `leptos_axum`.

use crate::{
    accounts::server_fns as accounts,
    albums::server_fns as albums,
    conversations::server_fns as conversations,
    documents::server_fns as documents,
    error::Failure,
    paths::{self, THEME_COOKIE},
    quizzes::server_fns as quizzes,
    review::server_fns as review,
    sessions::server_fns as sessions,
    theme::Theme,
    ui::refused_form::RefusedForm,
    uploads::server_fns as uploads,
};
use domain::{
    ApiError, Viewer, accounts::Accounts, albums::Albums, conversations::Conversations, documents::Documents,
    quizzes::Quizzes, review::Reviews, sessions::Sessions, uploads::Uploads, viewer::Authentication,
};
use http::{
    HeaderName, HeaderValue, StatusCode,
    header::{ACCEPT, COOKIE, LOCATION, RETRY_AFTER, SET_COOKIE},
    request::Parts,
};
use leptos::prelude::*;
use leptos::server_fn::axum::register_explicit;
use leptos_axum::ResponseOptions;
use std::sync::Arc;

/// What the server functions call; one trait object per feature.
#[derive(Clone)]
pub struct Services {
    /// Profiles and people.
    pub accounts: Arc<dyn Accounts>,
    /// Signed-in browsers.
    pub sessions: Arc<dyn Sessions>,
    /// Conversations and messages.
    pub conversations: Arc<dyn Conversations>,
    /// Uploads and the files that come of them.
    pub uploads: Arc<dyn Uploads>,
    /// Albums and photos.
    pub albums: Arc<dyn Albums>,
    /// Documents and their notes.
    pub documents: Arc<dyn Documents>,
    /// Quizzes and their results.
    pub quizzes: Arc<dyn Quizzes>,
    /// What is due for review.
    pub reviews: Arc<dyn Reviews>,
}

/// Makes the services available to pages and server functions. Pages, server functions and the fallback need it alike.
pub fn provide_services(services: &Services) {
    provide_context(services.clone());
}

/// Registers every server function by name. The automatic registration depends on which object files the linker keeps;
/// this does not.
pub fn register_server_functions() {
    register_explicit::<accounts::LoadProfile>();
    register_explicit::<accounts::UpdateProfile>();
    register_explicit::<accounts::SetAvatar>();
    register_explicit::<accounts::SearchPeople>();
    register_explicit::<accounts::CancelAccount>();
    register_explicit::<accounts::SetReadReceipts>();
    register_explicit::<accounts::SetTheme>();
    register_explicit::<sessions::ListSessions>();
    register_explicit::<sessions::EndSession>();
    register_explicit::<conversations::ListConversations>();
    register_explicit::<conversations::LoadConversation>();
    register_explicit::<conversations::LoadMessages>();
    register_explicit::<conversations::StartConversation>();
    register_explicit::<conversations::RenameConversation>();
    register_explicit::<conversations::SetPicture>();
    register_explicit::<conversations::AddParticipants>();
    register_explicit::<conversations::RemoveParticipant>();
    register_explicit::<conversations::SendMessage>();
    register_explicit::<conversations::EditMessage>();
    register_explicit::<conversations::DeleteMessage>();
    register_explicit::<conversations::React>();
    register_explicit::<conversations::MarkRead>();
    register_explicit::<conversations::SetMuted>();
    register_explicit::<conversations::SignalTyping>();
    register_explicit::<conversations::SearchMessages>();
    register_explicit::<uploads::StartUpload>();
    register_explicit::<uploads::LoadUpload>();
    register_explicit::<uploads::SignParts>();
    register_explicit::<uploads::CompleteUpload>();
    register_explicit::<uploads::AbortUpload>();
    register_explicit::<albums::ListAlbums>();
    register_explicit::<albums::LoadAlbum>();
    register_explicit::<albums::MakeAlbum>();
    register_explicit::<albums::ChangeAlbum>();
    register_explicit::<albums::DeleteAlbum>();
    register_explicit::<albums::RestoreAlbum>();
    register_explicit::<albums::ShareAlbum>();
    register_explicit::<albums::UnshareAlbum>();
    register_explicit::<albums::ListPhotos>();
    register_explicit::<albums::LoadTiles>();
    register_explicit::<albums::FindPhotos>();
    register_explicit::<albums::LoadPhoto>();
    register_explicit::<albums::AddPhoto>();
    register_explicit::<albums::ChangePhoto>();
    register_explicit::<albums::ChangePhotos>();
    register_explicit::<albums::DeletePhotos>();
    register_explicit::<albums::RestorePhotos>();
    register_explicit::<albums::MovePhotos>();
    register_explicit::<albums::CopyPhotos>();
    register_explicit::<albums::FindTags>();
    register_explicit::<documents::ListDocuments>();
    register_explicit::<documents::LoadDocument>();
    register_explicit::<documents::AddDocument>();
    register_explicit::<documents::TakeAttachment>();
    register_explicit::<documents::RenameDocument>();
    register_explicit::<documents::DeleteDocument>();
    register_explicit::<documents::LoadPage>();
    register_explicit::<documents::LoadContents>();
    register_explicit::<documents::FindInDocument>();
    register_explicit::<documents::LoadNotes>();
    register_explicit::<documents::RegenerateNotes>();
    register_explicit::<documents::EditNotes>();
    register_explicit::<documents::LoadVersions>();
    register_explicit::<quizzes::ListQuizzes>();
    register_explicit::<quizzes::LoadHistory>();
    register_explicit::<quizzes::LoadQuiz>();
    register_explicit::<quizzes::MakeQuiz>();
    register_explicit::<quizzes::DeleteQuiz>();
    register_explicit::<quizzes::LoadSheet>();
    register_explicit::<quizzes::SaveAnswers>();
    register_explicit::<quizzes::CheckAnswer>();
    register_explicit::<quizzes::SubmitQuiz>();
    register_explicit::<quizzes::LoadResult>();
    register_explicit::<quizzes::RetryMissed>();
    register_explicit::<quizzes::ClaimAnswer>();
    register_explicit::<quizzes::LoadKey>();
    register_explicit::<quizzes::RenameQuiz>();
    register_explicit::<quizzes::ChangeQuestion>();
    register_explicit::<quizzes::DropQuestion>();
    register_explicit::<quizzes::AcceptAnswer>();
    register_explicit::<quizzes::ShareQuiz>();
    register_explicit::<quizzes::LoadGroup>();
    register_explicit::<review::LoadDue>();
    register_explicit::<review::CountDue>();
    register_explicit::<review::LoadStatistics>();
    register_explicit::<review::AnswerQuestion>();
    register_explicit::<review::RateQuestion>();
    register_explicit::<review::AddToReview>();
    register_explicit::<review::RemoveFromReview>();
}

pub(crate) fn services() -> Result<Services, Failure> {
    use_context().ok_or_else(|| {
        tracing::error!("the services were not provided to this request");
        ApiError::internal().into()
    })
}

/// Who asks, or the refusal to answer with.
pub(crate) fn viewer() -> Result<Viewer, Failure> {
    let parts = use_context::<Parts>();
    match parts.as_ref().and_then(|parts| parts.extensions.get::<Authentication>()) {
        Some(authentication) => Ok(authentication.viewer()?.clone()),
        None => Err(ApiError::unauthorized().into()),
    }
}

pub(crate) fn request_id() -> Option<String> {
    let parts = use_context::<Parts>()?;
    Some(parts.headers.get("x-request-id")?.to_str().ok()?.to_owned())
}

/// The theme that the person chose in this browser.
pub(crate) fn theme() -> Theme {
    let parts = use_context::<Parts>();
    let cookies = parts.iter().flat_map(|parts| parts.headers.get_all(COOKIE)).filter_map(|value| value.to_str().ok());
    cookies
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == THEME_COOKIE)
        .map_or(Theme::System, |(_, value)| Theme::from_name(value))
}

pub(crate) fn remember_theme(theme: Theme) {
    let cookie = format!("{THEME_COOKIE}={}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly", theme.name());
    if let (Some(answer), Ok(value)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(&cookie)) {
        answer.append_header(SET_COOKIE, value);
    }
}

/// Takes what this browser has kept of the person, such as drafts, out of it.
pub(crate) fn clear_storage() {
    if let Some(answer) = use_context::<ResponseOptions>() {
        let name = HeaderName::from_static("clear-site-data");
        answer.insert_header(name, HeaderValue::from_static("\"storage\""));
    }
}

/// Gives the page's answer the status of the failure, or sends the browser to sign in and back.
pub(crate) fn answer_with(failure: &Failure) {
    if failure.needs_sign_in() {
        return send_to(&paths::sign_in(&requested_path()));
    }
    set_status(failure.code.status());
    let seconds = failure.retry_after_seconds.and_then(|seconds| HeaderValue::from_str(&seconds.to_string()).ok());
    if let (Some(answer), Some(seconds)) = (use_context::<ResponseOptions>(), seconds) {
        answer.insert_header(RETRY_AFTER, seconds);
    }
}

pub(crate) fn set_status(status: u16) {
    if let (Some(answer), Ok(status)) = (use_context::<ResponseOptions>(), StatusCode::from_u16(status)) {
        answer.set_status(status);
    }
}

/// Answers a page's request with a redirect.
pub(crate) fn send_to(location: &str) {
    if let (Some(answer), Ok(location)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(location)) {
        answer.insert_header(LOCATION, location);
        answer.set_status(StatusCode::FOUND);
    }
}

/// Where a form goes on to after it succeeded: a plain form is redirected there, a script stays on its page and shows
/// the result itself.
pub(crate) fn after_form(location: &str) {
    let is_plain_form = use_context::<Parts>().is_some_and(|parts| {
        let accept = parts.headers.get(ACCEPT).and_then(|value| value.to_str().ok());
        accept.is_some_and(|accept| accept.contains("text/html"))
    });
    if is_plain_form {
        send_to(location);
    }
}

/// The plain form whose refusal this page tells; whoever keeps it puts it into the request's extensions.
pub(crate) fn refused_form() -> Option<RefusedForm> {
    use_context::<Parts>()?.extensions.get::<RefusedForm>().cloned()
}

/// The page that was asked for, with its query.
fn requested_path() -> String {
    let parts = use_context::<Parts>();
    parts.and_then(|parts| Some(parts.uri.path_and_query()?.to_string())).unwrap_or_else(|| "/".into())
}
