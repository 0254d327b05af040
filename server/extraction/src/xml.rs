//! Walks through XML without believing it: no entity of its own is expanded and no depth is unbounded.

use crate::Failure;
use crate::meter::Pace;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::borrow::Cow;

/// Events between two looks at the clock.
const BREATH: u32 = 4096;

/// What is met on the way. Names are without their prefix.
pub(crate) enum Node<'e> {
    Open(&'e Element<'e>),
    Close(&'e str),
    Text(&'e str),
}

/// An element's opening tag.
pub(crate) struct Element<'e> {
    tag: &'e BytesStart<'e>,
}

impl Element<'_> {
    pub(crate) fn name(&self) -> &str {
        self.tag.local_name().into_inner()
    }

    /// The value of the attribute of that name, whatever its prefix.
    pub(crate) fn attribute(&self, name: &str) -> Option<String> {
        let found = self
            .tag
            .attributes()
            .with_checks(false)
            .flatten()
            .find(|attribute| attribute.key.local_name().into_inner() == name)?;
        Some(quick_xml::escape::unescape(&found.value).map_or_else(|_| found.value.to_string(), Cow::into_owned))
    }

    /// The value of the attribute that is written with that prefix: `r:id` beside `id`.
    pub(crate) fn prefixed_attribute(&self, name: &str) -> Option<String> {
        self.tag
            .attributes()
            .with_checks(false)
            .flatten()
            .find(|attribute| attribute.key.prefix().is_some() && attribute.key.local_name().into_inner() == name)
            .map(|found| found.value.to_string())
    }

    pub(crate) fn number(&self, name: &str) -> Option<u32> {
        self.attribute(name)?.trim().parse().ok()
    }
}

/// Visits everything in its order.
pub(crate) fn walk(
    xml: &str,
    pace: Pace,
    visit: &mut dyn FnMut(Node<'_>) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut reader = Reader::from_str(xml.trim_start_matches('\u{feff}'));
    let (mut depth, mut events) = (0u32, 0u32);
    let mut has_entities = false;
    loop {
        events = events.wrapping_add(1);
        if events.is_multiple_of(BREATH) {
            pace.check_time()?;
        }
        match reader.read_event().map_err(|_| Failure::corrupt())? {
            Event::Start(tag) => {
                depth += 1;
                if depth > pace.nesting {
                    return Err(Failure::too_deep());
                }
                visit(Node::Open(&Element { tag: &tag }))?;
            }
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                visit(Node::Close(tag.local_name().into_inner()))?;
            }
            Event::Empty(tag) => {
                visit(Node::Open(&Element { tag: &tag }))?;
                visit(Node::Close(tag.local_name().into_inner()))?;
            }
            Event::Text(text) => visit(Node::Text(&text.into_inner()))?,
            Event::CData(text) => visit(Node::Text(&text.into_inner()))?,
            Event::GeneralRef(reference) => {
                if let Ok(Some(char)) = reference.resolve_char_ref() {
                    visit(Node::Text(char.encode_utf8(&mut [0; 4])))?;
                } else if let Some(text) = predefined(&reference.into_inner()) {
                    visit(Node::Text(text))?;
                } else if has_entities {
                    return Err(Failure::entities());
                }
            }
            Event::Eof if depth > 0 => return Err(Failure::corrupt()),
            Event::Eof => return Ok(()),
            Event::DocType(kind) => has_entities |= kind.into_inner().contains("<!ENTITY"),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
}

fn predefined(name: &str) -> Option<&'static str> {
    match name {
        "amp" => Some("&"),
        "lt" => Some("<"),
        "gt" => Some(">"),
        "quot" => Some("\""),
        "apos" => Some("'"),
        _ => None,
    }
}
