//! How far uploads are.

use domain::uploads::{PART_SIZE, ReceivedPart};
use serde::{Deserialize, Serialize};
use std::ops::Range;
use uuid::Uuid;

/// What becomes of a file that has arrived.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UploadTarget {
    /// It is sent in a conversation.
    Message {
        /// Where.
        conversation_id: i64,
        /// Names the message at its sender.
        client_id: String,
    },
    /// It is kept in an album.
    Album {
        /// Which.
        album_id: Uuid,
    },
    /// It becomes a document of the person's library.
    Library,
    /// It becomes the person's own picture.
    ProfilePicture,
    /// It becomes the picture of a group.
    GroupPicture {
        /// The group.
        conversation_id: i64,
    },
}

/// The same without saying which one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TargetKind {
    /// See [`UploadTarget::Message`].
    Message,
    /// See [`UploadTarget::Album`].
    Album,
    /// See [`UploadTarget::Library`].
    Library,
    /// See [`UploadTarget::ProfilePicture`].
    ProfilePicture,
    /// See [`UploadTarget::GroupPicture`].
    GroupPicture,
}

impl UploadTarget {
    /// Which kind of target it is.
    #[must_use]
    pub const fn kind(&self) -> TargetKind {
        match self {
            Self::Message { .. } => TargetKind::Message,
            Self::Album { .. } => TargetKind::Album,
            Self::Library => TargetKind::Library,
            Self::ProfilePicture => TargetKind::ProfilePicture,
            Self::GroupPicture { .. } => TargetKind::GroupPicture,
        }
    }
}

/// How far a file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// Others go first.
    Waiting,
    /// Its bytes are on their way.
    Sending,
    /// There is no connection, or the server has asked to wait; it goes on by itself.
    Resting,
    /// All bytes are there; they are checked and put to their use.
    Finishing,
    /// It is where it belongs.
    Done,
    /// It was given up, for this reason; it goes again only when asked to.
    Failed(String),
    /// The file itself was refused, for this reason: it would be again.
    Refused(String),
    /// The page was loaded anew and the browser has not kept the file: the person has to pick it again.
    NeedsFile,
}

impl State {
    /// Whether leaving the page would lose something.
    #[must_use]
    pub const fn is_under_way(&self) -> bool {
        matches!(self, Self::Waiting | Self::Sending | Self::Resting | Self::Finishing)
    }

    /// Whether nothing is left to be done.
    #[must_use]
    pub const fn is_done(&self) -> bool {
        matches!(self, Self::Done)
    }

    /// Whether nothing happens until the person does something.
    #[must_use]
    pub const fn needs_person(&self) -> bool {
        matches!(self, Self::Failed(_) | Self::Refused(_) | Self::NeedsFile)
    }

    /// Whether it has ended somewhere else than where it belongs.
    #[must_use]
    pub const fn is_failed(&self) -> bool {
        matches!(self, Self::Failed(_) | Self::Refused(_))
    }

    /// Whether it goes on only when it is told to.
    #[must_use]
    pub const fn can_be_retried(&self) -> bool {
        matches!(self, Self::Failed(_))
    }
}

/// How much has been sent, and how fast.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// In bytes.
    pub sent: u64,
    /// Of how many.
    pub size: u64,
    /// In the last seconds; none until it is known.
    pub bytes_per_second: Option<u64>,
}

impl Progress {
    /// From 0 to 100; 100 only when all is sent.
    #[must_use]
    pub fn percent(self) -> u8 {
        let percent = self.sent.min(self.size).saturating_mul(100).checked_div(self.size).unwrap_or(100);
        u8::try_from(percent).unwrap_or(100)
    }

    /// Seconds that the rest takes at the present speed.
    #[must_use]
    pub fn seconds_left(self) -> Option<u64> {
        let speed = self.bytes_per_second.filter(|speed| *speed > 0)?;
        Some(self.size.saturating_sub(self.sent).div_ceil(speed))
    }
}

/// How all of them stand together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// How many there are.
    pub total: usize,
    /// How many are where they belong.
    pub done: usize,
    /// How many have failed or need their file again.
    pub failed: usize,
    /// The bytes of those that have not failed.
    pub progress: Progress,
}

impl Summary {
    /// Of these.
    #[must_use]
    pub fn of(all: impl IntoIterator<Item = (State, Progress)>) -> Self {
        let mut summary = Self::default();
        let mut speed = None;
        for (state, progress) in all {
            summary.total += 1;
            summary.done += usize::from(state.is_done());
            let needs_person = state.needs_person();
            summary.failed += usize::from(needs_person);
            if !needs_person {
                summary.progress.size += progress.size;
                summary.progress.sent += if state.is_done() { progress.size } else { progress.sent };
            }
            if state == State::Sending {
                speed = speed.or(Some(0)).map(|sum: u64| sum + progress.bytes_per_second.unwrap_or_default());
            }
        }
        summary.progress.bytes_per_second = speed;
        summary
    }

    /// Whether any is still to be sent or checked.
    #[must_use]
    pub const fn is_under_way(self) -> bool {
        self.done + self.failed < self.total
    }

    /// Whether there are some, and all of them are where they belong.
    #[must_use]
    pub const fn has_all(self) -> bool {
        self.total > 0 && self.done == self.total
    }
}

/// A part of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// 1 for the first.
    pub number: u32,
    /// Which bytes.
    pub bytes: Range<u64>,
}

/// The parts that have not arrived whole, in order.
#[must_use]
pub fn parts_left(size: u64, part_size: u64, received: &[ReceivedPart]) -> Vec<Part> {
    let part_size = if part_size == 0 { PART_SIZE } else { part_size };
    let count = u32::try_from(size.div_ceil(part_size)).unwrap_or(u32::MAX);
    let part = |number: u32| {
        let start = u64::from(number - 1) * part_size;
        Part { number, bytes: start..size.min(start + part_size) }
    };
    let is_there = |part: &Part| {
        let whole = part.bytes.end - part.bytes.start;
        received.iter().any(|received| received.part_number == part.number && received.size == whole)
    };
    (1..=count).map(part).filter(|part| !is_there(part)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn received(part_number: u32, size: u64) -> ReceivedPart {
        ReceivedPart { part_number, size, etag: "e".into() }
    }

    #[test]
    fn only_what_is_missing_is_sent() {
        let numbers = |received: &[ReceivedPart]| {
            parts_left(25, 10, received).into_iter().map(|part| (part.number, part.bytes)).collect::<Vec<_>>()
        };
        assert_eq!(numbers(&[]), [(1, 0..10), (2, 10..20), (3, 20..25)]);
        assert_eq!(numbers(&[received(1, 10), received(3, 5)]), [(2, 10..20)]);
        assert_eq!(numbers(&[received(3, 4)]).len(), 3, "a part that is not whole goes again");
        assert_eq!(parts_left(20, 10, &[]).len(), 2);
        assert_eq!(parts_left(0, 10, &[]), []);
        assert_eq!(parts_left(PART_SIZE + 1, 0, &[]).len(), 2);
    }

    #[test]
    fn progress_is_whole_only_at_its_end() {
        let progress = |sent, size, speed| Progress { sent, size, bytes_per_second: speed };
        assert_eq!(progress(999, 1_000, None).percent(), 99);
        assert_eq!(progress(2_000, 1_000, None).percent(), 100);
        assert_eq!(progress(0, 0, None).percent(), 100);
        assert_eq!(progress(10, 100, Some(30)).seconds_left(), Some(3));
        assert_eq!(progress(10, 100, Some(0)).seconds_left(), None);
    }

    #[test]
    fn a_refused_file_waits_for_the_person_but_not_to_go_again() {
        let told = |state: State| (state.is_failed(), state.needs_person(), state.can_be_retried());
        assert_eq!(told(State::Refused("Too large.".into())), (true, true, false));
        assert_eq!(told(State::Failed("No connection.".into())), (true, true, true));
        assert_eq!(told(State::NeedsFile), (false, true, false));
        let refused = (State::Refused("Too large.".into()), Progress { size: 100, ..Progress::default() });
        let summary = Summary::of([refused]);
        assert_eq!((summary.failed, summary.is_under_way(), summary.progress.size), (1, false, 0));
    }

    #[test]
    fn together_they_count_what_is_left() {
        let progress = |sent| Progress { sent, size: 100, bytes_per_second: Some(10) };
        let summary = Summary::of([
            (State::Done, progress(0)),
            (State::Sending, progress(50)),
            (State::Waiting, progress(0)),
            (State::Failed("No.".into()), progress(20)),
        ]);
        assert_eq!((summary.total, summary.done, summary.failed), (4, 1, 1));
        assert_eq!(summary.progress, Progress { sent: 150, size: 300, bytes_per_second: Some(10) });
        assert!(summary.is_under_way());
        assert!(!Summary::of([(State::Done, progress(100)), (State::NeedsFile, progress(0))]).is_under_way());
    }

    #[test]
    fn all_has_arrived_only_when_nothing_waits_or_failed() {
        let has_all = |states: &[State]| Summary::of(states.iter().cloned().zip([Progress::default(); 2])).has_all();
        assert!(has_all(&[State::Done, State::Done]));
        for other in [State::Finishing, State::Failed("No.".into()), State::NeedsFile] {
            assert!(!has_all(&[State::Done, other]));
        }
        assert!(!has_all(&[]));
    }
}
