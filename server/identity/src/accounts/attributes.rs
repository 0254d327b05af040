//! What a person says about themselves, checked.

use domain::{
    FieldError,
    text::{self, NAME_MAX},
};
use lettre::Address;

/// Longest email address in bytes (RFC 5321 §4.5.3.1.3, without the angle brackets).
const EMAIL_MAX: usize = 254;

/// A checked wish for an account.
#[derive(Clone, Debug)]
pub(crate) struct SignUp {
    pub(crate) email: String,
    pub(crate) password: String,
    pub(crate) given_name: Option<String>,
    pub(crate) family_name: Option<String>,
    pub(crate) name: Option<String>,
}

/// The address in the one form that is stored and compared: trimmed, in lower case. None when it is none.
pub(crate) fn normalise_email(text: &str) -> Option<String> {
    let email = text.trim().to_lowercase();
    let plain = email.len() <= EMAIL_MAX && email.bytes().all(|byte| byte.is_ascii_graphic());
    // Quoted local parts and literal addresses are legal and of no use to anybody but attackers.
    let simple = !email.contains(['"', '[', ']', '(', ')', '<', '>', ',', ';', ':', '\\']);
    (plain && simple && email.parse::<Address>().is_ok()).then_some(email)
}

/// A name that may be left out; one that is given is a line of at most 100 characters.
pub(crate) fn name(field: &str, text: Option<&str>) -> Result<Option<String>, FieldError> {
    text.map(|text| text::line(field, text, NAME_MAX)).transpose()
}

impl SignUp {
    /// Checks all fields at once.
    pub(crate) fn check(
        email: &str,
        password: &str,
        given_name: Option<&str>,
        family_name: Option<&str>,
        full_name: Option<&str>,
    ) -> Result<Self, Vec<FieldError>> {
        let mut errors = Vec::new();
        let mut keep = |checked: Result<Option<String>, FieldError>| {
            checked.unwrap_or_else(|error| {
                errors.push(error);
                None
            })
        };
        let given_name = keep(name("given_name", given_name));
        let family_name = keep(name("family_name", family_name));
        let full_name = keep(name("name", full_name));
        let email = keep(normalise_email(email).map(Some).ok_or_else(|| {
            FieldError::body("email", "email", "This is no email address: write it like ada@example.org.")
        }));
        match email {
            Some(email) if errors.is_empty() => {
                Ok(Self { email, password: password.to_owned(), given_name, family_name, name: full_name })
            }
            _ => Err(errors),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_compared_in_lower_case() {
        assert_eq!(normalise_email("  Ada@Example.ORG ").as_deref(), Some("ada@example.org"));
        assert_eq!(normalise_email("a.b+c@x.test").as_deref(), Some("a.b+c@x.test"));
        let long = format!("{}@example.org", "a".repeat(250));
        for bad in [
            "",
            "ada",
            "@example.org",
            "ada@",
            "a b@example.org",
            "ada@example.org\r\nBcc: x@y.z",
            "\"a\"@x.y",
            "a@b@c.d",
            "<script>@x.y",
            "ada@exa\0mple.org",
            "żółw@example.org",
            "a@[127.0.0.1]",
            &long,
        ] {
            assert_eq!(normalise_email(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn every_wrong_field_is_named() {
        let errors = SignUp::check("x", "", Some(" "), Some(&"x".repeat(101)), None).unwrap_err();
        let fields: Vec<_> = errors.iter().filter_map(|error| error.loc.last().map(String::as_str)).collect();
        assert_eq!(fields, ["given_name", "family_name", "email"]);
    }
}
