//! The person's own menu at the end of the rail.

use crate::{
    accounts::Me,
    ui::{
        avatar::Avatar,
        icon::{Icon, Pictogram},
        menu::Menu,
    },
};
use leptos::prelude::*;

/// Settings and signing out.
#[component]
pub fn AccountMenu() -> impl IntoView {
    view! {
        <Menu label="You: settings and sign out" button=|| view! { <MyAvatar /> }>
            <MyName />
            <a class="menu-item" href="/settings">
                <Pictogram icon=Icon::Settings />
                "Settings"
            </a>
            <form method="post" action="/auth/sign-out">
                <button type="submit" class="menu-item">
                    <Pictogram icon=Icon::LogOut />
                    "Sign out"
                </button>
            </form>
        </Menu>
    }
}

/// A failure to load the profile is said by the page; here the empty place stays.
#[component]
fn MyAvatar() -> impl IntoView {
    let me = expect_context::<Me>().0;
    view! {
        <Transition fallback=|| {
            view! { <span class="avatar avatar-empty"></span> }
        }>
            {move || Suspend::new(async move {
                match me.await {
                    Ok(me) => {
                        view! { <Avatar sub=me.sub.into() name=me.display_name picture=me.avatar_url /> }.into_any()
                    }
                    Err(_) => view! { <span class="avatar avatar-empty"></span> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn MyName() -> impl IntoView {
    let me = expect_context::<Me>().0;
    view! {
        <Transition>
            {move || Suspend::new(async move {
                me.await
                    .ok()
                    .map(|me| {
                        view! {
                            <p class="menu-title">
                                <span dir="auto">{me.display_name}</span>
                            </p>
                        }
                    })
            })}
        </Transition>
    }
}
