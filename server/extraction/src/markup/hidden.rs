//! An element that nothing is taken from, and where it ends: at its end tag, or where that may be left out, at what can
//! only follow it (HTML Standard, 13.1.2.4 “Optional tags”). Of what is open in it only as much is kept as tells whether
//! a tag is about something in it.

/// What a tag does to the element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Met {
    /// It stands in the element.
    Inside,
    /// It is the element's end tag.
    End,
    /// The element has ended before it.
    After,
}

/// Where an element may end without an end tag.
struct OptionalEnd {
    /// Elements that begin only behind it.
    followers: &'static [&'static str],
    /// Elements around it: with their end tags it ends too.
    parents: &'static [&'static str],
    /// Elements within which followers and parents are others.
    scopes: &'static [&'static str],
}

/// An element that nothing is taken from.
#[derive(Debug)]
pub(super) struct Hidden {
    name: String,
    /// The scopes that are open in it, by their places in the list.
    open: Vec<u8>,
    /// How many of each are open.
    counts: Vec<u32>,
}

impl Hidden {
    pub(super) fn new(name: &str) -> Self {
        let scopes = optional_end(name).map_or(1, |end| end.scopes.len());
        Self { name: name.to_owned(), open: Vec::new(), counts: vec![0; scopes] }
    }

    /// Takes note of a start tag.
    pub(super) fn opens(&mut self, name: &str, is_empty: bool) -> Met {
        if self.open.is_empty() && optional_end(&self.name).is_some_and(|end| end.followers.contains(&name)) {
            return Met::After;
        }
        if let Some(scope) = self.scope(name).filter(|_| !is_empty) {
            self.counts[scope] += 1;
            self.open.push(u8::try_from(scope).unwrap_or(u8::MAX));
        }
        Met::Inside
    }

    /// Takes note of an end tag.
    pub(super) fn closes(&mut self, name: &str) -> Met {
        let scope = self.scope(name);
        if let Some(scope) = scope.filter(|scope| self.counts[*scope] > 0) {
            self.close_scope(scope);
            return Met::Inside;
        }
        if self.open.is_empty() && name == self.name {
            return Met::End;
        }
        // The end of a scope that is not open in it is that of one around it, whatever was left open in it.
        let is_outside = self.open.is_empty() || scope.is_some();
        let is_parent = optional_end(&self.name).is_some_and(|end| end.parents.contains(&name));
        if is_outside && is_parent { Met::After } else { Met::Inside }
    }

    /// Closes the innermost of these with all that is open in it.
    fn close_scope(&mut self, scope: usize) {
        while let Some(closed) = self.open.pop() {
            let closed = usize::from(closed);
            self.counts[closed] -= 1;
            if closed == scope {
                return;
            }
        }
    }

    /// Without a rule of its own an element ends with as many end tags as there were start tags of its name.
    fn scope(&self, name: &str) -> Option<usize> {
        match optional_end(&self.name) {
            Some(end) => end.scopes.iter().position(|scope| *scope == name),
            None => (name == self.name).then_some(0),
        }
    }
}

const LISTS: &[&str] = &["ul", "ol", "menu", "dir"];
const TABLE: &[&str] = &["table"];
const TABLE_SECTIONS: &[&str] = &["thead", "tbody", "tfoot"];
const ROWS: &[&str] = &["tr", "thead", "tbody", "tfoot"];
const CELLS: &[&str] = &["td", "th", "tr", "thead", "tbody", "tfoot"];
const RUBY: &[&str] = &["ruby"];

fn optional_end(name: &str) -> Option<&'static OptionalEnd> {
    Some(match name {
        "p" => &OptionalEnd { followers: NOT_IN_PARAGRAPHS, parents: AROUND_PARAGRAPHS, scopes: AROUND_PHRASES },
        "li" => &OptionalEnd { followers: &["li"], parents: LISTS, scopes: LISTS },
        "dt" | "dd" => &OptionalEnd { followers: &["dt", "dd"], parents: &["dl", "div"], scopes: &["dl", "div"] },
        "td" | "th" => {
            &OptionalEnd { followers: CELLS, parents: &["table", "tr", "thead", "tbody", "tfoot"], scopes: TABLE }
        }
        "tr" => &OptionalEnd { followers: ROWS, parents: &["table", "thead", "tbody", "tfoot"], scopes: TABLE },
        "thead" | "tbody" | "tfoot" => &OptionalEnd { followers: TABLE_SECTIONS, parents: TABLE, scopes: TABLE },
        "caption" => &OptionalEnd {
            followers: &["col", "colgroup", "td", "th", "tr", "thead", "tbody", "tfoot"],
            parents: TABLE,
            scopes: TABLE,
        },
        "colgroup" => &OptionalEnd {
            followers: &["colgroup", "td", "th", "tr", "thead", "tbody", "tfoot"],
            parents: TABLE,
            scopes: TABLE,
        },
        "rt" | "rp" => &OptionalEnd { followers: &["rt", "rp"], parents: RUBY, scopes: RUBY },
        "option" => &OptionalEnd {
            followers: &["option", "optgroup", "hr"],
            parents: &["optgroup", "select", "datalist"],
            scopes: &[],
        },
        "optgroup" => &OptionalEnd { followers: &["optgroup", "hr"], parents: &["select"], scopes: &[] },
        _ => return None,
    })
}

/// Elements with a paragraph in them of which those around know nothing.
const AROUND_PHRASES: &[&str] = &["button", "object", "template", "marquee", "applet"];

const NOT_IN_PARAGRAPHS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "search",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

const AROUND_PARAGRAPHS: &[&str] = &[
    "address",
    "applet",
    "article",
    "aside",
    "blockquote",
    "body",
    "button",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "header",
    "hgroup",
    "html",
    "li",
    "main",
    "marquee",
    "menu",
    "nav",
    "object",
    "ol",
    "search",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "template",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];
