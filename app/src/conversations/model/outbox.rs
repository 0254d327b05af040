//! Messages on their way: how they are kept, in which order they go, and what a failure means for them.

use domain::{ErrorCode, conversations::Message};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A message that the server has not confirmed yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    /// Its place among all that wait: what was written later has a greater one.
    pub order: i64,
    /// Names it at the sender, on every attempt the same.
    pub client_id: String,
    /// Where it goes.
    pub conversation_id: i64,
    /// What was written.
    pub content: String,
    /// The message that it answers.
    pub reply_to: Option<i64>,
    /// The file that goes with it.
    pub file: Option<OutgoingFile>,
    /// How far it is.
    pub state: SendState,
}

/// A file that goes with a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutgoingFile {
    /// Its name.
    pub name: String,
    /// What the browser takes it for.
    pub content_type: String,
    /// In bytes.
    pub size: u64,
    /// The upload, once it is complete: only then the message can go.
    pub upload_id: Option<Uuid>,
}

/// How far a message on its way is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SendState {
    /// It is its turn now or soon.
    Sending,
    /// The server cannot be reached; it goes by itself later.
    Waiting,
    /// The server has answered that it cannot take it now; it goes by itself later.
    Retrying,
    /// The server refused it, for this reason. It goes again only when asked to.
    Failed(String),
}

/// What to do after an attempt that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Try again later: the same attempt may succeed then.
    Wait,
    /// Give up: the same attempt would fail again.
    Refused,
}

impl Outgoing {
    /// As it is kept in the browser.
    #[must_use]
    pub fn to_stored(&self) -> String {
        let failed = match &self.state {
            SendState::Failed(sentence) => Some(sentence),
            SendState::Sending | SendState::Waiting | SendState::Retrying => None,
        };
        serde_json::to_string(&(self.conversation_id, &self.content, self.reply_to, failed, &self.file))
            .unwrap_or_default()
    }

    /// Reads what [`Outgoing::to_stored`] and [`Outgoing::key`] have written.
    #[must_use]
    pub fn from_stored(key: &str, stored: &str) -> Option<Self> {
        let (order, client_id) = key.split_once('.')?;
        let (conversation_id, content, reply_to, failed, file): (_, _, _, Option<String>, _) =
            serde_json::from_str(stored).ok()?;
        let state = failed.map_or(SendState::Sending, SendState::Failed);
        Some(Self {
            order: order.parse().ok()?,
            client_id: client_id.to_owned(),
            conversation_id,
            content,
            reply_to,
            file,
            state,
        })
    }

    /// Whether it can go: its file, if it has one, has arrived.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.file.as_ref().is_none_or(|file| file.upload_id.is_some())
    }

    /// Under which name it is kept.
    #[must_use]
    pub fn key(&self) -> String {
        format!("{:016}.{}", self.order, self.client_id)
    }

    /// Whether the server has it, as this message.
    #[must_use]
    pub fn is(&self, message: &Message) -> bool {
        message.conversation_id == self.conversation_id && message.client_id.as_deref() == Some(&self.client_id)
    }
}

/// The place of a new message. Greater than all others also when the clock was put back.
#[must_use]
pub fn next_order(outbox: &[Outgoing], now_millis: i64) -> i64 {
    outbox.iter().map(|outgoing| outgoing.order + 1).fold(now_millis, i64::max)
}

/// Whose turn it is: the oldest that can go and was not refused, unless an older one of the same conversation still has
/// its file on its way; `is_under_way` knows those.
#[must_use]
pub fn next_to_send(outbox: &[Outgoing], is_under_way: impl Fn(&Outgoing) -> bool) -> Option<&Outgoing> {
    let waiting = || outbox.iter().filter(|outgoing| !matches!(outgoing.state, SendState::Failed(_)));
    let goes_before = |one: &Outgoing, other: &Outgoing| {
        one.conversation_id == other.conversation_id && one.order < other.order && !one.is_ready() && is_under_way(one)
    };
    let may_go = |outgoing: &&Outgoing| outgoing.is_ready() && !waiting().any(|other| goes_before(other, outgoing));
    waiting().filter(may_go).min_by_key(|outgoing| outgoing.order)
}

/// What was refused and stands in no conversation that the viewer has: `is_mine` knows those.
#[must_use]
pub fn stranded(outbox: &[Outgoing], is_mine: impl Fn(i64) -> bool) -> Vec<Outgoing> {
    let is_stranded =
        |outgoing: &&Outgoing| matches!(outgoing.state, SendState::Failed(_)) && !is_mine(outgoing.conversation_id);
    outbox.iter().filter(is_stranded).cloned().collect()
}

/// What a failed attempt means.
#[must_use]
pub fn verdict(code: ErrorCode) -> Verdict {
    // Without a session nothing can be sent now, but after the next sign-in it can.
    let may_pass = matches!(code.status(), 401 | 429) || code.status() >= 500;
    if may_pass { Verdict::Wait } else { Verdict::Refused }
}

/// Milliseconds to wait after so many failed attempts in a row: from one second to half a minute.
#[must_use]
pub fn wait_millis(failed_attempts: u32) -> u32 {
    1_000_u32.saturating_mul(1 << failed_attempts.saturating_sub(1).min(5)).min(30_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outgoing(order: i64, state: SendState) -> Outgoing {
        let client_id = format!("c{order}");
        Outgoing {
            order,
            client_id,
            conversation_id: 4,
            content: "Hi \"you\" \u{1f989}\n".into(),
            reply_to: Some(3),
            file: None,
            state,
        }
    }

    fn with_file(order: i64, upload_id: Option<Uuid>) -> Outgoing {
        let (name, content_type) = ("a.png".to_owned(), "image/png".to_owned());
        let file = Some(OutgoingFile { name, content_type, size: 3, upload_id });
        Outgoing { file, ..outgoing(order, SendState::Sending) }
    }

    #[test]
    fn a_message_waits_for_its_file_and_later_ones_for_it() {
        let outbox = [with_file(1, None), outgoing(2, SendState::Sending)];
        assert_eq!(next_to_send(&outbox, |_| true), None);
        assert_eq!(next_to_send(&outbox, |_| false).map(|next| next.order), Some(2), "its file has failed");
        let elsewhere = Outgoing { conversation_id: 5, ..outgoing(3, SendState::Sending) };
        assert_eq!(next_to_send(&[outbox[0].clone(), elsewhere], |_| true).map(|next| next.order), Some(3));
        let arrived = [with_file(1, Some(Uuid::nil())), outbox[1].clone()];
        assert_eq!(next_to_send(&arrived, |_| true).map(|next| next.order), Some(1));
        let kept = with_file(17, Some(Uuid::nil()));
        assert_eq!(Outgoing::from_stored(&kept.key(), &kept.to_stored()), Some(kept));
    }

    #[test]
    fn what_is_kept_is_read_again() {
        for state in [SendState::Sending, SendState::Failed("Too long.".into())] {
            let kept = outgoing(17, state);
            assert_eq!(Outgoing::from_stored(&kept.key(), &kept.to_stored()), Some(kept));
        }
        for state in [SendState::Waiting, SendState::Retrying] {
            let waiting = outgoing(17, state);
            let read = Outgoing::from_stored(&waiting.key(), &waiting.to_stored()).unwrap();
            assert_eq!(read.state, SendState::Sending, "a reload begins a new attempt");
        }
    }

    #[test]
    fn what_others_have_kept_there_is_no_message() {
        for (key, stored) in [("", "[]"), ("1.c", "null"), ("x.c", "[1,\"a\",null,null,null]"), ("1", "[1]")] {
            assert_eq!(Outgoing::from_stored(key, stored), None, "{key} {stored}");
        }
    }

    #[test]
    fn names_sort_as_the_messages_were_written() {
        assert!(outgoing(9, SendState::Sending).key() < outgoing(10, SendState::Sending).key());
    }

    #[test]
    fn a_clock_that_is_put_back_changes_no_order() {
        let outbox = [outgoing(1_000, SendState::Sending)];
        assert_eq!(next_order(&outbox, 10), 1_001);
        assert_eq!(next_order(&outbox, 2_000), 2_000);
    }

    #[test]
    fn the_oldest_goes_first_and_a_refused_one_holds_up_nobody() {
        let refused = outgoing(1, SendState::Failed("No.".into()));
        let outbox = [outgoing(3, SendState::Sending), refused.clone(), outgoing(2, SendState::Waiting)];
        assert_eq!(next_to_send(&outbox, |_| true).map(|next| next.order), Some(2));
        assert_eq!(next_to_send(&[refused], |_| true), None);
    }

    #[test]
    fn what_was_refused_is_stranded_where_its_conversation_is_gone() {
        let refused = outgoing(1, SendState::Failed("You are not in this conversation.".into()));
        let shown = Outgoing { conversation_id: 5, ..refused.clone() };
        let outbox = [refused.clone(), shown, outgoing(2, SendState::Waiting)];
        assert_eq!(stranded(&outbox, |id| id == 5), [refused]);
        assert_eq!(stranded(&outbox, |_| true), []);
    }

    #[test]
    fn only_what_would_fail_again_is_given_up() {
        for code in [ErrorCode::Offline, ErrorCode::Unavailable, ErrorCode::Internal, ErrorCode::TooManyRequests] {
            assert_eq!(verdict(code), Verdict::Wait, "{code:?}");
        }
        assert_eq!(verdict(ErrorCode::Unauthorized), Verdict::Wait);
        for code in [ErrorCode::ValidationFailed, ErrorCode::Forbidden, ErrorCode::NotFound] {
            assert_eq!(verdict(code), Verdict::Refused, "{code:?}");
        }
    }

    #[test]
    fn waiting_grows_to_half_a_minute() {
        assert_eq!([1, 2, 3, 6, 99].map(wait_millis), [1_000, 2_000, 4_000, 30_000, 30_000]);
    }
}
