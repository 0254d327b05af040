//! All quizzes of the viewer's and those that were shared with them.

use super::{
    history::History,
    live::follow_making,
    model::words,
    paths,
    server_fns::{list_quizzes, load_history},
};
use crate::{
    browser,
    documents::icons,
    ui::{
        button::{LinkButton, Tone},
        empty_state::EmptyState,
        icon::{Icon, Pictogram},
        list_parts::ListParts,
        loaded::BothLoaded,
        page_title::PageTitle,
        time::Moment,
    },
};
use domain::quizzes::{QuizHistory, QuizList, QuizStatus, QuizSummary};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use std::sync::Arc;

/// The cursors of a part: older ones than the first, newer ones than the second.
type Part = (Option<String>, Option<String>);

/// The page at `/quizzes`.
#[component]
pub fn QuizzesPage() -> impl IntoView {
    let parameters = use_query_map();
    let part = move |before: &'static str, after: &'static str| {
        Memo::new(move |_| parameters.with(|map| (map.get(before), map.get(after))))
    };
    let (listed, submitted) = (part("before", "after"), part(paths::SUBMITTED_BEFORE, paths::SUBMITTED_AFTER));
    let quizzes = Resource::new(move || listed.get(), |(before, after)| list_quizzes(before, after));
    let history = Resource::new(move || submitted.get(), |(before, after)| load_history(before, after));
    view! {
        <PageTitle text="Quizzes" />
        <div class="page study">
            <header class="study-head">
                <h1 class="page-heading">"Quizzes"</h1>
                <LinkButton href=paths::NEW tone=Tone::Primary>
                    <Pictogram icon=icons::PLUS />
                    "New quiz"
                </LinkButton>
            </header>
            <BothLoaded
                first=quizzes
                second=history
                what="your quizzes"
                show=Arc::new(move |quizzes, history| {
                    view! { <Quizzes part=listed.get_untracked() quizzes history /> }.into_any()
                })
            />
        </div>
    }
    .into_any()
}

#[component]
fn Quizzes(part: Part, quizzes: QuizList, history: QuizHistory) -> impl IntoView {
    let QuizList { quizzes, older, newer } = quizzes;
    let is_first = newer.is_none();
    if quizzes.is_empty() && is_first && history.history.is_empty() {
        return view! {
            <EmptyState icon=Icon::ListChecks title="No quizzes yet">
                <p>
                    "A quiz is made of your documents, of what was sent in a conversation, or of pasted text. Each question leads back to the passage that answers it."
                </p>
                <LinkButton href=paths::NEW>
                    <Pictogram icon=icons::PLUS />
                    "New quiz"
                </LinkButton>
            </EmptyState>
        }
        .into_any();
    }
    let newer = newer.map(|cursor| paths::list_part("after", &cursor));
    let older = older.map(|cursor| paths::list_part("before", &cursor));
    let quizzes = RwSignal::new(quizzes);
    follow(part, quizzes);
    let row = |quiz| view! { <Row quiz /> };
    view! {
        <ul class="quizzes" role="list" aria-label="Quizzes">
            {move || quizzes.get().into_iter().map(row).collect_view()}
        </ul>
        <ListParts what="quizzes" newer older />
        <History history />
    }
    .into_any()
}

/// Shows when those that are being made are there.
fn follow(part: Part, quizzes: RwSignal<Vec<QuizSummary>>) {
    let is_being_made = |quiz: &&QuizSummary| quiz.status == QuizStatus::Processing;
    let being_made = Memo::new(move |_| {
        quizzes.with(|all| all.iter().filter(is_being_made).map(|quiz| quiz.quiz_id).collect::<Vec<_>>())
    });
    follow_making(being_made, move || {
        let (before, after) = part.clone();
        browser::spawn(async move {
            if let Ok(list) = list_quizzes(before, after).await {
                quizzes.try_set(list.quizzes);
            }
        });
    });
}

#[component]
fn Row(quiz: QuizSummary) -> impl IntoView {
    let id = quiz.quiz_id;
    let is_ready = quiz.status == QuizStatus::Ready;
    let state = match quiz.status {
        QuizStatus::Processing => Some("Being made"),
        QuizStatus::Failed => Some("Could not be made"),
        QuizStatus::Ready => None,
    };
    let begun = (quiz.answered > 0).then(|| format!("{} of {} answered", quiz.answered, quiz.total_questions));
    let score = quiz.last_score.map(|right| format!("Last score {}", words::score(right, quiz.total_questions)));
    let action = match (quiz.answered > 0, quiz.last_score.is_some()) {
        (true, _) => "Go on",
        (false, true) => "Take again",
        (false, false) => "Take quiz",
    };
    let title = quiz.title.clone();
    let piece = |text: String| view! { <span class="piece">{text}</span> };
    view! {
        <li class="quiz-row">
            <div class="quiz-text">
                <a class="document-title" href=paths::take(id) dir="auto">
                    {quiz.title}
                </a>
                <p class="quiet">
                    {is_ready.then(|| piece(words::questions(quiz.total_questions)))}
                    {state.map(|state| piece(state.to_owned()))}
                    {(!quiz.mine)
                        .then(|| {
                            view! {
                                <span class="piece" dir="auto">
                                    "By "
                                    {quiz.author.display_name}
                                </span>
                            }
                        })} {begun.map(piece)} {score.map(piece)} <span class="piece">
                        <Moment at=quiz.created_at />
                    </span>
                </p>
            </div>
            <div class="document-tools">
                {is_ready
                    .then(|| {
                        view! {
                            <a class="button button-quiet" href=paths::take(id)>
                                {action}
                                <span class="sr-only">{format!(": {title}")}</span>
                            </a>
                        }
                    })}
                {quiz
                    .last_score
                    .map(|_| {
                        view! {
                            <a class="button button-quiet" href=paths::results(id)>
                                "Results"
                                <span class="sr-only">{format!(" of {title}")}</span>
                            </a>
                        }
                    })}
                {quiz
                    .mine
                    .then(|| {
                        view! {
                            <a class="button button-quiet" href=paths::edit(id)>
                                {words::manage(quiz.status)}
                                <span class="sr-only">{format!(": {title}")}</span>
                            </a>
                        }
                    })}
            </div>
        </li>
    }
}
