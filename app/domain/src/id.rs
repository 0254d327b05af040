//! Identifiers of things that others hold.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A person as the identity provider names them: the token's `sub` (OpenID Connect Core §2: at most 255 ASCII
/// characters; Cognito uses a UUID).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Sub(String);

impl Sub {
    /// Takes what OpenID Connect allows, nothing else.
    ///
    /// # Errors
    /// Says so when the text is empty, too long or not printable ASCII.
    pub fn parse(text: impl Into<String>) -> Result<Self, InvalidSub> {
        let text = text.into();
        let fits = !text.is_empty() && text.len() <= 255 && text.bytes().all(|byte| byte.is_ascii_graphic());
        if fits { Ok(Self(text)) } else { Err(InvalidSub) }
    }

    /// The text of it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Sub {
    type Error = InvalidSub;

    fn try_from(text: String) -> Result<Self, InvalidSub> {
        Self::parse(text)
    }
}

impl From<Sub> for String {
    fn from(sub: Sub) -> Self {
        sub.0
    }
}

impl fmt::Display for Sub {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The text cannot be a `sub`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidSub;

impl fmt::Display for InvalidSub {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a sub has 1 to 255 printable ASCII characters without spaces")
    }
}

impl std::error::Error for InvalidSub {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sub_is_short_printable_ascii() {
        assert!(Sub::parse("0b0e7a9e-6a64-4b7e-9d5a-6a1f2f2f7a11").is_ok());
        for bad in ["", "with space", "żółw", "a\0b", &"x".repeat(256)] {
            assert_eq!(Sub::parse(bad), Err(InvalidSub), "{bad:?}");
        }
    }
}
