//! Made-up documents, quizzes and reviews.

use crate::people::{Fakes, HOSTILE, is_unlucky, sub};
use async_trait::async_trait;
use domain::{
    ApiError, ErrorCode, FieldError, Timestamp, Viewer,
    accounts::Person,
    citation::Citation,
    documents::{
        Block, BlockKind, ContentsEntry, Document, DocumentFailure, DocumentList, DocumentOrigin, DocumentPage,
        DocumentProgress, DocumentStatus, Documents, DocumentsPart, FailureCode, FoundPassage, NotePoint, Notes,
        NotesStatus, NotesVersion, NotesVersionList,
    },
    quizzes::{
        AnswerClaim, AnswerDetail, AnswerSheet, ExportFormat, ExportedQuiz, GroupResults, HistoryEntry, KeyedQuestion,
        MemberResult, NewQuiz, Question, QuestionType, Quiz, QuizEdit, QuizHistory, QuizKey, QuizList, QuizResult,
        QuizSource, QuizStatistics, QuizStatus, QuizSummary, Quizzes, QuizzesPart,
    },
    review::{DueList, DueQuestion, Rating, ReviewAnswer, ReviewStatistics, Reviewed, Reviews},
};
use std::collections::BTreeMap;
use uuid::Uuid;

/// A document that can be read, with notes.
pub(crate) const READ: Uuid = Uuid::from_u128(0xd1);
/// One whose pages are being read.
pub(crate) const READING: Uuid = Uuid::from_u128(0xd2);
/// One that cannot be read.
pub(crate) const SCAN: Uuid = Uuid::from_u128(0xd3);
/// A file of a message that was never read before.
pub(crate) const SENT: Uuid = Uuid::from_u128(0xf1);
/// A quiz of the viewer's.
pub(crate) const MINE: i64 = 1;
/// A quiz that was shared with the viewer.
pub(crate) const SHARED: i64 = 2;
/// One of which the viewer has checked the third answer.
pub(crate) const CHECKED: i64 = 3;
/// What nothing but a key or a result may tell.
pub(crate) const SECRET: &str = "the-right-answer";
/// The passage that answers.
pub(crate) const QUOTE: &str = "the-quoted-passage";

const MOMENT: Timestamp = Timestamp::from_seconds(0);

fn document(id: Uuid) -> Document {
    let (status, notes_status) = match id {
        READING => (DocumentStatus::Processing, NotesStatus::Processing),
        SCAN => (DocumentStatus::Failed, NotesStatus::Failed),
        _ => (DocumentStatus::Ready, NotesStatus::Ready),
    };
    let is_ready = status == DocumentStatus::Ready;
    Document {
        id,
        title: HOSTILE.into(),
        filename: format!("{HOSTILE}.pdf"),
        content_type: "application/pdf".into(),
        size: 4_200_000,
        status,
        progress: (id == READING).then_some(DocumentProgress { page: 12, of: Some(100) }),
        failure: (id == SCAN).then(|| DocumentFailure {
            code: FailureCode::NoTextLayer,
            message: "Its pages are pictures. Recognise the text first.".into(),
        }),
        pages: is_ready.then_some(3),
        words: is_ready.then_some(1_234),
        language: is_ready.then(|| "pl".into()),
        notes_status,
        url: "/media/original".into(),
        created_at: MOMENT,
        updated_at: MOMENT,
    }
}

fn found(viewer: &Viewer, id: Uuid) -> Result<Document, ApiError> {
    if is_unlucky(viewer) {
        return Err(ApiError::internal());
    }
    let is_known = [READ, READING, SCAN].contains(&id);
    if is_known { Ok(document(id)) } else { Err(ApiError::not_found("There is no such document.")) }
}

/// A heading, a paragraph, a list and a table, all of them hostile.
fn page(number: u32) -> DocumentPage {
    let heading = format!("Cells {HOSTILE}");
    let paragraph = format!("A cell divides. {HOSTILE}");
    let (items, table) = (["one", "two"], "a\tb\nc\td");
    let parts = [heading.as_str(), &paragraph, items[0], items[1], table];
    let mut blocks = Vec::new();
    let mut start = 0;
    let kinds = [
        BlockKind::Heading { level: 1 },
        BlockKind::Paragraph,
        BlockKind::ListItem,
        BlockKind::ListItem,
        BlockKind::Table,
    ];
    for (part, kind) in parts.iter().zip(kinds) {
        let end = start + u32::try_from(part.chars().count()).unwrap();
        blocks.push(Block { kind, start, end });
        start = end + 2;
    }
    DocumentPage { page: number, text: parts.join("\n\n"), blocks }
}

/// Where “cell divides” stands on each page.
pub(crate) fn passage() -> (u32, u32) {
    let start = u32::try_from(format!("Cells {HOSTILE}\n\nA ").chars().count()).unwrap();
    (start, start + 12)
}

fn notes(id: Uuid) -> Notes {
    let (start, end) = passage();
    let is_there = id == READ;
    let link = format!("/library/{id}/read?page=2&amp;start={start}&amp;end={end}");
    let citation = Citation::Document { document_id: id, page: 2, start, end, quote: "cell divides".into() };
    Notes {
        status: document(id).notes_status,
        markdown: if is_there { format!("- Cells divide. {HOSTILE}") } else { String::new() },
        html: if is_there {
            format!("<h3>Cells</h3><ul><li>Cells divide. <a href=\"{link}\">[p. 2]</a></li></ul>")
        } else {
            String::new()
        },
        points: vec![NotePoint { text: "Cells divide.".into(), citations: vec![citation] }],
        version: u32::from(is_there) * 2,
        edited: false,
        remark: is_there.then(|| format!("Polish is done well. {HOSTILE}")),
        created_at: is_there.then_some(MOMENT),
    }
}

#[async_trait]
impl Documents for Fakes {
    async fn add(&self, viewer: &Viewer, origin: DocumentOrigin) -> Result<Document, ApiError> {
        match origin {
            DocumentOrigin::Upload(_) => found(viewer, READING),
            DocumentOrigin::Attachment(id) => found(viewer, if id == SENT { READING } else { READ }),
        }
    }

    async fn documents(&self, viewer: &Viewer, part: DocumentsPart) -> Result<DocumentList, ApiError> {
        found(viewer, READ)?;
        let documents = match (part.query.as_deref(), part.before) {
            (Some("nothing"), _) | (None, Some(_)) => Vec::new(),
            (Some(_), _) => vec![document(READ)],
            (None, None) => vec![document(READ), document(READING), document(SCAN)],
        };
        Ok(DocumentList { documents, older: Some(HOSTILE.into()), newer: None })
    }

    async fn document(&self, viewer: &Viewer, id: Uuid) -> Result<Document, ApiError> {
        found(viewer, id)
    }

    async fn rename(&self, viewer: &Viewer, id: Uuid, title: String) -> Result<Document, ApiError> {
        if title.trim().is_empty() {
            return Err(ApiError::validation(vec![FieldError::body("title", "blank", "Give it a title.")]));
        }
        found(viewer, id)
    }

    async fn delete(&self, viewer: &Viewer, id: Uuid) -> Result<(), ApiError> {
        found(viewer, id).map(drop)
    }

    async fn text(&self, viewer: &Viewer, id: Uuid, number: Option<u32>) -> Result<Vec<DocumentPage>, ApiError> {
        found(viewer, id)?;
        match number {
            Some(number) if number == 0 || number > 3 => Err(ApiError::not_found("There is no such page.")),
            Some(number) => Ok(vec![page(number)]),
            None => Ok((1..=3).map(page).collect()),
        }
    }

    async fn contents(&self, viewer: &Viewer, id: Uuid) -> Result<Vec<ContentsEntry>, ApiError> {
        found(viewer, id)?;
        let entry = |page| ContentsEntry { page, level: 1, start: 0, end: 5, title: format!("Cells {HOSTILE}") };
        Ok((1..=3).map(entry).collect())
    }

    async fn find(&self, viewer: &Viewer, id: Uuid, query: String) -> Result<Vec<FoundPassage>, ApiError> {
        found(viewer, id)?;
        let (start, end) = passage();
        let excerpt = ["A ".to_owned(), "cell divides".to_owned(), format!(". {HOSTILE}")];
        let place = |page| FoundPassage { page, start, end, excerpt: excerpt.clone() };
        Ok(if query == "nothing" { Vec::new() } else { (1..=3).map(place).collect() })
    }

    async fn notes(&self, viewer: &Viewer, id: Uuid) -> Result<Notes, ApiError> {
        found(viewer, id).map(|_| notes(id))
    }

    async fn regenerate_notes(&self, viewer: &Viewer, id: Uuid) -> Result<Notes, ApiError> {
        found(viewer, id).map(|_| notes(id))
    }

    async fn edit_notes(&self, viewer: &Viewer, id: Uuid, version: u32, _: String) -> Result<Notes, ApiError> {
        if version != 2 {
            return Err(ApiError::new(ErrorCode::Conflict, "There is a newer version of these notes."));
        }
        found(viewer, id).map(|_| notes(id))
    }

    async fn notes_versions(
        &self,
        viewer: &Viewer,
        id: Uuid,
        _: u32,
        _: Option<u32>,
    ) -> Result<NotesVersionList, ApiError> {
        found(viewer, id)?;
        let version = |version| NotesVersion {
            version,
            edited: version == 2,
            created_at: MOMENT,
            markdown: HOSTILE.into(),
            html: format!("<p>What version {version} says.</p>"),
        };
        Ok(NotesVersionList { versions: vec![version(2), version(1)], newest: 2, has_older: false })
    }
}

fn author() -> Person {
    Person { sub: sub("author"), display_name: HOSTILE.into(), avatar_url: None, email: None }
}

fn questions() -> Vec<Question> {
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
        status: QuizStatus::Ready,
        remark: None,
        author: author(),
        mine: id == MINE,
        notes_text: None,
        quiz: questions(),
        answers: BTreeMap::from([(11, "alpha".to_owned())]),
        submissions: 1,
        created_at: MOMENT,
    }
}

fn taken(viewer: &Viewer, id: i64) -> Result<Quiz, ApiError> {
    if is_unlucky(viewer) {
        return Err(ApiError::internal());
    }
    if [MINE, SHARED, CHECKED].contains(&id) {
        Ok(quiz(id))
    } else {
        Err(ApiError::not_found("There is no such quiz."))
    }
}

fn own(viewer: &Viewer, id: i64) -> Result<(), ApiError> {
    let quiz = taken(viewer, id)?;
    if quiz.mine { Ok(()) } else { Err(ApiError::forbidden("Only its author changes a quiz.")) }
}

fn citation() -> Citation {
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
        questions: questions().into_iter().map(keyed).collect(),
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

    async fn quizzes(&self, viewer: &Viewer, _: QuizzesPart) -> Result<QuizList, ApiError> {
        taken(viewer, MINE)?;
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

#[async_trait]
impl Reviews for Fakes {
    async fn due(&self, viewer: &Viewer) -> Result<DueList, ApiError> {
        taken(viewer, MINE)?;
        let due = |question| DueQuestion { question, quiz_id: MINE, quiz_title: HOSTILE.into(), due_at: MOMENT };
        let questions = questions().into_iter().map(due).collect();
        Ok(DueList { questions, due: 40, reviewed_today: 2, next_due_at: None })
    }

    async fn review(&self, viewer: &Viewer, question_id: i64, answer: ReviewAnswer) -> Result<Reviewed, ApiError> {
        taken(viewer, MINE)?;
        Ok(Reviewed {
            question_id,
            is_correct: false,
            almost: true,
            correct_answer: SECRET.into(),
            rating: answer.rating.unwrap_or(Rating::Again),
            due_at: MOMENT,
            citation: Some(citation()),
        })
    }

    async fn add(&self, viewer: &Viewer, _: i64) -> Result<(), ApiError> {
        taken(viewer, MINE).map(drop)
    }

    async fn remove(&self, viewer: &Viewer, _: i64) -> Result<(), ApiError> {
        taken(viewer, MINE).map(drop)
    }

    async fn statistics(&self, viewer: &Viewer) -> Result<ReviewStatistics, ApiError> {
        taken(viewer, MINE)?;
        let forecast = vec![3, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2];
        Ok(ReviewStatistics { questions: 6, reviews: 12, retention_percent: Some(83), forecast })
    }
}
