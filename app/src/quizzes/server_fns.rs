//! What the pages ask about quizzes. Checks and permissions are the service's.

use super::{
    model::{key::QuestionForm, request::QuizForm},
    paths::Showing,
};
use crate::{error::Failure, json_text::JsonText};
#[cfg(feature = "ssr")]
use crate::{
    quizzes::{
        model::{key, sheet},
        paths,
    },
    ssr,
};
use domain::quizzes::{AnswerDetail, AnswerSheet, GroupResults, Quiz, QuizHistory, QuizKey, QuizList, QuizResult};
#[cfg(feature = "ssr")]
use domain::quizzes::{QuizEdit, QuizzesPart};
use leptos::{prelude::*, server_fn::codec::GetUrl};
use std::collections::BTreeMap;

/// Most quizzes, and most results, that a page shows at once.
pub const PAGE: u32 = 50;

/// The quizzes that the viewer made or that were shared with them, newest first.
#[server(prefix = "/fn", endpoint = "quizzes/list", input = GetUrl, output = JsonText)]
pub async fn list_quizzes(
    /// A cursor: older ones.
    before: Option<String>,
    /// A cursor: newer ones.
    after: Option<String>,
) -> Result<QuizList, Failure> {
    let viewer = ssr::viewer()?;
    let part = QuizzesPart { limit: PAGE, before, after };
    Ok(ssr::services()?.quizzes.quizzes(&viewer, part).await?)
}

/// The viewer's submissions, newest first.
#[server(prefix = "/fn", endpoint = "quizzes/history", input = GetUrl, output = JsonText)]
pub async fn load_history(
    /// A cursor: older ones.
    before: Option<String>,
    /// A cursor: newer ones.
    after: Option<String>,
) -> Result<QuizHistory, Failure> {
    let viewer = ssr::viewer()?;
    let part = QuizzesPart { limit: PAGE, before, after };
    Ok(ssr::services()?.quizzes.history(&viewer, part).await?)
}

/// One quiz, without answers.
#[server(prefix = "/fn", endpoint = "quizzes/quiz", input = GetUrl, output = JsonText)]
pub async fn load_quiz(
    /// The quiz.
    id: i64,
) -> Result<Quiz, Failure> {
    let viewer = ssr::viewer()?;
    Ok(ssr::services()?.quizzes.quiz(&viewer, id).await?)
}

/// Makes a quiz.
#[server(prefix = "/fn", endpoint = "quizzes/make", output = JsonText)]
pub async fn make_quiz(
    /// As the form says.
    form: QuizForm,
) -> Result<Quiz, Failure> {
    let viewer = ssr::viewer()?;
    let quiz = ssr::services()?.quizzes.generate(&viewer, form.read()?).await?;
    ssr::after_form(&paths::take(quiz.quiz_id));
    Ok(quiz)
}

/// Deletes a quiz with everybody's results.
#[server(prefix = "/fn", endpoint = "quizzes/delete", output = JsonText)]
pub async fn delete_quiz(
    /// The quiz.
    id: i64,
) -> Result<(), Failure> {
    ssr::services()?.quizzes.delete(&ssr::viewer()?, id).await?;
    ssr::after_form(paths::LIST);
    Ok(())
}

/// The viewer's sheet.
#[server(prefix = "/fn", endpoint = "quizzes/sheet", input = GetUrl, output = JsonText)]
pub async fn load_sheet(
    /// The quiz.
    id: i64,
) -> Result<AnswerSheet, Failure> {
    let viewer = ssr::viewer()?;
    Ok(ssr::services()?.quizzes.sheet(&viewer, id).await?)
}

/// Keeps answers until the viewer submits.
#[server(prefix = "/fn", endpoint = "quizzes/save", output = JsonText)]
pub async fn save_answers(
    /// The quiz.
    id: i64,
    /// The answers, each by `q` and the id of its question.
    #[server(default)]
    answers: BTreeMap<String, String>,
    /// The sheet that they are for.
    attempt: Option<i64>,
    /// How a plain form goes on.
    #[server(default)]
    showing: Showing,
) -> Result<(), Failure> {
    ssr::services()?.quizzes.save_answers(&ssr::viewer()?, id, sheet::from_fields(answers), attempt).await?;
    ssr::after_form(&paths::take_showing(id, showing));
    Ok(())
}

/// Grades the answer to one question, which stays from then on. The others that a form has beside it are kept.
#[server(prefix = "/fn", endpoint = "quizzes/check", output = JsonText)]
pub async fn check_answer(
    /// The quiz.
    id: i64,
    /// The question.
    question_id: i64,
    /// The answers, each by `q` and the id of its question.
    #[server(default)]
    answers: BTreeMap<String, String>,
    /// The sheet that they are for.
    attempt: Option<i64>,
    /// How a plain form goes on.
    #[server(default)]
    showing: Showing,
) -> Result<AnswerDetail, Failure> {
    let (viewer, service) = (ssr::viewer()?, ssr::services()?.quizzes);
    let mut answers = sheet::from_fields(answers);
    let answer = answers.remove(&question_id);
    if !answers.is_empty() {
        service.save_answers(&viewer, id, answers, attempt).await?;
    }
    let detail = service.check_answer(&viewer, id, question_id, answer, attempt).await?;
    ssr::after_form(&paths::take_checked(id, question_id, showing));
    Ok(detail)
}

/// Grades the saved answers together with these.
#[server(prefix = "/fn", endpoint = "quizzes/submit", output = JsonText)]
pub async fn submit_quiz(
    /// The quiz.
    id: i64,
    /// The answers, each by `q` and the id of its question.
    #[server(default)]
    answers: BTreeMap<String, String>,
    /// The sheet that they are on.
    attempt: Option<i64>,
) -> Result<QuizResult, Failure> {
    let (viewer, service) = (ssr::viewer()?, ssr::services()?.quizzes);
    let result = service.submit(&viewer, id, sheet::from_fields(answers), attempt).await?;
    ssr::after_form(&paths::results(id));
    Ok(result)
}

/// The viewer's last result.
#[server(prefix = "/fn", endpoint = "quizzes/result", input = GetUrl, output = JsonText)]
pub async fn load_result(
    /// The quiz.
    id: i64,
) -> Result<QuizResult, Failure> {
    let viewer = ssr::viewer()?;
    Ok(ssr::services()?.quizzes.result(&viewer, id).await?)
}

/// Begins the quiz again with the right answers of the last result on the sheet: only what was missed is left open.
#[server(prefix = "/fn", endpoint = "quizzes/retry_missed", output = JsonText)]
pub async fn retry_missed(
    /// The quiz.
    id: i64,
) -> Result<(), Failure> {
    let (viewer, service) = (ssr::viewer()?, ssr::services()?.quizzes);
    let details = service.result(&viewer, id).await?.details;
    let answer = |right: bool, answer: String| if right { answer } else { String::new() };
    let answers = details.into_iter().map(|one| (one.question_id, answer(one.is_correct, one.user_answer))).collect();
    service.save_answers(&viewer, id, answers, None).await?;
    ssr::after_form(&paths::take_open(id));
    Ok(())
}

/// Says that a short answer was right.
#[server(prefix = "/fn", endpoint = "quizzes/claim", output = JsonText)]
pub async fn claim_answer(
    /// The quiz.
    id: i64,
    /// The question.
    question_id: i64,
) -> Result<QuizResult, Failure> {
    let result = ssr::services()?.quizzes.claim(&ssr::viewer()?, id, question_id).await?;
    ssr::after_form(&paths::results(id));
    Ok(result)
}

/// The questions with their answers, for the author.
#[server(prefix = "/fn", endpoint = "quizzes/key", input = GetUrl, output = JsonText)]
pub async fn load_key(
    /// The quiz.
    id: i64,
) -> Result<QuizKey, Failure> {
    let viewer = ssr::viewer()?;
    Ok(ssr::services()?.quizzes.key(&viewer, id).await?)
}

/// Gives a quiz another title.
#[server(prefix = "/fn", endpoint = "quizzes/rename", output = JsonText)]
pub async fn rename_quiz(
    /// The quiz.
    id: i64,
    /// The version of the key that was seen.
    version: u32,
    /// Its title.
    title: String,
) -> Result<QuizKey, Failure> {
    let edit = QuizEdit { version, title: Some(title), questions: None };
    let key = ssr::services()?.quizzes.edit(&ssr::viewer()?, id, edit).await?;
    ssr::after_form(&paths::edit(id));
    Ok(key)
}

/// Changes a question of the key, or adds one.
#[server(prefix = "/fn", endpoint = "quizzes/change_question", output = JsonText)]
pub async fn change_question(
    /// The quiz.
    id: i64,
    /// The version of the key that was edited.
    version: u32,
    /// The question as its form says.
    form: QuestionForm,
) -> Result<QuizKey, Failure> {
    let (viewer, service) = (ssr::viewer()?, ssr::services()?.quizzes);
    let questions = Some(form.put_into(&service.key(&viewer, id).await?));
    let key = service.edit(&viewer, id, QuizEdit { version, title: None, questions }).await?;
    ssr::after_form(&paths::edit(id));
    Ok(key)
}

/// Drops a question of the key.
#[server(prefix = "/fn", endpoint = "quizzes/drop_question", output = JsonText)]
pub async fn drop_question(
    /// The quiz.
    id: i64,
    /// The version of the key that was seen.
    version: u32,
    /// The question.
    question_id: i64,
) -> Result<QuizKey, Failure> {
    let (viewer, service) = (ssr::viewer()?, ssr::services()?.quizzes);
    let questions = Some(key::without(&service.key(&viewer, id).await?, question_id));
    let key = service.edit(&viewer, id, QuizEdit { version, title: None, questions }).await?;
    ssr::after_form(&paths::edit(id));
    Ok(key)
}

/// Adds an answer to the key.
#[server(prefix = "/fn", endpoint = "quizzes/accept", output = JsonText)]
pub async fn accept_answer(
    /// The quiz.
    id: i64,
    /// The question.
    question_id: i64,
    /// The answer.
    answer: String,
) -> Result<QuizKey, Failure> {
    let key = ssr::services()?.quizzes.accept(&ssr::viewer()?, id, question_id, answer).await?;
    ssr::after_form(&paths::edit(id));
    Ok(key)
}

/// Sends a quiz into a conversation; answers with the address of the message.
#[server(prefix = "/fn", endpoint = "quizzes/share", output = JsonText)]
pub async fn share_quiz(
    /// The quiz.
    id: i64,
    /// The conversation.
    conversation_id: i64,
) -> Result<String, Failure> {
    let message = ssr::services()?.quizzes.share(&ssr::viewer()?, id, conversation_id).await?;
    let address = crate::conversations::paths::message(conversation_id, message);
    ssr::after_form(&address);
    Ok(address)
}

/// How everybody did with whom it is shared.
#[server(prefix = "/fn", endpoint = "quizzes/group", input = GetUrl, output = JsonText)]
pub async fn load_group(
    /// The quiz.
    id: i64,
) -> Result<GroupResults, Failure> {
    let viewer = ssr::viewer()?;
    Ok(ssr::services()?.quizzes.group_results(&viewer, id).await?)
}
