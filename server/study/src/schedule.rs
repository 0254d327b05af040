//! When a question is asked again, by FSRS with its default parameters.
//!
//! A question becomes due by the day: at midnight UTC of its day, so that whoever learns in the morning does not wait
//! for the hour of the evening before, and at the earliest [`PAUSE_SECONDS`] after it was answered.

use crate::grading::Grade;
use domain::review::{DAILY_MAX, DESIRED_RETENTION, Rating};
use fsrs::{FSRS, FSRS6_DEFAULT_DECAY, ItemState, MemoryState, NextStates, current_retrievability};
use std::cmp::Ordering;

/// A question is not asked again for so long, although midnight may come sooner.
pub const PAUSE_SECONDS: i64 = 4 * 3_600;
const DAY_SECONDS: i64 = 86_400;
/// Ten years: nobody waits for more.
const DAYS_MAX: f32 = 3_650.0;

/// What is known about how well a person remembers a question. Times are seconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CardState {
    /// Days after which it is remembered with a probability of nine in ten.
    pub stability: f64,
    /// From 1 for easy to 10.
    pub difficulty: f64,
    /// When it is to be asked.
    pub due_at: i64,
    /// When it was last answered, or added.
    pub last_reviewed_at: i64,
    /// How often it was answered.
    pub reps: u32,
    /// How often it was forgotten.
    pub lapses: u32,
}

/// A question that comes into review: because it was missed, or because the person chose it. Either is due the next day.
#[must_use]
pub fn first(now_seconds: i64, missed: bool) -> CardState {
    let rating = if missed { Rating::Again } else { Rating::Hard };
    scheduled(None, rating, now_seconds)
}

/// The question after it was answered. Again on the same day counts as a short repetition.
#[must_use]
pub fn review(card: &CardState, rating: Rating, now_seconds: i64) -> CardState {
    scheduled(Some(card), rating, now_seconds)
}

/// How an answer is rated when the person does not say so. A typo is no sign of forgetting.
#[must_use]
pub fn rating(grade: Grade) -> Rating {
    if grade.is_correct() { Rating::Good } else { Rating::Again }
}

/// How likely it is remembered now, from 0 to 1.
#[must_use]
pub fn retrievability(card: &CardState, now_seconds: i64) -> f32 {
    let elapsed = now_seconds.saturating_sub(card.last_reviewed_at).max(0);
    let days = elapsed as f32 / DAY_SECONDS as f32;
    current_retrievability(memory(card), days, FSRS6_DEFAULT_DECAY)
}

/// What is asked today of what is due: the least forgotten first, since they are lost soonest for the least work, and
/// no more than [`DAILY_MAX`] a day, so that the list stays small after a break. What is equal keeps its order.
#[must_use]
pub fn daily<T>(due: Vec<(T, CardState)>, now_seconds: i64, reviewed_today: u32) -> Vec<T> {
    let mut ordered: Vec<(f32, T)> =
        due.into_iter().map(|(question, card)| (retrievability(&card, now_seconds), question)).collect();
    ordered.sort_by(|(a, _), (b, _)| b.partial_cmp(a).unwrap_or(Ordering::Equal));
    let left = usize::try_from(DAILY_MAX.saturating_sub(reviewed_today)).unwrap_or_default();
    ordered.into_iter().take(left).map(|(_, question)| question).collect()
}

fn scheduled(card: Option<&CardState>, rating: Rating, now: i64) -> CardState {
    let elapsed = card.map_or(0, |card| day(now).saturating_sub(day(card.last_reviewed_at)).max(0));
    let elapsed = u32::try_from(elapsed).unwrap_or(u32::MAX);
    let next = FSRS::default()
        .next_states(card.map(memory), DESIRED_RETENTION, elapsed)
        .ok()
        .map(|states| chosen(states, rating));
    let memory = next.as_ref().map_or_else(|| card.map(memory).unwrap_or(UNKNOWN), |next| next.memory);
    let days = next.map_or(1.0, |next| next.interval).round().clamp(1.0, DAYS_MAX);
    let is_lapse = card.is_some() && rating == Rating::Again;
    CardState {
        stability: f64::from(memory.stability),
        difficulty: f64::from(memory.difficulty),
        due_at: due_at(now, days),
        last_reviewed_at: now,
        reps: card.map_or(0, |card| card.reps.saturating_add(1)),
        lapses: card.map_or(0, |card| card.lapses.saturating_add(u32::from(is_lapse))),
    }
}

/// What FSRS begins with after a miss; for a memory that is no number.
const UNKNOWN: MemoryState = MemoryState { stability: 0.212, difficulty: 6.4133 };

fn chosen(states: NextStates, rating: Rating) -> ItemState {
    match rating {
        Rating::Again => states.again,
        Rating::Hard => states.hard,
        Rating::Good => states.good,
        Rating::Easy => states.easy,
    }
}

/// The memory as FSRS has it. What could not come from it is put right.
fn memory(card: &CardState) -> MemoryState {
    let (stability, difficulty) = (card.stability as f32, card.difficulty as f32);
    if stability.is_finite() && difficulty.is_finite() {
        MemoryState { stability: stability.clamp(0.001, 36_500.0), difficulty: difficulty.clamp(1.0, 10.0) }
    } else {
        UNKNOWN
    }
}

fn day(seconds: i64) -> i64 {
    seconds.div_euclid(DAY_SECONDS)
}

fn due_at(now: i64, days: f32) -> i64 {
    let midnight = day(now).saturating_add(days as i64).saturating_mul(DAY_SECONDS);
    midnight.max(now.saturating_add(PAUSE_SECONDS))
}
