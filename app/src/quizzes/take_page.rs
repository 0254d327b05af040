//! Taking a quiz.

use super::{model::words, paths, quiz_id::quiz_in_address, server_fns::load_quiz, taking::Taking};
use crate::{
    accounts::Me,
    browser,
    conversations::heading::BackLink,
    documents::icons,
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
    quizzes::{Quiz, QuizStatus},
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, hooks::use_query_map, lazy_route};
use std::sync::Arc;

/// How soon it is asked again whether the questions are there.
const ASK_AGAIN_MILLIS: u32 = 1_500;

/// The page at `/quizzes/{id}`.
pub struct TakePage {
    quiz: Resource<Result<Quiz, Failure>>,
    only_open: Memo<bool>,
}

#[lazy_route]
impl LazyRoute for TakePage {
    fn data() -> Self {
        let (id, parameters) = (quiz_in_address(), use_query_map());
        let quiz = Resource::new(move || id.get(), |id| async move { load_quiz(id?).await });
        let only_open = Memo::new(move |_| parameters.with(|map| map.get_str("only") == Some("open")));
        Self { quiz, only_open }
    }

    fn view(this: Self) -> AnyView {
        let TakePage { quiz, only_open } = this;
        let me = expect_context::<Me>().0;
        view! {
            <div class="page study">
                <BothLoaded
                    first=quiz
                    second=me
                    what="the quiz"
                    above_failure=|| {
                        view! {
                            <PageTitle text="Quiz" />
                            <BackLink href=paths::LIST.to_owned() label="Quizzes" always=true />
                        }
                    }
                    show=Arc::new(move |loaded, me| {
                        let only_open = only_open.get_untracked();
                        view! { <QuizView loaded me=me.sub only_open reload=quiz /> }.into_any()
                    })
                />
            </div>
        }
        .into_any()
    }
}

#[component]
fn QuizView(loaded: Quiz, me: Sub, only_open: bool, reload: Resource<Result<Quiz, Failure>>) -> impl IntoView {
    let (id, mine, status) = (loaded.quiz_id, loaded.mine, loaded.status);
    let by = (!mine).then(|| loaded.author.display_name.clone());
    let count = u32::try_from(loaded.quiz.len()).unwrap_or(u32::MAX);
    let remark = loaded.remark.clone().filter(|_| mine || status == QuizStatus::Failed);
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
                            <LinkButton href=paths::edit(id)>
                                <Pictogram icon=icons::PENCIL />
                                "Edit and share"
                            </LinkButton>
                        }
                    })}
            </div>
        </header>
        {remark
            .map(|remark| {
                let kind = NoticeKind::Attention;
                view! { <Notice kind>{remark}</Notice> }
            })}
        {match status {
            QuizStatus::Ready => view! { <Taking quiz=loaded me only_open /> }.into_any(),
            QuizStatus::Processing => view! { <BeingMade reload /> }.into_any(),
            QuizStatus::Failed => view! { <LinkButton href=paths::NEW>"Make another quiz"</LinkButton> }.into_any(),
        }}
    }
}

#[component]
fn BeingMade(reload: Resource<Result<Quiz, Failure>>) -> impl IntoView {
    Effect::new(move || {
        let timer = browser::after(ASK_AGAIN_MILLIS, move || reload.refetch());
        on_cleanup(move || timer.cancel());
    });
    view! {
        <p class="document-state" role="status">
            <span class="progress-mark" aria-hidden="true"></span>
            "Questions are being written and checked. They appear here by themselves."
        </p>
        <p class="without-script">
            <a href="" rel="external">
                "Look again"
            </a>
        </p>
    }
}
