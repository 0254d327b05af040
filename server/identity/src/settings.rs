//! What an installation decides about its identity provider.

use crate::Error;
use secrecy::SecretString;
use std::collections::BTreeSet;
use url::Url;

/// Everything the provider is told from outside.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Address of the application as browsers see it, without a path: `https://lyceum.example`.
    pub public_url: Url,
    /// Names the pool in the issuer; has the form of Cognito's, such as `us-east-1_embedded0`.
    pub pool_id: String,
    /// Where somebody begins to sign in who came without a client's request (OpenID Connect calls it
    /// `initiate_login_uri`): an address of the application that leads to `authorize`.
    pub sign_in_url: Url,
    /// The applications that may ask for tokens.
    pub clients: Vec<Client>,
    /// Life of ID and access tokens in seconds.
    pub access_token_seconds: i64,
    /// Life of a refresh token in seconds, counted from the sign-in.
    pub refresh_token_seconds: i64,
    /// How long the provider itself remembers a browser, in seconds, counted from the sign-in.
    pub browser_session_seconds: i64,
    /// Refuses everything that is for development only.
    pub production: bool,
    /// How mail leaves.
    pub mail: MailSettings,
    /// Development only: people that one click signs in as.
    pub demo_people: Vec<DemoPerson>,
    /// Development only: serves `POST /identity/test-clock`.
    pub test_clock: bool,
    /// Who may call `AdminDeleteUser`. Nobody without it.
    pub administration: Option<AdministrationKey>,
    /// How much one client address may try.
    pub limits: Limits,
}

/// An application that may ask for tokens.
#[derive(Clone, Debug)]
pub struct Client {
    /// Its public name.
    pub client_id: String,
    /// None for a public client.
    pub secret: Option<SecretString>,
    /// Compared letter by letter.
    pub redirect_uris: Vec<String>,
    /// Where a browser may be sent after sign-out; compared letter by letter.
    pub logout_uris: Vec<String>,
    /// What it may ask for, and gets when it asks for nothing in particular.
    pub scopes: BTreeSet<String>,
    /// Whether `USER_PASSWORD_AUTH` is open to it.
    pub password_grant: bool,
}

/// How mail leaves.
#[derive(Clone, Debug)]
pub enum MailSettings {
    /// It stays in the database, to be read at `/identity/outbox`. Development only.
    Outbox,
    /// Through a mail server.
    Smtp {
        /// As lettre reads it: `smtps://user:password@host:465`, `smtp://host:587?tls=required`.
        url: SecretString,
        /// The sender, such as `Lyceum <no-reply@lyceum.example>`.
        from: String,
    },
}

/// Somebody to try the application as.
#[derive(Clone, Debug)]
pub struct DemoPerson {
    /// Sign-in name.
    pub email: String,
    /// Given name.
    pub given_name: String,
    /// Family name.
    pub family_name: String,
}

/// The key that signs administrative calls (AWS Signature Version 4).
#[derive(Clone, Debug)]
pub struct AdministrationKey {
    /// Names the key.
    pub access_key_id: String,
    /// Never leaves the two that share it.
    pub secret_access_key: SecretString,
}

/// How much one client address may try. A school may sit behind one address.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Sign-ups in an hour.
    pub sign_ups_per_hour: i64,
    /// Failed sign-ins, of whichever accounts, before it has to wait longer and longer.
    pub failed_sign_ins: i64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { sign_ups_per_hour: 300, failed_sign_ins: 100 }
    }
}

impl Settings {
    /// All reasons why these settings cannot be used, at once.
    pub(crate) fn check(&self) -> Result<(), Error> {
        let mut problems = Vec::new();
        let mut refuse = |wrong: bool, problem: &str| {
            if wrong {
                problems.push(problem.to_owned());
            }
        };
        refuse(!is_pool_id(&self.pool_id), "the pool id must look like us-east-1_name");
        refuse(self.public_url.host_str().is_none(), "the public address needs a host");
        refuse(self.clients.is_empty(), "there is no client");
        refuse(self.production && self.test_clock, "a test clock is refused in production");
        refuse(self.production && !self.demo_people.is_empty(), "demo people are refused in production");
        refuse(
            self.production && matches!(self.mail, MailSettings::Outbox),
            "production needs a mail server: the outbox shows everybody's mail to everybody",
        );
        let seconds = [self.access_token_seconds, self.refresh_token_seconds, self.browser_session_seconds];
        refuse(seconds.iter().any(|&seconds| seconds <= 0), "lifetimes must be at least one second");
        let names: BTreeSet<_> = self.clients.iter().map(|client| &client.client_id).collect();
        refuse(names.len() != self.clients.len(), "two clients have the same id");
        for client in &self.clients {
            for uri in client.redirect_uris.iter().chain(&client.logout_uris) {
                let absolute = Url::parse(uri).is_ok_and(|url| url.fragment().is_none());
                refuse(!absolute, &format!("{uri} of client {} is not an absolute address", client.client_id));
            }
        }
        if problems.is_empty() { Ok(()) } else { Err(Error::Settings(problems.join("; "))) }
    }

    /// The client of this id.
    pub(crate) fn client(&self, client_id: &str) -> Option<&Client> {
        self.clients.iter().find(|client| client.client_id == client_id)
    }

    /// Absolute address of one of our paths, which begin with `/identity`.
    pub(crate) fn address(&self, path: &str) -> String {
        format!("{}{path}", self.public_url.as_str().trim_end_matches('/'))
    }

    /// What stands in every token's `iss`.
    pub(crate) fn issuer(&self) -> String {
        self.address(&format!("/identity/{}", self.pool_id))
    }

    /// Whether browsers reach us encrypted, so that cookies can be `Secure`.
    pub(crate) fn is_https(&self) -> bool {
        self.public_url.scheme() == "https"
    }

    /// Whether mail is shown instead of sent.
    pub(crate) fn has_outbox(&self) -> bool {
        matches!(self.mail, MailSettings::Outbox)
    }
}

/// Cognito's own form: a region, an underscore, letters and digits.
fn is_pool_id(text: &str) -> bool {
    let Some((region, name)) = text.split_once('_') else { return false };
    let parts: Vec<_> = region.split('-').collect();
    let words = parts.iter().rev().skip(1).all(|part| part.bytes().all(|byte| byte.is_ascii_lowercase()));
    parts.len() >= 3
        && words
        && parts.iter().all(|part| !part.is_empty())
        && parts.last().is_some_and(|part| part.len() == 1 && part.bytes().all(|byte| byte.is_ascii_digit()))
        && !name.is_empty()
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::is_pool_id;

    #[test]
    fn a_pool_id_has_cognitos_form() {
        for good in ["us-east-1_embedded0", "eu-central-1_AbC", "us-gov-west-1_x"] {
            assert!(is_pool_id(good), "{good}");
        }
        for bad in ["", "embedded0", "us-east-1_", "us-east_x", "us-east-1_a/b", "-east-1_x", "us-east-1_a b"] {
            assert!(!is_pool_id(bad), "{bad}");
        }
    }
}
