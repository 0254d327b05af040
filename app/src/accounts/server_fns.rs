//! What the pages ask about people. Checks and permissions are the service's.

use crate::{error::Failure, json_text::JsonText, theme::Theme};
#[cfg(feature = "ssr")]
use domain::accounts::ProfileChange;
use domain::accounts::{Person, Profile};
use leptos::{prelude::*, server_fn::codec::GetUrl};
use uuid::Uuid;

#[cfg(feature = "ssr")]
use crate::ssr;

/// The viewer's own profile.
#[server(prefix = "/fn", endpoint = "accounts/profile", input = GetUrl, output = JsonText)]
pub async fn load_profile() -> Result<Profile, Failure> {
    let viewer = ssr::viewer()?;
    Ok(ssr::services()?.accounts.profile(&viewer).await?)
}

/// Changes the name that others see.
#[server(prefix = "/fn", endpoint = "accounts/update_profile", output = JsonText)]
pub async fn update_profile(
    /// The new name.
    display_name: String,
) -> Result<Profile, Failure> {
    let change = ProfileChange { display_name: Some(display_name), read_receipts: None };
    let profile = ssr::services()?.accounts.update_profile(&ssr::viewer()?, change).await?;
    ssr::after_form("/settings?done=profile");
    Ok(profile)
}

/// Gives the viewer a picture, or none.
#[server(prefix = "/fn", endpoint = "accounts/set_avatar", output = JsonText)]
pub async fn set_avatar(
    /// A complete upload of a picture; none takes the picture away.
    upload_id: Option<Uuid>,
) -> Result<Profile, Failure> {
    let profile = ssr::services()?.accounts.set_avatar(&ssr::viewer()?, upload_id).await?;
    ssr::after_form("/settings?done=picture");
    Ok(profile)
}

/// Whether others see how far the viewer has read.
#[server(prefix = "/fn", endpoint = "accounts/set_read_receipts", output = JsonText)]
pub async fn set_read_receipts(
    /// Whether they do.
    read_receipts: bool,
) -> Result<Profile, Failure> {
    let change = ProfileChange { display_name: None, read_receipts: Some(read_receipts) };
    let profile = ssr::services()?.accounts.update_profile(&ssr::viewer()?, change).await?;
    ssr::after_form("/settings?done=read_receipts");
    Ok(profile)
}

/// People whose name has every word of the query.
#[server(prefix = "/fn", endpoint = "accounts/search_people", input = GetUrl, output = JsonText)]
pub async fn search_people(
    /// Words of the name, or a whole email address.
    query: String,
) -> Result<Vec<Person>, Failure> {
    let viewer = ssr::viewer()?;
    Ok(ssr::services()?.accounts.search_people(&viewer, &query).await?)
}

/// Cancels the viewer's account.
#[server(prefix = "/fn", endpoint = "accounts/cancel_account", output = JsonText)]
pub async fn cancel_account(
    /// The word that confirms it.
    confirm: String,
) -> Result<(), Failure> {
    ssr::services()?.accounts.cancel(&ssr::viewer()?, &confirm).await?;
    ssr::clear_storage();
    ssr::after_form("/account-cancelled");
    Ok(())
}

/// Keeps the theme of this browser.
#[server(prefix = "/fn", endpoint = "accounts/set_theme", output = JsonText)]
pub async fn set_theme(
    /// The theme.
    theme: Theme,
) -> Result<(), Failure> {
    ssr::remember_theme(theme);
    ssr::after_form("/settings?done=theme");
    Ok(())
}
