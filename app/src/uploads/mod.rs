//! Files on their way from the browser into the object store, whatever they are for.
//!
//! [`Uploads`] is the queue, one for everything inside the frame, so it goes on while one goes from page to page. A page
//! hands files to it with [`Uploads::add`], says with [`Uploads::deliver`] what becomes of those that have arrived, and
//! shows [`Item`]s as it likes; [`panel::UploadPanel`] in the frame shows all others.
//!
//! Nothing of the work is in the main part of what the browser loads: the frame only makes an empty queue. Who calls
//! [`Uploads::add`] brings the rest along.

pub mod icons;
mod left_over;
pub mod model;
pub mod panel;
pub mod picker;
pub mod picture_form;
pub mod queue;
pub mod rows;
pub mod server_fns;

pub use queue::{Delivery, Item, NewFile, Uploads};
