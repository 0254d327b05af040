//! Settings: profile, appearance, sessions, leaving.

use super::{
    Me, model,
    privacy_form::{NotificationsSwitch, ReadReceiptsForm},
    profile_form::ProfileForm,
    theme_form::ThemeForm,
};
use crate::{
    paths,
    sessions::{SessionsSection, server_fns::list_sessions},
    ui::{
        button::{LinkButton, Tone},
        icon::Pictogram,
        loaded::Loaded,
        notice::{Notice, NoticeKind},
        page_frame::Panes,
    },
    uploads::icons,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use std::sync::Arc;

const SECTIONS: [(&str, &str); 7] = [
    ("#profile", "Profile"),
    ("#appearance", "Appearance"),
    ("#reading", "Read receipts"),
    ("#notifications", "Notifications"),
    ("#sessions", "Sessions"),
    ("#export", "Download everything"),
    ("#account", "Cancel account"),
];

/// What the file with everything holds.
const HELD: [&str; 5] = [
    "Your profile",
    "The messages that you wrote with the files that you sent, by conversation",
    "Your albums with their photos, and the photos that you added to albums of others",
    "Your documents with their notes",
    "Your quizzes with their answers, what you submitted, and how your review stands",
];

/// The page at `/settings`.
#[component]
pub fn SettingsPage() -> impl IntoView {
    let sessions = Resource::new(|| (), |()| list_sessions());
    let me = expect_context::<Me>().0;
    let section = |(href, name): (&'static str, &'static str)| {
        view! {
            <li>
                <a href=href>{name}</a>
            </li>
        }
    };
    let sections = move || {
        view! {
            <nav class="section-links" aria-label="Settings">
                <ul role="list">{SECTIONS.into_iter().map(section).collect_view()}</ul>
            </nav>
        }
    };
    view! {
        <Panes title="Settings" list=sections>
            <Confirmation />
            <section id="profile" class="section" aria-labelledby="profile-title">
                <h2 id="profile-title">"Profile"</h2>
                <Loaded
                    resource=me
                    what="your profile"
                    show=Arc::new(|profile| view! { <ProfileForm profile /> }.into_any())
                />
            </section>
            <section id="appearance" class="section" aria-labelledby="appearance-title">
                <h2 id="appearance-title">"Appearance"</h2>
                <ThemeForm />
            </section>
            <section id="reading" class="section" aria-labelledby="reading-title">
                <h2 id="reading-title">"Read receipts"</h2>
                <Loaded
                    resource=me
                    what="your profile"
                    show=Arc::new(|profile| {
                        view! { <ReadReceiptsForm read_receipts=profile.read_receipts /> }.into_any()
                    })
                />
            </section>
            <section id="notifications" class="section" aria-labelledby="notifications-title">
                <h2 id="notifications-title">"Notifications"</h2>
                <NotificationsSwitch />
            </section>
            <section id="sessions" class="section" aria-labelledby="sessions-title">
                <h2 id="sessions-title">"Sessions"</h2>
                <p>"The browsers in which you are signed in."</p>
                <SessionsSection sessions=sessions />
            </section>
            <section id="export" class="section" aria-labelledby="export-title">
                <h2 id="export-title">"Download everything"</h2>
                <p>"One zip file of what is yours, photos and documents as you added them:"</p>
                <ul class="bulleted">{HELD.into_iter().map(|what| view! { <li>{what}</li> }).collect_view()}</ul>
                <p class="quiet">"What others have written or added is not in it."</p>
                <LinkButton href=paths::EXPORT external=true>
                    <Pictogram icon=icons::DOWNLOAD />
                    "Download everything"
                </LinkButton>
            </section>
            <section id="account" class="section" aria-labelledby="account-title">
                <h2 id="account-title">"Cancel account"</h2>
                <p>
                    "Deletes what is yours and removes your sign-in. The next page says exactly what goes and what stays."
                </p>
                <LinkButton href="/settings/cancel-account" tone=Tone::Loss>
                    "Cancel my account …"
                </LinkButton>
            </section>
        </Panes>
    }
    .into_any()
}

/// What a plain form has just done. With scripts, a toast says it.
#[component]
fn Confirmation() -> impl IntoView {
    let query = use_query_map();
    let sentence = move || {
        query.with(|query| match query.get_str("__err") {
            Some(_) => None,
            None => query.get_str("done").and_then(model::confirmation),
        })
    };
    view! {
        <div role="status">
            {move || sentence().map(|sentence| view! { <Notice kind=NoticeKind::Done>{sentence}</Notice> })}
        </div>
    }
}
