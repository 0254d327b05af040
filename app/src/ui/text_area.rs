//! Several lines of text; the only user of `<textarea>`.

use super::field::{Annotations, described_by};
use leptos::{
    html::Textarea,
    prelude::*,
    tachys::{html::property::IntoProperty, renderer::types::Element},
    wasm_bindgen::JsValue,
};

/// A field of several lines with its label, hint and error.
#[component]
pub fn TextArea(
    /// What to write here.
    label: &'static str,
    /// The field's name in the form.
    name: &'static str,
    /// The text at first.
    #[prop(optional, into)]
    value: String,
    /// Helps before anything is wrong.
    #[prop(optional)]
    hint: &'static str,
    /// Lines shown at first.
    #[prop(default = 4)]
    rows: u32,
    /// What is wrong.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    // HTML drops one line break after the opening tag: ours, not the person's.
    let content = format!("\n{}", super::escape::escaped(&value));
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <textarea
                id=name
                name=name
                dir="auto"
                rows=rows
                aria-invalid=move || error.get().is_some().then_some("true")
                aria-describedby=move || described_by(name, hint, error.get().is_some())
                prop:value=FirstText(value)
                inner_html=content
            ></textarea>
            <Annotations name hint error />
        </div>
    }
}

/// The same where several of a name stand on a page: its id is its own.
#[component]
pub fn NamedTextArea(
    /// Names it on the page.
    id: String,
    /// What to write here.
    label: &'static str,
    /// The field's name in the form.
    name: &'static str,
    /// The text at first.
    value: String,
    /// Lines shown at first.
    rows: u32,
) -> impl IntoView {
    let content = format!("\n{}", super::escape::escaped(&value));
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <textarea id=id name=name dir="auto" rows=rows prop:value=FirstText(value) inner_html=content></textarea>
        </div>
    }
}

/// A field's text as a property that is left alone when the page is taken over from the server: the field has the text
/// already, or what was typed before the script had come.
#[derive(Clone)]
struct FirstText(String);

impl IntoProperty for FirstText {
    type State = (Element, JsValue);
    type Cloneable = Self;
    type CloneableOwned = Self;

    fn hydrate<const FROM_SERVER: bool>(self, element: &Element, key: &str) -> Self::State {
        if FROM_SERVER { (element.clone(), self.0.into()) } else { IntoProperty::build(self, element, key) }
    }

    fn build(self, element: &Element, key: &str) -> Self::State {
        IntoProperty::build(self.0, element, key)
    }

    fn rebuild(self, state: &mut Self::State, key: &str) {
        IntoProperty::rebuild(self.0, state, key);
    }

    fn into_cloneable(self) -> Self::Cloneable {
        self
    }

    fn into_cloneable_owned(self) -> Self::CloneableOwned {
        self
    }
}

/// A field that is as high as its text, for writing in the flow of a page. What surrounds it handles its keys.
#[component]
pub fn GrowingTextArea(
    /// What to write here.
    #[prop(into)]
    label: Signal<String>,
    /// The field's name in the form, unique on the page.
    name: &'static str,
    /// The text.
    text: RwSignal<String>,
    /// The element, to move the focus to it.
    element: NodeRef<Textarea>,
    /// Whether the text is on its way and must stay as it is.
    #[prop(optional, into)]
    busy: Signal<bool>,
) -> impl IntoView {
    let content = format!("\n{}", super::escape::escaped(&text.get_untracked()));
    let taken_over = Owner::current_shared_context().is_some_and(|context| context.during_hydration());
    Effect::new(move |shown: Option<bool>| {
        let Some(field) = element.get() else { return false };
        // What was written before the script had come stays.
        let is_first = shown != Some(true);
        if is_first && taken_over && !field.value().is_empty() && text.with_untracked(String::is_empty) {
            text.set(field.value());
        }
        text.with(|text| {
            if field.value() != *text {
                field.set_value(text);
            }
        });
        true
    });
    view! {
        <div class="growing" data-text=move || text.get()>
            <textarea
                node_ref=element
                id=name
                name=name
                dir="auto"
                rows="1"
                autocomplete="off"
                aria-label=label
                placeholder=label
                readonly=move || busy.get()
                aria-busy=move || busy.get().then_some("true")
                on:input:target=move |event| text.set(event.target().value())
                inner_html=content
            ></textarea>
        </div>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_leave_the_field() {
        let hostile = "\nfirst\n</textarea><script>alert(1)</script>&lt;";
        let html = Owner::new().with(|| view! { <TextArea label="Note" name="note" value=hostile /> }.to_html());
        assert_eq!(html.matches("</textarea>").count(), 1, "{html}");
        assert!(!html.contains("<script"), "{html}");
        assert!(html.contains(">\n\nfirst\n&lt;/textarea&gt;&lt;script&gt;"), "{html}");
        assert!(html.contains("&amp;lt;"), "{html}");
    }

    #[test]
    fn nothing_else_writes_the_element() {
        let sources = crate::ui::sources();
        let users: Vec<_> =
            sources.iter().filter(|(_, text)| text.contains("<textarea\n")).map(|(path, _)| path).collect();
        assert_eq!(users, ["ui/text_area.rs"]);
    }
}
