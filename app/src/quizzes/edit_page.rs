//! The key of a quiz, for its author.

use super::{
    extras::{ExportLinks, GradingRule, ShareForm},
    group::Group,
    key_form::{Changes, DropDialog, KeyedItem, QuestionEditor, Version, refused_question},
    model::words,
    paths,
    quiz_id::quiz_in_address,
    server_fns::{AcceptAnswer, ChangeQuestion, DeleteQuiz, DropQuestion, RenameQuiz, load_key},
};
use crate::{
    browser,
    conversations::heading::PaneHeading,
    error::Failure,
    ui::{
        button::{SubmitButton, Tone},
        confirmed_delete::ConfirmedDelete,
        field::Field,
        form::{FormFailure, failure_of, field_error},
        loaded::Loaded,
        refused_form::written,
        toast::Toasts,
    },
};
use domain::quizzes::{QuizKey, QuizStatistics};
use leptos::{form::ActionForm, prelude::*, server_fn::ServerFn, wasm_bindgen::JsCast, web_sys::HtmlElement};
use leptos_router::hooks::use_navigate;
use std::sync::Arc;

/// What deleting does, in words.
const EFFECT: &str = "Delete quiz and everybody’s results";

/// The page at `/quizzes/{id}/edit`.
#[component]
pub fn EditQuizPage() -> impl IntoView {
    let id = quiz_in_address();
    let key = Resource::new(move || id.get(), |id| async move { load_key(id?).await });
    let back = id.get_untracked().map_or_else(|_| paths::LIST.to_owned(), paths::take);
    view! {
        <PaneHeading title="Edit quiz" back=back back_label="the quiz" always=true />
        <div class="pane-body quiz-edit">
            <Loaded resource=key what="the key" show=Arc::new(|loaded| view! { <KeyView loaded /> }.into_any()) />
        </div>
    }
    .into_any()
}

/// What is written into the other forms stays when one of them was sent: the key changes in place.
#[component]
fn KeyView(loaded: QuizKey) -> impl IntoView {
    let (id, title, statistics) = (loaded.quiz_id, loaded.title.clone(), loaded.statistics.clone());
    let is_empty = loaded.questions.is_empty();
    let key = RwSignal::new(loaded);
    if is_empty {
        return view! {
            <p>"This quiz has no questions to edit or to share."</p>
            <Delete id key />
        }
        .into_any();
    }
    let changes = Changes::of(key);
    let added = RwSignal::new(0_u32);
    take_over::<ChangeQuestion>(changes.change, changes, "Saved. All results are graded anew.", move |before, now| {
        if now.questions.len() > before.questions.len() {
            added.update(|added| *added += 1);
            focus("add-question");
        }
    });
    take_over::<DropQuestion>(changes.remove, changes, "Dropped. All results are graded anew.", |_, _| {
        focus("questions-title");
    });
    take_over::<AcceptAnswer>(changes.accept, changes, "Accepted. All results are graded anew.", |_, _| ());
    let ids = Memo::new(move |_| key.with(|key| key.questions.iter().map(|one| one.question.id).collect::<Vec<_>>()));
    view! {
        <TitleForm id title changes />
        <section class="section" aria-labelledby="questions-title">
            <h2 id="questions-title" tabindex="-1">
                "Questions and answers"
            </h2>
            <FormFailure failure=failure_of(changes.change) />
            <FormFailure failure=failure_of(changes.remove) />
            <FormFailure failure=failure_of(changes.accept) />
            <ol class="key" role="list">
                <For each=move || ids.get() key=|question_id| *question_id let:question_id>
                    <KeyedItem id question_id changes />
                </For>
            </ol>
            <details class="key-new" open=refused_question(None).is_some()>
                <summary id="add-question" class="button button-quiet">
                    "Add a question"
                </summary>
                <For each=move || [added.get()] key=|added| *added let:_>
                    <QuestionEditor id one=None changes />
                </For>
            </details>
            <DropDialog id changes />
        </section>
        <Statistics statistics />
        <ShareForm id />
        <Group id version=changes.version />
        <ExportLinks id />
        <GradingRule />
        <Delete id key />
    }
    .into_any()
}

#[component]
fn TitleForm(id: i64, title: String, changes: Changes) -> impl IntoView {
    let rename = ServerAction::<RenameQuiz>::new();
    take_over::<RenameQuiz>(rename, changes, "Renamed.", |_, _| ());
    let failure = failure_of(rename);
    let title = written::<RenameQuiz>("title", title);
    view! {
        <ActionForm action=rename>
            <FormFailure failure fields=&["title"] />
            <input type="hidden" name="id" value=id.to_string() />
            <Version changes />
            <Field label="Title" name="title" value=title required=true error=field_error(failure, "title") />
            <SubmitButton tone=Tone::Quiet busy=rename.pending()>
                "Rename"
            </SubmitButton>
        </ActionForm>
    }
}

/// How the checks of the generated questions went.
#[component]
fn Statistics(statistics: QuizStatistics) -> impl IntoView {
    let QuizStatistics { drafted, kept, dropped, positions, longest_is_right_percent } = statistics;
    let fact = |name: String, value: String| {
        view! {
            <div>
                <dt>{name}</dt>
                <dd>{value}</dd>
            </div>
        }
    };
    let places: Vec<String> = positions.iter().map(ToString::to_string).collect();
    let dropped = dropped.into_iter().map(|(name, count)| fact(words::check(&name), count.to_string()));
    view! {
        <details class="rule">
            <summary>"How the questions were checked"</summary>
            <dl class="statistics">
                {fact("Drafted".to_owned(), drafted.to_string())}
                {fact("Passed every check".to_owned(), kept.to_string())}
                {fact("Right option stands 1st, 2nd, 3rd, 4th".to_owned(), places.join(", "))}
                {fact("Longest option is the right one".to_owned(), format!("{longest_is_right_percent} %"))}
            </dl>
            <h3>"Dropped by check"</h3>
            <dl class="statistics">{dropped.collect_view()}</dl>
        </details>
    }
}

#[component]
fn Delete(id: i64, key: RwSignal<QuizKey>) -> impl IntoView {
    let delete = ServerAction::<DeleteQuiz>::new();
    let (navigate, toasts) = (use_navigate(), Toasts::of_app());
    Effect::new(move || {
        if delete.value().with(|value| matches!(value, Some(Ok(())))) {
            navigate(paths::LIST, Default::default());
            if let Some(toasts) = toasts {
                toasts.say(format!("“{}” is deleted.", key.with_untracked(|key| key.title.clone())));
            }
        }
    });
    view! {
        <section class="section" aria-labelledby="delete-title">
            <h2 id="delete-title">"Delete"</h2>
            <ConfirmedDelete
                action=delete
                id=id.to_string()
                question="Delete this quiz?"
                name=Signal::derive(move || key.with(|key| key.title.clone()))
                effect=EFFECT
                explained="It goes for everybody with whom it is shared, and out of their review."
            />
        </section>
    }
}

/// After a form succeeded: the page shows what is so now, and a toast says it.
fn take_over<F>(
    action: ServerAction<F>,
    changes: Changes,
    sentence: &'static str,
    then: impl Fn(&QuizKey, &QuizKey) + 'static,
) where
    F: ServerFn<Error = Failure, Output = QuizKey> + Clone + Send + Sync + 'static,
{
    let (value, toasts) = (action.value(), Toasts::of_app());
    Effect::new(move || {
        let Some(Ok(now)) = value.get() else { return };
        let before = changes.key.get_untracked();
        changes.key.set(now.clone());
        then(&before, &now);
        if let Some(toasts) = toasts {
            toasts.say(sentence);
        }
    });
}

/// The keyboard goes on here where its place is gone.
fn focus(id: &'static str) {
    browser::before_paint(move || {
        if let Some(element) = browser::element(id).and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            let _ = element.focus();
        }
    });
}
