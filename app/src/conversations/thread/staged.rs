//! Files that go with the next message: picked, pasted or dropped, looked at and taken off again.

use super::{actions, state::OpenThread};
use crate::{
    browser::{self, LocalFile},
    conversations::live::Staged,
    ui::icon::{Icon, Pictogram},
    uploads::{
        Item, Uploads, icons,
        model::{FileKind, UploadTarget, texts},
        panel::icon,
        picker::FilePicker,
    },
};
use leptos::prelude::*;
use std::sync::Arc;

/// Adds files to the next message. Those that were lost by a reload go on at once instead.
pub(super) fn stage(open: OpenThread, files: Vec<LocalFile>) {
    let uploads = open.uploads.get_value();
    for file in uploads.pick_again(files) {
        let identity = file.identity();
        if let Some(reason) = texts::refusal(identity.size) {
            actions::say(open, &format!("{}: {reason}", identity.name));
            continue;
        }
        open.live().stage(open.id, file);
    }
}

/// Whether files can be attached now: a message that is changed keeps its own.
pub(super) fn can_attach(open: OpenThread) -> bool {
    !matches!(open.writing.get(), super::state::Writing::Edit(_))
}

/// The button that lets the person pick files.
#[component]
pub fn AttachButton() -> impl IntoView {
    let open = OpenThread::of_page();
    view! {
        <div class="composer-attach" hidden=move || !can_attach(open)>
            <FilePicker label="Attach files" multiple=true on_files=Callback::new(move |files| stage(open, files))>
                <Pictogram icon=icons::PAPERCLIP />
            </FilePicker>
        </div>
    }
}

/// What is attached.
#[component]
pub fn StagedFiles() -> impl IntoView {
    let open = OpenThread::of_page();
    let any = Memo::new(move |_| open.staged.with(|staged| !staged.is_empty()));
    move || {
        any.get().then(|| {
            view! {
                <ul class="staged" role="list" aria-label="Attached files">
                    <For each=move || open.staged.get() key=|one| one.id.clone() let:one>
                        <StagedFile one />
                    </For>
                </ul>
            }
        })
    }
}

#[component]
fn StagedFile(one: Staged) -> impl IntoView {
    let open = OpenThread::of_page();
    let identity = one.file.identity().clone();
    let kind = FileKind::of(&identity.content_type, &identity.name);
    let (name, size) = (identity.name, texts::size(identity.size));
    let label = format!("Remove {name}");
    let title = name.clone();
    // None as well as soon as the browser finds that it cannot draw it.
    let preview = RwSignal::new(one.preview);
    let shown = move || match preview.get() {
        Some(picture) => view! {
            <img
                class="staged-picture"
                src=picture.address()
                alt=name.clone()
                decoding="async"
                on:error=move |_| {
                    preview.try_set(None);
                }
            />
        }
        .into_any(),
        None => view! {
            <span class="staged-file">
                <Pictogram icon=icon(kind) />
                <span class="file-text">
                    <span class="file-name" dir="auto">
                        {name.clone()}
                    </span>
                    <span class="file-size">{size.clone()}</span>
                </span>
            </span>
        }
        .into_any(),
    };
    let id = one.id;
    view! {
        <li title=title>
            {shown}
            <button type="button" class="staged-remove" aria-label=label on:click=move |_| open.live().unstage(&id)>
                <Pictogram icon=Icon::X />
            </button>
        </li>
    }
}

/// Takes what is dropped or pasted anywhere on the page, and says so while it is dragged.
#[component]
pub fn DropOverlay(
    /// What the conversation is called.
    title: Memo<String>,
) -> impl IntoView {
    let open = OpenThread::of_page();
    let hovers = RwSignal::new(false);
    Effect::new(move || {
        browser::on_files_pasted(move |files| {
            if can_attach_untracked(open) {
                stage(open, files);
            }
        });
        browser::on_files_dropped(
            move |over| {
                let over = over && can_attach_untracked(open);
                if hovers.try_get_untracked() == Some(!over) {
                    hovers.set(over);
                }
            },
            move |files| {
                if can_attach_untracked(open) {
                    stage(open, files);
                }
            },
        );
    });
    move || {
        hovers.get().then(|| {
            view! {
                <div class="drop-overlay">
                    <Pictogram icon=icons::UPLOAD />
                    <p dir="auto">"Drop to send to " {title}</p>
                </div>
            }
        })
    }
}

/// The way to send everything again that has failed here: each message has its own for itself.
#[component]
pub fn RetryAll() -> impl IntoView {
    let open = OpenThread::of_page();
    let uploads: Uploads = open.uploads.get_value();
    let items = uploads.items();
    let is_here = move |item: &Item| match item.target {
        UploadTarget::Message { conversation_id, .. } => conversation_id == open.id,
        _ => false,
    };
    let failed = Memo::new(move |_| {
        let has_failed = |item: &&Arc<Item>| is_here(item) && item.state.get().can_be_retried();
        items.with(|items| items.iter().filter(has_failed).count())
    });
    move || {
        let uploads = uploads.clone();
        (failed.get() > 1).then(|| {
            view! {
                <div class="retry-all">
                    <p role="status">{format!("{} were not sent.", texts::files(failed.get()))}</p>
                    <button type="button" class="button button-quiet" on:click=move |_| uploads.retry_all()>
                        <Pictogram icon=icons::RETRY />
                        "Try all again"
                    </button>
                </div>
            }
        })
    }
}

fn can_attach_untracked(open: OpenThread) -> bool {
    untrack(|| can_attach(open))
}

/// The queue shows here what goes to this conversation, and elsewhere what goes to others.
pub(super) fn show_uploads(open: OpenThread) {
    let uploads: Uploads = open.uploads.get_value();
    let left = uploads.clone();
    on_cleanup(move || left.show_inline(None));
    let viewer = open.live().viewer();
    Effect::new(move || {
        uploads.show_inline(Some(open.id));
        if viewer.with(Option::is_some) {
            open.live().look_for_lost_files();
        }
    });
    // There is no composer any more in which it could be taken off.
    Effect::new(move || {
        if open.is_deserted.get() {
            open.live().unstage_all(open.id);
        }
    });
}
