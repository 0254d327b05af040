//! One question of a result.

use super::{
    model::words::{self, Grade},
    server_fns::ClaimAnswer,
};
use crate::{
    documents::{icons, paths as document_paths},
    review::server_fns::AddToReview,
    ui::icon::{Icon, Pictogram},
};
use domain::{
    citation::Citation,
    quizzes::{AnswerDetail, QuestionType},
};
use leptos::{form::ActionForm, prelude::*};

/// What was asked, what was answered, what is right, and where that stands.
#[component]
pub fn Detail(
    /// The quiz.
    id: i64,
    /// Whether the viewer made it.
    mine: bool,
    /// Its number.
    number: usize,
    /// The answer.
    detail: AnswerDetail,
    /// Says that one was right.
    claim: ServerAction<ClaimAnswer>,
    /// Adds it to the review.
    add: ServerAction<AddToReview>,
) -> impl IntoView {
    let grade = Grade::of(&detail);
    let question_id = detail.question_id;
    let claims = !detail.is_correct && !detail.claimed && detail.kind == QuestionType::ShortAnswer;
    let claims = claims && !detail.user_answer.trim().is_empty();
    let claimed = detail.claimed;
    let claim_label = if mine { "I was right: accept it" } else { "I was right" };
    view! {
        <li id=format!("answer-{question_id}") class="detail">
            <GradeLine grade />
            <h3 class="detail-question">
                <span class="question-number">{format!("Question {number}")}</span>
                <span dir="auto">{detail.question}</span>
            </h3>
            <Answers given=detail.user_answer correct=detail.correct_answer />
            {detail.citation.map(|citation| view! { <Passage citation mine /> })}
            {claimed
                .then(|| {
                    view! { <p class="quiet">"You said that you were right. The author has not decided yet."</p> }
                })}
            <div class="form-actions">
                {claims
                    .then(|| {
                        view! {
                            <ActionForm action=claim>
                                <input type="hidden" name="id" value=id.to_string() />
                                <input type="hidden" name="question_id" value=question_id.to_string() />
                                <button type="submit" class="button button-quiet">
                                    <Pictogram icon=icons::HAND />
                                    {claim_label}
                                </button>
                            </ActionForm>
                        }
                    })}
                {grade
                    .is_right()
                    .then(|| {
                        view! {
                            <ActionForm action=add>
                                <input type="hidden" name="question_id" value=question_id.to_string() />
                                <input type="hidden" name="quiz_id" value=id.to_string() />
                                <button
                                    type="submit"
                                    class="button button-quiet"
                                    aria-label=format!("Add question {number} to the review")
                                >
                                    <Pictogram icon=icons::ADD />
                                    "Add to review"
                                </button>
                            </ActionForm>
                        }
                    })}
            </div>
        </li>
    }
}

/// How an answer was graded.
#[component]
pub fn GradeLine(
    /// The grade.
    grade: Grade,
) -> impl IntoView {
    let icon = if grade.is_right() { Icon::Check } else { Icon::X };
    view! {
        <p class=grade.class()>
            <Pictogram icon />
            {grade.words()}
        </p>
    }
}

/// What was answered, unless it is word for word what is right, and what is right.
#[component]
pub fn Answers(
    /// What was answered.
    given: String,
    /// What is right.
    correct: String,
) -> impl IntoView {
    let told = (given != correct).then(|| if given.is_empty() { "–".to_owned() } else { given });
    view! { <AnswerPair told correct /> }
}

/// What was answered and what is right, one above the other.
#[component]
pub fn AnswerPair(
    /// What was answered; none where it is not told.
    told: Option<String>,
    /// What is right.
    correct: String,
) -> impl IntoView {
    let shown = |answer: String| words::option(&answer).to_owned();
    view! {
        <dl class="detail-answers">
            {told
                .map(|told| {
                    view! {
                        <div>
                            <dt>"Your answer"</dt>
                            <dd dir="auto">{shown(told)}</dd>
                        </div>
                    }
                })} <div>
                <dt>"Right answer"</dt>
                <dd dir="auto">{shown(correct)}</dd>
            </div>
        </dl>
    }
}

/// The words that answer a question, with the way to where they stand in a document of one's own.
#[component]
pub fn Passage(
    /// Where they stand.
    citation: Citation,
    /// Whether the document is the viewer's.
    mine: bool,
) -> impl IntoView {
    let page = match &citation {
        Citation::Document { page, .. } => Some(*page),
        _ => None,
    };
    let href = document_paths::cited(&citation).filter(|_| mine);
    let quote = citation.quote().to_owned();
    (!quote.is_empty()).then(|| {
        view! {
            <figure class="passage-quote">
                <blockquote dir="auto">{quote}</blockquote>
                {page
                    .map(|page| {
                        let words = format!("p. {page}");
                        view! {
                            <figcaption>
                                {match href {
                                    Some(href) => {
                                        view! {
                                            <a href=href>
                                                {words} <span class="sr-only">", read it in the document"</span>
                                            </a>
                                        }
                                            .into_any()
                                    }
                                    None => words.into_any(),
                                }}
                            </figcaption>
                        }
                    })}
            </figure>
        }
    })
}
