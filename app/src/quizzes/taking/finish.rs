//! Handing the sheet in.

use super::desk::Desk;
use crate::{
    quizzes::{paths, server_fns::SubmitQuiz},
    review::Due,
    ui::{
        button::{Button, Tone},
        dialog::Dialog,
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

/// The button that submits, and the question before it where something is not answered.
#[component]
pub fn Finish(
    /// The sheet.
    desk: Desk,
    /// Hands it in.
    submit: ServerAction<SubmitQuiz>,
    /// Whether it is asked about questions without an answer.
    asking: RwSignal<bool>,
    /// Goes ahead.
    send: Callback<()>,
) -> impl IntoView {
    let navigate = use_navigate();
    let due = use_context::<Due>();
    Effect::new(move || match submit.value().get() {
        Some(Ok(_)) => desk.hand_in(),
        Some(Err(_)) => desk.make_sure(),
        None => {}
    });
    Effect::new(move || {
        if !desk.is_over.get() {
            return;
        }
        if let Some(due) = due {
            due.0.refetch();
        }
        navigate(&paths::results(desk.id()), Default::default());
    });
    let total = desk.total();
    let open = move || total.saturating_sub(desk.sheet.with(crate::quizzes::model::Sheet::answered));
    let warning = move || match open() {
        0 => "Everything is answered.".to_owned(),
        1 => "One question has no answer. It counts as wrong.".to_owned(),
        count => format!("{count} questions have no answer. They count as wrong."),
    };
    view! {
        <div class="quiz-finish">
            <p class="quiet without-script">"A question without an answer counts as wrong."</p>
            <div class="form-actions">
                <button
                    id="submit-quiz"
                    type="submit"
                    class="button button-primary"
                    aria-busy=move || submit.pending().get().then_some("true")
                >
                    "Submit answers"
                </button>
                <button type="submit" class="button button-quiet without-script" formaction="/fn/quizzes/save">
                    "Save for later"
                </button>
            </div>
        </div>
        <Dialog
            open=asking
            title="Submit now?"
            dismiss="Go on answering"
            action=move || {
                view! {
                    <Button tone=Tone::Primary on_press=send>
                        "Submit anyway"
                    </Button>
                }
            }
        >
            <p>{warning}</p>
        </Dialog>
    }
}
