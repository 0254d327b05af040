//! Quizzes in words.

use domain::quizzes::{AnswerDetail, Difficulty, QuestionForm, QuestionType, QuizStatus};

/// The forms of questions, as the form of a new quiz offers them.
pub const FORMS: [(QuestionForm, &str, &str, &str); 4] = [
    (QuestionForm::Mcq, "mcq", "Multiple choice", "Choose one of the options."),
    (QuestionForm::Tf, "tf", "True or false", "Say whether a sentence is true."),
    (QuestionForm::Short, "short", "Short answer", "Write a word, a name or a number."),
    (QuestionForm::Cloze, "cloze", "Fill the gap", "Complete a sentence."),
];

/// How hard a quiz can be.
pub const DIFFICULTIES: [(Difficulty, &str, &str, &str); 3] = [
    (Difficulty::Easy, "easy", "Easy", "Main facts; wrong options are far off."),
    (Difficulty::Medium, "medium", "Medium", "In between."),
    (Difficulty::Hard, "hard", "Hard", "Details; wrong options are close."),
];

/// A type of question.
#[must_use]
pub const fn kind(kind: QuestionType) -> &'static str {
    match kind {
        QuestionType::MultipleChoice => "Multiple choice",
        QuestionType::TrueFalse => "True or false",
        QuestionType::ShortAnswer => "Short answer",
    }
}

/// As forms send a type.
#[must_use]
pub const fn kind_value(kind: QuestionType) -> &'static str {
    match kind {
        QuestionType::MultipleChoice => "mcq",
        QuestionType::TrueFalse => "tf",
        QuestionType::ShortAnswer => "short",
    }
}

/// `1 question`, `20 questions`.
#[must_use]
pub fn questions(count: u32) -> String {
    if count == 1 { "1 question".to_owned() } else { format!("{count} questions") }
}

/// What its author finds behind a quiz: one without questions can only be deleted.
#[must_use]
pub const fn manage(status: QuizStatus) -> &'static str {
    match status {
        QuizStatus::Ready => "Edit and share",
        QuizStatus::Processing | QuizStatus::Failed => "Delete quiz",
    }
}

/// An option as it is shown: those of true or false are words.
#[must_use]
pub fn option(text: &str) -> &str {
    match text {
        "true" => "True",
        "false" => "False",
        other => other,
    }
}

/// The options of a question, also where they go without saying.
#[must_use]
pub fn options(kind: QuestionType, options: &[String]) -> Vec<String> {
    match kind {
        QuestionType::TrueFalse if options.is_empty() => vec!["true".to_owned(), "false".to_owned()],
        _ => options.to_vec(),
    }
}

/// `17 of 20, 85 %`.
#[must_use]
pub fn score(right: u32, of: u32) -> String {
    match (right * 100).checked_div(of) {
        Some(percent) => format!("{right} of {of}, {percent} %"),
        None => format!("{right} of {of}"),
    }
}

/// How an answer was graded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grade {
    /// Right.
    Right,
    /// Right with a slip.
    RightWithSlip,
    /// Wrong by little.
    Almost,
    /// Wrong.
    Wrong,
    /// There was none.
    Missing,
}

impl Grade {
    /// That of an answer.
    #[must_use]
    pub fn of(detail: &AnswerDetail) -> Self {
        match (detail.is_correct, detail.almost) {
            (true, false) => Self::Right,
            (true, true) => Self::RightWithSlip,
            (false, _) if detail.user_answer.trim().is_empty() => Self::Missing,
            (false, true) => Self::Almost,
            (false, false) => Self::Wrong,
        }
    }

    /// In words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Right => "Right",
            Self::RightWithSlip => "Right, with a slip",
            Self::Almost => "Almost",
            Self::Wrong => "Wrong",
            Self::Missing => "Not answered",
        }
    }

    /// For the style sheet.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Right | Self::RightWithSlip => "grade grade-right",
            Self::Almost => "grade grade-almost",
            Self::Wrong | Self::Missing => "grade grade-wrong",
        }
    }

    /// Whether it counts.
    #[must_use]
    pub const fn is_right(self) -> bool {
        matches!(self, Self::Right | Self::RightWithSlip)
    }
}

/// What a check of the validator is about.
#[must_use]
pub fn check(name: &str) -> String {
    let mut words = name.replace('_', " ");
    if let Some(first) = words.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    words
}

/// Seconds as minutes and seconds: `4:07`.
#[must_use]
pub fn clock(seconds: i64) -> String {
    let seconds = seconds.max(0);
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// How much of a time is left, for whoever does not see the clock; nothing while there is no need to know.
#[must_use]
pub const fn time_left(seconds: i64, minutes: i64) -> &'static str {
    match (seconds, minutes) {
        (..=0, _) => "Time is up. Submit when you are ready.",
        (1..=60, _) => "Less than a minute left",
        (61..=300, 6..) => "Less than 5 minutes left",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn detail(is_correct: bool, almost: bool, user_answer: &str) -> AnswerDetail {
        AnswerDetail {
            question_id: 1,
            kind: QuestionType::ShortAnswer,
            question: "What?".into(),
            options: Vec::new(),
            correct_answer: "cell".into(),
            user_answer: user_answer.into(),
            is_correct,
            almost,
            claimed: false,
            citation: None,
        }
    }

    #[test]
    fn grades_are_told_apart() {
        assert_eq!(Grade::of(&detail(true, false, "cell")), Grade::Right);
        assert_eq!(Grade::of(&detail(true, true, "cel")), Grade::RightWithSlip);
        assert_eq!(Grade::of(&detail(false, true, "sell")), Grade::Almost);
        assert_eq!(Grade::of(&detail(false, false, "atom")), Grade::Wrong);
        assert_eq!(Grade::of(&detail(false, false, " ")), Grade::Missing);
    }

    #[test]
    fn scores_and_times_read_well() {
        assert_eq!(score(17, 20), "17 of 20, 85 %");
        assert_eq!(score(0, 0), "0 of 0");
        assert_eq!([clock(247), clock(-3)], ["4:07", "0:00"]);
        assert_eq!([time_left(300, 5), time_left(301, 10)], ["", ""]);
        assert_eq!([time_left(300, 10), time_left(60, 5)], ["Less than 5 minutes left", "Less than a minute left"]);
        assert!(time_left(0, 5).starts_with("Time is up."));
        assert_eq!(check("longest_is_right"), "Longest is right");
        assert_eq!(options(QuestionType::TrueFalse, &[]), ["true", "false"]);
    }
}
