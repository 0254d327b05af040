use serde::{Deserialize, Serialize};

/// What reading one document may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Pages that it may have, as counted here: see [`crate::Page`].
    pub pages: u32,
    /// Code points of all its pages together.
    pub characters: usize,
    /// Blocks of all its pages together.
    pub blocks: usize,
    /// Bytes that all its compressed parts together may become.
    pub inflated_bytes: u64,
    /// How deep elements of XML may stand in each other.
    pub nesting: u32,
    /// Seconds of computing.
    pub seconds: u32,
    /// Memory that a [`crate::worker`] process may take.
    pub memory_bytes: u64,
}

impl Default for Limits {
    /// Enough for a textbook of 2,000 dense pages.
    fn default() -> Self {
        Self {
            pages: 2000,
            characters: 20_000_000,
            blocks: 400_000,
            inflated_bytes: 400_000_000,
            nesting: 500,
            seconds: 120,
            memory_bytes: 1_500_000_000,
        }
    }
}
