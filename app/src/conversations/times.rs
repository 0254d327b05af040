//! When something was said: in UTC as the server writes it, in the person's own time as soon as their browser can tell.

use super::model::texts;
use crate::{browser, words::short_month};
use domain::Timestamp;
use leptos::prelude::*;

const SECONDS_PER_DAY: i64 = 86_400;

/// Whether times are shown in the person's own zone: one switch for all of them, turned when the page is taken over.
#[derive(Clone, Copy)]
pub struct Times(RwSignal<bool>);

impl Times {
    /// Provides the switch to everything below.
    pub fn provide() {
        let local = RwSignal::new(false);
        Effect::new(move || local.set(true));
        provide_context(Self(local));
    }

    /// The switch of this page.
    #[must_use]
    pub fn of_page() -> Self {
        use_context().unwrap_or_else(|| Self(RwSignal::new(false)))
    }

    /// The time of day.
    #[must_use]
    pub fn clock(self, at: Timestamp) -> String {
        let local = self.0.get().then(|| browser::local_clock(at)).flatten();
        local.unwrap_or_else(|| texts::clock_in_utc(at))
    }

    /// The day, as days since the epoch.
    #[must_use]
    pub fn day(self, at: Timestamp) -> i64 {
        if self.0.get() { browser::local_day(at) } else { at.day() }
    }

    /// This day, where it is known.
    #[must_use]
    pub fn today(self) -> Option<i64> {
        self.0.get().then(|| browser::local_day(Timestamp::from_seconds(browser::now_millis() / 1_000)))
    }

    /// As short as it can be said: the time of a moment of today, the day of an earlier one.
    #[must_use]
    pub fn short(self, at: Timestamp) -> String {
        let day = self.day(at);
        match self.today().map(|today| today - day) {
            Some(..=0) => self.clock(at),
            Some(1..=6) => texts::day_label(day, self.today()),
            _ => short_date(day),
        }
    }
}

fn short_date(day: i64) -> String {
    let (year, month, date) = Timestamp::from_seconds(day.saturating_mul(SECONDS_PER_DAY)).date();
    let month = short_month(month);
    format!("{date} {month} {year}")
}

/// The time of day of a message.
#[component]
pub fn Clock(
    /// When.
    at: Timestamp,
) -> impl IntoView {
    let times = Times::of_page();
    view! { <time datetime=at.to_string()>{move || times.clock(at)}</time> }
}

/// The time of the last message in the list.
#[component]
pub fn ShortTime(
    /// When.
    at: Timestamp,
) -> impl IntoView {
    let times = Times::of_page();
    view! { <time datetime=at.to_string()>{move || times.short(at)}</time> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_earlier_year_is_said() {
        assert_eq!(short_date(20_778), "21 Nov 2026");
        assert_eq!(short_date(0), "1 Jan 1970");
    }
}
