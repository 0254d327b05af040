//! Review, whoever asks: REST or a page.

use super::store::{self, CardRow};
use crate::{
    access,
    accounts::service::lock_account,
    failure::Failure,
    quizzes::{
        grading::grade,
        service::{
            has_answered,
            view::{keyed_question, number},
        },
        store as quizzes,
    },
};
use async_trait::async_trait;
use db::{Connection, Db};
use domain::{
    ApiError, FieldError, Timestamp, Viewer,
    clock::Clock,
    quizzes::ANSWER_MAX,
    review::{DueList, DueQuestion, Rating, ReviewAnswer, ReviewStatistics, Reviewed, Reviews},
};
use std::collections::HashMap;
use study::{
    grading::Grade,
    schedule::{self, CardState},
};

const SECONDS_PER_DAY: i64 = 86_400;
/// Days that the statistics look back and ahead.
const BACK: i64 = 30;
const AHEAD: usize = 14;

/// Review over the database.
#[derive(Clone, Debug)]
pub(crate) struct ReviewService {
    pub(crate) db: Db,
    pub(crate) clock: Clock,
}

/// Lets the person review what they have missed. What they review already counts as forgotten, once a day.
pub(crate) async fn remember_missed(
    c: &mut Connection,
    account_id: i64,
    questions: &[i64],
    now: Timestamp,
) -> Result<(), Failure> {
    let state = schedule::first(now.seconds(), true);
    for question_id in questions {
        store::lock_card(c, account_id, *question_id).await?;
        match store::card(c, account_id, *question_id).await? {
            Some(card) if Timestamp::from_micros(card.reviewed_at).day() == now.day() => {}
            Some(card) => drop(review(c, account_id, card, Rating::Again, now).await?),
            None => store::add_card(c, account_id, row(*question_id, state), now).await?,
        }
    }
    Ok(())
}

/// Lets the person no longer review what they had right after all; what has come up since stays.
pub(crate) async fn forget_right(c: &mut Connection, account_id: i64, question_id: i64) -> Result<(), Failure> {
    Ok(store::remove_new_card(c, account_id, question_id).await?)
}

fn row(question_id: i64, state: CardState) -> CardRow {
    CardRow {
        question_id,
        stability: state.stability,
        difficulty: state.difficulty,
        reviewed_at: Timestamp::from_seconds(state.last_reviewed_at).micros(),
        due_at: Timestamp::from_seconds(state.due_at).micros(),
        reps: state.reps.into(),
        lapses: state.lapses.into(),
    }
}

fn state(row: &CardRow) -> CardState {
    CardState {
        stability: row.stability,
        difficulty: row.difficulty,
        due_at: Timestamp::from_micros(row.due_at).seconds(),
        last_reviewed_at: Timestamp::from_micros(row.reviewed_at).seconds(),
        reps: number(row.reps),
        lapses: number(row.lapses),
    }
}

fn midnight(now: Timestamp) -> Timestamp {
    Timestamp::from_seconds(now.day() * SECONDS_PER_DAY)
}

impl ReviewService {
    async fn list(&self, viewer: &Viewer) -> Result<DueList, Failure> {
        let (now, account) = (self.clock.now(), viewer.account_id);
        let mut connection = self.db.read().await?;
        let cards = store::due(&mut connection, account, now).await?;
        let reviewed_today = number(store::reviewed_since(&mut connection, account, midnight(now)).await?);
        let due = u32::try_from(cards.len()).unwrap_or_default();
        let next_due_at = match cards.is_empty() {
            true => store::next_due(&mut connection, account, now).await?.map(Timestamp::from_micros),
            false => None,
        };
        let known = cards.into_iter().map(|card| (card, state(&card))).collect();
        let cards = schedule::daily(known, now.seconds(), reviewed_today);
        let ids: Vec<i64> = cards.iter().map(|card| card.question_id).collect();
        let rows = store::questions(&mut connection, &ids).await?;
        let mut rows: HashMap<i64, store::ReviewedRow> = rows.into_iter().map(|row| (row.question.id, row)).collect();
        let questions = cards.iter().filter_map(|card| {
            let row = rows.remove(&card.question_id)?;
            let due_at = Timestamp::from_micros(card.due_at);
            Some(keyed_question(row.question).map(|keyed| DueQuestion {
                question: keyed.question,
                quiz_id: row.quiz_id,
                quiz_title: row.title,
                due_at,
            }))
        });
        Ok(DueList { questions: questions.collect::<Result<_, _>>()?, due, reviewed_today, next_due_at })
    }

    async fn answer(&self, viewer: &Viewer, question_id: i64, answer: ReviewAnswer) -> Result<Reviewed, Failure> {
        checked(&answer)?;
        let account = viewer.account_id;
        let mut transaction = self.db.begin().await?;
        store::lock_card(&mut transaction, account, question_id).await?;
        let no_card = || ApiError::not_found("You do not review such a question.");
        let before = store::card(&mut transaction, account, question_id).await?.ok_or_else(no_card)?;
        let asked = store::questions(&mut transaction, &[question_id]).await?.pop().ok_or_else(no_card)?;
        let question = keyed_question(asked.question)?;
        let grade = answer.answer.as_deref().map(|answer| grade(&question, answer, &asked.language));
        let rating = answer.rating.unwrap_or_else(|| grade.map_or(Rating::Again, schedule::rating));
        let now = self.clock.now();
        let due_at = match (is_repeated(&before, now), answer.rating) {
            (false, _) => review(&mut transaction, account, before, rating, now).await?,
            (true, Some(rating)) => rate_anew(&mut transaction, account, before, rating).await?,
            (true, None) => before.due_at,
        };
        transaction.commit().await?;
        Ok(Reviewed {
            question_id,
            is_correct: grade.map_or(rating != Rating::Again, Grade::is_correct),
            almost: grade.is_some_and(Grade::is_almost),
            correct_answer: question.correct_answer,
            rating,
            due_at: Timestamp::from_micros(due_at),
            citation: question.citation,
        })
    }

    async fn add_question(&self, viewer: &Viewer, question_id: i64) -> Result<(), Failure> {
        let mut transaction = self.db.begin().await?;
        lock_account(&mut transaction, viewer.account_id).await?;
        let quiz_id = store::quiz_of(&mut transaction, viewer.account_id, question_id).await?;
        let quiz_id = quiz_id.ok_or_else(no_question)?;
        let submission = quizzes::last_submission(&mut transaction, quiz_id, viewer.account_id).await?;
        let has_submitted = submission.map(|row| has_answered(&row, question_id)).transpose()?;
        access::reviews_question(has_submitted == Some(true))?;
        let now = self.clock.now();
        let card = row(question_id, schedule::first(now.seconds(), false));
        store::add_card(&mut transaction, viewer.account_id, card, now).await?;
        Ok(transaction.commit().await?)
    }

    async fn remove_question(&self, viewer: &Viewer, question_id: i64) -> Result<(), Failure> {
        let mut transaction = self.db.begin().await?;
        let is_removed = store::remove_card(&mut transaction, viewer.account_id, question_id).await?;
        if !is_removed && store::quiz_of(&mut transaction, viewer.account_id, question_id).await?.is_none() {
            return Err(no_question().into());
        }
        Ok(transaction.commit().await?)
    }

    async fn numbers(&self, viewer: &Viewer) -> Result<ReviewStatistics, Failure> {
        let (now, account) = (self.clock.now(), viewer.account_id);
        let mut connection = self.db.read().await?;
        let since = now.plus_seconds(-BACK * SECONDS_PER_DAY);
        let reviews = store::reviewed_since(&mut connection, account, since).await?;
        let recalled = store::recalled_since(&mut connection, account, since).await?;
        let until = midnight(now).plus_seconds(AHEAD as i64 * SECONDS_PER_DAY);
        let mut forecast = vec![0; AHEAD];
        for due_at in store::due_times(&mut connection, account, until).await? {
            // What is overdue comes up today.
            let day = usize::try_from(Timestamp::from_micros(due_at).day() - now.day()).unwrap_or_default();
            if let Some(count) = forecast.get_mut(day) {
                *count += 1;
            }
        }
        Ok(ReviewStatistics {
            questions: number(store::count_cards(&mut connection, account).await?),
            reviews: number(reviews),
            retention_percent: (reviews > 0).then(|| number((recalled * 100 + reviews / 2) / reviews)),
            forecast,
        })
    }
}

/// Schedules a card anew, and says when it is due.
async fn review(
    c: &mut Connection,
    account_id: i64,
    before: CardRow,
    rating: Rating,
    now: Timestamp,
) -> Result<i64, Failure> {
    let after = row(before.question_id, schedule::review(&state(&before), rating, now.seconds()));
    store::schedule_card(c, account_id, after).await?;
    store::log_review(c, account_id, before, rating_name(rating), now).await?;
    Ok(after.due_at)
}

/// Replaces the rating of the card's last review, as if it had been given then; nothing for a card that has none yet.
async fn rate_anew(c: &mut Connection, account_id: i64, card: CardRow, rating: Rating) -> Result<i64, Failure> {
    let Some(last) = store::last_review(c, account_id, card).await? else { return Ok(card.due_at) };
    let reviewed_at = Timestamp::from_micros(card.reviewed_at).seconds();
    let after = row(card.question_id, schedule::review(&state(&last.before), rating, reviewed_at));
    store::schedule_card(c, account_id, after).await?;
    store::rate_review(c, last.id, rating_name(rating)).await?;
    Ok(after.due_at)
}

/// Whether the question was answered today already and is not due again: a repeat must not count as a second review.
fn is_repeated(card: &CardRow, now: Timestamp) -> bool {
    Timestamp::from_micros(card.reviewed_at).day() == now.day() && card.due_at > now.micros()
}

fn rating_name(rating: Rating) -> &'static str {
    match rating {
        Rating::Again => "again",
        Rating::Hard => "hard",
        Rating::Good => "good",
        Rating::Easy => "easy",
    }
}

fn checked(answer: &ReviewAnswer) -> Result<(), ApiError> {
    let refused = |rule: &str, msg: &str| Err(ApiError::validation(vec![FieldError::body("answer", rule, msg)]));
    match &answer.answer {
        None if answer.rating.is_none() => refused("missing", "Send an answer, or a rating of your own."),
        Some(text) if text.chars().count() > ANSWER_MAX => {
            refused("too_long", &format!("The answer is longer than {ANSWER_MAX} characters: shorten it."))
        }
        Some(text) if text.contains('\0') => {
            refused("control_character", "There is a NUL character in the answer: remove it.")
        }
        _ => Ok(()),
    }
}

fn no_question() -> ApiError {
    ApiError::not_found("There is no such question.")
}

#[async_trait]
impl Reviews for ReviewService {
    async fn due(&self, viewer: &Viewer) -> Result<DueList, ApiError> {
        Ok(self.list(viewer).await?)
    }

    async fn review(&self, viewer: &Viewer, question_id: i64, answer: ReviewAnswer) -> Result<Reviewed, ApiError> {
        Ok(self.answer(viewer, question_id, answer).await?)
    }

    async fn add(&self, viewer: &Viewer, question_id: i64) -> Result<(), ApiError> {
        Ok(self.add_question(viewer, question_id).await?)
    }

    async fn remove(&self, viewer: &Viewer, question_id: i64) -> Result<(), ApiError> {
        Ok(self.remove_question(viewer, question_id).await?)
    }

    async fn statistics(&self, viewer: &Viewer) -> Result<ReviewStatistics, ApiError> {
        Ok(self.numbers(viewer).await?)
    }
}
