//! What a text gives to learn from it, computed without a language model: [`notes`] and [`questions`], every statement
//! with the place it comes from. Pure and deterministic: the same source and seed give the same letters.

pub mod export;
pub mod grading;
pub mod language;
pub mod notes;
pub mod questions;
pub mod schedule;
mod source;
pub mod validator;

pub use source::{Source, SourceId};
