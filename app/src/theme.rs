//! Light, dark, or as the system says.

use serde::{Deserialize, Serialize};

/// How the pages are coloured in this browser.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// Paper.
    Light,
    /// Lamp light.
    Dark,
    /// What the system prefers.
    #[default]
    System,
}

impl Theme {
    /// Every theme, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Light, Self::Dark, Self::System];

    /// The name in the cookie and on the page's root element.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::System => "system",
        }
    }

    /// The theme of that name; any other text is no choice at all.
    #[must_use]
    pub fn from_name(name: &str) -> Self {
        Self::ALL.into_iter().find(|theme| theme.name() == name).unwrap_or_default()
    }

    /// The theme of the page as it stands.
    #[must_use]
    pub fn current() -> Self {
        #[cfg(feature = "ssr")]
        return crate::ssr::theme();
        #[cfg(not(feature = "ssr"))]
        return crate::browser::theme();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_name_follows_the_system() {
        for theme in Theme::ALL {
            assert_eq!(Theme::from_name(theme.name()), theme);
            assert_eq!(serde_json::to_value(theme).unwrap(), theme.name());
        }
        assert_eq!(Theme::from_name("\"><script>"), Theme::System);
    }
}
