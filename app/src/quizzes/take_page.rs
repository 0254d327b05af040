//! Taking a quiz.

use super::{
    live::follow_making,
    model::words,
    paths,
    quiz_id::quiz_in_address,
    server_fns::{load_quiz, load_result},
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
    quizzes::{Quiz, QuizStatus},
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, hooks::use_query_map, lazy_route};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The page at `/quizzes/{id}`.
pub struct TakePage {
    asked: Resource<Result<Asked, Failure>>,
}

/// What is asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Asked {
    quiz: Quiz,
    /// Which questions were right the last time, where only the others are asked again.
    right: Vec<i64>,
}

impl Asked {
    async fn load(id: i64, only_open: bool) -> Result<Self, Failure> {
        let quiz = load_quiz(id).await?;
        let again = only_open && quiz.submissions > 0;
        let details = if again { load_result(id).await?.details } else { Vec::new() };
        let right = details.into_iter().filter(|detail| detail.is_correct).map(|detail| detail.question_id).collect();
        Ok(Self { quiz, right })
    }
}

#[lazy_route]
impl LazyRoute for TakePage {
    fn data() -> Self {
        let (id, parameters) = (quiz_in_address(), use_query_map());
        let only_open = Memo::new(move |_| parameters.with(|map| map.get_str("only") == Some("open")));
        let source = move || (id.get(), only_open.get());
        Self { asked: Resource::new(source, |(id, only_open)| async move { Asked::load(id?, only_open).await }) }
    }

    fn view(this: Self) -> AnyView {
        let me = expect_context::<Me>().0;
        view! {
            <div class="page study">
                <BothLoaded
                    first=this.asked
                    second=me
                    what="the quiz"
                    above=|| view! { <StudyHeading title="Quiz" back=paths::LIST back_label="Quizzes" /> }
                    show=Arc::new(|asked, me| view! { <QuizView asked me=me.sub /> }.into_any())
                />
            </div>
        }
        .into_any()
    }
}

#[component]
fn QuizView(asked: Asked, me: Sub) -> impl IntoView {
    let Asked { quiz, right } = asked;
    let quiz = RwSignal::new(quiz);
    move || view! { <Shown loaded=quiz.get() quiz me=me.clone() right=right.clone() /> }
}

#[component]
fn Shown(loaded: Quiz, quiz: RwSignal<Quiz>, me: Sub, right: Vec<i64>) -> impl IntoView {
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
            QuizStatus::Ready => view! { <Taking quiz=loaded me right /> }.into_any(),
            QuizStatus::Processing => view! { <BeingMade id quiz /> }.into_any(),
            QuizStatus::Failed => view! { <LinkButton href=paths::NEW>"Make another quiz"</LinkButton> }.into_any(),
        }}
    }
}

#[component]
fn BeingMade(id: i64, quiz: RwSignal<Quiz>) -> impl IntoView {
    follow_making(Memo::new(move |_| vec![id]), move || {
        browser::spawn(async move {
            // What cannot be asked now is asked later.
            if let Ok(loaded) = load_quiz(id).await
                && loaded.status != QuizStatus::Processing
            {
                quiz.try_set(loaded);
            }
        });
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
