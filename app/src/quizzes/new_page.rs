//! Making a quiz.

use super::{
    model::{request::SourceKind, words},
    paths,
    server_fns::MakeQuiz,
};
use crate::{
    accounts::Me,
    conversations::{MyConversations, heading::PaneHeading, model::texts},
    documents::{
        model::words as document_words,
        server_fns::{list_documents, load_document},
    },
    error::Failure,
    ui::{
        button::SubmitButton,
        form::{FormFailure, failure_of, field_error},
        loaded::BothLoaded,
        text_area::TextArea,
    },
};
use domain::{
    documents::{Document, DocumentStatus},
    quizzes::{Difficulty, QUESTIONS_DEFAULT, QUESTIONS_MAX},
};
use leptos::{form::ActionForm, prelude::*};
use leptos_router::{
    LazyRoute,
    hooks::{use_navigate, use_query_map},
    lazy_route,
};
use std::sync::Arc;
use uuid::Uuid;

/// The page at `/quizzes/new`.
pub struct NewQuizPage {
    documents: Resource<Result<Vec<Document>, Failure>>,
    asked: Memo<Asked>,
}

/// What the address has chosen already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Asked {
    document: Option<Uuid>,
    conversation: Option<i64>,
}

/// The documents that can be chosen; the asked one is among them.
async fn load(asked: Option<Uuid>) -> Result<Vec<Document>, Failure> {
    let mut documents = list_documents(None, None, None).await?.documents;
    if let Some(id) = asked.filter(|id| !documents.iter().any(|document| document.id == *id)) {
        documents.insert(0, load_document(id).await?);
    }
    Ok(documents)
}

#[lazy_route]
impl LazyRoute for NewQuizPage {
    fn data() -> Self {
        let parameters = use_query_map();
        let asked = Memo::new(move |_| {
            parameters.with(|map| Asked {
                document: map.get_str("document").and_then(|id| Uuid::parse_str(id).ok()),
                conversation: map.get_str("conversation").and_then(|id| id.parse().ok()),
            })
        });
        let document = Memo::new(move |_| asked.get().document);
        Self { documents: Resource::new(move || document.get(), load), asked }
    }

    fn view(this: Self) -> AnyView {
        let asked = this.asked;
        let me = expect_context::<Me>().0;
        view! {
            <PaneHeading title="New quiz" back=paths::LIST back_label="Quizzes" always=true />
            <div class="pane-body quiz-new">
                <BothLoaded
                    first=this.documents
                    second=me
                    what="your documents"
                    above_failure=|| ()
                    show=Arc::new(move |documents, _| {
                        view! { <NewForm documents asked=asked.get_untracked() /> }.into_any()
                    })
                />
            </div>
        }
        .into_any()
    }
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
    let source = RwSignal::new(first);
    // Without scripts all three are open, and the choice above decides.
    let scripted = RwSignal::new(false);
    Effect::new(move || scripted.set(true));
    let is_hidden = move |kind| move || scripted.get() && source.get() != kind;
    view! {
        <ActionForm action=make>
            <FormFailure
                failure
                fields=&[
                    "documents",
                    "first_page",
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
                <Documents documents asked=asked.document failure />
            </div>
            <div class="quiz-source" hidden=is_hidden(SourceKind::Text)>
                <TextArea
                    label="Text"
                    name="form[text]"
                    rows=10
                    hint="Paste a chapter, an article or your own notes; up to 200,000 characters."
                    error=either(failure, "text", "notes_text")
                />
            </div>
            <div class="quiz-source" hidden=is_hidden(SourceKind::Conversation)>
                <Conversations asked=asked.conversation failure />
            </div>
            <Questions failure />
            <SubmitButton busy=make.pending()>"Make quiz"</SubmitButton>
            <p class="quiet" role="status">
                {move || {
                    make.pending().get().then_some("Questions are being written and checked. This takes a few seconds.")
                }}
            </p>
        </ActionForm>
    }
}

/// The error of whichever of two names a field has at the service.
fn either(failure: Signal<Option<Failure>>, one: &'static str, other: &'static str) -> Signal<Option<String>> {
    let (one, other) = (field_error(failure, one), field_error(failure, other));
    Signal::derive(move || one.get().or_else(|| other.get()))
}

/// What the quiz is made of, as three buttons.
#[component]
fn Sources(source: RwSignal<SourceKind>) -> impl IntoView {
    let choice = move |(kind, value, words): (SourceKind, &'static str, &'static str)| {
        view! {
            <label class="choice">
                <input
                    type="radio"
                    name="form[source]"
                    value=value
                    checked=source.get_untracked() == kind
                    on:change=move |_| source.set(kind)
                />
                <span>{words}</span>
            </label>
        }
    };
    let choices = [
        (SourceKind::Documents, "documents", "Documents"),
        (SourceKind::Text, "text", "Pasted text"),
        (SourceKind::Conversation, "conversation", "A conversation’s files"),
    ];
    view! {
        <fieldset class="choices">
            <legend>"Made of"</legend>
            {choices.into_iter().map(choice).collect_view()}
        </fieldset>
    }
}

#[component]
fn Documents(documents: Vec<Document>, asked: Option<Uuid>, failure: Signal<Option<Failure>>) -> impl IntoView {
    let is_empty = documents.is_empty();
    let one = move |document: Document| {
        let is_ready = document.status == DocumentStatus::Ready;
        let state = document_words::state(&document).or_else(|| (!is_ready).then(|| "Cannot be read".to_owned()));
        let facts = state.filter(|_| !is_ready).or_else(|| document.pages.map(document_words::pages));
        view! {
            <label class="choice">
                <input
                    type="checkbox"
                    name="form[documents][]"
                    value=document.id.to_string()
                    checked=asked == Some(document.id)
                    disabled=!is_ready
                />
                <span>
                    <span dir="auto">{document.title}</span>
                    <span class="quiet">{facts}</span>
                </span>
            </label>
        }
    };
    view! {
        <fieldset class="choices choices-list">
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
            <FieldError error=field_error(failure, "documents") />
        </fieldset>
        <fieldset class="pages-choice">
            <legend>"Only these pages (optional)"</legend>
            <label>
                "From page "
                <input type="number" min="1" inputmode="numeric" name="form[first_page]" autocomplete="off" />
            </label>
            <label>
                "to page " <input type="number" min="1" inputmode="numeric" name="form[last_page]" autocomplete="off" />
            </label>
            <FieldError error=either(failure, "first_page", "pages") />
        </fieldset>
    }
}

#[component]
fn Conversations(asked: Option<i64>, failure: Signal<Option<Failure>>) -> impl IntoView {
    view! {
        <div class="field">
            <label for="conversation">"Conversation"</label>
            <ConversationSelect name="form[conversation_id]" asked />
            <p id="conversation-hint" class="field-hint">
                "Of the documents that were sent in it."
            </p>
            <FieldError error=field_error(failure, "conversation_id") />
        </div>
    }
}

/// The viewer's conversations to choose from.
#[component]
pub fn ConversationSelect(
    /// The field's name.
    name: &'static str,
    /// The one that is chosen at first.
    asked: Option<i64>,
) -> impl IntoView {
    let (mine, me) = (expect_context::<MyConversations>().0, expect_context::<Me>().0);
    let options = move || {
        Suspend::new(async move {
            let (Ok(mine), Ok(me)) = (mine.await, me.await) else { return Vec::new() };
            let option = |one: domain::conversations::Conversation| {
                let title = texts::title(&one, &me.sub);
                view! {
                    <option value=one.id.to_string() selected=asked == Some(one.id)>
                        {title}
                    </option>
                }
            };
            mine.conversations.into_iter().map(option).collect()
        })
    };
    view! {
        <select id="conversation" name=name aria-describedby="conversation-hint">
            <Transition>{options}</Transition>
        </select>
    }
}

#[component]
fn FieldError(error: Signal<Option<String>>) -> impl IntoView {
    view! {
        <p class="field-error" aria-live="polite">
            {move || error.get()}
        </p>
    }
}

#[component]
fn Questions(failure: Signal<Option<Failure>>) -> impl IntoView {
    let form = |(_, value, name, hint): (_, &'static str, &'static str, &'static str)| {
        view! {
            <label class="choice">
                <input type="checkbox" name="form[types][]" value=value checked />
                <span>
                    <span>{name}</span>
                    <span class="quiet">{hint}</span>
                </span>
            </label>
        }
    };
    let difficulty = |(one, value, name, hint): (Difficulty, &'static str, &'static str, &'static str)| {
        view! {
            <label class="choice">
                <input type="radio" name="form[difficulty]" value=value checked=one == Difficulty::default() />
                <span>
                    <span>{name}</span>
                    <span class="quiet">{hint}</span>
                </span>
            </label>
        }
    };
    view! {
        <div class="field field-short">
            <label for="question-count">"Questions"</label>
            <input
                id="question-count"
                name="form[question_count]"
                type="number"
                min="1"
                max=QUESTIONS_MAX.to_string()
                value=QUESTIONS_DEFAULT.to_string()
                required
                inputmode="numeric"
                aria-describedby="question-count-hint"
            />
            <p id="question-count-hint" class="field-hint">
                "At most 50. There are fewer where the text does not have so many good ones."
            </p>
            <FieldError error=field_error(failure, "question_count") />
        </div>
        <fieldset class="choices">
            <legend>"Forms of questions"</legend>
            {words::FORMS.into_iter().map(form).collect_view()}
            <FieldError error=field_error(failure, "types") />
        </fieldset>
        <fieldset class="choices">
            <legend>"Difficulty"</legend>
            {words::DIFFICULTIES.into_iter().map(difficulty).collect_view()}
        </fieldset>
        <div class="field">
            <label for="quiz-title">"Title (optional)"</label>
            <input id="quiz-title" name="form[title]" type="text" dir="auto" maxlength="200" autocomplete="off" />
            <FieldError error=field_error(failure, "title") />
        </div>
    }
}
