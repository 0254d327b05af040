//! Leaving: what goes, what stays, and the word that does it.

use super::{Me, server_fns::CancelAccount};
use crate::{
    browser, paths,
    ui::{
        button::{LinkButton, SubmitButton, Tone},
        field::Field,
        form::{FormFailure, failure_of, field_error},
        loaded::Loaded,
        notice::{Notice, NoticeKind},
        page_frame::Page,
    },
};
use domain::{
    ErrorCode,
    accounts::{CANCELLED_NAME, Profile},
};
use leptos::{form::ActionForm, prelude::*};
use std::sync::Arc;

/// The page at `/settings/cancel-account`.
#[component]
pub fn CancelAccountPage() -> impl IntoView {
    let cancel = ServerAction::<CancelAccount>::new();
    let me = expect_context::<Me>().0;
    Effect::new(move || {
        if cancel.value().with(|value| matches!(value, Some(Ok(())))) {
            browser::leave_for("/account-cancelled");
        }
    });
    view! {
        <Page title="Cancel account">
            <div class="reading">
                <WhatHappens />
                <Loaded
                    resource=me
                    what="your profile"
                    show=Arc::new(|profile| view! { <WhoseAccount profile /> }.into_any())
                />
                <CancelForm cancel />
            </div>
        </Page>
    }
    .into_any()
}

#[component]
fn WhatHappens() -> impl IntoView {
    view! {
        <Notice kind=NoticeKind::Loss>"This cannot be undone."</Notice>
        <p>
            "Before that you can " <a href=paths::EXPORT rel="external">
                "download everything"
            </a> "."
        </p>
        <h2>"What is deleted"</h2>
        <ul>
            <li>"Your albums with their photos"</li>
            <li>"Your documents and quizzes"</li>
            <li>"Your audio"</li>
            <li>"The files that you attached to messages"</li>
            <li>"Your identity: you cannot sign in with it any more, and every session ends at once"</li>
        </ul>
        <h2>"What stays"</h2>
        <p>"The messages that you wrote stay in their conversations, under the name “"{CANCELLED_NAME}"”."</p>
    }
}

/// Whoever was asked to sign in once more may have done so as somebody else.
#[component]
fn WhoseAccount(profile: Profile) -> impl IntoView {
    let Profile { display_name, email, .. } = profile;
    view! {
        <p>
            "This cancels the account of " <strong>
                <bdi>{display_name}</bdi>
            </strong> " (" <bdi>{email}</bdi> ")."
        </p>
    }
}

#[component]
fn CancelForm(cancel: ServerAction<CancelAccount>) -> impl IntoView {
    let failure = failure_of(cancel);
    let is_too_old =
        move || failure.with(|failure| failure.as_ref().is_some_and(|f| f.code == ErrorCode::ReauthenticationRequired));
    view! {
        <ActionForm action=cancel>
            <FormFailure failure fields=&["confirm"] />
            {move || {
                is_too_old()
                    .then(|| {
                        view! {
                            <p>
                                <LinkButton href=paths::SIGN_IN_TO_CANCEL external=true>
                                    "Sign in again and come back here"
                                </LinkButton>
                            </p>
                        }
                    })
            }}
            <Field label="Type DELETE to confirm" name="confirm" required=true error=field_error(failure, "confirm") />
            <div class="form-actions">
                <SubmitButton tone=Tone::Loss busy=cancel.pending()>
                    "Cancel my account for good"
                </SubmitButton>
                <LinkButton href="/settings">"Keep my account"</LinkButton>
            </div>
        </ActionForm>
    }
}
