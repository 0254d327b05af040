//! Pictures that were sent together stand together.

use super::{Entry, Row};
use crate::uploads::model::FileKind;
use domain::{Timestamp, id::Sub};

/// Pictures of one person that follow one another within this time were sent together.
const TOGETHER_SECONDS: i64 = 60;

/// The place of a picture among those that were sent together with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tile {
    /// 0 for the first.
    pub place: usize,
    /// How many there are.
    pub count: usize,
}

/// Gives pictures that were sent together their places in a grid.
pub(super) fn arrange<'a>(rows: impl Iterator<Item = &'a mut Row>) {
    let mut together: Vec<&mut Row> = Vec::new();
    for row in rows {
        let follows = together.last().is_some_and(|last| are_together(last, row));
        if !follows {
            place(&mut together);
        }
        if is_picture(row) {
            together.push(row);
        }
    }
    place(&mut together);
}

fn place(together: &mut Vec<&mut Row>) {
    let count = together.len();
    for (place, row) in together.drain(..).enumerate() {
        if let Row::Message { tile, .. } = row {
            *tile = (count > 1).then_some(Tile { place, count });
        }
    }
}

fn is_picture(row: &Row) -> bool {
    let Row::Message { entry, .. } = row else { return false };
    match entry {
        Entry::Sent(message) => {
            let shown = message.attachment.as_ref().filter(|_| !message.deleted && message.reply_to.is_none());
            let is_shown = |file: &domain::uploads::StoredFile| {
                FileKind::of(&file.content_type, &file.filename) == FileKind::Image && file.width.is_some()
            };
            shown.is_some_and(is_shown) && message.content.is_empty()
        }
        Entry::Outgoing(outgoing) => {
            let is_image = outgoing
                .file
                .as_ref()
                .is_some_and(|file| FileKind::of(&file.content_type, &file.name) == FileKind::Image);
            is_image && outgoing.content.is_empty() && outgoing.reply_to.is_none()
        }
    }
}

fn are_together(before: &Row, after: &Row) -> bool {
    let Row::Message { starts_group, .. } = after else { return false };
    if !is_picture(after) {
        return false;
    }
    match (writer(before), writer(after)) {
        // What is on its way is the viewer's own and comes now.
        (Some(Writer::Own(_)), Some(Writer::Own(None))) => true,
        (Some(Writer::Own(Some(one))), Some(Writer::Own(Some(other)))) => {
            other.seconds_since(one) < TOGETHER_SECONDS && !starts_group
        }
        (Some(Writer::Other(one_sub, one)), Some(Writer::Other(other_sub, other))) => {
            one_sub == other_sub && other.seconds_since(one) < TOGETHER_SECONDS && !starts_group
        }
        _ => false,
    }
}

enum Writer<'a> {
    Own(Option<Timestamp>),
    Other(&'a Sub, Timestamp),
}

fn writer(row: &Row) -> Option<Writer<'_>> {
    match row {
        Row::Message { entry: Entry::Outgoing(_), .. } => Some(Writer::Own(None)),
        Row::Message { entry: Entry::Sent(message), own: true, .. } => Some(Writer::Own(Some(message.sent_at))),
        Row::Message { entry: Entry::Sent(message), .. } => Some(Writer::Other(&message.sender_sub, message.sent_at)),
        Row::Day(_) | Row::FirstUnread => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{
        Thread,
        samples::{list, message, picture, sub},
    };
    use super::*;
    use domain::{Timestamp, conversations::Message};

    /// The places of the messages in their grids.
    fn tiles(messages: Vec<Message>) -> Vec<Option<(usize, usize)>> {
        let thread = Thread::new(4, sub("ada"), 0, list(messages, false, false));
        let rows = thread.rows(&[], Timestamp::day);
        let tile = |(_, row): &(String, Row)| match row {
            Row::Message { tile, .. } => Some(tile.map(|tile| (tile.place, tile.count))),
            _ => None,
        };
        rows.all().iter().filter_map(tile).collect()
    }

    fn at(seconds: i64, message: Message) -> Message {
        Message { sent_at: Timestamp::from_seconds(seconds), ..message }
    }

    #[test]
    fn pictures_of_one_person_within_a_minute_are_one_grid() {
        let sent = vec![
            at(10, picture(1, "ben")),
            at(20, picture(2, "ben")),
            at(30, picture(3, "ben")),
            at(40, picture(4, "cem")),
            at(50, message(5, "cem")),
            at(60, picture(6, "cem")),
            at(130, picture(7, "cem")),
        ];
        let grid = |place| Some((place, 3));
        assert_eq!(tiles(sent), [grid(0), grid(1), grid(2), None, None, None, None]);
    }

    #[test]
    fn a_caption_or_a_reply_stands_for_itself() {
        let captioned = Message { content: "Look!".into(), ..picture(2, "ben") };
        let sent =
            vec![at(10, picture(1, "ben")), at(11, captioned), at(12, picture(3, "ben")), at(13, picture(4, "ben"))];
        assert_eq!(tiles(sent), [None, None, Some((0, 2)), Some((1, 2))]);
    }
}
