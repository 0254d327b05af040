//! What requests that were cut, or uploads that nobody finished, have left in the folder.

use std::{
    fs, io,
    path::Path,
    time::{Duration, SystemTime},
};

/// An upload in parts that has not been touched for so long is forgotten by everybody.
const FORGOTTEN_AFTER: Duration = Duration::from_secs(7 * 86_400);

/// Removes parts and notes of old uploads. Half-written files are removed by the file system itself when it opens.
pub(crate) fn remove(folder: &Path, now: SystemTime) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let is_upload = name.to_str().is_some_and(|name| name.starts_with(".upload"));
        if is_upload && is_old(&entry, now)? {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

fn is_old(entry: &fs::DirEntry, now: SystemTime) -> io::Result<bool> {
    let metadata = entry.metadata()?;
    let age = now.duration_since(metadata.modified()?).unwrap_or_default();
    Ok(metadata.is_file() && age > FORGOTTEN_AFTER)
}
