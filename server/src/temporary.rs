//! The folder of temporary files: what arrives on its way into the object store, and what is put together to be sent.

use std::{
    env, fs, io,
    path::Path,
    time::{Duration, SystemTime},
};

/// What the names of temporary files begin with.
const PREFIX: &str = ".tmp";
/// Nothing is on its way for so long.
const LEFT_AFTER: Duration = Duration::from_secs(86_400);

/// Makes the folder that `TMPDIR` names. Within the data folder it outlives the process, so what killed ones have left
/// there is removed; anywhere else it is not ours alone.
///
/// # Errors
/// When the folder cannot be made or read.
pub fn make_folder(data_folder: &Path) -> io::Result<()> {
    let folder = env::temp_dir();
    let named = |error: io::Error| {
        let sentence = format!("cannot use the folder of temporary files {} (TMPDIR): {error}", folder.display());
        io::Error::new(error.kind(), sentence)
    };
    fs::create_dir_all(&folder).map_err(named)?;
    if !folder.starts_with(data_folder) {
        return Ok(());
    }
    let now = SystemTime::now();
    for entry in fs::read_dir(&folder).map_err(named)? {
        if let Err(error) = entry.and_then(|entry| remove_if_left(&entry, now)) {
            // Another process may have been first.
            tracing::warn!(cause = %error, "a temporary file that was left behind cannot be removed");
        }
    }
    Ok(())
}

fn remove_if_left(entry: &fs::DirEntry, now: SystemTime) -> io::Result<()> {
    let metadata = entry.metadata()?;
    let age = now.duration_since(metadata.modified()?).unwrap_or_default();
    let is_ours = entry.file_name().to_str().is_some_and(|name| name.starts_with(PREFIX));
    if !is_ours || age < LEFT_AFTER {
        return Ok(());
    }
    if metadata.is_dir() { fs::remove_dir_all(entry.path()) } else { fs::remove_file(entry.path()) }
}
