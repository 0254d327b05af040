//! Notes and a quiz of a file that somebody sent.

use super::{icons, model::words, server_fns::TakeAttachment};
use crate::ui::{
    icon::{Icon, Pictogram},
    toast::Toasts,
};
use domain::uploads::StoredFile;
use leptos::{form::ActionForm, prelude::*};
use leptos_router::hooks::use_navigate;
use uuid::Uuid;

/// Two buttons below the card of a document; nothing for other files.
#[component]
pub fn AttachmentActions(
    /// The file.
    file: StoredFile,
) -> impl IntoView {
    if words::kind(&file.content_type, &file.filename).is_none() {
        return ().into_any();
    }
    view! { <Actions object_id=file.object_id filename=file.filename /> }.into_any()
}

#[component]
fn Actions(object_id: Uuid, filename: String) -> impl IntoView {
    let take = ServerAction::<TakeAttachment>::new();
    let (navigate, toasts) = (use_navigate(), Toasts::of_app());
    Effect::new(move || match take.value().get() {
        Some(Ok(address)) => navigate(&address, Default::default()),
        Some(Err(failure)) => {
            if let Some(toasts) = toasts {
                toasts.say(failure.detail.clone());
            }
        }
        None => {}
    });
    let button = |value: &'static str, effect: &'static str, icon: Icon| {
        let label = format!("{effect} of {filename}");
        view! {
            <ActionForm action=take>
                <input type="hidden" name="object_id" value=object_id.to_string() />
                <input type="hidden" name="wish" value=value />
                <button
                    type="submit"
                    class="file-action"
                    aria-label=label
                    aria-busy=move || take.pending().get().then_some("true")
                >
                    <Pictogram icon />
                    {effect}
                </button>
            </ActionForm>
        }
    };
    view! {
        <div class="file-actions">
            {button("notes", "Make notes", icons::NOTES)} {button("quiz", "Make quiz", Icon::ListChecks)}
        </div>
    }
}
