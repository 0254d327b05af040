//! One question of a key, as it is and as it is changed.

use super::{
    model::words,
    result_detail::Passage,
    server_fns::{AcceptAnswer, ChangeQuestion, DropQuestion},
};
use crate::ui::{
    button::{SubmitButton, Tone},
    text_area::NamedTextArea,
};
use domain::quizzes::{AnswerClaim, KeyedQuestion, QuestionType};
use leptos::{form::ActionForm, prelude::*};

/// What can be done with questions.
#[derive(Clone, Copy)]
pub struct Changes {
    /// Changes or adds one.
    pub change: ServerAction<ChangeQuestion>,
    /// Drops one.
    pub remove: ServerAction<DropQuestion>,
    /// Accepts an answer.
    pub accept: ServerAction<AcceptAnswer>,
}

/// A question with its answer.
#[component]
pub fn KeyedItem(
    /// The quiz.
    id: i64,
    /// The key's version.
    version: u32,
    /// Its number.
    number: usize,
    /// The question.
    one: KeyedQuestion,
    /// What can be done with it.
    changes: Changes,
) -> impl IntoView {
    let question_id = one.question.id;
    let options = words::options(one.question.kind, &one.question.options);
    let correct = one.correct_answer.clone();
    let option = move |option: String| {
        let is_right = option == correct;
        view! {
            <li data-right=is_right.then_some("")>
                <span dir="auto">{words::option(&option).to_owned()}</span>
                {is_right.then(|| view! { <span class="badge">"Right"</span> })}
            </li>
        }
    };
    let is_short = one.question.kind == QuestionType::ShortAnswer;
    let written = is_short.then(|| {
        let all = std::iter::once(one.correct_answer.clone()).chain(one.accepted_answers.iter().cloned());
        view! {
            <p class="key-answer" dir="auto">
                "Answer: "
                {all.collect::<Vec<_>>().join(" · ")}
            </p>
        }
    });
    let claim = move |claim: AnswerClaim| view! { <Claim id question_id claim changes /> };
    view! {
        <li id=format!("question-{question_id}") class="key-item">
            <h3 class="detail-question">
                <span class="question-number">
                    {format!("Question {number} · {}", words::kind(one.question.kind))}
                </span>
                <span dir="auto">{one.question.question.clone()}</span>
            </h3>
            {(!is_short)
                .then(|| view! { <ul class="key-options">{options.into_iter().map(option).collect_view()}</ul> })}
            {written}
            {one.citation.clone().map(|citation| view! { <Passage citation mine=true /> })}
            {one.claims.clone().into_iter().map(claim).collect_view()}
            <div class="form-actions">
                <details class="key-edit">
                    <summary class="button button-quiet">
                        "Edit" <span class="sr-only">{format!(" question {number}")}</span>
                    </summary>
                    <QuestionEditor id version one=Some(one) changes />
                </details>
                <ActionForm action=changes.remove>
                    <input type="hidden" name="id" value=id.to_string() />
                    <input type="hidden" name="version" value=version.to_string() />
                    <input type="hidden" name="question_id" value=question_id.to_string() />
                    <button type="submit" class="button button-quiet">
                        "Drop"
                        <span class="sr-only">{format!(" question {number}")}</span>
                    </button>
                </ActionForm>
            </div>
        </li>
    }
}

/// An answer that people take for right.
#[component]
fn Claim(id: i64, question_id: i64, claim: AnswerClaim, changes: Changes) -> impl IntoView {
    let people = if claim.people == 1 { "1 person says".to_owned() } else { format!("{} people say", claim.people) };
    let label = format!("Accept “{}”", claim.answer);
    view! {
        <div class="claim">
            <p>{people} " that “" <bdi>{claim.answer.clone()}</bdi> "” is right."</p>
            <ActionForm action=changes.accept>
                <input type="hidden" name="id" value=id.to_string() />
                <input type="hidden" name="question_id" value=question_id.to_string() />
                <input type="hidden" name="answer" value=claim.answer />
                <button type="submit" class="button button-quiet" aria-label=label>
                    "Accept"
                </button>
            </ActionForm>
        </div>
    }
}

/// The form of a question, or of a new one.
#[component]
pub fn QuestionEditor(
    /// The quiz.
    id: i64,
    /// The key's version.
    version: u32,
    /// The question as it is.
    one: Option<KeyedQuestion>,
    /// Sends it.
    changes: Changes,
) -> impl IntoView {
    let name = one.as_ref().map_or_else(|| "new".to_owned(), |one| one.question.id.to_string());
    let kind = one.as_ref().map_or(QuestionType::MultipleChoice, |one| one.question.kind);
    let kinds = RwSignal::new(kind);
    let scripted = RwSignal::new(false);
    Effect::new(move || scripted.set(true));
    let field = move |what: &str| format!("{what}-of-{name}");
    let (question, options, correct, accepted) = one.as_ref().map_or_else(Default::default, |one| {
        let options = if one.question.kind == QuestionType::MultipleChoice {
            one.question.options.join("\n")
        } else {
            String::new()
        };
        (one.question.question.clone(), options, one.correct_answer.clone(), one.accepted_answers.join("\n"))
    });
    let question_id = one.as_ref().map(|one| one.question.id.to_string());
    let kind_option = move |one: QuestionType| {
        view! {
            <option value=words::kind_value(one) selected=one == kind>
                {words::kind(one)}
            </option>
        }
    };
    let all = [QuestionType::MultipleChoice, QuestionType::TrueFalse, QuestionType::ShortAnswer];
    let is_hidden = move |kind| move || scripted.get() && kinds.get() != kind;
    let (kind_id, correct_id) = (field("kind"), field("correct"));
    let correct_hint = format!("{correct_id}-hint");
    view! {
        <ActionForm action=changes.change>
            <input type="hidden" name="id" value=id.to_string() />
            <input type="hidden" name="version" value=version.to_string() />
            {question_id.map(|id| view! { <input type="hidden" name="form[question_id]" value=id /> })}
            <div class="field">
                <label for=kind_id.clone()>"Type"</label>
                <select
                    id=kind_id
                    name="form[type]"
                    autocomplete="off"
                    on:change:target=move |event| {
                        let value = event.target().value();
                        if let Some(chosen) = all.into_iter().find(|one| words::kind_value(*one) == value) {
                            kinds.set(chosen);
                        }
                    }
                >
                    {all.into_iter().map(kind_option).collect_view()}
                </select>
            </div>
            <NamedTextArea id=field("question") label="Question" name="form[question]" value=question rows=2 />
            <div hidden=is_hidden(QuestionType::MultipleChoice)>
                <NamedTextArea
                    id=field("options")
                    label="Options, one on each line (2 to 8)"
                    name="form[options]"
                    value=options
                    rows=4
                />
            </div>
            <div class="field">
                <label for=correct_id.clone()>"Right answer"</label>
                <input
                    id=correct_id
                    name="form[correct_answer]"
                    type="text"
                    dir="auto"
                    autocomplete="off"
                    required
                    value=correct
                    aria-describedby=correct_hint.clone()
                />
                <p id=correct_hint class="field-hint">
                    {move || match kinds.get() {
                        QuestionType::MultipleChoice => "Letter for letter one of the options.",
                        QuestionType::TrueFalse => "true or false",
                        QuestionType::ShortAnswer => "What is to be written.",
                    }}
                </p>
            </div>
            <div hidden=is_hidden(QuestionType::ShortAnswer)>
                <NamedTextArea
                    id=field("accepted")
                    label="Also right, one on each line (optional)"
                    name="form[accepted_answers]"
                    value=accepted
                    rows=2
                />
            </div>
            <SubmitButton tone=Tone::Quiet busy=changes.change.pending()>
                "Save question"
            </SubmitButton>
        </ActionForm>
    }
}
