//! Making a quiz.

use super::{
    model::{request::SourceKind, words},
    paths,
    server_fns::MakeQuiz,
};
use crate::{
    accounts::Me,
    browser,
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
    ErrorCode,
    conversations::Conversation,
    documents::{Document, DocumentStatus},
    quizzes::{Difficulty, QUESTIONS_DEFAULT, QUESTIONS_MAX},
};
use leptos::{ev::MouseEvent, form::ActionForm, prelude::*, wasm_bindgen::JsCast, web_sys::HtmlInputElement};
use leptos_router::hooks::{use_navigate, use_query_map};
use std::sync::Arc;
use uuid::Uuid;

/// What the address has chosen already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Asked {
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
    let source = RwSignal::new(first);
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
    let once = move |event: MouseEvent| {
        let is_made = make.value().with_untracked(|value| matches!(value, Some(Ok(_))));
        if is_made || make.pending().get_untracked() {
            event.prevent_default();
        }
    };
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
                    rows=10
                    hint="Paste a chapter, an article or your own notes; up to 200,000 characters."
                    error=first_error(failure, &["text", "notes_text"])
                />
            </div>
            <div class="quiz-source" hidden=is_hidden(SourceKind::Conversation)>
                <Conversations asked=asked.conversation failure />
            </div>
            <Questions failure />
            <SubmitButton busy=make.pending() on:click=once>
                "Make quiz"
            </SubmitButton>
            <p class="quiet" role="status">
                {move || {
                    make.pending().get().then_some("Questions are being written and checked. This takes a few seconds.")
                }}
            </p>
        </ActionForm>
    }
}

/// The error of whichever of these names a field has at the service.
fn first_error(failure: Signal<Option<Failure>>, names: &'static [&'static str]) -> Signal<Option<String>> {
    Signal::derive(move || {
        failure.with(|failure| failure.as_ref().and_then(|one| names.iter().find_map(|name| one.field_message(name))))
    })
}

/// What a quiz is made of, as the form offers it.
const SOURCES: [(SourceKind, &str, &str); 3] = [
    (SourceKind::Documents, "documents", "Documents"),
    (SourceKind::Text, "text", "Pasted text"),
    (SourceKind::Conversation, "conversation", "A conversation’s files"),
];

fn source_id(value: &str) -> String {
    format!("made-of-{value}")
}

fn is_checked(value: &str) -> bool {
    let field = browser::element(&source_id(value)).and_then(|one| one.dyn_into::<HtmlInputElement>().ok());
    field.is_some_and(|field| field.checked())
}

/// What the quiz is made of, as three buttons.
#[component]
fn Sources(source: RwSignal<SourceKind>) -> impl IntoView {
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

#[component]
fn Documents(documents: Vec<Document>, asked: Asked, failure: Signal<Option<Failure>>) -> impl IntoView {
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
                    checked=is_ready && asked.document == Some(document.id)
                    disabled=!is_ready
                />
                <span>
                    <span dir="auto">{document.title}</span>
                    <span class="quiet">{facts}</span>
                </span>
            </label>
        }
    };
    let error = first_error(failure, &["documents", "document_id", "document_ids"]);
    let pages_error = first_error(failure, &["first_page", "pages"]);
    view! {
        <fieldset class="choices choices-list" aria-describedby=described_by("documents-error", error)>
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
            <FieldError id="documents-error" error />
            <label class="choice">
                <input type="checkbox" name="form[from_notes]" value="true" checked=asked.notes />
                <span>
                    <span>"From its notes instead of its text"</span>
                    <span class="quiet">"As they are now, with what you have written; of one document"</span>
                </span>
            </label>
        </fieldset>
        <fieldset class="pages-choice" aria-describedby=described_by("pages-error", pages_error)>
            <legend>"Only these pages (optional)"</legend>
            <label>
                "From page "
                <input
                    type="number"
                    min="1"
                    inputmode="numeric"
                    name="form[first_page]"
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
                    autocomplete="off"
                    aria-invalid=is_wrong(pages_error)
                />
            </label>
            <FieldError id="pages-error" error=pages_error />
        </fieldset>
    }
}

#[component]
fn Conversations(asked: Option<i64>, failure: Signal<Option<Failure>>) -> impl IntoView {
    view! {
        <ConversationChoice
            name="form[conversation_id]"
            asked
            hint="Of the documents that were sent in it."
            error=field_error(failure, "conversation_id")
        />
    }
}

/// One of the viewer's conversations, or the word that there is none.
#[component]
pub fn ConversationChoice(
    /// The field's name.
    name: &'static str,
    /// The one that is chosen at first.
    asked: Option<i64>,
    /// Helps before anything is wrong.
    hint: &'static str,
    /// What is wrong.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// What there is to do with one.
    #[prop(optional)]
    children: Option<ChildrenFn>,
) -> impl IntoView {
    let (mine, me) = (expect_context::<MyConversations>().0, expect_context::<Me>().0);
    let content = move || {
        let children = children.clone();
        Suspend::new(async move {
            let (mine, me) = match (mine.await, me.await) {
                (Ok(mine), Ok(me)) => (mine, me),
                (Err(failure), _) | (_, Err(failure)) => return view! { <p>{failure.detail.clone()}</p> }.into_any(),
            };
            if mine.conversations.is_empty() {
                return view! { <p>"You have no conversation yet. " <a href=crate::conversations::paths::NEW>"Start a conversation"</a></p> }
                .into_any();
            }
            let option = |one: Conversation| {
                let title = texts::title(&one, &me.sub);
                view! {
                    <option value=one.id.to_string() selected=asked == Some(one.id)>
                        {title}
                    </option>
                }
            };
            let options = mine.conversations.into_iter().map(option).collect_view();
            view! {
                <div class="field">
                    <label for="conversation">"Conversation"</label>
                    <select
                        id="conversation"
                        name=name
                        aria-invalid=is_wrong(error)
                        aria-describedby=move || {
                            let has_error = error.get().is_some();
                            if has_error { "conversation-hint conversation-error" } else { "conversation-hint" }
                        }
                    >
                        {options}
                    </select>
                    <p id="conversation-hint" class="field-hint">
                        {hint}
                    </p>
                    <FieldError id="conversation-error" error />
                </div>
                {children.map(|children| children())}
            }
            .into_any()
        })
    };
    view! { <Transition>{content}</Transition> }
}

fn is_wrong(error: Signal<Option<String>>) -> impl Fn() -> Option<&'static str> + Send + Clone {
    move || error.get().is_some().then_some("true")
}

fn described_by(id: &'static str, error: Signal<Option<String>>) -> impl Fn() -> Option<&'static str> + Send + Clone {
    move || error.get().is_some().then_some(id)
}

#[component]
fn FieldError(id: &'static str, error: Signal<Option<String>>) -> impl IntoView {
    view! {
        <p id=id class="field-error" aria-live="polite">
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
    let count_error = field_error(failure, "question_count");
    let (types_error, title_error) = (field_error(failure, "types"), field_error(failure, "title"));
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
                aria-invalid=is_wrong(count_error)
                aria-describedby=move || {
                    let has_error = count_error.get().is_some();
                    if has_error { "question-count-hint question-count-error" } else { "question-count-hint" }
                }
            />
            <p id="question-count-hint" class="field-hint">
                "At most 50. There are fewer where the text does not have so many good ones."
            </p>
            <FieldError id="question-count-error" error=count_error />
        </div>
        <fieldset class="choices" aria-describedby=described_by("types-error", types_error)>
            <legend>"Forms of questions"</legend>
            {words::FORMS.into_iter().map(form).collect_view()}
            <FieldError id="types-error" error=types_error />
        </fieldset>
        <fieldset class="choices">
            <legend>"Difficulty"</legend>
            {words::DIFFICULTIES.into_iter().map(difficulty).collect_view()}
        </fieldset>
        <div class="field">
            <label for="quiz-title">"Title (optional)"</label>
            <input
                id="quiz-title"
                name="form[title]"
                type="text"
                dir="auto"
                maxlength="200"
                autocomplete="off"
                aria-invalid=is_wrong(title_error)
                aria-describedby=described_by("quiz-title-error", title_error)
            />
            <FieldError id="quiz-title-error" error=title_error />
        </div>
    }
}
