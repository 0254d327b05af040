//! Adding documents: picked, or dropped anywhere on the page.

use super::{icons, model::News, server_fns::add_document};
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
    /// Where they are told.
    news: RwSignal<News>,
    /// Whether the page shows them then.
    #[prop(into)]
    shows_new: Signal<bool>,
) -> impl IntoView {
    let uploads = Uploads::of_page();
    let over = RwSignal::new(false);
    take_arrivals(news, shows_new, &uploads);
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
fn take_arrivals(news: RwSignal<News>, shows_new: Signal<bool>, uploads: &Uploads) {
    let (queue, toasts) = (uploads.clone(), Toasts::of_app());
    // On the server nothing arrives.
    Effect::new(move || {
        queue.deliver(TargetKind::Library, move |_, upload| {
            Box::pin(async move {
                let document = add_document(upload.upload_id).await?;
                // The page may be gone by now.
                let is_told = news.try_update(|news| news.put(&document)).is_some();
                let is_shown = is_told && shows_new.try_get_untracked() == Some(true);
                if let Some(toasts) = toasts.filter(|_| !is_shown) {
                    toasts.say(format!("“{}” stands first in your library.", document.title));
                }
                Ok(())
            })
        });
    });
}
