use crate::archive::Archive;
use crate::meter::Meter;
use crate::raised::{END, SUBSCRIPT, SUPERSCRIPT};
use crate::reading::Reading;
use crate::relations::{self, Relation};
use crate::table::Table;
use crate::writer::{Paging, Writer};
use crate::xml::{self, Element, Node};
use crate::{BlockKind, Failure, clean};

pub(crate) fn read(bytes: &[u8], meter: &mut Meter<'_>) -> Result<Reading, Failure> {
    let mut archive = Archive::open(bytes, meter.limits())?;
    let main = relations::of("", &mut archive, meter)?.into_iter().find(|relation| relation.kind == "officeDocument");
    let main = main.map_or_else(|| "ppt/presentation.xml".to_owned(), |relation| relation.target);
    let slides = slides(&main, &mut archive, meter)?;
    meter.check_pages(slides.len())?;
    let title = relations::title(&mut archive, meter)?;
    let count = slides.len() as u32;
    let mut writer = Writer::new(Paging::Given, meter);
    for slide in slides {
        write_slide(&slide, &mut archive, &mut writer)?;
        writer.end_page(Some(count))?;
    }
    Ok(Reading { title, language: None, pages: writer.finish()? })
}

/// The parts of the slides as they are shown one after the other.
fn slides(main: &str, archive: &mut Archive<'_>, meter: &Meter<'_>) -> Result<Vec<String>, Failure> {
    let text = archive.required_text(main)?;
    let parts = relations::of(main, archive, meter)?;
    let mut slides = Vec::new();
    xml::walk(&text, meter.pace(), &mut |node| {
        if let Node::Open(element) = node
            && element.name() == "sldId"
            && let Some(id) = element.prefixed_attribute("id")
            && let Some(slide) = parts.iter().find(|relation| relation.id == id)
        {
            slides.push(slide.target.clone());
        }
        Ok(())
    })?;
    Ok(slides)
}

fn write_slide(part: &str, archive: &mut Archive<'_>, writer: &mut Writer<'_, '_>) -> Result<(), Failure> {
    let text = archive.required_text(part)?;
    let mut blocks = shapes(&text, writer.meter)?;
    blocks.sort_by_key(|(kind, _)| !matches!(kind, BlockKind::Heading { .. }));
    let relations = relations::of(part, archive, writer.meter)?;
    let notes = relations.iter().find(|Relation { kind, .. }| kind == "notesSlide");
    if let Some(text) = notes.map(|notes| archive.text(&notes.target)).transpose()?.flatten() {
        let spoken = shapes(&text, writer.meter)?.into_iter().map(|(_, text)| (BlockKind::Paragraph, text));
        blocks.extend(spoken);
    }
    blocks.into_iter().try_for_each(|(kind, text)| writer.add(kind, text))
}

fn shapes(text: &str, meter: &Meter<'_>) -> Result<Vec<(BlockKind, String)>, Failure> {
    let mut slide = Slide::default();
    xml::walk(text, meter.pace(), &mut |node| {
        slide.visit(&node);
        Ok(())
    })?;
    Ok(slide.blocks)
}

#[derive(Default)]
struct Slide {
    blocks: Vec<(BlockKind, String)>,
    shape: Shape,
    tables: Vec<Table>,
    paragraph: String,
    in_text: bool,
    /// How the run is raised or lowered.
    moved: Option<char>,
    skipped: u32,
}

#[derive(Default)]
struct Shape {
    /// The kind of the placeholder that it fills; none for a free text box.
    placeholder: Option<String>,
    paragraphs: Vec<String>,
}

impl Slide {
    fn visit(&mut self, node: &Node<'_>) {
        match node {
            Node::Open(element) if self.skipped > 0 || is_skipped(element) => self.skipped += 1,
            Node::Close(_) if self.skipped > 0 => self.skipped -= 1,
            Node::Open(element) => self.open(element),
            Node::Close(name) => self.close(name),
            Node::Text(text) if self.in_text && self.skipped == 0 => {
                self.paragraph.extend(self.moved);
                self.paragraph.push_str(text);
                self.paragraph.extend(self.moved.map(|_| END));
            }
            Node::Text(_) => {}
        }
    }

    fn open(&mut self, element: &Element<'_>) {
        match element.name() {
            "sp" => self.shape = Shape::default(),
            "ph" => self.shape.placeholder = Some(element.attribute("type").unwrap_or_else(|| "body".to_owned())),
            "p" => self.paragraph.clear(),
            "r" => self.moved = None,
            "rPr" => self.moved = moved(element),
            "t" => self.in_text = true,
            "br" | "tab" => self.paragraph.push(' '),
            "tbl" => self.tables.push(Table::default()),
            "tr" => self.with_table(Table::row),
            // What a cell covers is there as cells without text.
            "tc" => self.with_table(|table| table.cell(1, 1)),
            _ => {}
        }
    }

    fn with_table(&mut self, work: impl FnOnce(&mut Table)) {
        if let Some(table) = self.tables.last_mut() {
            work(table);
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "t" => self.in_text = false,
            "p" => {
                let paragraph = std::mem::take(&mut self.paragraph);
                if let Some(cell) = self.tables.last_mut().and_then(Table::text) {
                    cell.push_str(&paragraph);
                    cell.push(' ');
                } else {
                    self.shape.paragraphs.push(clean::line(&paragraph));
                }
            }
            "tc" => self.with_table(Table::end_cell),
            "tbl" => {
                if let Some(mut table) = self.tables.pop() {
                    self.blocks.push((BlockKind::Table, table.finish()));
                }
            }
            "sp" => self.end_shape(),
            _ => {}
        }
    }

    fn end_shape(&mut self) {
        let Shape { placeholder, mut paragraphs } = std::mem::take(&mut self.shape);
        paragraphs.retain(|paragraph| !paragraph.is_empty());
        let kind = match placeholder.as_deref() {
            Some("dt" | "ftr" | "hdr" | "sldNum" | "sldImg") => return,
            Some("ctrTitle") => BlockKind::Heading { level: 1 },
            Some("title") => BlockKind::Heading { level: 2 },
            Some("body" | "obj") if paragraphs.len() > 1 => BlockKind::ListItem,
            _ => BlockKind::Paragraph,
        };
        if matches!(kind, BlockKind::Heading { .. }) {
            paragraphs = vec![paragraphs.join(" ")];
        }
        self.blocks.extend(paragraphs.into_iter().map(|paragraph| (kind, paragraph)));
    }
}

/// How a run is raised or lowered, which is written as a share of its size.
fn moved(properties: &Element<'_>) -> Option<char> {
    let baseline = properties.attribute("baseline")?;
    match baseline.trim_end_matches('%').parse::<f32>().ok()? {
        share if share > 0.0 => Some(SUPERSCRIPT),
        share if share < 0.0 => Some(SUBSCRIPT),
        _ => None,
    }
}

/// Second versions of what has been read already, and numbers of slides.
fn is_skipped(element: &Element<'_>) -> bool {
    match element.name() {
        "Fallback" => true,
        "fld" => element.attribute("type").is_some_and(|kind| kind == "slidenum"),
        _ => false,
    }
}
