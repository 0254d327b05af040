//! What is said when a sign-in did not work.

use crate::{
    paths,
    ui::{
        button::{LinkButton, Tone},
        icon::{Icon, Pictogram},
        page_title::PageTitle,
        signed_out::SignedOutPage,
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// What happened, and what to do, by the reason that the server gives.
fn sentence(reason: &str) -> &'static str {
    match reason {
        "expired" => "The sign-in took too long, or was begun in another browser. Begin it again here.",
        "cancelled" => "You left the sign-in before it was finished. Nothing was changed.",
        "unavailable" => "The sign-in service does not answer at the moment. Try again in a few seconds.",
        "missing_attributes" => {
            "Your sign-in lacks an email address or a name. Add them to your account, then try again."
        }
        "account_closed" => "This account was cancelled. To come back, create a new one.",
        _ => "The sign-in could not be completed. Begin it again.",
    }
}

/// The page at `/sign-in-failed`.
#[component]
pub fn SignInFailedPage() -> impl IntoView {
    let query = use_query_map();
    let text = move || query.with(|query| sentence(query.get_str("reason").unwrap_or_default()));
    let again = query.with_untracked(|query| paths::sign_in(query.get_str("return_to").unwrap_or(paths::HOME)));
    view! {
        <PageTitle text="Sign-in failed" />
        <SignedOutPage title="Sign-in failed">
            <section class="error" aria-label="Sign-in failed">
                <span class="error-icon">
                    <Pictogram icon=Icon::Lock />
                </span>
                <h2>"You are not signed in"</h2>
                <p>{text}</p>
                <LinkButton href=again tone=Tone::Primary external=true>
                    "Try to sign in again"
                </LinkButton>
                <LinkButton href="/" external=true>
                    "Go to the start page"
                </LinkButton>
            </section>
        </SignedOutPage>
    }
}

#[cfg(test)]
mod tests {
    use super::sentence;

    #[test]
    fn an_unknown_reason_is_never_shown() {
        assert_eq!(sentence("<script>"), "The sign-in could not be completed. Begin it again.");
        assert!(sentence("expired").contains("too long"));
    }
}
