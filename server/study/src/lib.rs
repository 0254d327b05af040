//! What a text gives to learn from it, computed without a language model: [`notes`] and [`questions`], every statement
//! with the place it comes from. Pure and deterministic: the same source and seed give the same letters.

mod blocks;
mod clean;
mod connectives;
pub mod export;
mod facts;
mod glossary;
pub mod grading;
pub mod language;
pub mod notes;
pub mod questions;
mod random;
mod rank;
mod reading;
pub mod schedule;
mod sentences;
mod source;
mod standing;
pub mod validator;
mod words;

pub use source::{Source, SourceId};
