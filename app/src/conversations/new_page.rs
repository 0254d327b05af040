//! Starting a conversation.

use super::{
    heading::PaneHeading,
    paths,
    people_picker::{People, PeopleChoice, PeopleSearch},
    server_fns::StartConversation,
};
use crate::ui::{
    button::SubmitButton,
    field::Field,
    form::{FormFailure, busy_until_left, failure_of, field_error},
    refused_form::written,
};
use leptos::{form::ActionForm, prelude::*};
use leptos_router::hooks::use_navigate;

/// The page at `/conversations/new`.
#[component]
pub fn NewConversationPage() -> impl IntoView {
    let people = People::of_form::<StartConversation>();
    view! {
        <PaneHeading title="New conversation" back=paths::LIST back_label="Conversations" />
        <div class="pane-body">
            <PeopleSearch people action=paths::NEW />
            <StartForm people />
        </div>
    }
    .into_any()
}

#[component]
fn StartForm(people: People) -> impl IntoView {
    let start = ServerAction::<StartConversation>::new();
    let failure = failure_of(start);
    let navigate = use_navigate();
    Effect::new(move || {
        if let Some(Ok(conversation)) = start.value().get() {
            navigate(&paths::conversation(conversation.id), Default::default());
        }
    });
    let title = written::<StartConversation>("title", "");
    let effect = move || match people.picked.with(Vec::len) {
        0 | 1 => "Start conversation".to_owned(),
        many => format!("Start a group with {many} people"),
    };
    view! {
        <ActionForm action=start>
            <PeopleChoice people />
            <FormFailure failure fields=&["title"] />
            <Field
                label="Group title (optional)"
                name="title"
                value=title
                hint="With a title it becomes a group, also with one other person."
                error=field_error(failure, "title")
            />
            <SubmitButton busy=busy_until_left(start)>{effect}</SubmitButton>
        </ActionForm>
    }
}
