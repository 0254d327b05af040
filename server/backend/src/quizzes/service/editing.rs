//! The key of a quiz, and its author who changes it.

use super::{
    QuizService, checks, is_ready,
    store::{self, WrittenQuestion},
    view,
};
use crate::failure::Failure;
use db::Connection;
use domain::{
    ApiError, ErrorCode, FieldError, Viewer,
    clock::random_bytes,
    quizzes::{AnswerClaim, KeyedQuestion, QuestionEdit, QuestionType, QuizCard, QuizEdit, QuizKey},
};
use std::collections::{HashMap, HashSet};

impl QuizService {
    pub(super) async fn find_key(&self, viewer: &Viewer, id: i64) -> Result<QuizKey, Failure> {
        let mut connection = self.db.read().await?;
        let row = self.owned(&mut connection, viewer, id).await?;
        let mut questions = view::keyed(store::questions(&mut connection, id).await?)?;
        let mut claims: HashMap<i64, Vec<AnswerClaim>> = HashMap::new();
        for row in store::claims(&mut connection, id).await? {
            let claims = claims.entry(row.question_id).or_default();
            match claims.iter_mut().find(|claim| claim.answer == row.answer) {
                Some(claim) => claim.people += 1,
                None => claims.push(AnswerClaim { answer: row.answer, people: 1 }),
            }
        }
        for question in &mut questions {
            question.claims = claims.remove(&question.question.id).unwrap_or_default();
        }
        let statistics = view::read(&store::statistics(&mut connection, id).await?)?;
        Ok(QuizKey { quiz_id: id, title: row.title, version: view::number(row.version), questions, statistics })
    }

    pub(super) async fn change(&self, viewer: &Viewer, id: i64, edit: QuizEdit) -> Result<(), Failure> {
        let title = edit.title.as_deref().map(checks::title).transpose();
        let title = title.map_err(|error| ApiError::validation(vec![error]))?;
        let questions = edit.questions.map(checks::questions).transpose()?;
        let mut transaction = self.db.begin().await?;
        let row = self.locked_own(&mut transaction, viewer, id).await?;
        is_ready(&row)?;
        if edit.version != view::number(row.version) {
            let detail = "The quiz was changed since you loaded it: load it again and repeat your change.";
            return Err(ApiError::new(ErrorCode::Conflict, detail).into());
        }
        if let Some(title) = &title {
            store::rename_quiz(&mut transaction, id, title).await?;
        }
        let mut total = view::number(row.total_questions);
        if let Some(questions) = questions {
            total = u32::try_from(questions.len()).unwrap_or_default();
            write_questions(&mut transaction, id, questions).await?;
            self.grade_anew(&mut transaction, id, &row.language).await?;
        }
        store::quiz_changed(&mut transaction, id).await?;
        let title = title.unwrap_or(row.title);
        let show = |card: &mut QuizCard| {
            card.title.clone_from(&title);
            card.total_questions = total;
        };
        let woken = self.conversations.change_cards(&mut transaction, &[id], show).await?;
        transaction.commit().await?;
        self.conversations.events.publish(woken);
        Ok(())
    }
}

/// Lets a quiz have these questions and no others.
async fn write_questions(c: &mut Connection, id: i64, edits: Vec<QuestionEdit>) -> Result<(), Failure> {
    let before = view::keyed(store::questions(c, id).await?)?;
    let before: HashMap<i64, KeyedQuestion> =
        before.into_iter().map(|question| (question.question.id, question)).collect();
    let mut kept = HashSet::new();
    for (at, edit) in edits.iter().enumerate() {
        let Some(question_id) = edit.id else { continue };
        if !before.contains_key(&question_id) || !kept.insert(question_id) {
            let loc = ["body", "questions", &at.to_string(), "id"].map(str::to_owned).to_vec();
            let msg = "The quiz has no such question, or it is named twice: leave the id out for a new one.".to_owned();
            return Err(ApiError::validation(vec![FieldError { loc, msg, rule: "unknown".into() }]).into());
        }
    }
    for dropped in before.keys().filter(|id| !kept.contains(id)) {
        store::drop_question(c, *dropped).await?;
    }
    for (position, edit) in (0..).zip(edits) {
        let question_id = edit.id;
        let written = written(position, edit, question_id.and_then(|id| before.get(&id)))?;
        match question_id {
            Some(question_id) => store::change_question(c, question_id, &written).await?,
            None => store::insert_question(c, id, &written).await?,
        }
    }
    Ok(())
}

fn written(position: i64, edit: QuestionEdit, before: Option<&KeyedQuestion>) -> Result<WrittenQuestion, Failure> {
    let QuestionEdit { kind, question, mut options, correct_answer, accepted_answers, .. } = edit;
    if kind == QuestionType::MultipleChoice && !stays_in_place(&options, &correct_answer, before) {
        shuffle(&mut options);
    }
    Ok(WrittenQuestion {
        position,
        kind: view::kind_name(kind),
        question,
        options: view::write(&options)?,
        correct_answer,
        accepted_answers: view::write(&accepted_answers)?,
        citation: None,
    })
}

/// Whether the right option stands where it stood. Else the order would tell what authors do: they write the right one
/// first.
fn stays_in_place(options: &[String], correct: &str, before: Option<&KeyedQuestion>) -> bool {
    let place = |options: &[String], correct: &str| options.iter().position(|option| option == correct);
    before.is_some_and(|before| {
        let old = &before.question.options;
        old.len() == options.len() && place(old, &before.correct_answer) == place(options, correct)
    })
}

fn shuffle(options: &mut [String]) {
    for last in (1..options.len()).rev() {
        let random = u64::from_le_bytes(random_bytes());
        let other = usize::try_from(random % (last as u64 + 1)).unwrap_or_default();
        options.swap(last, other);
    }
}
