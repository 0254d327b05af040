//! Moments.

use crate::{browser, words::short_month};
use domain::Timestamp;
use leptos::prelude::*;

/// A moment: in UTC as the server writes it, in the person's own time zone as soon as their browser can tell.
#[component]
pub fn Moment(
    /// Which one.
    at: Timestamp,
) -> impl IntoView {
    let text = RwSignal::new(in_utc(at));
    Effect::new(move || {
        if let Some(local) = browser::local_time(at) {
            text.set(local);
        }
    });
    view! { <time datetime=at.to_string()>{text}</time> }
}

fn in_utc(at: Timestamp) -> String {
    let (year, month, day) = at.date();
    let month = short_month(month);
    let minute_of_day = at.seconds().rem_euclid(86_400) / 60;
    format!("{day} {month} {year}, {:02}:{:02} UTC", minute_of_day / 60, minute_of_day % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_server_writes_utc() {
        assert_eq!(in_utc(Timestamp::from_seconds(0)), "1 Jan 1970, 00:00 UTC");
        assert_eq!(in_utc(Timestamp::from_seconds(1_795_275_296)), "21 Nov 2026, 15:34 UTC");
    }
}
