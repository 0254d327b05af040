//! The sheet that is filled in: a plain form for a browser without scripts; with scripts every answer is kept at once.

pub mod checks;
pub mod desk;
mod fields;
pub mod finish;
pub mod question;
pub mod saving;
pub mod timer;

use super::{
    keys,
    model::sheet,
    paths::{self, Showing},
    server_fns::{CheckAnswer, SaveAnswers, SubmitQuiz},
};
use crate::{
    browser,
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
use leptos::{
    ev::{KeyboardEvent, SubmitEvent},
    prelude::*,
    server_fn::ServerFn,
    wasm_bindgen::JsCast,
    web_sys::{Element, HtmlInputElement},
};
use question::QuestionField;
use saving::Saving;
use timer::Timer;

/// Whether questions are shown one at a time, as this browser remembers it.
const ONE_AT_A_TIME: &str = "lyceum.quiz.one_at_a_time";

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
    let walk = Walk::new(shown.iter().map(|(_, question)| question.id).collect());
    let desk = Desk::new(&quiz, sheet, &me);
    let checks = Checks::new(desk, showing.after_each);
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
                    on:submit=on_submit
                    on:keydown=move |event| on_key(desk, checks, walk, &event)
                >
                    <PlainEnter checks />
                    <input type="hidden" name="id" value=id.to_string() />
                    <PlainShowing showing />
                    <FormFailure failure=failure_of(submit) />
                    <FormFailure failure=failure_of(check) />
                    <FormFailure failure=failure_of(save) />
                    <FeedbackChoice checks />
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

/// Which question one is at, where they come one at a time.
#[derive(Clone, Copy)]
pub struct Walk {
    ids: StoredValue<Vec<i64>>,
    one: RwSignal<bool>,
    current: RwSignal<usize>,
}

impl Walk {
    fn new(ids: Vec<i64>) -> Self {
        let walk = Self { ids: StoredValue::new(ids), one: RwSignal::new(false), current: RwSignal::new(0) };
        Effect::new(move || {
            if browser::kept(ONE_AT_A_TIME).is_some() {
                walk.one.set(true);
            }
        });
        walk
    }

    fn count(self) -> usize {
        self.ids.with_value(Vec::len)
    }

    fn is_hidden(self, place: usize) -> bool {
        self.one.get() && self.current.get() != place
    }

    /// Goes to a question; past the last one, to the button that submits.
    fn go(self, place: usize) {
        let id = self.ids.with_value(|ids| ids.get(place).copied());
        if id.is_some() {
            self.current.set(place);
        }
        let wanted = id.map_or_else(|| "submit-quiz".to_owned(), |id| format!("question-{id}"));
        browser::before_paint(move || {
            let Some(element) = browser::element(&wanted) else { return };
            let field = |selector| element.query_selector(selector).ok().flatten();
            let inside = field("input:checked:enabled").or_else(|| field("input:enabled"));
            focus(inside.unwrap_or(element));
        });
    }

    fn switch(self) {
        self.one.update(|one| *one = !*one);
        if self.one.get_untracked() {
            browser::keep(ONE_AT_A_TIME, "1");
        } else {
            browser::forget(ONE_AT_A_TIME);
        }
    }
}

fn focus(element: Element) {
    if let Ok(element) = element.dyn_into::<leptos::web_sys::HtmlElement>() {
        let _ = element.focus();
    }
}

/// 1 to 8 choose an option, Enter checks and goes on; arrows go between questions where they do not choose.
fn on_key(desk: Desk, checks: Checks, walk: Walk, event: &KeyboardEvent) {
    if !keys::is_plain(event) {
        return;
    }
    let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
    let tag = target.tag_name();
    if ["BUTTON", "A", "SELECT", "SUMMARY"].contains(&tag.as_str()) || is_in_dialog(&target) {
        return;
    }
    let kind = target.dyn_ref::<HtmlInputElement>().map(HtmlInputElement::type_).unwrap_or_default();
    // Where one is shown, it is meant, wherever the focus still is.
    let shown = walk.current.get_untracked();
    let place = if walk.one.get_untracked() { shown } else { place_of(&target).unwrap_or(shown) };
    let id = walk.ids.with_value(|ids| ids.get(place).copied());
    match event.key().as_str() {
        "Enter" => {
            event.prevent_default();
            if !id.is_some_and(|id| checks.check_next(id)) {
                walk.go(place + 1);
            }
        }
        "ArrowRight" if kind.is_empty() => walk.go(place + 1),
        "ArrowLeft" if kind.is_empty() => walk.go(place.saturating_sub(1)),
        _ if kind != "text" => {
            if let (Some(option), Some(id)) = (keys::place(event), id)
                && desk.choose(id, option)
            {
                event.prevent_default();
                walk.current.set(place);
            }
        }
        _ => {}
    }
}

fn is_in_dialog(target: &Element) -> bool {
    matches!(target.closest("dialog"), Ok(Some(_)))
}

/// The place of the question around an element.
fn place_of(target: &Element) -> Option<usize> {
    target.closest("[data-place]").ok().flatten()?.get_attribute("data-place")?.parse().ok()
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
                    {move || if walk.one.get() { "Show all at once" } else { "One at a time" }}
                </button>
                <Timer kept_as=desk.timer_kept_as() />
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
        <label class="quiz-choice with-script">
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

/// Back and forth, where questions come one at a time.
#[component]
fn Steps(walk: Walk) -> impl IntoView {
    let count = walk.count();
    move || {
        walk.one.get().then(|| {
            let current = walk.current.get();
            let is_last = current + 1 == count;
            view! {
                <nav class="quiz-steps" aria-label="Questions">
                    <button
                        type="button"
                        class="button button-quiet"
                        disabled=current == 0
                        on:click=move |_| walk.go(current.saturating_sub(1))
                    >
                        "Previous"
                    </button>
                    <span>{format!("{} of {count}", current + 1)}</span>
                    <button
                        type="button"
                        class="button button-quiet"
                        disabled=is_last
                        on:click=move |_| walk.go(current + 1)
                    >
                        "Next"
                    </button>
                </nav>
            }
        })
    }
}
