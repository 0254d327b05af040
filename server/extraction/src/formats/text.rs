use crate::meter::Meter;
use crate::reading::Reading;
use crate::writer::{Paging, Writer};
use crate::{BlockKind, Failure, clean, encoding};

/// Lines longer than this are paragraphs, not lines of one.
const WRAPPED: usize = 120;
/// A heading is not longer.
const HEADING: usize = 70;
/// Words for a part of a book.
const PARTS: [&str; 14] = [
    "chapter",
    "part",
    "section",
    "appendix",
    "lesson",
    "unit",
    "rozdział",
    "część",
    "lekcja",
    "dodatek",
    "kapitel",
    "teil",
    "chapitre",
    "capítulo",
];

pub(crate) fn read(bytes: &[u8], meter: &mut Meter<'_>) -> Result<Reading, Failure> {
    if !encoding::is_text(bytes) {
        return Err(Failure::unsupported("This file is not a text."));
    }
    let text = encoding::decode(bytes, None);
    let width = width(&text);
    let mut writer = Writer::new(Paging::Flowing, meter);
    let title = title(&text);
    let mut group = Vec::new();
    let mut is_first = true;
    for line in text.lines().flat_map(|line| line.split(['\r', '\u{c}'])).chain([""]) {
        if !line.trim().is_empty() {
            group.push(line);
            continue;
        }
        if group.is_empty() {
            continue;
        }
        let is_title = std::mem::take(&mut is_first) && title.is_some();
        write_group(&group, width, Titled { is_title, below: title.is_some() }, &mut writer)?;
        group.clear();
        writer.meter.check_time()?;
    }
    Ok(Reading { title: title.map(clean::line), language: None, pages: writer.finish()? })
}

/// A short line before everything else, with an empty one below it, is the title unless it is that of a part.
fn title(text: &str) -> Option<&str> {
    let mut lines = text.trim_start_matches(['\u{feff}', '\n', '\r', ' ', '\t']).lines().map(str::trim);
    let first = lines.next()?;
    let is_alone = lines.next()?.is_empty() && lines.any(|line| !line.is_empty());
    let begins_large = first.chars().find(|char| char.is_alphabetic()).is_some_and(|char| !char.is_lowercase());
    let is_title = is_alone
        && begins_large
        && first.chars().count() <= HEADING
        && !first.ends_with(['.', ',', ';', ':'])
        && list_item(first).is_none()
        && !is_part(first)
        && section_depth(first).is_none();
    is_title.then_some(first)
}

/// Where a group stands to the title of the text.
#[derive(Clone, Copy)]
struct Titled {
    is_title: bool,
    /// Whether it stands below one.
    below: bool,
}

/// How wide the lines are wrapped: what nearly all keep below.
fn width(text: &str) -> usize {
    let mut lengths: Vec<usize> =
        text.lines().map(|line| line.trim_end().chars().count()).filter(|&length| length > 0).take(20_000).collect();
    lengths.sort_unstable();
    lengths.get(lengths.len() * 95 / 100).copied().unwrap_or(0)
}

/// Writes lines between two empty ones.
fn write_group(group: &[&str], width: usize, titled: Titled, writer: &mut Writer<'_, '_>) -> Result<(), Failure> {
    if let [line] = group
        && let Some(level) = if titled.is_title { Some(0) } else { heading_level(line) }
    {
        let level = (level + u8::from(titled.below)).min(6);
        return writer.add(BlockKind::Heading { level }, clean::line(line));
    }
    let mut open: Option<(BlockKind, String)> = None;
    for (index, line) in group.iter().enumerate() {
        let item = list_item(line);
        let continues = item.is_none() && index > 0 && continues(group[index - 1], line, width);
        match &mut open {
            Some((_, text)) if continues => append(text, line.trim()),
            _ => {
                if let Some((kind, text)) = open.take() {
                    writer.add(kind, clean::line(&text))?;
                }
                open = Some(match item {
                    Some(text) => (BlockKind::ListItem, text.to_owned()),
                    None => (BlockKind::Paragraph, line.trim().to_owned()),
                });
            }
        }
    }
    open.map_or(Ok(()), |(kind, text)| writer.add(kind, clean::line(&text)))
}

/// A line goes on with the next when the next one's first word would not have had room on it.
fn continues(line: &str, next: &str, width: usize) -> bool {
    if width > WRAPPED {
        return false;
    }
    let first = next.split_whitespace().next().unwrap_or_default().chars().count();
    line.trim_end().chars().count() + 1 + first > width.saturating_sub(2)
}

fn append(text: &mut String, line: &str) {
    let breaks_word = text.ends_with('\u{ad}');
    if !breaks_word {
        text.push(' ');
    }
    text.push_str(line);
}

fn list_item(line: &str) -> Option<&str> {
    let line = line.trim_start();
    ["- ", "* ", "• ", "– ", "+ "].iter().find_map(|mark| line.strip_prefix(mark)).or_else(|| {
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        let rest = &line[digits..];
        ((1..=3).contains(&digits) && (rest.starts_with(". ") || rest.starts_with(") "))).then_some(line)
    })
}

/// A line on its own that is short and written like a heading.
fn heading_level(line: &str) -> Option<u8> {
    let line = line.trim();
    if line.chars().count() > HEADING || line.ends_with(['.', ',', ';', ':', '?']) && !line.contains(". ") {
        return None;
    }
    if is_part(line) {
        return Some(1);
    }
    let letters = || line.chars().filter(|char| char.is_alphabetic());
    if letters().count() > 2 && letters().all(|char| !char.is_lowercase()) && letters().any(char::is_uppercase) {
        return Some(2);
    }
    section_depth(line)
}

/// `CHAPTER I. ORIGINS`.
fn is_part(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let first = words.next().unwrap_or_default().to_lowercase();
    PARTS.contains(&first.trim_end_matches(['.', ':'])) && words.next().is_some()
}

/// How deep a section numbered like `1.2 Numbers` is.
fn section_depth(line: &str) -> Option<u8> {
    let first = line.split_whitespace().next()?.trim_end_matches(['.', ':']);
    let numbered = first.contains('.') && first.split('.').all(|part| part.len() < 3 && part.parse::<u8>().is_ok());
    let begins_large = line.chars().find(|char| char.is_alphabetic()).is_some_and(char::is_uppercase);
    (numbered && begins_large).then_some(first.split('.').count().min(6) as u8)
}
