//! Looking at quizzes and deleting them.

use super::{
    QuizService, cursor,
    store::{self, ListPlace},
    view,
};
use crate::failure::Failure;
use domain::{
    ApiError, FieldError, Timestamp, Viewer,
    conversations::PAGE_MAX,
    quizzes::{Quiz, QuizList, QuizzesPart},
};

impl QuizService {
    pub(super) async fn find(&self, viewer: &Viewer, id: i64) -> Result<Quiz, Failure> {
        let mut connection = self.db.read().await?;
        let row = self.seen(&mut connection, viewer, id).await?;
        let mine = row.author_id == viewer.account_id;
        let notes_text = if mine { store::notes_text(&mut connection, id).await? } else { None };
        let questions = view::keyed(store::questions(&mut connection, id).await?)?;
        let answers = store::sheet(&mut connection, id, viewer.account_id).await?;
        Ok(Quiz {
            quiz_id: row.id,
            status: view::status(&row)?,
            // It is about how the quiz was made.
            remark: row.remark.filter(|_| mine),
            author: view::person(row.author_sub, row.author_name, row.author_avatar)?,
            title: row.title,
            mine,
            notes_text,
            quiz: questions.into_iter().map(|question| question.question).collect(),
            answers: answers.into_iter().collect(),
            submissions: view::number(row.submissions),
            created_at: Timestamp::from_micros(row.created_at),
        })
    }

    pub(super) async fn list(&self, viewer: &Viewer, part: QuizzesPart) -> Result<QuizList, Failure> {
        let limit = i64::from(part.limit);
        if !(1..=PAGE_MAX).contains(&limit) {
            let msg = format!("Ask for 1 to {PAGE_MAX} entries.");
            return Err(ApiError::validation(vec![FieldError::query("limit", "range", msg)]).into());
        }
        let place = place(&part)?;
        let mut connection = self.db.read().await?;
        let mut rows = store::quizzes(&mut connection, viewer.account_id, place, limit + 1).await?;
        let has_more = rows.len() as i64 > limit;
        rows.truncate(usize::try_from(limit).unwrap_or_default());
        if matches!(place, ListPlace::Newer(_)) {
            rows.reverse();
        }
        // Where one came from, there is more; on the far side only if it was found.
        let (has_newer, has_older) = match place {
            ListPlace::Latest => (false, has_more),
            ListPlace::Older(_) => (true, has_more),
            ListPlace::Newer(_) => (has_more, true),
        };
        let newer = rows.first().filter(|_| has_newer).map(|row| cursor::at(row.id));
        let older = rows.last().filter(|_| has_older).map(|row| cursor::at(row.id));
        let quizzes = rows.into_iter().map(|row| view::summary(row, viewer.account_id)).collect::<Result<_, _>>()?;
        Ok(QuizList { quizzes, older, newer })
    }

    pub(super) async fn delete_quiz(&self, viewer: &Viewer, id: i64) -> Result<(), Failure> {
        let mut transaction = self.db.begin().await?;
        store::lock_quiz(&mut transaction, id).await?;
        self.owned(&mut transaction, viewer, id).await?;
        let woken = self.conversations.change_cards(&mut transaction, id, |card| card.deleted = true).await?;
        store::delete_quiz(&mut transaction, id).await?;
        transaction.commit().await?;
        self.conversations.events.publish(woken);
        Ok(())
    }
}

fn place(part: &QuizzesPart) -> Result<ListPlace, ApiError> {
    match (&part.before, &part.after) {
        (None, None) => Ok(ListPlace::Latest),
        (Some(cursor), None) => Ok(ListPlace::Older(cursor::read("before", cursor)?)),
        (None, Some(cursor)) => Ok(ListPlace::Newer(cursor::read("after", cursor)?)),
        (Some(_), Some(_)) => {
            let msg = "Name either before or after, not both.";
            Err(ApiError::validation(vec![FieldError::query("before", "conflict", msg)]))
        }
    }
}
