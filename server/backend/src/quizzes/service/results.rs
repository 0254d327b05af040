//! Grading, and what was graded.

use super::{
    QuizService,
    listing::{self, List, Listed},
    store,
    store::{GradedRow, SubmissionRow},
    view::{self, Graded},
};
use crate::{failure::Failure, quizzes::grading::grade, review};
use db::Connection;
use domain::{
    ApiError, Timestamp, Viewer,
    quizzes::{HistoryEntry, KeyedQuestion, QuizHistory, QuizResult, QuizzesPart},
};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Grades a sheet by the key.
pub(super) fn grade_sheet(questions: &[KeyedQuestion], language: &str, answers: &BTreeMap<i64, String>) -> Vec<Graded> {
    questions
        .iter()
        .map(|question| {
            let answer = answers.get(&question.question.id).cloned().unwrap_or_default();
            grade_one(question, language, answer)
        })
        .collect()
}

/// Grades one answer by the key.
pub(super) fn grade_one(question: &KeyedQuestion, language: &str, answer: String) -> Graded {
    let verdict = grade(question, &answer, language);
    Graded { question_id: question.question.id, answer, is_correct: verdict.is_correct(), almost: verdict.is_almost() }
}

/// How many are right.
pub(super) fn score(graded: &[Graded]) -> i64 {
    graded.iter().filter(|graded| graded.is_correct).count() as i64
}

impl QuizService {
    pub(super) async fn last_result(&self, viewer: &Viewer, id: i64) -> Result<QuizResult, Failure> {
        let mut connection = self.db.read().await?;
        self.seen(&mut connection, viewer, id).await?;
        self.result_of(&mut connection, viewer, id).await
    }

    /// The viewer's last result of a quiz that they see.
    pub(super) async fn result_of(&self, c: &mut Connection, viewer: &Viewer, id: i64) -> Result<QuizResult, Failure> {
        let not_yet = || ApiError::not_found("You have not submitted this quiz yet.");
        let row = store::last_submission(c, id, viewer.account_id).await?.ok_or_else(not_yet)?;
        let questions = view::keyed(store::questions(c, id).await?)?;
        let claims = store::claims(c, id).await?;
        let claimed: HashMap<i64, String> = claims
            .into_iter()
            .filter(|claim| claim.account_id == viewer.account_id)
            .map(|claim| (claim.question_id, claim.answer))
            .collect();
        result(id, row, &questions, &claimed)
    }

    pub(super) async fn submissions(&self, viewer: &Viewer, part: QuizzesPart) -> Result<QuizHistory, Failure> {
        let place = List::Submissions.place(&part)?;
        let limit = i64::from(part.limit) + 1;
        let rows = store::history(&mut self.db.read().await?, viewer.account_id, place, limit).await?;
        let Listed { rows, older, newer } = listing::listed(List::Submissions, place, part.limit, rows, |row| row.id);
        let entries = rows.into_iter().map(|row| HistoryEntry {
            submission_id: row.id,
            quiz_id: row.quiz_id,
            title: row.title,
            score: view::number(row.score),
            total_questions: view::number(row.total_questions),
            submitted_at: Timestamp::from_micros(row.submitted_at),
        });
        Ok(QuizHistory { history: entries.collect(), older, newer })
    }

    /// Grades everybody's submissions anew by the key as it is now, and settles the claims that came true. A question
    /// that was dropped counts for nobody, one that was added only for who submits from now on.
    pub(super) async fn grade_anew(&self, c: &mut Connection, id: i64, language: &str) -> Result<(), Failure> {
        let questions = view::keyed(store::questions(c, id).await?)?;
        let by_id: HashMap<i64, &KeyedQuestion> =
            questions.iter().map(|question| (question.question.id, question)).collect();
        let mut persons = Persons::default();
        let mut after_id = 0;
        while let Some(row) = store::next_submission(c, id, after_id).await? {
            after_id = row.id;
            let before: Vec<Graded> = view::read(&row.details)?;
            let after: Vec<Graded> = before
                .iter()
                .filter_map(|graded| {
                    let question = by_id.get(&graded.question_id)?;
                    Some(grade_one(question, language, graded.answer.clone()))
                })
                .collect();
            persons.take(row.account_id, &before, &after);
            if after != before {
                let details = view::write(&after)?;
                let total_questions = after.len() as i64;
                let graded = GradedRow { score: score(&after), total_questions, details: &details };
                store::regrade(c, row.id, graded).await?;
            }
        }
        for (account_id, question_id) in persons.right_after_all() {
            review::service::forget_right(c, account_id, question_id).await?;
        }
        for claim in store::claims(c, id).await? {
            let question = by_id.get(&claim.question_id);
            if question.is_none_or(|question| grade(question, &claim.answer, language).is_correct()) {
                store::settle_claim(c, claim.account_id, claim.question_id).await?;
            }
        }
        Ok(())
    }
}

/// What grading anew changes for each person, over all of their submissions.
#[derive(Default)]
struct Persons {
    /// By account and question.
    better: BTreeSet<(i64, i64)>,
    still_wrong: BTreeSet<(i64, i64)>,
}

impl Persons {
    fn take(&mut self, account_id: i64, before: &[Graded], after: &[Graded]) {
        let was_right: HashMap<i64, bool> =
            before.iter().map(|graded| (graded.question_id, graded.is_correct)).collect();
        for graded in after {
            let one = (account_id, graded.question_id);
            if !graded.is_correct {
                self.still_wrong.insert(one);
            } else if was_right.get(&graded.question_id) == Some(&false) {
                self.better.insert(one);
            }
        }
    }

    fn right_after_all(&self) -> impl Iterator<Item = (i64, i64)> {
        self.better.difference(&self.still_wrong).copied()
    }
}

/// A submission beside the questions as they are now.
fn result(
    quiz_id: i64,
    row: SubmissionRow,
    questions: &[KeyedQuestion],
    claimed: &HashMap<i64, String>,
) -> Result<QuizResult, Failure> {
    let graded: Vec<Graded> = view::read(&row.details)?;
    let mut graded: HashMap<i64, Graded> = graded.into_iter().map(|graded| (graded.question_id, graded)).collect();
    let details = questions
        .iter()
        .filter_map(|question| {
            let graded = graded.remove(&question.question.id)?;
            let is_claimed = !graded.is_correct && claimed.get(&graded.question_id) == Some(&graded.answer);
            Some(view::detail(graded, question, is_claimed))
        })
        .collect();
    Ok(QuizResult {
        submission_id: row.id,
        quiz_id,
        score: view::number(row.score),
        total_questions: view::number(row.total_questions),
        details,
        submitted_at: Timestamp::from_micros(row.submitted_at),
    })
}

/// The questions of a submission.
pub(super) fn asked(row: &SubmissionRow) -> Result<HashSet<i64>, Failure> {
    let graded: Vec<Graded> = view::read(&row.details)?;
    Ok(graded.into_iter().map(|graded| graded.question_id).collect())
}

/// Whether a question was among those of a submission.
pub(crate) fn has_answered(row: &SubmissionRow, question_id: i64) -> Result<bool, Failure> {
    Ok(asked(row)?.contains(&question_id))
}

/// The questions that a submission has right.
pub(super) fn right_questions(row: &SubmissionRow) -> Result<HashSet<i64>, Failure> {
    let graded: Vec<Graded> = view::read(&row.details)?;
    Ok(graded.into_iter().filter(|graded| graded.is_correct).map(|graded| graded.question_id).collect())
}
