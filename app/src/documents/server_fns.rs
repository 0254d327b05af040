//! What the pages ask about documents and notes. Checks and permissions are the service's.

#[cfg(feature = "ssr")]
use crate::{documents::paths, ssr};
use crate::{error::Failure, json_text::JsonText};
use domain::documents::{ContentsEntry, Document, DocumentList, DocumentPage, FoundPassage, Notes, NotesVersionList};
#[cfg(feature = "ssr")]
use domain::documents::{DocumentOrigin, DocumentStatus, DocumentsPart};
use leptos::{prelude::*, server_fn::codec::GetUrl};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Most documents that a page shows at once.
pub const PAGE: u32 = 50;
/// Most versions of notes that a page shows at once: each has its whole text.
#[cfg(feature = "ssr")]
const VERSIONS: u32 = 20;

/// What a person wants of a file that somebody sent them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wish {
    /// Notes.
    Notes,
    /// A quiz.
    Quiz,
}

/// The viewer's documents, newest first.
#[server(prefix = "/fn", endpoint = "documents/list", input = GetUrl, output = JsonText)]
pub async fn list_documents(
    /// Part of a title or file name; all documents without.
    query: Option<String>,
    /// A cursor: older ones.
    before: Option<String>,
    /// A cursor: newer ones.
    after: Option<String>,
) -> Result<DocumentList, Failure> {
    let viewer = ssr::viewer()?;
    let part = DocumentsPart { query: words(query), limit: PAGE, before: words(before), after: words(after) };
    Ok(ssr::services()?.documents.documents(&viewer, part).await?)
}

/// One document.
#[server(prefix = "/fn", endpoint = "documents/document", input = GetUrl, output = JsonText)]
pub async fn load_document(
    /// The document.
    id: Uuid,
) -> Result<Document, Failure> {
    let viewer = ssr::viewer()?;
    Ok(ssr::services()?.documents.document(&viewer, id).await?)
}

/// Takes an uploaded file and has it read and noted.
#[server(prefix = "/fn", endpoint = "documents/add", output = JsonText)]
pub async fn add_document(
    /// The upload.
    upload_id: Uuid,
) -> Result<Document, Failure> {
    let document = ssr::services()?.documents.add(&ssr::viewer()?, DocumentOrigin::Upload(upload_id)).await?;
    ssr::after_form(&paths::document(document.id));
    Ok(document)
}

/// Takes the file of a message, for notes or a quiz; answers with the address where it goes on.
#[server(prefix = "/fn", endpoint = "documents/take", output = JsonText)]
pub async fn take_attachment(
    /// The file.
    object_id: Uuid,
    /// What for.
    wish: Wish,
) -> Result<String, Failure> {
    let document = ssr::services()?.documents.add(&ssr::viewer()?, DocumentOrigin::Attachment(object_id)).await?;
    let address = match wish {
        // Of what is being read a quiz is made as soon as that is done; why it cannot be read, its page tells.
        Wish::Quiz if document.status != DocumentStatus::Failed => paths::new_quiz(document.id),
        Wish::Notes | Wish::Quiz => paths::document(document.id),
    };
    ssr::after_form(&address);
    Ok(address)
}

/// Gives a document another title.
#[server(prefix = "/fn", endpoint = "documents/rename", output = JsonText)]
pub async fn rename_document(
    /// The document.
    id: Uuid,
    /// Its title.
    title: String,
) -> Result<Document, Failure> {
    let document = ssr::services()?.documents.rename(&ssr::viewer()?, id, title).await?;
    ssr::after_form(&paths::document(id));
    Ok(document)
}

/// Deletes a document with its notes.
#[server(prefix = "/fn", endpoint = "documents/delete", output = JsonText)]
pub async fn delete_document(
    /// The document.
    id: Uuid,
) -> Result<(), Failure> {
    ssr::services()?.documents.delete(&ssr::viewer()?, id).await?;
    ssr::after_form(paths::LIST);
    Ok(())
}

/// A page of its text.
#[server(prefix = "/fn", endpoint = "documents/page", input = GetUrl, output = JsonText)]
pub async fn load_page(
    /// The document.
    id: Uuid,
    /// Which page.
    page: u32,
) -> Result<Option<DocumentPage>, Failure> {
    let viewer = ssr::viewer()?;
    Ok(ssr::services()?.documents.text(&viewer, id, Some(page)).await?.into_iter().next())
}

/// Its headings.
#[server(prefix = "/fn", endpoint = "documents/contents", input = GetUrl, output = JsonText)]
pub async fn load_contents(
    /// The document.
    id: Uuid,
) -> Result<Vec<ContentsEntry>, Failure> {
    let viewer = ssr::viewer()?;
    Ok(ssr::services()?.documents.contents(&viewer, id).await?)
}

/// Where something stands in it.
#[server(prefix = "/fn", endpoint = "documents/find", input = GetUrl, output = JsonText)]
pub async fn find_in_document(
    /// The document.
    id: Uuid,
    /// What is looked for.
    query: String,
) -> Result<Vec<FoundPassage>, Failure> {
    let viewer = ssr::viewer()?;
    Ok(ssr::services()?.documents.find(&viewer, id, query).await?)
}

/// Its notes.
#[server(prefix = "/fn", endpoint = "documents/notes", input = GetUrl, output = JsonText)]
pub async fn load_notes(
    /// The document.
    id: Uuid,
) -> Result<Notes, Failure> {
    let viewer = ssr::viewer()?;
    Ok(ssr::services()?.documents.notes(&viewer, id).await?)
}

/// Has its notes made anew.
#[server(prefix = "/fn", endpoint = "documents/regenerate", output = JsonText)]
pub async fn regenerate_notes(
    /// The document.
    id: Uuid,
) -> Result<Notes, Failure> {
    let notes = ssr::services()?.documents.regenerate_notes(&ssr::viewer()?, id).await?;
    ssr::after_form(&paths::document(id));
    Ok(notes)
}

/// Keeps what the viewer wrote as a new version of the notes.
#[server(prefix = "/fn", endpoint = "documents/edit_notes", output = JsonText)]
pub async fn edit_notes(
    /// The document.
    id: Uuid,
    /// The version that was edited.
    version: u32,
    /// What they say now.
    markdown: String,
) -> Result<Notes, Failure> {
    let notes = ssr::services()?.documents.edit_notes(&ssr::viewer()?, id, version, markdown).await?;
    ssr::after_form(&paths::document(id));
    Ok(notes)
}

/// Versions of its notes, newest first.
#[server(prefix = "/fn", endpoint = "documents/versions", input = GetUrl, output = JsonText)]
pub async fn load_versions(
    /// The document.
    id: Uuid,
    /// Only those before this version.
    before: Option<u32>,
) -> Result<NotesVersionList, Failure> {
    let viewer = ssr::viewer()?;
    Ok(ssr::services()?.documents.notes_versions(&viewer, id, VERSIONS, before).await?)
}

/// A field that a form leaves empty says nothing.
#[cfg(feature = "ssr")]
fn words(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.trim().is_empty())
}
