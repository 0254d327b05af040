//! When questions come up again, and that FSRS is asked the right thing.

use domain::review::{DAILY_MAX, Rating};
use study::{
    grading::Grade,
    schedule::{CardState, PAUSE_SECONDS, daily, first, rating, retrievability, review},
};

const DAY: i64 = 86_400;
/// 09:00 of some day.
const MORNING: i64 = 20_000 * DAY + 9 * 3_600;

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-4 * b.abs().max(1.0)
}

/// The sequence that the authors of FSRS test their own implementation with: again, then five times good after 0, 1, 3,
/// 8 and 21 days.
#[test]
fn it_is_fsrs() {
    let mut now = MORNING;
    let mut card = first(now, true);
    assert!(close(card.stability, 0.212) && close(card.difficulty, 6.4133), "{card:?}");
    for days in [0, 1, 3, 8, 21] {
        now += days * DAY;
        card = review(&card, Rating::Good, now);
    }
    assert!(close(card.stability, 53.62691), "{card:?}");
    assert!(close(card.difficulty, 6.3574867), "{card:?}");
    assert_eq!((card.reps, card.lapses), (5, 0));
    assert_eq!(card.due_at, (now / DAY + 54) * DAY, "at midnight, 54 days later");
    let remembered = retrievability(&card, now + 54 * DAY);
    assert!((0.89..0.91).contains(&remembered), "{remembered}");
}

#[test]
fn the_first_answers_of_fsrs_follow_their_ratings() {
    let card = first(MORNING, false);
    assert!(close(card.stability, 1.2931) && close(card.difficulty, 5.11217), "{card:?}");
    let after = |rating| review(&card, rating, MORNING + DAY);
    let stabilities = [Rating::Again, Rating::Hard, Rating::Good, Rating::Easy].map(|rating| after(rating).stability);
    assert!(stabilities.is_sorted(), "{stabilities:?}");
    assert!(after(Rating::Again).due_at <= after(Rating::Good).due_at);
    assert_eq!(after(Rating::Again).lapses, 1);
    assert_eq!(after(Rating::Hard).lapses, 0);
}

#[test]
fn a_missed_question_comes_up_the_next_day_at_the_latest() {
    for hour in 0..24 {
        let now = 20_000 * DAY + hour * 3_600;
        for missed in [true, false] {
            let card = first(now, missed);
            assert!(card.due_at <= now + DAY, "{hour}: due after the clock has gone on by a day");
            assert!(card.due_at / DAY == 20_001, "{hour}: due the next day");
            assert!(card.due_at >= now + PAUSE_SECONDS, "{hour}: not at once");
        }
        let forgotten = review(&first(now - 9 * DAY, true), Rating::Again, now);
        assert!(forgotten.due_at <= now + DAY, "{hour}: forgotten again");
    }
}

#[test]
fn a_typo_is_not_forgetting() {
    assert_eq!(rating(Grade::Right), Rating::Good);
    assert_eq!(rating(Grade::Slip), Rating::Good);
    assert_eq!(rating(Grade::Almost), Rating::Again);
    assert_eq!(rating(Grade::Wrong), Rating::Again);
}

#[test]
fn the_list_stays_small_after_a_break_and_begins_with_what_is_least_forgotten() {
    let card =
        |days: i64| CardState { last_reviewed_at: MORNING - days * DAY, ..review(&first(0, true), Rating::Good, DAY) };
    let due: Vec<(i64, CardState)> = (1..=400).rev().map(|days| (days, card(days))).collect();
    let today = daily(due.clone(), MORNING, 0);
    assert_eq!(today, (1..=i64::from(DAILY_MAX)).collect::<Vec<_>>());
    assert_eq!(daily(due.clone(), MORNING, DAILY_MAX - 2), [1, 2]);
    assert_eq!(daily(due, MORNING, DAILY_MAX + 7), [0_i64; 0]);
}

#[test]
fn what_cannot_be_is_put_right() {
    for broken in [f64::NAN, f64::INFINITY, -5.0, 0.0, 1e300] {
        for now in [i64::MIN, -1, 0, MORNING, i64::MAX] {
            let card = CardState {
                stability: broken,
                difficulty: broken,
                due_at: 0,
                last_reviewed_at: MORNING,
                reps: u32::MAX,
                lapses: u32::MAX,
            };
            let next = review(&card, Rating::Again, now);
            assert!(next.stability.is_finite() && next.difficulty.is_finite(), "{broken} {now}: {next:?}");
            assert!((0.0..=1.0).contains(&retrievability(&card, now)), "{broken} {now}");
        }
    }
}
