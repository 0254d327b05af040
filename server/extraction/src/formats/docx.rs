mod styles;

use crate::archive::Archive;
use crate::meter::Meter;
use crate::raised::{END, NOTE, SUBSCRIPT, SUPERSCRIPT};
use crate::reading::Reading;
use crate::table::Table;
use crate::writer::{Paging, Writer};
use crate::xml::{self, Element, Node};
use crate::{BlockKind, Failure, clean, relations};
use styles::{Role, Styles};

/// A paragraph that is bold as a whole and no longer than this is a heading, where no style says which are.
const BOLD_HEADING: usize = 80;

pub(crate) fn read(bytes: &[u8], meter: &mut Meter<'_>) -> Result<Reading, Failure> {
    let mut archive = Archive::open(bytes, meter.limits())?;
    let main = relations::of("", &mut archive, meter)?.into_iter().find(|relation| relation.kind == "officeDocument");
    let main = main.map_or_else(|| "word/document.xml".to_owned(), |relation| relation.target);
    let text = archive.required_text(&main)?;
    if text.is_empty() {
        return Err(Failure::corrupt());
    }
    let parts = relations::of(&main, &mut archive, meter)?;
    let mut part = |kind: &str| match parts.iter().find(|relation| relation.kind == kind) {
        Some(relation) => archive.text(&relation.target),
        None => Ok(None),
    };
    let styles = part("styles")?.map_or_else(|| Ok(Styles::default()), |text| Styles::read(&text, meter))?;
    let notes = [part("footnotes")?, part("endnotes")?];
    let title = relations::title(&mut archive, meter)?;

    let pace = meter.pace();
    let bold_headings = !styles.headings().any(|id| text.contains(&format!("\"{id}\"")));
    let mut body = Body { bold_headings, ..Body::new(&styles, Writer::new(Paging::Flowing, meter)) };
    xml::walk(&text, pace, &mut |node| body.visit(node))?;
    for notes in notes.into_iter().flatten() {
        body.bold_headings = false;
        xml::walk(&notes, pace, &mut |node| body.visit(node))?;
    }
    let title = title.or(body.title);
    Ok(Reading { title, language: None, pages: body.writer.finish()? })
}

struct Body<'s, 'm, 'p> {
    styles: &'s Styles,
    writer: Writer<'m, 'p>,
    title: Option<String>,
    bold_headings: bool,
    /// Those that are open: a text box stands within a paragraph.
    paragraphs: Vec<Paragraph>,
    tables: Vec<Table>,
    /// Elements that are open within one that nothing is taken from.
    skipped: u32,
    in_text: bool,
    bold: bool,
    /// Whether the run is hidden text.
    hidden: bool,
    /// How the run is raised or lowered.
    moved: Option<char>,
}

#[derive(Default)]
struct Paragraph {
    text: String,
    role: Option<Role>,
    item: Option<bool>,
    outline: Option<u8>,
    all_bold: Option<bool>,
    /// Whether its style hides its text.
    hidden: bool,
}

impl<'s, 'm, 'p> Body<'s, 'm, 'p> {
    fn new(styles: &'s Styles, writer: Writer<'m, 'p>) -> Self {
        Self {
            styles,
            writer,
            title: None,
            bold_headings: false,
            paragraphs: Vec::new(),
            tables: Vec::new(),
            skipped: 0,
            in_text: false,
            bold: false,
            hidden: false,
            moved: None,
        }
    }

    fn visit(&mut self, node: Node<'_>) -> Result<(), Failure> {
        match node {
            Node::Open(element) if self.skipped > 0 || is_skipped(element) => self.skipped += 1,
            Node::Close(_) if self.skipped > 0 => self.skipped -= 1,
            Node::Open(element) => self.open(element),
            Node::Close(name) => return self.close(name),
            Node::Text(text) => self.text(text),
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if !self.in_text || self.hidden || self.skipped > 0 {
            return;
        }
        let Some(paragraph) = self.paragraphs.last_mut() else { return };
        paragraph.text.extend(self.moved);
        paragraph.text.push_str(text);
        paragraph.text.extend(self.moved.map(|_| END));
        if !text.trim().is_empty() {
            paragraph.all_bold = Some(paragraph.all_bold.unwrap_or(true) && self.bold);
        }
    }

    fn open(&mut self, element: &Element<'_>) {
        match element.name() {
            "p" => self.paragraphs.push(Paragraph::default()),
            "r" => self.begin_run(),
            "b" => self.bold = is_on(element),
            "vanish" => self.hidden = is_on(element),
            "rStyle" => self.run_style(element),
            "vertAlign" => self.moved = moved(element),
            // Those of formulas.
            "sup" => self.push_sign(SUPERSCRIPT),
            "sub" => self.push_sign(SUBSCRIPT),
            // A mark that the author chose follows.
            "footnoteReference" | "endnoteReference" => self.moved = Some(NOTE),
            "t" => self.in_text = true,
            "tab" | "br" | "cr" => self.push(" "),
            "noBreakHyphen" => self.push("\u{2011}"),
            "sym" => self.push_symbol(element),
            "pStyle" | "numId" | "outlineLvl" => self.property(element),
            "tbl" => self.tables.push(Table::default()),
            "tr" => self.with_table(Table::row),
            "tc" => self.with_table(|table| table.cell(1, 1)),
            "gridSpan" => {
                let columns = element.number("val").unwrap_or(1);
                self.with_table(|table| table.span(columns));
            }
            _ => {}
        }
    }

    fn begin_run(&mut self) {
        self.bold = false;
        self.moved = None;
        self.hidden = self.paragraphs.last().is_some_and(|paragraph| paragraph.hidden);
    }

    fn run_style(&mut self, element: &Element<'_>) {
        let Some(id) = element.attribute("val") else { return };
        self.hidden = self.styles.hides(&id).unwrap_or(self.hidden);
        self.moved = self.styles.moves(&id).or(self.moved);
    }

    fn property(&mut self, element: &Element<'_>) {
        let Some(paragraph) = self.paragraphs.last_mut() else { return };
        match element.name() {
            "pStyle" => {
                let id = element.attribute("val").unwrap_or_default();
                paragraph.role = self.styles.role(&id);
                paragraph.hidden = self.styles.hides(&id) == Some(true);
            }
            // Number 0 takes an item out of its list.
            "numId" => paragraph.item = Some(element.number("val").is_some_and(|id| id > 0)),
            _ => paragraph.outline = element.number("val").filter(|&level| level < 9).map(|level| level as u8 + 1),
        }
    }

    fn push(&mut self, text: &str) {
        if let Some(paragraph) = self.paragraphs.last_mut().filter(|_| !self.hidden) {
            paragraph.text.push_str(text);
        }
    }

    fn push_sign(&mut self, sign: char) {
        self.push(sign.encode_utf8(&mut [0; 4]));
    }

    fn push_symbol(&mut self, element: &Element<'_>) {
        let code = element.attribute("char").and_then(|code| u32::from_str_radix(&code, 16).ok());
        if let Some(char) = code.and_then(char::from_u32) {
            self.push(char.encode_utf8(&mut [0; 4]));
        }
    }

    fn with_table(&mut self, work: impl FnOnce(&mut Table)) {
        if let Some(table) = self.tables.last_mut() {
            work(table);
        }
    }

    fn close(&mut self, name: &str) -> Result<(), Failure> {
        match name {
            "t" => self.in_text = false,
            "sup" | "sub" => self.push_sign(END),
            "p" => {
                let Some(paragraph) = self.paragraphs.pop() else { return Ok(()) };
                return self.end_paragraph(paragraph);
            }
            "tc" => self.with_table(Table::end_cell),
            "tbl" => {
                let Some(mut table) = self.tables.pop() else { return Ok(()) };
                if let Some(cell) = self.tables.last_mut().and_then(Table::text) {
                    cell.push_str(&table.inline());
                    cell.push(' ');
                } else if let Some(cells) = table.laid_out() {
                    return cells.into_iter().try_for_each(|cell| self.writer.add(BlockKind::Paragraph, cell));
                } else {
                    return self.writer.add(BlockKind::Table, table.finish());
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn end_paragraph(&mut self, paragraph: Paragraph) -> Result<(), Failure> {
        if let Some(cell) = self.tables.last_mut().and_then(Table::text) {
            cell.push_str(&paragraph.text);
            cell.push(' ');
            return Ok(());
        }
        let text = clean::line(&paragraph.text);
        if paragraph.role == Some(Role::Title) && self.title.is_none() && !text.is_empty() {
            self.title = Some(text.clone());
        }
        let kind = self.kind(&paragraph, &text);
        self.writer.add(kind, text)
    }

    fn kind(&self, paragraph: &Paragraph, text: &str) -> BlockKind {
        if let Some(level) = paragraph.outline {
            return BlockKind::Heading { level: level.min(6) };
        }
        match paragraph.role {
            Some(Role::Title) => return BlockKind::Heading { level: 1 },
            Some(Role::Heading(level)) => return BlockKind::Heading { level: level.min(6) },
            Some(Role::Code) => return BlockKind::Code,
            Some(Role::Item) if paragraph.item != Some(false) => return BlockKind::ListItem,
            _ => {}
        }
        if paragraph.item == Some(true) {
            return BlockKind::ListItem;
        }
        let ends_sentence = text.ends_with(['.', ',', ';', '!', '?', ':']);
        let is_bold_heading = self.bold_headings
            && paragraph.all_bold == Some(true)
            && !ends_sentence
            && text.chars().count() <= BOLD_HEADING;
        if is_bold_heading { BlockKind::Heading { level: 3 } } else { BlockKind::Paragraph }
    }
}

fn is_on(element: &Element<'_>) -> bool {
    element.attribute("val").is_none_or(|value| !matches!(value.as_str(), "0" | "false" | "off"))
}

/// How a property raises or lowers a run.
fn moved(element: &Element<'_>) -> Option<char> {
    match element.attribute("val")?.as_str() {
        "superscript" => Some(SUPERSCRIPT),
        "subscript" => Some(SUBSCRIPT),
        _ => None,
    }
}

/// Deleted text, codes of fields, and second versions of what has been read already.
fn is_skipped(element: &Element<'_>) -> bool {
    match element.name() {
        "del" | "moveFrom" | "delText" | "instrText" | "Fallback" | "pPrChange" | "rPrChange" | "sectPr" => true,
        "footnote" | "endnote" => {
            element.attribute("type").is_some_and(|kind| matches!(kind.as_str(), "separator" | "continuationSeparator"))
        }
        // Tab stops, not tabs.
        "tabs" => true,
        _ => false,
    }
}
