//! Sending bytes to the object store: by XMLHttpRequest, because `fetch` tells no progress of what it sends.

use super::{
    files::LocalFile,
    signals::{Timer, after},
};
use crate::browser::PutFailure;
use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
    future::poll_fn,
    ops::Range,
    rc::Rc,
    task::{Poll, Waker},
};
use wasm_bindgen::{JsCast as _, closure::Closure};
use web_sys::{ProgressEvent, XmlHttpRequest};

/// So long without a sign of life is a broken connection.
const STALLED_MILLIS: u32 = 45_000;
/// Headers that the browser writes itself and lets nobody else write.
const BROWSERS_OWN: [&str; 2] = ["content-length", "host"];

/// Sends a range of a file with a signed request. Answers with what the store calls the bytes (its `ETag`). Dropping the
/// future stops the request.
///
/// # Errors
/// Why the bytes are not there.
pub async fn put(
    url: &str,
    headers: &BTreeMap<String, String>,
    file: &LocalFile,
    bytes: Range<u64>,
    on_progress: impl Fn(u64) + 'static,
) -> Result<Option<String>, PutFailure> {
    let exchange = Exchange::begin(url, headers, file, bytes, on_progress).ok_or(PutFailure::Unreadable)?;
    let outcome = poll_fn(|context| exchange.poll(context.waker())).await;
    // A file that has changed on disk fails like a broken connection.
    match outcome {
        Err(PutFailure::Network) if !file.is_readable().await => Err(PutFailure::Unreadable),
        outcome => outcome,
    }
}

type Outcome = Result<Option<String>, PutFailure>;

/// What is known of a request.
#[derive(Default)]
struct Course {
    outcome: RefCell<Option<Outcome>>,
    waker: RefCell<Option<Waker>>,
    moved: Cell<bool>,
    watch: Cell<Option<Timer>>,
}

impl Course {
    fn end(&self, outcome: Outcome) {
        self.outcome.borrow_mut().get_or_insert(outcome);
        if let Some(waker) = self.waker.take() {
            waker.wake();
        }
    }

    /// Ends it when nothing has moved since the last look.
    fn watch(self: &Rc<Self>) {
        let course = Rc::downgrade(self);
        self.watch.set(Some(after(STALLED_MILLIS, move || {
            let Some(course) = course.upgrade() else { return };
            if course.moved.replace(false) { course.watch() } else { course.end(Err(PutFailure::Network)) }
        })));
    }
}

/// A request; stopped when it is dropped.
struct Exchange {
    request: XmlHttpRequest,
    course: Rc<Course>,
    _on_progress: Closure<dyn Fn(ProgressEvent)>,
    _on_end: Closure<dyn Fn()>,
}

impl Exchange {
    fn begin(
        url: &str,
        headers: &BTreeMap<String, String>,
        file: &LocalFile,
        bytes: Range<u64>,
        on_progress: impl Fn(u64) + 'static,
    ) -> Option<Self> {
        let request = XmlHttpRequest::new().ok()?;
        request.open("PUT", url).ok()?;
        for (name, value) in headers.iter().filter(|(name, _)| !BROWSERS_OWN.contains(&name.to_lowercase().as_str())) {
            request.set_request_header(name, value).ok()?;
        }
        let course = Rc::new(Course::default());
        let noted = course.clone();
        let on_progress = Closure::<dyn Fn(ProgressEvent)>::new(move |event: ProgressEvent| {
            noted.moved.set(true);
            on_progress(event.loaded() as u64);
        });
        let (ended, answered) = (course.clone(), request.clone());
        let on_end = Closure::<dyn Fn()>::new(move || ended.end(outcome(&answered)));
        if let Ok(upload) = request.upload() {
            upload.set_onprogress(Some(on_progress.as_ref().unchecked_ref()));
        }
        request.set_onloadend(Some(on_end.as_ref().unchecked_ref()));
        request.send_with_opt_blob(Some(&file.slice(bytes)?)).ok()?;
        course.watch();
        Some(Self { request, course, _on_progress: on_progress, _on_end: on_end })
    }

    fn poll(&self, waker: &Waker) -> Poll<Outcome> {
        if let Some(outcome) = self.course.outcome.take() {
            return Poll::Ready(outcome);
        }
        self.course.waker.replace(Some(waker.clone()));
        Poll::Pending
    }
}

impl Drop for Exchange {
    fn drop(&mut self) {
        if let Ok(upload) = self.request.upload() {
            upload.set_onprogress(None);
        }
        self.request.set_onloadend(None);
        if let Some(timer) = self.course.watch.take() {
            timer.cancel();
        }
        // Changes nothing when the request is over.
        let _ = self.request.abort();
    }
}

fn outcome(request: &XmlHttpRequest) -> Outcome {
    match request.status().unwrap_or_default() {
        0 => Err(PutFailure::Network),
        200..=299 => Ok(request.get_response_header("ETag").ok().flatten()),
        status => Err(PutFailure::Status(status)),
    }
}
