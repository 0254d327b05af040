//! Markdown: the questions, then the answers with their passages.

use super::{ExportQuestion, one_line};
use domain::quizzes::QuestionType;

/// The quiz as Markdown. What people wrote stays text: nothing in it becomes markup.
#[must_use]
pub fn markdown(title: &str, questions: &[ExportQuestion]) -> String {
    let mut out = format!("# {}\n", plain(title));
    for (place, question) in questions.iter().enumerate() {
        out.push_str(&format!("\n{}. {}\n", place + 1, plain(&question.question)));
        let options: Vec<String> = match question.kind {
            QuestionType::MultipleChoice => question.options.clone(),
            QuestionType::TrueFalse => vec!["True".into(), "False".into()],
            QuestionType::ShortAnswer => Vec::new(),
        };
        for (option, letter) in options.iter().zip('A'..) {
            out.push_str(&format!("   - [ ] {letter}. {}\n", plain(option)));
        }
    }
    out.push_str("\n## Answers\n");
    for (place, question) in questions.iter().enumerate() {
        out.push_str(&format!("\n{}. {}\n", place + 1, answer(question)));
        if let Some(passage) = question.passage() {
            out.push_str(&format!("\n   > {}\n", plain(&passage)));
        }
    }
    out
}

fn answer(question: &ExportQuestion) -> String {
    match question.kind {
        QuestionType::MultipleChoice => {
            let letter = question.options.iter().zip('A'..).find(|(option, _)| **option == question.correct_answer);
            let before = letter.map(|(_, letter)| format!("{letter}. ")).unwrap_or_default();
            format!("{before}{}", plain(&question.correct_answer))
        }
        QuestionType::TrueFalse => if question.is_true() { "True" } else { "False" }.to_owned(),
        QuestionType::ShortAnswer => {
            let more: Vec<String> = question.accepted_answers.iter().map(|accepted| plain(accepted)).collect();
            let also = if more.is_empty() { String::new() } else { format!(" (also: {})", more.join("; ")) };
            format!("{}{also}", plain(&question.correct_answer))
        }
    }
}

/// The text in one line, with everything escaped that Markdown, its mathematics and its HTML would take for markup.
#[must_use]
pub fn plain(text: &str) -> String {
    let text = one_line(text);
    let mut out = String::with_capacity(text.len());
    let mut is_start = true;
    for c in text.chars() {
        let is_markup = matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '$' | '&' | '^');
        // A list or a heading begins only at the beginning, and after the digits there.
        if is_markup || (is_start && matches!(c, '-' | '+' | '.' | ')' | '=')) {
            out.push('\\');
        }
        is_start &= c.is_ascii_digit();
        out.push(c);
    }
    out
}
