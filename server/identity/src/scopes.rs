//! Scopes, each one a word.

use std::{collections::BTreeSet, fmt};

pub(crate) const OPENID: &str = "openid";
pub(crate) const EMAIL: &str = "email";
pub(crate) const PROFILE: &str = "profile";
/// Lets an access token call `GetUser`, `ChangePassword` and the like.
pub(crate) const ADMIN: &str = "aws.cognito.signin.user.admin";

/// A set of scopes, written space separated.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Scopes(BTreeSet<String>);

impl Scopes {
    pub(crate) fn parse(text: &str) -> Self {
        Self(text.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect())
    }

    pub(crate) fn contains(&self, scope: &str) -> bool {
        self.0.contains(scope)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a client that may have `allowed` may have these. The standard ones need `openid` beside them.
    pub(crate) fn allowed(&self, allowed: &BTreeSet<String>) -> bool {
        let standard = self.contains(EMAIL) || self.contains(PROFILE);
        self.0.is_subset(allowed) && (!standard || self.contains(OPENID))
    }
}

impl From<BTreeSet<String>> for Scopes {
    fn from(words: BTreeSet<String>) -> Self {
        Self(words)
    }
}

impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, word) in self.0.iter().enumerate() {
            write!(f, "{}{word}", if index == 0 { "" } else { " " })?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn email_needs_openid_and_everything_needs_the_client() {
        let allowed = Scopes::parse("openid email profile").0;
        assert!(Scopes::parse("openid  email").allowed(&allowed));
        assert!(!Scopes::parse("email").allowed(&allowed));
        assert!(!Scopes::parse("openid phone").allowed(&allowed));
        assert_eq!(Scopes::parse("profile openid").to_string(), "openid profile");
    }
}
