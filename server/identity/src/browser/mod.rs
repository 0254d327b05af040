//! What the provider remembers of a browser: that it is signed in, which forms it was given, which client sent it.

pub(crate) mod store;

use crate::{accounts::Account, error::Fault, params, secrets, state::Provider};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use db::Transaction;
use domain::Timestamp;

/// Longest request of a client that is remembered, in bytes: browsers refuse cookies over 4 KB.
const REQUEST_MAX: usize = 3_000;

/// Somebody signed in at the provider.
#[derive(Clone, Debug)]
pub(crate) struct BrowserSession {
    pub(crate) account: Account,
    pub(crate) auth_time: Timestamp,
}

/// Our three cookies. Over HTTPS they carry `__Host-`, so that no neighbouring host can set them.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Jar {
    /// Random, for form tokens.
    Forms,
    /// The provider's own sign-in.
    Session,
    /// The client's request, so that it outlives the way through the mailbox.
    Request,
}

impl Jar {
    pub(crate) const fn name(self, https: bool) -> &'static str {
        match (self, https) {
            (Self::Forms, true) => "__Host-identity-forms",
            (Self::Forms, false) => "identity-forms",
            (Self::Session, true) => "__Host-identity-session",
            (Self::Session, false) => "identity-session",
            (Self::Request, true) => "__Host-identity-request",
            (Self::Request, false) => "identity-request",
        }
    }
}

impl Provider {
    /// One of our cookies as the browser sent it.
    pub(crate) fn cookie<'j>(&self, jar: &'j CookieJar, which: Jar) -> Option<&'j str> {
        jar.get(which.name(self.settings.is_https())).map(Cookie::value).filter(|value| !value.is_empty())
    }

    /// A cookie to set. Lax, because a client's redirect must bring it along.
    pub(crate) fn new_cookie(&self, which: Jar, value: String) -> Cookie<'static> {
        let https = self.settings.is_https();
        Cookie::build((which.name(https), value))
            .http_only(true)
            .secure(https)
            .same_site(SameSite::Lax)
            .path("/")
            .build()
    }

    /// A cookie that removes one of ours.
    pub(crate) fn no_cookie(&self, which: Jar) -> Cookie<'static> {
        let mut cookie = self.new_cookie(which, String::new());
        cookie.make_removal();
        cookie
    }

    /// Remembers a client's request, unless it is too long for a cookie.
    pub(crate) fn request_cookie(&self, query: &str) -> Option<Cookie<'static>> {
        (query.len() <= REQUEST_MAX).then(|| self.new_cookie(Jar::Request, query.to_owned()))
    }

    /// The client's request that this browser came with, as a query.
    pub(crate) fn remembered_request(&self, jar: &CookieJar) -> Option<params::Params> {
        let query = self.cookie(jar, Jar::Request)?;
        params::Params::parse(query.as_bytes()).ok()
    }

    /// The token that a form of this browser must bring back.
    pub(crate) fn form_token(&self, browser: &str) -> String {
        use base64::Engine as _;
        base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(self.keys.sealer.seal("form", &[browser.as_bytes()]))
    }

    /// Who is signed in here.
    pub(crate) async fn browser_session(&self, jar: &CookieJar) -> Result<Option<BrowserSession>, Fault> {
        let Some(id) = self.cookie(jar, Jar::Session) else { return Ok(None) };
        Ok(store::find(&mut self.db.read().await?, &secrets::hash(id), self.now()).await?)
    }

    /// Signs the browser in, ending what it was signed in as before. Answers with the cookie to set.
    pub(crate) async fn start_browser_session(
        &self,
        tx: &mut Transaction,
        jar: &CookieJar,
        account: &Account,
    ) -> Result<Cookie<'static>, Fault> {
        self.end_browser_session(tx, jar).await?;
        let id = secrets::random_token();
        let now = self.now();
        let expires_at = now.plus_seconds(self.settings.browser_session_seconds);
        store::insert(tx, &secrets::hash(&id), account.sub, now, expires_at).await?;
        Ok(self.new_cookie(Jar::Session, id))
    }

    /// Ends the browser's sign-in, if there is one.
    pub(crate) async fn end_browser_session(&self, tx: &mut Transaction, jar: &CookieJar) -> Result<(), Fault> {
        if let Some(id) = self.cookie(jar, Jar::Session) {
            store::delete(tx, &secrets::hash(id)).await?;
        }
        Ok(())
    }
}
