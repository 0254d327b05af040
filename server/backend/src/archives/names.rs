//! Names of files in an archive: whoever unpacks it can make them, each once.

use crate::accounts::folding::fold;
use std::collections::HashMap;

/// Longest name of a file or folder, in bytes: file systems take 255, and a number may be added.
const NAME_BYTES: usize = 200;
/// Names that Windows keeps for itself, whatever their extension.
const RESERVED: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1", "lpt2",
    "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// The names that are taken, and with which number to go on.
#[derive(Debug, Default)]
pub(crate) struct Names(HashMap<String, u32>);

impl Names {
    /// The path, with a number before its extension when it is taken. Its steps must be names.
    pub(crate) fn free(&mut self, path: &str) -> String {
        let mut candidate = path.to_owned();
        while self.0.contains_key(&fold(&candidate)) {
            let number = self.0.entry(fold(path)).or_insert(1);
            *number += 1;
            let (stem, extension) = split(path);
            candidate = format!("{stem} ({number}){extension}");
        }
        self.0.insert(fold(&candidate), 1);
        candidate
    }
}

/// One step of a path, made of what somebody called a thing; `instead` when nothing is left of it.
pub(crate) fn name(text: &str, instead: &str) -> String {
    let shown: String = text.chars().map(|letter| if is_taken(letter) { '_' } else { letter }).collect();
    let (stem, extension) = split(shown.trim());
    let extension = shortened(extension, NAME_BYTES / 4);
    let stem = shortened(stem, NAME_BYTES - extension.len()).trim_end_matches(['.', ' ']);
    let stem = if stem.trim_matches(['.', '_', ' ']).is_empty() { instead } else { stem };
    let is_reserved = RESERVED.contains(&stem.to_ascii_lowercase().as_str());
    let name = format!("{}{stem}{extension}", if is_reserved { "_" } else { "" });
    name.trim_end_matches(['.', ' ']).to_owned()
}

/// What no path or another system's path may have.
fn is_taken(letter: char) -> bool {
    letter.is_control() || matches!(letter, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|')
}

/// Before the extension, and the extension with its dot.
fn split(name: &str) -> (&str, &str) {
    let start = name.rfind('/').map_or(0, |at| at + 1);
    match name.rfind('.') {
        Some(at) if at > start => name.split_at(at),
        _ => (name, ""),
    }
}

fn shortened(text: &str, bytes: usize) -> &str {
    let mut end = text.len().min(bytes);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_path_is_there_once_whatever_a_file_system_takes_for_the_same() {
        let mut names = Names::default();
        let given = ["a/b.jpg", "a/B.JPG", "a/b.jpg", "a/b (2).jpg", "a.b/c", "a.b/c"].map(|path| names.free(path));
        assert_eq!(given, ["a/b.jpg", "a/B (2).JPG", "a/b (3).jpg", "a/b (2) (2).jpg", "a.b/c", "a.b/c (2)"]);
    }

    #[test]
    fn a_name_is_one_step_that_every_file_system_takes() {
        for (text, taken) in [
            ("../../etc/passwd", ".._.._etc_passwd"),
            ("żółw 🐢.png", "żółw 🐢.png"),
            ("what?.jpg ", "what_.jpg"),
            ("NUL.txt", "_NUL.txt"),
            ("...", "album"),
            ("", "album"),
            ("end. . ", "end"),
        ] {
            assert_eq!(name(text, "album"), taken);
        }
        let long = name(&format!("{}.jpeg", "ż".repeat(255)), "album");
        assert!(long.len() <= NAME_BYTES && long.ends_with("ż.jpeg"), "{long}");
    }
}
