//! Where files are kept: in a folder behind a store of our own, or in any store that speaks S3.

use super::Environment;
use backend::{Buckets, UploadSettings};
use domain::uploads::UploadPurpose;
use std::{
    fmt,
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
};
use url::Url;

/// The object store.
#[derive(Clone, Debug)]
pub struct ObjectsConfig {
    /// Which one.
    pub place: ObjectsPlace,
    /// `LYCEUM_OBJECTS_PUBLIC_URL`: its origin as browsers reach it. Default: the address or the endpoint itself.
    pub public_url: Option<Url>,
    /// `LYCEUM_OBJECTS_REGION`, or `AWS_REGION`. Default: `us-east-1`.
    pub region: String,
    /// `LYCEUM_OBJECTS_BUCKET_MEDIA`, `…_PHOTO`, `…_DOCUMENT`, `…_AUDIO` and `…_AVATAR`. Default of the embedded store:
    /// `lyceum-media` and so on.
    pub buckets: Buckets,
    /// `LYCEUM_OBJECTS_ACCESS_KEY_ID` and `LYCEUM_OBJECTS_SECRET_ACCESS_KEY`: the store's key pair. Default: of the
    /// embedded store, one that is made once and kept in the data folder; else whatever the machine has (environment,
    /// profile, container or instance role).
    pub key: Option<ObjectsKey>,
    /// `LYCEUM_UPLOAD_LIMIT_MEDIA`, `…_PHOTO`, `…_DOCUMENT`, `…_AUDIO` and `…_AVATAR` (bytes), `LYCEUM_STORAGE_QUOTA`
    /// (bytes of a person, default 10 GB) and `LYCEUM_OPEN_UPLOADS` (of a person, default 2000).
    pub uploads: UploadSettings,
}

/// Which object store.
#[derive(Clone, Debug)]
pub enum ObjectsPlace {
    /// Our own, in this process; the default.
    Embedded {
        /// `LYCEUM_OBJECTS_ADDRESS`: where it listens. Default: `127.0.0.1:9000`.
        address: SocketAddr,
        /// `LYCEUM_OBJECTS_FOLDER`: what it keeps. Default: `objects` in the data folder.
        folder: PathBuf,
    },
    /// Another; chosen by setting `LYCEUM_OBJECTS_ENDPOINT`, to `aws` for AWS itself.
    External {
        /// None is AWS itself.
        endpoint: Option<Url>,
    },
}

/// A key pair.
#[derive(Clone)]
pub struct ObjectsKey {
    /// Public part.
    pub access_key_id: String,
    /// Secret part.
    pub secret_access_key: String,
}

impl fmt::Debug for ObjectsKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ObjectsKey").field("access_key_id", &self.access_key_id).finish_non_exhaustive()
    }
}

impl ObjectsConfig {
    pub(super) fn read(environment: &Environment<'_>, data_folder: &Path, production: bool) -> Self {
        let place = place(environment, data_folder);
        let public_url = environment.value::<Url>("LYCEUM_OBJECTS_PUBLIC_URL", "a URL such as https://files.example");
        check_public_url(environment, &place, public_url.as_ref(), production);
        let region = environment.text("LYCEUM_OBJECTS_REGION").or_else(|| environment.text("AWS_REGION"));
        Self {
            buckets: buckets(environment, &place),
            key: key(environment),
            uploads: uploads(environment),
            place,
            public_url,
            region: region.unwrap_or_else(|| "us-east-1".into()),
        }
    }
}

fn place(environment: &Environment<'_>, data_folder: &Path) -> ObjectsPlace {
    match environment.text("LYCEUM_OBJECTS_ENDPOINT").as_deref() {
        Some("aws") => ObjectsPlace::External { endpoint: None },
        Some(_) => {
            ObjectsPlace::External { endpoint: environment.value("LYCEUM_OBJECTS_ENDPOINT", "a URL, or the word aws") }
        }
        None => ObjectsPlace::Embedded {
            address: environment.value_or(
                "LYCEUM_OBJECTS_ADDRESS",
                "an address such as 127.0.0.1:9000",
                SocketAddr::from((Ipv4Addr::LOCALHOST, 9000)),
            ),
            folder: environment
                .text("LYCEUM_OBJECTS_FOLDER")
                .map_or_else(|| data_folder.join("objects"), PathBuf::from),
        },
    }
}

fn check_public_url(environment: &Environment<'_>, place: &ObjectsPlace, url: Option<&Url>, production: bool) {
    let name = "LYCEUM_OBJECTS_PUBLIC_URL";
    let is_origin = |url: &Url| url.path() == "/" && url.query().is_none() && url.fragment().is_none();
    if url.is_some_and(|url| !is_origin(url)) {
        environment.problem(format!("{name} must be an origin without path or query"));
    }
    if !production {
        return;
    }
    let seen = match (url, place) {
        (Some(url), _) | (None, ObjectsPlace::External { endpoint: Some(url) }) => url,
        (None, ObjectsPlace::External { endpoint: None }) => return,
        (None, ObjectsPlace::Embedded { .. }) => {
            environment.problem(format!("{name} is missing: the https address of the object store for browsers"));
            return;
        }
    };
    let is_local = matches!(seen.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
    if seen.scheme() != "https" && !is_local {
        environment.problem(format!("{name} must begin with https://"));
    }
}

fn buckets(environment: &Environment<'_>, place: &ObjectsPlace) -> Buckets {
    let is_embedded = matches!(place, ObjectsPlace::Embedded { .. });
    Buckets::named(|purpose| {
        let variable = format!("LYCEUM_OBJECTS_BUCKET_{}", purpose.as_str().to_uppercase());
        let default = || format!("lyceum-{}", purpose.as_str());
        if is_embedded {
            environment.text(&variable).unwrap_or_else(default)
        } else {
            environment.required(&variable, "LYCEUM_OBJECTS_ENDPOINT is set")
        }
    })
}

fn key(environment: &Environment<'_>) -> Option<ObjectsKey> {
    let (id, secret) = ("LYCEUM_OBJECTS_ACCESS_KEY_ID", "LYCEUM_OBJECTS_SECRET_ACCESS_KEY");
    match (environment.text(id), environment.text(secret)) {
        (Some(access_key_id), Some(secret_access_key)) => Some(ObjectsKey { access_key_id, secret_access_key }),
        (None, None) => None,
        _ => {
            environment.problem(format!("{id} and {secret} go together"));
            None
        }
    }
}

fn uploads(environment: &Environment<'_>) -> UploadSettings {
    let bytes = "a number of bytes";
    let defaults = UploadSettings::default();
    let limit = |purpose: UploadPurpose| {
        let variable = format!("LYCEUM_UPLOAD_LIMIT_{}", purpose.as_str().to_uppercase());
        environment.value_or(&variable, bytes, purpose.default_limit())
    };
    UploadSettings {
        limits: UploadPurpose::ALL.map(limit),
        quota: environment.value_or("LYCEUM_STORAGE_QUOTA", bytes, defaults.quota),
        open_max: environment.value_or("LYCEUM_OPEN_UPLOADS", "a number of uploads", defaults.open_max),
    }
}
