//! Waiting until somebody pauses.

use crate::browser::{self, Timer};
use leptos::prelude::*;

/// Does what was asked for last, once nothing was asked for a while. It may stand in a component that the server renders:
/// Leptos' own ends the thread there, because a page may end on another one than it began on.
#[derive(Clone, Copy, Debug)]
pub struct Debounce {
    millis: u32,
    timer: StoredValue<Option<Timer>>,
}

impl Debounce {
    /// With so long a pause, for as long as the current owner lives.
    #[must_use]
    pub fn new(millis: u32) -> Self {
        let timer = StoredValue::new(None::<Timer>);
        on_cleanup(move || {
            if let Some(timer) = timer.try_get_value().flatten() {
                timer.cancel();
            }
        });
        Self { millis, timer }
    }

    /// Asks for `work`, in place of what was asked for before.
    pub fn ask(self, work: impl FnOnce() + 'static) {
        // The page may be gone.
        let Some(before) = self.timer.try_get_value() else { return };
        if let Some(timer) = before {
            timer.cancel();
        }
        self.timer.set_value(Some(browser::after(self.millis, work)));
    }
}
