//! The fields of the sheet as they stand on the page.

use crate::{browser, quizzes::model::words};
use domain::quizzes::{Question, QuestionType};
use leptos::{wasm_bindgen::JsCast, web_sys::HtmlInputElement};

/// Names the field of an option.
pub(super) fn option_id(id: i64, place: usize) -> String {
    format!("q{id}-{place}")
}

/// Names the field of a written answer.
pub(super) fn text_id(id: i64) -> String {
    format!("q{id}")
}

/// The field of this name, if it stands on the page.
pub(super) fn input(id: &str) -> Option<HtmlInputElement> {
    browser::element(id)?.dyn_into().ok()
}

/// What stands on the page; none where the question does not stand there or nothing is chosen.
pub(super) fn on_page(question: &Question) -> Option<String> {
    if question.kind == QuestionType::ShortAnswer {
        return Some(input(&text_id(question.id))?.value());
    }
    let options = words::options(question.kind, &question.options);
    let mut fields = options.into_iter().enumerate();
    fields
        .find(|(place, _)| input(&option_id(question.id, *place)).is_some_and(|field| field.checked()))
        .map(|(_, it)| it)
}

/// Has an answer stand on the page.
pub(super) fn show_on_page(question: &Question, answer: &str) {
    if question.kind == QuestionType::ShortAnswer {
        if let Some(field) = input(&text_id(question.id)) {
            field.set_value(answer);
        }
        return;
    }
    for (place, option) in words::options(question.kind, &question.options).iter().enumerate() {
        if let Some(field) = input(&option_id(question.id, place)) {
            field.set_checked(option == answer);
        }
    }
}
