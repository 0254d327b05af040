//! The embedded identity provider: it answers like Amazon Cognito under `/identity`.
//!
//! OAuth 2.0 and OpenID Connect endpoints, hosted pages that work without JavaScript, and Cognito's JSON API, over
//! accounts of its own. The application talks to it over HTTP exactly as it would to Cognito, and nothing but the
//! server's composition root knows this package.

mod accounts;
mod browser;
mod clean_up;
mod error;
mod grants;
mod json_api;
mod keys;
mod mail;
mod oauth;
mod pages;
mod params;
mod passwords;
mod scopes;
mod secrets;
mod settings;
mod state;
mod test_clock;
mod throttle;
mod tokens;
mod visit;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    routing::{get, post},
};
use db::Db;
use domain::clock::Clock;
use error::Refusal;
pub use error::{Error, Fault};
pub use settings::{AdministrationKey, Client, DemoPerson, Limits, MailSettings, Settings};
use state::Provider;
use std::sync::Arc;
use tokio_util::{sync::CancellationToken, task::TaskTracker};
pub use visit::ClientAddress;

/// Largest body of any request, in bytes.
const BODY_MAX: usize = 64 * 1024;

/// The provider. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Identity(Arc<Provider>);

impl Identity {
    /// Checks the settings, makes or reads the keys, and makes the demo people that are missing. The database must
    /// be migrated.
    ///
    /// # Errors
    /// When the settings contradict each other or the production profile, or the database fails.
    pub async fn new(settings: Settings, db: Db, clock: Clock) -> Result<Self, Error> {
        Ok(Self(Arc::new(Provider::new(settings, db, clock).await?)))
    }

    /// The demo people of the settings, each with their `sub`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn demo_people(&self) -> Result<Vec<(uuid::Uuid, DemoPerson)>, Error> {
        Ok(self.0.demo_people().await.map_err(Fault::from)?)
    }

    /// Everything under `/identity`, with full paths.
    pub fn router(&self) -> Router {
        let well_known = |file: &str| format!("/identity/{}/.well-known/{file}", self.0.settings.pool_id);
        let mut router = Router::new()
            .route("/identity", post(json_api::call))
            .route("/identity/", post(json_api::call))
            .route("/identity/oauth2/authorize", get(oauth::authorize::authorize))
            .route("/identity/oauth2/token", post(oauth::token::token))
            .route("/identity/oauth2/revoke", post(oauth::revoke::revoke))
            .route("/identity/oauth2/userInfo", get(oauth::user_info::user_info).post(oauth::user_info::user_info))
            .route("/identity/logout", get(oauth::logout::logout))
            .route(&well_known("openid-configuration"), get(oauth::discovery::configuration))
            .route(&well_known("jwks.json"), get(oauth::discovery::jwks))
            .route("/identity/login", get(pages::sign_in::form).post(pages::sign_in::submit))
            .route("/identity/signup", get(pages::sign_up::form).post(pages::sign_up::submit))
            .route("/identity/confirm", get(pages::confirm::form).post(pages::confirm::submit))
            .route("/identity/confirm/resend", get(pages::confirm::form).post(pages::confirm::resend))
            .route("/identity/confirm/{token}", get(pages::confirm::link).post(pages::confirm::link_with_password))
            .route("/identity/forgot-password", get(pages::password::forgot_form).post(pages::password::forgot))
            .route("/identity/reset-password", get(pages::password::reset_form).post(pages::password::reset))
            .route("/identity/error", get(pages::message::error))
            .route("/identity/signed-out", get(pages::message::signed_out))
            .route("/identity/style.css", get(pages::style));
        if self.0.settings.has_outbox() {
            router = router.route("/identity/outbox", get(mail::outbox::show));
        }
        if !self.0.settings.demo_people.is_empty() {
            router = router.route("/identity/demo", get(pages::sign_in::form).post(pages::sign_in::demo));
        }
        if self.0.settings.test_clock {
            router = router.route("/identity/test-clock", post(test_clock::advance));
        }
        router
            .method_not_allowed_fallback(pages::message::wrong_method)
            .layer(DefaultBodyLimit::max(BODY_MAX))
            .with_state(self.clone())
    }

    /// Starts the workers: delivery of mail and removal of expired rows. They finish what they have begun when `stop`
    /// is cancelled; wait for them with the tracker before closing the database.
    #[must_use]
    pub fn spawn_workers(&self, stop: &CancellationToken) -> TaskTracker {
        let tracker = TaskTracker::new();
        let (cleaner, courier) = (self.0.clone(), self.0.clone());
        let (stop_cleaning, stop_delivery) = (stop.clone(), stop.clone());
        tracker.spawn(async move { cleaner.clean_up(stop_cleaning).await });
        tracker.spawn(async move { courier.deliver_mails(stop_delivery).await });
        tracker.close();
        tracker
    }

    pub(crate) fn provider(&self) -> &Provider {
        &self.0
    }
}
