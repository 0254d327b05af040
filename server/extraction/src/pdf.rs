//! PDF: hayro reads its objects and fonts; where the letters stand, and what that means, is found out here.

mod blocks;
mod fonts;
mod furniture;
mod glyphs;
mod hyphens;
mod lines;
mod order;
mod segments;
mod soundness;

use crate::meter::Meter;
use crate::reading::Reading;
use crate::writer::{Paging, Writer};
use crate::{Failure, clean};
use fonts::Fonts;
use glyphs::{Interpreter, Shown};
use hayro_syntax::object::{Dict, String as PdfString};
use hayro_syntax::page::Page;
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use lines::Line;

/// Fewer letters than this on a page are a stamp on a scan.
const LETTERS_OF_A_PAGE: usize = 4;

/// A page with its lines in the order of reading.
struct PageLines {
    height: f32,
    lines: Vec<Line>,
}

pub(crate) fn read(bytes: &[u8], meter: &mut Meter<'_>) -> Result<Reading, Failure> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected | DecryptionError::UnsupportedAlgorithm) => {
            Failure::encrypted()
        }
        _ => Failure::corrupt(),
    })?;
    meter.check_time()?;
    let sheets = pdf.pages();
    if sheets.is_empty() {
        return Err(Failure::corrupt());
    }
    meter.check_pages(sheets.len())?;
    if !soundness::has_all_pages(&pdf, meter.limits().nesting)? {
        return Err(Failure::corrupt());
    }
    let mut fonts = Fonts::default();
    let mut inflated = 0;
    let mut pages = Vec::with_capacity(sheets.len());
    let mut found = Found::default();
    for (index, sheet) in sheets.iter().enumerate() {
        let shown = shown(sheet, &mut fonts, &mut inflated, meter)?;
        found.count(&shown);
        let (width, height) = sheet.render_dimensions();
        pages.push(PageLines { height, lines: lines::of_page(shown.glyphs, width, height) });
        meter.done(index as u32 + 1, Some(sheets.len() as u32));
    }
    found.check(sheets.len())?;

    furniture::remove(&mut pages);
    for page in &mut pages {
        lines::measure_columns(&mut page.lines);
    }
    let mut writer = Writer::new(Paging::Given, meter);
    blocks::write(&pages, &mut writer)?;
    let title = pdf.metadata().title.as_deref().and_then(title);
    let language = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id()).and_then(|root| root.get::<PdfString<'_>>(b"Lang"));
    let language = language.map(|tag| text(tag.as_bytes()));
    Ok(Reading { title, language, pages: writer.finish()? })
}

fn shown<'a>(sheet: &Page<'a>, fonts: &mut Fonts<'a>, inflated: &mut u64, meter: &Meter<'_>) -> Result<Shown, Failure> {
    let contents = soundness::contents(sheet)?;
    let upright = sheet.initial_transform(true).as_coeffs();
    let mut interpreter = Interpreter::new(upright, fonts, inflated, meter.pace(), meter.limits());
    interpreter.take_inflated(sheet.page_stream().map_or(0, <[u8]>::len))?;
    let are_whole = soundness::are_whole(&contents)?;
    interpreter.run(sheet.typed_operations(), sheet.resources())?;
    let shown = interpreter.finish();
    Ok(Shown { is_whole: shown.is_whole && are_whole, ..shown })
}

/// Tells scans, fonts that keep their letters to themselves, and damage from texts.
#[derive(Default)]
struct Found {
    known: usize,
    unknown: usize,
    has_picture: bool,
    is_doubtful: bool,
}

impl Found {
    fn count(&mut self, shown: &Shown) {
        self.known += shown.glyphs.iter().filter(|glyph| glyph.is_letter()).count();
        self.unknown += shown.glyphs.iter().filter(|glyph| glyph.unknown).count();
        self.has_picture |= shown.has_picture;
        self.is_doubtful |= !shown.is_whole;
    }

    fn check(&self, pages: usize) -> Result<(), Failure> {
        let wanted = pages * LETTERS_OF_A_PAGE;
        let is_unreadable = self.unknown > self.known && self.unknown > wanted;
        if self.known >= wanted && !is_unreadable {
            return Ok(());
        }
        Err(if self.is_doubtful && !self.has_picture {
            Failure::corrupt()
        } else if is_unreadable {
            Failure::unreadable_letters()
        } else if self.has_picture {
            Failure::scan()
        } else {
            Failure::empty()
        })
    }
}

/// A title that a person gave, rather than what programs put there.
fn title(bytes: &[u8]) -> Option<String> {
    let title = clean::line(&text(bytes));
    let lower = title.to_lowercase();
    let is_filename = lower.rsplit_once('.').is_some_and(|(_, end)| {
        matches!(end, "doc" | "docx" | "dvi" | "pdf" | "ppt" | "pptx" | "tex" | "indd" | "qxd" | "odt")
    });
    let is_given = title.chars().filter(|char| char.is_alphabetic()).count() > 2
        && !is_filename
        && !matches!(lower.as_str(), "(anonymous)" | "anonymous" | "unknown" | "title")
        && !lower.starts_with("untitled")
        && !lower.starts_with("microsoft word -");
    is_given.then_some(title)
}

/// A text outside of pages: UTF-16 or UTF-8 with a mark, else the encoding that PDF has for that.
fn text(bytes: &[u8]) -> String {
    match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, mark)) => encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned(),
        None => bytes.iter().map(|&byte| document_char(byte)).collect(),
    }
}

/// A character of PDFDocEncoding (ISO 32000-2, annex D.2), which is Latin 1 but for these.
fn document_char(byte: u8) -> char {
    const ACCENTS: [char; 8] = ['˘', 'ˇ', 'ˆ', '˙', '˝', '˛', '˚', '˜'];
    const SIGNS: [char; 33] = [
        '•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘', '’', '‚', '™', 'ﬁ', 'ﬂ', 'Ł',
        'Œ', 'Š', 'Ÿ', 'Ž', 'ı', 'ł', 'œ', 'š', 'ž', '\u{fffd}', '€',
    ];
    match byte {
        0x18..=0x1f => ACCENTS[usize::from(byte - 0x18)],
        0x80..=0xa0 => SIGNS[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}
