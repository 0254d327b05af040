//! Reading documents with our own package: out of harm's way in a child process, or within this one.

use super::extraction::{Extracted, Extractor, OnProgress, Source};
use crate::{failure::Failure, settings::ReadingSettings};
use async_trait::async_trait;
use domain::documents::{Block, BlockKind, DocumentFailure, DocumentPage, DocumentProgress, FailureCode, PAGES_MAX};
use extraction::{Format, Limits, worker::Worker};
use std::sync::Arc;
use tokio::task::spawn_blocking;

type Outcome = Result<extraction::Document, extraction::Failure>;

/// Whoever reads, as the settings say.
pub(crate) fn extractor(settings: &ReadingSettings) -> Arc<dyn Extractor> {
    match settings {
        ReadingSettings::InProcess => Arc::new(InProcess),
        ReadingSettings::Worker { program, args } => {
            Arc::new(ChildProcess(Worker { program: program.clone(), args: args.clone() }))
        }
    }
}

/// Reads in this process, which a hostile document may then bring to its limits.
#[derive(Debug)]
struct InProcess;

/// Reads each document in a process of its own.
#[derive(Debug)]
struct ChildProcess(Worker);

#[async_trait]
impl Extractor for InProcess {
    async fn extract(
        &self,
        source: Source,
        progress: OnProgress,
    ) -> Result<Result<Extracted, DocumentFailure>, Failure> {
        let Some(format) = Format::of(&source.content_type) else { return Ok(Err(unsupported())) };
        let read = spawn_blocking(move || {
            let mut tell = |page, of| progress(DocumentProgress { page, of });
            extraction::extract(format, &source.bytes, &limits(), &mut tell)
        });
        let outcome = read.await.map_err(|_| Failure::Broken("reading a document has panicked"))?;
        Ok(outcome.map(extracted).map_err(failure))
    }
}

#[async_trait]
impl Extractor for ChildProcess {
    async fn extract(
        &self,
        source: Source,
        progress: OnProgress,
    ) -> Result<Result<Extracted, DocumentFailure>, Failure> {
        let Some(format) = Format::of(&source.content_type) else { return Ok(Err(unsupported())) };
        let tell = |page, of| progress(DocumentProgress { page, of });
        let read: Result<Outcome, _> = self.0.extract(format, &source.bytes, &limits(), tell).await;
        let outcome = read.map_err(|error| {
            tracing::error!(cause = %error, "the process that reads a document did not work");
            Failure::Broken("the process that reads a document did not work")
        })?;
        Ok(outcome.map(extracted).map_err(failure))
    }
}

fn limits() -> Limits {
    Limits { pages: PAGES_MAX, ..Limits::default() }
}

fn extracted(document: extraction::Document) -> Extracted {
    let extraction::Document { title, language, pages } = document;
    let page = |page: extraction::Page| DocumentPage {
        page: page.page,
        text: page.text,
        blocks: page.blocks.into_iter().map(block).collect(),
    };
    Extracted { title, language, pages: pages.into_iter().map(page).collect() }
}

fn block(block: extraction::Block) -> Block {
    let kind = match block.kind {
        extraction::BlockKind::Heading { level } => BlockKind::Heading { level },
        extraction::BlockKind::Paragraph => BlockKind::Paragraph,
        extraction::BlockKind::ListItem => BlockKind::ListItem,
        extraction::BlockKind::Table => BlockKind::Table,
        extraction::BlockKind::Code => BlockKind::Code,
    };
    Block { kind, start: block.start, end: block.end }
}

fn failure(failure: extraction::Failure) -> DocumentFailure {
    let code = match failure.code {
        extraction::FailureCode::NoTextLayer => FailureCode::NoTextLayer,
        extraction::FailureCode::Encrypted => FailureCode::Encrypted,
        extraction::FailureCode::Corrupt => FailureCode::Corrupt,
        extraction::FailureCode::TooLarge => FailureCode::TooLarge,
        extraction::FailureCode::Unsupported => FailureCode::Unsupported,
    };
    DocumentFailure { code, message: failure.message }
}

fn unsupported() -> DocumentFailure {
    let message = "Documents of this kind are not read here. Save it as PDF, DOCX or plain text and upload that file.";
    DocumentFailure { code: FailureCode::Unsupported, message: message.to_owned() }
}
