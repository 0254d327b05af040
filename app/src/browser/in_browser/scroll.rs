//! Where things stand on the page.

use super::signals::once;
use leptos::prelude::{document, window};
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast as _;
use web_sys::{DomRect, Element, FocusOptions, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};

/// Brings an element into the middle of what scrolls it.
pub fn scroll_to(element: &Element) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Center);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// Moves the focus to an element without scrolling to it.
pub fn focus_in_place(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    // Fails only when the element has left the page.
    let _ = element.focus_with_options(&options);
}

/// What had the focus.
#[derive(Clone, Debug)]
pub struct Focused(SendWrapper<HtmlElement>);

/// What has the focus; none when that is the page as a whole.
#[must_use]
pub fn focused() -> Option<Focused> {
    let element = document().active_element().filter(|element| element.tag_name() != "BODY")?;
    Some(Focused(SendWrapper::new(element.dyn_into().ok()?)))
}

impl Focused {
    /// Whether it is this element or something in it.
    #[must_use]
    pub fn is_within(&self, element: &Element) -> bool {
        element.contains(Some(&self.0))
    }

    /// Gives the focus back, where it is still on the page.
    pub fn take_back(&self) {
        if self.0.is_connected() {
            // Fails only when the element has left the page.
            let _ = self.0.focus();
        }
    }
}

/// An element and where it stood.
#[derive(Clone, Debug)]
pub struct Anchor {
    element: SendWrapper<Element>,
    top: f64,
}

/// Remembers where the element with this selector, the first in view, stands on the screen. They stand in a column. One
/// that is cut off at the upper edge is taken only when none begins below it: what shrinks there must move nothing.
#[must_use]
pub fn anchor(scrolled: &Element, selector: &str) -> Option<Anchor> {
    let view = scrolled.get_bounding_client_rect();
    let rows = scrolled.query_selector_all(selector).ok()?;
    let row = |place| rows.item(place)?.dyn_into::<Element>().ok();
    // They stand one below another, so that a few of hundreds need to be asked.
    let places = (0..rows.length()).collect::<Vec<u32>>();
    let first = |is_above: fn(&DomRect, &DomRect) -> bool| {
        let is_passed = |place: &u32| row(*place).is_some_and(|row| is_above(&row.get_bounding_client_rect(), &view));
        row(*places.get(places.partition_point(is_passed))?)
    };
    let whole = first(|row, view| row.top() < view.top());
    let whole = whole.filter(|row| row.get_bounding_client_rect().top() < view.bottom());
    let element = whole.or_else(|| first(|row, view| row.bottom() <= view.top()))?;
    let top = element.get_bounding_client_rect().top();
    Some(Anchor { element: SendWrapper::new(element), top })
}

impl Anchor {
    /// Scrolls so that the element stands again where it stood, whatever came or went around it.
    pub fn restore(&self, scrolled: &Element) {
        if self.element.is_connected() {
            let moved = self.element.get_bounding_client_rect().top() - self.top;
            scrolled.set_scroll_top(scrolled.scroll_top() + moved.round() as i32);
        }
    }
}

/// Runs something when the page has been laid out anew, before it is painted.
pub fn before_paint(run: impl FnOnce() + 'static) {
    // Fails only for a callback that is no function.
    let _ = window().request_animation_frame(once(run).unchecked_ref());
}

/// Whether the window is wide enough to show something beside what is read; 72rem in the style sheets.
#[must_use]
pub fn has_room_beside() -> bool {
    const WIDE: &str = "(min-width: 72rem)";
    window().match_media(WIDE).ok().flatten().is_some_and(|list| list.matches())
}

/// Asks the browser to print the page.
pub fn print_page() {
    // Fails only in a frame that may not.
    let _ = window().print();
}

/// Whether any of the element of this id is in the window.
#[must_use]
pub fn is_in_sight(id: &str) -> bool {
    let height = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or_default();
    let place = element(id).map(|element| element.get_bounding_client_rect());
    place.is_some_and(|place| place.bottom() > 0.0 && place.top() < height)
}

/// The element of this id.
#[must_use]
pub fn element(id: &str) -> Option<Element> {
    document().get_element_by_id(id)
}
