//! Files of the person's own: picked, pasted, dropped; looked at and read.

use crate::browser::FileIdentity;
use js_sys::{ArrayBuffer, Uint8Array};
use leptos::{ev::ClipboardEvent, prelude::window};
use send_wrapper::SendWrapper;
use std::{fmt, ops::Range, sync::Arc};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File, FileList, HtmlImageElement, HtmlInputElement, Url};

/// A file that the person has picked, pasted or dropped.
#[derive(Clone)]
pub struct LocalFile {
    file: SendWrapper<File>,
    identity: FileIdentity,
}

impl LocalFile {
    pub(super) fn new(file: File) -> Self {
        let content_type = file.type_();
        let is_unknown = content_type.is_empty();
        let identity = FileIdentity {
            name: file.name(),
            content_type: if is_unknown { "application/octet-stream".to_owned() } else { content_type },
            size: file.size() as u64,
            modified_millis: file.last_modified() as i64,
        };
        Self { file: SendWrapper::new(file), identity }
    }

    /// What is known of it.
    #[must_use]
    pub const fn identity(&self) -> &FileIdentity {
        &self.identity
    }

    /// SHA-256 of a range of it as hexadecimal digits; none when it cannot be read, or the page was not loaded securely.
    pub async fn sha256(&self, bytes: Range<u64>) -> Option<String> {
        if !window().is_secure_context() {
            return None;
        }
        let buffer = JsFuture::from(self.slice(bytes)?.array_buffer()).await.ok()?;
        let subtle = window().crypto().ok()?.subtle();
        let digest = subtle.digest_with_str_and_buffer_source("SHA-256", buffer.unchecked_ref::<ArrayBuffer>()).ok()?;
        let digest = Uint8Array::new(&JsFuture::from(digest).await.ok()?).to_vec();
        Some(digest.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// Whether it can still be read.
    pub async fn is_readable(&self) -> bool {
        match self.slice(0..self.identity.size.min(1)) {
            Some(first) => JsFuture::from(first.array_buffer()).await.is_ok(),
            None => false,
        }
    }

    /// An address at which this page can show it.
    #[must_use]
    pub fn preview(&self) -> Option<Preview> {
        let address = Url::create_object_url_with_blob(&self.file).ok()?;
        Some(Preview(Arc::new(ObjectAddress(address))))
    }

    pub(super) fn slice(&self, bytes: Range<u64>) -> Option<Blob> {
        self.file.slice_with_f64_and_f64(bytes.start as f64, bytes.end as f64).ok()
    }

    pub(super) fn as_value(&self) -> JsValue {
        JsValue::from(&*self.file)
    }
}

impl fmt::Debug for LocalFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("LocalFile").field(&self.identity).finish()
    }
}

/// An address at which this page can show a file, until nobody has it any more.
#[derive(Clone, Debug)]
pub struct Preview(Arc<ObjectAddress>);

impl Preview {
    /// The address.
    #[must_use]
    pub fn address(&self) -> String {
        self.0.0.clone()
    }
}

#[derive(Debug)]
struct ObjectAddress(String);

impl Drop for ObjectAddress {
    fn drop(&mut self) {
        // Fails only for what is no address.
        let _ = Url::revoke_object_url(&self.0);
    }
}

/// The files chosen in a file field, which is empty afterwards: the same file can be picked again.
#[must_use]
pub fn picked_files(field: &HtmlInputElement) -> Vec<LocalFile> {
    let files = listed(field.files().as_ref());
    field.set_value("");
    files
}

/// The files on the clipboard that was pasted from; none when there is text beside them: then that was meant, as with
/// cells of a table, which come with a picture of themselves.
#[must_use]
pub fn pasted_files(event: &ClipboardEvent) -> Vec<LocalFile> {
    let data = event.clipboard_data().filter(|data| !data.types().includes(&"text/plain".into(), 0));
    listed(data.and_then(|data| data.files()).as_ref())
}

pub(super) fn listed(files: Option<&FileList>) -> Vec<LocalFile> {
    let Some(files) = files else { return Vec::new() };
    (0..files.length()).filter_map(|place| files.get(place)).map(LocalFile::new).collect()
}

/// Shows a picture behind one that is not there yet.
pub fn show_behind(image: &HtmlImageElement, address: &str) {
    if !image.complete() {
        // Fails only for a name that is no property's.
        let _ = image.style().set_property("background-image", &format!("url({address})"));
    }
}
