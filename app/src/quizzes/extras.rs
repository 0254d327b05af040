//! What stands beside results and key alike: the rule of grading, files to take along, and sharing.

use super::{new_page::ConversationChoice, paths, server_fns::ShareQuiz};
use crate::{
    documents::icons,
    ui::{
        button::SubmitButton,
        form::{FormFailure, busy_until_left, failure_of},
        icon::Pictogram,
        refused_form::RefusedForm,
        toast::Toasts,
    },
};
use domain::{grading::SHORT_ANSWER_RULE, quizzes::ExportFormat};
use leptos::{form::ActionForm, prelude::*};
use leptos_router::hooks::use_navigate;

/// How answers are graded, in words for whoever wonders.
#[component]
pub fn GradingRule() -> impl IntoView {
    view! {
        <details class="rule">
            <summary>"How answers are graded"</summary>
            <p>"A choice is right when it is the right one. A question without an answer is wrong. Written answers:"</p>
            <ul>{SHORT_ANSWER_RULE.into_iter().map(|sentence| view! { <li>{sentence}</li> }).collect_view()}</ul>
        </details>
    }
}

/// The quiz as a file.
#[component]
pub fn ExportLinks(
    /// The quiz.
    id: i64,
) -> impl IntoView {
    let link = |(format, name, hint): (ExportFormat, &'static str, &'static str)| {
        view! {
            <li>
                <a class="button button-quiet" href=paths::export(id, format) rel="external" download="">
                    <Pictogram icon=icons::DOWNLOAD />
                    {name}
                </a>
                <span class="quiet">{hint}</span>
            </li>
        }
    };
    let formats = [
        (ExportFormat::Anki, "Anki", "A deck of cards (.apkg)"),
        (ExportFormat::Gift, "Moodle", "Questions in GIFT"),
        (ExportFormat::Markdown, "Markdown", "Questions and answers as text"),
    ];
    view! {
        <section class="section" aria-labelledby="export-title">
            <h2 id="export-title">"Take it along"</h2>
            <p class="quiet">"With all answers."</p>
            <ul class="exports" role="list">
                {formats.into_iter().map(link).collect_view()}
            </ul>
        </section>
    }
}

/// Sends the quiz into a conversation.
#[component]
pub fn ShareForm(
    /// The quiz.
    id: i64,
) -> impl IntoView {
    let share = ServerAction::<ShareQuiz>::new();
    let (navigate, toasts) = (use_navigate(), Toasts::of_app());
    Effect::new(move || {
        if let Some(Ok(address)) = share.value().get() {
            navigate(&address, Default::default());
            if let Some(toasts) = toasts {
                toasts.say("Shared. Whoever is in the conversation can take it.");
            }
        }
    });
    let refused = RefusedForm::of::<ShareQuiz>();
    let asked: Option<i64> = refused.and_then(|form| form.value("conversation_id")?.parse().ok());
    view! {
        <section id="share" class="section" aria-labelledby="share-title">
            <h2 id="share-title">"Share"</h2>
            <ActionForm action=share>
                <FormFailure failure=failure_of(share) />
                <input type="hidden" name="id" value=id.to_string() />
                <ConversationChoice
                    name="conversation_id"
                    asked
                    hint="A card appears in it. Everybody there can take the quiz; whoever has submitted it sees how the others did."
                >
                    <SubmitButton busy=busy_until_left(share)>
                        <Pictogram icon=icons::SHARE />
                        "Share quiz"
                    </SubmitButton>
                </ConversationChoice>
            </ActionForm>
        </section>
    }
}
