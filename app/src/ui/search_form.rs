//! The search of a page.

use super::icon::{Icon, Pictogram};
use leptos::prelude::*;
use leptos_router::components::Form;

/// Asks for the page again with `?query=`.
#[component]
pub fn SearchForm(
    /// What is searched, for screen readers.
    label: &'static str,
    /// What is searched, in the empty field.
    placeholder: &'static str,
    /// The page.
    action: &'static str,
    /// What was asked for, as the address says.
    #[prop(into)]
    query: Signal<String>,
    /// Whether searching is what the page is for.
    #[prop(optional)]
    main: bool,
    /// What else is sent along.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let (tone, words) = if main { ("button button-primary", "") } else { ("button button-quiet", "search-word") };
    view! {
        <search>
            <Form method="get" action=action attr:class="search-form">
                <label for="query" class="sr-only">
                    {label}
                </label>
                <input
                    id="query"
                    name="query"
                    type="search"
                    dir="auto"
                    autocomplete="off"
                    placeholder=placeholder
                    value=query.get_untracked()
                    prop:value=query
                />
                {children.map(|children| children())}
                <button type="submit" class=tone>
                    <Pictogram icon=Icon::Search />
                    <span class=words>"Search"</span>
                </button>
            </Form>
        </search>
    }
}
