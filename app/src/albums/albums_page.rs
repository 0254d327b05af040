//! Albums.

use crate::ui::{button::LinkButton, empty_state::EmptyState, icon::Icon, page_frame::Page};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// The page at `/albums`.
pub struct AlbumsPage;

#[lazy_route]
impl LazyRoute for AlbumsPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! {
            <Page title="Albums">
                <EmptyState icon=Icon::Images title="No albums yet">
                    <p>"There is no album of yours. You can look up the people of your study group."</p>
                    <LinkButton href="/people">"Find people"</LinkButton>
                </EmptyState>
            </Page>
        }
        .into_any()
    }
}
