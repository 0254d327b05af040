//! A labelled input with its hint and error.

use askama::{Template, filters::HtmlSafe};
use domain::FieldError;

/// One input of a form.
#[derive(Clone, Debug, Template)]
#[template(path = "field.html")]
pub(super) struct Field {
    name: &'static str,
    label: &'static str,
    kind: &'static str,
    autocomplete: &'static str,
    hint: &'static str,
    max: usize,
    value: String,
    error: Option<String>,
    /// The form's alert is about this field too.
    alert: bool,
    focus: bool,
}

/// It writes its own escaped HTML.
impl HtmlSafe for Field {}

impl Field {
    fn new(name: &'static str, label: &'static str, kind: &'static str, autocomplete: &'static str) -> Self {
        let (hint, max, value) = ("", 254, String::new());
        Self { name, label, kind, autocomplete, hint, max, value, error: None, alert: false, focus: false }
    }

    pub(super) fn email(value: &str) -> Self {
        Self { value: value.to_owned(), ..Self::new("email", "Email address", "email", "username") }
    }

    pub(super) fn given_name(value: &str) -> Self {
        Self { value: value.to_owned(), max: 100, ..Self::new("given_name", "Given name", "text", "given-name") }
    }

    pub(super) fn family_name(value: &str) -> Self {
        Self { value: value.to_owned(), max: 100, ..Self::new("family_name", "Family name", "text", "family-name") }
    }

    pub(super) fn code(value: &str) -> Self {
        let hint = "The six digits in the mail.";
        Self { value: value.to_owned(), max: 16, hint, ..Self::new("code", "Code", "text", "one-time-code") }
    }

    pub(super) fn password() -> Self {
        Self { max: crate::passwords::LONGEST, ..Self::new("password", "Password", "password", "current-password") }
    }

    pub(super) fn new_password() -> Self {
        let field = Self::new("password", "New password", "password", "new-password");
        Self { max: crate::passwords::LONGEST, hint: crate::passwords::POLICY, ..field }
    }

    pub(super) fn labelled(self, label: &'static str) -> Self {
        Self { label, ..self }
    }

    pub(super) fn with_error(self, error: Option<String>) -> Self {
        Self { error, ..self }
    }

    /// The error of this field among those of the form.
    pub(super) fn with_errors(self, errors: &[FieldError]) -> Self {
        let own = errors.iter().find(|error| error.loc.last().is_some_and(|last| last == self.name));
        let error = own.map(|error| error.msg.clone());
        self.with_error(error)
    }

    pub(super) fn with_alert(self, alert: bool) -> Self {
        Self { alert, ..self }
    }

    pub(super) fn with_focus(self) -> Self {
        Self { focus: true, ..self }
    }

    fn described_by(&self) -> String {
        let parts = [
            (!self.hint.is_empty()).then(|| format!("{}-hint", self.name)),
            self.error.is_some().then(|| format!("{}-error", self.name)),
            self.alert.then(|| "alert".to_owned()),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hostile_value_stays_text_and_an_error_is_tied_to_its_field() {
        let field = Field::given_name("\"><script>alert(1)</script>").with_error(Some("<b>no</b>".into()));
        let html = field.render().unwrap();
        assert!(!html.contains("<script>") && !html.contains("<b>"), "{html}");
        assert!(html.contains(r#"aria-describedby="given_name-error""#), "{html}");
        assert!(html.contains(r#"aria-invalid="true""#), "{html}");
    }
}
