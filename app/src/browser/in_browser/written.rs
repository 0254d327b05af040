//! What was written in forms, kept in this tab while its person signs in again, and put back then.

use super::{
    super::written::{self, ALL},
    current_path, events, leave_for,
    signals::after,
};
use crate::paths;
use js_sys::{Array, JSON};
use leptos::prelude::{document, window};
use std::cell::{Cell, RefCell};
use wasm_bindgen::{JsCast as _, closure::Closure};
use web_sys::{
    Element, Event, EventInit, HtmlInputElement, HtmlOptionElement, HtmlSelectElement, HtmlTextAreaElement,
    MutationObserver, MutationObserverInit, Storage,
};

/// Not those of a form that keeps its own text, nor the word that confirms a loss: it is typed for each.
const FIELDS: &str = "form[method=post]:not([data-keeps-text]) :is(input, textarea, select)[name]:not([name=confirm])";

thread_local! {
    static PERSON: RefCell<Option<String>> = const { RefCell::new(None) };
    static RESTORING: RefCell<Option<Restoring>> = const { RefCell::new(None) };
    static IS_ABOUT_TO_LOOK: Cell<bool> = const { Cell::new(false) };
}

/// Leaves for the sign-in, which comes back to this page. What is written in its forms is kept until then.
pub fn leave_for_sign_in() {
    keep_written();
    leave_for(&paths::sign_in(&current_path()));
}

/// Puts back what this person had written when their session ended, as soon as the fields are there; says when it has.
/// Forgets what others had written.
pub fn bring_back_written(person: &str, done: impl Fn() + 'static) {
    PERSON.set(Some(person.to_owned()));
    forget_all_but(Some(person));
    RESTORING.set(if keys().is_empty() { None } else { Restoring::new(Box::new(done)) });
    look_soon();
}

/// Forgets what others had written than who was last signed in here. Nobody was, after signing out.
pub fn forget_written_by_others() {
    forget_all_but(events::last_person().as_deref());
}

fn keep_written() {
    // Whoever has signed out, in whichever tab, leaves nothing behind.
    let person = PERSON.with_borrow(Clone::clone).filter(|person| events::last_person().as_ref() == Some(person));
    let Some(key) = person.and_then(|_| key_here()) else { return };
    let (changed, others): (Vec<Field>, Vec<Field>) = fields().into_iter().partition(Field::is_changed);
    let belongs = |field: &Field| field.is_hidden && changed.iter().any(|changed| changed.form == field.form);
    // First: a long text may leave no room for what follows.
    let belonging: Vec<Field> = others.into_iter().filter(belongs).collect();
    let changed = belonging.into_iter().chain(changed).map(|field| (field.name, field.now));
    let changed = written::fitting(changed.collect());
    // A page that has failed to load shows no fields: what is kept for it stays.
    if !changed.is_empty() {
        keep(&key, changed);
    }
}

/// Keeps what a page's fields are to hold; none of it any more when that is nothing.
fn keep(key: &str, fields: Vec<(String, String)>) {
    if fields.is_empty() {
        return forget(key);
    }
    let values = Array::new();
    for (name, value) in fields {
        values.push(&name.into());
        values.push(&value.into());
    }
    if let (Some(storage), Ok(text)) = (storage(), JSON::stringify(&values)) {
        // Fails where there is no room.
        let _ = storage.set_item(key, &String::from(text));
    }
}

fn kept(key: &str) -> Vec<(String, String)> {
    let text = storage().and_then(|storage| storage.get_item(key).ok().flatten());
    let values = text.and_then(|text| JSON::parse(&text).ok()?.dyn_into::<Array>().ok()).unwrap_or_default();
    let mut texts = values.iter().filter_map(|value| value.as_string());
    let mut fields = Vec::new();
    while let (Some(name), Some(value)) = (texts.next(), texts.next()) {
        fields.push((name, value));
    }
    fields
}

fn forget(key: &str) {
    if let Some(storage) = storage() {
        // Fails only where nothing is kept anyway.
        let _ = storage.remove_item(key);
    }
}

fn forget_all_but(person: Option<&str>) {
    keys().iter().filter(|key| written::is_of_another(key, person)).for_each(|key| forget(key));
}

fn keys() -> Vec<String> {
    let Some(storage) = storage() else { return Vec::new() };
    let key = |place| storage.key(place).ok().flatten().filter(|key| key.starts_with(ALL));
    (0..storage.length().unwrap_or_default()).filter_map(key).collect()
}

fn key_here() -> Option<String> {
    let path = window().location().pathname().ok()?;
    PERSON.with_borrow(|person| person.as_ref().map(|person| written::key(person, &path)))
}

/// Of this tab alone.
fn storage() -> Option<Storage> {
    window().session_storage().ok().flatten()
}

/// In a moment: what has made the fields may have more to do with them.
fn look_soon() {
    if !IS_ABOUT_TO_LOOK.replace(true) {
        let _ = after(0, look);
    }
}

fn look() {
    IS_ABOUT_TO_LOOK.set(false);
    // Not borrowed meanwhile: the page hears of what is put back.
    if let Some(mut restoring) = RESTORING.take()
        && restoring.look()
    {
        RESTORING.set(Some(restoring));
    }
}

/// Looks for fields whenever something has changed on the page, until nothing is kept any more.
struct Restoring {
    /// The page of which some has been put back.
    begun: Option<String>,
    done: Box<dyn Fn()>,
    observer: MutationObserver,
    _callback: Closure<dyn Fn()>,
}

impl Restoring {
    fn new(done: Box<dyn Fn()>) -> Option<Self> {
        let callback = Closure::<dyn Fn()>::new(look_soon);
        // Fails only for a callback that is no function.
        let observer = MutationObserver::new(callback.as_ref().unchecked_ref()).ok()?;
        let options = MutationObserverInit::new();
        options.set_child_list(true);
        options.set_subtree(true);
        observer.observe_with_options(document().body()?.as_ref(), &options).ok()?;
        Some(Self { begun: None, done, observer, _callback: callback })
    }

    /// Puts back, once, what there are fields for by now. Says whether there may be more to come.
    fn look(&mut self) -> bool {
        let Some(key) = key_here() else { return false };
        // What did not come before its page was left does not come any more.
        if let Some(left) = self.begun.take_if(|begun| *begun != key) {
            forget(&left);
        }
        let mut missing = kept(&key);
        let found = if missing.is_empty() { Vec::new() } else { take_fields(&mut missing) };
        if !found.is_empty() {
            keep(&key, missing);
            self.begun = Some(key);
        }
        let mut is_back = false;
        for (field, value) in found {
            is_back |= field.put_back(&value);
        }
        if is_back {
            (self.done)();
        }
        !keys().is_empty()
    }
}

impl Drop for Restoring {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Takes those out that have their fields on the page.
fn take_fields(missing: &mut Vec<(String, String)>) -> Vec<(Field, String)> {
    let take = |field: Field| {
        let place = missing.iter().position(|(name, _)| *name == field.name)?;
        Some((field, missing.swap_remove(place).1))
    };
    fields().into_iter().filter_map(take).collect()
}

/// A field that a person can write or choose in.
struct Field {
    /// Tells it apart from all others on the page.
    name: String,
    element: Element,
    form: Element,
    now: String,
    first: String,
    /// Whether it only goes with what is written around it, such as the version that was changed.
    is_hidden: bool,
}

/// Those of the page, in order.
fn fields() -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
    let Ok(found) = document().query_selector_all(FIELDS) else { return fields };
    let elements = (0..found.length()).filter_map(|place| found.get(place)?.dyn_into::<Element>().ok());
    for mut field in elements.filter_map(Field::of) {
        while fields.iter().any(|other| other.name == field.name) {
            field.name.push('+');
        }
        fields.push(field);
    }
    fields
}

impl Field {
    /// Never of a secret or a file, nor of what the person does not see unless it says that it is to be kept.
    fn of(element: Element) -> Option<Self> {
        let (now, first) = match element.dyn_ref::<HtmlInputElement>() {
            Some(input) => match input.type_().as_str() {
                "checkbox" => (input.checked().to_string(), input.default_checked().to_string()),
                // Choosing another one takes the choice away by itself.
                "radio" => (input.checked().to_string(), (input.checked() && input.default_checked()).to_string()),
                "text" | "number" | "email" | "url" | "tel" => (input.value(), input.default_value()),
                "hidden" if input.has_attribute("data-kept") => (input.value(), input.value()),
                _ => return None,
            },
            None => match element.dyn_ref::<HtmlTextAreaElement>() {
                Some(text) => (text.value(), text.default_value().unwrap_or_default()),
                None => element.dyn_ref::<HtmlSelectElement>().map(|select| (select.value(), first_choice(select)))?,
            },
        };
        let form = element.closest("form").ok().flatten()?;
        let of_form = form.get_attribute("action").unwrap_or_default();
        let [name, id] = ["name", "id"].map(|name| element.get_attribute(name).unwrap_or_default());
        let choice = choice(&element).map(|input| input.value()).unwrap_or_default();
        let is_hidden = element.has_attribute("data-kept");
        Some(Self { name: format!("{of_form} {name} {id} {choice}"), element, form, now, first, is_hidden })
    }

    fn is_changed(&self) -> bool {
        written::is_changed(&self.now, &self.first)
    }

    /// Says whether that has changed anything: what the person has written meanwhile stays.
    fn put_back(&self, value: &str) -> bool {
        if self.now == value || self.is_changed() {
            return false;
        }
        if let Some(input) = choice(&self.element) {
            input.set_checked(value == "true");
        } else if let Some(input) = self.element.dyn_ref::<HtmlInputElement>() {
            input.set_value(value);
        } else if let Some(text) = self.element.dyn_ref::<HtmlTextAreaElement>() {
            text.set_value(value);
        } else if let Some(select) = self.element.dyn_ref::<HtmlSelectElement>() {
            select.set_value(value);
            // What was chosen may be gone.
            if select.value() != value {
                select.set_value(&self.now);
                return false;
            }
        }
        self.show();
        true
    }

    /// Tells the page, and opens what the field is folded away in.
    fn show(&self) {
        if let Ok(Some(details)) = self.element.closest("details") {
            let _ = details.set_attribute("open", "");
        }
        let options = EventInit::new();
        options.set_bubbles(true);
        for name in ["input", "change"] {
            if let Ok(event) = Event::new_with_event_init_dict(name, &options) {
                // Fails only for an event that is under way already.
                let _ = self.element.dispatch_event(&event);
            }
        }
    }
}

/// What the browser chooses by itself.
fn first_choice(select: &HtmlSelectElement) -> String {
    let option = |selector| select.query_selector(selector).ok().flatten();
    let first = option("option[selected]").or_else(|| option("option"));
    first
        .and_then(|option| option.dyn_into::<HtmlOptionElement>().ok())
        .map(|option| option.value())
        .unwrap_or_default()
}

/// The field as one that is ticked.
fn choice(element: &Element) -> Option<&HtmlInputElement> {
    let input = element.dyn_ref::<HtmlInputElement>()?;
    matches!(input.type_().as_str(), "checkbox" | "radio").then_some(input)
}
