//! Today's list, one question at a time.

use super::{
    Due,
    feedback::{Feedback, PlainFeedback},
    model::Outcome,
    server_fns::{AnswerQuestion, RemoveFromReview, load_due, load_statistics},
    statistics::Statistics,
};
use crate::{
    browser,
    error::Failure,
    quizzes::{keys, model::words, paths as quiz_paths, server_fns::load_result},
    ui::{
        button::{LinkButton, SubmitButton},
        empty_state::EmptyState,
        form::{FormFailure, failure_of},
        icon::Icon,
        loaded::BothLoaded,
        page_title::PageTitle,
        refused_form::RefusedForm,
        time::Moment,
        toast::Toasts,
    },
};
use domain::{
    quizzes::{ANSWER_MAX, AnswerDetail, QuestionType},
    review::{DueList, DueQuestion, ReviewStatistics},
};
use leptos::{
    ev::{KeyboardEvent, MouseEvent},
    form::ActionForm,
    prelude::*,
    wasm_bindgen::JsCast,
    web_sys::HtmlInputElement,
};
use leptos_router::hooks::use_query_map;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Today's list, and what a plain form has just answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Today {
    list: DueList,
    answered: Option<(Outcome, AnswerDetail)>,
}

/// What the address says of the last answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Asked {
    question: Option<i64>,
    quiz: Option<i64>,
    outcome: Option<Outcome>,
}

impl Asked {
    async fn load(self) -> Result<Today, Failure> {
        Ok(Today { list: load_due().await?, answered: self.answered().await })
    }

    /// The answer stands in the last result of its quiz.
    async fn answered(self) -> Option<(Outcome, AnswerDetail)> {
        let (question, quiz, outcome) = (self.question?, self.quiz?, self.outcome?);
        let details = load_result(quiz).await.ok()?.details;
        Some((outcome, details.into_iter().find(|detail| detail.question_id == question)?))
    }
}

/// The page at `/review`.
#[component]
pub fn ReviewPage() -> impl IntoView {
    let parameters = use_query_map();
    let asked = Memo::new(move |_| {
        parameters.with(|map| Asked {
            question: map.get_str("answered").and_then(|id| id.parse().ok()),
            quiz: map.get_str("quiz").and_then(|id| id.parse().ok()),
            outcome: map.get_str("was").and_then(Outcome::named),
        })
    });
    let today = Resource::new(move || asked.get(), Asked::load);
    let statistics = Resource::new(|| (), |()| load_statistics());
    let due = use_context::<Due>();
    let again = Callback::new(move |()| {
        today.refetch();
        statistics.refetch();
        if let Some(due) = due {
            due.0.refetch();
        }
    });
    view! {
        <PageTitle text="Review" />
        <div class="page study review">
            <header class="study-head">
                <h1 class="page-heading">"Review"</h1>
            </header>
            <BothLoaded
                first=today
                second=statistics
                what="today’s questions"
                show=Arc::new(move |today, statistics| view! { <TodayView today statistics again /> }.into_any())
            />
        </div>
    }
    .into_any()
}

#[component]
fn TodayView(today: Today, statistics: ReviewStatistics, again: Callback<()>) -> impl IntoView {
    let Today { list, answered } = today;
    let is_empty = list.questions.is_empty();
    let next = list.next_due_at;
    let has_any = statistics.questions > 0;
    view! {
        {answered.map(|(outcome, detail)| view! { <PlainFeedback outcome detail /> })}
        {if is_empty {
            view! { <NothingDue next has_any /> }.into_any()
        } else {
            view! { <Asking list again /> }.into_any()
        }}
        {has_any.then(|| view! { <Statistics statistics /> })}
    }
}

#[component]
fn NothingDue(next: Option<domain::Timestamp>, has_any: bool) -> impl IntoView {
    if !has_any {
        return view! {
            <EmptyState icon=Icon::Repeat title="Nothing to review yet">
                <p>
                    "Questions that you miss in a quiz come up here again, a little before you would forget the answer."
                </p>
                <LinkButton href=quiz_paths::LIST>"Go to the quizzes"</LinkButton>
            </EmptyState>
        }
        .into_any();
    }
    view! {
        <EmptyState icon=Icon::Check title="Nothing due">
            <p role="status">"Today’s questions are done."</p>
            {next.map(|at| view! { <p>"Next on " <Moment at /></p> })}
        </EmptyState>
    }
    .into_any()
}

/// One question after the other.
#[component]
fn Asking(list: DueList, again: Callback<()>) -> impl IntoView {
    let total = list.questions.len();
    let more = usize::try_from(list.due).unwrap_or(total).saturating_sub(total);
    let questions = StoredValue::new(list.questions);
    let place = RwSignal::new(0_usize);
    let done = list.reviewed_today;
    let next = Callback::new(move |()| {
        if place.get_untracked() + 1 < total {
            place.update(|place| *place += 1);
        } else {
            again.run(());
        }
    });
    let words = move || format!("{} of {total} today", place.get() + 1);
    let done = usize::try_from(done).unwrap_or_default();
    let value = move || (place.get() + done).to_string();
    view! {
        <div class="quiz-bar">
            <div class="quiz-progress">
                <span>{words}</span>
                <progress class="bar" max=(total + done).to_string() value=value aria-label="Reviewed today"></progress>
            </div>
            {(more > 0)
                .then(|| {
                    view! {
                        <p class="quiet">{format!("{more} more wait for the next days, so that today stays small.")}</p>
                    }
                })}
        </div>
        <For
            each=move || questions.with_value(|all| all.get(place.get()).cloned())
            key=|question| question.question.id
            let:question
        >
            <OneQuestion question next />
        </For>
    }
}

#[component]
fn OneQuestion(question: DueQuestion, next: Callback<()>) -> impl IntoView {
    let answer = ServerAction::<AnswerQuestion>::new();
    let (id, quiz_id) = (question.question.id, question.quiz_id);
    let answered = Memo::new(move |_| answer.value().get().and_then(Result::ok));
    let text = question.question.question.clone();
    let given =
        move || answer.input().with(|input| input.as_ref().map(|input| input.answer.clone())).unwrap_or_default();
    let last_given = StoredValue::new(String::new());
    Effect::new(move || {
        let given = given();
        if !given.is_empty() {
            last_given.set_value(given);
        }
    });
    let once = move |event: MouseEvent| {
        if answer.pending().get_untracked() {
            event.prevent_default();
        }
    };
    focus_first();
    view! {
        <article class="review-card">
            <p class="quiet">
                "From " <a href=quiz_paths::take(quiz_id) dir="auto">
                    {question.quiz_title.clone()}
                </a>
            </p>
            <h2 class="review-question" dir="auto">
                {text}
            </h2>
            <div hidden=move || answered.get().is_some()>
                <ActionForm action=answer>
                    <FormFailure failure=failure_of(answer) />
                    <input type="hidden" name="question_id" value=id.to_string() />
                    <input type="hidden" name="quiz_id" value=quiz_id.to_string() />
                    <AnswerField question=question.clone() />
                    <SubmitButton busy=answer.pending() on:click=once>
                        "Answer"
                    </SubmitButton>
                </ActionForm>
            </div>
            <Feedback answered given=last_given next />
            <Remove id next />
        </article>
    }
}

/// The keyboard is where the answer goes.
fn focus_first() {
    Effect::new(|| {
        browser::before_paint(|| {
            let field = browser::element("review-answer").and_then(|element| {
                element.query_selector("input").ok().flatten()?.dyn_into::<HtmlInputElement>().ok()
            });
            if let Some(field) = field {
                let _ = field.focus();
            }
        });
    });
}

/// What a plain form answered to the question when it was refused.
fn refused_answer(question_id: i64) -> Option<String> {
    let refused = RefusedForm::of::<AnswerQuestion>()?;
    let is_same = refused.value("question_id") == Some(question_id.to_string());
    refused.value("answer").filter(|_| is_same)
}

#[component]
fn AnswerField(question: DueQuestion) -> impl IntoView {
    let question = question.question;
    let written = refused_answer(question.id);
    if question.kind == QuestionType::ShortAnswer {
        return view! {
            <label id="review-answer" class="written">
                <span class="sr-only">"Your answer"</span>
                <input
                    type="text"
                    name="answer"
                    value=written
                    dir="auto"
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    maxlength=ANSWER_MAX.to_string()
                    placeholder="Your answer"
                />
            </label>
        }
        .into_any();
    }
    let options = words::options(question.kind, &question.options);
    let option = |(place, option): (usize, String)| {
        let is_chosen = written.as_ref() == Some(&option);
        view! {
            <label class="option">
                <input
                    type="radio"
                    id=format!("review-{place}")
                    name="answer"
                    value=option.clone()
                    checked=is_chosen
                    required
                />
                <span class="option-key" aria-hidden="true">
                    {place + 1}
                </span>
                <span dir="auto">{words::option(&option).to_owned()}</span>
            </label>
        }
    };
    view! {
        <fieldset id="review-answer" class="options" on:keydown=|event| choose(&event)>
            <legend class="sr-only">"Your answer"</legend>
            {options.into_iter().enumerate().map(option).collect_view()}
        </fieldset>
    }
    .into_any()
}

/// 1 to 8 choose an option.
fn choose(event: &KeyboardEvent) {
    let Some(place) = keys::place(event) else { return };
    let field = browser::element(&format!("review-{place}")).and_then(|one| one.dyn_into::<HtmlInputElement>().ok());
    if let Some(field) = field {
        event.prevent_default();
        field.set_checked(true);
        let _ = field.focus();
    }
}

#[component]
fn Remove(id: i64, next: Callback<()>) -> impl IntoView {
    let remove = ServerAction::<RemoveFromReview>::new();
    let toasts = Toasts::of_app();
    Effect::new(move || {
        if remove.value().with(|value| matches!(value, Some(Ok(())))) {
            if let Some(toasts) = toasts {
                toasts.say("It does not come up any more.");
            }
            next.run(());
        }
    });
    view! {
        <ActionForm action=remove>
            <FormFailure failure=failure_of(remove) />
            <input type="hidden" name="question_id" value=id.to_string() />
            <button type="submit" class="review-remove">
                "Take this question out of the review"
            </button>
        </ActionForm>
    }
}
