//! A clock for those who want one. It only tells: nothing is submitted by itself.

use crate::{browser, documents::icons, quizzes::model::words, ui::icon::Pictogram};
use leptos::prelude::*;

/// What can be chosen, in minutes.
const MINUTES: [i64; 6] = [5, 10, 15, 20, 30, 60];

/// A time that was chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Running {
    ends_at: i64,
    minutes: i64,
}

impl Running {
    fn begin(minutes: i64) -> Self {
        Self { ends_at: browser::now_millis() + minutes * 60_000, minutes }
    }

    /// One that is not over.
    fn kept(key: &str) -> Option<Self> {
        let kept = browser::kept(key)?;
        let (ends_at, minutes) = kept.split_once(' ')?;
        let running = Self { ends_at: ends_at.parse().ok()?, minutes: minutes.parse().ok()? };
        Some(running).filter(|running| running.ends_at > browser::now_millis())
    }

    fn keep(self, key: &str) {
        browser::keep(key, &format!("{} {}", self.ends_at, self.minutes));
    }

    const fn seconds_left(self, now: i64) -> i64 {
        let left = self.ends_at - now;
        if left > 0 { (left + 999) / 1_000 } else { 0 }
    }
}

/// Chooses a time and counts it down; a reload goes on with it.
#[component]
pub fn Timer(
    /// Under what this browser remembers it.
    kept_as: String,
) -> impl IntoView {
    let key = StoredValue::new(kept_as);
    let running = RwSignal::new(None::<Running>);
    let now = RwSignal::new(0_i64);
    let left = Memo::new(move |_| running.get().map(|running| running.seconds_left(now.get())));
    let run = move |chosen: Option<Running>| {
        now.set(browser::now_millis());
        running.set(chosen);
    };
    Effect::new(move || run(key.with_value(|key| Running::kept(key))));
    Effect::new(move || {
        now.track();
        match left.get() {
            None => {}
            Some(0) => key.with_value(|key| browser::forget(key)),
            Some(_) => {
                let timer = browser::after(1_000, move || {
                    now.try_set(browser::now_millis());
                });
                on_cleanup(move || timer.cancel());
            }
        }
    });
    let spoken =
        Memo::new(move |_| running.get().zip(left.get()).map(|(one, left)| words::time_left(left, one.minutes)));
    let choose = move |minutes: String| {
        let chosen = minutes.parse().ok().map(Running::begin);
        key.with_value(|key| match chosen {
            Some(chosen) => chosen.keep(key),
            None => browser::forget(key),
        });
        run(chosen);
    };
    let chosen = move || running.get().map(|running| running.minutes.to_string()).unwrap_or_default();
    let option = |minutes: i64| view! { <option value=minutes.to_string()>{format!("{minutes} min")}</option> };
    view! {
        <div class="quiz-timer">
            <label>
                <Pictogram icon=icons::TIMER />
                <span class="sr-only">"Timer"</span>
                <select
                    autocomplete="off"
                    prop:value=chosen
                    on:change:target=move |event| choose(event.target().value())
                >
                    <option value="">"No timer"</option>
                    {MINUTES.into_iter().map(option).collect_view()}
                </select>
            </label>
            <span role="timer">{move || left.get().map(words::clock)}</span>
            <span class="sr-only" role="status">
                {spoken}
            </span>
        </div>
        {move || {
            (left.get() == Some(0)).then(|| view! { <strong class="quiz-time-up">{words::time_left(0, 0)}</strong> })
        }}
    }
}
