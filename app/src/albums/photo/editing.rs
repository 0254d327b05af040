//! Writing about a photo.

use super::OpenPhoto;
use crate::{
    albums::{actions, model::tags, server_fns::ChangePhoto, tag_field::TagField},
    ui::{
        button::SubmitButton,
        field::Field,
        form::{FormFailure, failure_of, field_error},
        refused_form::written,
        text_area::TextArea,
    },
};
use domain::albums::Photo;
use leptos::{form::ActionForm, prelude::*};

/// Title, description and tags.
#[component]
pub fn EditForm(
    /// The photo as it is.
    photo: Photo,
    /// Whether it is being written.
    is_open: RwSignal<bool>,
) -> impl IntoView {
    let open = expect_context::<OpenPhoto>();
    let change = ServerAction::<ChangePhoto>::new();
    let failure = failure_of(change);
    Effect::new(move || {
        if let Some(Ok(photo)) = change.value().get() {
            open.album.say("The photo is saved.");
            is_open.set(false);
            open.photo.set(photo);
            actions::reload(open.album);
        }
    });
    let known_tags = tags::joined(&photo.tags);
    let tags = RwSignal::new(written::<ChangePhoto>("tags", known_tags.clone()));
    // A form that was refused still tells what it was given first.
    let known_tags = written::<ChangePhoto>("known[tags]", known_tags);
    let known_title = written::<ChangePhoto>("known[title]", photo.title.clone());
    let known_description = written::<ChangePhoto>("known[description]", photo.description.clone());
    let title = written::<ChangePhoto>("title", photo.title);
    let description = written::<ChangePhoto>("description", photo.description);
    view! {
        <ActionForm action=change>
            <FormFailure failure fields=&["title", "description", "tags"] />
            <input type="hidden" name="id" value=photo.id.to_string() />
            <input type="hidden" name="known[title]" data-kept="" value=known_title />
            <input type="hidden" name="known[description]" data-kept="" value=known_description />
            <input type="hidden" name="known[tags]" data-kept="" value=known_tags />
            <Field
                label="Title"
                name="title"
                value=title
                hint="Without one it is called as its file."
                error=field_error(failure, "title")
            />
            <TextArea
                label="Description"
                name="description"
                value=description
                error=field_error(failure, "description")
            />
            <TagField label="Tags" name="tags" text=tags />
            <p class="field-error" aria-live="polite">
                {field_error(failure, "tags")}
            </p>
            <SubmitButton busy=change.pending()>"Save photo"</SubmitButton>
        </ActionForm>
    }
}
