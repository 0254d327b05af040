//! Reading variables and collecting every problem, so that a person corrects all of them at once.

use std::{cell::RefCell, fmt, str::FromStr};

/// Where variables are read from, and what was wrong with them.
pub struct Environment<'a> {
    lookup: &'a dyn Fn(&str) -> Option<String>,
    problems: RefCell<Vec<String>>,
}

impl fmt::Debug for Environment<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Environment").field("problems", &self.problems).finish_non_exhaustive()
    }
}

impl<'a> Environment<'a> {
    /// Reads through the function given; an empty value counts as unset.
    pub fn new(lookup: &'a dyn Fn(&str) -> Option<String>) -> Self {
        Self { lookup, problems: RefCell::default() }
    }

    /// The variable's text, if it is set and not empty.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<String> {
        (self.lookup)(name).filter(|value| !value.trim().is_empty())
    }

    /// The variable as a value of the type; a value that cannot be read is a problem.
    pub fn value<T: FromStr>(&self, name: &str, expected: &str) -> Option<T> {
        let text = self.text(name)?;
        let value = text.trim().parse().ok();
        if value.is_none() {
            self.problem(format!("{name} is not {expected}"));
        }
        value
    }

    /// The variable as a value of the type, or the default.
    pub fn value_or<T: FromStr>(&self, name: &str, expected: &str, default: T) -> T {
        self.value(name, expected).unwrap_or(default)
    }

    /// The variable as a switch: 1/true/on or 0/false/off.
    pub fn switch(&self, name: &str, default: bool) -> bool {
        match self.text(name).as_deref().map(str::trim) {
            None => default,
            Some("1" | "true" | "on" | "yes") => true,
            Some("0" | "false" | "off" | "no") => false,
            Some(_) => {
                self.problem(format!("{name} is neither 1 nor 0"));
                default
            }
        }
    }

    /// The variable's text; unset, it is a problem, and the answer is empty.
    pub fn required(&self, name: &str, why: &str) -> String {
        self.text(name).unwrap_or_else(|| {
            self.problem(format!("{name} is missing: {why}"));
            String::new()
        })
    }

    /// Notes what is wrong. Never put a secret's value into it.
    pub fn problem(&self, sentence: String) {
        self.problems.borrow_mut().push(sentence);
    }

    /// Everything that was wrong.
    pub fn into_problems(self) -> Vec<String> {
        self.problems.into_inner()
    }
}
