//! One reader for each format.

pub(crate) mod docx;
pub(crate) mod epub;
pub(crate) mod html;
pub(crate) mod markdown;
pub(crate) mod pptx;
pub(crate) mod text;
