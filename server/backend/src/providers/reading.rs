//! Stand-in.

use super::extraction::{Extracted, Extractor, OnProgress, Source};
use crate::failure::Failure;
use async_trait::async_trait;
use domain::documents::{Block, BlockKind, DocumentFailure, DocumentPage, DocumentProgress, FailureCode};

#[derive(Debug)]
pub(crate) struct InProcess;

#[async_trait]
impl Extractor for InProcess {
    async fn extract(
        &self,
        source: Source,
        progress: OnProgress,
    ) -> Result<Result<Extracted, DocumentFailure>, Failure> {
        progress(DocumentProgress { page: 1, of: Some(1) });
        let Ok(text) = String::from_utf8(source.bytes) else {
            let message = "Only plain text is read so far.".to_owned();
            return Ok(Err(DocumentFailure { code: FailureCode::Unsupported, message }));
        };
        let end = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
        let blocks = vec![Block { kind: BlockKind::Paragraph, start: 0, end }];
        Ok(Ok(Extracted { title: None, language: None, pages: vec![DocumentPage { page: 1, text, blocks }] }))
    }
}
