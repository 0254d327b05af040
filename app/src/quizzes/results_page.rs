//! The last result of a quiz.

use super::{
    extras::{ExportLinks, GradingRule},
    group::Group,
    model::words,
    paths,
    quiz_id::quiz_in_address,
    result_detail::Detail,
    server_fns::{ClaimAnswer, RetryMissed, load_quiz, load_result},
};
use crate::{
    conversations::heading::BackLink,
    documents::{
        heading::StudyHeading,
        icons,
        passage_panel::{PassagePanel, open_beside},
    },
    error::Failure,
    review::server_fns::AddToReview,
    ui::{
        button::{LinkButton, SubmitButton, Tone},
        form::{FormFailure, failure_of},
        icon::Pictogram,
        loaded::BothLoaded,
        page_title::PageTitle,
        time::Moment,
        toast::Toasts,
    },
};
use domain::quizzes::{Quiz, QuizResult};
use leptos::{form::ActionForm, prelude::*};
use leptos_router::hooks::use_navigate;
use std::sync::Arc;

/// The page at `/quizzes/{id}/results`.
#[component]
pub fn ResultsPage() -> impl IntoView {
    let id = quiz_in_address();
    let quiz = Resource::new(move || id.get(), |id| async move { load_quiz(id?).await });
    let result = Resource::new(move || id.get(), |id| async move { load_result(id?).await });
    view! {
        <div class="page study">
            <BothLoaded
                first=quiz
                second=result
                what="your result"
                above=|| view! { <StudyHeading title="Result" back=paths::LIST back_label="Quizzes" /> }
                show=Arc::new(move |quiz, loaded| { view! { <ResultView quiz loaded reload=result /> }.into_any() })
            />
        </div>
    }
    .into_any()
}

#[component]
fn ResultView(quiz: Quiz, loaded: QuizResult, reload: Resource<Result<QuizResult, Failure>>) -> impl IntoView {
    let (id, mine) = (quiz.quiz_id, quiz.mine);
    let missed = loaded.details.iter().filter(|detail| !detail.is_correct).count();
    let claim = ServerAction::<ClaimAnswer>::new();
    let add = ServerAction::<AddToReview>::new();
    let toasts = Toasts::of_app();
    Effect::new(move || {
        if claim.value().with(|value| matches!(value, Some(Ok(_)))) {
            reload.refetch();
            if let Some(toasts) = toasts {
                toasts.say(if mine { "Accepted into the key." } else { "The author is told." });
            }
        }
    });
    Effect::new(move || {
        if let (true, Some(toasts)) = (add.value().with(|value| matches!(value, Some(Ok(())))), toasts) {
            toasts.say("It comes up in your review.");
        }
    });
    let place = RwSignal::new(None);
    let details = loaded.details.into_iter().enumerate();
    let detail = move |(place, detail)| view! { <Detail id mine number=place + 1 detail claim add /> };
    view! {
        <PageTitle text=format!("Result: {}", quiz.title) />
        <header class="study-head">
            <div class="study-title">
                <BackLink href=paths::LIST.to_owned() label="Quizzes" always=true />
                <div>
                    <h1 class="page-heading" dir="auto">
                        {quiz.title}
                    </h1>
                    <p class="quiet">"Submitted " <Moment at=loaded.submitted_at /></p>
                </div>
            </div>
            {mine
                .then(|| {
                    view! {
                        <div class="study-actions">
                            <LinkButton href=paths::edit(id)>
                                <Pictogram icon=icons::PENCIL />
                                "Edit and share"
                            </LinkButton>
                        </div>
                    }
                })}
        </header>
        <div class="score" role="status">
            <p class="score-number">{words::score(loaded.score, loaded.total_questions)}</p>
            <progress
                class="bar"
                max=loaded.total_questions.to_string()
                value=loaded.score.to_string()
                aria-label="Right answers"
            ></progress>
            <p class="quiet">
                {if missed == 0 { "Nothing missed." } else { "What you missed comes up again in your review." }}
            </p>
        </div>
        <Again id missed />
        <FormFailure failure=failure_of(claim) />
        <FormFailure failure=failure_of(add) />
        <div class="with-passage">
            <section aria-labelledby="answers-title" on:click=move |event| open_beside(&event, place)>
                <h2 id="answers-title" class="sr-only">
                    "Answers"
                </h2>
                <ol class="details" role="list">
                    {details.map(detail).collect_view()}
                </ol>
            </section>
            <PassagePanel place />
        </div>
        <GradingRule />
        <Group id />
        <ExportLinks id />
    }
}

#[component]
fn Again(id: i64, missed: usize) -> impl IntoView {
    let retry = ServerAction::<RetryMissed>::new();
    let navigate = use_navigate();
    Effect::new(move || {
        if retry.value().with(|value| matches!(value, Some(Ok(())))) {
            navigate(&paths::take_open(id), Default::default());
        }
    });
    view! {
        <div class="form-actions">
            {(missed > 0)
                .then(|| {
                    view! {
                        <ActionForm action=retry>
                            <FormFailure failure=failure_of(retry) />
                            <input type="hidden" name="id" value=id.to_string() />
                            <SubmitButton busy=retry
                                .pending()>{format!("Retry only the {missed} missed")}</SubmitButton>
                        </ActionForm>
                    }
                })} <LinkButton href=paths::take(id) tone=if missed == 0 { Tone::Primary } else { Tone::Quiet }>
                "Retry all"
            </LinkButton> <LinkButton href="/review">"Go to the review"</LinkButton>
        </div>
    }
}
