//! What features may count on when they take files and let them go; no store is asked.

use super::{super::store, Taken, UploadService};
use crate::{
    accounts::store::{self as account_store, NewAccount},
    clients::objects::{Objects, Place},
    failure::Failure,
    jobs::{self, Jobs},
    settings::{Buckets, ObjectCredentials, ObjectSettings, UploadSettings},
};
use db::testing::{ENGINES, TestDb};
use domain::{
    ErrorCode, Timestamp, Viewer,
    clock::Clock,
    id::Sub,
    uploads::{NewUpload, UploadPurpose, Uploads as _},
};
use uuid::Uuid;

struct World {
    database: TestDb,
    service: UploadService,
    clock: Clock,
}

impl World {
    async fn new(engine: db::EngineKind) -> Self {
        let (database, clock) = (TestDb::new(engine).await, Clock::system());
        let buckets = Buckets::named(|purpose| purpose.as_str().into());
        let settings = ObjectSettings {
            endpoint: Some("http://127.0.0.1:9".parse().unwrap()),
            public_url: None,
            region: "us-east-1".into(),
            buckets: buckets.clone(),
            credentials: ObjectCredentials::Static {
                access_key_id: "key".into(),
                secret_access_key: "secret".into(),
                session_token: None,
            },
        };
        let objects = Objects::new(settings, clock.clone());
        let (db, limits) = (database.db.clone(), UploadSettings::default());
        let service = UploadService::new(db, clock.clone(), Jobs::default(), objects, limits, buckets);
        Self { database, service, clock }
    }

    async fn viewer(&self, sub: &str) -> Viewer {
        let mut connection = self.database.db.write().await.unwrap();
        let account = NewAccount {
            sub,
            email: "a@example.org",
            given_name: sub,
            family_name: sub,
            display_name: sub,
            search_name: sub,
            created_at: self.clock.now(),
        };
        account_store::insert(&mut connection, &account).await.unwrap();
        let account_id = account_store::standing(&mut connection, sub).await.unwrap().unwrap().id;
        Viewer { account_id, sub: Sub::parse(sub).unwrap(), authenticated_at: self.clock.now(), session_id: None }
    }

    async fn open(&self, viewer: &Viewer) -> Uuid {
        let new = NewUpload {
            purpose: UploadPurpose::Media,
            filename: "a.txt".into(),
            content_type: "text/plain".into(),
            size: 5,
            sha256: None,
        };
        self.service.announce(viewer, &new).await.unwrap()
    }

    /// An upload as it is after its completion.
    async fn complete(&self, viewer: &Viewer) -> (Uuid, Uuid) {
        let id = self.open(viewer).await;
        let mut transaction = self.database.db.begin().await.unwrap();
        let row = store::upload(&mut transaction, id, viewer.account_id).await.unwrap().unwrap();
        assert!(store::settle(&mut transaction, id, "complete", None).await.unwrap());
        let object = store::NewObject {
            id: row.object_id,
            account_id: viewer.account_id,
            purpose: "media",
            place: &Place { bucket: row.bucket.clone(), key: row.object_key.clone() },
            filename: "a.txt",
            content_type: "text/plain",
            size: 5,
            sha256: None,
            sides: None,
            exif: None,
            created_at: self.clock.now(),
        };
        store::insert_object(&mut transaction, &object).await.unwrap();
        transaction.commit().await.unwrap();
        (id, row.object_id)
    }

    async fn take(&self, viewer: &Viewer, id: Uuid, purpose: UploadPurpose) -> Result<Taken, Failure> {
        let mut transaction = self.database.db.begin().await.unwrap();
        let taken = self.service.take_once(&mut transaction, viewer, id, purpose).await;
        transaction.commit().await.unwrap();
        taken
    }

    async fn jobs(&self) -> i64 {
        jobs::store::count(&mut self.database.db.read().await.unwrap()).await.unwrap().0
    }
}

fn rule(outcome: Result<Taken, Failure>) -> String {
    let Err(Failure::Refused(error)) = outcome else { panic!("not refused: {outcome:?}") };
    assert_eq!(
        (error.code, error.errors[0].loc.as_slice()),
        (ErrorCode::ValidationFailed, ["body", "upload_id"].map(String::from).as_slice())
    );
    error.errors[0].rule.clone()
}

#[tokio::test]
async fn an_upload_is_taken_once_by_its_sender_for_its_purpose() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let (ada, ben) = (world.viewer("ada").await, world.viewer("ben").await);
        let (id, object_id) = world.complete(&ada).await;
        let open = world.open(&ada).await;
        assert_eq!(rule(world.take(&ada, Uuid::nil(), UploadPurpose::Media).await), "unknown");
        assert_eq!(rule(world.take(&ben, id, UploadPurpose::Media).await), "unknown");
        assert_eq!(rule(world.take(&ada, id, UploadPurpose::Photo).await), "unknown");
        assert_eq!(rule(world.take(&ada, open, UploadPurpose::Media).await), "incomplete");

        let mut rolled_back = world.database.db.begin().await.unwrap();
        world.service.take(&mut rolled_back, &ada, id, UploadPurpose::Media).await.unwrap();
        rolled_back.rollback().await.unwrap();
        assert_eq!(world.take(&ada, id, UploadPurpose::Media).await.unwrap(), Taken::Now(object_id));
        assert_eq!(world.take(&ada, id, UploadPurpose::Media).await.unwrap(), Taken::Before(object_id));
        let mut transaction = world.database.db.begin().await.unwrap();
        let again = world.service.take(&mut transaction, &ada, id, UploadPurpose::Media).await;
        assert_eq!(rule(again.map(Taken::Now)), "used");
        transaction.rollback().await.unwrap();

        let failed = world.open(&ada).await;
        store::settle(&mut world.database.db.write().await.unwrap(), failed, "failed", None).await.unwrap();
        assert_eq!(rule(world.take(&ada, failed, UploadPurpose::Media).await), "failed");
    }
}

#[tokio::test]
async fn a_file_that_is_removed_is_out_of_reach_at_once() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let ada = world.viewer("ada").await;
        let (id, object_id) = world.complete(&ada).await;
        assert!(world.service.media(&ada, object_id).await.is_ok());
        let (db, later) = (&world.database.db, world.clock.now().plus_seconds(60));
        let remove = async |at: Timestamp| {
            let mut transaction = db.begin().await.unwrap();
            world.service.remove(&mut transaction, &[object_id, Uuid::nil()], at).await.unwrap();
            transaction.commit().await.unwrap();
        };
        remove(later).await;
        remove(later).await;
        assert_eq!(world.jobs().await, 1);
        assert_eq!(world.service.media(&ada, object_id).await.unwrap_err().code, ErrorCode::NotFound);
        assert!(store::files(&mut db.read().await.unwrap(), &[object_id]).await.unwrap().is_empty());
        assert_eq!(rule(world.take(&ada, id, UploadPurpose::Media).await), "unknown");
    }
}
