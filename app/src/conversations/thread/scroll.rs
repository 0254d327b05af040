//! What scrolls: begins where reading goes on, stays put whatever comes or goes, loads more at its ends.

use super::{actions, state::OpenThread};
use crate::{
    browser,
    conversations::{
        icons,
        model::{End, Thread, texts},
        paths,
        server_fns::MarkRead,
        thread_page::Opened,
    },
    ui::icon::Pictogram,
};
use leptos::{html::Div, prelude::*, server_fn::ServerFn, web_sys::Element};

/// So near to an end, more is loaded.
const NEAR: i32 = 800;
/// So near to the newest message, one reads it.
const AT_END: i32 = 48;

/// The messages with what stands above them.
#[component]
pub fn ThreadScroll(
    /// What was loaded.
    opened: Opened,
    /// The messages.
    children: Children,
) -> impl IntoView {
    let open = OpenThread::of_page();
    let scroller = NodeRef::<Div>::new();
    let place = ScrollPlace { open, scroller, ready: RwSignal::new(false) };
    place.begin(opened.at);
    place.stay_put();
    place.mark_as_read();
    place.follow_sending();
    let read_so_far = opened.conversation.read_message_id;
    let unread = opened.conversation.unread_count;
    view! {
        <div class="thread-middle">
            <div
                class="thread-scroll"
                role="log"
                aria-live="off"
                aria-label="Messages"
                node_ref=scroller
                on:scroll=move |_| place.moved()
            >
                <div class="thread-inner">{children()} <UnscriptedEnd unread /></div>
            </div>
            <JumpToUnread read_so_far unread />
            <JumpToEnd place />
        </div>
    }
}

/// Where the thread stands on the screen.
#[derive(Clone, Copy)]
struct ScrollPlace {
    open: OpenThread,
    scroller: NodeRef<Div>,
    /// Whether the beginning is over: before it nothing was seen.
    ready: RwSignal<bool>,
}

impl ScrollPlace {
    /// Goes to the message that was asked for, else to the first unread one, else stays at the newest.
    fn begin(self, at: Option<i64>) {
        let open = self.open;
        Effect::new(move || {
            let Some(scroller) = self.scroller.get().filter(|_| !self.ready.get_untracked()) else { return };
            browser::before_paint(move || {
                // The box may have shown another conversation before.
                scroll_to_end(&scroller);
                if !at.is_some_and(|id| actions::jump_to(open, id)) {
                    show_first_unread(open);
                }
                self.look();
                self.ready.try_set(true);
            });
        });
    }

    /// Whatever changes on the page, what is being read stays where it is.
    fn stay_put(self) {
        Effect::new(move |before: Option<()>| {
            self.open.rows.track();
            self.open.seen.track();
            if before.is_some() {
                browser::before_paint(move || self.restore());
            }
        });
    }

    fn restore(self) {
        let Some(scroller) = self.scroller.try_get_untracked().flatten() else { return };
        // At its end a turned-round box stays by itself.
        if !self.open.at_end.try_get_untracked().unwrap_or(true) {
            self.open.anchor.with_value(|anchor| {
                if let Some(anchor) = anchor {
                    anchor.restore(&scroller);
                }
            });
        }
        self.moved();
    }

    /// After it was scrolled, by whomever.
    fn moved(self) {
        if self.ready.try_get_untracked().unwrap_or_default() {
            self.look();
        }
    }

    fn look(self) {
        let Some(scroller) = self.scroller.try_get_untracked().flatten() else { return };
        let below = -scroller.scroll_top();
        let above = scroller.scroll_height() - scroller.client_height() - below;
        let at_end = below <= AT_END && !self.open.thread.with_untracked(|thread| thread.has_newer());
        if self.open.at_end.get_untracked() != at_end {
            self.open.at_end.set(at_end);
        }
        self.open.anchor.set_value(browser::anchor(&scroller, ".message"));
        if above < NEAR {
            actions::load_more(self.open, End::Oldest);
        }
        if below < NEAR {
            actions::load_more(self.open, End::Newest);
        }
    }

    /// What stands at the end of the thread before somebody's eyes is read.
    fn mark_as_read(self) {
        let open = self.open;
        let shown = RwSignal::new(());
        Effect::new(move || browser::on_visibility(move || shown.set(())));
        Effect::new(move || {
            shown.track();
            let newest = open.thread.with(|thread| thread.newest());
            if self.ready.get() && open.at_end.get() && newest > 0 && browser::is_visible() {
                open.live().read_up_to(open.id, newest);
                open.thread.maybe_update(Thread::saw_end);
            }
        });
    }

    /// Whoever sends something sees it.
    fn follow_sending(self) {
        Effect::new(move |before: Option<()>| {
            self.open.sent.track();
            if before.is_some() {
                self.go_to_end();
            }
        });
    }

    fn go_to_end(self) {
        let at_newest = !self.open.thread.with_untracked(|thread| thread.has_newer());
        let go = move || {
            if let Some(scroller) = self.scroller.try_get_untracked().flatten() {
                scroll_to_end(&scroller);
                self.moved();
            }
        };
        if at_newest { go() } else { actions::load_newest(self.open, go) }
    }
}

fn show_first_unread(open: OpenThread) {
    if let Some(mark) = browser::element("first-unread") {
        actions::scroll_to(open, &mark);
    }
}

fn scroll_to_end(scroller: &Element) {
    scroller.set_scroll_top(0);
}

/// The way to what is unread, where that is further up than what was loaded.
#[component]
fn JumpToUnread(read_so_far: i64, unread: i64) -> impl IntoView {
    let open = OpenThread::of_page();
    let gone = RwSignal::new(unread == 0);
    // Whoever had it before them and went elsewhere knows where it is.
    let is_needed = Memo::new(move |before: Option<&bool>| {
        let is_elsewhere = open.thread.with(|thread| thread.first_unread().is_none() && !thread.is_whole());
        before != Some(&false) && !gone.get() && is_elsewhere
    });
    move || {
        is_needed.get().then(|| {
            view! {
                <a
                    class="jump jump-unread"
                    href=paths::first_unread(open.id, read_so_far)
                    on:click=move |event| {
                        event.prevent_default();
                        gone.set(true);
                        actions::load_around(open, read_so_far, move || show_first_unread(open));
                    }
                >
                    {texts::unread(unread)}
                    ": go to the first"
                </a>
            }
        })
    }
}

/// The way down, with what is unread there: the thread has only a part of it, the list counts all.
#[component]
fn JumpToEnd(place: ScrollPlace) -> impl IntoView {
    let open = place.open;
    let inbox = open.live().inbox();
    let unread = move || {
        let listed =
            inbox.with(|inbox| inbox.as_ref().and_then(|inbox| inbox.get(open.id)).map(|one| one.unread_count));
        listed.unwrap_or_else(|| open.conversation.with(|conversation| conversation.unread_count))
    };
    let count = Memo::new(move |_| if open.thread.with(Thread::has_unseen) { unread() } else { 0 });
    let words = move || texts::new_messages(count.get());
    move || {
        (!open.at_end.get()).then(|| {
            view! {
                <button type="button" class="jump" on:click=move |_| place.go_to_end()>
                    <Pictogram icon=icons::ARROW_DOWN />
                    {words}
                </button>
            }
        })
    }
}

/// What scripts do by themselves: showing the newest messages, and marking as read.
#[component]
fn UnscriptedEnd(unread: i64) -> impl IntoView {
    let open = OpenThread::of_page();
    let (has_newer, newest) = open.thread.with_untracked(|thread| (thread.has_newer(), thread.newest()));
    if has_newer {
        return view! {
            <p class="thread-older without-script">
                <a class="button button-quiet" href=paths::conversation(open.id)>
                    "Newest messages"
                </a>
            </p>
        }
        .into_any();
    }
    let form = move || {
        view! {
            <form method="post" action=MarkRead::PATH class="thread-older without-script">
                <input type="hidden" name="conversation_id" value=open.id.to_string() />
                <input type="hidden" name="message_id" value=newest.to_string() />
                <button type="submit" class="button button-quiet">
                    "Mark as read"
                </button>
            </form>
        }
    };
    (unread > 0).then(form).into_any()
}
