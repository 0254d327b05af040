//! Another reader and writer of metadata, written by others.

use serde_json::{Map, Value};
use std::{
    fs,
    path::PathBuf,
    process::Command,
    sync::atomic::{AtomicU32, Ordering},
};

static FILES: AtomicU32 = AtomicU32::new(0);

struct File(PathBuf);

impl File {
    fn new(bytes: &[u8]) -> Self {
        let number = FILES.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("lyceum-picture-{}-{number}", std::process::id()));
        fs::write(&path, bytes).unwrap();
        Self(path)
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

fn run(arguments: &[&str], file: &File) -> Vec<u8> {
    let output = Command::new("exiftool")
        .args(arguments)
        .arg(&file.0)
        .output()
        .expect("exiftool is missing: run `scripts/setup test`");
    assert!(output.status.success(), "exiftool: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// Every field, by its group and name: `GPS:GPSLatitude`.
pub(crate) fn fields(bytes: &[u8]) -> Map<String, Value> {
    let answer = run(&["-json", "-G1", "-s", "-a", "-u", "-ee"], &File::new(bytes));
    let Value::Array(mut files) = serde_json::from_slice(&answer).unwrap() else { panic!("not a list") };
    let Some(Value::Object(fields)) = files.pop() else { panic!("no file") };
    fields
}

/// The same with plain numbers.
pub(crate) fn numbers(bytes: &[u8]) -> Map<String, Value> {
    let answer = run(&["-json", "-G1", "-s", "-n"], &File::new(bytes));
    let Value::Array(mut files) = serde_json::from_slice(&answer).unwrap() else { panic!("not a list") };
    let Some(Value::Object(fields)) = files.pop() else { panic!("no file") };
    fields
}

pub(crate) fn with_fields(bytes: &[u8], assignments: &[&str]) -> Vec<u8> {
    let file = File::new(bytes);
    run(&[&["-q", "-overwrite_original"], assignments].concat(), &file);
    fs::read(&file.0).unwrap()
}

/// What no cleaned picture may have: fields of groups that describe instead of show.
pub(crate) fn private(bytes: &[u8]) -> Vec<String> {
    let shown = ["SourceFile", "IFD0:Orientation", "File:Comment"];
    fields(bytes)
        .into_iter()
        .map(|(name, value)| format!("{name} = {value}"))
        .filter(|field| {
            let name = field.split(' ').next().unwrap_or_default();
            let group = name.split(':').next().unwrap_or_default();
            let technical = matches!(
                group,
                "ExifTool" | "System" | "File" | "JFIF" | "PNG" | "GIF" | "RIFF" | "QuickTime" | "Meta" | "Composite"
            ) || group.starts_with("ICC")
                || group == "Adobe"
                || group.starts_with("PNG-");
            let tells =
                ["Comment", "Warning", "Error", "GPS", "Date", "Trailer", "XMP"].iter().any(|word| name.contains(word))
                    && group != "System"
                    && !group.starts_with("ICC");
            name == "File:Comment" || (!technical || tells) && !shown.contains(&name)
        })
        .collect()
}
