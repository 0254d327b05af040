//! Signing in through the provider and back, and signing out.

use super::{
    cookie::Secret,
    return_to,
    service::{Arrival, Opened, SessionService},
    store,
    vault::{derive, hash},
};
use crate::{
    accounts::service::AccountService,
    clients::identity::{Authorization, Claims, Identity, OutboundError, TokenError, VerifyError},
    failure::Failure,
    settings::Settings,
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use db::Db;
use domain::{
    ErrorCode, Timestamp,
    accounts::{Accounts as _, RegistrationClaims},
    clock::{Clock, random_bytes},
};
use serde::Deserialize;
use std::{sync::Arc, time::Duration};
use url::Url;

/// How long one may take at the provider: newcomers wait there for a mail, and may have it sent again.
const ATTEMPT_SECONDS: i64 = 3_600;
/// What the provider may be asked to do; anything else is left out.
const PROMPTS: [&str; 5] = ["login", "select_account", "consent", "none", "create"];
/// How long somebody who signs out waits for the provider.
const REVOCATION_PATIENCE: Duration = Duration::from_secs(3);
const NONCE: &[u8] = b"nonce";
const VERIFIER: &[u8] = b"code verifier";

/// Why nobody is signed in now. The page at `/sign-in-failed` has words for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reason {
    /// Begun too long ago, in another browser, or finished before.
    Expired,
    /// The person chose not to.
    Cancelled,
    /// The provider or our database does not answer.
    Unavailable,
    /// The provider refused, or answered what must not be believed.
    Refused,
    /// The person has no email, given or family name at the provider.
    MissingAttributes,
    /// The person has cancelled the account.
    AccountClosed,
    /// Our fault.
    Failed,
}

impl Reason {
    /// As it stands in the address of the page.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Expired => "expired",
            Self::Cancelled => "cancelled",
            Self::Unavailable => "unavailable",
            Self::Refused => "refused",
            Self::MissingAttributes => "missing_attributes",
            Self::AccountClosed => "account_closed",
            Self::Failed => "failed",
        }
    }
}

impl From<OutboundError> for Reason {
    fn from(error: OutboundError) -> Self {
        tracing::warn!(cause = %error, "a sign-in failed: the provider cannot be reached");
        Self::Unavailable
    }
}

impl From<Failure> for Reason {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Refused(error) => match error.code {
                ErrorCode::MissingAttributes => Self::MissingAttributes,
                ErrorCode::Unauthorized => Self::AccountClosed,
                ErrorCode::Unavailable => Self::Unavailable,
                _ => Self::Failed,
            },
            Failure::Database(cause) if db::is_outage(&cause) => {
                tracing::error!(%cause, "a sign-in failed: the database does not answer");
                Self::Unavailable
            }
            failure => {
                tracing::error!(cause = %failure, "a sign-in failed");
                Self::Failed
            }
        }
    }
}

impl From<sqlx::Error> for Reason {
    fn from(error: sqlx::Error) -> Self {
        Failure::from(error).into()
    }
}

/// What the provider sends the browser back with.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Answer {
    code: Option<String>,
    state: Option<String>,
    error: Option<String>,
    /// RFC 9207.
    iss: Option<String>,
}

/// A sign-in that failed, and where it was to lead, as far as that is known.
#[derive(Debug)]
pub(crate) struct Failed {
    pub(crate) reason: Reason,
    pub(crate) return_to: Option<String>,
}

impl<R: Into<Reason>> From<R> for Failed {
    fn from(reason: R) -> Self {
        Self { reason: reason.into(), return_to: None }
    }
}

/// A sign-in that worked.
#[derive(Debug)]
pub(crate) struct SignedIn {
    pub(crate) session: Opened,
    pub(crate) return_to: String,
}

/// Leads browsers through the provider.
#[derive(Clone, Debug)]
pub(crate) struct SignIn {
    pub(crate) db: Db,
    pub(crate) clock: Clock,
    pub(crate) settings: Arc<Settings>,
    pub(crate) identity: Arc<Identity>,
    pub(crate) accounts: Arc<AccountService>,
    pub(crate) sessions: Arc<SessionService>,
}

impl SignIn {
    /// Where to send the browser. `browser` is its secret, kept over several attempts so that two tabs can sign in
    /// at once; nonce and code verifier are derived from it and the state, so the database knows neither.
    pub(crate) async fn begin(&self, browser: Secret, return_to: &str, prompt: Option<&str>) -> Result<Url, Reason> {
        let state = URL_SAFE_NO_PAD.encode(random_bytes::<32>());
        let verifier = secret_text(browser, VERIFIER, &state)?;
        let location = self
            .identity
            .authorization_url(Authorization {
                state: &state,
                nonce: &secret_text(browser, NONCE, &state)?,
                code_challenge: &URL_SAFE_NO_PAD.encode(hash(verifier.as_bytes())),
                prompt: prompt.filter(|prompt| PROMPTS.contains(prompt)),
            })
            .await?;
        let return_to = return_to::local(return_to, &self.settings.public_url);
        let expires_at = self.clock.now().plus_seconds(ATTEMPT_SECONDS);
        let (state, browser) = (hash(state.as_bytes()), hash(&browser.0));
        store::insert_attempt(&mut self.db.write().await?, &state, &browser, &return_to, expires_at).await?;
        Ok(location)
    }

    /// Takes the browser back from the provider. The attempt is over, whatever comes of it.
    pub(crate) async fn finish(
        &self,
        browser: Option<Secret>,
        answer: Answer,
        user_agent: &str,
    ) -> Result<SignedIn, Failed> {
        let (Some(browser), Some(state)) = (browser, &answer.state) else { return Err(Reason::Expired.into()) };
        let (state_hash, browser_hash) = (hash(state.as_bytes()), hash(&browser.0));
        let attempt = store::take_attempt(&mut self.db.write().await?, &state_hash, &browser_hash).await?;
        let attempt = attempt.ok_or(Reason::Expired)?;
        let failed = |reason| Failed { reason, return_to: Some(attempt.return_to.clone()) };
        if Timestamp::from_micros(attempt.expires_at) <= self.clock.now() {
            return Err(failed(Reason::Expired));
        }
        let session = self.session(browser, state, &answer, user_agent).await.map_err(failed)?;
        Ok(SignedIn { session, return_to: attempt.return_to })
    }

    async fn session(&self, browser: Secret, state: &str, answer: &Answer, agent: &str) -> Result<Opened, Reason> {
        let code = self.code(answer)?;
        let tokens = self.identity.exchange(code.to_owned(), secret_text(browser, VERIFIER, state)?).await;
        let tokens = tokens.map_err(|error| match error {
            TokenError::InvalidGrant => Reason::Expired,
            TokenError::Unavailable(cause) => {
                tracing::warn!(cause, "a sign-in failed: no tokens for the code");
                Reason::Unavailable
            }
        })?;
        let id_token = tokens.id_token.as_deref().ok_or(Reason::Refused)?;
        let nonce = secret_text(browser, NONCE, state)?;
        let claims = self.identity.verify_own(id_token, Some(&nonce)).await.map_err(|error| match error {
            VerifyError::Unavailable(error) => error.into(),
            VerifyError::Invalid(reason) => {
                tracing::error!(?reason, "a sign-in failed: the provider gave an invalid ID token");
                Reason::Refused
            }
        })?;
        let authenticated_at = claims.authenticated_at;
        let account_id = self.account(claims).await?;
        Ok(self.sessions.open(Arrival { account_id, authenticated_at, tokens, user_agent: agent }).await?)
    }

    fn code<'a>(&self, answer: &'a Answer) -> Result<&'a str, Reason> {
        if answer.iss.as_ref().is_some_and(|issuer| *issuer != self.settings.identity.issuer) {
            return Err(Reason::Refused);
        }
        match (answer.error.as_deref(), answer.code.as_deref()) {
            (None, Some(code)) => Ok(code),
            (Some("access_denied" | "login_required" | "interaction_required"), _) => Err(Reason::Cancelled),
            (Some("temporarily_unavailable" | "server_error"), _) => Err(Reason::Unavailable),
            _ => Err(Reason::Refused),
        }
    }

    /// The account of the person, made now when they are here for the first time.
    async fn account(&self, claims: Claims) -> Result<i64, Reason> {
        if let Some(id) = self.accounts.account_id(&claims.sub).await? {
            return Ok(id);
        }
        let sub = claims.sub.clone();
        self.accounts.register(RegistrationClaims::from(claims)).await.map_err(Failure::from)?;
        Ok(self.accounts.account_id(&sub).await?.ok_or(Failure::Broken("a new account is not there"))?)
    }

    /// Ends the browser's session here and at the provider.
    pub(crate) async fn end(&self, session: Secret) -> Result<(), Failure> {
        if let Some(refresh_token) = self.sessions.close(session).await? {
            let identity = self.identity.clone();
            // A task of its own is finished also when the browser is gone; a provider that does not answer keeps
            // nobody waiting.
            let revocation = tokio::spawn(async move {
                if let Err(error) = identity.revoke(&refresh_token).await {
                    tracing::warn!(cause = %error, "a refresh token could not be revoked");
                }
            });
            tokio::time::timeout(REVOCATION_PATIENCE, revocation).await.ok();
        }
        Ok(())
    }

    /// Where a browser goes that has signed out.
    pub(crate) async fn after_sign_out(&self) -> String {
        self.identity.logout_url().await.map_or_else(|| "/".to_owned(), String::from)
    }
}

impl From<Claims> for RegistrationClaims {
    fn from(claims: Claims) -> Self {
        Self { sub: claims.sub, email: claims.email, given_name: claims.given_name, family_name: claims.family_name }
    }
}

fn secret_text(browser: Secret, purpose: &[u8], state: &str) -> Result<String, Failure> {
    Ok(URL_SAFE_NO_PAD.encode(derive(browser, &[purpose, state.as_bytes()])?))
}
