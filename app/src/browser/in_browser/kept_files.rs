//! Uploads that survive a reload: what is known of each, and where there is room for it the file itself (IndexedDB).
//! Where the browser may not keep anything, nothing is kept and nothing breaks.

use super::{files::LocalFile, signals::spawn};
use js_sys::{Array, Promise};
use leptos::prelude::window;
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, IdbDatabase, IdbObjectStore, IdbRequest, IdbTransactionMode};

const DATABASE: &str = "lyceum";
/// What is known of each upload, and the files themselves: a file is written once, what is known of it often.
const RECORDS: &str = "uploads";
const FILES: &str = "files";

/// Keeps what is known of an upload and, where given, its file; says whether the browser did.
pub async fn keep_upload(key: &str, record: &str, file: Option<&LocalFile>) -> bool {
    let key = JsValue::from(key);
    let kept = async {
        if let Some(file) = file {
            let request = store(FILES, IdbTransactionMode::Readwrite).await?.put_with_key(&file.as_value(), &key)?;
            settled(&request).await?;
        }
        let request = store(RECORDS, IdbTransactionMode::Readwrite).await?.put_with_key(&record.into(), &key)?;
        settled(&request).await
    };
    kept.await.is_ok()
}

/// Forgets an upload.
pub fn forget_upload(key: &str) {
    let key = JsValue::from(key);
    spawn(async move {
        for name in [RECORDS, FILES] {
            if let Ok(store) = store(name, IdbTransactionMode::Readwrite).await {
                // Fails only where nothing is kept anyway.
                let _ = store.delete(&key);
            }
        }
    });
}

/// What is kept under a key.
pub async fn kept_upload(key: &str) -> Option<(String, Option<LocalFile>)> {
    let value = async |name| {
        let request = store(name, IdbTransactionMode::Readonly).await.ok()?.get(&key.into()).ok()?;
        settled(&request).await.ok()
    };
    let record = value(RECORDS).await?.as_string()?;
    let file = value(FILES).await.and_then(|file| file.dyn_into::<File>().ok());
    Some((record, file.map(LocalFile::new)))
}

/// All keys under which something is kept.
pub async fn kept_uploads() -> Vec<String> {
    let keys = async {
        let request = store(RECORDS, IdbTransactionMode::Readonly).await?.get_all_keys()?;
        settled(&request).await
    };
    let keys = keys.await.ok().and_then(|keys| keys.dyn_into::<Array>().ok());
    keys.map(|keys| keys.iter().filter_map(|key| key.as_string()).collect()).unwrap_or_default()
}

async fn store(name: &str, mode: IdbTransactionMode) -> Result<IdbObjectStore, JsValue> {
    let database = database().await?;
    database.transaction_with_str_and_mode(name, mode)?.object_store(name)
}

async fn database() -> Result<IdbDatabase, JsValue> {
    let factory = window().indexed_db()?.ok_or(JsValue::UNDEFINED)?;
    let request = factory.open_with_u32(DATABASE, 1)?;
    let opened: IdbRequest = request.clone().unchecked_into();
    let is_new = Closure::<dyn Fn()>::new(move || {
        if let Ok(database) = opened.result().and_then(|database| database.dyn_into::<IdbDatabase>()) {
            for name in [RECORDS, FILES] {
                // Fails only when it is there.
                let _ = database.create_object_store(name);
            }
        }
    });
    request.set_onupgradeneeded(Some(is_new.as_ref().unchecked_ref()));
    settled(&request).await?.dyn_into()
}

async fn settled(request: &IdbRequest) -> Result<JsValue, JsValue> {
    let promise = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    JsFuture::from(promise).await?;
    request.result()
}
