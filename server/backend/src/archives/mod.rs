//! Zip archives that are written while they are sent: never more of one in memory than a piece of one file.

mod names;

pub(crate) use names::{Names, name};

use crate::failure::Failure;
use async_zip::{
    Compression, ZipDateTime, ZipDateTimeBuilder, ZipEntryBuilder,
    base::write::{EntryStreamWriter, ZipFileWriter},
    error::ZipError,
};
use axum::body::Body;
use domain::{ApiError, Timestamp};
use futures_util::{
    AsyncWriteExt as _, StreamExt as _,
    stream::{self, Stream},
};
use http::{HeaderValue, Response, header};
use std::io;
use tokio::io::DuplexStream;
use tokio_util::{compat::Compat, io::ReaderStream};
use tracing::Instrument as _;

/// Bytes that wait to be sent at most.
const PIPE: usize = 256 * 1_024;
/// What a zip file can tell the time from.
const FIRST_YEAR: i64 = 1_980;
const LAST_YEAR: i64 = 2_107;
/// Readable for all, writable for who unpacks it.
const FILE_MODE: u16 = 0o100_644;

/// Why an archive was not finished.
#[derive(Debug)]
pub(crate) enum Interrupted {
    /// Nobody waits for it any more.
    Left,
    /// Our own failure.
    Failed(Failure),
}

impl<E: Into<Failure>> From<E> for Interrupted {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// An archive that is being written.
pub(crate) struct Archive {
    writer: ZipFileWriter<Compat<DuplexStream>>,
    /// The names that are taken.
    pub(crate) names: Names,
}

/// A file in it that is being written.
pub(crate) struct File<'a>(EntryStreamWriter<'a, Compat<DuplexStream>>);

impl Archive {
    /// Begins a file. Its path must be a free one.
    pub(crate) async fn file(&mut self, path: &str, modified: Timestamp) -> Result<File<'_>, Interrupted> {
        let entry = ZipEntryBuilder::new(path.to_owned().into(), Compression::Stored)
            .last_modification_date(zip_time(modified))
            .unix_permissions(FILE_MODE);
        Ok(File(self.writer.write_entry_stream(entry).await.map_err(zip_error)?))
    }

    /// Adds a small file.
    pub(crate) async fn add(&mut self, path: &str, modified: Timestamp, bytes: &[u8]) -> Result<(), Interrupted> {
        let mut file = self.file(path, modified).await?;
        file.write(bytes).await?;
        file.finish().await
    }
}

impl File<'_> {
    pub(crate) async fn write(&mut self, bytes: &[u8]) -> Result<(), Interrupted> {
        self.0.write_all(bytes).await.map_err(|_| Interrupted::Left)
    }

    pub(crate) async fn finish(self) -> Result<(), Interrupted> {
        self.0.close().await.map_err(zip_error)
    }
}

fn zip_error(error: ZipError) -> Interrupted {
    match error {
        ZipError::UpstreamReadError(_) => Interrupted::Left,
        other => {
            tracing::error!(cause = %other, "an archive could not be written");
            Interrupted::Failed(Failure::Broken("an archive could not be written"))
        }
    }
}

fn zip_time(time: Timestamp) -> ZipDateTime {
    let (year, month, day) = time.date();
    let in_day = u32::try_from(time.seconds().rem_euclid(86_400)).unwrap_or_default();
    let year = i32::try_from(year.clamp(FIRST_YEAR, LAST_YEAR)).unwrap_or_default();
    ZipDateTimeBuilder::new()
        .year(year)
        .month(month)
        .day(day)
        .hour(in_day / 3_600)
        .minute(in_day / 60 % 60)
        .second(in_day % 60)
        .build()
}

/// The answer whose body `write` writes. A failure on the way breaks the connection off, so that nobody takes a part
/// for the whole.
pub(crate) fn answer<W, F>(disposition: &str, write: W) -> Response<Body>
where
    W: FnOnce(Archive) -> F,
    F: Future<Output = Result<Archive, Interrupted>> + Send + 'static,
{
    let (reader, pipe) = tokio::io::duplex(PIPE);
    let archive = Archive { writer: ZipFileWriter::with_tokio(pipe), names: Names::default() };
    let written = write(archive);
    let work = tokio::spawn(
        async move {
            let finished = async { written.await?.writer.close().await.map(drop).map_err(zip_error) };
            finished.await.inspect_err(report)
        }
        .in_current_span(),
    );
    let outcome = async move {
        let is_whole = matches!(work.await, Ok(Ok(())));
        (!is_whole).then(|| Err(io::Error::other("the archive was not finished")))
    };
    let pieces = ReaderStream::with_capacity(reader, 64 * 1_024).chain(last(outcome));
    let mut response = Response::new(Body::from_stream(pieces));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/zip"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.extend(HeaderValue::try_from(disposition).ok().map(|value| (header::CONTENT_DISPOSITION, value)));
    response
}

/// What comes after everything else, if anything does.
fn last<T>(outcome: impl Future<Output = Option<T>>) -> impl Stream<Item = T> {
    stream::once(outcome).filter_map(std::future::ready)
}

fn report(interrupted: &Interrupted) {
    match interrupted {
        Interrupted::Left => tracing::debug!("a download was broken off"),
        // Whoever refused has logged why.
        Interrupted::Failed(Failure::Refused(ApiError { .. })) => {}
        Interrupted::Failed(failure) => tracing::error!(cause = %failure, "a download failed"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http_body_util::BodyExt as _;

    #[test]
    fn a_time_is_kept_within_what_a_zip_file_can_tell() {
        let time = zip_time(Timestamp::parse("2026-07-01T09:30:15Z").unwrap());
        assert_eq!((time.year(), time.month(), time.day()), (2026, 7, 1));
        assert_eq!((time.hour(), time.minute(), time.second()), (9, 30, 14));
        assert_eq!(zip_time(Timestamp::from_seconds(-1)).year(), 1980);
    }

    #[tokio::test]
    async fn a_failure_on_the_way_breaks_the_answer_off() {
        let response = answer("attachment", |mut archive| async move {
            archive.add("a.txt", Timestamp::from_seconds(0), b"first").await?;
            Err(Interrupted::Failed(Failure::Broken("on purpose")))
        });
        assert!(response.into_body().collect().await.is_err());
        let response = answer("attachment", |archive| async move { Ok(archive) });
        let empty = response.into_body().collect().await.unwrap().to_bytes();
        assert!(empty.starts_with(b"PK\x05\x06"), "{empty:?}");
    }
}
