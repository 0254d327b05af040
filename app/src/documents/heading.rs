//! The head of a page about what one studies, before its title is known.

use crate::{conversations::heading::BackLink, ui::page_title::PageTitle};
use leptos::prelude::*;

/// What the page is, with the way back: stands there while it is loaded, and when that fails.
#[component]
pub fn StudyHeading(
    /// What the page is.
    title: &'static str,
    /// Where the way back leads.
    back: &'static str,
    /// That place in words.
    back_label: &'static str,
) -> impl IntoView {
    view! {
        <PageTitle text=title />
        <header class="study-head">
            <div class="study-title">
                <BackLink href=back.to_owned() label=back_label always=true />
                <h1 class="page-heading">{title}</h1>
            </div>
        </header>
    }
}
