//! How reviewing goes.

use super::model::{day, tenths};
use crate::quizzes::model::words;
use domain::review::ReviewStatistics;
use leptos::prelude::*;

/// What is remembered, and what comes.
#[component]
pub fn Statistics(
    /// The figures.
    statistics: ReviewStatistics,
) -> impl IntoView {
    let ReviewStatistics { questions, reviews, retention_percent, forecast } = statistics;
    let fact = |name: &'static str, value: String| {
        view! {
            <div>
                <dt>{name}</dt>
                <dd>{value}</dd>
            </div>
        }
    };
    let retention = retention_percent.map_or_else(|| "Not known yet".to_owned(), |percent| format!("{percent} %"));
    view! {
        <section class="section" aria-labelledby="statistics-title">
            <h2 id="statistics-title">"How it goes"</h2>
            <dl class="statistics">
                {fact("In review", words::questions(questions))}
                {fact("Answers in the last 30 days", reviews.to_string())} {fact("Remembered", retention)}
            </dl>
            <Forecast forecast />
        </section>
    }
}

/// Columns for the eye, a table for everybody else.
#[component]
fn Forecast(forecast: Vec<u32>) -> impl IntoView {
    let most = forecast.iter().copied().max().unwrap_or_default();
    let row = move |(place, count): (usize, u32)| {
        let class = format!("column column-{}", tenths(count, most));
        view! {
            <tr>
                <th scope="row">
                    <span class="sr-only">{day(place)}</span>
                    <span aria-hidden="true">{place}</span>
                </th>
                <td>
                    <span class="column-count">{count}</span>
                    <span class=class aria-hidden="true"></span>
                </td>
            </tr>
        }
    };
    view! {
        <table class="forecast">
            <caption>"Coming up, by days from today"</caption>
            <tbody>{forecast.into_iter().enumerate().map(row).collect_view()}</tbody>
        </table>
    }
}
