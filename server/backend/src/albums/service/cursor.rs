//! Cursors: the place in one list, which leads nowhere in another.

use super::store::PhotoPlace;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{ApiError, FieldError, albums::PhotoSort};
use uuid::Uuid;

/// A list that a cursor can belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum List {
    /// Albums by their last change.
    Albums,
    /// The photos of one album.
    Album(Uuid, PhotoSort),
    /// Photos of all albums.
    Photos,
}

impl List {
    fn name(self) -> String {
        match self {
            Self::Albums => "albums".to_owned(),
            Self::Photos => "photos".to_owned(),
            Self::Album(id, PhotoSort::Taken) => format!("{}t", id.simple()),
            Self::Album(id, PhotoSort::Added) => format!("{}a", id.simple()),
            Self::Album(id, PhotoSort::Title) => format!("{}n", id.simple()),
        }
    }

    fn write(self, key: &str, id: Uuid) -> String {
        URL_SAFE_NO_PAD.encode(format!("{}\n{}\n{key}", self.name(), id.simple()))
    }

    fn read(self, cursor: &str) -> Option<(String, Uuid)> {
        let text = String::from_utf8(URL_SAFE_NO_PAD.decode(cursor).ok()?).ok()?;
        let mut steps = text.splitn(3, '\n');
        let is_own = steps.next()? == self.name();
        let id = Uuid::try_parse(steps.next()?).ok()?;
        let key = steps.next()?.to_owned();
        (is_own && !key.contains('\0')).then_some((key, id))
    }

    /// The cursor after something that was last changed or added then.
    pub(super) fn after_time(self, micros: i64, id: Uuid) -> String {
        self.write(&micros.to_string(), id)
    }

    /// The cursor after a photo of the list.
    pub(super) fn after_photo(self, row: &super::store::PhotoRow) -> String {
        match self {
            Self::Album(_, PhotoSort::Taken) => self.after_time(row.taken_at, row.id),
            Self::Album(_, PhotoSort::Title) => self.write(&row.sort_title, row.id),
            Self::Album(_, PhotoSort::Added) | Self::Photos | Self::Albums => self.after_time(row.created_at, row.id),
        }
    }

    /// Time and id of what the cursor stands after.
    ///
    /// # Errors
    /// `validation_failed` when it is none of this list.
    pub(super) fn time(self, cursor: &str) -> Result<(i64, Uuid), ApiError> {
        self.read(cursor).and_then(|(key, id)| Some((key.parse().ok()?, id))).ok_or_else(foreign)
    }

    /// The photo that the cursor stands after.
    ///
    /// # Errors
    /// `validation_failed` when it is none of this list.
    pub(super) fn place(self, cursor: &str) -> Result<PhotoPlace, ApiError> {
        match self {
            Self::Album(_, PhotoSort::Taken) => self.time(cursor).map(|(time, id)| PhotoPlace::Taken(time, id)),
            Self::Album(_, PhotoSort::Title) => {
                self.read(cursor).map(|(title, id)| PhotoPlace::Title(title, id)).ok_or_else(foreign)
            }
            Self::Album(_, PhotoSort::Added) | Self::Photos | Self::Albums => {
                self.time(cursor).map(|(time, id)| PhotoPlace::Added(time, id))
            }
        }
    }
}

fn foreign() -> ApiError {
    let msg = "This is not a cursor of this list: take it from a Link header.";
    ApiError::validation(vec![FieldError::query("after", "cursor", msg)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_leads_on_in_its_own_list_only() {
        let (album, photo) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let taken = List::Album(album, PhotoSort::Taken);
        let cursor = taken.after_time(-7, photo);
        assert_eq!(taken.place(&cursor).unwrap(), PhotoPlace::Taken(-7, photo));
        for other in
            [List::Albums, List::Photos, List::Album(album, PhotoSort::Added), List::Album(photo, PhotoSort::Taken)]
        {
            assert_eq!(other.place(&cursor).unwrap_err().errors[0].rule, "cursor");
        }
        let title = List::Album(album, PhotoSort::Title);
        let cursor = title.write("żółw\n2", photo);
        assert_eq!(title.place(&cursor).unwrap(), PhotoPlace::Title("żółw\n2".into(), photo));
        for bad in ["", "x", "YWxidW1z", &"A".repeat(500)] {
            assert!(List::Albums.time(bad).is_err(), "{bad}");
        }
    }
}
