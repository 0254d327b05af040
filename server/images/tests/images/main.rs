//! Pictures as people and attackers send them. `exiftool` is the independent witness.

mod exiftool;
mod hostile;
mod inspection;
mod rendering;
mod samples;
mod stripping;
