//! What tabs have to do with one another, and when the connection is looked after.

use super::Stream;
use crate::browser::{
    Connection, News,
    event_log::Place,
    in_browser::{
        signals::{after, is_visible},
        time,
    },
};
use js_sys::Array;
use leptos::prelude::window_event_listener_untyped;
use std::rc::{Rc, Weak};
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use web_sys::{BroadcastChannel, MessageEvent};

/// A connection that was silent for so long may be dead without the browser knowing.
const SILENCE_MILLIS: i64 = 120_000;
/// The same when the page is shown again: the computer may have slept.
const SILENCE_BEFORE_SHOWN_MILLIS: i64 = 45_000;
const CHECK_MILLIS: u32 = 30_000;

impl Stream {
    pub(super) fn listen(self: &Rc<Self>) {
        let on = |event, act: fn(&Rc<Self>)| {
            let stream = Rc::downgrade(self);
            window_event_listener_untyped(event, move |_| {
                if let Some(stream) = stream.upgrade() {
                    act(&stream);
                }
            })
        };
        self.listeners.replace(vec![
            on("online", Self::came_online),
            on("offline", Self::went_offline),
            on("visibilitychange", Self::was_shown),
        ]);
    }

    fn came_online(self: &Rc<Self>) {
        if self.leads.get() {
            self.failures.set(0);
            self.connect();
        }
    }

    fn went_offline(self: &Rc<Self>) {
        if self.leads.get() {
            self.disconnect();
            self.announce(Connection::Offline);
        }
    }

    fn was_shown(self: &Rc<Self>) {
        if is_visible() {
            self.check(SILENCE_BEFORE_SHOWN_MILLIS);
            self.ask_leader();
        }
    }

    pub(super) fn check_later(self: &Rc<Self>) {
        let stream = Rc::downgrade(self);
        let check = after(CHECK_MILLIS, move || {
            if let Some(stream) = stream.upgrade() {
                stream.check(SILENCE_MILLIS);
                stream.check_later();
            }
        });
        self.check.set(Some(check));
    }

    fn check(self: &Rc<Self>, silence: i64) {
        let has_source = self.source.borrow().is_some();
        if has_source && time::now_millis() - self.heard_at.get() > silence {
            self.connect();
        }
    }

    pub(super) fn ask_leader(&self) {
        if !self.leads.get() {
            self.post(&["hello".into(), JsValue::from_f64(self.end() as f64)]);
        }
    }

    pub(super) fn post(&self, parts: &[JsValue]) {
        if let Some(channel) = &self.channel {
            channel.post(parts);
        }
    }

    pub(super) fn heard_from_tab(self: &Rc<Self>, message: &Array) {
        let number = |place| message.get(place).as_f64().map(|number| number as i64).unwrap_or_default();
        let text = |place| message.get(place).as_string().unwrap_or_default();
        match (text(0).as_str(), self.leads.get()) {
            ("hello", true) => self.answer(number(1)),
            ("event", false) => self.heard_of(number(1), number(2), text(3)),
            ("typing", false) => {
                if let Ok(event) = serde_json::from_str(&text(1)) {
                    self.tell(News::Event { cursor: None, event: Box::new(event) });
                }
            }
            ("reset", false) if number(1) > self.end() => self.take_reset(number(1)),
            ("state", false) => {
                self.stand(connection(number(1)));
                if number(2) > self.end() {
                    self.ask_leader();
                }
            }
            _ => {}
        }
    }

    fn heard_of(&self, previous: i64, cursor: i64, data: String) {
        let place = self.log.borrow().place(previous, cursor);
        match place {
            Place::Next => {
                let event = serde_json::from_str(&data).ok();
                self.take(cursor, data, event);
            }
            Place::Known => {}
            Place::AfterGap => self.ask_leader(),
        }
    }
}

fn connection(number: i64) -> Connection {
    let all = [Connection::Connecting, Connection::Live, Connection::Offline, Connection::SignedOut];
    all.into_iter().find(|connection| *connection as i64 == number).unwrap_or_default()
}

/// The way to the other tabs; closed when it is dropped.
pub(super) struct Channel {
    channel: BroadcastChannel,
    _callback: Closure<dyn Fn(MessageEvent)>,
}

impl Channel {
    pub(super) fn open(name: &str, stream: Weak<Stream>) -> Option<Self> {
        let channel = BroadcastChannel::new(name).ok()?;
        let callback = Closure::<dyn Fn(MessageEvent)>::new(move |message: MessageEvent| {
            if let (Some(stream), Ok(message)) = (stream.upgrade(), message.data().dyn_into::<Array>()) {
                stream.heard_from_tab(&message);
            }
        });
        channel.set_onmessage(Some(callback.as_ref().unchecked_ref()));
        Some(Self { channel, _callback: callback })
    }

    pub(super) fn post(&self, parts: &[JsValue]) {
        // Fails only on a closed channel.
        let _ = self.channel.post_message(&parts.iter().collect::<Array>());
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        self.channel.close();
    }
}
