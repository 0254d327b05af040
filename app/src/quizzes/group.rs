//! How everybody did with whom a quiz is shared.

use super::{model::words, server_fns::load_group};
use crate::ui::{avatar::Avatar, time::Moment};
use domain::quizzes::{GroupResults, MemberResult};
use leptos::prelude::*;

/// The group's results; nothing where it is shared with nobody or may not be seen yet.
#[component]
pub fn Group(
    /// The quiz.
    id: i64,
    /// Counts what grades the results anew.
    #[prop(optional, into)]
    version: Signal<u32>,
) -> impl IntoView {
    let group = Resource::new(move || version.get(), move |_| load_group(id));
    view! {
        <Transition>
            {move || Suspend::new(async move {
                let group = group.await.ok().filter(|group| !group.members.is_empty());
                group.map(|group| view! { <Members group /> })
            })}
        </Transition>
    }
}

#[component]
fn Members(group: GroupResults) -> impl IntoView {
    let total = group.total_questions;
    let submitted = group.members.iter().filter(|member| member.score.is_some()).count();
    let summary = format!("{submitted} of {} have submitted it.", group.members.len());
    let row = move |member: MemberResult| {
        let MemberResult { person, score, submissions, submitted_at } = member;
        view! {
            <tr>
                <th scope="row">
                    <span class="member">
                        <Avatar sub=person.sub.into() name=person.display_name.clone() picture=person.avatar_url />
                        <span dir="auto">{person.display_name}</span>
                    </span>
                </th>
                <td>{score.map_or_else(|| "Not yet".to_owned(), |score| words::score(score, total))}</td>
                <td>{submissions}</td>
                <td>{submitted_at.map(|at| view! { <Moment at /> })}</td>
            </tr>
        }
    };
    view! {
        <section class="section" aria-labelledby="group-title">
            <h2 id="group-title">"The group"</h2>
            <p class="quiet">{summary}</p>
            <div class="table-scroll" tabindex="0" role="region" aria-label="Scores of each person">
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">"Person"</th>
                            <th scope="col">"Best score"</th>
                            <th scope="col">"Tries"</th>
                            <th scope="col">"Last"</th>
                        </tr>
                    </thead>
                    <tbody>{group.members.into_iter().map(row).collect_view()}</tbody>
                </table>
            </div>
        </section>
    }
}
