//! One question of a key, as it is and as it is changed.

use super::{
    model::words,
    result_detail::Passage,
    server_fns::{AcceptAnswer, ChangeQuestion, DropQuestion},
};
use crate::ui::{
    button::{SubmitButton, Tone},
    dialog::Dialog,
    refused_form::RefusedForm,
    text_area::NamedTextArea,
};
use domain::quizzes::{AnswerClaim, KeyedQuestion, QuestionType, QuizKey};
use leptos::{ev::MouseEvent, form::ActionForm, html::Select, prelude::*};

/// The key, and what can be done with its questions.
#[derive(Clone, Copy)]
pub struct Changes {
    /// The key as it is now.
    pub key: RwSignal<QuizKey>,
    /// Its version.
    pub version: Memo<u32>,
    /// Changes or adds one.
    pub change: ServerAction<ChangeQuestion>,
    /// Drops one.
    pub remove: ServerAction<DropQuestion>,
    /// Accepts an answer.
    pub accept: ServerAction<AcceptAnswer>,
    /// Whether it is asked before a question is dropped.
    asking: RwSignal<bool>,
    /// Which one then.
    dropped: RwSignal<Option<i64>>,
}

impl Changes {
    /// For a key.
    #[must_use]
    pub fn of(key: RwSignal<QuizKey>) -> Self {
        Self {
            key,
            version: Memo::new(move |_| key.with(|key| key.version)),
            change: ServerAction::new(),
            remove: ServerAction::new(),
            accept: ServerAction::new(),
            asking: RwSignal::new(false),
            dropped: RwSignal::new(None),
        }
    }

    fn question(self, id: i64) -> Option<(usize, KeyedQuestion)> {
        let numbered = |key: &QuizKey| (1..).zip(&key.questions).find(|(_, one)| one.question.id == id).map(cloned);
        self.key.with(numbered)
    }
}

fn cloned((number, one): (usize, &KeyedQuestion)) -> (usize, KeyedQuestion) {
    (number, one.clone())
}

/// The version of the key that a form changes.
#[component]
pub fn Version(
    /// The key.
    changes: Changes,
) -> impl IntoView {
    let version = changes.version;
    view! {
        <input
            type="hidden"
            name="version"
            value=version.get_untracked().to_string()
            prop:value=move || version.get().to_string()
        />
    }
}

/// A question with its answer.
#[component]
pub fn KeyedItem(
    /// The quiz.
    id: i64,
    /// The question.
    question_id: i64,
    /// What can be done with it.
    changes: Changes,
) -> impl IntoView {
    let question = Memo::new(move |_| changes.question(question_id));
    let number = move || question.with(|question| question.as_ref().map_or(0, |(number, _)| *number));
    let one = question.get_untracked().map(|(_, one)| one);
    let ask = move |event: MouseEvent| {
        event.prevent_default();
        changes.dropped.set(Some(question_id));
        changes.asking.set(true);
    };
    view! {
        <li id=format!("question-{question_id}") class="key-item">
            // It goes a moment after its question.
            {move || question.get().map(|(number, one)| view! { <Facts id number one changes /> })}
            <div class="form-actions">
                <details class="key-edit" open=refused_question(Some(question_id)).is_some()>
                    <summary class="button button-quiet">
                        "Edit" <span class="sr-only">" question " {number}</span>
                    </summary>
                    <QuestionEditor id one changes />
                </details>
                <ActionForm action=changes.remove>
                    <input type="hidden" name="id" value=id.to_string() />
                    <Version changes />
                    <input type="hidden" name="question_id" value=question_id.to_string() />
                    <button type="submit" class="button button-quiet" on:click=ask>
                        "Drop question "
                        {number}
                        " and regrade all results"
                    </button>
                </ActionForm>
            </div>
        </li>
    }
}

/// Asks before a question is dropped.
#[component]
pub fn DropDialog(
    /// The quiz.
    id: i64,
    /// What can be done with its questions.
    changes: Changes,
) -> impl IntoView {
    let Changes { dropped, asking, remove, .. } = changes;
    Effect::new(move || {
        if remove.version().get() > 0 {
            asking.set(false);
        }
    });
    let asked = move || dropped.get().and_then(|question_id| changes.question(question_id));
    let question = Memo::new(move |_| asked().map(|(_, one)| one.question.question));
    view! {
        <Dialog
            open=asking
            title="Drop this question?"
            action=move || {
                view! {
                    <ActionForm action=remove>
                        <input type="hidden" name="id" value=id.to_string() />
                        <Version changes />
                        <input
                            type="hidden"
                            name="question_id"
                            prop:value=move || dropped.get().map(|question_id| question_id.to_string())
                        />
                        <SubmitButton tone=Tone::Loss busy=remove.pending()>
                            "Drop question and regrade all results"
                        </SubmitButton>
                    </ActionForm>
                }
            }
        >
            <p class="dialog-name" dir="auto">
                {question}
            </p>
            <p>"Everybody who has submitted the quiz gets another score at once, and it leaves their review."</p>
        </Dialog>
    }
}

/// What is asked, and what is right.
#[component]
fn Facts(id: i64, number: usize, one: KeyedQuestion, changes: Changes) -> impl IntoView {
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
        <h3 class="detail-question">
            <span class="question-number">{format!("Question {number} · {}", words::kind(one.question.kind))}</span>
            <span dir="auto">{one.question.question}</span>
        </h3>
        {(!is_short).then(|| view! { <ul class="key-options">{options.into_iter().map(option).collect_view()}</ul> })}
        {written}
        {one.citation.map(|citation| view! { <Passage citation mine=true /> })}
        {one.claims.into_iter().map(claim).collect_view()}
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

/// The form of this question, or of a new one, if it is what was refused.
#[must_use]
pub fn refused_question(question_id: Option<i64>) -> Option<RefusedForm> {
    let question_id = question_id.map(|id| id.to_string());
    RefusedForm::of::<ChangeQuestion>().filter(|form| form.value("form[question_id]") == question_id)
}

/// The form of a question, or of a new one.
#[component]
pub fn QuestionEditor(
    /// The quiz.
    id: i64,
    /// The question as it is.
    one: Option<KeyedQuestion>,
    /// Sends it.
    changes: Changes,
) -> impl IntoView {
    let name = one.as_ref().map_or_else(|| "new".to_owned(), |one| one.question.id.to_string());
    let question_id = one.as_ref().map(|one| one.question.id);
    let refused = refused_question(question_id);
    let written = |field: &str| refused.as_ref().and_then(|form| form.value(field));
    let all = [QuestionType::MultipleChoice, QuestionType::TrueFalse, QuestionType::ShortAnswer];
    let kind_of = move |value: String| all.into_iter().find(|one| words::kind_value(*one) == value);
    let kind = one.as_ref().map_or(QuestionType::MultipleChoice, |one| one.question.kind);
    let kind = written("form[type]").and_then(kind_of).unwrap_or(kind);
    let kinds = RwSignal::new(kind);
    let scripted = RwSignal::new(false);
    let select = NodeRef::<Select>::new();
    let choose = move |value: String| {
        if let Some(chosen) = kind_of(value) {
            kinds.set(chosen);
        }
    };
    Effect::new(move || {
        scripted.set(true);
        if let Some(select) = select.get() {
            choose(select.value());
        }
    });
    let field = move |what: &str| format!("{what}-of-{name}");
    let (question, options, correct) = one.as_ref().map_or_else(Default::default, |one| {
        let options = if one.question.kind == QuestionType::MultipleChoice {
            one.question.options.join("\n")
        } else {
            String::new()
        };
        (one.question.question.clone(), options, one.correct_answer.clone())
    });
    let question = written("form[question]").unwrap_or(question);
    let options = written("form[options]").unwrap_or(options);
    let correct = written("form[correct_answer]").unwrap_or(correct);
    let also = StoredValue::new(written("form[accepted_answers]"));
    // An answer of somebody's may be accepted while the form is open.
    let accepted = Memo::new(move |_| {
        let now = question_id.and_then(|id| changes.question(id));
        now.map(|(_, one)| one.accepted_answers.join("\n")).unwrap_or_default()
    });
    let accepted_id = StoredValue::new(field("accepted"));
    let kind_option = move |one: QuestionType| {
        view! {
            <option value=words::kind_value(one) selected=one == kind>
                {words::kind(one)}
            </option>
        }
    };
    let is_hidden = move |kind| move || scripted.get() && kinds.get() != kind;
    let (kind_id, correct_id) = (field("kind"), field("correct"));
    let correct_hint = format!("{correct_id}-hint");
    view! {
        <ActionForm action=changes.change>
            <input type="hidden" name="id" value=id.to_string() />
            <Version changes />
            {question_id.map(|id| view! { <input type="hidden" name="form[question_id]" value=id.to_string() /> })}
            <div class="field">
                <label for=kind_id.clone()>"Type"</label>
                <select
                    node_ref=select
                    id=kind_id
                    name="form[type]"
                    autocomplete="off"
                    on:change:target=move |event| choose(event.target().value())
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
                <For each=move || [accepted.get()] key=Clone::clone let:accepted>
                    <NamedTextArea
                        id=accepted_id.get_value()
                        label="Also right, one on each line (optional)"
                        name="form[accepted_answers]"
                        value=also.get_value().unwrap_or(accepted)
                        rows=2
                    />
                </For>
            </div>
            <SubmitButton tone=Tone::Quiet busy=changes.change.pending()>
                "Save question"
            </SubmitButton>
        </ActionForm>
    }
}
