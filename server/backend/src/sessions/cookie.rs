//! The two cookies: one that carries a session, one that binds a sign-in to its browser.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::clock::random_bytes;
use http::{HeaderMap, HeaderValue, header};
use std::fmt;

/// 256 random bits that only one browser has.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Secret(pub(crate) [u8; 32]);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

impl Secret {
    pub(crate) fn random() -> Self {
        Self(random_bytes())
    }

    fn parse(text: &str) -> Option<Self> {
        URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok().map(Self)
    }

    fn text(self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }
}

/// What a request's cookies hold under one name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presented {
    /// No such cookie.
    Nothing,
    /// One that cannot be ours.
    Malformed,
    /// One that may open something.
    Secret(Secret),
}

/// The names and attributes of our cookies on this deployment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cookies {
    https: bool,
}

/// Which cookie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Carries a session.
    Session,
    /// Binds a sign-in under way to its browser.
    SignIn,
}

impl Cookies {
    pub(crate) fn new(https: bool) -> Self {
        Self { https }
    }

    /// Browsers take the prefix only from https and only without a Domain, so no neighbouring host can plant it.
    pub(crate) fn name(self, kind: Kind) -> &'static str {
        match (kind, self.https) {
            (Kind::Session, true) => "__Host-lyceum_session",
            (Kind::Session, false) => "lyceum_session",
            (Kind::SignIn, true) => "__Host-lyceum_sign_in",
            (Kind::SignIn, false) => "lyceum_sign_in",
        }
    }

    pub(crate) fn read(self, kind: Kind, headers: &HeaderMap) -> Presented {
        let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
        let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
        match pairs.find(|(name, _)| *name == self.name(kind)) {
            None => Presented::Nothing,
            Some((_, value)) => Secret::parse(value).map_or(Presented::Malformed, Presented::Secret),
        }
    }

    /// `Set-Cookie` for the secret. Lax, because both are needed on the way back from the provider's site.
    pub(crate) fn set(self, kind: Kind, secret: Secret, seconds: i64) -> HeaderValue {
        self.header(kind, &secret.text(), seconds)
    }

    /// `Set-Cookie` that takes the cookie away.
    pub(crate) fn clear(self, kind: Kind) -> HeaderValue {
        self.header(kind, "", 0)
    }

    fn header(self, kind: Kind, value: &str, seconds: i64) -> HeaderValue {
        let secure = if self.https { "; Secure" } else { "" };
        let name = self.name(kind);
        let text = format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
        HeaderValue::try_from(text).unwrap_or_else(|_| HeaderValue::from_static(""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_set_can_be_read_again() {
        let cookies = Cookies::new(true);
        let secret = Secret::random();
        let set = cookies.set(Kind::Session, secret, 60);
        let text = set.to_str().unwrap();
        assert!(text.starts_with("__Host-lyceum_session="));
        assert!(text.ends_with("; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure"));
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, "other=1".parse().unwrap());
        headers.append(header::COOKIE, format!("x=y; {}", text.split(';').next().unwrap()).parse().unwrap());
        assert_eq!(cookies.read(Kind::Session, &headers), Presented::Secret(secret));
        assert_eq!(cookies.read(Kind::SignIn, &headers), Presented::Nothing);
        assert_eq!(Cookies::new(false).read(Kind::Session, &headers), Presented::Nothing);
    }

    #[test]
    fn a_wrong_value_is_told_from_none() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, "lyceum_session=short".parse().unwrap());
        assert_eq!(Cookies::new(false).read(Kind::Session, &headers), Presented::Malformed);
    }
}
