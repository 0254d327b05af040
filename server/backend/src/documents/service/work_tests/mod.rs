//! What becomes of a document when its reader dies, fails or hurries, and what is kept of notes.

mod events;
mod jobs;
mod notes;
mod reading;
mod world;
