//! A clock for those who want one. It only tells: nothing is submitted by itself.

use crate::{browser, documents::icons, quizzes::model::words, ui::icon::Pictogram};
use leptos::prelude::*;

/// What can be chosen, in minutes.
const MINUTES: [i64; 6] = [5, 10, 15, 20, 30, 60];
/// These many seconds before the end are read aloud.
const SPOKEN: [i64; 3] = [300, 60, 0];

/// Chooses a time and counts it down; a reload goes on with it.
#[component]
pub fn Timer(
    /// The quiz.
    id: i64,
) -> impl IntoView {
    let ends_at = RwSignal::new(None::<i64>);
    let left = RwSignal::new(None::<i64>);
    let kept_as = format!("lyceum.timer.{id}");
    let remembered = kept_as.clone();
    Effect::new(move || {
        if let Some(end) = browser::kept(&remembered).and_then(|end| end.parse().ok()) {
            ends_at.set(Some(end));
        }
    });
    Effect::new(move || {
        // Again after each second.
        left.track();
        let Some(end) = ends_at.get() else { return };
        let now = (end - browser::now_millis()).max(0) / 1_000;
        let timer = browser::after(if left.get_untracked().is_none() { 0 } else { 1_000 }, move || {
            if left.try_get_untracked().flatten() != Some(0) || now > 0 {
                left.try_set(Some((end - browser::now_millis()).max(0) / 1_000));
            }
        });
        on_cleanup(move || timer.cancel());
    });
    let spoken = Memo::new(move |before: Option<&String>| {
        let Some(left) = left.get() else { return String::new() };
        match SPOKEN.into_iter().find(|at| *at == left) {
            Some(0) => "Time is up. Submit when you are ready.".to_owned(),
            Some(seconds) => format!("{} minutes left", seconds / 60),
            None => before.filter(|_| left == 0).cloned().unwrap_or_default(),
        }
    });
    let choose = move |minutes: String| {
        let end = minutes.parse::<i64>().ok().map(|minutes| browser::now_millis() + minutes * 60_000);
        match end {
            Some(end) => {
                browser::keep(&kept_as, &end.to_string());
            }
            None => browser::forget(&kept_as),
        }
        left.set(None);
        ends_at.set(end);
    };
    let option = |minutes: i64| view! { <option value=minutes.to_string()>{format!("{minutes} min")}</option> };
    view! {
        <label class="quiz-timer">
            <Pictogram icon=icons::TIMER />
            <span class="sr-only">"Timer"</span>
            <select autocomplete="off" on:change:target=move |event| choose(event.target().value())>
                <option value="">"No timer"</option>
                {MINUTES.into_iter().map(option).collect_view()}
            </select>
            <span role="timer">{move || left.get().map(words::clock)}</span>
            <span class="sr-only" role="status">
                {spoken}
            </span>
        </label>
        {move || {
            (left.get() == Some(0))
                .then(|| {
                    view! { <strong class="quiz-time-up">"Time is up. Submit when you are ready."</strong> }
                })
        }}
    }
}
