//! Where a statement comes from. One type for the whole product: notes, questions and answers carry it, and whatever
//! shows a source opens it at the cited place.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A place in a source, with the words that stand there.
///
/// Offsets are code points of the text they point into, `start` included and `end` not; the text between them is
/// `quote`, letter for letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "source", rename_all = "snake_case")]
pub enum Citation {
    /// A passage on a page of a document.
    Document {
        /// Which document.
        document_id: Uuid,
        /// 1 for the first.
        page: u32,
        /// Where the passage begins on that page.
        start: u32,
        /// Where it ends.
        end: u32,
        /// The passage.
        quote: String,
    },
    /// A passage of text that was pasted.
    Text {
        /// Where the passage begins.
        start: u32,
        /// Where it ends.
        end: u32,
        /// The passage.
        quote: String,
    },
    /// A stretch of a recording.
    Audio {
        /// Which recording.
        audio_id: Uuid,
        /// In milliseconds from its beginning.
        start_ms: u64,
        /// In milliseconds from its beginning.
        end_ms: u64,
        /// What is said there.
        quote: String,
    },
    /// A region of a photo.
    Photo {
        /// Which photo.
        photo_id: Uuid,
        /// Left edge, top edge, width and height in thousandths of the photo's.
        region: [u16; 4],
    },
    /// A message of a conversation.
    Message {
        /// Which conversation.
        conversation_id: i64,
        /// Which message.
        message_id: i64,
        /// What it says.
        quote: String,
    },
}

impl Citation {
    /// The words that stand at the place.
    #[must_use]
    pub fn quote(&self) -> &str {
        match self {
            Self::Document { quote, .. }
            | Self::Text { quote, .. }
            | Self::Audio { quote, .. }
            | Self::Message { quote, .. } => quote,
            Self::Photo { .. } => "",
        }
    }

    /// Whether `text`, the page or text that is pointed into, has the quoted words at the cited place.
    #[must_use]
    pub fn stands_in(&self, text: &str) -> bool {
        match self {
            Self::Document { start, end, quote, .. } | Self::Text { start, end, quote } => {
                passage(text, *start, *end).is_some_and(|found| found == quote)
            }
            Self::Audio { .. } | Self::Photo { .. } | Self::Message { .. } => false,
        }
    }
}

/// The part of `text` between two offsets in code points; none where they do not lie in it or nothing is between them.
#[must_use]
pub fn passage(text: &str, start: u32, end: u32) -> Option<&str> {
    if start >= end {
        return None;
    }
    let mut offsets = text.char_indices().map(|(byte, _)| byte).chain([text.len()]);
    let from = offsets.nth(usize::try_from(start).ok()?)?;
    let to = offsets.nth(usize::try_from(end - start - 1).ok()?)?;
    text.get(from..to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_is_counted_in_code_points() {
        assert_eq!(passage("żółw 🐢 śpi", 5, 6), Some("🐢"));
        assert_eq!(passage("żółw", 0, 4), Some("żółw"));
        for (start, end) in [(0, 5), (4, 5), (2, 2), (3, 1), (u32::MAX - 1, u32::MAX)] {
            assert_eq!(passage("żółw", start, end), None, "{start}–{end}");
        }
    }

    #[test]
    fn a_citation_holds_only_where_its_words_stand() {
        let cited = |quote: &str| Citation::Document {
            document_id: Uuid::nil(),
            page: 1,
            start: 4,
            end: 8,
            quote: quote.into(),
        };
        assert!(cited("cell").stands_in("The cell divides."));
        assert!(!cited("Cell").stands_in("The cell divides."));
        assert!(!cited("cell").stands_in("The"));
        assert_eq!(serde_json::to_value(cited("cell")).unwrap()["source"], "document");
    }
}
