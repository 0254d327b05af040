//! Running heads and page numbers, told by what comes back from page to page.

use super::PageLines;
use super::blocks::usual_size;
use super::lines::Line;
use std::collections::HashMap;

/// How many lines from the top and from the bottom may be furniture.
const DEEP: usize = 3;
/// The share of a page's height, at the top and at the bottom, where it stands.
const ZONE: f32 = 0.15;
/// Baselines of furniture and text are further apart than this share of the letters' size.
const APART: f32 = 1.45;
/// Letters of headings are larger than those of the text by this.
const LARGER: f32 = 1.12;
/// Longer lines are text.
const LONGEST: usize = 160;
/// Words beside a page's number.
const PAGE_WORDS: [&str; 24] = [
    "page", "pages", "p", "pg", "strona", "stron", "str", "s", "seite", "seiten", "página", "pagina", "pág", "sida",
    "side", "of", "z", "ze", "von", "de", "sur", "di", "av", "slide",
];

/// A line at an edge of a page.
struct Edge {
    page: usize,
    line: usize,
    at_top: bool,
    /// Its text with every number made alike.
    shape: String,
    /// The numbers it begins and ends with.
    numbers: Vec<i64>,
    /// Whether one of them stands apart from the rest.
    apart: bool,
    /// Whether it, or the lines up to it, keep their distance from the text.
    distant: bool,
    /// How far from the edge, in lines.
    depth: usize,
    /// Whether its letters are larger than those of the text, as headings are.
    is_large: bool,
}

/// Takes them out.
pub(super) fn remove(pages: &mut [PageLines]) {
    let large = LARGER * usual_size(pages);
    let edges: Vec<Edge> = pages.iter().enumerate().flat_map(|(index, page)| edges(index, page, large)).collect();
    let shift = shift(&edges, pages.len());
    let mut seen: HashMap<(&str, bool), usize> = HashMap::new();
    for edge in &edges {
        *seen.entry((&edge.shape, edge.at_top)).or_default() += 1;
    }
    let mut dropped: Vec<Vec<usize>> = vec![Vec::new(); pages.len()];
    for edge in &edges {
        // What is nearer to the middle is furniture only beside other furniture.
        let outer = !dropped[edge.page].is_empty();
        let repeats = seen.get(&(edge.shape.as_str(), edge.at_top)).copied().unwrap_or(0);
        let numbered = shift.is_some_and(|shift| edge.numbers.contains(&(edge.page as i64 + shift)));
        let is_number = !edge.shape.chars().any(char::is_alphabetic) || is_page_number(&edge.shape);
        let enough = if pages.len() <= 4 { 2 } else { 3 };
        let counts_pages = is_number && (numbered || (is_page_number(&edge.shape) && repeats >= 2));
        let comes_back = repeats >= enough && edge.shape.chars().any(char::is_alphabetic);
        let heads_page = numbered && (edge.apart || repeats > 1 && !edge.is_large) && (edge.depth == 0 || outer);
        if counts_pages || (edge.distant && (comes_back || heads_page)) {
            dropped[edge.page].push(edge.line);
        }
    }
    for (page, dropped) in pages.iter_mut().zip(dropped) {
        // A page of nothing else is more likely one of slides with the same title.
        if dropped.len() == page.lines.len() && dropped.len() > 1 {
            continue;
        }
        let mut at = 0;
        page.lines.retain(|_| {
            at += 1;
            !dropped.contains(&(at - 1))
        });
    }
}

fn edges(index: usize, page: &PageLines, large: f32) -> Vec<Edge> {
    let mut upright: Vec<(usize, &Line)> = page.lines.iter().enumerate().filter(|(_, line)| line.turn == 0).collect();
    upright.sort_by(|a, b| a.1.y.total_cmp(&b.1.y));
    let mut edges = Vec::new();
    let count = upright.len();
    for at_top in [true, false] {
        let line = |depth: usize| upright.get(if at_top { depth } else { count.wrapping_sub(depth + 1) }).copied();
        let within = |found: &Line| {
            let y = if at_top { found.y } else { page.height - found.y };
            y < ZONE * page.height && found.text().chars().count() <= LONGEST
        };
        let found: Vec<_> =
            (0..DEEP.min(count)).map_while(|depth| line(depth).filter(|(_, found)| within(found))).collect();
        for (depth, (number, found_line)) in found.iter().enumerate() {
            let text = found_line.text();
            let distant = (depth..DEEP).any(|depth| match (line(depth), line(depth + 1)) {
                (Some((_, outer)), Some((_, inner))) => (inner.y - outer.y).abs() > APART * outer.size.max(inner.size),
                _ => true,
            });
            let is_large = found_line.size > large;
            edges.push(Edge {
                page: index,
                line: *number,
                at_top,
                shape: shape(&text, is_large),
                numbers: numbers(&text),
                apart: [found_line.cells.first(), found_line.cells.last()]
                    .iter()
                    .flatten()
                    .any(|cell| self::number(cell.trim()).is_some()),
                distant,
                depth,
                is_large,
            });
        }
    }
    edges
}

/// The text in small letters, without blanks, each number as `#`. Headings in large letters keep their numbers: those
/// of `Chapter 3` and `Chapter 4` are two.
fn shape(text: &str, is_large: bool) -> String {
    let mut shape = String::with_capacity(text.len());
    for char in text.chars() {
        if char.is_ascii_digit() && !is_large {
            if !shape.ends_with('#') {
                shape.push('#');
            }
        } else if !char.is_whitespace() {
            shape.extend(char.to_lowercase());
        }
    }
    shape
}

/// `Page 3 of 10`, `- 3 -`, `3/10`.
fn is_page_number(shape: &str) -> bool {
    let words = shape.split(|char: char| !char.is_alphabetic()).filter(|word| !word.is_empty());
    let mut any = false;
    for word in words {
        if !PAGE_WORDS.contains(&word) {
            return false;
        }
        any = true;
    }
    shape.contains('#') && (any || shape == "#/#" || shape == "#of#")
}

/// The numbers at the beginning and the end, in digits or in small Roman ones.
fn numbers(text: &str) -> Vec<i64> {
    let words: Vec<&str> = text.split(|char: char| !char.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let mut numbers: Vec<i64> =
        [words.first(), words.last()].into_iter().flatten().filter_map(|word| number(word)).collect();
    // `Page 3 of 10`: the number is within.
    if words.len() <= 5 && words.first().is_some_and(|word| PAGE_WORDS.contains(&word.to_lowercase().as_str())) {
        numbers.extend(words.iter().filter_map(|word| number(word)));
    }
    numbers.dedup();
    numbers
}

fn number(word: &str) -> Option<i64> {
    if word.bytes().all(|byte| byte.is_ascii_digit()) && word.len() <= 5 { word.parse().ok() } else { None }
}

/// What must be added to a page's place in the file to get the number printed on it.
fn shift(edges: &[Edge], pages: usize) -> Option<i64> {
    let mut counts: HashMap<i64, usize> = HashMap::new();
    for edge in edges {
        let mut shifts: Vec<i64> = edge.numbers.iter().map(|number| number - edge.page as i64).collect();
        shifts.dedup();
        for shift in shifts {
            *counts.entry(shift).or_default() += 1;
        }
    }
    // Of two that are equally good the same one each time, whatever the order of the map.
    let best = |(shift, count): &(i64, usize)| (*count, std::cmp::Reverse(shift.abs()), *shift);
    let (shift, count) = counts.into_iter().max_by_key(best)?;
    (count >= 3.max(pages * 3 / 10) || (count >= 2 && pages <= 4)).then_some(shift)
}
