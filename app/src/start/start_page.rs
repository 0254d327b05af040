//! The first page.

use crate::ui::{
    button::{LinkButton, Tone},
    page_title::PageTitle,
    signed_out::Brand,
};
use leptos::prelude::*;

const SIGN_IN: &str = "/auth/sign-in?return_to=%2Fconversations";
const CREATE_ACCOUNT: &str = "/auth/sign-in?return_to=%2Fconversations&prompt=create";

/// Says what this is and leads to the sign-in; a signed-in person is taken to their conversations.
#[component]
pub fn StartPage() -> impl IntoView {
    #[cfg(feature = "ssr")]
    if crate::ssr::viewer().is_ok() {
        crate::ssr::send_to(crate::paths::HOME);
    }
    view! {
        <PageTitle text="Study together" />
        <div class="start">
            <header>
                <Brand />
                <a href=SIGN_IN rel="external">
                    "Sign in"
                </a>
            </header>
            <main id="main" tabindex="-1">
                <div class="start-text">
                    <h1>"One place for a study group"</h1>
                    <p>
                        "Lyceum keeps together what a group of students works with: conversations, documents with their notes, quizzes, and photo albums."
                    </p>
                    <div class="start-actions">
                        <LinkButton href=CREATE_ACCOUNT tone=Tone::Primary external=true>
                            "Create an account"
                        </LinkButton>
                        <LinkButton href=SIGN_IN external=true>
                            "Sign in"
                        </LinkButton>
                    </div>
                </div>
                <div
                    class="start-picture"
                    role="img"
                    aria-label="A page of notes with a marked sentence, a message about it and a quiz question"
                ></div>
            </main>
        </div>
    }
}
