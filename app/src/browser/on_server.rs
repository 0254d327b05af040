//! The same names as in the browser, without effect.

use crate::theme::Theme;
use domain::Timestamp;

/// The theme that the page shows.
#[must_use]
pub fn theme() -> Theme {
    Theme::System
}

/// Shows the page in another theme.
pub fn show_theme(_: Theme) {}

/// Leaves for another address with a full load of the page.
pub fn leave_for(_: &str) {}

/// The address of the page with its query.
#[must_use]
pub fn current_path() -> String {
    "/".into()
}

/// The moment in the person's own time zone and format.
#[must_use]
pub fn local_time(_: Timestamp) -> Option<String> {
    None
}

/// Makes the offline page available.
pub fn register_service_worker() {}

/// Marks the page as taken over: from now on buttons answer at once.
pub fn mark_as_hydrated() {}
