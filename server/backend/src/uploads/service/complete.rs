//! Checking what has arrived.
//!
//! Every step can be done again: a process may die after any of them, and the sender asks again. The object's key is
//! known from the start, its bytes are written once, and the row changes its status in the transaction that adds the
//! file.

use super::{
    super::{kind, pictures::Picture},
    Head, PartChecksums, PartsError, Place, UploadRow, UploadService, bytes, parts_of, purpose, status, store,
};
use crate::{clients::objects::ListedPart, failure::Failure, jobs, uploads::work};
use aws_lc_rs::digest;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::{
    ApiError, ErrorCode, FieldError, Viewer,
    albums::Exif,
    uploads::{CompletedPart, SINGLE_PUT_MAX, Upload, UploadPurpose, UploadStatus},
};
use uuid::Uuid;

/// A file that has passed every check.
struct Passed {
    place: Place,
    content_type: &'static str,
    size: i64,
    sha256: Option<String>,
    sides: Option<(u32, u32)>,
    exif: Option<Exif>,
}

/// What a check may say: the file is bad for good, or something else is in the way.
enum Stop {
    Refused(ApiError),
    Failed(Failure),
}

impl<E: Into<Failure>> From<E> for Stop {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

impl UploadService {
    pub(super) async fn finish(&self, viewer: &Viewer, id: Uuid, parts: &[CompletedPart]) -> Result<Upload, Failure> {
        let _alone = self.lock(id).await;
        let row = self.own(viewer, id).await?;
        match status(&row)? {
            UploadStatus::Complete => return self.describe(row).await,
            UploadStatus::Failed => return Err(told_before(&row).into()),
            UploadStatus::Open => {}
        }
        match self.check(&row, parts).await {
            Ok(passed) => self.keep(&row, &passed).await?,
            Err(Stop::Failed(failure)) => return Err(failure),
            Err(Stop::Refused(refusal)) => {
                self.fail(&row, &refusal).await?;
                return Err(refusal.into());
            }
        }
        let row = self.own(viewer, id).await?;
        if status(&row)? == UploadStatus::Failed {
            return Err(told_before(&row).into());
        }
        self.describe(row).await
    }

    async fn check(&self, row: &UploadRow, parts: &[CompletedPart]) -> Result<Passed, Stop> {
        let (place, announced) = (row.place(), bytes(row.size)?);
        let head = self.arrived(row, parts).await?;
        if head.size != announced {
            let msg = format!("{announced} bytes were announced and {} arrived: send the file again.", head.size);
            return Err(refused("size", "mismatch", msg));
        }
        let beginning = self.objects.beginning(&place, kind::BEGINNING).await?;
        let purpose = purpose(row)?;
        let found = kind::detect(&beginning, &row.content_type, &row.filename, purpose);
        drop(beginning);
        if !kind::is_taken(purpose, found) {
            let msg = format!("The file is not what its name says: send {}.", kind::taken(purpose));
            return Err(refused("content_type", "mismatch", msg));
        }
        if kind::contradicts(&row.content_type, found) {
            let (found, told) = (kind::called(found), kind::called(&row.content_type));
            let advice = "Choose the right file, or give it the ending that fits.";
            let msg = format!("The file's content is {found}, not {told}. {advice}");
            return Err(refused("content_type", "mismatch", msg));
        }
        let sha256 = self.verified_checksum(row, &place, head).await?;
        let passed = Passed { place, content_type: found, size: row.size, sha256, sides: None, exif: None };
        if kind::is_picture(found) { self.look_into(row, purpose, passed).await } else { Ok(passed) }
    }

    /// What the store tells of the whole file, made of its parts if it came in parts.
    async fn arrived(&self, row: &UploadRow, parts: &[CompletedPart]) -> Result<Head, Stop> {
        let place = row.place();
        if let Some(head) = self.objects.head(&place).await? {
            return Ok(head);
        }
        if bytes(row.size)? <= SINGLE_PUT_MAX {
            return Err(missing("The file has not arrived: send it to the signed address first.".into()).into());
        }
        self.assemble(row, parts).await?;
        let head = self.objects.head(&place).await?;
        Ok(head.ok_or_else(|| missing("The file has not arrived: ask for the upload to see what is missing.".into()))?)
    }

    async fn assemble(&self, row: &UploadRow, told: &[CompletedPart]) -> Result<(), Failure> {
        let place = row.place();
        let nothing = || missing("No part has arrived: send them to their signed addresses first.".into());
        let id = row.multipart_id.as_deref().ok_or_else(nothing)?;
        let listed = match self.objects.list_parts(&place, id).await {
            Ok(listed) => listed,
            // Somebody else has just put it together, or thrown it away; the file's own look tells.
            Err(PartsError::Gone | PartsError::Refused) => return Ok(()),
            Err(PartsError::Failed(failure)) => return Err(failure),
        };
        check_parts(bytes(row.size)?, &listed, told, &self.part_checksums(row).await?)?;
        match self.objects.complete_parts(&place, id, &listed).await {
            Ok(()) | Err(PartsError::Gone) => Ok(()),
            Err(PartsError::Refused) => {
                Err(missing("The store does not take the parts as they are: send them again.".into()).into())
            }
            Err(PartsError::Failed(failure)) => Err(failure),
        }
    }

    /// The checksum of the whole, if one was announced: as the store keeps it, or worked out from the bytes. Of parts,
    /// some stores keep a checksum of checksums that looks the same.
    async fn verified_checksum(&self, row: &UploadRow, place: &Place, head: Head) -> Result<Option<String>, Stop> {
        let Some(announced) = &row.sha256 else { return Ok(head.sha256.filter(|_| row.multipart_id.is_none())) };
        let found = match head.sha256.filter(|kept| kept == announced) {
            Some(kept) => kept,
            None => self.hash(place).await?,
        };
        if found == *announced {
            return Ok(Some(found));
        }
        let msg = "The bytes that arrived are not those of the checksum: send the file again.";
        Err(refused("sha256", "mismatch", msg.into()))
    }

    async fn hash(&self, place: &Place) -> Result<String, Failure> {
        let (mut stream, mut context) = (self.objects.stream(place).await?, digest::Context::new(&digest::SHA256));
        while let Some(piece) = stream.next().await {
            let broken = |_| ApiError::unavailable("The file store stopped to answer. Try again in a moment.");
            context.update(&piece.map_err(broken)?);
        }
        Ok(STANDARD.encode(context.finish()))
    }

    /// Photos stay as they are, byte for byte; what others get to see loses its metadata.
    async fn look_into(&self, row: &UploadRow, purpose: UploadPurpose, passed: Passed) -> Result<Passed, Stop> {
        let turn = self.pictures.turn().await;
        let bytes = self.objects.whole(&passed.place).await?;
        let is_shared = purpose != UploadPurpose::Photo;
        let Picture { sides, content_type, cleaned, sha256, exif } = match turn.look(bytes, is_shared).await? {
            Ok(picture) => picture,
            Err(error) => return Err(refused("content_type", "picture", error.to_string())),
        };
        let passed = Passed { content_type, sides: Some(sides), ..passed };
        let Some(cleaned) = cleaned else {
            // Without a checksum nobody would notice that the same photo comes again.
            return Ok(Passed { sha256: passed.sha256.or(Some(sha256)), exif: Some(exif), ..passed });
        };
        let place = cleaned_place(row);
        let size = i64::try_from(cleaned.len()).unwrap_or(i64::MAX);
        let sha256 = Some(STANDARD.encode(digest::digest(&digest::SHA256, &cleaned)));
        self.objects.put(&place, content_type, cleaned).await?;
        Ok(Passed { place, size, sha256, ..passed })
    }

    /// Adds the file and closes the upload, both or none.
    async fn keep(&self, row: &UploadRow, passed: &Passed) -> Result<(), Failure> {
        let now = self.clock.now();
        let mut transaction = self.db.begin().await?;
        if !store::settle(&mut transaction, row.id, "complete", None).await? {
            // Another server was faster.
            return Ok(());
        }
        let exif = passed.exif.as_ref().map(serde_json::to_string).transpose();
        let exif = exif.map_err(|_| Failure::Broken("EXIF cannot be written"))?;
        let object = store::NewObject {
            id: row.object_id,
            account_id: row.account_id,
            purpose: &row.purpose,
            place: &passed.place,
            filename: &row.filename,
            content_type: passed.content_type,
            size: passed.size,
            sha256: passed.sha256.as_deref(),
            exif: exif.as_deref(),
            sides: passed.sides.map(|(width, height)| (i64::from(width), i64::from(height))),
            created_at: now,
        };
        store::insert_object(&mut transaction, &object).await?;
        if passed.sides.is_some() {
            let job = work::ObjectJob { object_id: row.object_id };
            jobs::enqueue(&mut transaction, Some(row.account_id), jobs::MAKE_THUMBNAILS, &job, now).await?;
        }
        let sent = row.place();
        if passed.place != sent {
            self.discard(&mut transaction, vec![sent], None).await?;
        }
        transaction.commit().await?;
        self.jobs.wake();
        Ok(())
    }

    async fn fail(&self, row: &UploadRow, refusal: &ApiError) -> Result<(), Failure> {
        let told = serde_json::to_string(refusal).map_err(|_| Failure::Broken("a refusal cannot be written"))?;
        let mut transaction = self.db.begin().await?;
        if store::settle(&mut transaction, row.id, "failed", Some(&told)).await? {
            let places = vec![row.place(), cleaned_place(row)];
            self.discard(&mut transaction, places, row.multipart_id.clone()).await?;
        }
        transaction.commit().await?;
        self.jobs.wake();
        Ok(())
    }
}

/// Where the picture without its metadata goes: always the same, so that a second try leaves nothing behind.
pub(super) fn cleaned_place(row: &UploadRow) -> Place {
    let place = row.place();
    Place { key: format!("{}-clean", place.key), bucket: place.bucket }
}

/// All parts, each of its size and checksum, and none other than the sender knows of.
fn check_parts(
    size: u64,
    listed: &[ListedPart],
    told: &[CompletedPart],
    checksums: &PartChecksums,
) -> Result<(), ApiError> {
    let wanted = parts_of(size);
    let lacking: Vec<String> = wanted
        .iter()
        .filter(|(number, size)| !listed.iter().any(|part| part.number == *number && part.size == *size))
        .map(|(number, _)| number.to_string())
        .collect();
    if !lacking.is_empty() {
        let numbers = lacking.join(", ");
        return Err(missing(format!("These parts have not arrived: {numbers}. Send them, then complete again.")));
    }
    for part in told {
        let tag = |text: &str| text.trim().trim_start_matches("W/").trim_matches('"').to_ascii_lowercase();
        let found = listed.iter().find(|one| one.number == part.part_number);
        if found.is_none_or(|found| tag(&found.etag) != tag(&part.etag)) {
            let detail = format!("Part {} is not what you say arrived: send it again.", part.part_number);
            return Err(missing(detail));
        }
    }
    if listed.len() > wanted.len() {
        return Err(missing("More parts have arrived than the file has: start the upload anew.".into()));
    }
    if let Some(part) = listed.iter().find(|part| !checksums.holds_for(part)) {
        let detail = format!("Part {} is not the one of its checksum: announce it and send it again.", part.number);
        return Err(missing(detail));
    }
    Ok(())
}

fn missing(detail: String) -> ApiError {
    ApiError::new(ErrorCode::Conflict, detail)
}

fn refused(field: &str, rule: &str, msg: String) -> Stop {
    Stop::Refused(ApiError::validation(vec![FieldError::body(field, rule, msg)]))
}

fn told_before(row: &UploadRow) -> ApiError {
    let told = row.refusal.as_deref().and_then(|json| serde_json::from_str(json).ok());
    told.unwrap_or_else(ApiError::internal)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::uploads::PART_SIZE;

    fn part(number: u32, size: u64) -> ListedPart {
        ListedPart { number, size, etag: format!("\"{number}a\""), sha256: None }
    }

    fn told(part_number: u32, etag: &str) -> CompletedPart {
        CompletedPart { part_number, etag: etag.into() }
    }

    #[test]
    fn parts_are_complete_when_each_is_there_in_its_size() {
        let (size, unchecked) = (PART_SIZE * 2 + 5, PartChecksums::default());
        let check_parts =
            |size, listed: &[ListedPart], told: &[CompletedPart]| check_parts(size, listed, told, &unchecked);
        let all = [part(1, PART_SIZE), part(2, PART_SIZE), part(3, 5)];
        assert!(check_parts(size, &all, &[]).is_ok());
        assert!(check_parts(size, &all, &[told(1, "1A"), told(2, "\"2a\""), told(3, "W/\"3a\"")]).is_ok());
        assert!(check_parts(size, &all, &[told(1, "other")]).unwrap_err().detail.contains("Part 1"));
        assert!(check_parts(size, &all, &[told(4, "4a")]).is_err());
        let lacking = check_parts(size, &[part(2, PART_SIZE), part(3, 4)], &[]).unwrap_err();
        assert!(lacking.detail.contains("1, 3") && lacking.code == ErrorCode::Conflict, "{lacking}");
        assert!(check_parts(size, &[&all[..], &[part(4, 1)]].concat(), &[]).is_err());
    }
}
