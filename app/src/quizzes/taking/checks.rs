//! Feedback after each question, for those who want it: an answer that is checked is told at once, and stays.

use super::{desk::Desk, walk::focus};
use crate::{
    browser,
    quizzes::{
        model::sheet::{self, Answers},
        paths::Showing,
        server_fns::check_answer,
    },
};
use leptos::prelude::*;
use std::collections::BTreeSet;

/// Whether feedback comes after each question, as this browser remembers it.
const AFTER_EACH: &str = "lyceum.quiz.feedback_after_each";

/// What is checked, and whether that is wanted.
#[derive(Clone, Copy)]
pub struct Checks {
    /// Whether each question offers to check its answer.
    pub after_each: RwSignal<bool>,
    desk: Desk,
    under_way: RwSignal<BTreeSet<i64>>,
    /// Which question could not be checked, and why.
    refused: RwSignal<Option<(i64, String)>>,
}

impl Checks {
    /// For a sheet. Who has begun to check goes on with it, on any device.
    pub(super) fn new(desk: Desk, is_asked_for: bool) -> Self {
        let has_begun = desk.sheet.with_untracked(sheet::Sheet::has_checked);
        let checks = Self {
            after_each: RwSignal::new(is_asked_for || has_begun),
            desk,
            under_way: RwSignal::new(BTreeSet::new()),
            refused: RwSignal::new(None),
        };
        Effect::new(move || {
            if browser::kept(AFTER_EACH).is_some() {
                checks.after_each.set(true);
            }
        });
        checks
    }

    /// Chooses when feedback comes.
    pub(super) fn choose(self, after_each: bool) {
        self.after_each.set(after_each);
        if after_each {
            browser::keep(AFTER_EACH, "1");
        } else {
            browser::forget(AFTER_EACH);
        }
    }

    /// Whether an answer is on its way to be checked.
    pub(super) fn is_under_way(self, id: i64) -> bool {
        self.under_way.with(|all| all.contains(&id))
    }

    /// Why an answer could not be checked.
    pub(super) fn refusal(self, id: i64) -> Option<String> {
        self.refused.with(|refused| refused.as_ref().filter(|(of, _)| *of == id).map(|(_, words)| words.clone()))
    }

    /// Checks an answer where that comes next; says whether it did.
    pub(super) fn check_next(self, id: i64) -> bool {
        let is_open =
            self.desk.sheet.with_untracked(|sheet| sheet.checked(id).is_none() && !sheet.answer(id).trim().is_empty());
        let comes_next = self.after_each.get_untracked() && is_open;
        if comes_next {
            self.check(id);
        }
        comes_next
    }

    /// Has an answer graded; from then on it stays.
    pub(super) fn check(self, id: i64) {
        if self.desk.is_stopped() || self.under_way.with_untracked(|all| all.contains(&id)) {
            return;
        }
        let answer = self.desk.sheet.with_untracked(|sheet| sheet.answer(id).to_owned());
        if answer.trim().is_empty() {
            let words = "Answer the question first: then it can be checked.".to_owned();
            return self.refused.set(Some((id, words)));
        }
        self.refused.set(None);
        self.under_way.update(|all| {
            all.insert(id);
        });
        let (quiz, attempt) = (self.desk.id(), self.desk.attempt());
        browser::spawn(async move {
            let answers = sheet::to_fields(&Answers::from([(id, answer)]));
            let checked = check_answer(quiz, id, answers, Some(attempt), Showing::default()).await;
            // The page may be gone: what was checked is there on the next visit.
            if self.under_way.is_disposed() {
                return;
            }
            let is_looked_at = has_focus(id);
            self.under_way.update(|all| {
                all.remove(&id);
            });
            match checked {
                Ok(detail) => self.desk.fix(detail),
                Err(failure) => {
                    self.refused.set(Some((id, failure.detail.clone())));
                    // It may be checked although the answer was lost.
                    return self.desk.look();
                }
            }
            if is_looked_at {
                focus_next(id);
            }
        });
    }
}

/// Names the button that leads from a checked question to the next.
pub(super) fn next_id(id: i64) -> String {
    format!("next-{id}")
}

fn has_focus(id: i64) -> bool {
    let question = browser::element(&format!("question-{id}"));
    question.is_some_and(|question| matches!(question.query_selector(":focus"), Ok(Some(_))))
}

/// What had the focus is fixed or gone.
fn focus_next(id: i64) {
    browser::before_paint(move || {
        if let Some(button) = browser::element(&next_id(id)) {
            focus(button);
        }
    });
}
