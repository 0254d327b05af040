//! What a quiz is made of, and choosing among it.

use super::{
    Asked, ConversationChoice,
    errors::{first_error, is_wrong},
};
use crate::{
    browser,
    documents::model::words,
    error::Failure,
    quizzes::{model::request::SourceKind, server_fns::MakeQuiz},
    ui::{
        field::{Annotations, described_by},
        form::field_error,
        refused_form::{chosen, written},
    },
};
use domain::documents::{Document, DocumentStatus};
use leptos::{prelude::*, wasm_bindgen::JsCast, web_sys::HtmlInputElement};

/// What a quiz is made of, as the form offers it.
pub(super) const SOURCES: [(SourceKind, &str, &str); 3] = [
    (SourceKind::Documents, "documents", "Documents"),
    (SourceKind::Text, "text", "Pasted text"),
    (SourceKind::Conversation, "conversation", "A conversation’s files"),
];

/// The one that the form calls so.
pub(super) fn source_named(name: &str) -> Option<SourceKind> {
    SOURCES.into_iter().find(|(_, value, _)| *value == name).map(|(kind, ..)| kind)
}

fn source_id(value: &str) -> String {
    format!("made-of-{value}")
}

/// Whether the browser has this one chosen.
pub(super) fn is_checked(value: &str) -> bool {
    let field = browser::element(&source_id(value)).and_then(|one| one.dyn_into::<HtmlInputElement>().ok());
    field.is_some_and(|field| field.checked())
}

/// What the quiz is made of, as three buttons.
#[component]
pub(super) fn Sources(source: RwSignal<SourceKind>) -> impl IntoView {
    let choice = move |(kind, value, words): (SourceKind, &'static str, &'static str)| {
        view! {
            <label class="choice">
                <input
                    type="radio"
                    id=source_id(value)
                    name="form[source]"
                    value=value
                    checked=source.get_untracked() == kind
                    on:change=move |_| source.set(kind)
                />
                <span>{words}</span>
            </label>
        }
    };
    view! {
        <fieldset class="choices">
            <legend>"Made of"</legend>
            {SOURCES.into_iter().map(choice).collect_view()}
        </fieldset>
    }
}

/// What there is to know of documents that are still being read, and of their pages.
const WAITING_HINTS: [&str; 2] = [
    "A quiz of a document that is being read is made as soon as that is done.",
    "How many pages a document has is known once it is read. A quiz of none of its pages cannot be made.",
];

/// Whether it is still being read: a quiz of it waits for that.
fn is_being_read(document: &Document) -> bool {
    matches!(document.status, DocumentStatus::Uploaded | DocumentStatus::Processing)
}

/// What stands beside a document. Nothing follows it here, so it is not told how far reading has come.
fn facts(document: &Document) -> Option<String> {
    match document.status {
        DocumentStatus::Uploaded | DocumentStatus::Processing => Some("Being read".to_owned()),
        DocumentStatus::Failed => Some("Cannot be read".to_owned()),
        DocumentStatus::Ready => document.pages.map(words::pages),
    }
}

/// The documents of the library, of which any number can be chosen.
#[component]
pub(super) fn Documents(documents: Vec<Document>, asked: Asked, failure: Signal<Option<Failure>>) -> impl IntoView {
    let is_empty = documents.is_empty();
    let some_wait = documents.iter().any(is_being_read);
    let one = move |document: Document| {
        let is_unreadable = document.status == DocumentStatus::Failed;
        let is_asked = asked.document == Some(document.id);
        let is_chosen = chosen::<MakeQuiz>("form[documents][]", &document.id.to_string(), is_asked);
        let facts = facts(&document);
        view! {
            <label class="choice">
                <input
                    type="checkbox"
                    name="form[documents][]"
                    value=document.id.to_string()
                    checked=is_chosen && !is_unreadable
                    disabled=is_unreadable
                />
                <span>
                    <span dir="auto">{document.title}</span>
                    <span class="quiet">{facts}</span>
                </span>
            </label>
        }
    };
    let [first_page, last_page] = ["form[first_page]", "form[last_page]"].map(|field| written::<MakeQuiz>(field, ""));
    let of_notes = chosen::<MakeQuiz>("form[from_notes]", "true", asked.notes);
    let error = first_error(failure, &["documents", "document_id", "document_ids"]);
    let pages_error = first_error(failure, &["first_page", "pages"]);
    let [hint, pages_hint] = if some_wait { WAITING_HINTS } else { [""; 2] };
    view! {
        <fieldset
            class="choices choices-list"
            aria-describedby=move || described_by("documents", hint, error.get().is_some())
        >
            <legend>"Documents"</legend>
            {is_empty
                .then(|| {
                    view! {
                        <p>
                            "Your library is empty. " <a href=crate::documents::paths::LIST>"Add a document"</a>
                            " first, or paste a text."
                        </p>
                    }
                })}
            <div class="choices-scroll">{documents.into_iter().map(one).collect_view()}</div>
            <Annotations name="documents" hint error />
            <label class="choice">
                <input type="checkbox" name="form[from_notes]" value="true" checked=of_notes />
                <span>
                    <span>"From its notes instead of its text"</span>
                    <span class="quiet">"As they are now, with what you have written; of one document"</span>
                </span>
            </label>
        </fieldset>
        <fieldset
            class="pages-choice"
            aria-describedby=move || described_by("pages", pages_hint, pages_error.get().is_some())
        >
            <legend>"Only these pages (optional)"</legend>
            <label>
                "From page "
                <input
                    type="number"
                    min="1"
                    inputmode="numeric"
                    name="form[first_page]"
                    value=first_page
                    autocomplete="off"
                    aria-invalid=is_wrong(pages_error)
                />
            </label>
            <label>
                "to page "
                <input
                    type="number"
                    min="1"
                    inputmode="numeric"
                    name="form[last_page]"
                    value=last_page
                    autocomplete="off"
                    aria-invalid=is_wrong(pages_error)
                />
            </label>
            <Annotations name="pages" hint=pages_hint error=pages_error />
        </fieldset>
    }
}

/// The conversations, of which one can be chosen.
#[component]
pub(super) fn Conversations(asked: Option<i64>, failure: Signal<Option<Failure>>) -> impl IntoView {
    view! {
        <ConversationChoice
            name="form[conversation_id]"
            asked
            hint="Of the documents that were sent in it."
            error=field_error(failure, "conversation_id")
        />
    }
}
