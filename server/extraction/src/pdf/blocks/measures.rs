//! What is usual in a document: the size of its text and the distance of its lines. Headings and paragraphs stand out
//! from that.

use super::marks;
use crate::pdf::PageLines;
use crate::pdf::hyphens;
use crate::pdf::lines::Line;
use std::collections::HashMap;

/// Headings are larger by this.
const LARGER: f32 = 1.12;
/// Lines further apart than this many usual distances are of two paragraphs.
const APART: f32 = 1.3;
/// An indent, as a share of the letters' size.
const INDENT: f32 = 0.8;
/// Bold headings in the text's size are not longer.
const LONGEST_BOLD: usize = 110;
/// Levels of headings.
const LEVELS: usize = 6;

pub(super) struct Measures {
    pub(super) size: f32,
    pub(super) mono: bool,
    /// From baseline to baseline, as a share of the letters' size.
    pitch: f32,
    bold: bool,
    /// Sizes of headings, in tenths, from the largest.
    sizes: Vec<i32>,
}

impl Measures {
    pub(super) fn of(pages: &[PageLines]) -> Self {
        let lines = || pages.iter().flat_map(|page| &page.lines);
        let size = usual_size(pages);
        let is_body = |line: &&Line| (line.size - size).abs() < 0.06 * size;
        let letters = |wanted: fn(&Line) -> u32| lines().filter(is_body).map(wanted).sum::<u32>();
        let all = letters(|line| line.letters).max(1);
        let mut measures = Self {
            size,
            mono: letters(|line| line.mono) * 10 > all * 6,
            bold: letters(|line| line.bold) * 10 > all * 6,
            pitch: pitch(pages, size),
            sizes: Vec::new(),
        };
        let headings = lines().filter(|line| measures.is_larger(line) && marks::has_words(&line.text()));
        let mut sizes: Vec<i32> = headings.map(|line| tenths(line.size)).collect();
        sizes.sort_unstable_by_key(|size| std::cmp::Reverse(*size));
        // Sizes that differ by less than can be seen are one.
        sizes.dedup_by(|a, b| (*b - *a) * 20 < *b);
        sizes.truncate(LEVELS);
        measures.sizes = sizes;
        measures
    }

    fn is_larger(&self, line: &Line) -> bool {
        line.size > self.size * LARGER
    }

    /// The level of the heading that a line may be.
    pub(super) fn heading_level(&self, line: &Line) -> Option<u8> {
        if line.cells.len() > 2 {
            return None;
        }
        if self.is_larger(line) {
            let place =
                self.sizes.iter().position(|&size| tenths(line.size) * 20 > size * 19).unwrap_or(self.sizes.len());
            return Some((place.min(LEVELS - 1) + 1) as u8);
        }
        let text = line.text();
        let text = text.trim();
        let stands_out = line.is_bold()
            && !self.bold
            && line.size > 0.88 * self.size
            && text.chars().count() <= LONGEST_BOLD
            && !text.ends_with(['.', ',', ';'])
            && marks::bullet(text).is_none();
        stands_out.then_some((self.sizes.len().min(LEVELS - 1) + 1) as u8)
    }

    /// Whether a heading goes on with the next line.
    pub(super) fn goes_on(&self, line: &Line, next: &Line) -> bool {
        let alike = (line.size - next.size).abs() < 0.06 * line.size && line.is_bold() == next.is_bold();
        let distance = next.y - line.y;
        // A numbered heading below another is the next one.
        let begins = next.text().trim_start().starts_with(|char: char| char.is_ascii_digit());
        alike
            && !begins
            && line.turn == next.turn
            && (0.0..1.45 * line.size.max(self.size * self.pitch)).contains(&distance)
            && self.heading_level(next).is_some()
    }

    /// Whether the last of the lines belongs to the paragraph or item that the others are.
    pub(super) fn continues(&self, lines: &[Line], is_item: bool) -> bool {
        let [.., before, line] = lines else { return false };
        let text = line.text();
        let alike = (line.size - before.size).abs() < 0.12 * before.size.max(line.size) || line.letters < 4;
        let heading = self.heading_level(line).is_some() && !(before.is_bold() && line.is_bold() && lines.len() > 2);
        if !alike
            || heading
            || line.turn != before.turn
            || line.is_mono() != before.is_mono() && !self.mono && line.is_mono()
        {
            return false;
        }
        let ends = marks_end(&before.text());
        let distance = line.y - before.y;
        let width = (before.right - before.left).max(1.0);
        // A line that breaks a word is not short because a paragraph ends.
        let breaks_word = hyphens::breaks_word(&before.text());
        let short = before.x1 < before.right - 0.12 * width && !breaks_word;
        if line.size < 0.93 * self.size && distance > 0.0 && marks::is_note(&text) {
            return false;
        }
        if marks::bullet(&text).is_some() && !text.trim_start().starts_with(['-', '*', 'o', '–', '—', '·']) {
            return false;
        }
        if line.column != before.column || distance <= 0.0 {
            return !ends && (!short || text.trim_start().starts_with(|char: char| !char.is_uppercase()));
        }
        if distance > APART * self.pitch * line.size.max(before.size) {
            return false;
        }
        let begins = marks::bullet(&text).is_some() || marks::number(&text);
        let indent = line.x0 - before.x0;
        if begins && (ends || short || is_item) && indent < INDENT * line.size * 3.0 {
            return false;
        }
        if is_item {
            // Its lines stand below its text, not below its mark.
            return !(short && ends) && indent > -3.5 * INDENT * line.size;
        }
        if indent > INDENT * line.size && lines.len() > 2 {
            return false;
        }
        breaks_word
            || !(short && ends || before.x1 < before.right - 0.4 * width && text.starts_with(char::is_uppercase))
    }
}

/// The size that most letters have.
pub(in crate::pdf) fn usual_size(pages: &[PageLines]) -> f32 {
    let mut letters_by_size: HashMap<i32, u32> = HashMap::new();
    for line in pages.iter().flat_map(|page| &page.lines) {
        *letters_by_size.entry(tenths(line.size)).or_default() += line.letters;
    }
    let usual = letters_by_size.iter().max_by_key(|(size, letters)| (**letters, **size));
    usual.map_or(10.0, |(size, _)| *size as f32 / 10.0)
}

fn marks_end(text: &str) -> bool {
    let text = text.trim_end().trim_end_matches(['"', '”', '’', '\'', ')', '»', ']']);
    text.ends_with(['.', '!', '?', ':', '…', '。'])
}

fn tenths(size: f32) -> i32 {
    (size * 10.0).round() as i32
}

/// The usual distance between two lines of the text.
fn pitch(pages: &[PageLines], size: f32) -> f32 {
    let mut counts: HashMap<i32, u32> = HashMap::new();
    for page in pages {
        for pair in page.lines.windows(2) {
            let [above, below] = pair else { continue };
            let body = |line: &Line| (line.size - size).abs() < 0.06 * size;
            let distance = (below.y - above.y) / size;
            if above.column == below.column && body(above) && body(below) && (0.7..2.6).contains(&distance) {
                *counts.entry((distance * 20.0).round() as i32).or_default() += 1;
            }
        }
    }
    counts
        .into_iter()
        .max_by_key(|(distance, count)| (*count, -*distance))
        .map_or(1.2, |(distance, _)| distance as f32 / 20.0)
}
