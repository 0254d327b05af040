//! Failures in words; the one table from codes to what a person reads.

use super::{
    button::{Button, LinkButton, Tone},
    icon::{Icon, Pictogram},
    page_title::PageTitle,
};
use crate::{accounts::Me, browser, error::Failure, paths};
use domain::{ApiError, ErrorCode};
use leptos::{ev::MouseEvent, prelude::*};
use leptos_router::hooks::use_location;
use std::sync::Arc;

/// Loads what has failed once more.
pub type Retry = Arc<dyn Fn() + Send + Sync>;

/// What stands in a list of its own: the beginning of its address, which is that of the list, and the way there.
const LISTS: [(&str, &str); 3] =
    [("/library", "Go to the library"), ("/quizzes", "Go to the quizzes"), ("/albums", "Go to the albums")];

/// What a person reads about a code.
struct Words {
    icon: Icon,
    title: &'static str,
    text: &'static str,
}

const fn words(code: ErrorCode) -> Words {
    match code {
        ErrorCode::Unauthorized => {
            Words { icon: Icon::Lock, title: "You are signed out", text: "Sign in, and you come back to this page." }
        }
        ErrorCode::ReauthenticationRequired => Words {
            icon: Icon::Lock,
            title: "Sign in again to go on",
            text: "This step needs a sign-in of the last few minutes.",
        },
        ErrorCode::NotRegistered => Words {
            icon: Icon::Lock,
            title: "This account is not registered here",
            text: "Sign out and in again; that registers it.",
        },
        ErrorCode::Forbidden => {
            Words { icon: Icon::Lock, title: "You may not open this", text: "Ask the person who shared it with you." }
        }
        ErrorCode::CrossOrigin => Words {
            icon: Icon::Lock,
            title: "The request came from another site",
            text: "Open the page here and try again.",
        },
        ErrorCode::NotFound => Words {
            icon: Icon::FileQuestion,
            title: "There is nothing at this address",
            text: "It may have been deleted, or the address has a typing error.",
        },
        ErrorCode::TooManyRequests => {
            Words { icon: Icon::TriangleAlert, title: "Too many requests", text: "Wait a moment, then try again." }
        }
        ErrorCode::Offline => Words {
            icon: Icon::WifiOff,
            title: "The server cannot be reached",
            text: "Check your connection, then try again.",
        },
        ErrorCode::Unavailable => Words {
            icon: Icon::TriangleAlert,
            title: "A service does not answer at the moment",
            text: "Nothing is lost. Try again in a few seconds.",
        },
        ErrorCode::Internal => Words {
            icon: Icon::TriangleAlert,
            title: "Something went wrong on our side",
            text: "Nothing that you did caused it. Try again; if it stays, report the number below.",
        },
        ErrorCode::InvalidRequest
        | ErrorCode::ValidationFailed
        | ErrorCode::IdempotencyKeyReused
        | ErrorCode::MissingAttributes
        | ErrorCode::MethodNotAllowed
        | ErrorCode::Conflict
        | ErrorCode::PayloadTooLarge
        | ErrorCode::UnsupportedMediaType => Words {
            icon: Icon::TriangleAlert,
            title: "This cannot be done as asked",
            text: "Go back, change what you entered, and try again.",
        },
    }
}

/// In place of the words for programs.
const BAD_CURSOR: &str = "This page's address is not right. Open the list from its beginning.";

/// Whether the address names a place in a list that the list does not have.
fn is_about_cursor(failure: &Failure) -> bool {
    let leads_on = |loc: &[String]| loc.last().is_some_and(|name| name == "before" || name == "after");
    failure.errors.iter().any(|error| error.rule == "cursor" && leads_on(&error.loc))
}

/// A failure in place of content. On the server it also decides the page's status, or sends the browser to sign in.
#[component]
pub fn ErrorView(
    /// What failed.
    failure: Failure,
    /// Loads it once more without the rest of the page, where only the connection was missing.
    #[prop(optional)]
    retry: Option<Retry>,
    /// Whether somebody is signed in where no frame tells.
    #[prop(optional)]
    is_signed_in: bool,
) -> impl IntoView {
    #[cfg(feature = "ssr")]
    crate::ssr::answer_with(&failure);
    // Whatever else failed may need the page anew as well.
    let retry = retry.filter(|_| failure.code == ErrorCode::Offline);
    retry_once_connected(retry.clone());
    let Words { icon, title, text } = words(failure.code);
    // The table's words are for everyone; a sentence about this very occurrence says more.
    let detail = match failure.code {
        ErrorCode::ValidationFailed if is_about_cursor(&failure) => BAD_CURSOR.to_owned(),
        ErrorCode::ValidationFailed | ErrorCode::Conflict | ErrorCode::Forbidden => failure.detail.clone(),
        _ => text.to_owned(),
    };
    // What went wrong on our side can be found in the log by this number.
    let is_ours = matches!(failure.code, ErrorCode::Internal | ErrorCode::Unavailable);
    let reference = failure.request_id.clone().filter(|_| is_ours);
    let failure = Signal::stored(Some(failure));
    view! {
        <section class="error" aria-label=title>
            <span class="error-icon">
                <Pictogram icon />
            </span>
            <h2>{title}</h2>
            <p dir="auto">{detail}</p>
            {reference.map(|id| view! { <p class="error-reference">"Request " <code>{id}</code></p> })}
            <WayOut failure retry is_signed_in />
        </section>
        <SignInWhenNeeded failure />
    }
}

/// The one thing to do about a failure.
#[component]
fn WayOut(failure: Signal<Option<Failure>>, retry: Option<Retry>, is_signed_in: bool) -> impl IntoView {
    let location = use_location();
    let here = move || {
        let (path, search) = (location.pathname.get_untracked(), location.search.get_untracked());
        if search.is_empty() { path } else { format!("{path}?{search}") }
    };
    match failure.get_untracked().map(|failure| failure.code) {
        Some(ErrorCode::Unauthorized) => view! {
            <LinkButton href=paths::sign_in(&here()) tone=Tone::Primary external=true>
                "Sign in"
            </LinkButton>
        }
        .into_any(),
        Some(ErrorCode::NotFound | ErrorCode::Forbidden) if is_signed_in || use_context::<Me>().is_some() => {
            view! { <Elsewhere path=location.pathname.get_untracked() /> }.into_any()
        }
        Some(ErrorCode::NotFound | ErrorCode::Forbidden) => view! {
            <LinkButton href="/" external=true>
                "Go to the start page"
            </LinkButton>
        }
        .into_any(),
        Some(ErrorCode::NotRegistered) => view! {
            <form method="post" action="/auth/sign-out">
                <button type="submit" class="button button-primary">
                    "Sign out"
                </button>
            </form>
        }
        .into_any(),
        _ => view! { <TryAgain href=here() retry /> }.into_any(),
    }
}

/// The list in which it would stand, and where one came from.
#[component]
fn Elsewhere(path: String) -> impl IntoView {
    let list = LISTS.into_iter().find(|(list, _)| path.starts_with(list));
    let (href, words) = list.unwrap_or((paths::HOME, "Go to the conversations"));
    let can_go_back = RwSignal::new(false);
    Effect::new(move || can_go_back.set(browser::can_go_back()));
    view! {
        <div class="error-ways">
            <LinkButton href=href tone=Tone::Primary>
                {words}
            </LinkButton>
            {move || {
                can_go_back
                    .get()
                    .then(|| view! { <Button on_press=Callback::new(|()| browser::go_back())>"Back"</Button> })
            }}
        </div>
    }
}

/// Loads again: what has failed alone where it says how, else the page, which without a connection would be lost.
#[component]
fn TryAgain(href: String, retry: Option<Retry>) -> impl IntoView {
    let busy = RwSignal::new(false);
    let on_press = move |event: MouseEvent| {
        if let Some(retry) = &retry {
            event.prevent_default();
            busy.set(true);
            retry();
        } else if !browser::is_online() {
            event.prevent_default();
        }
    };
    view! {
        <a
            class="button button-quiet"
            href=href
            rel="external"
            aria-busy=move || busy.get().then_some("true")
            on:click=on_press
        >
            "Try again"
        </a>
    }
}

/// What could not be reached is asked for again as soon as there is a connection.
fn retry_once_connected(retry: Option<Retry>) {
    let Some(retry) = retry else { return };
    Effect::new(move || {
        let retry = Arc::clone(&retry);
        browser::on_window("online", move || retry());
    });
}

/// In the browser: leaves for the sign-in when a call was answered that there is no session any more.
#[component]
pub(super) fn SignInWhenNeeded(failure: Signal<Option<Failure>>) -> impl IntoView {
    Effect::new(move || {
        if failure.with(|failure| failure.as_ref().is_some_and(Failure::needs_sign_in)) {
            browser::leave_for_sign_in();
        }
    });
}

/// The page of an address that leads nowhere.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    // The server knows, and tells the browser so that both show the same.
    let is_signed_in = SharedValue::new(is_signed_in).into_inner();
    let failure = Failure::from(ApiError::not_found("There is no such page."));
    view! {
        <PageTitle text="Not found" />
        <super::signed_out::SignedOutPage title="Not found">
            <ErrorView failure is_signed_in />
        </super::signed_out::SignedOutPage>
    }
}

#[cfg(feature = "ssr")]
fn is_signed_in() -> bool {
    crate::ssr::viewer().is_ok()
}

#[cfg(not(feature = "ssr"))]
const fn is_signed_in() -> bool {
    false
}
