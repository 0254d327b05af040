//! Rows with hairlines between them.

use leptos::prelude::*;

/// A list of rows.
#[component]
pub fn List(
    /// What the rows are.
    label: &'static str,
    /// The rows.
    children: Children,
) -> impl IntoView {
    // WebKit takes the role from lists without bullets unless it is said.
    view! {
        <ul class="list" role="list" aria-label=label>
            {children()}
        </ul>
    }
}

/// A row: a picture, a line or two, and what can be done with it.
#[component]
pub fn ListRow(
    /// Stands first.
    #[prop(into)]
    picture: ViewFnOnce,
    /// Stands last.
    #[prop(into, optional)]
    action: ViewFnOnce,
    /// The text.
    children: Children,
) -> impl IntoView {
    view! { <li class="list-row">{picture.run()} <div class="list-text">{children()}</div> {action.run()}</li> }
}
