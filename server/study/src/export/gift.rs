//! GIFT, the text form of questions that Moodle imports.

use super::{ExportQuestion, one_line};
use domain::quizzes::QuestionType;

/// Longest name of a question there, in code points.
const NAME_MAX: usize = 80;

/// The quiz in GIFT. A numerical question is a short one, so that units and words stay possible.
#[must_use]
pub fn gift(title: &str, questions: &[ExportQuestion]) -> String {
    let mut out = format!("// {}\n", one_line(title));
    for (place, question) in questions.iter().enumerate() {
        let name: String = one_line(&question.question).chars().take(NAME_MAX).collect();
        out.push_str(&format!(
            "\n::{:02} {}::[plain]{} {{{}}}\n",
            place + 1,
            escaped(&name),
            escaped(&question.question),
            answers(question)
        ));
    }
    out
}

fn answers(question: &ExportQuestion) -> String {
    let mut lines = match question.kind {
        QuestionType::TrueFalse => if question.is_true() { "TRUE" } else { "FALSE" }.to_owned(),
        QuestionType::MultipleChoice => {
            let options = question.options.iter().map(|option| {
                let mark = if *option == question.correct_answer { '=' } else { '~' };
                format!("\n    {mark}{}", escaped(option))
            });
            options.collect()
        }
        QuestionType::ShortAnswer => {
            let all = std::iter::once(&question.correct_answer).chain(&question.accepted_answers);
            // There a star stands for anything.
            all.map(|answer| format!("\n    ={}", escaped(&answer.replace('*', "\\*")))).collect()
        }
    };
    if let Some(passage) = question.passage() {
        let gap = if question.kind == QuestionType::TrueFalse { "" } else { "\n    " };
        lines.push_str(&format!("{gap}####{}", escaped(&passage)));
    }
    if question.kind != QuestionType::TrueFalse {
        lines.push('\n');
    }
    lines
}

/// The text in one line, its signs that mean something escaped.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in one_line(text).chars() {
        if matches!(c, '\\' | '~' | '=' | '#' | '{' | '}' | ':') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
