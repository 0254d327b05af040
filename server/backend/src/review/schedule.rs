//! When a question comes up again.

use domain::review::{DAILY_MAX, Rating};
use study::grading::Grade;

const DAY_SECONDS: i64 = 86_400;

/// What is known about how well a person remembers a question. Times are seconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct CardState {
    pub(crate) stability: f64,
    pub(crate) difficulty: f64,
    pub(crate) due_at: i64,
    pub(crate) last_reviewed_at: i64,
    pub(crate) reps: u32,
    pub(crate) lapses: u32,
}

pub(crate) fn first(now_seconds: i64, _missed: bool) -> CardState {
    CardState {
        stability: 1.0,
        difficulty: 5.0,
        due_at: (now_seconds.div_euclid(DAY_SECONDS) + 1) * DAY_SECONDS,
        last_reviewed_at: now_seconds,
        reps: 0,
        lapses: 0,
    }
}

pub(crate) fn review(card: &CardState, rating: Rating, now_seconds: i64) -> CardState {
    let days = match rating {
        Rating::Again => 1,
        Rating::Hard => 2,
        Rating::Good => 3,
        Rating::Easy => 8,
    };
    CardState {
        due_at: (now_seconds.div_euclid(DAY_SECONDS) + days) * DAY_SECONDS,
        last_reviewed_at: now_seconds,
        reps: card.reps + 1,
        ..*card
    }
}

pub(crate) fn rating(grade: Grade) -> Rating {
    if grade.is_correct() { Rating::Good } else { Rating::Again }
}

pub(crate) fn daily<T>(due: Vec<(T, CardState)>, _now_seconds: i64, reviewed_today: u32) -> Vec<T> {
    let left = DAILY_MAX.saturating_sub(reviewed_today) as usize;
    due.into_iter().take(left).map(|(question, _)| question).collect()
}
