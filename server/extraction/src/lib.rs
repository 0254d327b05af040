//! Turns the bytes of a document into pages of text: [`extract`], or out of harm's way in a process of its own,
//! [`worker`].

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
