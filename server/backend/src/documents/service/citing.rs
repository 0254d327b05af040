//! Statements and where they come from: what does not stand at its place is not kept.

use crate::providers::text::{MadeNotes, passage_path};
use domain::{
    citation::Citation,
    documents::{DocumentPage, NotePoint},
};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// A page, and from where to where on it.
pub(super) type Passage = (u32, u32, u32);

/// The notes without statements that do not stand where they say, and without the lines that cite such places.
pub(super) fn verified(made: MadeNotes, id: Uuid, pages: &[DocumentPage]) -> MadeNotes {
    let MadeNotes { markdown, points, remark } = made;
    let texts: BTreeMap<u32, &str> = pages.iter().map(|page| (page.page, page.text.as_str())).collect();
    let (points, dropped): (Vec<NotePoint>, Vec<NotePoint>) =
        points.into_iter().partition(|point| stands(point, id, &texts));
    let doubtful: BTreeSet<Passage> = dropped.iter().flat_map(passages).collect();
    let holds = |line: &str, place: Passage| {
        let mut behind = points.iter().filter(|point| passages(point).contains(&place));
        // Where another statement lied about the same place, only the words tell which line is whose.
        behind.any(|point| !doubtful.contains(&place) || line.contains(&point.text))
    };
    let (mut lines, mut has_lost) = (Vec::new(), false);
    for line in markdown.lines() {
        if cited(line, id).iter().all(|place| place.is_some_and(|place| holds(line, place))) {
            lines.push(line);
        } else {
            has_lost = true;
        }
    }
    let markdown = if has_lost { without_empty_sections(&lines).join("\n") } else { markdown };
    MadeNotes { markdown, points, remark }
}

/// Those statements whose links a person has left in the notes.
pub(super) fn still_cited(points: Vec<NotePoint>, id: Uuid, markdown: &str) -> Vec<NotePoint> {
    let left: BTreeSet<Passage> = cited(markdown, id).into_iter().flatten().collect();
    points.into_iter().filter(|point| passages(point).iter().all(|place| left.contains(place))).collect()
}

fn stands(point: &NotePoint, id: Uuid, texts: &BTreeMap<u32, &str>) -> bool {
    let holds = |citation: &Citation| match citation {
        Citation::Document { document_id, page, .. } => {
            *document_id == id && texts.get(page).is_some_and(|text| citation.stands_in(text))
        }
        _ => false,
    };
    !point.citations.is_empty() && point.citations.iter().all(holds)
}

pub(super) fn passages(point: &NotePoint) -> Vec<Passage> {
    let place = |citation: &Citation| match citation {
        Citation::Document { page, start, end, .. } => Some((*page, *start, *end)),
        _ => None,
    };
    point.citations.iter().filter_map(place).collect()
}

/// The passages of this document that a text links to; none for a link that leads to no passage.
pub(super) fn cited(markdown: &str, id: Uuid) -> Vec<Option<Passage>> {
    let beginning = format!("/library/{id}/read");
    let places = markdown.match_indices(&beginning).map(|(at, _)| {
        let rest = markdown.get(at..)?;
        let numbers = rest.get(beginning.len()..)?.strip_prefix("?page=")?;
        let (page, numbers) = number(numbers)?;
        let (start, numbers) = number(numbers.strip_prefix("&start=")?)?;
        let (end, _) = number(numbers.strip_prefix("&end=")?)?;
        rest.starts_with(&passage_path(id, page, start, end)).then_some((page, start, end))
    });
    places.collect()
}

/// Whether an address is none of this document, of a whole page of it, or of one of these passages.
pub(super) fn leads_there(address: &str, id: Uuid, standing: &BTreeSet<Passage>) -> bool {
    let Some(query) = address.strip_prefix(&format!("/library/{id}/read")) else { return true };
    let page = query.strip_prefix("?page=").filter(|page| page.bytes().all(|byte| byte.is_ascii_digit()));
    query.is_empty()
        || page.is_some()
        || matches!(cited(address, id).as_slice(), [Some(place)] if standing.contains(place))
}

fn number(text: &str) -> Option<(u32, &str)> {
    let digits = text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len());
    let (number, rest) = text.split_at(digits);
    Some((number.parse().ok()?, rest))
}

/// Headings under which nothing is left go too.
fn without_empty_sections<'a>(lines: &[&'a str]) -> Vec<&'a str> {
    let level = |line: &str| {
        let level = line.len() - line.trim_start_matches('#').len();
        (level > 0 && line[level..].starts_with(' ')).then_some(level)
    };
    let mut kept: Vec<&str> = Vec::new();
    let mut next: Option<usize> = Some(0);
    for line in lines.iter().rev() {
        match level(line) {
            // What follows is a heading of the same or a higher level, or nothing.
            Some(own) if next.is_some_and(|next| next <= own) => continue,
            Some(own) => next = Some(own),
            None if line.trim().is_empty() => {}
            None => next = None,
        }
        kept.push(line);
    }
    kept.reverse();
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: Uuid = Uuid::from_u128(5);

    fn page(page: u32, text: &str) -> DocumentPage {
        DocumentPage { page, text: text.into(), blocks: Vec::new() }
    }

    fn point(page: u32, start: u32, quote: &str) -> NotePoint {
        let end = start + u32::try_from(quote.chars().count()).unwrap();
        let citation = Citation::Document { document_id: ID, page, start, end, quote: quote.into() };
        NotePoint { text: quote.into(), citations: vec![citation] }
    }

    fn line(point: &NotePoint) -> String {
        let (page, start, end) = passages(point)[0];
        format!("- {} [p. {page}]({})", point.text, passage_path(ID, page, start, end))
    }

    #[test]
    fn what_does_not_stand_there_is_dropped_with_its_line_and_its_empty_heading() {
        let pages = [page(1, "A cell divides."), page(2, "It grows.")];
        let (good, moved, invented) =
            (point(1, 2, "cell divides"), point(1, 3, "cell divides"), point(2, 0, "It dies"));
        let beyond = point(9, 0, "x");
        let markdown = format!(
            "## Cells\n\n{}\n{}\n\n## Death\n\n### Details\n\n{}\n{}\n",
            line(&good),
            line(&moved),
            line(&invented),
            line(&beyond)
        );
        let made = MadeNotes { markdown, points: vec![good.clone(), moved, invented, beyond], remark: None };
        let kept = verified(made, ID, &pages);
        assert_eq!(kept.points, std::slice::from_ref(&good));
        assert_eq!(kept.markdown.trim(), format!("## Cells\n\n{}", line(&good)));
    }

    #[test]
    fn a_link_without_a_statement_behind_it_takes_its_line_along() {
        let pages = [page(1, "A cell divides.")];
        for link in ["?page=1&start=0&end=99", "?page=1", "", "?page=1&start=x&end=2"] {
            let markdown = format!("- Lies. [p. 1](/library/{ID}/read{link})\nText.");
            let kept = verified(MadeNotes { markdown, points: Vec::new(), remark: None }, ID, &pages);
            assert_eq!(kept.markdown, "Text.", "{link}");
        }
    }

    #[test]
    fn a_statement_of_another_document_does_not_stand() {
        let other = Citation::Document { document_id: Uuid::nil(), page: 1, start: 0, end: 1, quote: "A".into() };
        let text = Citation::Text { start: 0, end: 1, quote: "A".into() };
        for citations in [vec![other], vec![text], Vec::new()] {
            let points = vec![NotePoint { text: "A".into(), citations }];
            let made = MadeNotes { markdown: String::new(), points, remark: None };
            assert!(verified(made, ID, &[page(1, "A")]).points.is_empty());
        }
    }

    #[test]
    fn statements_stay_as_long_as_their_links_do() {
        let (one, two) = (point(1, 0, "A"), point(1, 2, "cell"));
        let markdown = format!("My own words {}", line(&two));
        assert_eq!(still_cited(vec![one, two.clone()], ID, &markdown), [two]);
    }

    #[test]
    fn an_address_leads_to_a_passage_that_is_there() {
        let standing = BTreeSet::from([(1, 2, 9)]);
        let leads_there = |address: &str| leads_there(address, ID, &standing);
        let reader = format!("/library/{ID}/read");
        let other = format!("/library/{}/read?page=1&start=0&end=9", Uuid::nil());
        for address in ["https://example.org", &reader, &format!("{reader}?page=3"), &passage_path(ID, 1, 2, 9), &other]
        {
            assert!(leads_there(address), "{address}");
        }
        for query in
            ["?page=1&start=0&end=99999", "?page=1&start=x&end=9", "?start=2&page=1&end=9", "?page=2&start=2&end=9"]
        {
            assert!(!leads_there(&format!("{reader}{query}")), "{query}");
        }
    }
}
