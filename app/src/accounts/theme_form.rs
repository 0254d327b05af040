//! The theme of this browser.

use super::server_fns::SetTheme;
use crate::{
    browser,
    theme::Theme,
    ui::{
        form::{FormFailure, failure_of},
        icon::{Icon, Pictogram},
    },
};
use leptos::{form::ActionForm, prelude::*};

const fn name_and_icon(theme: Theme) -> (&'static str, Icon) {
    match theme {
        Theme::Light => ("Light", Icon::Sun),
        Theme::Dark => ("Dark", Icon::Moon),
        Theme::System => ("As the system", Icon::Monitor),
    }
}

/// One button per theme: each shows it at once and keeps it for this browser.
#[component]
pub fn ThemeForm() -> impl IntoView {
    let set_theme = ServerAction::<SetTheme>::new();
    let shown = RwSignal::new(Theme::current());
    let choice = move |theme: Theme| {
        let (name, icon) = name_and_icon(theme);
        view! {
            <button
                type="submit"
                class="segment"
                name="theme"
                value=theme.name()
                aria-pressed=move || if shown.get() == theme { "true" } else { "false" }
                on:click=move |_| {
                    browser::show_theme(theme);
                    shown.set(theme);
                }
            >
                <Pictogram icon />
                {name}
            </button>
        }
    };
    view! {
        <ActionForm action=set_theme>
            <FormFailure failure=failure_of(set_theme) />
            <div class="segments" role="group" aria-label="Theme">
                {Theme::ALL.into_iter().map(choice).collect_view()}
            </div>
        </ActionForm>
    }
}
