//! A place with nothing in it.

use super::icon::{Icon, Pictogram};
use leptos::prelude::*;

/// Says that there is nothing yet, and what can be done now.
#[component]
pub fn EmptyState(
    /// The place's picture.
    icon: Icon,
    /// What is not there.
    title: &'static str,
    /// What to do, as text and buttons.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="empty">
            <span class="empty-icon">
                <Pictogram icon />
            </span>
            <h2>{title}</h2>
            {children()}
        </div>
    }
}
