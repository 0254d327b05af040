//! The design system: every page is made of these. Colours, type and spacing are tokens in `style/`.

pub mod avatar;
pub mod button;
pub mod confirmed_delete;
pub mod debounce;
pub mod dialog;
pub mod empty_state;
pub mod error_view;
mod escape;
pub mod field;
pub mod form;
pub mod icon;
pub mod lightbox;
pub mod list;
pub mod list_parts;
pub mod loaded;
pub mod menu;
pub mod notice;
pub mod page_frame;
pub mod page_title;
pub mod part;
pub mod progress;
pub mod refused_form;
pub mod search_form;
pub mod signed_out;
pub mod text_area;
pub mod thumbhash;
pub mod time;
pub mod toast;
pub mod touch;
pub mod zoom;

/// Every source file of this package but the tests in it, for the rules that the compiler cannot keep.
#[cfg(all(test, feature = "ssr"))]
#[expect(clippy::unwrap_used, reason = "a test without its sources must fail")]
fn sources() -> Vec<(String, String)> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (mut files, mut folders) = (Vec::new(), vec![root.clone()]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let text = std::fs::read_to_string(&path).unwrap();
                let code = text.split("#[cfg(all(test").next().unwrap_or_default().to_owned();
                files.push((path.strip_prefix(&root).unwrap().display().to_string(), code));
            }
        }
    }
    files
}
