//! The file, the camera, the time and the place.

use crate::{
    albums::model::{exif, words},
    ui::time::Moment,
};
use domain::albums::{Photo, Preview};
use leptos::prelude::*;

/// Rows of a name and what is known.
#[component]
pub fn Facts(
    /// The photo.
    photo: Photo,
) -> impl IntoView {
    let Photo { file, exif, added_by, created_at, preview, .. } = photo;
    let size = match (file.width, file.height) {
        (Some(width), Some(height)) => Some(words::dimensions(width, height)),
        _ => None,
    };
    let kind = match preview {
        Preview::None => format!("{}, no preview", words::kind(&file.content_type)),
        Preview::Ready | Preview::Processing => words::kind(&file.content_type),
    };
    let place = exif::spot(&exif).map(|spot| {
        view! {
            <div>
                <dt>"Place"</dt>
                <dd>
                    {spot.words} " " <a href=spot.map target="_blank" rel="noreferrer external">
                        "Open the map"
                        <span class="sr-only">" of OpenStreetMap in a new tab"</span>
                    </a>
                </dd>
            </div>
        }
    });
    view! {
        <dl class="photo-facts">
            {fact("Taken", exif::taken(&exif))} {fact("Camera", exif::camera(&exif))} {fact("Lens", exif.lens.clone())}
            {fact("Exposure", exif::exposure(&exif))} {place} {fact("File", Some(file.filename))}
            {fact("Type", Some(kind))} {fact("Size", Some(words::size(file.size)))} {fact("Dimensions", size)}
            {fact("Added by", Some(added_by.display_name))} <div>
                <dt>"Added"</dt>
                <dd>
                    <Moment at=created_at />
                </dd>
            </div>
        </dl>
    }
}

fn fact(name: &'static str, value: Option<String>) -> impl IntoView {
    value.map(|value| {
        view! {
            <div>
                <dt>{name}</dt>
                <dd dir="auto">{value}</dd>
            </div>
        }
    })
}
