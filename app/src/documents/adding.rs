//! Adding documents: picked, or dropped anywhere on the page.

use super::{icons, model::Shelf, server_fns::add_document};
use crate::{
    browser::{self, LocalFile},
    ui::{icon::Pictogram, toast::Toasts},
    uploads::{
        NewFile, Uploads,
        model::{TargetKind, UploadTarget},
        picker::FilePicker,
    },
};
use domain::uploads::UploadPurpose;
use leptos::prelude::*;

/// What can be picked; the server looks at the bytes.
const ACCEPT: &str = ".pdf,.docx,.pptx,.epub,.html,.htm,.md,.markdown,.txt,application/pdf,text/plain,text/markdown,\
    text/html,application/epub+zip";

/// A button that picks documents, and the whole page to drop them on.
#[component]
pub fn AddDocuments(
    /// Where they appear.
    shelf: RwSignal<Shelf>,
) -> impl IntoView {
    let uploads = Uploads::of_page();
    let over = RwSignal::new(false);
    take_arrivals(shelf, &uploads);
    let (dropped, picked) = (uploads.clone(), uploads);
    Effect::new(move || {
        let uploads = dropped.clone();
        browser::on_files_dropped(
            move |hovers| {
                over.try_set(hovers);
            },
            move |files| send(&uploads, files),
        );
    });
    view! {
        <FilePicker
            label="Add documents"
            accept=ACCEPT
            multiple=true
            class="button button-primary with-script"
            on_files=Callback::new(move |files| send(&picked, files))
        >
            <Pictogram icon=icons::UPLOAD />
            "Add documents"
        </FilePicker>
        <div class="drop-here" hidden=move || !over.get() aria-hidden="true">
            <p>
                <Pictogram icon=icons::UPLOAD />
                "Drop documents to add them to your library"
            </p>
        </div>
    }
}

fn send(uploads: &Uploads, files: Vec<LocalFile>) {
    let new = |file| NewFile { file, purpose: UploadPurpose::Document, target: UploadTarget::Library };
    uploads.add(files.into_iter().map(new).collect());
}

/// Makes documents of what has arrived.
fn take_arrivals(shelf: RwSignal<Shelf>, uploads: &Uploads) {
    let (queue, toasts) = (uploads.clone(), Toasts::of_app());
    // On the server nothing arrives.
    Effect::new(move || {
        queue.deliver(TargetKind::Library, move |_, upload| {
            Box::pin(async move {
                let document = add_document(upload.upload_id).await?;
                let title = document.title.clone();
                // The page may be gone by now.
                let is_shown = shelf.try_update(|shelf| shelf.put(&document)).is_some();
                if let Some(toasts) = toasts.filter(|_| !is_shown) {
                    toasts.say(format!("“{title}” is in your library."));
                }
                Ok(())
            })
        });
    });
}
