//! Notes as they are read: each point leads to the passage that it comes from.

use super::{
    icons,
    passage_panel::{Place, open_beside},
    paths,
    server_fns::RegenerateNotes,
};
use crate::{
    browser,
    ui::{
        button::{Button, LinkButton, SubmitButton, Tone},
        form::{FormFailure, failure_of},
        icon::{Icon, Pictogram},
        notice::{Notice, NoticeKind},
        time::Moment,
        toast::Toasts,
    },
    words::grouped,
};
use domain::documents::{Document, Notes, NotesStatus};
use leptos::{form::ActionForm, prelude::*};

/// The notes of a document that can be read.
#[component]
pub fn NotesView(
    /// The notes.
    notes: Notes,
    /// The document as it is now.
    document: RwSignal<Document>,
    /// The passage that is open beside them.
    place: RwSignal<Option<Place>>,
) -> impl IntoView {
    let is_making = Memo::new(move |_| document.with(|one| one.notes_status == NotesStatus::Processing));
    let language = document.with_untracked(|document| document.language.clone());
    let remark = notes.remark.clone().map(|remark| {
        let kind = NoticeKind::Attention;
        view! { <Notice kind>{remark}</Notice> }
    });
    let made = notes.created_at.filter(|_| notes.version > 0).map(|at| {
        let by = if notes.edited { "Edited " } else { "Made " };
        view! {
            <p class="quiet no-print">
                <span class="piece">{format!("Version {}", notes.version)}</span>
                <span class="piece">{by} <Moment at /></span>
            </p>
        }
    });
    let is_there = notes.status == NotesStatus::Ready || notes.version > 0;
    view! {
        <section class="notes" aria-labelledby="notes-title">
            <div class="notes-head">
                <h2 id="notes-title">"Notes"</h2>
                {made}
                <Tools document notes=notes.clone() />
            </div>
            {remark}
            {move || {
                is_making
                    .get()
                    .then(|| {
                        view! {
                            <p class="document-state" role="status">
                                <span class="progress-mark" aria-hidden="true"></span>
                                "Notes are being made. They appear here by themselves."
                            </p>
                        }
                    })
            }}
            {if is_there {
                view! { <Text notes language place /> }.into_any()
            } else {
                (notes.status == NotesStatus::Failed)
                    .then(|| {
                        view! {
                            <p>
                                "There are no notes of this document. You can write them yourself, or have them made anew."
                            </p>
                        }
                    })
                    .into_any()
            }}
        </section>
    }
}

#[component]
fn Text(notes: Notes, language: Option<String>, place: RwSignal<Option<Place>>) -> impl IntoView {
    let on_click = move |event| open_beside(&event, place);
    // The server has rendered and sanitised it.
    view! { <div class="notes-text prose" dir="auto" lang=language on:click=on_click inner_html=notes.html></div> }
}

#[component]
fn Tools(document: RwSignal<Document>, notes: Notes) -> impl IntoView {
    let id = document.with_untracked(|document| document.id);
    let regenerate = ServerAction::<RegenerateNotes>::new();
    let toasts = Toasts::of_app();
    Effect::new(move || {
        if !regenerate.value().with(|value| matches!(value, Some(Ok(_)))) {
            return;
        }
        // From here on it is asked how far they are, also where no event comes; even if they are there already.
        document.update(|document| document.notes_status = NotesStatus::Processing);
        if let Some(toasts) = toasts {
            toasts.say("Notes are being made anew. The version of now stays among the versions.");
        }
    });
    let has_versions = notes.version > 0;
    view! {
        <div class="study-actions no-print">
            <LinkButton href=paths::edit(id)>
                <Pictogram icon=icons::PENCIL />
                "Edit notes"
            </LinkButton>
            <ActionForm action=regenerate>
                <FormFailure failure=failure_of(regenerate) />
                <input type="hidden" name="id" value=id.to_string() />
                <SubmitButton tone=Tone::Quiet busy=regenerate.pending()>
                    <Pictogram icon=icons::REFRESH />
                    "Make anew"
                </SubmitButton>
            </ActionForm>
            {has_versions
                .then(|| {
                    let versions = format!("Versions ({})", grouped(u64::from(notes.version)));
                    view! {
                        <LinkButton href=paths::versions(id)>
                            <Pictogram icon=icons::HISTORY />
                            {versions}
                        </LinkButton>
                        <span class="with-script">
                            <Button on_press=Callback::new(|()| browser::print_page())>
                                <Pictogram icon=icons::PRINTER />
                                "Print"
                            </Button>
                        </span>
                        <LinkButton href=paths::new_quiz_of_notes(id)>
                            <Pictogram icon=Icon::ListChecks />
                            "Make quiz from these notes"
                        </LinkButton>
                    }
                })}
        </div>
    }
}
