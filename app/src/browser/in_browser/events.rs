//! The event stream: one connection per browser, shared by its tabs.
//!
//! The tab that holds a lock leads: it has the connection and passes everything on. When it is closed, the next tab
//! gets the lock and goes on from the last event that it has heard. Each event that is passed on names the one before
//! it, so that a tab notices a gap and asks the leader for what it has missed; a tab that has just been opened asks in
//! the same way. A browser without locks has a connection per tab.

use super::{
    super::{
        Connection, News,
        event_log::{EventLog, Place},
    },
    locks,
    signals::{Timer, after, is_online, is_visible},
    storage, time,
};
use domain::events::Event;
use js_sys::{Array, Function};
use leptos::prelude::{WindowListenerHandle, window_event_listener_untyped};
use std::{
    cell::{Cell, RefCell},
    rc::{Rc, Weak},
};
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use web_sys::{BroadcastChannel, EventSource, MessageEvent};

/// Who is signed in, for tabs that were opened for somebody else.
const PERSON: &str = "lyceum.person";
/// A connection that was silent for so long may be dead without the browser knowing.
const SILENCE_MILLIS: i64 = 120_000;
/// The same when the page is shown again: the computer may have slept.
const SILENCE_BEFORE_SHOWN_MILLIS: i64 = 45_000;
const CHECK_MILLIS: u32 = 30_000;
const RETRY_MAX_MILLIS: u32 = 30_000;

thread_local! {
    static STREAM: RefCell<Option<Rc<Stream>>> = const { RefCell::new(None) };
}

struct Stream {
    person: String,
    on_news: RefCell<Rc<dyn Fn(News)>>,
    log: RefCell<EventLog<String>>,
    connection: Cell<Connection>,
    channel: Option<Channel>,
    leads: Cell<bool>,
    release: RefCell<Option<Function>>,
    source: RefCell<Option<Source>>,
    failures: Cell<u32>,
    retry: Cell<Option<Timer>>,
    check: Cell<Option<Timer>>,
    heard_at: Cell<i64>,
    listeners: RefCell<Vec<WindowListenerHandle>>,
}

/// Opens the event stream of a person after a cursor, or goes on with the one that is open. All tabs share one.
pub fn open_events(person: &str, after: i64, on_news: impl Fn(News) + 'static) {
    let on_news: Rc<dyn Fn(News)> = Rc::new(on_news);
    storage::keep(PERSON, person);
    match current().filter(|stream| stream.person == person) {
        Some(stream) => stream.go_on(after, on_news),
        None => {
            close_events();
            let stream = Stream::new(person, after, on_news);
            STREAM.set(Some(stream.clone()));
            stream.begin();
        }
    }
}

/// Closes this tab's part of the event stream.
pub fn close_events() {
    if let Some(stream) = STREAM.take() {
        stream.close();
    }
}

/// Whether it is this tab that has the connection.
#[must_use]
pub fn leads_events() -> bool {
    current().is_some_and(|stream| stream.leads.get())
}

fn current() -> Option<Rc<Stream>> {
    STREAM.with_borrow(Clone::clone)
}

impl Stream {
    fn new(person: &str, after: i64, on_news: Rc<dyn Fn(News)>) -> Rc<Self> {
        Rc::new_cyclic(|stream: &Weak<Self>| Self {
            person: person.to_owned(),
            on_news: RefCell::new(on_news),
            log: RefCell::new(EventLog::new(after)),
            connection: Cell::default(),
            channel: Channel::open(&format!("lyceum-events-{person}"), stream.clone()),
            leads: Cell::default(),
            release: RefCell::default(),
            source: RefCell::default(),
            failures: Cell::default(),
            retry: Cell::default(),
            check: Cell::default(),
            heard_at: Cell::new(time::now_millis()),
            listeners: RefCell::default(),
        })
    }

    fn begin(self: &Rc<Self>) {
        self.listen();
        self.check_later();
        self.ask_leader();
        let stream = Rc::downgrade(self);
        let lead = move |release: Function| match stream.upgrade().filter(|stream| stream.is_current()) {
            Some(stream) => stream.lead(Some(release)),
            None => locks::call(&release),
        };
        if self.channel.is_none() || !locks::hold(&format!("lyceum-events-{}", self.person), lead) {
            self.lead(None);
        }
    }

    /// Somebody on the page needs the events since a cursor that may be long past.
    fn go_on(self: &Rc<Self>, after: i64, on_news: Rc<dyn Fn(News)>) {
        self.on_news.replace(on_news);
        self.tell(News::Connection(self.connection.get()));
        self.rewind(after);
    }

    fn rewind(self: &Rc<Self>, after: i64) {
        self.log.replace(EventLog::new(after));
        if self.leads.get() {
            self.connect();
        } else {
            self.ask_leader();
        }
    }

    fn close(&self) {
        self.disconnect();
        for timer in [self.retry.take(), self.check.take()].into_iter().flatten() {
            timer.cancel();
        }
        self.listeners.take().into_iter().for_each(WindowListenerHandle::remove);
        if let Some(release) = self.release.take() {
            locks::call(&release);
        }
    }

    fn is_current(self: &Rc<Self>) -> bool {
        current().is_some_and(|stream| Rc::ptr_eq(&stream, self))
    }

    fn tell(&self, news: News) {
        // Not borrowed while it runs: it may open the stream anew.
        let on_news = self.on_news.borrow().clone();
        on_news(news);
    }

    /// Something that this tab has not heard yet. A server that is newer than this page may tell of things that the
    /// page does not know: they are passed on to tabs that do.
    fn take(&self, cursor: i64, data: String, event: Option<Event>) {
        self.log.borrow_mut().push(cursor, data);
        if let Some(event) = event {
            self.tell(News::Event { cursor: Some(cursor), event: Box::new(event) });
        }
    }

    fn take_reset(&self, cursor: i64) {
        self.log.replace(EventLog::new(cursor));
        self.tell(News::Reset { cursor });
    }

    fn stand(&self, connection: Connection) {
        if self.connection.replace(connection) != connection {
            self.tell(News::Connection(connection));
        }
    }

    fn end(&self) -> i64 {
        self.log.borrow().end()
    }
}

/// What a leader does.
impl Stream {
    fn lead(self: &Rc<Self>, release: Option<Function>) {
        self.release.replace(release);
        self.leads.set(true);
        self.connect();
    }

    fn connect(self: &Rc<Self>) {
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

    fn disconnect(&self) {
        self.source.take();
        if let Some(timer) = self.retry.take() {
            timer.cancel();
        }
    }

    fn connected(&self) {
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
    fn answer(self: &Rc<Self>, after: i64) {
        let missed = self.log.borrow().after(after);
        match missed {
            Some(missed) => missed.iter().for_each(|(previous, cursor, data)| self.pass_on(*previous, *cursor, data)),
            None => self.rewind(after),
        }
        self.announce(self.connection.get());
    }

    fn announce(&self, connection: Connection) {
        self.post(&[
            "state".into(),
            JsValue::from_f64(f64::from(connection as u8)),
            JsValue::from_f64(self.end() as f64),
        ]);
        self.stand(connection);
    }

    fn pass_on(&self, previous: i64, cursor: i64, data: &str) {
        let [previous, cursor] = [previous, cursor].map(|number| JsValue::from_f64(number as f64));
        self.post(&["event".into(), previous, cursor, data.into()]);
    }
}

/// What every tab does.
impl Stream {
    fn listen(self: &Rc<Self>) {
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

    fn check_later(self: &Rc<Self>) {
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

    fn ask_leader(&self) {
        if !self.leads.get() {
            self.post(&["hello".into(), JsValue::from_f64(self.end() as f64)]);
        }
    }

    fn post(&self, parts: &[JsValue]) {
        if let Some(channel) = &self.channel {
            channel.post(parts);
        }
    }

    fn heard_from_tab(self: &Rc<Self>, message: &Array) {
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

/// A connection to the server; closed when it is dropped.
struct Source {
    source: EventSource,
    _callbacks: [Closure<dyn Fn(MessageEvent)>; 4],
}

impl Source {
    fn open(address: &str, stream: &Weak<Stream>) -> Option<Self> {
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

/// The way to the other tabs; closed when it is dropped.
struct Channel {
    channel: BroadcastChannel,
    _callback: Closure<dyn Fn(MessageEvent)>,
}

impl Channel {
    fn open(name: &str, stream: Weak<Stream>) -> Option<Self> {
        let channel = BroadcastChannel::new(name).ok()?;
        let callback = Closure::<dyn Fn(MessageEvent)>::new(move |message: MessageEvent| {
            if let (Some(stream), Ok(message)) = (stream.upgrade(), message.data().dyn_into::<Array>()) {
                stream.heard_from_tab(&message);
            }
        });
        channel.set_onmessage(Some(callback.as_ref().unchecked_ref()));
        Some(Self { channel, _callback: callback })
    }

    fn post(&self, parts: &[JsValue]) {
        // Fails only on a closed channel.
        let _ = self.channel.post_message(&parts.iter().collect::<Array>());
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        self.channel.close();
    }
}
