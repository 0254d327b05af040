//! Finding people.

use super::{model, server_fns::search_people};
use crate::ui::{
    avatar::Avatar,
    empty_state::EmptyState,
    icon::Icon,
    list::{List, ListRow},
    loaded::Loaded,
    page_frame::Page,
    search_form::SearchForm,
};
use domain::accounts::{Person, SEARCH_LIMIT};
use leptos::{either::Either, prelude::*};
use leptos_router::hooks::use_query_map;
use std::sync::Arc;

/// The page at `/people`.
#[component]
pub fn PeoplePage() -> impl IntoView {
    let parameters = use_query_map();
    let query = Memo::new(move |_| parameters.with(|map| map.get_str("query").unwrap_or_default().trim().to_owned()));
    let people = Resource::new(
        move || query.get(),
        |query| async move { if query.is_empty() { Ok(None) } else { search_people(query).await.map(Some) } },
    );
    view! {
        <Page title="People">
            <SearchForm
                label="Name, or whole email address"
                placeholder="Name, or whole email address"
                action="/people"
                query=query
                main=true
            />
            <Loaded resource=people what="people" show=Arc::new(|people| view! { <Results people /> }.into_any()) />
        </Page>
    }
    .into_any()
}

#[component]
fn Results(people: Option<Vec<Person>>) -> impl IntoView {
    let Some(people) = people else {
        return Either::Left(view! {
            <EmptyState icon=Icon::Users title="Find someone">
                <p>"Type a part of their name. By email you find them only with the whole address."</p>
            </EmptyState>
        });
    };
    let limit = usize::try_from(SEARCH_LIMIT).unwrap_or(usize::MAX);
    let is_empty = people.is_empty();
    Either::Right(view! {
        <p class="quiet" role="status">
            {model::found(people.len(), limit)}
        </p>
        {is_empty.then(|| view! { <p>"Check the spelling, or ask them for the address that they signed up with."</p> })}
        {(!is_empty)
            .then(|| {
                view! {
                    <List label="People found">
                        {people.into_iter().map(|person| view! { <PersonRow person /> }).collect_view()}
                    </List>
                }
            })}
    })
}

#[component]
fn PersonRow(person: Person) -> impl IntoView {
    let Person { sub, display_name, avatar_url, email } = person;
    let name = display_name.clone();
    view! {
        <ListRow picture=move || view! { <Avatar sub=sub.into() name picture=avatar_url /> }>
            <p class="list-title">
                <span dir="auto">{display_name}</span>
            </p>
            {email.map(|email| view! { <p class="quiet">{email}</p> })}
        </ListRow>
    }
}
