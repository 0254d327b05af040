//! The parts of notes: after the headings of the text, or where its topic shifts.

use crate::{
    rank::Vocabulary,
    reading::Reading,
    words::{capitalised, words},
};
use std::collections::BTreeMap;

/// A part of the notes.
pub(crate) struct Part {
    pub(crate) title: String,
    /// 1 is the highest.
    pub(crate) level: u8,
    pub(crate) sentences: Vec<usize>,
}

/// Most parts; beyond, only the higher headings divide.
const PARTS_MAX: usize = 60;
/// More sentences than this under one heading are divided where the topic shifts.
const LONG: usize = 60;
/// Sentences that are compared before and after a shift.
const REACH: usize = 6;

/// Divides a text.
pub(crate) fn outline(reading: &Reading<'_>, vocabulary: &Vocabulary) -> Vec<Part> {
    let mut deepest = 6;
    while deepest > 1 && reading.sections.iter().filter(|section| section.level <= deepest).count() > PARTS_MAX {
        deepest -= 1;
    }
    let mut parts: Vec<Part> = Vec::new();
    for section in &reading.sections {
        match parts.last_mut() {
            Some(part) if section.level > deepest || is_repeated(section.title.as_str(), &part.title) => {
                part.sentences.extend(section.sentences.clone());
            }
            _ => parts.push(Part {
                title: section.title.clone(),
                level: section.level.max(1),
                sentences: section.sentences.clone().collect(),
            }),
        }
    }
    let merged = merge(parts);
    let few = merged.len() < PARTS_MAX / 4;
    merged.into_iter().flat_map(|part| if few { divide(part, reading, vocabulary) } else { vec![part] }).collect()
}

/// A heading that is repeated, as a running head is, begins nothing new.
fn is_repeated(title: &str, before: &str) -> bool {
    !title.is_empty() && title == before
}

/// Joins neighbours where even the highest headings are too many.
fn merge(parts: Vec<Part>) -> Vec<Part> {
    let together = parts.len().div_ceil(PARTS_MAX).max(1);
    let mut merged: Vec<Part> = Vec::new();
    for (index, part) in parts.into_iter().enumerate() {
        match merged.last_mut() {
            Some(last) if !index.is_multiple_of(together) => last.sentences.extend(part.sentences),
            _ => merged.push(part),
        }
    }
    merged
}

/// Divides a long part where the words before and after have least in common.
fn divide(part: Part, reading: &Reading<'_>, vocabulary: &Vocabulary) -> Vec<Part> {
    if part.sentences.len() <= LONG {
        return vec![part];
    }
    let pieces = (part.sentences.len() / (LONG / 2)).min(PARTS_MAX / 2);
    let size = part.sentences.len() / pieces;
    let mut cuts: Vec<usize> = Vec::new();
    for piece in 1..pieces {
        let around = piece * size;
        let best = (around.saturating_sub(size / 3)..around + size / 3)
            .filter(|at| part.sentences.get(*at).is_some_and(|index| reading.sentences[*index].first))
            .min_by(|one, other| {
                cohesion(&part.sentences, *one, vocabulary)
                    .total_cmp(&cohesion(&part.sentences, *other, vocabulary))
                    .then(one.cmp(other))
            });
        cuts.extend(best);
    }
    cuts.push(part.sentences.len());
    let mut from = 0;
    let mut parts = Vec::new();
    for cut in cuts {
        let sentences = part.sentences[from..cut].to_vec();
        let untitled = part.title.is_empty() || from > 0;
        let topic = topic(&sentences, reading, vocabulary);
        let title = if untitled && !topic.is_empty() { topic } else { part.title.clone() };
        let level = if from > 0 && !part.title.is_empty() { part.level.saturating_add(1) } else { part.level };
        parts.push(Part { title, level, sentences });
        from = cut;
    }
    parts.retain(|part| !part.sentences.is_empty());
    parts
}

fn cohesion(sentences: &[usize], at: usize, vocabulary: &Vocabulary) -> f64 {
    let before = &sentences[at.saturating_sub(REACH)..at];
    let after = &sentences[at..(at + REACH).min(sentences.len())];
    before.iter().flat_map(|one| after.iter().map(move |other| vocabulary.likeness(*one, *other))).sum()
}

/// The words that stand out in some sentences: “Cell, Membrane, Energy”.
fn topic(sentences: &[usize], reading: &Reading<'_>, vocabulary: &Vocabulary) -> String {
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for number in sentences.iter().flat_map(|index| &vocabulary.sentences[*index]) {
        *counts.entry(*number).or_default() += 1;
    }
    let score = |number: u32, count: usize| {
        count as f64 * count as f64 / f64::from(vocabulary.frequency[number as usize].max(1))
    };
    let mut best: Vec<(u32, usize)> = counts.into_iter().filter(|(_, count)| *count > 2).collect();
    best.sort_by(|one, other| score(other.0, other.1).total_cmp(&score(one.0, one.1)).then(one.0.cmp(&other.0)));
    let stems: Vec<u32> = best.into_iter().take(3).map(|(number, _)| number).collect();
    let mut titles: Vec<String> = Vec::new();
    for stem in stems {
        let word = sentences
            .iter()
            .filter(|index| vocabulary.sentences[**index].binary_search(&stem).is_ok())
            .find_map(|index| {
                let text = &reading.sentences[*index].text;
                words(text).into_iter().map(|range| &text[range]).find(|word| {
                    reading.grammar.content_stem(word).is_some_and(|own| vocabulary.number(&own) == Some(stem))
                })
            });
        titles.extend(word.map(capitalised));
    }
    titles.join(", ")
}
