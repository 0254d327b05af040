//! The checksums that parts are sent with: kept, so that an upload that was cut goes on with them.

use super::{UploadRow, UploadService, store};
use crate::{clients::objects::ListedPart, failure::Failure};
use std::collections::BTreeMap;
use uuid::Uuid;

/// What the parts of an upload must be.
#[derive(Debug, Default)]
pub(super) struct PartChecksums {
    /// Whether they come with checksums; all do or none.
    is_checked: bool,
    /// In base64, by the numbers of the parts.
    announced: BTreeMap<u32, String>,
}

impl PartChecksums {
    pub(super) fn of(&self, number: u32) -> Option<&str> {
        self.announced.get(&number).map(String::as_str)
    }

    /// Whether the part can only be signed once its checksum is announced.
    pub(super) fn lacks(&self, number: u32) -> bool {
        self.is_checked && self.of(number).is_none()
    }

    /// Whether the part that has arrived is the one that was announced. A store that tells no checksums has taken it
    /// with the one that its request was signed with.
    pub(super) fn holds_for(&self, part: &ListedPart) -> bool {
        let is_announced = |announced: &str| part.sha256.as_deref().is_none_or(|found| found == announced);
        // An earlier version kept none; the store has checked what came with one.
        !self.is_checked || self.announced.is_empty() || self.of(part.number).is_some_and(is_announced)
    }
}

impl UploadService {
    pub(super) async fn part_checksums(&self, row: &UploadRow) -> Result<PartChecksums, Failure> {
        if !row.is_checksummed {
            return Ok(PartChecksums::default());
        }
        let announced = store::part_checksums(&mut self.db.read().await?, row.id).await?;
        Ok(PartChecksums { is_checked: true, announced })
    }

    pub(super) async fn keep_part_checksums(&self, id: Uuid, parts: &[(u32, String)]) -> Result<(), Failure> {
        let mut parts: Vec<_> = parts.iter().collect();
        // Everybody takes the rows in the same order, so that nobody waits in a circle.
        parts.sort_by_key(|(number, _)| *number);
        let mut transaction = self.db.begin().await?;
        for (number, sha256) in parts {
            store::keep_part_checksum(&mut transaction, id, *number, sha256).await?;
        }
        Ok(transaction.commit().await?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(number: u32, sha256: Option<&str>) -> ListedPart {
        ListedPart { number, size: 1, etag: "\"a\"".into(), sha256: sha256.map(Into::into) }
    }

    #[test]
    fn a_part_holds_when_it_is_the_one_that_was_announced() {
        let checked = PartChecksums { is_checked: true, announced: BTreeMap::from([(1, "one".to_owned())]) };
        assert!(checked.holds_for(&part(1, Some("one"))) && checked.holds_for(&part(1, None)));
        assert!(!checked.holds_for(&part(1, Some("other"))), "other bytes");
        assert!(!checked.holds_for(&part(2, Some("two"))), "never announced");
        assert!(checked.lacks(2) && !checked.lacks(1));
        let earlier = PartChecksums { is_checked: true, ..PartChecksums::default() };
        assert!(earlier.holds_for(&part(1, Some("one"))) && earlier.lacks(2));
        let unchecked = PartChecksums::default();
        assert!(unchecked.holds_for(&part(1, None)) && !unchecked.lacks(1));
    }
}
