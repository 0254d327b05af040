//! Puts letters together that stand next to each other.

use super::glyphs::Glyph;
use crate::raised::{END, SUBSCRIPT, SUPERSCRIPT};
use unicode_normalization::char::compose;

/// A gap of this share of the letters' size is a space.
pub(super) const SPACE: f32 = 0.11;
/// A gap of this share ends a segment.
const WIDE: f32 = 0.9;
/// What is raised or lowered has sizes within these shares of the letters beside it,
const SMALLER: std::ops::Range<f32> = 0.4..0.92;
/// stands higher than this share of them,
const RAISED: f32 = 0.15;
/// or lower than this one,
const LOWERED: f32 = 0.08;
/// and is no longer.
const LONGEST_RAISED: usize = 12;
/// A space before it is wider than this share.
const SPACE_BEFORE_RAISED: f32 = 0.25;

/// Letters on one baseline without a wide gap between them.
#[derive(Debug, Clone)]
pub(super) struct Segment {
    pub(super) text: String,
    pub(super) x0: f32,
    pub(super) x1: f32,
    /// The baseline.
    pub(super) y: f32,
    pub(super) size: f32,
    pub(super) letters: u32,
    pub(super) bold: u32,
    pub(super) mono: u32,
}

/// Builds segments in the order in which the letters are shown.
pub(super) fn of(glyphs: &[Glyph]) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::new();
    let mut open: Vec<&Glyph> = Vec::new();
    for glyph in glyphs {
        if glyph.size <= 0.0 {
            continue;
        }
        if let Some(last) = open.last() {
            if is_shown_twice(last, glyph) {
                continue;
            }
            if !adjoins(&open, glyph) {
                segments.extend(finish(&open));
                open.clear();
            }
        }
        open.push(glyph);
    }
    segments.extend(finish(&open));
    without_shadows(segments)
}

/// Bold that is faked by showing a letter twice.
fn is_shown_twice(last: &Glyph, glyph: &Glyph) -> bool {
    let near = 0.12 * glyph.size;
    last.text == glyph.text
        && glyph.advance > near
        && (last.x - glyph.x).abs() < near
        && (last.y - glyph.y).abs() < near
}

fn adjoins(open: &[&Glyph], glyph: &Glyph) -> bool {
    let Some(last) = open.last() else { return true };
    let size = last.size.max(glyph.size);
    let rise = (glyph.y - last.y).abs();
    // What is smaller may be raised or lowered.
    let reach = if (last.size - glyph.size).abs() > 0.1 * size { 0.62 } else { 0.25 };
    let first_rise = open.first().map_or(0.0, |first| (glyph.y - first.y).abs());
    if rise > reach * size || first_rise > 0.62 * size {
        return false;
    }
    let rightwards = glyph.x - (last.x + last.advance);
    let leftwards = last.x - (glyph.x + glyph.advance);
    let range = -0.5 * size..WIDE * size;
    range.contains(&rightwards) || (is_rtl(glyph) && (-0.3 * size..WIDE * size).contains(&leftwards))
}

fn is_rtl(glyph: &Glyph) -> bool {
    glyph.text.as_deref().is_some_and(|text| text.chars().any(is_rtl_letter) || text.trim().is_empty())
}

fn is_rtl_letter(char: char) -> bool {
    matches!(char, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}')
}

fn finish(glyphs: &[&Glyph]) -> Option<Segment> {
    let letters = glyphs.iter().filter(|glyph| glyph.text.as_deref().is_some_and(|text| !text.trim().is_empty()));
    let largest = letters.clone().max_by(|a, b| a.size.total_cmp(&b.size))?;
    let count = letters.clone().count() as u32;
    let x0 = letters.clone().map(|glyph| glyph.x).fold(f32::MAX, f32::min);
    let x1 = letters.clone().map(|glyph| glyph.x + glyph.advance).fold(f32::MIN, f32::max);
    let right_to_left = letters.clone().filter(|glyph| is_rtl(glyph)).count() as u32 * 2 > count;
    let text = if right_to_left { text_from_the_right(glyphs) } else { text(glyphs) };
    (!text.trim().is_empty()).then(|| Segment {
        text: text.trim().to_owned(),
        x0,
        x1,
        y: largest.y,
        size: largest.size,
        letters: count,
        bold: letters.clone().filter(|glyph| glyph.style.bold).count() as u32,
        mono: letters.filter(|glyph| glyph.style.mono).count() as u32,
    })
}

fn text(glyphs: &[&Glyph]) -> String {
    let spaced = text_with(glyphs, SPACE);
    let words = spaced.split_whitespace().count();
    let letters = spaced.chars().filter(|char| !char.is_whitespace()).count();
    // Letters that are spaced out are not words of one letter each.
    if words > 4 && words * 3 > letters * 2 {
        return text_with(glyphs, usual_gap(glyphs) * 1.6);
    }
    spaced
}

/// The middle one of the gaps between the letters, as a share of their size.
fn usual_gap(glyphs: &[&Glyph]) -> f32 {
    let gap = |pair: &[&Glyph]| (pair[1].x - pair[0].x - pair[0].advance) / pair[1].size;
    let mut gaps: Vec<f32> = glyphs.windows(2).map(gap).collect();
    gaps.sort_by(f32::total_cmp);
    gaps.get(gaps.len() / 2).copied().unwrap_or(SPACE).max(SPACE)
}

fn text_with(glyphs: &[&Glyph], space: f32) -> String {
    let mut text = String::with_capacity(glyphs.len() + 8);
    let mut end = None;
    let mut moved = None;
    for (glyph, sign) in glyphs.iter().zip(signs(glyphs)) {
        let Some(letters) = glyph.text.as_deref() else {
            end = Some(glyph.x + glyph.advance);
            continue;
        };
        let gap = end.map_or(0.0, |end| glyph.x - end);
        let begins = sign.is_some() && sign != moved;
        if sign != moved && moved.is_some() {
            text.push(END);
        }
        let space = if begins { SPACE_BEFORE_RAISED.max(space) } else { space };
        if gap > space * glyph.size && !text.ends_with(' ') && !letters.starts_with(' ') {
            text.push(' ');
        }
        if begins {
            text.extend(sign);
        }
        moved = sign;
        end = Some(glyph.x + glyph.advance);
        push_letters(&mut text, letters, gap < -0.1 * glyph.size);
    }
    if moved.is_some() {
        text.push(END);
    }
    text
}

/// For each of the letters the sign that it is raised or lowered.
fn signs(glyphs: &[&Glyph]) -> Vec<Option<char>> {
    let is_shown = |glyph: &&&Glyph| glyph.text.as_deref().is_some_and(|text| !text.trim().is_empty());
    let largest = glyphs.iter().filter(is_shown).max_by(|a, b| a.size.total_cmp(&b.size));
    let sign = |glyph: &&Glyph| largest.and_then(|base| moved(glyph.y, glyph.size, base.y, base.size));
    let mut signs: Vec<Option<char>> = glyphs.iter().map(sign).collect();
    // What goes on for long is a text beside a large letter.
    for run in signs.chunk_by_mut(|a, b| a == b).filter(|run| run.len() > LONGEST_RAISED) {
        run.fill(None);
    }
    signs
}

/// Whether a letter of this size is raised or lowered beside a larger one.
pub(super) fn moved(y: f32, size: f32, base: f32, base_size: f32) -> Option<char> {
    if !SMALLER.contains(&(size / base_size)) {
        None
    } else if base - y > RAISED * base_size {
        Some(SUPERSCRIPT)
    } else if y - base > LOWERED * base_size {
        Some(SUBSCRIPT)
    } else {
        None
    }
}

/// Old fonts show an accent first and the letter over it.
fn push_letters(text: &mut String, letters: &str, overlaps: bool) {
    if overlaps
        && let (Some(accent), Some(base)) = (text.chars().next_back().and_then(combining), letters.chars().next())
        && let Some(composed) = compose(base, accent)
    {
        text.pop();
        text.push(composed);
        text.push_str(&letters[base.len_utf8()..]);
        return;
    }
    text.push_str(letters);
}

fn combining(accent: char) -> Option<char> {
    Some(match accent {
        '`' => '\u{300}',
        '´' => '\u{301}',
        'ˆ' => '\u{302}',
        '˜' => '\u{303}',
        '¯' => '\u{304}',
        '˘' => '\u{306}',
        '˙' => '\u{307}',
        '¨' => '\u{308}',
        '˚' => '\u{30a}',
        '˝' => '\u{30b}',
        'ˇ' => '\u{30c}',
        '¸' => '\u{327}',
        '˛' => '\u{328}',
        _ => return None,
    })
}

/// Letters stand from the right to the left, numbers and foreign words among them from the left to the right.
fn text_from_the_right(glyphs: &[&Glyph]) -> String {
    let mut sorted = glyphs.to_vec();
    sorted.sort_by(|a, b| b.x.total_cmp(&a.x));
    let mut text = String::new();
    let mut run: Vec<&str> = Vec::new();
    let mut end: Option<f32> = None;
    for glyph in sorted {
        let Some(letters) = glyph.text.as_deref() else { continue };
        let gap = end.map_or(0.0, |end| end - (glyph.x + glyph.advance));
        end = Some(glyph.x);
        let from_the_left = letters.chars().any(|char| char.is_alphanumeric() && !is_rtl_letter(char));
        if gap > SPACE * glyph.size || !from_the_left {
            text.extend(run.drain(..).rev());
        }
        if gap > SPACE * glyph.size && !text.ends_with(' ') && !letters.starts_with(' ') {
            text.push(' ');
        }
        if from_the_left {
            run.push(letters);
        } else {
            text.push_str(letters);
        }
    }
    text.extend(run.drain(..).rev());
    text
}

/// A text that is shown again with a small shift is its shadow.
fn without_shadows(segments: Vec<Segment>) -> Vec<Segment> {
    let mut kept: Vec<Segment> = Vec::with_capacity(segments.len());
    for segment in segments {
        let near = 0.2 * segment.size;
        let is_shadow = kept.iter().rev().take(4).any(|other| {
            other.text == segment.text && (other.x0 - segment.x0).abs() < near && (other.y - segment.y).abs() < near
        });
        if !is_shadow {
            kept.push(segment);
        }
    }
    kept
}
