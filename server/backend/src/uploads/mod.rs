//! Files: how they get into the object store, what is checked before they can be used, and who may fetch them.
//!
//! Other features take a completed upload with [`service::UploadService::take`], show it with [`store::files`], and let
//! it go with [`service::UploadService::remove`].

pub(crate) mod disposition;
pub(crate) mod form;
pub(crate) mod kind;
mod pictures;
pub(crate) mod rest;
pub(crate) mod schemas;
pub(crate) mod service;
pub(crate) mod store;
pub(crate) mod work;
