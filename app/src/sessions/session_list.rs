//! The list of signed-in browsers.

use super::{model, server_fns::EndSession};
use crate::{
    error::Failure,
    ui::{
        button::{SubmitButton, Tone},
        form::{FormFailure, failure_of},
        icon::{Icon, Pictogram},
        list::{List, ListRow},
        loaded::Loaded,
        time::Moment,
        toast::Toasts,
    },
};
use domain::sessions::Session;
use leptos::{form::ActionForm, prelude::*};
use std::sync::Arc;

/// Every session with the button that ends it.
#[component]
pub fn SessionsSection(
    /// The sessions.
    sessions: Resource<Result<Vec<Session>, Failure>>,
) -> impl IntoView {
    let end = ServerAction::<EndSession>::new();
    let toasts = Toasts::of_app();
    Effect::new(move || {
        let Some(result) = end.value().get() else { return };
        // Also after a failure: the session may have ended by itself meanwhile.
        sessions.refetch();
        if let (Ok(()), Some(toasts)) = (result, toasts) {
            toasts.say("The session is ended. That browser has to sign in again.");
        }
    });
    view! {
        <FormFailure failure=failure_of(end) />
        <Loaded
            resource=sessions
            what="your sessions"
            show=Arc::new(move |sessions| {
                view! {
                    <List label="Sessions">
                        {sessions.into_iter().map(|session| view! { <SessionRow session end /> }).collect_view()}
                    </List>
                }
                    .into_any()
            })
        />
    }
}

#[component]
fn SessionRow(session: Session, end: ServerAction<EndSession>) -> impl IntoView {
    let device = model::device(&session);
    let is_current = session.current;
    let (created_at, last_used_at) = (session.created_at, session.last_used_at);
    view! {
        <ListRow
            picture=|| {
                view! {
                    <span class="row-icon">
                        <Pictogram icon=Icon::Laptop />
                    </span>
                }
            }
            action=move || view! { <EndButton session end /> }
        >
            <p class="list-title">
                <span dir="auto">{device}</span>
                {is_current.then(|| view! { <span class="badge">"This browser"</span> })}
            </p>
            <p class="quiet">
                <span class="piece">"Signed in " <Moment at=created_at /></span>
                <span class="piece">"Last used " <Moment at=last_used_at /></span>
            </p>
        </ListRow>
    }
}

/// The session of this browser ends by signing out, which ends the sign-in at the identity provider as well.
#[component]
fn EndButton(session: Session, end: ServerAction<EndSession>) -> impl IntoView {
    if session.current {
        return view! {
            <form method="post" action="/auth/sign-out">
                <SubmitButton tone=Tone::Quiet>"Sign out"</SubmitButton>
            </form>
        }
        .into_any();
    }
    let label = model::end_label(&session);
    view! {
        <ActionForm action=end>
            <input type="hidden" name="id" value=session.id.to_string() />
            <button type="submit" class="button button-quiet" aria-label=label>
                "End session"
            </button>
        </ActionForm>
    }
    .into_any()
}
