//! An object store of one test, with real requests to it.

use crate::world::APP;
use backend::{Buckets, ObjectCredentials, ObjectSettings};
use domain::clock::Clock;
use objects::Store;
use std::{
    path::PathBuf,
    sync::Arc,
    time::{Duration, UNIX_EPOCH},
};
use tokio::net::TcpListener;
use tokio_util::sync::{CancellationToken, DropGuard};
use url::Url;

const ACCESS_KEY_ID: &str = "test";
const SECRET: &str = "test-secret";

/// A store in a folder of its own; both are gone at the end of the test.
pub(crate) struct ObjectStore {
    pub(crate) url: Url,
    pub(crate) folder: PathBuf,
    _stop: DropGuard,
}

impl Drop for ObjectStore {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.folder).ok();
    }
}

impl ObjectStore {
    pub(crate) async fn start(clock: Clock) -> Self {
        let folder = std::env::temp_dir().join(format!("lyceum-objects-{}", uuid::Uuid::new_v4()));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = Url::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
        let store = Store::open(objects::Settings {
            folder: folder.clone(),
            buckets: buckets().all(),
            access_key_id: ACCESS_KEY_ID.into(),
            secret_access_key: SECRET.into(),
            origins: vec![APP.into()],
            test_clock: Some(Arc::new(move || {
                UNIX_EPOCH + Duration::from_micros(u64::try_from(clock.now().micros()).unwrap())
            })),
        });
        let stop = CancellationToken::new();
        tokio::spawn(store.unwrap().serve(listener, stop.clone()));
        Self { url, folder, _stop: stop.drop_guard() }
    }

    pub(crate) fn settings(&self) -> ObjectSettings {
        ObjectSettings {
            endpoint: Some(self.url.clone()),
            public_url: None,
            region: "us-east-1".into(),
            buckets: buckets(),
            credentials: ObjectCredentials::Static {
                access_key_id: ACCESS_KEY_ID.into(),
                secret_access_key: SECRET.into(),
                session_token: None,
            },
        }
    }

    /// The keys of everything in every bucket, and the names of parts that wait.
    pub(crate) fn kept(&self) -> Vec<String> {
        let mut names = Vec::new();
        for bucket in buckets().all() {
            for entry in std::fs::read_dir(self.folder.join(bucket)).unwrap() {
                names.push(entry.unwrap().file_name().into_string().unwrap());
            }
        }
        for entry in std::fs::read_dir(&self.folder).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            if name.starts_with(".upload") || name.starts_with(".tmp") {
                names.push(name);
            }
        }
        names.sort();
        names
    }
}

fn buckets() -> Buckets {
    Buckets::named(|purpose| format!("test-{}", purpose.as_str()))
}
