//! Choosing people: a search by name whose results can be ticked, and those who are ticked already.

use crate::{
    accounts::server_fns::search_people,
    error::Failure,
    ui::{
        avatar::Avatar,
        debounce::Debounce,
        icon::{Icon, Pictogram},
        loaded::Loaded,
        refused_form::chosen,
    },
};
use domain::{
    accounts::{Person, SEARCH_LIMIT},
    id::Sub,
};
use leptos::{html::Input, prelude::*, server_fn::ServerFn};
use leptos_router::{components::Form, hooks::use_query_map};
use std::sync::Arc;

/// How long the typing must pause before people are looked up.
const PAUSE_MILLIS: u32 = 200;
/// The field that tells in a form who is chosen.
const FIELD: &str = "participant_subs[]";

type Found = Resource<Result<Option<Vec<Person>>, Failure>>;

/// The people that are being chosen, and the search for more of them.
#[derive(Clone, Copy)]
pub struct People {
    /// Those who are chosen, in the order in which they were.
    pub picked: RwSignal<Vec<Person>>,
    query: Memo<String>,
    typed: RwSignal<Option<String>>,
    found: Found,
    /// Whether the form was refused with this person chosen.
    was_chosen: fn(&str) -> bool,
}

impl People {
    /// For the form of this function; starts with the query in the page's address.
    #[must_use]
    pub fn of_form<F: ServerFn>() -> Self {
        Self::new(|sub| chosen::<F>(FIELD, sub, false))
    }

    fn new(was_chosen: fn(&str) -> bool) -> Self {
        let parameters = use_query_map();
        let typed = RwSignal::new(None::<String>);
        let query = Memo::new(move |_| {
            let asked = parameters.with(|map| map.get_str("query").unwrap_or_default().to_owned());
            typed.get().unwrap_or(asked).trim().to_owned()
        });
        let found = Resource::new(
            move || query.get(),
            |query| async move { if query.is_empty() { Ok(None) } else { search_people(query).await.map(Some) } },
        );
        Self { picked: RwSignal::new(Vec::new()), query, typed, found, was_chosen }
    }

    fn has(self, sub: &Sub) -> bool {
        self.picked.with(|picked| picked.iter().any(|person| person.sub == *sub))
    }

    fn pick(self, person: Person, on: bool) {
        self.picked.update(|picked| {
            picked.retain(|other| other.sub != person.sub);
            if on {
                picked.push(person);
            }
        });
    }
}

/// The field in which a name is typed. Without scripts it is a form of its own.
#[component]
pub fn PeopleSearch(
    /// Who is being chosen.
    people: People,
    /// The page that it stands on.
    #[prop(into)]
    action: String,
) -> impl IntoView {
    let pause = Debounce::new(PAUSE_MILLIS);
    view! {
        <search>
            <Form method="get" action=action attr:class="search-form">
                <label for="query" class="sr-only">
                    "Name, or whole email address"
                </label>
                <input
                    id="query"
                    name="query"
                    type="search"
                    dir="auto"
                    autocomplete="off"
                    placeholder="Name, or whole email address"
                    value=people.query.get_untracked()
                    on:input:target=move |event| {
                        let text = event.target().value();
                        pause.ask(move || people.typed.set(Some(text)));
                    }
                />
                <button type="submit" class="button button-quiet">
                    <Pictogram icon=Icon::Search />
                    "Search"
                </button>
            </Form>
        </search>
    }
}

/// What the search found as boxes to tick, under those who are chosen. Stands in the form that does something with them.
#[component]
pub fn PeopleChoice(
    /// Who is being chosen.
    people: People,
    /// Those who cannot be chosen: they are in it already.
    #[prop(optional)]
    without: Vec<Sub>,
    /// What is said of those.
    #[prop(default = "Is in the group")]
    note: &'static str,
) -> impl IntoView {
    // With scripts the chosen ones carry the field, so that a new search does not lose them.
    let scripted = RwSignal::new(false);
    Effect::new(move || scripted.set(true));
    let without = Arc::new(without);
    view! {
        <ul class="chips" role="list" aria-label="Chosen">
            <For each=move || people.picked.get() key=|person| person.sub.clone() let:person>
                <Chip person people />
            </For>
        </ul>
        <Loaded
            resource=people.found
            what="people"
            show=Arc::new(move |found| {
                let without = Arc::clone(&without);
                view! { <Results found without note people scripted /> }.into_any()
            })
        />
    }
}

#[component]
fn Chip(person: Person, people: People) -> impl IntoView {
    let label = format!("Do not choose {}", person.display_name);
    let (name, sub) = (person.display_name.clone(), person.sub.to_string());
    view! {
        <li class="chip">
            <input type="hidden" name=FIELD value=sub />
            <span dir="auto">{name}</span>
            <button
                type="button"
                class="icon-button"
                aria-label=label
                on:click=move |_| people.pick(person.clone(), false)
            >
                <Pictogram icon=Icon::X />
            </button>
        </li>
    }
}

#[component]
fn Results(
    found: Option<Vec<Person>>,
    without: Arc<Vec<Sub>>,
    note: &'static str,
    people: People,
    scripted: RwSignal<bool>,
) -> impl IntoView {
    let Some(found) = found else {
        return view! { <p class="quiet">"Type a part of a name. By email you find people only with the whole address."</p> }
            .into_any();
    };
    let limit = usize::try_from(SEARCH_LIMIT).unwrap_or(usize::MAX);
    let summary = crate::accounts::model::found(found.len(), limit);
    let row = |person: Person| {
        let is_in = without.contains(&person.sub).then_some(note);
        view! { <PersonChoice person people is_in scripted /> }
    };
    view! {
        <p class="quiet" role="status">
            {summary}
        </p>
        <ul class="list person-choices" role="list" aria-label="People found">
            {found.into_iter().map(row).collect_view()}
        </ul>
    }
    .into_any()
}

#[component]
fn PersonChoice(
    person: Person,
    people: People,
    is_in: Option<&'static str>,
    scripted: RwSignal<bool>,
) -> impl IntoView {
    let Person { sub, display_name, avatar_url, email } = person.clone();
    let (avatar_sub, avatar_name, value) = (sub.to_string(), display_name.clone(), sub.to_string());
    let was_chosen = is_in.is_none() && (people.was_chosen)(&value);
    let input = NodeRef::<Input>::new();
    let restored = person.clone();
    // What a refused form had chosen stands in the page: only the server knows of it otherwise.
    Effect::new(move || {
        if input.get().is_some_and(|input| input.default_checked()) {
            people.pick(restored.clone(), true);
        }
    });
    view! {
        <li>
            <label class="person-choice">
                <input
                    node_ref=input
                    type="checkbox"
                    name=move || (!scripted.get()).then_some(FIELD)
                    value=value
                    checked=was_chosen
                    disabled=is_in.is_some()
                    prop:checked=move || is_in.is_some() || people.has(&sub)
                    on:change:target=move |event| people.pick(person.clone(), event.target().checked())
                />
                <Avatar sub=avatar_sub name=avatar_name picture=avatar_url />
                <span class="list-text">
                    <span class="list-title" dir="auto">
                        {display_name}
                    </span>
                    {email.map(|email| view! { <span class="quiet">{email}</span> })}
                    {is_in.map(|note| view! { <span class="quiet">{note}</span> })}
                </span>
            </label>
        </li>
    }
}
