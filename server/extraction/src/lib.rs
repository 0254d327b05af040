//! Turns the bytes of a document into pages of text: [`extract`], or out of harm's way in a process of its own,
//! [`worker`].
//!
//! Pages are the ones of the file where it has any: those of a PDF, the slides of a presentation. Everything else is cut
//! at the borders of blocks when about 3,000 characters are full; each chapter of an EPUB begins a new page. Word's own
//! page breaks depend on fonts and printers, so that they are not looked at. No page is boundless: see [`Page`].
//!
//! # The reader of PDF
//!
//! `hayro-syntax` reads objects and content streams, and `hayro-font` tells what a code of a font stands for and how wide
//! it is. What follows from where the letters stand is found out here: words, lines, columns, what comes back on every
//! page, headings, paragraphs, lists, tables, and which hyphens belong to the words.
//!
//! Compared on a busy machine with two cores, the others in a release build, this in one for development (seconds; of
//! the words that `pdftotext` finds in the first 60,000 characters the share found, and of those the share in the same
//! order):
//!
//! | file | this | pdf-extract 0.12 | lopdf 0.47 |
//! | --- | --- | --- | --- |
//! | An Introduction to R, 113 pages of TeX | 0.24; 99 %, 98 % | 6.88; 100 %, 99 % | 0.82; 99 %, 99 % |
//! | two columns of troff, 11 pages | 0.04; 100 %, 98 % | 0.15; 100 %, 98 % | 0.02; 68 %, 97 % |
//! | manual of bash, 87 pages of Ghostscript | 0.35; 98 %, 100 % | 1.00; 94 %, 99 % | 0.37; 75 %, 97 % |
//! | specification of MIE, 22 pages of Word | 0.07; 100 %, 94 % | 0.28; 100 %, 94 % | 0.26; 100 %, 94 % |
//! | a page printed by Chromium | 0.01; 96 %, 99 % | 0.05; 99 %, 97 % | 0.06; 100 %, 96 % |
//!
//! Most of what is missing here are running heads and page numbers, which are left out on purpose. lopdf alone knows
//! nothing of places and widths: words run together or fall apart, and neither columns nor headings can be told.
//! pdf-extract, which stands on lopdf, knows places but no weights of fonts, and takes three to thirty times as long.
//! hayro's packages have one line of unsafe code among them, bound nesting and circles, repair broken tables of objects, and
//! are licensed MIT or Apache-2.0; with the interpreter that belongs to them pages could be drawn as well.
//! `scripts/bench extraction` compares with `pdftotext` again.
//!
//! # Hostile documents
//!
//! XML is walked through without a tree and without entities of its own; HTML is only tokenised; what is unpacked is
//! counted. Streams within a PDF are unpacked by the library, so that their size is only held by the worker's memory.

mod archive;
mod clean;
mod document;
mod encoding;
mod failure;
mod format;
mod formats;
mod language;
mod limits;
mod markup;
mod meter;
mod pdf;
mod raised;
mod reading;
mod relations;
mod table;
pub mod worker;
mod writer;
mod xml;

pub use document::{Block, BlockKind, Document, Page};
pub use failure::{Failure, FailureCode};
pub use format::Format;
pub use limits::Limits;

use meter::Meter;
use std::sync::mpsc;
use std::thread;

/// Enough for the deepest nesting that the readers of PDF follow.
const STACK: usize = 64 << 20;

/// Reads a document. It computes for as long as it takes, so call it where blocking is allowed; `progress` is told the
/// pages that are done and, where it is known before, how many there are.
///
/// Time, nesting, and the sizes of text and of unpacked parts are held against `limits`. Memory cannot be held against
/// anything within a process: documents of strangers belong into a [`worker`].
///
/// # Errors
/// When no text can be taken from it: the failure says why and what to do. A panic is taken for a damaged document.
pub fn extract(
    format: Format,
    bytes: &[u8],
    limits: &Limits,
    progress: &mut dyn FnMut(u32, Option<u32>),
) -> Result<Document, Failure> {
    let (sender, receiver) = mpsc::channel();
    thread::scope(|scope| {
        let reader =
            thread::Builder::new().name("extraction".to_owned()).stack_size(STACK).spawn_scoped(scope, move || {
                let mut report = |done, of| {
                    let _ = sender.send((done, of));
                };
                read(format, bytes, &mut Meter::new(limits, &mut report))
            });
        let Ok(reader) = reader else { return Err(Failure::too_much()) };
        for (done, of) in receiver {
            progress(done, of);
        }
        reader.join().unwrap_or_else(|_| Err(Failure::corrupt()))
    })
}

fn read(format: Format, bytes: &[u8], meter: &mut Meter<'_>) -> Result<Document, Failure> {
    let reading = match format {
        Format::Pdf => pdf::read(bytes, meter),
        Format::Docx => formats::docx::read(bytes, meter),
        Format::Pptx => formats::pptx::read(bytes, meter),
        Format::Epub => formats::epub::read(bytes, meter),
        Format::Html => formats::html::read(bytes, meter),
        Format::Markdown => formats::markdown::read(bytes, meter),
        Format::Text => formats::text::read(bytes, meter),
    };
    reading?.into_document()
}
