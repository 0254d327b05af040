//! The search over a list of one's own.

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
) -> impl IntoView {
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
                <button type="submit" class="button button-quiet">
                    <Pictogram icon=Icon::Search />
                    <span class="search-word">"Search"</span>
                </button>
            </Form>
        </search>
    }
}
