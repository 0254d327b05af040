//! How much each sentence tells about its text.

use crate::{
    language::Language,
    reading::{Reading, Section},
    words::words,
};
use std::collections::HashMap;

/// Sentences that are compared each with each; a longer section is taken in parts of this many.
const WINDOW: usize = 80;
/// Rounds until the ranks stand still, nearly.
const ROUNDS: usize = 12;

/// The stems of every sentence by number, and in how many sentences each number stands.
pub(crate) struct Vocabulary {
    pub(crate) sentences: Vec<Vec<u32>>,
    pub(crate) frequency: Vec<u32>,
    numbers: HashMap<String, u32>,
    weights: Vec<f64>,
    norms: Vec<f64>,
}

impl Vocabulary {
    pub(crate) fn of(reading: &Reading<'_>) -> Self {
        let mut numbers: HashMap<String, u32> = HashMap::new();
        let mut frequency: Vec<u32> = Vec::new();
        let mut sentences = Vec::with_capacity(reading.sentences.len());
        for sentence in &reading.sentences {
            let mut own: Vec<u32> = Vec::new();
            for range in words(&sentence.text) {
                let Some(stem) = reading.grammar.content_stem(&sentence.text[range]) else { continue };
                let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
                own.push(*numbers.entry(stem).or_insert(next));
            }
            own.sort_unstable();
            own.dedup();
            frequency.resize(numbers.len(), 0);
            for number in &own {
                frequency[*number as usize] += 1;
            }
            sentences.push(own);
        }
        let all = sentences.len() as f64;
        let weights: Vec<f64> = frequency.iter().map(|count| (1.0 + all / f64::from(*count).max(1.0)).ln()).collect();
        let norm = |own: &Vec<u32>| own.iter().map(|number| weights[*number as usize]).sum::<f64>().max(1.0);
        let norms = sentences.iter().map(norm).collect();
        Self { sentences, frequency, numbers, weights, norms }
    }

    /// The number of a stem.
    pub(crate) fn number(&self, stem: &str) -> Option<u32> {
        self.numbers.get(stem).copied()
    }

    fn common(&self, one: usize, other: usize) -> f64 {
        let (mut left, mut right) = (self.sentences[one].iter().peekable(), self.sentences[other].iter().peekable());
        let mut sum = 0.0;
        while let (Some(a), Some(b)) = (left.peek(), right.peek()) {
            match a.cmp(b) {
                std::cmp::Ordering::Less => {
                    left.next();
                }
                std::cmp::Ordering::Greater => {
                    right.next();
                }
                std::cmp::Ordering::Equal => {
                    sum += self.weights[**a as usize];
                    left.next();
                    right.next();
                }
            }
        }
        sum
    }

    /// How alike two sentences are, from 0 to 1.
    pub(crate) fn likeness(&self, one: usize, other: usize) -> f64 {
        2.0 * self.common(one, other) / (self.norms[one] + self.norms[other])
    }
}

/// A rank from 0 to about 2 for every sentence; 0 for those that no statement can be made of.
pub(crate) fn ranks(reading: &Reading<'_>, vocabulary: &Vocabulary) -> Vec<f64> {
    let mut ranks = vec![0.0; reading.sentences.len()];
    let sections = reading.sections.len().max(1);
    for (place, section) in reading.sections.iter().enumerate() {
        let indexes: Vec<usize> = section.sentences.clone().collect();
        for window in indexes.chunks(WINDOW) {
            rank_window(window, vocabulary, &mut ranks);
        }
        let early = 0.1 * (1.0 - place as f64 / sections as f64);
        for index in indexes {
            ranks[index] = weighed(reading, section, index, ranks[index]) + early;
        }
    }
    for (rank, sentence) in ranks.iter_mut().zip(&reading.sentences) {
        if !sentence.good {
            *rank = 0.0;
        }
    }
    ranks
}

/// `TextRank` over a few sentences: one ranks high that is like others which rank high.
fn rank_window(window: &[usize], vocabulary: &Vocabulary, ranks: &mut [f64]) {
    let size = window.len();
    let mut alike = vec![0.0; size * size];
    for (one, first) in window.iter().enumerate() {
        for (other, second) in window.iter().enumerate().skip(one + 1) {
            let likeness = vocabulary.likeness(*first, *second);
            alike[one * size + other] = likeness;
            alike[other * size + one] = likeness;
        }
    }
    let outgoing: Vec<f64> =
        (0..size).map(|row| alike[row * size..(row + 1) * size].iter().sum::<f64>().max(1e-9)).collect();
    let mut current = vec![1.0; size];
    for _ in 0..ROUNDS {
        current = (0..size)
            .map(|row| {
                0.15 + 0.85
                    * (0..size).map(|from| alike[from * size + row] / outgoing[from] * current[from]).sum::<f64>()
            })
            .collect();
    }
    let highest = current.iter().copied().fold(1e-9, f64::max);
    for (place, index) in window.iter().enumerate() {
        ranks[*index] = current[place] / highest;
    }
}

/// The rank with what position, cue words and length say.
fn weighed(reading: &Reading<'_>, section: &Section, index: usize, rank: f64) -> f64 {
    let sentence = &reading.sentences[index];
    let first = if index == section.sentences.start { 0.35 } else { 0.0 };
    let leads = if sentence.first && !sentence.in_list { 0.15 } else { 0.0 };
    let defines = crate::facts::definition(&sentence.text, reading.language, &reading.grammar).is_some();
    let cue = if has_cue(&sentence.text, reading.language) { 0.15 } else { 0.0 };
    let length = sentence.text.chars().count();
    let handy = if (60..=200).contains(&length) { 0.1 } else { 0.0 };
    rank + first + leads + cue + handy + if defines { 0.4 } else { 0.0 }
}

fn has_cue(text: &str, language: Language) -> bool {
    const ENGLISH: [&str; 14] = [
        "important",
        "main ",
        "called",
        "defined",
        "known as",
        "because",
        "consists of",
        "in general",
        "result",
        "discovered",
        "invented",
        "founded",
        "the first",
        "the most",
    ];
    const POLISH: [&str; 14] = [
        "najważniejsz",
        "główn",
        "nazyw",
        "polega",
        "ponieważ",
        "składa się",
        "wskutek",
        "odkry",
        "założ",
        "pierwsz",
        "czyli",
        "dzięki",
        "najwięks",
        "podstaw",
    ];
    let cues: &[&str] = match language {
        Language::En => &ENGLISH,
        Language::Pl => &POLISH,
        _ => &[],
    };
    cues.iter().any(|cue| text.contains(cue))
}
