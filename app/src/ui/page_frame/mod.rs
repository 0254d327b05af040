//! The frame of every page for someone signed in: a rail on a wide screen, a bar above and one below on a narrow one.

pub mod account_menu;
pub mod rail;

use super::{
    error_view::ErrorView,
    page_title::{PageTitle, Unread},
    signed_out::SignedOutPage,
    toast::Toasts,
};
use crate::{
    accounts::{Me, server_fns::load_profile},
    browser,
    conversations::{MyConversations, live::Live, server_fns::list_conversations},
    error::Failure,
    review::{Due, server_fns::count_due},
    uploads::panel::UploadPanel,
};
use domain::id::Sub;
use leptos::{html::Main, prelude::*};
use leptos_router::{components::Outlet, hooks::use_location};
use rail::Rail;

/// Surrounds the pages that need a sign-in, and sends everyone else there. Nobody who is signed out has to load it.
#[component]
pub fn SignedInFrame() -> impl IntoView {
    // Decided by the server before anything is shown, and told to the browser so that both show the same.
    match SharedValue::new(refusal).into_inner() {
        Some(failure) => view! {
            <PageTitle text="No access" />
            <SignedOutPage title="No access">
                <ErrorView failure />
            </SignedOutPage>
        }
        .into_any(),
        None => view! { <Frame /> }.into_any(),
    }
}

#[cfg(feature = "ssr")]
fn refusal() -> Option<Failure> {
    crate::ssr::viewer().err()
}

#[cfg(not(feature = "ssr"))]
const fn refusal() -> Option<Failure> {
    None
}

#[component]
fn Frame() -> impl IntoView {
    let me = Me(Resource::new(|| (), |()| load_profile()));
    let conversations = Resource::new(|| (), |()| list_conversations(None, None));
    let live = Live::provide(me, conversations);
    provide_context(me);
    provide_context(MyConversations::new(conversations, &live));
    provide_context(Due(Resource::new(|| (), |()| count_due())));
    Effect::new(browser::ignore_stray_drops);
    bring_back_written(me);
    provide_context(Unread(live.total_unread()));
    let main = NodeRef::<Main>::new();
    move_focus_on_navigation(main);
    view! {
        <a class="skip-link" href="#main" rel="external">
            "Skip to the content"
        </a>
        <div class="frame">
            <Rail />
            <main id="main" tabindex="-1" node_ref=main>
                <Outlet />
            </main>
        </div>
        <UploadPanel />
    }
}

/// What somebody had written when their session ended stands in its fields again.
fn bring_back_written(me: Me) {
    let toasts = Toasts::of_app();
    Effect::new(move |before: Option<Option<Sub>>| {
        let viewer = me.0.with(|me| me.as_ref().and_then(|me| me.as_ref().ok()).map(|me| me.sub.clone()));
        if before.flatten() != viewer
            && let Some(viewer) = &viewer
        {
            browser::bring_back_written(viewer.as_str(), move || {
                if let Some(toasts) = toasts {
                    toasts.say("What you had written is back.");
                }
            });
        }
        viewer
    });
}

/// A page that is reached without a load gets the keyboard and is read from its start, as a loaded page would be. What
/// stands above a page and keeps the keyboard (`data-keeps-focus`) says itself where that goes.
fn move_focus_on_navigation(main: NodeRef<Main>) {
    let path = use_location().pathname;
    Effect::new(move |before: Option<String>| {
        let path = path.get();
        if before.is_some_and(|before| before != path)
            && let Some(main) = main.get_untracked()
            && !matches!(main.query_selector("[data-keeps-focus]"), Ok(Some(_)))
        {
            browser::focus_in_place(&main);
        }
        path
    });
}

/// One page in the frame: its title, its heading and its content.
#[component]
pub fn Page(
    /// The page's name.
    title: &'static str,
    /// The content.
    children: Children,
) -> impl IntoView {
    view! {
        <PageTitle text=title />
        <div class="page">
            <h1 class="page-heading">{title}</h1>
            {children()}
        </div>
    }
}

/// A page in two panes: a list and what is chosen in it. A narrow screen shows the content alone.
#[component]
pub fn Panes(
    /// The page's name.
    title: &'static str,
    /// The list.
    #[prop(into)]
    list: ViewFnOnce,
    /// The content.
    children: Children,
) -> impl IntoView {
    view! {
        <PageTitle text=title />
        <div class="panes">
            <div class="pane-list">
                <h1 class="page-heading">{title}</h1>
                {list.run()}
            </div>
            <div class="pane-content">{children()}</div>
        </div>
    }
}
