//! Made-up quizzes, their keys and results.

use super::{MOMENT, READ};
use crate::people::{Fakes, HOSTILE, is_unlucky, sub};
use async_trait::async_trait;
use domain::{
    ApiError, ErrorCode, FieldError, Viewer,
    accounts::Person,
    citation::Citation,
    quizzes::{
        AnswerClaim, AnswerDetail, AnswerSheet, ExportFormat, ExportedQuiz, GroupResults, HistoryEntry, KeyedQuestion,
        MemberResult, NewQuiz, Question, QuestionType, Quiz, QuizEdit, QuizHistory, QuizKey, QuizList, QuizResult,
        QuizSource, QuizStatistics, QuizStatus, QuizSummary, Quizzes, QuizzesPart,
    },
};
use std::collections::BTreeMap;

/// A quiz of the viewer's.
pub(crate) const MINE: i64 = 1;
/// A quiz that was shared with the viewer.
pub(crate) const SHARED: i64 = 2;
/// One of which the viewer has checked the third answer.
pub(crate) const CHECKED: i64 = 3;
/// One of the viewer's that could not be made.
pub(crate) const FAILED: i64 = 4;
/// What nothing but a key or a result may tell.
pub(crate) const SECRET: &str = "the-right-answer";
/// The passage that answers.
pub(crate) const QUOTE: &str = "the-quoted-passage";

fn author() -> Person {
    Person { sub: sub("author"), display_name: HOSTILE.into(), avatar_url: None, email: None }
}

pub(super) fn questions() -> Vec<Question> {
    let question = |id, kind, options: &[&str]| Question {
        id,
        kind,
        question: format!("Question {id}? {HOSTILE}"),
        options: options.iter().map(|option| (*option).to_owned()).collect(),
    };
    vec![
        question(11, QuestionType::MultipleChoice, &["alpha", HOSTILE]),
        question(12, QuestionType::TrueFalse, &["true", "false"]),
        question(13, QuestionType::ShortAnswer, &[]),
    ]
}

fn quiz(id: i64) -> Quiz {
    Quiz {
        quiz_id: id,
        title: HOSTILE.into(),
        status: if id == FAILED { QuizStatus::Failed } else { QuizStatus::Ready },
        remark: (id == FAILED).then(|| "No questions could be made.".into()),
        author: author(),
        mine: id == MINE || id == FAILED,
        notes_text: None,
        quiz: if id == FAILED { Vec::new() } else { questions() },
        answers: BTreeMap::from([(11, "alpha".to_owned())]),
        submissions: 1,
        created_at: MOMENT,
    }
}

pub(super) fn taken(viewer: &Viewer, id: i64) -> Result<Quiz, ApiError> {
    if is_unlucky(viewer) {
        return Err(ApiError::internal());
    }
    if [MINE, SHARED, CHECKED, FAILED].contains(&id) {
        Ok(quiz(id))
    } else {
        Err(ApiError::not_found("There is no such quiz."))
    }
}

fn own(viewer: &Viewer, id: i64) -> Result<(), ApiError> {
    let quiz = taken(viewer, id)?;
    if quiz.mine { Ok(()) } else { Err(ApiError::forbidden("Only its author changes a quiz.")) }
}

pub(super) fn citation() -> Citation {
    Citation::Document { document_id: READ, page: 2, start: 3, end: 9, quote: QUOTE.into() }
}

fn detail(question: Question) -> AnswerDetail {
    AnswerDetail {
        question_id: question.id,
        kind: question.kind,
        question: question.question,
        options: question.options,
        correct_answer: if question.id == 11 { "alpha".into() } else { SECRET.into() },
        user_answer: if question.id == 11 { "alpha".into() } else { HOSTILE.into() },
        is_correct: question.id == 11,
        almost: question.id == 13,
        claimed: false,
        citation: Some(citation()),
    }
}

fn sheet(id: i64) -> AnswerSheet {
    let is_checked = |question: &Question| id == CHECKED && question.id == 13;
    let checked: Vec<_> = questions().into_iter().filter(is_checked).map(detail).collect();
    let mut answers = BTreeMap::from([(11, "alpha".to_owned())]);
    answers.extend(checked.iter().map(|detail| (detail.question_id, detail.user_answer.clone())));
    AnswerSheet { quiz_id: id, attempt: 5, answers, checked }
}

fn result(id: i64) -> QuizResult {
    QuizResult {
        submission_id: 5,
        quiz_id: id,
        score: 1,
        total_questions: 3,
        details: questions().into_iter().map(detail).collect(),
        submitted_at: MOMENT,
    }
}

fn key(id: i64) -> QuizKey {
    let keyed = |question: Question| KeyedQuestion {
        correct_answer: if question.id == 11 { "alpha".into() } else { SECRET.into() },
        accepted_answers: Vec::new(),
        citation: Some(citation()),
        claims: vec![AnswerClaim { answer: HOSTILE.into(), people: 2 }],
        question,
    };
    QuizKey {
        quiz_id: id,
        title: HOSTILE.into(),
        version: 3,
        questions: quiz(id).quiz.into_iter().map(keyed).collect(),
        statistics: QuizStatistics {
            drafted: 9,
            kept: 3,
            dropped: BTreeMap::from([("near_duplicate".to_owned(), 6)]),
            positions: vec![1, 0, 0, 0],
            longest_is_right_percent: 25,
        },
    }
}

#[async_trait]
impl Quizzes for Fakes {
    async fn generate(&self, viewer: &Viewer, new: NewQuiz) -> Result<Quiz, ApiError> {
        if new.source == QuizSource::Text(String::new()) {
            return Err(ApiError::validation(vec![FieldError::body("notes_text", "blank", "Paste a text.")]));
        }
        taken(viewer, MINE)
    }

    async fn quiz(&self, viewer: &Viewer, id: i64) -> Result<Quiz, ApiError> {
        taken(viewer, id)
    }

    async fn quizzes(&self, viewer: &Viewer, part: QuizzesPart) -> Result<QuizList, ApiError> {
        taken(viewer, MINE)?;
        if part.before.is_some() {
            let msg = "This is not a cursor of this list: take it from a Link header.";
            return Err(ApiError::validation(vec![FieldError::query("before", "cursor", msg)]));
        }
        let summary = |id| QuizSummary {
            quiz_id: id,
            title: HOSTILE.into(),
            status: QuizStatus::Ready,
            author: author(),
            mine: id == MINE,
            total_questions: 3,
            answered: 1,
            last_score: (id == MINE).then_some(1),
            created_at: MOMENT,
        };
        Ok(QuizList { quizzes: vec![summary(MINE), summary(SHARED)], older: Some(HOSTILE.into()), newer: None })
    }

    async fn delete(&self, viewer: &Viewer, id: i64) -> Result<(), ApiError> {
        own(viewer, id)
    }

    async fn key(&self, viewer: &Viewer, id: i64) -> Result<QuizKey, ApiError> {
        own(viewer, id).map(|()| key(id))
    }

    async fn edit(&self, viewer: &Viewer, id: i64, edit: QuizEdit) -> Result<QuizKey, ApiError> {
        own(viewer, id)?;
        if edit.version != 3 {
            return Err(ApiError::new(ErrorCode::Conflict, "Somebody has changed it meanwhile."));
        }
        if edit.questions.as_ref().is_some_and(|questions| questions.iter().any(|one| one.question.is_empty())) {
            return Err(ApiError::validation(vec![FieldError::body("question", "blank", "Write a question.")]));
        }
        Ok(key(id))
    }

    async fn sheet(&self, viewer: &Viewer, id: i64) -> Result<AnswerSheet, ApiError> {
        taken(viewer, id).map(|_| sheet(id))
    }

    async fn save_answers(
        &self,
        viewer: &Viewer,
        id: i64,
        answers: BTreeMap<i64, String>,
        _: Option<i64>,
    ) -> Result<(), ApiError> {
        taken(viewer, id)?;
        let is_asked = |id: &i64| (11..=13).contains(id);
        if answers.keys().all(is_asked) {
            return Ok(());
        }
        Err(ApiError::validation(vec![FieldError::body("answers", "unknown", "There is no such question.")]))
    }

    async fn check_answer(
        &self,
        viewer: &Viewer,
        id: i64,
        question_id: i64,
        answer: Option<String>,
        _: Option<i64>,
    ) -> Result<AnswerDetail, ApiError> {
        taken(viewer, id)?;
        if answer.is_none() {
            return Err(ApiError::validation(vec![FieldError::body("answer", "unanswered", "Answer it first.")]));
        }
        let question = questions().into_iter().find(|question| question.id == question_id);
        question.map(detail).ok_or_else(|| ApiError::not_found("There is no such question."))
    }

    async fn submit(
        &self,
        viewer: &Viewer,
        id: i64,
        answers: BTreeMap<i64, String>,
        attempt: Option<i64>,
    ) -> Result<QuizResult, ApiError> {
        self.save_answers(viewer, id, answers, attempt).await.map(|()| result(id))
    }

    async fn result(&self, viewer: &Viewer, id: i64) -> Result<QuizResult, ApiError> {
        taken(viewer, id).map(|_| result(id))
    }

    async fn history(&self, viewer: &Viewer, _: QuizzesPart) -> Result<QuizHistory, ApiError> {
        taken(viewer, MINE)?;
        let title = HOSTILE.to_owned();
        let submitted =
            HistoryEntry { submission_id: 5, quiz_id: MINE, title, score: 1, total_questions: 3, submitted_at: MOMENT };
        Ok(QuizHistory { history: vec![submitted], older: None, newer: None })
    }

    async fn claim(&self, viewer: &Viewer, id: i64, _: i64) -> Result<QuizResult, ApiError> {
        taken(viewer, id).map(|_| result(id))
    }

    async fn accept(&self, viewer: &Viewer, id: i64, _: i64, _: String) -> Result<QuizKey, ApiError> {
        own(viewer, id).map(|()| key(id))
    }

    async fn share(&self, viewer: &Viewer, id: i64, _: i64) -> Result<i64, ApiError> {
        own(viewer, id).map(|()| 77)
    }

    async fn group_results(&self, viewer: &Viewer, id: i64) -> Result<GroupResults, ApiError> {
        taken(viewer, id)?;
        let member = MemberResult { person: author(), score: Some(2), submissions: 1, submitted_at: Some(MOMENT) };
        Ok(GroupResults { quiz_id: id, total_questions: 3, members: vec![member], right_by_question: BTreeMap::new() })
    }

    async fn export(&self, _: &Viewer, _: i64, _: ExportFormat) -> Result<ExportedQuiz, ApiError> {
        Err(ApiError::internal())
    }
}
