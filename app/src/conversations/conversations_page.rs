//! Nothing is open: the list alone on a narrow screen, an invitation beside it on a wide one.

use super::{icons, paths};
use crate::ui::{
    button::{LinkButton, Tone},
    empty_state::EmptyState,
    icon::{Icon, Pictogram},
    page_title::PageTitle,
};
use leptos::prelude::*;

/// The page at `/conversations`.
#[component]
pub fn ConversationsPage() -> impl IntoView {
    view! {
        <PageTitle text="Conversations" />
        <EmptyState icon=Icon::MessagesSquare title="Choose a conversation">
            <p>"Or start one: look up the people of your study group by name or email."</p>
            <LinkButton href=paths::NEW tone=Tone::Primary>
                <Pictogram icon=icons::PLUS />
                "New conversation"
            </LinkButton>
        </EmptyState>
    }
    .into_any()
}
