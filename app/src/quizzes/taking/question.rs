//! A question with room for its answer.

use super::{
    checks::{Checks, next_id},
    desk::Desk,
    fields::{option_id, text_id},
    walk::Walk,
};
use crate::quizzes::{
    model::{
        sheet,
        words::{self, Grade},
    },
    result_detail::{Answers, GradeLine, Passage},
    server_fns::CheckAnswer,
};
use domain::quizzes::{ANSWER_MAX, AnswerDetail, Question, QuestionType};
use leptos::{ev::MouseEvent, prelude::*, server_fn::ServerFn};

/// One question.
#[component]
pub fn QuestionField(
    /// Where the answer goes.
    desk: Desk,
    /// What is checked.
    checks: Checks,
    /// Which question one is at.
    walk: Walk,
    /// Its place among those that are shown.
    place: usize,
    /// Its number in the quiz.
    number: usize,
    /// The question.
    question: Question,
    /// What the server has as the answer.
    answer: String,
    /// Whether the viewer made the quiz.
    mine: bool,
) -> impl IntoView {
    let id = question.id;
    let checked = Memo::new(move |_| desk.sheet.with(|sheet| sheet.checked(id).cloned()));
    let is_short = question.kind == QuestionType::ShortAnswer;
    let answers = if is_short {
        view! { <Written desk checked id answer /> }.into_any()
    } else {
        let options = words::options(question.kind, &question.options);
        view! { <Options desk checked id options answer /> }.into_any()
    };
    view! {
        <fieldset
            id=format!("question-{id}")
            class="question"
            tabindex="-1"
            data-place=place.to_string()
            hidden=move || walk.is_hidden(place)
        >
            <legend class="question-text">
                <span class="question-number">{format!("Question {number}")}</span>
                <span dir="auto">{question.question}</span>
            </legend>
            {answers}
            <Feedback checks walk checked id place number mine />
        </fieldset>
    }
}

/// The button that checks the answer, and what comes of it. What is put into the status is read aloud.
#[component]
fn Feedback(
    checks: Checks,
    walk: Walk,
    checked: Memo<Option<AnswerDetail>>,
    id: i64,
    place: usize,
    number: usize,
    mine: bool,
) -> impl IntoView {
    let is_open = move || checks.after_each.get() && checked.with(Option::is_none);
    let button = move || {
        view! {
            <button
                type="submit"
                class="button button-quiet"
                name="question_id"
                value=id.to_string()
                formaction=CheckAnswer::url()
                aria-busy=move || checks.is_under_way(id).then_some("true")
                on:click=move |event: MouseEvent| {
                    event.prevent_default();
                    checks.check(id);
                }
            >
                "Check"
                <span class="sr-only">{format!(" question {number}")}</span>
            </button>
        }
    };
    let grade = |detail: AnswerDetail| {
        let grade = Grade::of(&detail);
        view! {
            <GradeLine grade />
            <Answers given=detail.user_answer correct=detail.correct_answer />
        }
    };
    let passage = move |detail: AnswerDetail| detail.citation.map(|citation| view! { <Passage citation mine /> });
    let refusal = move || checks.refusal(id).filter(|_| is_open());
    view! {
        <div class="question-check">
            {move || is_open().then(button)} <p class="field-error" role="alert" hidden=move || refusal().is_none()>
                {refusal}
            </p> <div class="question-grade" role="status">
                {move || checked.get().map(grade)}
            </div> {move || checked.get().and_then(passage)}
            {move || checked.with(Option::is_some).then(|| view! { <Next walk id place /> })}
        </div>
    }
}

/// Goes on after a question that was checked.
#[component]
fn Next(walk: Walk, id: i64, place: usize) -> impl IntoView {
    let words = if place + 1 == walk.count() { "Go to the end" } else { "Next question" };
    view! {
        <button
            type="button"
            id=next_id(id)
            class="button button-quiet with-script"
            on:click=move |_| walk.go(place + 1)
        >
            {words}
        </button>
    }
}

#[component]
fn Options(
    desk: Desk,
    checked: Memo<Option<AnswerDetail>>,
    id: i64,
    options: Vec<String>,
    answer: String,
) -> impl IntoView {
    let option = move |(place, option): (usize, String)| {
        let chosen = option.clone();
        let is_chosen = option == answer;
        view! {
            <label class="option">
                <input
                    type="radio"
                    id=option_id(id, place)
                    name=sheet::field(id)
                    value=option.clone()
                    checked=is_chosen
                    disabled=move || checked.with(Option::is_some)
                    on:change=move |_| desk.answer(id, chosen.clone())
                />
                <span class="option-key" aria-hidden="true">
                    {place + 1}
                </span>
                <span dir="auto">{words::option(&option).to_owned()}</span>
            </label>
        }
    };
    view! { <div class="options">{options.into_iter().enumerate().map(option).collect_view()}</div> }
}

#[component]
fn Written(desk: Desk, checked: Memo<Option<AnswerDetail>>, id: i64, answer: String) -> impl IntoView {
    view! {
        <label class="written">
            <span class="sr-only">"Your answer"</span>
            <input
                type="text"
                id=text_id(id)
                name=sheet::field(id)
                value=answer
                dir="auto"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                maxlength=ANSWER_MAX.to_string()
                placeholder="Your answer"
                readonly=move || checked.with(Option::is_some)
                on:input:target=move |event| desk.write(id, event.target().value())
            />
        </label>
    }
}
