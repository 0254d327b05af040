//! The ways from one part of a list to the next.

use super::button::LinkButton;
use leptos::prelude::*;

/// Links to the parts around the one that is shown; nothing when it is the whole list.
#[component]
pub fn ListParts(
    /// What is listed, as a plural in lower case.
    what: &'static str,
    /// The address of the part with newer ones.
    newer: Option<String>,
    /// The address of the part with older ones.
    older: Option<String>,
) -> impl IntoView {
    if newer.is_none() && older.is_none() {
        return None;
    }
    let link =
        |age, href: Option<String>| href.map(|href| view! { <LinkButton href>{format!("{age} {what}")}</LinkButton> });
    Some(view! {
        <nav class="form-actions" aria-label=format!("More {what}")>
            {link("Newer", newer)}
            {link("Older", older)}
        </nav>
    })
}
