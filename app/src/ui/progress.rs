//! Something is on its way.

use leptos::prelude::*;

/// Stands where the content will be.
#[component]
pub fn Progress(
    /// What is on its way, such as "your sessions".
    what: &'static str,
) -> impl IntoView {
    view! {
        <p class="progress" role="status">
            <span class="progress-mark" aria-hidden="true"></span>
            "Loading "
            {what}
            " …"
        </p>
    }
}
