//! The tab that has the connection.

use super::{PERSON, Stream};
use crate::browser::{
    Connection, News,
    in_browser::{
        signals::{after, is_online},
        storage, time,
    },
};
use domain::events::Event;
use js_sys::Function;
use std::rc::{Rc, Weak};
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use web_sys::{EventSource, MessageEvent};

const RETRY_MAX_MILLIS: u32 = 30_000;

impl Stream {
    pub(super) fn lead(self: &Rc<Self>, release: Option<Function>) {
        self.release.replace(release);
        self.leads.set(true);
        self.connect();
    }

    pub(super) fn connect(self: &Rc<Self>) {
        self.disconnect();
        if storage::kept(PERSON).is_some_and(|person| person != self.person) {
            return self.announce(Connection::SignedOut);
        }
        if !is_online() {
            return self.announce(Connection::Offline);
        }
        self.heard_at.set(time::now_millis());
        let source = Source::open(&format!("/api/events?after={}", self.end()), &Rc::downgrade(self));
        self.source.replace(source);
    }

    pub(super) fn disconnect(&self) {
        self.source.take();
        if let Some(timer) = self.retry.take() {
            timer.cancel();
        }
    }

    pub(super) fn connected(&self) {
        self.heard_at.set(time::now_millis());
        self.failures.set(0);
        self.announce(Connection::Live);
    }

    /// The browser would try again by itself, but neither for every failure nor with patience.
    fn disconnected(self: &Rc<Self>) {
        self.disconnect();
        let failures = self.failures.get() + 1;
        self.failures.set(failures);
        self.announce(if failures == 1 { Connection::Connecting } else { Connection::Offline });
        let millis = (500_u32 << failures.min(6)).min(RETRY_MAX_MILLIS);
        // Scattered, so that not everybody comes back at once when a server was started anew.
        let millis = (f64::from(millis) * (0.5 + js_sys::Math::random())) as u32;
        let stream = Rc::downgrade(self);
        let retry = after(millis, move || {
            if let Some(stream) = stream.upgrade() {
                stream.connect();
            }
        });
        self.retry.set(Some(retry));
    }

    fn heard(&self, message: &MessageEvent) {
        self.heard_at.set(time::now_millis());
        let Some(data) = message.data().as_string() else { return };
        let event = serde_json::from_str(&data).ok();
        // The id of an event without one is that of the event before it.
        if let Some(event @ Event::Typing { .. }) = event {
            self.post(&["typing".into(), data.into()]);
            return self.tell(News::Event { cursor: None, event: Box::new(event) });
        }
        let previous = self.end();
        if let Some(cursor) = message.last_event_id().parse().ok().filter(|cursor| *cursor > previous) {
            self.pass_on(previous, cursor, &data);
            self.take(cursor, data, event);
        }
    }

    fn heard_reset(&self, message: &MessageEvent) {
        self.heard_at.set(time::now_millis());
        if let Ok(cursor) = message.last_event_id().parse::<i64>() {
            self.post(&["reset".into(), JsValue::from_f64(cursor as f64)]);
            self.take_reset(cursor);
        }
    }

    /// A tab has heard everything up to a cursor.
    pub(super) fn answer(self: &Rc<Self>, after: i64) {
        let missed = self.log.borrow().after(after);
        match missed {
            Some(missed) => missed.iter().for_each(|(previous, cursor, data)| self.pass_on(*previous, *cursor, data)),
            None => self.rewind(after),
        }
        self.announce(self.connection.get());
    }

    pub(super) fn announce(&self, connection: Connection) {
        self.post(&[
            "state".into(),
            JsValue::from_f64(f64::from(connection as u8)),
            JsValue::from_f64(self.end() as f64),
        ]);
        self.stand(connection);
    }

    pub(super) fn pass_on(&self, previous: i64, cursor: i64, data: &str) {
        let [previous, cursor] = [previous, cursor].map(|number| JsValue::from_f64(number as f64));
        self.post(&["event".into(), previous, cursor, data.into()]);
    }
}

/// A connection to the server; closed when it is dropped.
pub(super) struct Source {
    source: EventSource,
    _callbacks: [Closure<dyn Fn(MessageEvent)>; 4],
}

impl Source {
    pub(super) fn open(address: &str, stream: &Weak<Stream>) -> Option<Self> {
        let source = EventSource::new(address).ok()?;
        let on = |event: &str, act: fn(&Rc<Stream>, &MessageEvent)| {
            let stream = stream.clone();
            let callback = Closure::<dyn Fn(MessageEvent)>::new(move |message| {
                if let Some(stream) = stream.upgrade() {
                    act(&stream, &message);
                }
            });
            // Fails only for a callback that is no function.
            let _ = source.add_event_listener_with_callback(event, callback.as_ref().unchecked_ref());
            callback
        };
        let callbacks = [
            on("open", |stream, _| stream.connected()),
            on("error", |stream, _| stream.disconnected()),
            on("message", |stream, message| stream.heard(message)),
            on("reset", |stream, message| stream.heard_reset(message)),
        ];
        Some(Self { source, _callbacks: callbacks })
    }
}

impl Drop for Source {
    fn drop(&mut self) {
        self.source.close();
    }
}
