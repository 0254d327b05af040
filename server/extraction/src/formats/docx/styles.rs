use super::{is_on, moved};
use crate::Failure;
use crate::meter::Meter;
use crate::xml::{self, Element, Node};
use std::collections::HashMap;

/// Styles that stand on each other deeper than this go in a circle.
const DEEPEST: usize = 20;

/// What a paragraph of a style is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Title,
    Heading(u8),
    Item,
    Code,
}

#[derive(Debug, Default)]
struct Style {
    own: Option<Role>,
    /// Whether its text is hidden, where it says so.
    hidden: Option<bool>,
    /// How it raises or lowers its text.
    moved: Option<char>,
    based_on: Option<String>,
}

#[derive(Debug, Default)]
pub(super) struct Styles(HashMap<String, Style>);

impl Styles {
    pub(super) fn read(text: &str, meter: &Meter<'_>) -> Result<Self, Failure> {
        let mut styles = HashMap::new();
        let mut open: Option<(String, Style)> = None;
        xml::walk(text, meter.pace(), &mut |node| {
            match node {
                Node::Open(element) if element.name() == "style" => {
                    open = element.attribute("styleId").map(|id| (id, Style::default()));
                }
                Node::Open(element) => {
                    if let Some((_, style)) = &mut open {
                        style.take(element);
                    }
                }
                Node::Close("style") => styles.extend(open.take()),
                _ => {}
            }
            Ok(())
        })?;
        Ok(Self(styles))
    }

    pub(super) fn role(&self, id: &str) -> Option<Role> {
        self.said(id, |style| style.own)
    }

    /// Whether text of the style is hidden; none where it leaves that open.
    pub(super) fn hides(&self, id: &str) -> Option<bool> {
        self.said(id, |style| style.hidden)
    }

    /// How text of the style is raised or lowered.
    pub(super) fn moves(&self, id: &str) -> Option<char> {
        self.said(id, |style| style.moved)
    }

    /// What a style says, or the next of those that it stands on.
    fn said<T>(&self, id: &str, of: impl Fn(&Style) -> Option<T>) -> Option<T> {
        let mut id = id;
        for _ in 0..DEEPEST {
            let style = self.0.get(id)?;
            let said = of(style);
            if said.is_some() {
                return said;
            }
            id = style.based_on.as_deref()?;
        }
        None
    }

    /// The ids of those that make headings.
    pub(super) fn headings(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str).filter(|id| matches!(self.role(id), Some(Role::Heading(_))))
    }
}

impl Style {
    fn take(&mut self, element: &Element<'_>) {
        match element.name() {
            "name" => {
                let named = element.attribute("val").and_then(|name| by_name(&name.to_lowercase()));
                self.own = named.or(self.own);
            }
            "vanish" => self.hidden = Some(is_on(element)),
            "vertAlign" => self.moved = moved(element),
            "basedOn" => self.based_on = element.attribute("val"),
            "outlineLvl" if self.own.is_none() => {
                self.own = element.number("val").filter(|&level| level < 9).map(|level| Role::Heading(level as u8 + 1));
            }
            "numId" if self.own.is_none() => self.own = Some(Role::Item),
            _ => {}
        }
    }
}

/// Word's own styles have English names in the file, whatever the language of its menus.
fn by_name(name: &str) -> Option<Role> {
    if name == "title" {
        return Some(Role::Title);
    }
    if let Some(level) = name.strip_prefix("heading ") {
        return level.trim().parse().ok().filter(|level| (1..=9).contains(level)).map(Role::Heading);
    }
    match name {
        "subtitle" => Some(Role::Heading(2)),
        "html preformatted" | "macro text" | "source code" => Some(Role::Code),
        _ if name.starts_with("list bullet") || name.starts_with("list number") => Some(Role::Item),
        _ => None,
    }
}
