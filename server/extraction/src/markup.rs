//! Blocks from HTML's and XHTML's tags. Only the tokens are looked at, no tree is built: it costs the same however deeply
//! the elements stand in each other, and a missing end tag does no harm.

mod hidden;
mod links;

use crate::raised::{self, END, NOTE, SUBSCRIPT, SUPERSCRIPT};
use crate::table::Table;
use crate::writer::Writer;
use crate::{BlockKind, Failure, clean};
use hidden::{Hidden, Met};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use std::cell::RefCell;

/// Bytes that are tokenised between two looks at the limits.
const CHUNK: usize = 64 * 1024;

/// What a page of markup says of itself.
#[derive(Debug, Default)]
pub(crate) struct About {
    pub(crate) title: Option<String>,
    pub(crate) language: Option<String>,
}

/// Writes the blocks of a page of markup.
pub(crate) fn write(markup: &str, writer: &mut Writer<'_, '_>) -> Result<About, Failure> {
    write_from(markup, State::default(), writer)
}

/// Writes the blocks of what was Markdown, where powers may be written as `10^8`.
pub(crate) fn write_with_carets(markup: &str, writer: &mut Writer<'_, '_>) -> Result<About, Failure> {
    write_from(markup, State { has_carets: true, ..State::default() }, writer)
}

fn write_from(markup: &str, state: State, writer: &mut Writer<'_, '_>) -> Result<About, Failure> {
    let tokenizer = Tokenizer::new(Sink(RefCell::new(state)), TokenizerOpts::default());
    let queue = BufferQueue::default();
    let mut rest = markup;
    while !rest.is_empty() {
        let mut end = rest.len().min(CHUNK);
        while !rest.is_char_boundary(end) {
            end += 1;
        }
        queue.push_back(StrTendril::from_slice(&rest[..end]));
        rest = &rest[end..];
        while !queue.is_empty() {
            let _ = tokenizer.feed(&queue);
        }
        writer.meter.check_time()?;
        for (kind, text) in tokenizer.sink.0.borrow_mut().blocks.drain(..) {
            writer.add(kind, text)?;
        }
    }
    tokenizer.end();
    let mut state = tokenizer.sink.0.borrow_mut();
    state.end_block();
    while !state.tables.is_empty() {
        state.end_table();
    }
    for (kind, text) in state.blocks.drain(..) {
        writer.add(kind, text)?;
    }
    let title = Some(clean::line(&state.title)).filter(|title| !title.is_empty());
    Ok(About { title, language: state.language.take() })
}

struct Sink(RefCell<State>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut state = self.0.borrow_mut();
        match token {
            Token::CharacterTokens(text) => state.text(&text),
            Token::TagToken(tag) => return state.tag(&tag),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

#[derive(Default)]
struct State {
    blocks: Vec<(BlockKind, String)>,
    kind: Option<BlockKind>,
    text: String,
    tables: Vec<Table>,
    in_title: bool,
    title: String,
    language: Option<String>,
    /// The element that nothing is taken from.
    hidden: Option<Hidden>,
    preformatted: u32,
    /// Whether carets raise.
    has_carets: bool,
    /// Code within text, where they do not.
    in_code: u32,
    in_raised: u32,
    link: Option<links::Link>,
}

impl State {
    fn text(&mut self, text: &str) {
        if self.hidden.is_some() {
            return;
        }
        let raised = self.has_carets && self.in_code + self.preformatted == 0;
        let text = if raised { raised::from_carets(text) } else { text.into() };
        self.push(&text);
    }

    fn push(&mut self, text: &str) {
        if self.in_title {
            self.title.push_str(text);
        } else if let Some(cell) = self.tables.last_mut().and_then(Table::text) {
            cell.push_str(text);
        } else if self.tables.is_empty() || !text.trim().is_empty() {
            self.text.push_str(text);
        }
    }

    fn tag(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name: &str = &tag.name;
        let opens = tag.kind == TagKind::StartTag;
        if let Some(hidden) = &mut self.hidden {
            match if opens { hidden.opens(name, tag.self_closing) } else { hidden.closes(name) } {
                Met::Inside if opens && !tag.self_closing => return raw_text(name),
                Met::Inside => return TokenSinkResult::Continue,
                Met::End => {
                    self.hidden = None;
                    return TokenSinkResult::Continue;
                }
                Met::After => self.hidden = None,
            }
        }
        if opens { self.open(name, tag) } else { self.close(name) }
    }

    fn open(&mut self, name: &str, tag: &Tag) -> TokenSinkResult<()> {
        if is_skipped(name) || is_hidden(name, tag) {
            // In XML's syntax any element may be empty.
            if tag.self_closing {
                return TokenSinkResult::Continue;
            }
            self.hidden = Some(Hidden::new(name));
            return raw_text(name);
        }
        match name {
            "html" => self.language = attribute(tag, "lang").map(str::to_owned),
            "title" if !tag.self_closing && self.title.is_empty() => {
                self.in_title = true;
                return TokenSinkResult::RawData(RawKind::Rcdata);
            }
            "table" => {
                self.end_block();
                self.tables.push(Table::default());
            }
            "tr" => self.with_table(Table::row),
            "td" | "th" => {
                let span =
                    |name| attribute(tag, name).and_then(|span| span.trim().parse().ok()).unwrap_or(1u32).min(1000);
                let (columns, rows) = (span("colspan"), span("rowspan"));
                self.with_table(|table| table.cell(columns, rows));
            }
            "sup" if !tag.self_closing => self.begin_raised(SUPERSCRIPT),
            "sub" if !tag.self_closing => self.begin_raised(SUBSCRIPT),
            "a" if !tag.self_closing => self.begin_link(tag),
            "code" | "samp" | "kbd" => self.in_code += 1,
            "br" if self.preformatted > 0 => self.text("\n"),
            "pre" if self.tables.is_empty() && !tag.self_closing => {
                self.begin(BlockKind::Code);
                self.preformatted += 1;
            }
            _ => {
                if let Some(kind) = block(name) {
                    self.begin(kind);
                } else if name == "br" {
                    self.text(" ");
                }
            }
        }
        TokenSinkResult::Continue
    }

    fn close(&mut self, name: &str) -> TokenSinkResult<()> {
        match name {
            "title" => self.in_title = false,
            "table" => self.end_table(),
            "td" | "th" | "tr" => self.with_table(Table::end_cell),
            "sup" | "sub" => {
                self.in_raised = self.in_raised.saturating_sub(1);
                self.push_sign(END);
            }
            "a" => self.end_link(),
            "code" | "samp" | "kbd" => self.in_code = self.in_code.saturating_sub(1),
            "pre" if self.preformatted > 0 => {
                self.end_block();
                self.preformatted -= 1;
            }
            "p" if self.kind == Some(BlockKind::ListItem) && self.text.trim().is_empty() => {}
            _ if block(name).is_some() || matches!(name, "ul" | "ol" | "dl") => self.begin(BlockKind::Paragraph),
            _ => {}
        }
        TokenSinkResult::Continue
    }

    fn begin_raised(&mut self, sign: char) {
        self.in_raised += 1;
        let leads_on = self.link == Some(links::Link::Within);
        self.push_sign(if leads_on && sign == SUPERSCRIPT { NOTE } else { sign });
    }

    fn begin_link(&mut self, tag: &Tag) {
        self.end_link();
        let link = links::of(tag);
        let is_note = link == links::Link::Note || link == links::Link::Within && self.in_raised > 0;
        if is_note {
            self.push_sign(NOTE);
        }
        self.link = Some(if is_note { links::Link::Note } else { link });
    }

    fn end_link(&mut self) {
        if self.link.take() == Some(links::Link::Note) {
            self.push_sign(END);
        }
    }

    fn push_sign(&mut self, sign: char) {
        self.push(sign.encode_utf8(&mut [0; 4]));
    }

    fn with_table(&mut self, work: impl FnOnce(&mut Table)) {
        if let Some(table) = self.tables.last_mut() {
            work(table);
        }
    }

    /// Ends the block before and begins another.
    fn begin(&mut self, kind: BlockKind) {
        if let Some(cell) = self.tables.last_mut().and_then(Table::text) {
            cell.push(' ');
            return;
        }
        if self.preformatted > 0 {
            return;
        }
        // A paragraph that begins an item is the item.
        let begins_item =
            kind == BlockKind::Paragraph && self.kind == Some(BlockKind::ListItem) && self.text.trim().is_empty();
        if begins_item {
            return;
        }
        self.end_block();
        self.kind = Some(kind);
    }

    fn end_block(&mut self) {
        let kind = self.kind.take().unwrap_or(BlockKind::Paragraph);
        let raw = std::mem::take(&mut self.text);
        let text = if kind == BlockKind::Code { clean::lines(&raw) } else { clean::line(&raw) };
        if !text.is_empty() {
            self.blocks.push((kind, text));
        }
    }

    fn end_table(&mut self) {
        let Some(mut table) = self.tables.pop() else { return };
        self.end_block();
        if let Some(cell) = self.tables.last_mut().and_then(Table::text) {
            cell.push(' ');
            cell.push_str(&table.inline());
            cell.push(' ');
        } else if let Some(cells) = table.laid_out() {
            self.blocks
                .extend(cells.into_iter().filter(|cell| !cell.is_empty()).map(|cell| (BlockKind::Paragraph, cell)));
        } else {
            self.blocks.push((BlockKind::Table, table.finish()));
        }
    }
}

fn attribute<'t>(tag: &'t Tag, name: &str) -> Option<&'t str> {
    tag.attrs.iter().find(|attribute| &*attribute.name.local == name).map(|attribute| &*attribute.value)
}

/// What is written in some elements only looks like tags.
fn raw_text(name: &str) -> TokenSinkResult<()> {
    match name {
        "script" => TokenSinkResult::RawData(RawKind::ScriptData),
        "style" | "noframes" | "iframe" => TokenSinkResult::RawData(RawKind::Rawtext),
        "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
        _ => TokenSinkResult::Continue,
    }
}

fn is_skipped(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "noscript"
            | "noframes"
            | "template"
            | "nav"
            | "footer"
            | "svg"
            | "iframe"
            | "object"
            | "select"
            | "button"
            | "textarea"
            | "annotation"
            | "annotation-xml"
            | "rp"
            | "audio"
            | "video"
            | "canvas"
            | "dialog"
    )
}

fn is_hidden(name: &str, tag: &Tag) -> bool {
    if is_void(name) || matches!(name, "html" | "body" | "main") {
        return false;
    }
    let role = attribute(tag, "role");
    matches!(role, Some("navigation" | "search" | "menu"))
        || attribute(tag, "hidden").is_some_and(|value| value != "until-found")
        || attribute(tag, "style").is_some_and(is_out_of_sight)
}

/// Whether an element with this style is not shown.
fn is_out_of_sight(style: &str) -> bool {
    let is = |property, values: &[&str]| {
        declared(style, property).is_some_and(|value| values.iter().any(|hidden| value.starts_with(*hidden)))
    };
    is("display", &["none"]) || is("visibility", &["hidden", "collapse"])
}

/// What a style says of a property; of several declarations the last one counts.
fn declared(style: &str, property: &str) -> Option<String> {
    let mut declarations = style.rsplit(';').filter_map(|declaration| declaration.split_once(':'));
    let (_, value) = declarations.find(|(name, _)| name.trim().eq_ignore_ascii_case(property))?;
    Some(value.trim().to_ascii_lowercase())
}

fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "source"
            | "track"
            | "wbr"
    )
}

fn block(name: &str) -> Option<BlockKind> {
    Some(match name {
        "h1" => BlockKind::Heading { level: 1 },
        "h2" => BlockKind::Heading { level: 2 },
        "h3" => BlockKind::Heading { level: 3 },
        "h4" => BlockKind::Heading { level: 4 },
        "h5" => BlockKind::Heading { level: 5 },
        "h6" => BlockKind::Heading { level: 6 },
        "li" => BlockKind::ListItem,
        "p" | "div" | "section" | "article" | "main" | "header" | "aside" | "blockquote" | "figure" | "figcaption"
        | "dl" | "dt" | "dd" | "address" | "form" | "fieldset" | "legend" | "details" | "summary" | "body"
        | "center" | "hr" | "caption" | "hgroup" | "head" => BlockKind::Paragraph,
        _ => return None,
    })
}
