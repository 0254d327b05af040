//! Who says who people are: the embedded provider, or one that is elsewhere.

use super::Environment;
use std::fmt;
use url::Url;

/// The provider.
#[derive(Clone, Debug)]
pub enum IdentityConfig {
    /// Our own, in this process; the default.
    Embedded(EmbeddedIdentity),
    /// Cognito or another OpenID Connect provider; chosen by setting `LYCEUM_IDENTITY_ISSUER`.
    External(Box<ExternalIdentity>),
}

/// Settings of the embedded provider.
#[derive(Clone)]
pub struct EmbeddedIdentity {
    /// `LYCEUM_SMTP_URL` (`smtps://user:password@host`): where mail goes out. Without it mail stays in the outbox
    /// page, which production refuses.
    pub smtp_url: Option<String>,
    /// `LYCEUM_MAIL_FROM`: the sender of mail.
    pub mail_from: Option<String>,
    /// `LYCEUM_DEMO`: three demo people that one click signs in as. Default: 1 in development; refused in production.
    pub demo: bool,
    /// `LYCEUM_ACCESS_TOKEN_SECONDS`: life of ID and access tokens. Default: 3600.
    pub access_token_seconds: i64,
    /// `LYCEUM_REFRESH_TOKEN_SECONDS`: life of refresh tokens. Default: 432000 (5 days).
    pub refresh_token_seconds: i64,
}

impl fmt::Debug for EmbeddedIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EmbeddedIdentity")
            .field("smtp", &self.smtp_url.is_some())
            .field("demo", &self.demo)
            .finish_non_exhaustive()
    }
}

/// Settings of a provider elsewhere.
#[derive(Clone)]
pub struct ExternalIdentity {
    /// `LYCEUM_IDENTITY_ISSUER`: exactly the `iss` of its tokens, so no [`Url`], which would add a slash to an origin.
    pub issuer: String,
    /// `LYCEUM_IDENTITY_INTERNAL_URL`: where this server reaches the provider, when that is not the address in its
    /// discovery document.
    pub internal_url: Option<Url>,
    /// `LYCEUM_IDENTITY_HOSTED_URL`: origin of the login pages, when it is not the issuer's (Cognito's domain).
    pub hosted_url: Option<Url>,
    /// `LYCEUM_IDENTITY_LOGOUT_URL`: the provider's logout page, when discovery names none. For Cognito
    /// `https://DOMAIN/logout`.
    pub logout_url: Option<Url>,
    /// `LYCEUM_IDENTITY_API_URL`: Cognito's JSON API, which is asked with the machine's credentials to remove users.
    /// Default for a Cognito issuer: that of its region.
    pub api_url: Option<Url>,
    /// Read from a Cognito issuer, else `LYCEUM_IDENTITY_REGION`.
    pub region: String,
    /// Read from a Cognito issuer, else `LYCEUM_IDENTITY_USER_POOL_ID`.
    pub user_pool_id: String,
    /// `LYCEUM_IDENTITY_CLIENT_ID`: this server's own, confidential client.
    pub client_id: String,
    /// `LYCEUM_IDENTITY_CLIENT_SECRET`.
    pub client_secret: String,
    /// `LYCEUM_IDENTITY_SCOPES`: what the server's sign-in asks for. Default: Cognito's.
    pub scopes: String,
    /// `LYCEUM_IDENTITY_PUBLIC_CLIENT_ID`: the public client for programs.
    pub public_client_id: String,
}

impl fmt::Debug for ExternalIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ExternalIdentity")
            .field("issuer", &self.issuer)
            .field("client_id", &self.client_id)
            .finish_non_exhaustive()
    }
}

/// The scopes that Cognito's managed login grants to this server.
const COGNITO_SCOPES: &str = "openid email profile aws.cognito.signin.user.admin";

impl IdentityConfig {
    pub(super) fn read(environment: &Environment<'_>, production: bool) -> Self {
        if environment.text("LYCEUM_IDENTITY_ISSUER").is_none() {
            return Self::Embedded(embedded(environment, production));
        }
        match environment.value::<Url>("LYCEUM_IDENTITY_ISSUER", "a URL") {
            Some(issuer) => Self::External(Box::new(external(environment, issuer))),
            // The problem is noted; what stands in is never used.
            None => Self::Embedded(embedded(environment, production)),
        }
    }
}

fn embedded(environment: &Environment<'_>, production: bool) -> EmbeddedIdentity {
    let demo = environment.switch("LYCEUM_DEMO", !production);
    let smtp_url = environment.text("LYCEUM_SMTP_URL");
    let mail_from = environment.text("LYCEUM_MAIL_FROM");
    if production && demo {
        environment.problem("LYCEUM_DEMO lets anybody in: remove it in production".into());
    }
    if production && smtp_url.is_none() {
        environment.problem("LYCEUM_SMTP_URL is missing: confirmation mail must reach people".into());
    }
    if (production || smtp_url.is_some()) && mail_from.is_none() {
        environment.problem("LYCEUM_MAIL_FROM is missing: the sender of mail".into());
    }
    EmbeddedIdentity {
        smtp_url,
        mail_from,
        demo,
        access_token_seconds: environment.value_or("LYCEUM_ACCESS_TOKEN_SECONDS", "a number of seconds", 3_600),
        refresh_token_seconds: environment.value_or("LYCEUM_REFRESH_TOKEN_SECONDS", "a number of seconds", 432_000),
    }
}

fn external(environment: &Environment<'_>, issuer: Url) -> ExternalIdentity {
    let why = "LYCEUM_IDENTITY_ISSUER is set";
    let issuer_text = environment.required("LYCEUM_IDENTITY_ISSUER", why).trim().to_owned();
    let pool = cognito_pool(&issuer);
    let (region, user_pool_id) = pool.clone().unwrap_or_else(|| {
        let text = |name: &str| environment.text(name).unwrap_or_default();
        (text("LYCEUM_IDENTITY_REGION"), text("LYCEUM_IDENTITY_USER_POOL_ID"))
    });
    let cognito_api = pool.and_then(|_| issuer.join("/").ok());
    ExternalIdentity {
        internal_url: environment.value("LYCEUM_IDENTITY_INTERNAL_URL", "a URL"),
        hosted_url: environment.value("LYCEUM_IDENTITY_HOSTED_URL", "a URL"),
        logout_url: environment.value("LYCEUM_IDENTITY_LOGOUT_URL", "a URL"),
        api_url: environment.value("LYCEUM_IDENTITY_API_URL", "a URL").or(cognito_api),
        region,
        user_pool_id,
        client_id: environment.required("LYCEUM_IDENTITY_CLIENT_ID", why),
        client_secret: environment.required("LYCEUM_IDENTITY_CLIENT_SECRET", why),
        scopes: environment.text("LYCEUM_IDENTITY_SCOPES").unwrap_or_else(|| COGNITO_SCOPES.into()),
        public_client_id: environment.required("LYCEUM_IDENTITY_PUBLIC_CLIENT_ID", why),
        issuer: issuer_text,
    }
}

/// Region and pool of `https://cognito-idp.REGION.amazonaws.com/POOL`.
fn cognito_pool(issuer: &Url) -> Option<(String, String)> {
    let region = issuer.host_str()?.strip_prefix("cognito-idp.")?.strip_suffix(".amazonaws.com")?;
    let pool = issuer.path().trim_matches('/');
    Some((region.to_owned(), pool.to_owned()))
}
