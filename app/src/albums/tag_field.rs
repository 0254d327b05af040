//! Writing tags: what is known is offered while one types.

use super::{model::tags, server_fns::find_tags};
use crate::{
    browser,
    ui::{
        debounce::Debounce,
        icon::{Icon, Pictogram},
    },
};
use domain::albums::{TAG_MAX, TagCount};
use leptos::{ev::KeyboardEvent, html::Input, prelude::*, wasm_bindgen::JsCast, web_sys::HtmlInputElement};

/// How long the typing must pause before tags are looked up.
const PAUSE_MILLIS: u32 = 150;
/// Most tags offered at once.
const OFFERED: usize = 8;

/// Tags as chips with a field for the next one. Without scripts it is one line with commas.
#[component]
pub fn TagField(
    /// What to write here.
    label: &'static str,
    /// The field's name in the form, unique on the page.
    name: &'static str,
    /// The tags, with commas between them.
    text: RwSignal<String>,
) -> impl IntoView {
    let scripted = RwSignal::new(false);
    Effect::new(move || {
        // What a form that was refused has brought back, or was written before the script came, is on the page alone.
        let field = browser::element(name).and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
        if let Some(written) =
            field.map(|field| field.value()).filter(|value| text.with_untracked(|text| text != value))
        {
            text.set(written);
        }
        scripted.set(true);
    });
    let plain = text.get_untracked();
    view! {
        <div class="field tag-field">
            <label for=name>{label}</label>
            {move || {
                if scripted.get() {
                    view! { <TagInput name label text /> }.into_any()
                } else {
                    let value = plain.clone();
                    view! {
                        <input
                            id=name
                            name=name
                            type="text"
                            dir="auto"
                            autocomplete="off"
                            value=value
                            aria-describedby=format!("{name}-hint")
                        />
                    }
                        .into_any()
                }
            }}
            <p id=format!("{name}-hint") class="field-hint">
                "With commas between them."
            </p>
        </div>
    }
}

/// The tags that are there, what is typed, and what is offered for it.
#[derive(Clone, Copy)]
struct Typing {
    /// All of it, as the form sends it.
    text: RwSignal<String>,
    tags: RwSignal<Vec<String>>,
    typed: RwSignal<String>,
    offered: RwSignal<Vec<TagCount>>,
    /// The offer that the keys have come to.
    marked: RwSignal<Option<usize>>,
}

impl Typing {
    fn new(text: RwSignal<String>) -> Self {
        Self {
            text,
            tags: RwSignal::new(text.with_untracked(|text| tags::parse(text))),
            typed: RwSignal::new(String::new()),
            offered: RwSignal::new(Vec::new()),
            marked: RwSignal::new(None),
        }
    }

    /// What was typed counts, also without a comma behind it.
    fn tell(self) {
        let mut all = self.tags.get_untracked();
        self.typed.with_untracked(|typed| tags::add(&mut all, typed));
        self.text.set(tags::joined(&all));
    }

    fn add(self, typed: &str) {
        self.tags.update(|all| {
            tags::add(all, typed);
        });
        self.typed.set(String::new());
        self.tell();
        self.close();
    }

    fn remove(self, tag: &str) {
        self.tags.update(|all| all.retain(|one| one != tag));
        self.tell();
    }

    fn close(self) {
        self.offered.set(Vec::new());
        self.marked.set(None);
    }

    /// A comma, also a pasted one, ends a tag. The rest stays in the field when the keyboard leaves it: a chip that came
    /// only then would move what is just being pressed.
    fn wrote(self, value: String) {
        if let Some((whole, rest)) = value.rsplit_once(',') {
            self.add(whole);
            self.typed.set(rest.trim_start().to_owned());
        } else {
            self.typed.set(value);
        }
        self.tell();
    }

    /// All of them again as they were kept.
    fn take_back(self, all: &str) {
        self.tags.set(tags::parse(all));
        self.typed.set(String::new());
        self.tell();
    }

    fn look_up(self) {
        let beginning = tags::clean(&self.typed.get_untracked());
        if beginning.is_empty() {
            return self.close();
        }
        browser::spawn(async move {
            // Whoever cannot be helped types on.
            let found = find_tags(beginning.clone()).await.unwrap_or_default();
            if self.typed.try_with_untracked(|typed| tags::clean(typed)) != Some(beginning) {
                return;
            }
            let Some(there) = self.tags.try_get_untracked() else { return };
            let new = found.into_iter().filter(|one| !there.contains(&one.tag)).take(OFFERED).collect();
            self.offered.set(new);
            self.marked.set(None);
        });
    }

    fn pressed(self, event: &KeyboardEvent) {
        let count = self.offered.with_untracked(Vec::len);
        let marked = self.marked.get_untracked();
        match event.key().as_str() {
            "Enter" if event.is_composing() => return,
            "Enter" | "," => {
                let offer = marked.and_then(|place| self.offered.with_untracked(|all| all.get(place).cloned()));
                let typed = self.typed.get_untracked();
                match offer {
                    Some(offer) => self.add(&offer.tag),
                    // An empty field leaves the key to the form.
                    None if typed.trim().is_empty() => return,
                    None => self.add(&typed),
                }
            }
            "ArrowDown" if count > 0 => self.marked.set(Some(marked.map_or(0, |place| (place + 1) % count))),
            "ArrowUp" if count > 0 => {
                self.marked.set(Some(marked.map_or(count - 1, |place| (place + count - 1) % count)));
            }
            "Escape" if count > 0 => {
                event.stop_propagation();
                self.close();
            }
            "Backspace" if self.typed.with_untracked(String::is_empty) => {
                self.tags.update(|tags| drop(tags.pop()));
                return self.tell();
            }
            _ => return,
        }
        event.prevent_default();
    }
}

#[component]
fn TagInput(name: &'static str, label: &'static str, text: RwSignal<String>) -> impl IntoView {
    let typing = Typing::new(text);
    let pause = Debounce::new(PAUSE_MILLIS);
    let input = NodeRef::<Input>::new();
    let options_id = format!("{name}-options");
    let controlled = options_id.clone();
    let active = move || typing.marked.get().map(|place| format!("{name}-option-{place}"));
    let is_open = Memo::new(move |_| typing.offered.with(|offered| !offered.is_empty()));
    view! {
        <input
            type="hidden"
            name=name
            data-kept=""
            prop:value=typing.text
            on:input:target=move |event| typing.take_back(&event.target().value())
        />
        <ul class="chips" role="list" aria-label=format!("{label}: chosen")>
            <For each=move || typing.tags.get() key=Clone::clone let:tag>
                <TagChip tag typing />
            </For>
        </ul>
        <div class="tag-combo">
            <input
                id=name
                node_ref=input
                type="text"
                role="combobox"
                dir="auto"
                autocomplete="off"
                maxlength=TAG_MAX.to_string()
                aria-autocomplete="list"
                aria-controls=controlled
                aria-expanded=move || if is_open.get() { "true" } else { "false" }
                aria-activedescendant=active
                aria-describedby=format!("{name}-hint")
                prop:value=typing.typed
                on:input:target=move |event| {
                    typing.wrote(event.target().value());
                    pause.ask(move || typing.look_up());
                }
                on:keydown=move |event| typing.pressed(&event)
                on:blur=move |_| typing.close()
            />
            <ul id=options_id class="tag-options" role="listbox" aria-label="Known tags" hidden=move || !is_open.get()>
                {move || {
                    typing
                        .offered
                        .get()
                        .into_iter()
                        .enumerate()
                        .map(|(place, offer)| view! { <TagOption name place offer typing /> })
                        .collect_view()
                }}
            </ul>
        </div>
    }
}

#[component]
fn TagChip(tag: String, typing: Typing) -> impl IntoView {
    let (shown, label) = (tag.clone(), format!("Remove tag {tag}"));
    view! {
        <li class="chip">
            <span dir="auto">{shown}</span>
            <button type="button" class="icon-button" aria-label=label on:click=move |_| typing.remove(&tag)>
                <Pictogram icon=Icon::X />
            </button>
        </li>
    }
}

#[component]
fn TagOption(name: &'static str, place: usize, offer: TagCount, typing: Typing) -> impl IntoView {
    let TagCount { tag, count } = offer;
    let shown = tag.clone();
    view! {
        <li
            id=format!("{name}-option-{place}")
            class="tag-option"
            role="option"
            aria-selected=move || if typing.marked.get() == Some(place) { "true" } else { "false" }
            // Before the field loses the keyboard, which closes the list.
            on:mousedown=move |event| {
                event.prevent_default();
                typing.add(&tag);
            }
        >
            <span dir="auto">{shown}</span>
            <span class="quiet" aria-hidden="true">
                {count.to_string()}
            </span>
        </li>
    }
}
