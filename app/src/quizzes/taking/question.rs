//! A question with room for its answer.

use super::{
    Walk,
    desk::{Desk, option_id, text_id},
};
use crate::quizzes::model::{sheet, words};
use domain::quizzes::{ANSWER_MAX, Question, QuestionType};
use leptos::prelude::*;

/// One question.
#[component]
pub fn QuestionField(
    /// Where the answer goes.
    desk: Desk,
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
) -> impl IntoView {
    let id = question.id;
    let is_short = question.kind == QuestionType::ShortAnswer;
    let answers = if is_short {
        view! { <Written desk id answer /> }.into_any()
    } else {
        let options = words::options(question.kind, &question.options);
        view! { <Options desk id options answer /> }.into_any()
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
        </fieldset>
    }
}

#[component]
fn Options(desk: Desk, id: i64, options: Vec<String>, answer: String) -> impl IntoView {
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
fn Written(desk: Desk, id: i64, answer: String) -> impl IntoView {
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
                on:input:target=move |event| desk.write(id, event.target().value())
            />
        </label>
    }
}
