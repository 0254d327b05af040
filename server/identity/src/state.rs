//! What every handler works with.

use crate::{
    Error, Settings,
    error::Fault,
    keys::{Keys, TokenUse},
    mail::Mailer,
    passwords::Hasher,
};
use db::Db;
use domain::{Timestamp, clock::Clock};
use jsonwebtoken::DecodingKey;
use tokio::sync::Notify;

/// The provider's parts.
#[derive(Debug)]
pub(crate) struct Provider {
    pub(crate) settings: Settings,
    pub(crate) db: Db,
    pub(crate) clock: Clock,
    pub(crate) keys: Keys,
    pub(crate) hasher: Hasher,
    /// None with the outbox.
    pub(crate) mailer: Option<Mailer>,
    /// Rings when a mail was written.
    pub(crate) mail_written: Notify,
    /// Verifies our own access tokens.
    pub(crate) access_key: DecodingKey,
    pub(crate) issuer: String,
}

impl Provider {
    pub(crate) async fn new(settings: Settings, db: Db, clock: Clock) -> Result<Self, Error> {
        settings.check()?;
        let mailer = Mailer::new(&settings.mail)?;
        let keys = Keys::load(&db, clock.now()).await?;
        let hasher = Hasher::new().await?;
        let access_key = keys.of(TokenUse::Access).decoding_key();
        let issuer = settings.issuer();
        let provider =
            Self { settings, db, clock, keys, hasher, mailer, mail_written: Notify::new(), access_key, issuer };
        provider.make_demo_people().await.map_err(Fault::from)?;
        Ok(provider)
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }
}
