//! The key of a quiz, for its author.

use super::{
    extras::{ExportLinks, GradingRule, ShareForm},
    group::Group,
    key_form::{Changes, KeyedItem, QuestionEditor},
    model::words,
    paths,
    quiz_id::quiz_in_address,
    server_fns::{AcceptAnswer, ChangeQuestion, DeleteQuiz, DropQuestion, RenameQuiz, load_key},
};
use crate::{
    conversations::heading::PaneHeading,
    error::Failure,
    ui::{
        button::{SubmitButton, Tone},
        dialog::Dialog,
        field::Field,
        form::{FormFailure, failure_of, field_error},
        loaded::Loaded,
        toast::Toasts,
    },
};
use domain::quizzes::{QuizKey, QuizStatistics};
use leptos::{form::ActionForm, prelude::*, server_fn::ServerFn};
use leptos_router::{LazyRoute, hooks::use_navigate, lazy_route};
use std::sync::Arc;

/// What deleting does, in words.
const EFFECT: &str = "Delete quiz and everybody’s results";

/// The page at `/quizzes/{id}/edit`.
pub struct EditQuizPage {
    id: Memo<Result<i64, Failure>>,
    key: Resource<Result<QuizKey, Failure>>,
}

#[lazy_route]
impl LazyRoute for EditQuizPage {
    fn data() -> Self {
        let id = quiz_in_address();
        Self { id, key: Resource::new(move || id.get(), |id| async move { load_key(id?).await }) }
    }

    fn view(this: Self) -> AnyView {
        let EditQuizPage { id, key } = this;
        let back = id.get_untracked().map_or_else(|_| paths::LIST.to_owned(), paths::take);
        view! {
            <PaneHeading title="Edit quiz" back=back back_label="the quiz" always=true />
            <div class="pane-body quiz-edit">
                <Loaded
                    resource=key
                    what="the key"
                    show=Arc::new(move |loaded| view! { <KeyView loaded key /> }.into_any())
                />
            </div>
        }
        .into_any()
    }
}

type Key = Resource<Result<QuizKey, Failure>>;

#[component]
fn KeyView(loaded: QuizKey, key: Key) -> impl IntoView {
    let (id, version) = (loaded.quiz_id, loaded.version);
    let changes = Changes { change: ServerAction::new(), remove: ServerAction::new(), accept: ServerAction::new() };
    reload_after::<ChangeQuestion>(changes.change, key, "Saved. All results are graded anew.");
    reload_after::<DropQuestion>(changes.remove, key, "Dropped. All results are graded anew.");
    reload_after::<AcceptAnswer>(changes.accept, key, "Accepted. All results are graded anew.");
    let item = move |(place, one)| view! { <KeyedItem id version number=place + 1 one changes /> };
    view! {
        <TitleForm id version title=loaded.title.clone() key />
        <section class="section" aria-labelledby="questions-title">
            <h2 id="questions-title">"Questions and answers"</h2>
            <FormFailure failure=failure_of(changes.change) />
            <FormFailure failure=failure_of(changes.remove) />
            <FormFailure failure=failure_of(changes.accept) />
            <ol class="key" role="list">
                {loaded.questions.into_iter().enumerate().map(item).collect_view()}
            </ol>
            <details class="key-new">
                <summary class="button button-quiet">"Add a question"</summary>
                <QuestionEditor id version one=None changes />
            </details>
        </section>
        <Statistics statistics=loaded.statistics />
        <ShareForm id />
        <Group id />
        <ExportLinks id />
        <GradingRule />
        <Delete id title=loaded.title />
    }
}

#[component]
fn TitleForm(id: i64, version: u32, title: String, key: Key) -> impl IntoView {
    let rename = ServerAction::<RenameQuiz>::new();
    reload_after::<RenameQuiz>(rename, key, "Renamed.");
    let failure = failure_of(rename);
    view! {
        <ActionForm action=rename>
            <FormFailure failure fields=&["title"] />
            <input type="hidden" name="id" value=id.to_string() />
            <input type="hidden" name="version" value=version.to_string() />
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
fn Delete(id: i64, title: String) -> impl IntoView {
    let delete = ServerAction::<DeleteQuiz>::new();
    let open = RwSignal::new(false);
    let (navigate, toasts) = (use_navigate(), Toasts::of_app());
    let name = title.clone();
    Effect::new(move || {
        if delete.value().with(|value| matches!(value, Some(Ok(())))) {
            navigate(paths::LIST, Default::default());
            if let Some(toasts) = toasts {
                toasts.say(format!("“{name}” is deleted."));
            }
        }
    });
    view! {
        <section class="section" aria-labelledby="delete-title">
            <h2 id="delete-title">"Delete"</h2>
            <p class="quiet">"It goes for everybody with whom it is shared, and out of their review."</p>
            <ActionForm action=delete>
                <FormFailure failure=failure_of(delete) />
                <input type="hidden" name="id" value=id.to_string() />
                <button
                    type="submit"
                    class="button button-loss"
                    on:click=move |event| {
                        event.prevent_default();
                        open.set(true);
                    }
                >
                    {EFFECT}
                </button>
            </ActionForm>
            <Dialog
                open
                title="Delete this quiz?"
                action=move || {
                    view! {
                        <ActionForm action=delete>
                            <input type="hidden" name="id" value=id.to_string() />
                            <SubmitButton tone=Tone::Loss busy=delete.pending()>
                                {EFFECT}
                            </SubmitButton>
                        </ActionForm>
                    }
                }
            >
                <p class="dialog-name" dir="auto">
                    {title}
                </p>
            </Dialog>
        </section>
    }
}

/// After a form succeeded: the page shows what is so now, and a toast says it.
fn reload_after<F>(action: ServerAction<F>, key: Key, sentence: &'static str)
where
    F: ServerFn<Error = Failure> + Clone + Send + Sync + 'static,
    F::Output: Send + Sync + 'static,
{
    let (value, toasts) = (action.value(), Toasts::of_app());
    Effect::new(move || {
        if value.with(|value| matches!(value, Some(Ok(_)))) {
            key.refetch();
            if let Some(toasts) = toasts {
                toasts.say(sentence);
            }
        }
    });
}
