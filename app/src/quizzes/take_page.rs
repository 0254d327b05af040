//! Taking a quiz.

use super::{
    live::follow_making,
    model::words,
    paths::{self, Showing},
    quiz_id::quiz_in_address,
    server_fns::{load_quiz, load_result, load_sheet},
    taking::Taking,
};
use crate::{
    accounts::Me,
    browser,
    conversations::heading::BackLink,
    documents::{heading::StudyHeading, icons},
    error::Failure,
    ui::{
        button::LinkButton,
        icon::Pictogram,
        loaded::BothLoaded,
        notice::{Notice, NoticeKind},
        page_title::PageTitle,
    },
};
use domain::{
    id::Sub,
    quizzes::{AnswerSheet, Quiz, QuizStatus},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What is asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Asked {
    quiz: Quiz,
    sheet: AnswerSheet,
    /// Which questions were right the last time, where only the others are asked again.
    right: Vec<i64>,
}

impl Asked {
    async fn load(id: i64, only_open: bool) -> Result<Self, Failure> {
        let quiz = load_quiz(id).await?;
        let is_ready = quiz.status == QuizStatus::Ready;
        let sheet = if is_ready { load_sheet(id).await? } else { AnswerSheet::default() };
        let again = only_open && quiz.submissions > 0;
        let details = if again { load_result(id).await?.details } else { Vec::new() };
        let right = details.into_iter().filter(|detail| detail.is_correct).map(|detail| detail.question_id).collect();
        Ok(Self { quiz, sheet, right })
    }
}

/// The page at `/quizzes/{id}`.
#[component]
pub fn TakePage() -> impl IntoView {
    let (id, parameters) = (quiz_in_address(), use_query_map());
    let only_open = Memo::new(move |_| parameters.with(|map| map.get_str("only") == Some("open")));
    let showing = Memo::new(move |_| Showing {
        only_open: only_open.get(),
        after_each: parameters.with(|map| map.get_str("feedback") == Some("each")),
    });
    let source = move || (id.get(), only_open.get());
    let asked = Resource::new(source, |(id, only_open)| async move { Asked::load(id?, only_open).await });
    let me = expect_context::<Me>().0;
    view! {
        <div class="page study">
            <BothLoaded
                first=asked
                second=me
                what="the quiz"
                above=|| view! { <StudyHeading title="Quiz" back=paths::LIST back_label="Quizzes" /> }
                show=Arc::new(move |asked, me| {
                    view! { <QuizView asked me=me.sub showing=showing.get_untracked() /> }.into_any()
                })
            />
        </div>
    }
    .into_any()
}

#[component]
fn QuizView(asked: Asked, me: Sub, showing: Showing) -> impl IntoView {
    let asked = RwSignal::new(asked);
    move || view! { <Shown loaded=asked.get() asked me=me.clone() showing /> }
}

#[component]
fn Shown(loaded: Asked, asked: RwSignal<Asked>, me: Sub, showing: Showing) -> impl IntoView {
    let Asked { quiz: loaded, sheet, right } = loaded;
    let (id, mine, status) = (loaded.quiz_id, loaded.mine, loaded.status);
    let by = (!mine).then(|| loaded.author.display_name.clone());
    let count = u32::try_from(loaded.quiz.len()).unwrap_or(u32::MAX);
    let remark = remark_on(&loaded);
    let has_result = loaded.submissions > 0;
    view! {
        <PageTitle text=loaded.title.clone() />
        <header class="study-head">
            <div class="study-title">
                <BackLink href=paths::LIST.to_owned() label="Quizzes" always=true />
                <div>
                    <h1 class="page-heading" dir="auto">
                        {loaded.title.clone()}
                    </h1>
                    <p class="quiet">
                        {(status == QuizStatus::Ready)
                            .then(|| view! { <span class="piece">{words::questions(count)}</span> })}
                        {by
                            .map(|name| {
                                view! {
                                    <span class="piece" dir="auto">
                                        "By "
                                        {name}
                                    </span>
                                }
                            })}
                    </p>
                </div>
            </div>
            <div class="study-actions">
                {has_result.then(|| view! { <LinkButton href=paths::results(id)>"Last result"</LinkButton> })}
                {mine
                    .then(|| {
                        view! {
                            <LinkButton href=paths::edit(
                                id,
                            )>
                                {(status == QuizStatus::Ready).then(|| view! { <Pictogram icon=icons::PENCIL /> })}
                                {words::manage(status)}
                            </LinkButton>
                        }
                    })}
            </div>
        </header>
        {match status {
            QuizStatus::Ready => {
                view! {
                    {remark.map(notice)}
                    <Taking quiz=loaded sheet me right showing />
                }
                    .into_any()
            }
            QuizStatus::Processing => view! { <BeingMade id asked remark /> }.into_any(),
            QuizStatus::Failed => {
                view! {
                    {remark.map(notice)}
                    <LinkButton href=paths::NEW>"Make another quiz"</LinkButton>
                }
                    .into_any()
            }
        }}
    }
}

/// What the viewer is told of the quiz as a whole.
fn remark_on(quiz: &Quiz) -> Option<String> {
    quiz.remark.clone().filter(|_| quiz.mine || quiz.status == QuizStatus::Failed)
}

fn notice(remark: String) -> impl IntoView {
    let kind = NoticeKind::Attention;
    view! { <Notice kind>{remark}</Notice> }
}

/// Waits with the viewer; what there is to say of that meanwhile is told when it comes up.
#[component]
fn BeingMade(id: i64, asked: RwSignal<Asked>, remark: Option<String>) -> impl IntoView {
    let loaded_remark = RwSignal::new(remark);
    // However often it is loaded, only another one is news.
    let remark = Memo::new(move |_| loaded_remark.get());
    follow_making(Memo::new(move |_| vec![id]), move || {
        browser::spawn(async move {
            // What cannot be asked now is asked later.
            let Ok(loaded) = Asked::load(id, false).await else { return };
            if loaded.quiz.status == QuizStatus::Processing {
                loaded_remark.try_set(remark_on(&loaded.quiz));
            } else {
                asked.try_set(loaded);
            }
        });
    });
    view! {
        <p class="document-state" role="status">
            <span class="progress-mark" aria-hidden="true"></span>
            "Questions are being written and checked. They appear here by themselves."
        </p>
        <div aria-live="polite">{move || remark.get().map(notice)}</div>
        <p class="without-script">
            <a href="" rel="external">
                "Look again"
            </a>
        </p>
    }
}
