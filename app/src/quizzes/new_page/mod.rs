//! Making a quiz.

pub mod conversation_choice;
pub mod errors;
pub mod questions;
pub mod sources;

pub use conversation_choice::ConversationChoice;

use super::{model::request::SourceKind, paths, server_fns::MakeQuiz};
use crate::{
    accounts::Me,
    conversations::heading::PaneHeading,
    documents::server_fns::{list_documents, load_document},
    error::Failure,
    ui::{
        button::SubmitButton,
        form::{FormFailure, busy_until_left, failure_of},
        loaded::BothLoaded,
        refused_form::RefusedForm,
        text_area::TextArea,
    },
};
use domain::{ErrorCode, documents::Document};
use errors::first_error;
use leptos::{form::ActionForm, prelude::*};
use leptos_router::hooks::{use_navigate, use_query_map};
use questions::Questions;
use sources::{Conversations, Documents, SOURCES, Sources, is_checked, source_named};
use std::sync::Arc;
use uuid::Uuid;

/// What the address has chosen already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    document: Option<Uuid>,
    /// Whether of that document's notes.
    notes: bool,
    conversation: Option<i64>,
}

/// The documents that can be chosen; the asked one is among them.
async fn load(asked: Option<Uuid>) -> Result<Vec<Document>, Failure> {
    let mut documents = list_documents(None, None, None).await?.documents;
    if let Some(id) = asked.filter(|id| !documents.iter().any(|document| document.id == *id)) {
        match load_document(id).await {
            Ok(document) => documents.insert(0, document),
            // One that was deleted meanwhile is not offered.
            Err(failure) if failure.code == ErrorCode::NotFound => {}
            Err(failure) => return Err(failure),
        }
    }
    Ok(documents)
}

/// The page at `/quizzes/new`.
#[component]
pub fn NewQuizPage() -> impl IntoView {
    let parameters = use_query_map();
    let asked = Memo::new(move |_| {
        parameters.with(|map| Asked {
            document: map.get_str("document").and_then(|id| Uuid::parse_str(id).ok()),
            notes: map.get_str("from") == Some("notes"),
            conversation: map.get_str("conversation").and_then(|id| id.parse().ok()),
        })
    });
    let document = Memo::new(move |_| asked.get().document);
    let documents = Resource::new(move || document.get(), load);
    let me = expect_context::<Me>().0;
    view! {
        <PaneHeading title="New quiz" back=paths::LIST back_label="Quizzes" always=true />
        <div class="pane-body quiz-new">
            <BothLoaded
                first=documents
                second=me
                what="your documents"
                show=Arc::new(move |documents, _| {
                    view! { <NewForm documents asked=asked.get_untracked() /> }.into_any()
                })
            />
        </div>
    }
    .into_any()
}

#[component]
fn NewForm(documents: Vec<Document>, asked: Asked) -> impl IntoView {
    let make = ServerAction::<MakeQuiz>::new();
    let failure = failure_of(make);
    let navigate = use_navigate();
    Effect::new(move || {
        if let Some(Ok(quiz)) = make.value().get() {
            navigate(&paths::take(quiz.quiz_id), Default::default());
        }
    });
    let first = match (asked.conversation, documents.is_empty()) {
        (Some(_), _) => SourceKind::Conversation,
        (None, true) => SourceKind::Text,
        (None, false) => SourceKind::Documents,
    };
    let refused = RefusedForm::of::<MakeQuiz>();
    let value = |field: &str| refused.as_ref().and_then(|form| form.value(field));
    let asked = Asked {
        conversation: value("form[conversation_id]").and_then(|id| id.parse().ok()).or(asked.conversation),
        ..asked
    };
    let text = value("form[text]").unwrap_or_default();
    let source = RwSignal::new(value("form[source]").and_then(|name| source_named(&name)).unwrap_or(first));
    // Without scripts all three are open, and the choice above decides.
    let scripted = RwSignal::new(false);
    Effect::new(move || {
        // It may have been made before the script had come, or be one that the browser has brought back.
        if let Some((chosen, ..)) = SOURCES.into_iter().find(|(_, value, _)| is_checked(value)) {
            source.set(chosen);
        }
        scripted.set(true);
    });
    let is_hidden = move |kind| move || scripted.get() && source.get() != kind;
    view! {
        <ActionForm action=make>
            <FormFailure
                failure
                fields=&[
                    "documents",
                    "document_id",
                    "document_ids",
                    "first_page",
                    "pages",
                    "text",
                    "notes_text",
                    "conversation_id",
                    "question_count",
                    "types",
                    "title",
                ]
            />
            <Sources source />
            <div class="quiz-source" hidden=is_hidden(SourceKind::Documents)>
                <Documents documents asked failure />
            </div>
            <div class="quiz-source" hidden=is_hidden(SourceKind::Text)>
                <TextArea
                    label="Text"
                    name="form[text]"
                    value=text
                    rows=10
                    hint="Paste a chapter, an article or your own notes; up to 200,000 characters."
                    error=first_error(failure, &["text", "notes_text"])
                />
            </div>
            <div class="quiz-source" hidden=is_hidden(SourceKind::Conversation)>
                <Conversations asked=asked.conversation failure />
            </div>
            <Questions failure />
            <SubmitButton busy=busy_until_left(make)>"Make quiz"</SubmitButton>
            <p class="quiet" role="status">
                {move || {
                    make.pending().get().then_some("Questions are being written and checked. This takes a few seconds.")
                }}
            </p>
        </ActionForm>
    }
}
