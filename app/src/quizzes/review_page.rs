//! What is due for review.

use crate::ui::{button::LinkButton, empty_state::EmptyState, icon::Icon, page_frame::Page};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// The page at `/review`.
pub struct ReviewPage;

#[lazy_route]
impl LazyRoute for ReviewPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! {
            <Page title="Review">
                <EmptyState icon=Icon::Repeat title="Nothing to review">
                    <p>"No question is due. You can look up the people of your study group."</p>
                    <LinkButton href="/people">"Find people"</LinkButton>
                </EmptyState>
            </Page>
        }
        .into_any()
    }
}
