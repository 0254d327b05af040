//! What stood in a plain form that was refused. Its page shows it once more beside the reason. Only the server knows of
//! one: a script never leaves its page, and its fields keep what is in them.

use leptos::server_fn::ServerFn;
use std::sync::Arc;

/// A form that came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedForm {
    function: Arc<str>,
    fields: Arc<[(String, String)]>,
}

impl RefusedForm {
    /// By the path of the function that refused it, with its fields.
    #[must_use]
    pub fn new(function: &str, fields: impl IntoIterator<Item = (String, String)>) -> Self {
        Self { function: function.into(), fields: fields.into_iter().collect() }
    }

    /// That which this function refused, where the page is shown for it.
    #[must_use]
    pub fn of<F: ServerFn>() -> Option<Self> {
        #[cfg(feature = "ssr")]
        let form = crate::ssr::refused_form();
        #[cfg(not(feature = "ssr"))]
        let form = None::<Self>;
        form.filter(|form| *form.function == *F::PATH)
    }

    /// What stood in a field; none where the form did not have it.
    #[must_use]
    pub fn value(&self, field: &str) -> Option<String> {
        self.fields.iter().find(|(name, _)| name == field).map(|(_, value)| value.clone())
    }

    /// Whether one of the fields of this name had the value.
    #[must_use]
    pub fn has(&self, field: &str, value: &str) -> bool {
        self.fields.iter().any(|(name, own)| name == field && own == value)
    }
}

/// What a field has at first: what was written in it when its form was refused, else what is so now.
#[must_use]
pub fn written<F: ServerFn>(field: &str, otherwise: impl Into<String>) -> String {
    RefusedForm::of::<F>().and_then(|form| form.value(field)).unwrap_or_else(|| otherwise.into())
}

/// Whether a choice is made at first: as it was when its form was refused, else as it is now.
#[must_use]
pub fn chosen<F: ServerFn>(field: &str, value: &str, otherwise: bool) -> bool {
    RefusedForm::of::<F>().map_or(otherwise, |form| form.has(field, value))
}
