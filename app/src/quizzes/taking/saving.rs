//! Whether the answers are kept.

/// How it stands with keeping the answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Saving {
    /// Nothing has been answered in this visit.
    #[default]
    Nothing,
    /// The server has everything.
    Saved,
    /// They are on their way.
    UnderWay,
    /// The server cannot be reached.
    Waiting,
    /// The server does not take them, for this reason.
    Refused(String),
}

impl Saving {
    /// In words.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Saved => "All answers saved".to_owned(),
            Self::UnderWay => "Saving …".to_owned(),
            Self::Waiting => "No connection: your answers are kept in this browser and sent later".to_owned(),
            Self::Refused(reason) => format!("Not saved: {reason} Your answers are kept in this browser."),
        }
    }
}
