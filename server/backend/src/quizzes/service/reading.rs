//! Looking at quizzes and deleting them.

use super::{
    QuizService,
    listing::{self, List, Listed},
    store, view,
};
use crate::failure::Failure;
use domain::{
    Timestamp, Viewer,
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
            answers: answers.into_iter().map(|row| (row.question_id, row.answer)).collect(),
            submissions: view::number(row.submissions),
            created_at: Timestamp::from_micros(row.created_at),
        })
    }

    pub(super) async fn list(&self, viewer: &Viewer, part: QuizzesPart) -> Result<QuizList, Failure> {
        let place = List::Quizzes.place(&part)?;
        let mut connection = self.db.read().await?;
        let rows = store::quizzes(&mut connection, viewer.account_id, place, i64::from(part.limit) + 1).await?;
        drop(connection);
        let Listed { rows, older, newer } = listing::listed(List::Quizzes, place, part.limit, rows, |row| row.id);
        let quizzes = rows.into_iter().map(|row| view::summary(row, viewer.account_id)).collect::<Result<_, _>>()?;
        Ok(QuizList { quizzes, older, newer })
    }

    pub(super) async fn delete_quiz(&self, viewer: &Viewer, id: i64) -> Result<(), Failure> {
        let mut transaction = self.db.begin().await?;
        self.locked_own(&mut transaction, viewer, id).await?;
        let woken = self.conversations.change_cards(&mut transaction, &[id], |card| card.deleted = true).await?;
        store::delete_quiz(&mut transaction, id).await?;
        transaction.commit().await?;
        self.conversations.events.publish(woken);
        Ok(())
    }
}
