//! What a quiz to be made, its questions and answers must be.

use super::taking;
use domain::{
    ApiError, FieldError,
    documents::PAGES_MAX,
    quizzes::{
        ANSWER_MAX, KeyedQuestion, NewQuiz, QUESTIONS_MAX, QuestionEdit, QuestionType, QuizSource, SOURCE_TEXT_MAX,
        SOURCES_MAX, TITLE_MAX,
    },
    text,
};
use std::collections::{BTreeMap, HashSet};

/// Most further right answers of a question, and their characters together.
const ACCEPTED_MAX: usize = 50;
const ACCEPTED_LENGTH_MAX: usize = 5_000;
/// Fewest and most options of a multiple choice.
const OPTIONS: std::ops::RangeInclusive<usize> = 2..=8;
/// The options of a statement that is true or false.
pub(super) const TRUTHS: [&str; 2] = ["true", "false"];

/// The title of a quiz.
pub(super) fn title(title: &str) -> Result<String, FieldError> {
    text::line("title", title, TITLE_MAX)
}

/// # Errors
/// `validation_failed` naming every rule that is broken.
pub(super) fn new_quiz(new: &NewQuiz) -> Result<(), ApiError> {
    let mut errors = Vec::new();
    errors.extend(source(&new.source));
    if !(1..=QUESTIONS_MAX).contains(&new.question_count) {
        let msg = format!("Ask for 1 to {QUESTIONS_MAX} questions.");
        errors.push(FieldError::body("question_count", "range", msg));
    }
    errors.extend(new.title.as_deref().and_then(|text| title(text).err()));
    if errors.is_empty() { Ok(()) } else { Err(ApiError::validation(errors)) }
}

fn source(source: &QuizSource) -> Option<FieldError> {
    let (ids, pages) = match source {
        QuizSource::Text(text) => return notes(text),
        QuizSource::Notes(_) | QuizSource::Conversation(_) => return None,
        QuizSource::Documents { ids, pages } => (ids, pages),
    };
    if ids.is_empty() {
        return Some(FieldError::body("document_ids", "missing", "Name at least one document."));
    }
    if ids.iter().collect::<HashSet<_>>().len() > SOURCES_MAX {
        let msg = format!("A quiz is made of at most {SOURCES_MAX} documents: leave some out.");
        return Some(FieldError::body("document_ids", "too_many", msg));
    }
    match *pages {
        Some((first, last)) if first == 0 || last < first || last > PAGES_MAX => {
            let msg = format!("Pages go from a first to a last one, from 1 to {PAGES_MAX}.");
            Some(FieldError::body("pages", "range", msg))
        }
        _ => None,
    }
}

fn notes(text: &str) -> Option<FieldError> {
    if text.trim().is_empty() {
        let msg = "There is no text: paste what the quiz should be about.";
        return Some(FieldError::body("notes_text", "blank", msg));
    }
    let length = text.chars().count();
    if length > SOURCE_TEXT_MAX {
        let msg = format!("The text has {length} characters: shorten it to {SOURCE_TEXT_MAX}, or upload it as a file.");
        return Some(FieldError::body("notes_text", "too_long", msg));
    }
    text.contains('\0').then(|| {
        let msg = "There is a NUL character in the text: remove it.";
        FieldError::body("notes_text", "control_character", msg)
    })
}

/// A question or an answer, trimmed: not blank, within its limit, lines of text.
pub(super) fn answer(field: &str, answer: &str) -> Result<String, FieldError> {
    let answer = answer.trim();
    if answer.is_empty() {
        let msg = format!("{} is blank: write something.", text::label(field));
        return Err(FieldError::body(field, "blank", msg));
    }
    given(field, answer)?;
    Ok(answer.to_owned())
}

fn given(field: &str, answer: &str) -> Result<(), FieldError> {
    let length = answer.chars().count();
    if length > ANSWER_MAX {
        let msg = format!("{} has {length} characters: shorten it to {ANSWER_MAX}.", text::label(field));
        return Err(FieldError::body(field, "too_long", msg));
    }
    if answer.chars().any(|letter| letter.is_control() && !matches!(letter, '\n' | '\r' | '\t')) {
        let msg = format!("{} has a control character: remove it.", text::label(field));
        return Err(FieldError::body(field, "control_character", msg));
    }
    Ok(())
}

/// What was answered, before it is known to what; an empty answer is none.
///
/// # Errors
/// `validation_failed` for answers that cannot be kept.
pub(super) fn answers(answers: &BTreeMap<i64, String>) -> Result<(), ApiError> {
    let errors: Vec<FieldError> =
        answers.iter().filter_map(|(id, answer)| Some(below("answers", *id, given("answer", answer).err()?))).collect();
    if errors.is_empty() { Ok(()) } else { Err(ApiError::validation(errors)) }
}

/// # Errors
/// `validation_failed` for answers to what is no question of the quiz.
pub(super) fn all_known(answers: &BTreeMap<i64, String>, questions: &[KeyedQuestion]) -> Result<(), ApiError> {
    let unknown = answers.keys().filter(|id| !taking::is_known(**id, questions));
    let msg = "The quiz has no such question: load it again, its author may have changed it.";
    let errors: Vec<FieldError> =
        unknown.map(|id| below("answers", *id, FieldError::body("answer", "unknown", msg))).collect();
    if errors.is_empty() { Ok(()) } else { Err(ApiError::validation(errors)) }
}

/// The same broken rule, where the field is an entry of another.
fn below(field: &str, entry: impl ToString, error: FieldError) -> FieldError {
    FieldError { loc: vec!["body".into(), field.into(), entry.to_string()], ..error }
}

/// Questions as an author wants them, trimmed.
///
/// # Errors
/// `validation_failed` naming every rule that is broken.
pub(super) fn questions(questions: Vec<QuestionEdit>) -> Result<Vec<QuestionEdit>, ApiError> {
    let (rule, msg) = match questions.len() {
        0 => ("missing", "A quiz has at least one question.".to_owned()),
        number if number > QUESTIONS_MAX as usize => {
            ("too_many", format!("A quiz has at most {QUESTIONS_MAX} questions: leave some out."))
        }
        _ => ("", String::new()),
    };
    if !rule.is_empty() {
        return Err(ApiError::validation(vec![FieldError::body("questions", rule, msg)]));
    }
    let (mut checked, mut errors) = (Vec::new(), Vec::new());
    for (at, edit) in questions.into_iter().enumerate() {
        match question(edit) {
            Ok(edit) => checked.push(edit),
            Err(error) => {
                let loc = ["body".to_owned(), "questions".to_owned(), at.to_string()];
                let loc = loc.into_iter().chain(error.loc.iter().skip(1).cloned()).collect();
                errors.push(FieldError { loc, ..error });
            }
        }
    }
    if errors.is_empty() { Ok(checked) } else { Err(ApiError::validation(errors)) }
}

fn question(edit: QuestionEdit) -> Result<QuestionEdit, FieldError> {
    let QuestionEdit { id, kind, question, options, correct_answer, accepted_answers } = edit;
    let question = answer("question", &question)?;
    let correct_answer = answer("correct_answer", &correct_answer)?;
    let options = options.iter().map(|option| answer("options", option)).collect::<Result<Vec<_>, _>>()?;
    let accepted: Vec<String> =
        accepted_answers.iter().map(|other| answer("accepted_answers", other)).collect::<Result<_, _>>()?;
    let options = match kind {
        QuestionType::MultipleChoice => choice(options, &correct_answer)?,
        QuestionType::TrueFalse => truths(&options, &correct_answer)?,
        QuestionType::ShortAnswer if options.is_empty() => options,
        QuestionType::ShortAnswer => {
            let msg = "What is answered in words has no options: leave them out.";
            return Err(FieldError::body("options", "not_chosen", msg));
        }
    };
    if kind != QuestionType::ShortAnswer && !accepted.is_empty() {
        let msg = "Only what is answered in words has other right answers: leave them out.";
        return Err(FieldError::body("accepted_answers", "not_written", msg));
    }
    accepted_answers_fit(&accepted)?;
    Ok(QuestionEdit { id, kind, question, options, correct_answer, accepted_answers: accepted })
}

/// Every answer to the question is compared with all of them.
///
/// # Errors
/// `too_many` when there are too many, or too long ones together.
pub(super) fn accepted_answers_fit(accepted: &[String]) -> Result<(), FieldError> {
    if accepted.len() > ACCEPTED_MAX {
        let msg = format!("A question has at most {ACCEPTED_MAX} further right answers.");
        return Err(FieldError::body("accepted_answers", "too_many", msg));
    }
    let length: usize = accepted.iter().map(|answer| answer.chars().count()).sum();
    if length > ACCEPTED_LENGTH_MAX {
        let msg =
            format!("The further right answers have {length} characters together: {ACCEPTED_LENGTH_MAX} at most.");
        return Err(FieldError::body("accepted_answers", "too_many", msg));
    }
    Ok(())
}

fn choice(options: Vec<String>, correct: &str) -> Result<Vec<String>, FieldError> {
    let refused = |rule: &str, msg: &str| Err(FieldError::body("options", rule, msg));
    if !OPTIONS.contains(&options.len()) {
        return refused("range", "A multiple choice has 2 to 8 options.");
    }
    let different: HashSet<String> = options.iter().map(|option| option.to_lowercase()).collect();
    if different.len() < options.len() {
        return refused("repeated", "Two options are the same: change one.");
    }
    if !options.iter().any(|option| option == correct) {
        let msg = "The right answer is none of the options: write it as one of them is written.";
        return Err(FieldError::body("correct_answer", "not_an_option", msg));
    }
    Ok(options)
}

fn truths(options: &[String], correct: &str) -> Result<Vec<String>, FieldError> {
    if !options.is_empty() && options != TRUTHS {
        return Err(FieldError::body("options", "not_chosen", "The options are true and false: leave them out."));
    }
    if !TRUTHS.contains(&correct) {
        return Err(FieldError::body("correct_answer", "not_an_option", "The right answer is true or false."));
    }
    Ok(TRUTHS.map(str::to_owned).to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(kind: QuestionType, options: &[&str], correct: &str) -> QuestionEdit {
        QuestionEdit {
            id: None,
            kind,
            question: " What? ".into(),
            options: options.iter().map(ToString::to_string).collect(),
            correct_answer: correct.into(),
            accepted_answers: Vec::new(),
        }
    }

    #[test]
    fn a_question_has_one_right_answer_among_different_options() {
        let rule = |kind, options: &[&str], correct: &str| question(edit(kind, options, correct)).unwrap_err().rule;
        let mcq = QuestionType::MultipleChoice;
        assert_eq!(question(edit(mcq, &["a", " b "], "b")).unwrap().options, ["a", "b"]);
        assert_eq!(rule(mcq, &["a"], "a"), "range");
        assert_eq!(rule(mcq, &["a"; 9], "a"), "range");
        assert_eq!(rule(mcq, &["a", "A"], "a"), "repeated");
        assert_eq!(rule(mcq, &["a", "b"], "c"), "not_an_option");
        assert_eq!(rule(mcq, &["a", " "], "a"), "blank");
        assert_eq!(rule(QuestionType::TrueFalse, &[], "yes"), "not_an_option");
        assert_eq!(rule(QuestionType::TrueFalse, &["yes", "no"], "true"), "not_chosen");
        assert_eq!(question(edit(QuestionType::TrueFalse, &[], "false")).unwrap().options, TRUTHS);
        assert_eq!(rule(QuestionType::ShortAnswer, &["a"], "a"), "not_chosen");
        assert_eq!(rule(QuestionType::ShortAnswer, &[], &"x".repeat(1_001)), "too_long");
        assert_eq!(rule(QuestionType::ShortAnswer, &[], "a\u{7}b"), "control_character");
    }

    #[test]
    fn a_broken_rule_of_a_question_says_of_which() {
        let good = edit(QuestionType::ShortAnswer, &[], "a");
        let error = questions(vec![good, edit(QuestionType::ShortAnswer, &[], " ")]).unwrap_err();
        assert_eq!(error.errors[0].loc, ["body", "questions", "1", "correct_answer"]);
        assert_eq!(questions(Vec::new()).unwrap_err().errors[0].rule, "missing");
    }
}
