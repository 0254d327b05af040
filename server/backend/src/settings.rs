//! What a deployment decides. `server` reads it from the environment; nothing here has a look at one.

mod text;

pub use text::{BedrockSettings, OpenAiSettings, TextSettings};

use crate::clients::identity::CredentialSource;
use domain::uploads::UploadPurpose;
use secrecy::SecretString;
use std::{fmt, path::PathBuf, sync::Arc, time::Duration};
use url::Url;

/// All settings of this package.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where people reach the app: scheme, host, port.
    pub public_url: Url,
    /// Who signs people in.
    pub identity: IdentitySettings,
    /// How long a browser stays signed in.
    pub sessions: SessionSettings,
    /// How much one person may ask.
    pub rate_limit: RateLimitSettings,
    /// Where files are kept.
    pub objects: ObjectSettings,
    /// How many files, and how large.
    pub uploads: UploadSettings,
    /// Who makes notes and questions.
    pub text: TextSettings,
    /// Who reads documents.
    pub reading: ReadingSettings,
    /// How many proxies in front of us add to `X-Forwarded-For`; 0 takes the address of the connection. Only the
    /// limit for anonymous requests depends on it.
    pub trusted_proxies: usize,
    /// After so long without an event a stream gives a sign of life.
    pub heartbeat: Duration,
}

impl Settings {
    /// Often enough for the proxies on the way to keep the connection, and for clients to notice when it is gone.
    pub const HEARTBEAT: Duration = Duration::from_secs(15);
}

/// The identity provider, whichever it is: anything that speaks OpenID Connect with RS256.
#[derive(Clone)]
pub struct IdentitySettings {
    /// Exactly as it stands in tokens (`iss`), so no [`Url`]: that would add a slash to a bare host.
    pub issuer: String,
    /// The provider's origin as this server reaches it, where that differs from the issuer's: it takes the place of
    /// the issuer's origin in requests of the server, never in what a browser sees.
    pub internal_url: Option<Url>,
    /// The origin of the hosted login pages and OAuth endpoints where it is not the issuer's (Cognito's domain).
    pub hosted_url: Option<Url>,
    /// Where `AdminDeleteUser` goes (Cognito's JSON API); without it identities cannot be removed.
    pub api_url: Option<Url>,
    /// AWS region, told to programs and used in signatures.
    pub region: String,
    /// User pool, told to programs and named in `AdminDeleteUser`.
    pub user_pool_id: String,
    /// Our own confidential client.
    pub client_id: String,
    /// Its secret.
    pub client_secret: SecretString,
    /// The public client of programs.
    pub public_client_id: String,
    /// Its registered redirect address.
    pub public_redirect_uri: String,
    /// Further clients whose tokens are taken on REST calls, beside the two above.
    pub accepted_client_ids: Vec<String>,
    /// What our client asks for, separated by spaces.
    pub scopes: String,
    /// Where a browser signs out at the provider, when discovery names no `end_session_endpoint`.
    pub logout_url: Option<Url>,
    /// Signs `AdminDeleteUser`.
    pub administration: Option<Arc<dyn CredentialSource>>,
}

impl IdentitySettings {
    /// The scopes of the contract.
    pub const SCOPES: &'static str = "openid email profile aws.cognito.signin.user.admin";
}

impl fmt::Debug for IdentitySettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IdentitySettings")
            .field("issuer", &self.issuer)
            .field("client_id", &self.client_id)
            .finish_non_exhaustive()
    }
}

/// Limits of a browser session, in seconds.
#[derive(Clone, Copy, Debug)]
pub struct SessionSettings {
    /// Ends when unused for so long.
    pub idle_seconds: i64,
    /// Ends at the latest after so long; no longer than the provider's refresh tokens live.
    pub absolute_seconds: i64,
}

impl Default for SessionSettings {
    fn default() -> Self {
        Self { idle_seconds: 3 * 86_400, absolute_seconds: 5 * 86_400 }
    }
}

/// Limits per person.
#[derive(Clone, Copy, Debug)]
pub struct RateLimitSettings {
    /// Requests a second, in the long run.
    pub per_second: u32,
    /// Requests at once.
    pub burst: u32,
    /// Requests a day (UTC); none is no limit.
    pub daily_quota: Option<u64>,
}

impl Default for RateLimitSettings {
    fn default() -> Self {
        Self { per_second: 50, burst: 100, daily_quota: None }
    }
}

/// The object store, whichever it is: anything that speaks S3.
#[derive(Clone, Debug)]
pub struct ObjectSettings {
    /// Where this server reaches it; none is AWS itself.
    pub endpoint: Option<Url>,
    /// Where browsers reach it, when that is not the endpoint: signed requests are signed for it.
    pub public_url: Option<Url>,
    /// AWS region, used in addresses and signatures.
    pub region: String,
    /// The bucket of each purpose.
    pub buckets: Buckets,
    /// Who signs.
    pub credentials: ObjectCredentials,
}

/// Who signs requests to the object store.
#[derive(Clone, Debug)]
pub enum ObjectCredentials {
    /// A key pair that does not change.
    Static {
        /// Public part.
        access_key_id: String,
        /// Secret part.
        secret_access_key: SecretString,
        /// Comes with temporary keys.
        session_token: Option<SecretString>,
    },
    /// Whatever the machine has: environment, profile, container or instance role.
    Chain,
}

/// The bucket of each purpose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Buckets([String; UploadPurpose::ALL.len()]);

impl Buckets {
    /// Names every bucket by its purpose.
    pub fn named(name: impl Fn(UploadPurpose) -> String) -> Self {
        Self(UploadPurpose::ALL.map(name))
    }

    /// Where files for the purpose go.
    #[must_use]
    pub const fn of(&self, purpose: UploadPurpose) -> &String {
        let [media, photo, document, audio, avatar] = &self.0;
        match purpose {
            UploadPurpose::Media => media,
            UploadPurpose::Photo => photo,
            UploadPurpose::Document => document,
            UploadPurpose::Audio => audio,
            UploadPurpose::Avatar => avatar,
        }
    }

    /// Every bucket once.
    #[must_use]
    pub fn all(&self) -> Vec<String> {
        let mut names = self.0.to_vec();
        names.sort_unstable();
        names.dedup();
        names
    }
}

impl ObjectSettings {
    /// The origins that browsers send bytes to and get them from.
    #[must_use]
    pub fn origins(&self) -> Vec<String> {
        match self.public_url.as_ref().or(self.endpoint.as_ref()) {
            Some(url) => vec![url.origin().ascii_serialization()],
            None => {
                let origin = |bucket: String| format!("https://{bucket}.s3.{}.amazonaws.com", self.region);
                self.buckets.all().into_iter().map(origin).collect()
            }
        }
    }
}

/// Who reads documents.
#[derive(Clone, Debug)]
pub enum ReadingSettings {
    /// This process, which a hostile document may then bring to its limits: for tests.
    InProcess,
    /// A process for each document, which ends when it takes too much.
    Worker {
        /// A program that answers as `extraction::worker::serve` does, by its absolute path.
        program: PathBuf,
        /// What it is called with.
        args: Vec<String>,
    },
}

/// How much one person may keep.
#[derive(Clone, Copy, Debug)]
pub struct UploadSettings {
    /// Largest file by purpose, in the order of [`UploadPurpose::ALL`], in bytes.
    pub limits: [u64; UploadPurpose::ALL.len()],
    /// All files of a person together, in bytes.
    pub quota: u64,
    /// Uploads of a person that are under way.
    pub open_max: i64,
}

impl UploadSettings {
    /// Largest file for the purpose, in bytes.
    #[must_use]
    pub fn limit(&self, purpose: UploadPurpose) -> u64 {
        let place = UploadPurpose::ALL.iter().position(|one| *one == purpose);
        place.map_or(0, |place| self.limits[place])
    }
}

impl Default for UploadSettings {
    fn default() -> Self {
        let limits = UploadPurpose::ALL.map(UploadPurpose::default_limit);
        Self { limits, quota: 10_000_000_000, open_max: 2_000 }
    }
}

impl Settings {
    /// Whether cookies are `Secure` and have the `__Host-` prefix.
    #[must_use]
    pub fn https(&self) -> bool {
        self.public_url.scheme() == "https"
    }

    /// A path of the app as people reach it.
    #[must_use]
    pub fn public(&self, path: &str) -> String {
        format!("{}{path}", self.public_url.origin().ascii_serialization())
    }
}
