//! The profile: what others see, and what only the person sees.

use super::{
    Me,
    server_fns::{UpdateProfile, set_avatar},
};
use crate::ui::{
    avatar::Avatar,
    button::SubmitButton,
    field::Field,
    form::{FormFailure, failure_of, field_error},
    refused_form::written,
    toast::Toasts,
};
use crate::uploads::{
    Delivery,
    model::UploadTarget,
    picture_form::{PictureForm, SetPicture},
};
use domain::accounts::Profile;
use leptos::{form::ActionForm, prelude::*};
use std::sync::Arc;

/// Shows the profile and changes the display name.
#[component]
pub fn ProfileForm(
    /// As it is now.
    profile: Profile,
) -> impl IntoView {
    let update = ServerAction::<UpdateProfile>::new();
    let failure = failure_of(update);
    let me = expect_context::<Me>().0;
    let toasts = Toasts::of_app();
    Effect::new(move || {
        if update.value().with(|value| matches!(value, Some(Ok(_)))) {
            me.refetch();
            if let Some(toasts) = toasts {
                toasts.say("Your display name is saved.");
            }
        }
    });
    let has_picture = profile.avatar_url.is_some();
    let set: SetPicture = Arc::new(move |upload_id| {
        let kept: Delivery = Box::pin(async move {
            set_avatar(upload_id).await?;
            me.refetch();
            Ok(())
        });
        kept
    });
    let full_name = format!("{} {}", profile.given_name, profile.family_name);
    let display_name = written::<UpdateProfile>("display_name", profile.display_name.clone());
    view! {
        <div class="profile-head">
            <Avatar sub=profile.sub.into() name=profile.display_name.clone() picture=profile.avatar_url />
            <dl class="facts">
                <div>
                    <dt>"Name"</dt>
                    <dd>
                        <span dir="auto">{full_name}</span>
                    </dd>
                </div>
                <div>
                    <dt>"Email"</dt>
                    <dd>{profile.email}</dd>
                </div>
            </dl>
        </div>
        <PictureForm target=UploadTarget::ProfilePicture has_picture set />
        <p class="quiet">
            "Name and email come from your sign-in and cannot be changed here. Others see your email only if they type it in full."
        </p>
        <ActionForm action=update>
            <FormFailure failure fields=&["display_name"] />
            <Field
                label="Display name"
                name="display_name"
                value=display_name
                hint="The name that others see, up to 100 characters."
                autocomplete="name"
                required=true
                error=field_error(failure, "display_name")
            />
            <SubmitButton busy=update.pending()>"Save display name"</SubmitButton>
        </ActionForm>
    }
}
