//! Documents.

use crate::ui::{button::LinkButton, empty_state::EmptyState, icon::Icon, page_frame::Page};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// The page at `/library`.
pub struct LibraryPage;

#[lazy_route]
impl LazyRoute for LibraryPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! {
            <Page title="Library">
                <EmptyState icon=Icon::Library title="No documents yet">
                    <p>"Your library is empty. You can look up the people of your study group."</p>
                    <LinkButton href="/people">"Find people"</LinkButton>
                </EmptyState>
            </Page>
        }
        .into_any()
    }
}
