//! The sheet that is filled in: a plain form for a browser without scripts; with scripts every answer is kept at once.

pub mod checks;
pub mod desk;
mod fields;
pub mod finish;
mod keyboard;
pub mod question;
pub mod saving;
pub mod timer;
pub mod walk;

use super::{
    model::sheet,
    paths::{self, Showing},
    server_fns::{CheckAnswer, SaveAnswers, SubmitQuiz},
};
use crate::{
    documents::passage_panel::{PassagePanel, open_beside},
    ui::{
        form::{FormFailure, failure_of},
        refused_form::RefusedForm,
    },
};
use checks::Checks;
use desk::Desk;
use domain::{
    id::Sub,
    quizzes::{AnswerSheet, Question, Quiz},
};
use finish::Finish;
use leptos::{ev::SubmitEvent, prelude::*, server_fn::ServerFn};
use question::QuestionField;
use saving::Saving;
use timer::Timer;
use walk::{Steps, Walk};

/// A quiz as it is taken.
#[component]
pub fn Taking(
    /// The quiz.
    quiz: Quiz,
    /// How far it is filled in.
    sheet: AnswerSheet,
    /// Who takes it.
    me: Sub,
    /// Those that were right the last time: they are left out where they are answered.
    right: Vec<i64>,
    /// How it is asked for.
    showing: Showing,
) -> impl IntoView {
    let (id, mine) = (quiz.quiz_id, quiz.mine);
    let saved = sheet.answers.clone();
    let has_begun = !sheet.checked.is_empty();
    let is_open = |question: &Question| !(right.contains(&question.id) && saved.contains_key(&question.id));
    let some_open = quiz.quiz.iter().any(is_open);
    let numbered = quiz.quiz.iter().cloned().enumerate();
    let shown: Vec<(usize, Question)> = numbered.filter(|(_, question)| !some_open || is_open(question)).collect();
    let left_out = quiz.quiz.len() - shown.len();
    let walk = Walk::new(shown.iter().map(|(_, question)| question.id).collect(), walk::kept_as(&me, id));
    let desk = Desk::new(&quiz, sheet, &me);
    let checks = Checks::new(desk, showing.after_each);
    keyboard::answer_keys(desk, checks, walk);
    let submit = ServerAction::<SubmitQuiz>::new();
    let asking = RwSignal::new(false);
    let hand_in = Callback::new(move |()| {
        let answers = desk.sheet.with_untracked(|sheet| sheet::to_fields(sheet.answers()));
        submit.dispatch(SubmitQuiz { id, answers, attempt: Some(desk.attempt()) });
    });
    let send = Callback::new(move |()| {
        asking.set(false);
        desk.stop(hand_in);
    });
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        if desk.is_stopped() {
            return;
        }
        desk.read_page();
        if desk.open_count() > 0 { asking.set(true) } else { send.run(()) }
    };
    let field = move |(place, (number, question)): (usize, (usize, Question))| {
        let answer = refused_answer(question.id).or_else(|| saved.get(&question.id).cloned()).unwrap_or_default();
        view! { <QuestionField desk checks walk place number=number + 1 question answer mine /> }
    };
    let (check, save) = (ServerAction::<CheckAnswer>::new(), ServerAction::<SaveAnswers>::new());
    let cited = RwSignal::new(None);
    view! {
        <div class="with-passage">
            <section aria-label="The quiz" on:click=move |event| open_beside(&event, cited)>
                <form
                    class="quiz-form"
                    method="post"
                    autocomplete="off"
                    action=SubmitQuiz::url()
                    data-keeps-text=""
                    on:submit=on_submit
                    on:focusin=move |event| walk.notice(event.target())
                >
                    <PlainEnter checks />
                    <input type="hidden" name="id" value=id.to_string() />
                    <PlainShowing showing />
                    <FormFailure failure=failure_of(submit) />
                    <FormFailure failure=failure_of(check) />
                    <FormFailure failure=failure_of(save) />
                    {(!has_begun).then(|| view! { <PlainChoice id showing /> })}
                    <Bar desk checks walk />
                    {(left_out > 0)
                        .then(|| {
                            view! {
                                <p class="quiet">
                                    {format!("{left_out} that you had right are answered already and left out here.")}
                                </p>
                            }
                        })}
                    <div class="questions">{shown.into_iter().enumerate().map(field).collect_view()}</div>
                    <Steps walk />
                    <Finish desk submit asking send />
                </form>
            </section>
            <PassagePanel place=cited />
        </div>
    }
}

/// What stood in a question's field when the form was refused.
fn refused_answer(id: i64) -> Option<String> {
    let refused = RefusedForm::of::<SubmitQuiz>().or_else(RefusedForm::of::<CheckAnswer>);
    refused.or_else(RefusedForm::of::<SaveAnswers>)?.value(&sheet::field(id))
}

/// What Enter in a field presses, without a script: the first button of a form. None that checks an answer, then.
#[component]
fn PlainEnter(checks: Checks) -> impl IntoView {
    move || {
        let button = || view! { <button type="submit" formaction=SaveAnswers::url() hidden></button> };
        checks.after_each.get().then(button)
    }
}

/// Has a browser without scripts come back to the questions that it has now.
#[component]
fn PlainShowing(showing: Showing) -> impl IntoView {
    let Showing { only_open, after_each } = showing;
    let field = |name: &'static str| view! { <input type="hidden" name=name value="true" /> };
    view! {
        {only_open.then(|| field("showing[only_open]"))}
        {after_each.then(|| field("showing[after_each]"))}
    }
}

/// When feedback comes, for a browser without scripts.
#[component]
fn PlainChoice(id: i64, showing: Showing) -> impl IntoView {
    let words = match showing.after_each {
        true => "Give feedback at the end",
        false => "Give feedback after each question",
    };
    let href = paths::take_showing(id, Showing { after_each: !showing.after_each, ..showing });
    view! {
        <p class="without-script">
            <a href=href>{words}</a>
        </p>
    }
}

/// How far one is, whether it is kept, and how the questions come.
#[component]
fn Bar(desk: Desk, checks: Checks, walk: Walk) -> impl IntoView {
    let total = desk.total();
    let answered = Memo::new(move |_| desk.sheet.with(super::model::Sheet::answered));
    let words = move || format!("{} of {total} answered", answered.get());
    let is_waiting = move || desk.saving.with(|saving| matches!(saving, Saving::Waiting | Saving::Refused(_)));
    view! {
        <div class="quiz-bar">
            <div class="quiz-progress">
                <span>{words}</span>
                <progress
                    class="bar"
                    max=total.to_string()
                    value=move || answered.get().to_string()
                    aria-label="Answered questions"
                ></progress>
            </div>
            <p class="quiz-saved with-script" role="status" data-waiting=move || is_waiting().then_some("")>
                {move || desk.saving.with(Saving::words)}
            </p>
            <div class="quiz-ways with-script">
                <button type="button" class="button button-quiet" on:click=move |_| walk.switch()>
                    {move || if walk.is_one_at_a_time() { "Show all at once" } else { "One at a time" }}
                </button>
                <Timer kept_as=desk.timer_kept_as() />
                <FeedbackChoice checks />
            </div>
        </div>
        <p class="quiet with-script quiz-keys">
            "Keys: " <kbd>"1"</kbd> " to " <kbd>"4"</kbd> " choose, " <kbd>"Enter"</kbd>
            {move || if checks.after_each.get() { " checks and goes on." } else { " goes on." }}
        </p>
    }
}

/// When feedback comes.
#[component]
fn FeedbackChoice(checks: Checks) -> impl IntoView {
    let after_each = checks.after_each;
    let is_chosen = after_each.get_untracked();
    let chosen = move || if after_each.get() { "each" } else { "end" };
    view! {
        <label class="quiz-choice">
            "Feedback"
            <select
                autocomplete="off"
                prop:value=chosen
                on:change:target=move |event| checks.choose(event.target().value() == "each")
            >
                <option value="end">"at the end"</option>
                <option value="each" selected=is_chosen>
                    "after each question"
                </option>
            </select>
        </label>
    }
}
