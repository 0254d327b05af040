//! What each part is told of the configuration.

use super::Failure;
use crate::config::{Config, EmbeddedIdentity, ExternalIdentity, TextConfig};
use backend::{
    clients::{
        identity::{AwsCredentials, StaticCredentials},
        machine::MachineCredentials,
    },
    settings::{
        BedrockSettings, IdentitySettings, ObjectSettings, OpenAiSettings, RateLimitSettings, ReadingSettings,
        SessionSettings, TextSettings,
    },
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::clock::random_bytes;
use std::sync::Arc;
use url::Url;

/// A pool name as Cognito would give it, so that verifiers made for Cognito take our tokens.
const EMBEDDED_POOL: &str = "us-east-1_embedded0";
const EMBEDDED_REGION: &str = "us-east-1";
const PUBLIC_CLIENT: &str = "lyceum";
const BFF_CLIENT: &str = "lyceum-web";
const ADMINISTRATION_KEY_ID: &str = "lyceum-embedded";
/// Where programs that sign a person in are sent back to: the page on which the calls can be tried.
const PROGRAM_REDIRECT: &str = "/docs/oauth2-redirect.html";
/// How long the provider remembers a browser: Cognito's hour.
const PROVIDER_SESSION_SECONDS: i64 = 3_600;

/// The demo group of development: invented people, signed in with one click on the provider's page.
const DEMO_PEOPLE: [(&str, &str, &str); 3] = [
    ("amara.okafor@demo.example", "Amara", "Okafor"),
    ("jan.kowalski@demo.example", "Jan", "Kowalski"),
    ("mei.tanaka@demo.example", "Mei", "Tanaka"),
];

/// Between this server and the provider inside it. Made anew at every start: each process talks to its own provider,
/// so there is nothing to keep or to leak.
pub(super) struct EmbeddedSecrets {
    client_secret: String,
    administration_key: String,
}

impl EmbeddedSecrets {
    pub(super) fn random() -> Self {
        let secret = || URL_SAFE_NO_PAD.encode(random_bytes::<32>());
        Self { client_secret: secret(), administration_key: secret() }
    }
}

pub(super) fn provider_settings(
    config: &Config,
    embedded: &EmbeddedIdentity,
    public_url: &Url,
    secrets: &EmbeddedSecrets,
) -> Result<identity::Settings, Failure> {
    let scopes = |text: &str| text.split(' ').map(str::to_owned).collect();
    let at = |path: &str| public_url.join(path).map(String::from);
    let web = identity::Client {
        client_id: BFF_CLIENT.into(),
        secret: Some(secrets.client_secret.clone().into()),
        redirect_uris: vec![at("/auth/callback")?],
        logout_uris: vec![at("/")?],
        scopes: scopes(IdentitySettings::SCOPES),
        password_grant: false,
    };
    let programs = identity::Client {
        client_id: PUBLIC_CLIENT.into(),
        secret: None,
        redirect_uris: vec![at(PROGRAM_REDIRECT)?],
        logout_uris: vec![at("/")?],
        scopes: scopes("openid email profile"),
        password_grant: true,
    };
    let demo = if embedded.demo { DEMO_PEOPLE.as_slice() } else { &[] };
    Ok(identity::Settings {
        public_url: public_url.clone(),
        pool_id: EMBEDDED_POOL.into(),
        sign_in_url: public_url.join("/auth/sign-in")?,
        clients: vec![web, programs],
        access_token_seconds: embedded.access_token_seconds,
        refresh_token_seconds: embedded.refresh_token_seconds,
        browser_session_seconds: PROVIDER_SESSION_SECONDS,
        production: config.production,
        mail: mail_settings(embedded),
        demo_people: demo
            .iter()
            .map(|(email, given_name, family_name)| identity::DemoPerson {
                email: (*email).into(),
                given_name: (*given_name).into(),
                family_name: (*family_name).into(),
            })
            .collect(),
        test_clock: config.test_clock,
        administration: Some(identity::AdministrationKey {
            access_key_id: ADMINISTRATION_KEY_ID.into(),
            secret_access_key: secrets.administration_key.clone().into(),
        }),
        limits: identity::Limits::default(),
    })
}

fn mail_settings(embedded: &EmbeddedIdentity) -> identity::MailSettings {
    match (&embedded.smtp_url, &embedded.mail_from) {
        (Some(url), Some(from)) => identity::MailSettings::Smtp { url: url.clone().into(), from: from.clone() },
        _ => identity::MailSettings::Outbox,
    }
}

/// What the rest of the server needs to know of the provider inside it: the same as of any other.
pub(super) fn embedded_settings(
    public_url: &Url,
    own_url: &Url,
    secrets: &EmbeddedSecrets,
) -> Result<IdentitySettings, Failure> {
    Ok(IdentitySettings {
        issuer: public_url.join(&format!("/identity/{EMBEDDED_POOL}"))?.into(),
        internal_url: Some(own_url.clone()),
        hosted_url: None,
        api_url: Some(own_url.join("/identity/")?),
        region: EMBEDDED_REGION.into(),
        user_pool_id: EMBEDDED_POOL.into(),
        client_id: BFF_CLIENT.into(),
        client_secret: secrets.client_secret.clone().into(),
        public_client_id: PUBLIC_CLIENT.into(),
        public_redirect_uri: public_url.join(PROGRAM_REDIRECT)?.into(),
        accepted_client_ids: Vec::new(),
        scopes: IdentitySettings::SCOPES.into(),
        logout_url: Some(public_url.join("/identity/logout")?),
        administration: Some(Arc::new(StaticCredentials(AwsCredentials {
            access_key_id: ADMINISTRATION_KEY_ID.into(),
            secret_access_key: secrets.administration_key.clone().into(),
            session_token: None,
        }))),
    })
}

pub(super) fn external_settings(external: &ExternalIdentity, public_url: &Url) -> Result<IdentitySettings, Failure> {
    Ok(IdentitySettings {
        issuer: external.issuer.clone(),
        internal_url: external.internal_url.clone(),
        hosted_url: external.hosted_url.clone(),
        api_url: external.api_url.clone(),
        region: external.region.clone(),
        user_pool_id: external.user_pool_id.clone(),
        client_id: external.client_id.clone(),
        client_secret: external.client_secret.clone().into(),
        public_client_id: external.public_client_id.clone(),
        public_redirect_uri: public_url.join(PROGRAM_REDIRECT)?.into(),
        accepted_client_ids: Vec::new(),
        scopes: external.scopes.clone(),
        logout_url: external.logout_url.clone(),
        // Only a provider with `api_url` is ever asked with them.
        administration: Some(Arc::new(MachineCredentials::new(external.region.clone()))),
    })
}

pub(super) fn backend_settings(
    config: &Config,
    public_url: &Url,
    identity: IdentitySettings,
    objects: ObjectSettings,
    reading: ReadingSettings,
) -> backend::settings::Settings {
    backend::settings::Settings {
        public_url: public_url.clone(),
        identity,
        sessions: SessionSettings {
            idle_seconds: config.limits.session_idle_seconds,
            absolute_seconds: config.limits.session_absolute_seconds,
        },
        rate_limit: RateLimitSettings {
            per_second: config.limits.rate_per_second,
            burst: config.limits.rate_burst,
            daily_quota: config.limits.daily_quota.map(u64::from),
        },
        objects,
        uploads: config.objects.uploads,
        text: text_settings(&config.text),
        reading,
        trusted_proxies: config.http.trusted_proxies,
        heartbeat: backend::settings::Settings::HEARTBEAT,
    }
}

fn text_settings(config: &TextConfig) -> TextSettings {
    match config.clone() {
        TextConfig::Embedded => TextSettings::Embedded,
        TextConfig::OpenAi { url, model, api_key, timeout } => {
            TextSettings::OpenAi(OpenAiSettings { url, model, api_key: api_key.map(Into::into), timeout })
        }
        TextConfig::Bedrock { url, region, model, timeout } => {
            let credentials = Arc::new(MachineCredentials::new(region.clone()));
            TextSettings::Bedrock(BedrockSettings { url, region, model, credentials, timeout })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::IdentityConfig;

    /// On a container or an instance nothing but a role may remove the identity of somebody who cancels.
    #[test]
    fn a_user_pool_is_administered_with_the_credentials_of_the_machine() {
        let variables = [
            ("LYCEUM_IDENTITY_ISSUER", "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Ab12cd34E"),
            ("LYCEUM_IDENTITY_CLIENT_ID", "bff"),
            ("LYCEUM_IDENTITY_CLIENT_SECRET", "hidden"),
            ("LYCEUM_IDENTITY_PUBLIC_CLIENT_ID", "lyceum"),
        ];
        let lookup = |name: &str| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        let IdentityConfig::External(external) = Config::read(&lookup).unwrap().identity else { panic!("embedded") };
        let settings = external_settings(&external, &"https://lyceum.example".parse().unwrap()).unwrap();
        assert_eq!(settings.api_url.unwrap().as_str(), "https://cognito-idp.eu-central-1.amazonaws.com/");
        let credentials = format!("{:?}", settings.administration.unwrap());
        assert!(credentials.starts_with("MachineCredentials") && credentials.contains("eu-central-1"), "{credentials}");
    }
}
