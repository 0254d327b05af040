//! The way around the product.

use super::account_menu::AccountMenu;
use crate::{
    paths,
    ui::{
        icon::{Icon, Pictogram},
        signed_out::BrandMark,
    },
};
use leptos::prelude::*;
use leptos_router::components::A;

const PLACES: [(&str, &str, Icon); 5] = [
    (paths::HOME, "Conversations", Icon::MessagesSquare),
    ("/library", "Library", Icon::Library),
    ("/quizzes", "Quizzes", Icon::ListChecks),
    ("/albums", "Albums", Icon::Images),
    ("/review", "Review", Icon::Repeat),
];

/// The places, the way home and the person's own menu.
#[component]
pub fn Rail() -> impl IntoView {
    let place = |(href, name, icon): (&'static str, &'static str, Icon)| {
        view! {
            <li>
                <A href=href attr:class="rail-link">
                    <Pictogram icon />
                    <span>{name}</span>
                </A>
            </li>
        }
    };
    view! {
        <header class="rail">
            <a href=paths::HOME class="rail-brand" aria-label="Lyceum, to the conversations">
                <BrandMark />
            </a>
            <nav class="rail-places" aria-label="Places">
                <ul role="list">{PLACES.into_iter().map(place).collect_view()}</ul>
            </nav>
            <div class="rail-person">
                <A href="/people" attr:class="rail-link">
                    <Pictogram icon=Icon::Users />
                    <span>"People"</span>
                </A>
                <AccountMenu />
            </div>
        </header>
    }
}
