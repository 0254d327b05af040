//! What came of an answer, and how well it was remembered.

use super::{
    model::{Answered, Outcome, RATINGS},
    server_fns::RateQuestion,
};
use crate::{
    browser,
    quizzes::{
        keys,
        result_detail::{AnswerPair, Passage},
    },
    ui::{
        button::{Button, Tone},
        form::{FormFailure, failure_of},
        icon::{Icon, Pictogram},
        time::Moment,
    },
};
use domain::{quizzes::AnswerDetail, review::Rating};
use leptos::{ev::KeyboardEvent, form::ActionForm, prelude::*, wasm_bindgen::JsCast, web_sys::HtmlElement};

/// After an answer: whether it was right, what is right, where that stands, and when it comes up again. Stands on the
/// page before the answer, too: what is put into it then is read aloud.
#[component]
pub fn Feedback(
    /// What came of it; none before the answer.
    answered: Memo<Option<Answered>>,
    /// What was answered.
    given: StoredValue<String>,
    /// Goes on.
    next: Callback<()>,
) -> impl IntoView {
    let grade = move |Answered { reviewed, .. }: Answered| {
        view! {
            <Grade outcome=Outcome::of(&reviewed) />
            <Answers given=given.get_value() correct=reviewed.correct_answer />
        }
    };
    view! {
        <div class="feedback">
            <div role="status">{move || answered.get().map(grade)}</div>
            {move || answered.get().map(|answered| view! { <Remembered answered next /> })}
        </div>
    }
}

/// Where the answer stands, and how well it was remembered.
#[component]
fn Remembered(answered: Answered, next: Callback<()>) -> impl IntoView {
    let Answered { reviewed, is_mine } = answered;
    let (id, suggested) = (reviewed.question_id, reviewed.rating);
    let rate = ServerAction::<RateQuestion>::new();
    Effect::new(move || {
        if rate.value().with(|value| matches!(value, Some(Ok(_)))) {
            next.run(());
        }
    });
    let choose = move |rating: Rating| {
        if rate.pending().get_untracked() {
            return;
        }
        if rating == suggested {
            next.run(());
        } else {
            rate.dispatch(RateQuestion { question_id: id, rating });
        }
    };
    let on_key = move |event: KeyboardEvent| {
        if let Some((rating, ..)) = keys::place(&event).and_then(|place| RATINGS.get(place)) {
            event.prevent_default();
            choose(*rating);
        }
    };
    focus_suggested();
    let button = move |(rating, value, name): (Rating, &'static str, &'static str)| {
        let is_suggested = rating == suggested;
        view! {
            <button
                type="button"
                id=is_suggested.then_some("suggested-rating")
                class=if is_suggested { "button button-primary" } else { "button button-quiet" }
                data-rating=value
                on:click=move |_| choose(rating)
            >
                {name}
                {is_suggested.then(|| view! { <span class="sr-only">" (suggested)"</span> })}
            </button>
        }
    };
    view! {
        <div class="feedback-rating" on:keydown=on_key>
            {reviewed.citation.map(|citation| view! { <Passage citation mine=is_mine /> })}
            <FormFailure failure=failure_of(rate) />
            <fieldset class="ratings">
                <legend>"How well did you remember it?"</legend>
                <div class="form-actions">{RATINGS.into_iter().map(button).collect_view()}</div>
            </fieldset>
            <p class="quiet">"It comes up again on " <Moment at=reviewed.due_at /> "."</p>
            <Button tone=Tone::Quiet on_press=next>
                "Next question"
            </Button>
        </div>
    }
}

fn focus_suggested() {
    Effect::new(|| {
        browser::before_paint(|| {
            let button = browser::element("suggested-rating").and_then(|one| one.dyn_into::<HtmlElement>().ok());
            if let Some(button) = button {
                let _ = button.focus();
            }
        });
    });
}

#[component]
fn Grade(outcome: Outcome) -> impl IntoView {
    let icon = if outcome == Outcome::Right { Icon::Check } else { Icon::X };
    view! {
        <p class=outcome.class()>
            <Pictogram icon />
            {outcome.words()}
        </p>
    }
}

#[component]
fn Answers(given: String, correct: String) -> impl IntoView {
    let told = Some(given).filter(|given| !given.is_empty() && *given != correct);
    view! { <AnswerPair told correct /> }
}

/// The same after a plain form: from the last result of the question's quiz.
#[component]
pub fn PlainFeedback(
    /// How it was graded.
    outcome: Outcome,
    /// The question with its answer.
    detail: AnswerDetail,
) -> impl IntoView {
    let rate = ServerAction::<RateQuestion>::new();
    let id = detail.question_id;
    let button = move |(_, value, name): (Rating, &'static str, &'static str)| {
        view! {
            <button type="submit" name="rating" value=value class="button button-quiet">
                {name}
            </button>
        }
    };
    view! {
        <section class="feedback feedback-plain" aria-label="Your last answer">
            <Grade outcome />
            <p dir="auto">{detail.question}</p>
            <AnswerPair told=None correct=detail.correct_answer />
            {detail.citation.map(|citation| view! { <Passage citation mine=false /> })}
            <ActionForm action=rate>
                <FormFailure failure=failure_of(rate) />
                <input type="hidden" name="question_id" value=id.to_string() />
                <fieldset class="ratings">
                    <legend>"How well did you remember it? Go on below if the answer says it."</legend>
                    <div class="form-actions">{RATINGS.into_iter().map(button).collect_view()}</div>
                </fieldset>
            </ActionForm>
        </section>
    }
}
