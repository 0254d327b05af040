//! Quizzes.

use crate::ui::{button::LinkButton, empty_state::EmptyState, icon::Icon, page_frame::Page};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// The page at `/quizzes`.
pub struct QuizzesPage;

#[lazy_route]
impl LazyRoute for QuizzesPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! {
            <Page title="Quizzes">
                <EmptyState icon=Icon::ListChecks title="No quizzes yet">
                    <p>"There is no quiz of yours. You can look up the people of your study group."</p>
                    <LinkButton href="/people">"Find people"</LinkButton>
                </EmptyState>
            </Page>
        }
        .into_any()
    }
}
