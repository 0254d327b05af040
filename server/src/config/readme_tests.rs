//! The README's table has every setting and nothing else, and what the container set-up names exists.

use super::Config;
use std::{cell::RefCell, collections::BTreeSet};

const README: &str = include_str!("../../../README.md");
const CONTAINER_FILES: [&str; 2] = [include_str!("../../../compose.yaml"), include_str!("../../../.env.example")];

/// Read by others than this configuration: the standard library, the AWS SDK and Leptos.
const READ_ELSEWHERE: [&str; 8] = [
    "TMPDIR",
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_PROFILE",
    "LEPTOS_SITE_ROOT",
    "LEPTOS_SITE_PKG_DIR",
    "LEPTOS_HASH_FILES",
];

/// One choice leads to settings that another leaves alone; between them these lead to all.
const CHOICES: [&[(&str, &str)]; 3] = [
    &[],
    &[
        ("LYCEUM_IDENTITY_ISSUER", "https://issuer.example"),
        ("LYCEUM_DATABASE_HOST", "database.example"),
        ("LYCEUM_OBJECTS_ENDPOINT", "aws"),
        ("LYCEUM_TEXT_PROVIDER", "openai"),
    ],
    &[("LYCEUM_TEXT_PROVIDER", "bedrock")],
];

#[test]
fn the_readme_has_every_setting_and_no_other() {
    let known: BTreeSet<String> = asked_for().into_iter().chain(READ_ELSEWHERE.map(str::to_owned)).collect();
    let documented = documented();
    let differing: Vec<&String> = known.symmetric_difference(&documented).collect();
    assert_eq!(differing, Vec::<&String>::new());
}

#[test]
fn the_container_files_name_no_setting_that_does_not_exist() {
    let known = asked_for();
    for file in CONTAINER_FILES {
        let words = file.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        let unknown: Vec<&str> = words.filter(|word| word.starts_with("LYCEUM_") && !known.contains(*word)).collect();
        assert_eq!(unknown, Vec::<&str>::new());
    }
}

/// Every variable that the configuration looks at.
fn asked_for() -> BTreeSet<String> {
    let names = RefCell::new(BTreeSet::new());
    for choice in CHOICES {
        let lookup = |name: &str| {
            names.borrow_mut().insert(name.to_owned());
            choice.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
        };
        // What is missing then is not the point.
        Config::read(&lookup).ok();
    }
    names.into_inner()
}

/// The first column of the table of settings.
fn documented() -> BTreeSet<String> {
    let settings = README.split("\nEnvironment variables;").nth(1).unwrap().split("\n## ").next().unwrap();
    settings.lines().filter_map(|line| line.split('|').nth(1)).flat_map(variables).collect()
}

/// The names in backticks; `_PORT` after `LYCEUM_DATABASE_HOST` means `LYCEUM_DATABASE_PORT`.
fn variables(cell: &str) -> Vec<String> {
    let written: Vec<&str> = cell.split('`').skip(1).step_by(2).collect();
    let beginning = written.first().and_then(|first| first.rsplit_once('_')).map_or("", |(beginning, _)| beginning);
    let whole = |name: &&str| if name.starts_with('_') { format!("{beginning}{name}") } else { (*name).to_owned() };
    written.iter().map(whole).collect()
}
