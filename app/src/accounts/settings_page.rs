//! Settings: profile, appearance, sessions, leaving.

use super::{
    Me, model,
    privacy_form::{NotificationsSwitch, ReadReceiptsForm},
    profile_form::ProfileForm,
    theme_form::ThemeForm,
};
use crate::{
    error::Failure,
    sessions::{SessionsSection, server_fns::list_sessions},
    ui::{
        button::{LinkButton, Tone},
        loaded::Loaded,
        notice::{Notice, NoticeKind},
        page_frame::Panes,
    },
};
use domain::sessions::Session;
use leptos::prelude::*;
use leptos_router::{LazyRoute, hooks::use_query_map, lazy_route};
use std::sync::Arc;

const SECTIONS: [(&str, &str); 6] = [
    ("#profile", "Profile"),
    ("#appearance", "Appearance"),
    ("#reading", "Read receipts"),
    ("#notifications", "Notifications"),
    ("#sessions", "Sessions"),
    ("#account", "Cancel account"),
];

/// The page at `/settings`.
pub struct SettingsPage {
    sessions: Resource<Result<Vec<Session>, Failure>>,
}

#[lazy_route]
impl LazyRoute for SettingsPage {
    fn data() -> Self {
        Self { sessions: Resource::new(|| (), |()| list_sessions()) }
    }

    fn view(this: Self) -> AnyView {
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
                    <SessionsSection sessions=this.sessions />
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
