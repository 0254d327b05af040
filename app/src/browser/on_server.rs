//! The same names as in the browser, without effect.

use super::{FileIdentity, News, Permission, PutFailure, View};
use crate::theme::Theme;
use domain::Timestamp;
use leptos::{
    ev::ClipboardEvent,
    web_sys::{Element, HtmlElement, HtmlImageElement, HtmlInputElement},
};
use std::{collections::BTreeMap, ops::Range};

pub use domain::folding::plain;

/// The theme that the page shows.
#[must_use]
pub fn theme() -> Theme {
    Theme::System
}

/// Shows the page in another theme.
pub fn show_theme(_: Theme) {}

/// Leaves for another address with a full load of the page.
pub fn leave_for(_: &str) {}

/// Leaves for the sign-in, which comes back to this page. What is written in its forms is kept until then.
pub const fn leave_for_sign_in() {}

/// Puts back what this person had written when their session ended, as soon as the fields are there; says when it has.
/// Forgets what others had written.
pub fn bring_back_written(_person: &str, _done: impl Fn() + 'static) {}

/// Forgets what others had written than who was last signed in here. Nobody was, after signing out.
pub const fn forget_written_by_others() {}

/// The address of the page with its query.
#[must_use]
pub fn current_path() -> String {
    "/".into()
}

/// The moment in the person's own time zone and format.
#[must_use]
pub fn local_time(_: Timestamp) -> Option<String> {
    None
}

/// Makes the offline page available.
pub fn register_service_worker() {}

/// Marks the page as taken over: from now on buttons answer at once.
pub fn mark_as_hydrated() {}

/// Whether the page was taken over.
#[must_use]
pub const fn is_hydrated() -> bool {
    false
}

/// Opens the event stream of a person after a cursor, or goes on with the one that is open. All tabs share one.
pub fn open_events(_person: &str, _after: i64, _on_news: impl Fn(News) + 'static) {}

/// Closes this tab's part of the event stream.
pub fn close_events() {}

/// Whether it is this tab that has the connection.
#[must_use]
pub fn leads_events() -> bool {
    false
}

/// Loads the page anew.
pub fn reload() {}

/// Runs something in a while.
#[must_use]
pub fn after(_millis: u32, _run: impl FnOnce() + 'static) -> Timer {
    Timer
}

/// Something that runs in a while, unless it is cancelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timer;

impl Timer {
    /// Makes it not run.
    pub fn cancel(self) {}
}

/// Starts a task of the page. It goes on when the component that started it is gone.
pub fn spawn(_task: impl Future<Output = ()> + 'static) {}

/// Calls back on an event of the window (`online`, `offline`, `focus`, `storage` …) until the owner is cleaned up.
pub fn on_window(_event: &'static str, _callback: impl Fn() + 'static) {}

/// Calls back when the page is shown or hidden, until the owner is cleaned up.
pub fn on_visibility(_callback: impl Fn() + 'static) {}

/// Whether the person can see the page.
#[must_use]
pub fn is_visible() -> bool {
    true
}

/// Whether the browser believes to have a network.
#[must_use]
pub fn is_online() -> bool {
    true
}

/// A value kept in this browser.
#[must_use]
pub fn kept(_key: &str) -> Option<String> {
    None
}

/// Keeps a value in this browser; says whether the browser did.
pub fn keep(_key: &str, _value: &str) -> bool {
    false
}

/// Forgets a value kept in this browser.
pub fn forget(_key: &str) {}

/// The values whose keys begin so, each with the rest of its key, ordered by it.
#[must_use]
pub fn kept_below(_prefix: &str) -> Vec<(String, String)> {
    Vec::new()
}

/// Runs a task while no other tab runs one of the same name; waits for its turn.
pub fn exclusively<Task: Future<Output = ()> + 'static>(_name: &str, _task: impl FnOnce() -> Task + 'static) {}

/// Puts a text on the clipboard and tells whether that was possible.
pub fn copy(_text: &str, _done: impl FnOnce(bool) + 'static) {}

/// A name that nobody else gives: 32 hexadecimal digits.
#[must_use]
pub fn random_id() -> String {
    String::new()
}

/// Milliseconds since the epoch, by the browser's clock.
#[must_use]
pub fn now_millis() -> i64 {
    0
}

/// The day of a moment in the person's time zone, as days since the epoch.
#[must_use]
pub fn local_day(moment: Timestamp) -> i64 {
    moment.day()
}

/// The time of day of a moment in the person's time zone: `15:34`.
#[must_use]
pub fn local_clock(_: Timestamp) -> Option<String> {
    None
}

/// Whether the person wants notifications of this site.
#[must_use]
pub fn notification_permission() -> Permission {
    Permission::Unsupported
}

/// Asks the person whether they want notifications and tells what they said. Only after a click.
pub fn ask_for_notifications(_done: impl FnOnce(Permission) + 'static) {}

/// Shows a notification; a later one with the same tag takes its place. A click comes back to this tab.
pub fn notify(_title: &str, _body: &str, _tag: &str, _on_click: impl FnOnce() + 'static) {}

/// Links are the browser's own from now on, as on a page without scripts.
pub const fn follow_links_plainly() {}

/// A form whose button is busy is not sent once more, whoever sends it and however it is asked to.
pub const fn ignore_busy_forms() {}

/// Remembers where each page was left and comes back there with the history, until the owner is cleaned up.
pub const fn keep_places() {}

/// Brings an element into the middle of what scrolls it.
pub fn scroll_to(_element: &Element) {}

/// Moves the focus to an element without scrolling to it.
pub const fn focus_in_place(_element: &HtmlElement) {}

/// What had the focus.
#[derive(Clone, Debug)]
pub struct Focused;

/// What has the focus; none when that is the page as a whole.
#[must_use]
pub const fn focused() -> Option<Focused> {
    None
}

impl Focused {
    /// Whether it is this element or something in it.
    #[must_use]
    pub const fn is_within(&self, _element: &Element) -> bool {
        false
    }

    /// Gives the focus back, where it is still on the page.
    pub const fn take_back(&self) {}
}

/// Remembers where the element with this selector, the first in view, stands on the screen; one that is cut off at the
/// upper edge only when none begins below it.
#[must_use]
pub fn anchor(_scrolled: &Element, _selector: &str) -> Option<Anchor> {
    None
}

/// An element and where it stood.
#[derive(Clone, Debug)]
pub struct Anchor;

impl Anchor {
    /// Scrolls so that the element stands again where it stood, whatever came or went around it.
    pub fn restore(&self, _scrolled: &Element) {}
}

/// Runs something when the page has been laid out anew, before it is painted.
pub fn before_paint(_run: impl FnOnce() + 'static) {}

/// Whether the window is wide enough to show something beside what is read.
#[must_use]
pub fn has_room_beside() -> bool {
    false
}

/// Asks the browser to print the page.
pub fn print_page() {}

/// Whether any of the element of this id is in the window.
#[must_use]
pub const fn is_in_sight(_id: &str) -> bool {
    false
}

/// The element of this id.
#[must_use]
pub fn element(_id: &str) -> Option<Element> {
    None
}

/// A file that the person has picked, pasted or dropped.
#[derive(Clone, Debug)]
pub struct LocalFile(FileIdentity);

impl LocalFile {
    /// What is known of it.
    #[must_use]
    pub const fn identity(&self) -> &FileIdentity {
        &self.0
    }

    /// SHA-256 of a range of it as hexadecimal digits; none when it cannot be read, or the page was not loaded securely.
    #[expect(clippy::unused_async, reason = "in the browser it waits")]
    pub async fn sha256(&self, _bytes: Range<u64>) -> Option<String> {
        None
    }

    /// An address at which this page can show it.
    #[must_use]
    pub const fn preview(&self) -> Option<Preview> {
        None
    }
}

/// An address at which this page can show a file, until nobody has it any more.
#[derive(Clone, Debug)]
pub struct Preview;

impl Preview {
    /// The address.
    #[must_use]
    pub const fn address(&self) -> String {
        String::new()
    }
}

/// The files chosen in a file field, which is empty afterwards: the same file can be picked again.
#[must_use]
pub const fn picked_files(_field: &HtmlInputElement) -> Vec<LocalFile> {
    Vec::new()
}

/// The files on the clipboard that was pasted from; none when there is text beside them.
#[must_use]
pub const fn pasted_files(_event: &ClipboardEvent) -> Vec<LocalFile> {
    Vec::new()
}

/// A file that is dropped where nobody takes it never takes the place of the page, until the owner is cleaned up.
pub const fn ignore_stray_drops() {}

/// Takes files that are dropped anywhere on the page, until the owner is cleaned up. `hovers` is called with true when
/// files come over the page and with false when they leave it or were dropped.
pub fn on_files_dropped(_hovers: impl Fn(bool) + 'static, _dropped: impl Fn(Vec<LocalFile>) + 'static) {}

/// Takes files that are pasted anywhere on the page where nobody else has taken them, until the owner is cleaned up.
pub fn on_files_pasted(_pasted: impl Fn(Vec<LocalFile>) + 'static) {}

/// Asks the person before the page is left, for as long as it lives.
#[derive(Debug)]
pub struct LeaveGuard;

/// From now on the browser asks before the page is left.
#[must_use]
pub const fn warn_before_leaving() -> LeaveGuard {
    LeaveGuard
}

/// Sends a range of a file with a signed request. Answers with what the store calls the bytes (its `ETag`). Dropping the
/// future stops the request.
///
/// # Errors
/// Why the bytes are not there.
#[expect(clippy::unused_async, reason = "in the browser it waits")]
pub async fn put(
    _url: &str,
    _headers: &BTreeMap<String, String>,
    _file: &LocalFile,
    _bytes: Range<u64>,
    _on_progress: impl Fn(u64) + 'static,
) -> Result<Option<String>, PutFailure> {
    Err(PutFailure::Network)
}

/// Keeps what is known of an upload and, where given, its file; says whether the browser did.
#[expect(clippy::unused_async, reason = "in the browser it waits")]
pub async fn keep_upload(_key: &str, _record: &str, _file: Option<&LocalFile>) -> bool {
    false
}

/// Forgets an upload.
pub const fn forget_upload(_key: &str) {}

/// What is kept under a key.
#[expect(clippy::unused_async, reason = "in the browser it waits")]
pub async fn kept_upload(_key: &str) -> Option<(String, Option<LocalFile>)> {
    None
}

/// All keys under which something is kept.
#[expect(clippy::unused_async, reason = "in the browser it waits")]
pub async fn kept_uploads() -> Vec<String> {
    Vec::new()
}

/// Tells which part of an element is in the window: now, and whenever it changes, until the owner is cleaned up.
pub fn follow_view(_element: &Element, _changed: impl Fn(View) + 'static) {}

/// Loads a picture that will be shown soon.
pub fn prefetch_picture(_srcset: &str, _sizes: &str) {}

/// Whether there is a page before this one.
#[must_use]
pub const fn can_go_back() -> bool {
    false
}

/// Goes back to the page before.
pub fn go_back() {}

/// Shows a picture behind one that is not there yet.
pub const fn show_behind(_image: &HtmlImageElement, _address: &str) {}
