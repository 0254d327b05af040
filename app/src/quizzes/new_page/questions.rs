//! How many questions, of which forms, how difficult, and their title.

use super::errors::{FieldError, described_by, is_wrong};
use crate::{
    error::Failure,
    quizzes::{model::words, server_fns::MakeQuiz},
    ui::{
        form::field_error,
        refused_form::{chosen, written},
    },
};
use domain::quizzes::{Difficulty, QUESTIONS_DEFAULT, QUESTIONS_MAX};
use leptos::prelude::*;

/// What is wanted of the questions.
#[component]
pub(super) fn Questions(failure: Signal<Option<Failure>>) -> impl IntoView {
    let form = |(_, value, name, hint): (_, &'static str, &'static str, &'static str)| {
        let is_chosen = chosen::<MakeQuiz>("form[types][]", value, true);
        view! {
            <label class="choice">
                <input type="checkbox" name="form[types][]" value=value checked=is_chosen />
                <span>
                    <span>{name}</span>
                    <span class="quiet">{hint}</span>
                </span>
            </label>
        }
    };
    let difficulty = |(one, value, name, hint): (Difficulty, &'static str, &'static str, &'static str)| {
        let is_chosen = chosen::<MakeQuiz>("form[difficulty]", value, one == Difficulty::default());
        view! {
            <label class="choice">
                <input type="radio" name="form[difficulty]" value=value checked=is_chosen />
                <span>
                    <span>{name}</span>
                    <span class="quiet">{hint}</span>
                </span>
            </label>
        }
    };
    let count = written::<MakeQuiz>("form[question_count]", QUESTIONS_DEFAULT.to_string());
    let title = written::<MakeQuiz>("form[title]", "");
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
                value=count
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
                value=title
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
