//! One question as a model gave it, and what may be wrong with it. Whatever is wrong, it is dropped and not repaired.

use crate::providers::{
    model::{
        checks::{bears_out, citation, contains, line, shares},
        chunks::Chunk,
        passages::locate,
    },
    text::{MadeQuestion, QuestionSource},
};
use domain::quizzes::{QuestionForm, QuestionType};
use serde_json::Value;
use std::collections::BTreeSet;

const QUESTION_MAX: usize = 400;
const OPTION_MAX: usize = 160;
const SHORT_MAX: usize = 60;
const OPTIONS: usize = 4;
const ACCEPTED_MAX: usize = 5;

/// Why a question is dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    Form,
    Evidence,
    Answer,
    Options,
    Lengths,
    GivesAway,
    Duplicate,
    Unbalanced,
    NotNeeded,
}

impl Fault {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::Evidence => "evidence",
            Self::Answer => "answer",
            Self::Options => "options",
            Self::Lengths => "lengths",
            Self::GivesAway => "gives_away",
            Self::Duplicate => "duplicate",
            Self::Unbalanced => "unbalanced",
            Self::NotNeeded => "not_needed",
        }
    }
}

/// A question as the model gave it.
pub(super) struct Draft {
    form: QuestionForm,
    question: String,
    options: Vec<String>,
    answer: String,
    accepted: Vec<String>,
    page: Option<u32>,
    quote: String,
}

impl Draft {
    pub(super) fn read(item: &Value, forms: &[QuestionForm]) -> Result<Self, Fault> {
        let form: QuestionForm = serde_json::from_value(item["type"].clone()).map_err(|_| Fault::Form)?;
        if !forms.contains(&form) {
            return Err(Fault::Form);
        }
        let texts = |name: &str| -> Vec<String> {
            let items = item[name].as_array().map(Vec::as_slice).unwrap_or_default();
            items.iter().take(2 * ACCEPTED_MAX).filter_map(|text| line(text.as_str(), OPTION_MAX)).collect()
        };
        Ok(Self {
            form,
            question: line(item["question"].as_str(), QUESTION_MAX).ok_or(Fault::Form)?,
            options: texts("options"),
            answer: line(item["answer"].as_str(), OPTION_MAX).ok_or(Fault::Answer)?,
            accepted: texts("accepted"),
            page: item["page"].as_u64().and_then(|page| u32::try_from(page).ok()),
            quote: item["quote"].as_str().unwrap_or_default().to_owned(),
        })
    }

    /// The question, if its answer stands where it says and nothing gives it away.
    pub(super) fn checked(self, source: &QuestionSource, part: &Chunk<'_>) -> Result<MadeQuestion, Fault> {
        let passage = locate(&part.pages, self.page, &self.quote).ok_or(Fault::Evidence)?;
        let language = source.language.as_deref();
        let made = match self.form {
            QuestionForm::Mcq => self.choice(&passage.quote)?,
            QuestionForm::Tf => self.statement(&passage.quote, language)?,
            QuestionForm::Short | QuestionForm::Cloze => self.short(&passage.quote)?,
        };
        let (kind, question, options, correct_answer, accepted_answers) = made;
        let citation = citation(source.document_id, passage);
        Ok(MadeQuestion { kind, question, options, correct_answer, accepted_answers, citation })
    }

    fn choice(self, quote: &str) -> Result<Parts, Fault> {
        let distinct: BTreeSet<String> = self.options.iter().map(|option| folded(option)).collect();
        if self.options.len() != OPTIONS || distinct.len() != OPTIONS || !self.options.contains(&self.answer) {
            return Err(Fault::Options);
        }
        if !shares(quote, &self.answer) && !contains(quote, &self.answer) {
            return Err(Fault::Answer);
        }
        if contains(&self.question, &self.answer) {
            return Err(Fault::GivesAway);
        }
        let length = |text: &String| text.chars().count();
        let others: usize = self.options.iter().filter(|option| **option != self.answer).map(length).sum();
        let mean = others / (OPTIONS - 1);
        // Neither by far the longest nor by far the shortest.
        if length(&self.answer) > mean * 3 / 2 + 8 || mean > length(&self.answer) * 2 + 8 {
            return Err(Fault::Lengths);
        }
        Ok((QuestionType::MultipleChoice, self.question, self.options, self.answer, Vec::new()))
    }

    fn statement(self, quote: &str, language: Option<&str>) -> Result<Parts, Fault> {
        let answer = self.answer.to_lowercase();
        let is_borne_out = bears_out(quote, &self.question, language);
        let holds = match answer.as_str() {
            "true" => is_borne_out,
            // It is about what the quotation is about, and not what it says.
            "false" => shares(quote, &self.question) && !contains(quote, &self.question),
            _ => return Err(Fault::Answer),
        };
        if !holds || self.question.ends_with('?') {
            return Err(Fault::Answer);
        }
        Ok((QuestionType::TrueFalse, self.question, vec!["true".into(), "false".into()], answer, Vec::new()))
    }

    fn short(self, quote: &str) -> Result<Parts, Fault> {
        let question = if self.form == QuestionForm::Cloze { with_one_gap(&self.question)? } else { self.question };
        if self.answer.chars().count() > SHORT_MAX || !contains(quote, &self.answer) {
            return Err(Fault::Answer);
        }
        if contains(&question, &self.answer) {
            return Err(Fault::GivesAway);
        }
        let mut known = BTreeSet::from([folded(&self.answer)]);
        let accepted =
            self.accepted.into_iter().filter(|other| known.insert(folded(other))).take(ACCEPTED_MAX).collect();
        Ok((QuestionType::ShortAnswer, question, Vec::new(), self.answer, accepted))
    }
}

/// Kind, question, options, answer and what else is right.
type Parts = (QuestionType, String, Vec<String>, String, Vec<String>);

/// The sentence with its gap as gaps are written here.
fn with_one_gap(sentence: &str) -> Result<String, Fault> {
    let begins = sentence.find("___").ok_or(Fault::Form)?;
    let (before, rest) = sentence.split_at(begins);
    let after = rest.trim_start_matches('_');
    if after.contains("___") {
        return Err(Fault::Form);
    }
    Ok(format!("{before}_____{after}"))
}

/// Whether two questions ask the same: in the same words, or for the same answer by the same passage.
pub(super) fn are_alike(a: &MadeQuestion, b: &MadeQuestion) -> bool {
    let (words, others) = (words(&a.question), words(&b.question));
    let common = words.intersection(&others).count();
    let all = words.union(&others).count();
    (common * 10 >= all * 8 && folded(&a.correct_answer) == folded(&b.correct_answer))
        || folded(&a.question) == folded(&b.question)
        || (a.kind != QuestionType::TrueFalse
            && a.citation == b.citation
            && folded(&a.correct_answer) == folded(&b.correct_answer))
}

fn words(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

fn folded(text: &str) -> String {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
}
