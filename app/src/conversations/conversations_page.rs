//! Conversations.

use crate::ui::{button::LinkButton, empty_state::EmptyState, icon::Icon, page_frame::Page};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// The page at `/conversations`.
pub struct ConversationsPage;

#[lazy_route]
impl LazyRoute for ConversationsPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! {
            <Page title="Conversations">
                <EmptyState icon=Icon::MessagesSquare title="No conversations yet">
                    <p>"Look up the people of your study group by name or email."</p>
                    <LinkButton href="/people">"Find people"</LinkButton>
                </EmptyState>
            </Page>
        }
        .into_any()
    }
}
