//! The event stream: one connection per browser, shared by its tabs.
//!
//! The tab that holds a lock leads: it has the connection and passes everything on. When it is closed, the next tab
//! gets the lock and goes on from the last event that it has heard. Each event that is passed on names the one before
//! it, so that a tab notices a gap and asks the leader for what it has missed; a tab that has just been opened asks in
//! the same way. A browser without locks has a connection per tab.

mod leader;
mod tabs;

use super::{
    super::{Connection, News, event_log::EventLog},
    locks,
    signals::Timer,
    storage, time,
};
use domain::events::Event;
use js_sys::Function;
use leader::Source;
use leptos::prelude::WindowListenerHandle;
use std::{
    cell::{Cell, RefCell},
    rc::{Rc, Weak},
};
use tabs::Channel;

/// Who is signed in, for tabs that were opened for somebody else.
const PERSON: &str = "lyceum.person";

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

/// Who was last signed in in this browser; none once they have signed out, which forgets all that is kept in it.
pub(super) fn last_person() -> Option<String> {
    storage::kept(PERSON)
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
