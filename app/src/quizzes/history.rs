//! What was submitted before.

use super::{model::words, paths};
use crate::ui::{list_parts::ListParts, time::Moment};
use domain::quizzes::{HistoryEntry, QuizHistory};
use leptos::prelude::*;

/// The viewer's submissions; nothing while there are none.
#[component]
pub fn History(
    /// A part of them.
    history: QuizHistory,
) -> impl IntoView {
    let QuizHistory { history, older, newer } = history;
    if history.is_empty() {
        return ().into_any();
    }
    let row = |one: HistoryEntry| {
        view! {
            <tr>
                <th scope="row">
                    <a href=paths::results(one.quiz_id) dir="auto">
                        {one.title}
                    </a>
                </th>
                <td>{words::score(one.score, one.total_questions)}</td>
                <td>
                    <Moment at=one.submitted_at />
                </td>
            </tr>
        }
    };
    view! {
        <section class="section" aria-labelledby="history-title">
            <h2 id="history-title">"History"</h2>
            <div class="table-scroll" tabindex="0" role="region" aria-label="Submitted quizzes">
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">"Quiz"</th>
                            <th scope="col">"Score"</th>
                            <th scope="col">"Submitted"</th>
                        </tr>
                    </thead>
                    <tbody>{history.into_iter().map(row).collect_view()}</tbody>
                </table>
            </div>
            <ListParts
                what="results"
                newer=newer.map(|cursor| paths::list_part(paths::SUBMITTED_AFTER, &cursor))
                older=older.map(|cursor| paths::list_part(paths::SUBMITTED_BEFORE, &cursor))
            />
        </section>
    }
    .into_any()
}
