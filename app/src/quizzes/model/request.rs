//! The form of a new quiz as it is sent, read into what the service wants.

use domain::{
    ApiError, FieldError,
    documents::PAGES_MAX,
    quizzes::{Difficulty, NewQuiz, QuestionForm, QuizSource},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What the quiz is made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SourceKind {
    /// Documents of the library.
    #[default]
    Documents,
    /// Pasted text.
    Text,
    /// The documents of a conversation.
    Conversation,
}

/// The fields, all as a form sends them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuizForm {
    /// What it is made of.
    #[serde(default)]
    pub source: SourceKind,
    /// The text.
    #[serde(default)]
    pub text: String,
    /// The documents.
    #[serde(default)]
    pub documents: Vec<Uuid>,
    /// Whether it is made of the notes of the one document, instead of its text.
    #[serde(default)]
    pub from_notes: bool,
    /// From this page on; empty for the beginning.
    #[serde(default)]
    pub first_page: String,
    /// Up to this page; empty for the end.
    #[serde(default)]
    pub last_page: String,
    /// The conversation.
    #[serde(default)]
    pub conversation_id: String,
    /// How many questions.
    #[serde(default)]
    pub question_count: String,
    /// Which forms of questions.
    #[serde(default)]
    pub types: Vec<QuestionForm>,
    /// How hard.
    #[serde(default)]
    pub difficulty: Difficulty,
    /// Its title; may be empty.
    #[serde(default)]
    pub title: String,
}

impl QuizForm {
    /// Reads it.
    ///
    /// # Errors
    /// `validation_failed` for a field that says nothing usable.
    pub fn read(self) -> Result<NewQuiz, ApiError> {
        let mut errors = Vec::new();
        let question_count = number(&self.question_count).unwrap_or_else(|| {
            errors.push(FieldError::body("question_count", "int_parsing", "Give a number from 1 to 50."));
            0
        });
        let title = Some(self.title.trim().to_owned()).filter(|title| !title.is_empty());
        let source = match self.source {
            SourceKind::Text => QuizSource::Text(self.text),
            SourceKind::Documents => {
                if self.documents.is_empty() {
                    errors.push(FieldError::body("documents", "missing", "Choose at least one document."));
                }
                let pages = pages(&self.first_page, &self.last_page).unwrap_or_else(|| {
                    let sentence = "Give the numbers of the first and the last page, or leave both empty.";
                    errors.push(FieldError::body("first_page", "int_parsing", sentence));
                    None
                });
                match self.documents.as_slice() {
                    [one] if self.from_notes => {
                        if pages.is_some() {
                            let sentence = "Notes have no pages: leave both empty, or take the text.";
                            errors.push(FieldError::body("first_page", "ambiguous", sentence));
                        }
                        QuizSource::Notes(*one)
                    }
                    [_, _, ..] if self.from_notes => {
                        let sentence = "A quiz of notes is made of those of one document: choose only that one.";
                        errors.push(FieldError::body("documents", "too_many", sentence));
                        QuizSource::Documents { ids: Vec::new(), pages }
                    }
                    _ => QuizSource::Documents { ids: self.documents, pages },
                }
            }
            SourceKind::Conversation => QuizSource::Conversation(number(&self.conversation_id).unwrap_or_else(|| {
                errors.push(FieldError::body("conversation_id", "missing", "Choose a conversation."));
                0
            })),
        };
        if !errors.is_empty() {
            return Err(ApiError::validation(errors));
        }
        Ok(NewQuiz { source, question_count, types: self.types, difficulty: self.difficulty, title })
    }
}

fn number<N: std::str::FromStr>(text: &str) -> Option<N> {
    text.trim().parse().ok()
}

/// None where they cannot be read; nothing in it where there are none.
fn pages(first: &str, last: &str) -> Option<Option<(u32, u32)>> {
    match (first.trim(), last.trim()) {
        ("", "") => Some(None),
        ("", last) => Some(Some((1, number(last)?))),
        (first, "") => number(first).map(|first: u32| Some((first, PAGES_MAX.max(first)))),
        (first, last) => Some(Some((number(first)?, number(last)?))),
    }
    .filter(|pages| pages.is_none_or(|(first, last)| first >= 1 && first <= last))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> QuizForm {
        QuizForm { documents: vec![Uuid::nil()], question_count: "10".into(), ..QuizForm::default() }
    }

    #[test]
    fn pages_may_be_left_open() {
        let read = |first: &str, last: &str| {
            let form = QuizForm { first_page: first.into(), last_page: last.into(), ..form() };
            match form.read().map(|new| new.source) {
                Ok(QuizSource::Documents { pages, .. }) => Ok(pages),
                Ok(_) => Err("another source".to_owned()),
                Err(error) => Err(error.errors[0].msg.clone()),
            }
        };
        assert_eq!(read("", " "), Ok(None));
        assert_eq!(read("3", "9"), Ok(Some((3, 9))));
        assert_eq!(read("", "9"), Ok(Some((1, 9))));
        assert_eq!(read("3", ""), Ok(Some((3, PAGES_MAX))));
        for (first, last) in [("9", "3"), ("0", "3"), ("a", "3"), ("1", "-3")] {
            assert!(read(first, last).is_err(), "{first}–{last}");
        }
    }

    #[test]
    fn notes_are_those_of_one_document_and_have_no_pages() {
        let form = QuizForm { from_notes: true, ..form() };
        assert_eq!(form.clone().read().unwrap().source, QuizSource::Notes(Uuid::nil()));
        let several = QuizForm { documents: vec![Uuid::nil(), Uuid::from_u128(1)], ..form.clone() };
        assert!(several.read().unwrap_err().field("documents").is_some());
        assert!(QuizForm { first_page: "1".into(), ..form }.read().unwrap_err().field("first_page").is_some());
    }

    #[test]
    fn what_is_missing_is_said_at_its_field() {
        let refused = QuizForm { documents: Vec::new(), question_count: String::new(), ..form() }.read().unwrap_err();
        assert!(refused.field("documents").is_some() && refused.field("question_count").is_some());
        let conversation = QuizForm { source: SourceKind::Conversation, ..form() }.read().unwrap_err();
        assert!(conversation.field("conversation_id").is_some());
    }
}
