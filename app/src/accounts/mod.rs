//! People: settings, finding one another, leaving.

pub mod cancel_page;
pub mod cancelled_page;
pub mod model;
pub mod people_page;
pub mod privacy_form;
pub mod profile_form;
pub mod server_fns;
pub mod settings_page;
pub mod theme_form;

pub use cancel_page::CancelAccountPage;
pub use cancelled_page::CancelledPage;
pub use people_page::PeoplePage;
pub use settings_page::SettingsPage;

use crate::error::Failure;
use domain::accounts::Profile;
use leptos::prelude::*;

/// The signed-in person's own profile, loaded once for the frame and every page in it.
#[derive(Clone, Copy)]
pub struct Me(pub Resource<Result<Profile, Failure>>);
