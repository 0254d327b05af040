//! Photos by the month or the day of their taking.

use crate::words::month;
use domain::{Timestamp, albums::Photo};

/// Photos that belong together.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// `July 2026`, or `1 July 2026`.
    pub name: String,
    /// In the order in which they came.
    pub photos: Vec<Photo>,
}

/// Photos that are ordered by when they were taken, parted where the month changes; by days where all are of one month.
#[must_use]
pub fn grouped(photos: Vec<Photo>) -> Vec<Group> {
    let month = |photo: &Photo| (photo.taken_at.date().0, photo.taken_at.date().1);
    let is_one_month = photos.windows(2).all(|pair| month(&pair[0]) == month(&pair[1]));
    let mut groups: Vec<Group> = Vec::new();
    for photo in photos {
        let name = if is_one_month { day_name(photo.taken_at) } else { month_name(photo.taken_at) };
        match groups.last_mut().filter(|group| group.name == name) {
            Some(group) => group.photos.push(photo),
            None => groups.push(Group { name, photos: vec![photo] }),
        }
    }
    groups
}

fn month_name(at: Timestamp) -> String {
    let (year, number, _) = at.date();
    format!("{} {year}", month(number))
}

fn day_name(at: Timestamp) -> String {
    format!("{} {}", at.date().2, month_name(at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::albums::model::words::samples::photo;

    fn names(moments: &[&str]) -> Vec<(String, usize)> {
        let photo = |at: &&str| Photo { taken_at: Timestamp::parse(at).unwrap(), ..photo() };
        let groups = grouped(moments.iter().map(photo).collect());
        groups.into_iter().map(|group| (group.name, group.photos.len())).collect()
    }

    #[test]
    fn photos_of_a_month_are_parted_by_days() {
        let found = names(&["2026-07-03T10:00:00Z", "2026-07-03T08:00:00Z", "2026-07-01T10:00:00Z"]);
        assert_eq!(found, [("3 July 2026".to_owned(), 2), ("1 July 2026".to_owned(), 1)]);
    }

    #[test]
    fn photos_of_several_months_are_parted_by_months() {
        let found = names(&["2026-07-03T10:00:00Z", "2026-07-01T08:00:00Z", "2025-07-01T10:00:00Z"]);
        assert_eq!(found, [("July 2026".to_owned(), 2), ("July 2025".to_owned(), 1)]);
        assert!(names(&[]).is_empty());
    }
}
