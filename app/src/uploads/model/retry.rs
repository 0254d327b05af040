//! What a failure means for an upload.

use crate::browser::PutFailure;
use domain::ErrorCode;

/// So many attempts in a row that fail for no reason of the network are enough.
pub const ATTEMPTS_MAX: u32 = 6;

/// What to do after an attempt that failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Ask how far it has come and go on, after a while.
    Again {
        /// The while.
        millis: u32,
    },
    /// The upload is gone: begin a new one.
    Anew,
    /// It has failed so often that it rests until somebody asks, or until the next visit.
    GivenUp,
    /// The same would fail again.
    Refused,
}

/// After a question to the server failed.
#[must_use]
pub fn after_question(code: ErrorCode, asked_seconds: Option<u64>, attempts: u32) -> Verdict {
    if let Some(seconds) = asked_seconds.and_then(|seconds| u32::try_from(seconds).ok()) {
        return Verdict::Again { millis: seconds.saturating_mul(1_000) };
    }
    match code {
        ErrorCode::NotFound => Verdict::Anew,
        ErrorCode::Conflict => bounded(attempts),
        // Without a session nothing can be sent now, but after the next sign-in it can.
        _ if matches!(code.status(), 401 | 429) || code.status() >= 500 => Verdict::Again { millis: wait(attempts) },
        _ => Verdict::Refused,
    }
}

/// Whether a refusal is about what is sent: its size, its kind or what is in it.
#[must_use]
pub const fn refuses_file(code: ErrorCode) -> bool {
    matches!(code.status(), 413 | 415 | 422)
}

/// After the store has not taken the bytes.
#[must_use]
pub fn after_put(failure: PutFailure, attempts: u32) -> Verdict {
    match failure {
        // No limit: the connection comes back when it does.
        PutFailure::Network => Verdict::Again { millis: wait(attempts) },
        PutFailure::Unreadable => Verdict::Refused,
        // The signature has run out, or the parts are gone: the next attempt asks.
        PutFailure::Status(403 | 404) => bounded(attempts),
        PutFailure::Status(408 | 429 | 500..) => bounded(attempts),
        PutFailure::Status(_) => Verdict::Refused,
    }
}

fn bounded(attempts: u32) -> Verdict {
    if attempts >= ATTEMPTS_MAX { Verdict::GivenUp } else { Verdict::Again { millis: wait(attempts) } }
}

/// Milliseconds to wait before the attempt after so many: from half a second to half a minute.
#[must_use]
pub fn wait(attempts: u32) -> u32 {
    500_u32.saturating_mul(1 << attempts.min(6)).min(30_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_pass_is_tried_again_and_a_refusal_is_not() {
        let again = |verdict: &Verdict| matches!(verdict, Verdict::Again { .. });
        for code in [ErrorCode::Offline, ErrorCode::Unavailable, ErrorCode::Internal, ErrorCode::Unauthorized] {
            assert!(again(&after_question(code, None, 99)), "{code:?}");
        }
        for code in [ErrorCode::ValidationFailed, ErrorCode::PayloadTooLarge, ErrorCode::UnsupportedMediaType] {
            assert_eq!(after_question(code, None, 0), Verdict::Refused, "{code:?}");
            assert!(refuses_file(code), "{code:?}");
        }
        assert_eq!(after_question(ErrorCode::Forbidden, None, 0), Verdict::Refused);
        assert!(!refuses_file(ErrorCode::Forbidden), "it is not the file that is wrong");
        assert_eq!(after_question(ErrorCode::NotFound, None, 0), Verdict::Anew);
        assert_eq!(after_question(ErrorCode::TooManyRequests, Some(7), 0), Verdict::Again { millis: 7_000 });
    }

    #[test]
    fn a_cut_network_is_waited_for_and_a_store_that_refuses_is_not() {
        assert_eq!(after_put(PutFailure::Network, 99), Verdict::Again { millis: 30_000 });
        assert_eq!(after_put(PutFailure::Status(400), 0), Verdict::Refused);
        assert_eq!(after_put(PutFailure::Status(403), 0), Verdict::Again { millis: 500 });
        assert_eq!(after_put(PutFailure::Status(503), ATTEMPTS_MAX), Verdict::GivenUp);
        assert_eq!(after_put(PutFailure::Unreadable, 0), Verdict::Refused);
    }

    #[test]
    fn waiting_grows_to_half_a_minute() {
        assert_eq!([0, 1, 5, 6, 99].map(wait), [500, 1_000, 16_000, 30_000, 30_000]);
    }
}
