//! What pages and calls get from [`Backend`]: pages the traits of `domain`, calls the services themselves.

use crate::{
    Backend,
    accounts::service::AccountService,
    albums::service::AlbumService,
    clients::identity::Identity,
    conversations::service::ConversationService,
    documents::service::DocumentService,
    events::Events,
    quizzes::service::QuizService,
    review::service::ReviewService,
    sessions::{cookie::Cookies, flow::SignIn, service::SessionService},
    settings::Settings,
    uploads::service::UploadService,
};
use db::Db;
use domain::{
    accounts::Accounts, albums::Albums, clock::Clock, conversations::Conversations, documents::Documents,
    quizzes::Quizzes, review::Reviews, sessions::Sessions, uploads::Uploads,
};
use std::sync::Arc;

impl Backend {
    /// Profiles and people, for pages.
    #[must_use]
    pub fn accounts(&self) -> Arc<dyn Accounts> {
        self.0.accounts.clone()
    }

    /// Signed-in browsers, for pages.
    #[must_use]
    pub fn sessions(&self) -> Arc<dyn Sessions> {
        self.0.sessions.clone()
    }

    /// Conversations and messages, for pages.
    #[must_use]
    pub fn conversations(&self) -> Arc<dyn Conversations> {
        self.0.conversations.clone()
    }

    /// Albums and photos, for pages.
    #[must_use]
    pub fn albums(&self) -> Arc<dyn Albums> {
        self.0.albums.clone()
    }

    /// Documents and their notes, for pages.
    #[must_use]
    pub fn documents(&self) -> Arc<dyn Documents> {
        self.0.documents.clone()
    }

    /// Quizzes, for pages.
    #[must_use]
    pub fn quizzes(&self) -> Arc<dyn Quizzes> {
        self.0.quizzes.clone()
    }

    /// Review, for pages.
    #[must_use]
    pub fn reviews(&self) -> Arc<dyn Reviews> {
        self.0.reviews.clone()
    }

    /// Files, for pages.
    #[must_use]
    pub fn uploads(&self) -> Arc<dyn Uploads> {
        Arc::new(self.0.uploads.clone())
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.0.settings
    }

    pub(crate) fn db(&self) -> &Db {
        &self.0.db
    }

    pub(crate) fn clock(&self) -> &Clock {
        &self.0.clock
    }

    pub(crate) fn cookies(&self) -> Cookies {
        self.0.cookies
    }

    pub(crate) fn identity(&self) -> &Identity {
        &self.0.identity
    }

    pub(crate) fn account_service(&self) -> &AccountService {
        &self.0.accounts
    }

    pub(crate) fn conversation_service(&self) -> &ConversationService {
        &self.0.conversations
    }

    pub(crate) fn album_service(&self) -> &AlbumService {
        &self.0.albums
    }

    pub(crate) fn document_service(&self) -> &DocumentService {
        &self.0.documents
    }

    pub(crate) fn quiz_service(&self) -> &QuizService {
        &self.0.quizzes
    }

    pub(crate) fn review_service(&self) -> &ReviewService {
        &self.0.reviews
    }

    pub(crate) fn upload_service(&self) -> &UploadService {
        &self.0.uploads
    }

    pub(crate) fn events(&self) -> &Events {
        &self.0.events
    }

    pub(crate) fn session_service(&self) -> &SessionService {
        &self.0.sessions
    }

    pub(crate) fn sign_in(&self) -> &SignIn {
        &self.0.sign_in
    }
}
