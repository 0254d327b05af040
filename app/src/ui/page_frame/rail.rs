//! The way around the product.

use super::account_menu::AccountMenu;
use crate::{
    conversations::model::texts::badge,
    paths,
    review::Due,
    ui::{
        icon::{Icon, Pictogram},
        page_title::Unread,
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
    (REVIEW, "Review", Icon::Repeat),
];
const REVIEW: &str = crate::review::model::PAGE;

/// The places, the way home and the person's own menu.
#[component]
pub fn Rail() -> impl IntoView {
    let place = |(href, name, icon): (&'static str, &'static str, Icon)| {
        view! {
            <li>
                <A href=href attr:class="rail-link">
                    <Pictogram icon />
                    <span>{name}</span>
                    {(href == paths::HOME).then(|| view! { <UnreadBadge /> })}
                    {(href == REVIEW).then(|| view! { <DueBadge /> })}
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

/// How many messages wait unread.
#[component]
fn UnreadBadge() -> impl IntoView {
    let unread = use_context::<Unread>();
    let count = move || unread.map_or(0, |unread| unread.0.get());
    move || {
        badge(count()).map(|shown| {
            view! {
                <span class="count rail-count" aria-hidden="true">
                    {shown}
                </span>
                <span class="sr-only">{format!(", {} unread", count())}</span>
            }
        })
    }
}

/// How many questions are on today's list.
#[component]
fn DueBadge() -> impl IntoView {
    let due = use_context::<Due>();
    view! {
        <Transition>
            {move || Suspend::new(async move {
                let count = i64::from(due?.0.await.ok()?);
                badge(count)
                    .map(|shown| {
                        // A failure is said by the page itself.
                        view! {
                            <span class="count rail-count" aria-hidden="true">
                                {shown}
                            </span>
                            <span class="sr-only">{format!(", {count} due")}</span>
                        }
                    })
            })}
        </Transition>
    }
}
