//! `GET /api/me/export`: everything of one person in one archive, written while it is sent.

mod quizzes;
pub(crate) mod store;

use crate::{
    Backend,
    albums::service::add_original,
    archives::{self, Archive, Interrupted, Names, name},
    conversations::store as conversations,
    failure::Failure,
    http::{extract::CurrentViewer, openapi, problem::Refusal},
    uploads::disposition::disposition,
};
use axum::{body::Body, extract::State, response::Response};
use domain::{
    Timestamp, Viewer,
    accounts::{Accounts as _, CANCELLED_NAME},
    albums::{Album, AlbumRole, Albums as _, Part, Photo, PhotoSort},
    conversations::PAGE_MAX,
    documents::{Document, Documents as _, DocumentsPart},
};
use serde::Serialize;
use serde_json::json;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

/// Messages that are read at once.
const MESSAGES: i64 = 500;
/// Versions of notes that are read at once; each may be long.
const VERSIONS: u32 = 5;

pub(crate) fn router() -> OpenApiRouter<Backend> {
    OpenApiRouter::new().routes(routes!(export_me))
}

/// Everything of mine
///
/// A zip file with the profile, the messages that I have written by conversation with their files, my albums with their
/// photos, the photos that I have added to albums of others, my documents with all versions of their notes, my quizzes
/// with their right answers, everything that I have answered and submitted with its result, also in quizzes that I see
/// no more, and how my review stands: originals byte for byte, notes and quizzes as Markdown to read, all else as JSON
/// beside them.
#[utoipa::path(
    get,
    path = "/api/me/export",
    operation_id = "export_me",
    tag = "Accounts",
    responses(
        (status = OK, description = "The zip file.", content_type = "application/zip", body = Vec<u8>),
        openapi::Always,
        openapi::SignedIn
    )
)]
async fn export_me(
    CurrentViewer(viewer): CurrentViewer,
    State(backend): State<Backend>,
) -> Result<Response<Body>, Refusal> {
    let export = Export { backend, viewer };
    Ok(archives::answer(&disposition(false, "lyceum-export.zip"), |archive| export.write(archive)))
}

struct Export {
    backend: Backend,
    viewer: Viewer,
}

impl Export {
    async fn write(self, mut archive: Archive) -> Result<Archive, Interrupted> {
        let now = self.backend.clock().now();
        let profile = self.backend.account_service().profile(&self.viewer).await?;
        archive.add("profile.json", now, &pretty(&profile)?).await?;
        let written_in = store::written_in(&mut self.backend.db().read().await?, self.viewer.account_id).await?;
        for (id, title) in written_in {
            self.add_conversation(&mut archive, id, title).await?;
        }
        let mut part = Part { limit: PAGE_MAX, ..Part::default() };
        loop {
            let list = self.backend.album_service().albums(&self.viewer, part.clone()).await?;
            for album in list.albums {
                self.add_album(&mut archive, album).await?;
            }
            match list.next {
                Some(next) => part.after = Some(next),
                None => break,
            }
        }
        self.add_documents(&mut archive).await?;
        self.add_quizzes(&mut archive).await?;
        Ok(archive)
    }

    async fn add_documents(&self, archive: &mut Archive) -> Result<(), Interrupted> {
        let limit = u32::try_from(PAGE_MAX).unwrap_or_default();
        let mut part = DocumentsPart { limit, ..DocumentsPart::default() };
        loop {
            let list = self.backend.document_service().documents(&self.viewer, part.clone()).await?;
            for document in list.documents {
                self.add_document(archive, &document).await?;
            }
            match list.older {
                Some(older) => part.before = Some(older),
                None => return Ok(()),
            }
        }
    }

    /// The original, what is known of it, and the notes.
    async fn add_document(&self, archive: &mut Archive, document: &Document) -> Result<(), Interrupted> {
        let folder = archive.names.free(&format!("documents/{}", name(&document.title, "document")));
        let of = document.updated_at;
        archive.add(&format!("{folder}/document.json"), of, &pretty(document)?).await?;
        self.add_notes(archive, &folder, document.id).await?;
        let path = archive.names.free(&format!("{folder}/{}", name(&document.filename, "original")));
        let original = self.backend.document_service().original(&self.viewer, document.id).await?;
        add_original(archive, self.backend.upload_service(), &path, original, document.created_at).await
    }

    /// The notes as they are now, and their older versions by number.
    async fn add_notes(&self, archive: &mut Archive, folder: &str, id: Uuid) -> Result<(), Interrupted> {
        let mut before = None;
        loop {
            let documents = self.backend.document_service();
            let part = documents.notes_versions(&self.viewer, id, VERSIONS, before).await?;
            for notes in part.versions.iter().filter(|notes| !notes.markdown.is_empty()) {
                let path = match notes.version == part.newest {
                    true => format!("{folder}/notes.md"),
                    false => format!("{folder}/older notes/{}.md", notes.version),
                };
                let path = archive.names.free(&path);
                archive.add(&path, notes.created_at, notes.markdown.as_bytes()).await?;
            }
            before = part.versions.last().map(|notes| notes.version);
            if !part.has_older || before.is_none() {
                return Ok(());
            }
        }
    }

    async fn add_conversation(&self, archive: &mut Archive, id: i64, title: Option<String>) -> Result<(), Interrupted> {
        let (db, account) = (self.backend.db(), self.viewer.account_id);
        let people = conversations::participants(&mut db.read().await?, &[id]).await?;
        let others = people.into_iter().filter(|row| row.account_id != account);
        let others: Vec<String> =
            others.map(|row| row.display_name.unwrap_or_else(|| CANCELLED_NAME.to_owned())).collect();
        let called = name(title.as_deref().unwrap_or(&others.join(", ")), "conversation");
        let folder = format!("conversations/{called} {id}");
        let (mut attached, mut names) = (Vec::new(), Names::default());
        let mut file = archive.file(&format!("{folder}.json"), self.backend.clock().now()).await?;
        let head = json!({ "conversation_id": id, "title": title, "others": others }).to_string();
        // The messages come piece by piece, before the closing brace.
        file.write(head.trim_end_matches('}').as_bytes()).await?;
        file.write(b",\"messages\":[").await?;
        let (mut after, mut separator) = (0, "\n");
        loop {
            let rows = store::written(&mut db.read().await?, id, account, after, MESSAGES).await?;
            let Some(last) = rows.last() else { break };
            after = last.id;
            for row in rows {
                let path = row.object_id.zip(row.filename).map(|(object_id, filename)| {
                    let path = names.free(&format!("{folder}/{}", name(&filename, "file")));
                    attached.push((path.clone(), object_id, Timestamp::from_micros(row.sent_at)));
                    path
                });
                let message = json!({
                    "id": row.id,
                    "content": row.content,
                    "reply_to": row.reply_to_id,
                    "sent_at": Timestamp::from_micros(row.sent_at),
                    "edited_at": row.edited_at.map(Timestamp::from_micros),
                    "file": path,
                });
                file.write(format!("{separator}{message}").as_bytes()).await?;
                separator = ",\n";
            }
        }
        file.write(b"\n]}\n").await?;
        file.finish().await?;
        for (path, object_id, sent_at) in attached {
            add_original(archive, self.backend.upload_service(), &path, object_id, sent_at).await?;
        }
        Ok(())
    }

    /// An album of one's own with all photos; of another's, those that one has added.
    async fn add_album(&self, archive: &mut Archive, album: Album) -> Result<(), Interrupted> {
        let is_own = album.role == AlbumRole::Owner;
        let place = if is_own { "albums" } else { "photos in albums of others" };
        let folder = archive.names.free(&format!("{place}/{}", name(&album.title, "album")));
        if is_own {
            archive.add(&format!("{folder}/album.json"), album.updated_at, &pretty(&album)?).await?;
        }
        let mut part = Part { limit: PAGE_MAX, ..Part::default() };
        loop {
            let photos = self.backend.album_service();
            let list = photos.photos(&self.viewer, album.id, PhotoSort::Taken, part.clone()).await?;
            for photo in list.photos.iter().filter(|photo| is_own || photo.added_by.sub == self.viewer.sub) {
                self.add_photo(archive, &folder, photo).await?;
            }
            match list.next {
                Some(next) => part.after = Some(next),
                None => return Ok(()),
            }
        }
    }

    async fn add_photo(&self, archive: &mut Archive, folder: &str, photo: &Photo) -> Result<(), Interrupted> {
        let path = archive.names.free(&format!("{folder}/{}", name(&photo.file.filename, "photo")));
        archive.add(&format!("{path}.json"), photo.updated_at, &pretty(photo)?).await?;
        let (uploads, object_id) = (self.backend.upload_service(), photo.file.object_id);
        add_original(archive, uploads, &path, object_id, photo.taken_at).await
    }
}

fn pretty(value: &impl Serialize) -> Result<Vec<u8>, Failure> {
    serde_json::to_vec_pretty(value).map_err(|_| Failure::Broken("an export cannot be written as JSON"))
}
