//! A quiz that was shared, in a message.

use super::{model::words, paths};
use crate::ui::icon::{Icon, Pictogram};
use domain::quizzes::QuizCard;
use leptos::prelude::*;

/// What it is about, and the ways to it.
#[component]
pub fn SharedQuiz(
    /// The quiz.
    card: QuizCard,
) -> impl IntoView {
    let id = card.quiz_id;
    if card.deleted {
        return view! { <p class="quiet">"This quiz was deleted."</p> }.into_any();
    }
    view! {
        <div class="quiz-card">
            <p class="quiz-card-title">
                <Pictogram icon=Icon::ListChecks />
                <span dir="auto">{card.title}</span>
            </p>
            <p class="quiet">{words::questions(card.total_questions)}</p>
            <div class="form-actions">
                <a class="button button-primary" href=paths::take(id)>
                    "Take the quiz"
                </a>
                <a class="button button-quiet" href=paths::results(id)>
                    "Results"
                </a>
            </div>
        </div>
    }
    .into_any()
}
