//! The head of what is open beside the list.

use crate::ui::{
    icon::{Icon, Pictogram},
    page_title::PageTitle,
};
use leptos::prelude::*;

/// The page's title, with the way back on a narrow screen.
#[component]
pub fn PaneHeading(
    /// The title, which is the document's as well.
    #[prop(into)]
    title: Signal<String>,
    /// Where the way back leads.
    #[prop(into)]
    back: String,
    /// That place in words.
    back_label: &'static str,
    /// Whether the way back is shown on a wide screen too.
    #[prop(optional)]
    always: bool,
) -> impl IntoView {
    view! {
        <PageTitle text=title />
        <header class="pane-head">
            <BackLink href=back label=back_label always />
            <h1 class="pane-title" dir="auto">
                {title}
            </h1>
        </header>
    }
}

/// The way back.
#[component]
pub fn BackLink(
    /// Where to.
    href: String,
    /// That place in words.
    label: &'static str,
    /// Whether it is shown on a wide screen too.
    #[prop(optional)]
    always: bool,
) -> impl IntoView {
    let class = if always { "icon-button back-link back-link-always" } else { "icon-button back-link" };
    view! {
        <a class=class href=href aria-label=format!("Back to {label}")>
            <Pictogram icon=Icon::ArrowLeft />
        </a>
    }
}

/// How many people are in a group.
#[must_use]
pub fn members(count: usize) -> String {
    if count == 1 { "1 member".to_owned() } else { format!("{count} members") }
}
