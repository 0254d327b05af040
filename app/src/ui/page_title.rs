//! The document's title; the only user of leptos_meta's `Title`, which writes its text unescaped into the page.

use leptos::prelude::*;
use leptos_meta::Title;

/// How many messages wait unread; stands in every title, so that a tab in the background tells.
#[derive(Clone, Copy)]
pub struct Unread(pub Signal<i64>);

/// Sets the document's title to the page's name and the product's.
#[component]
pub fn PageTitle(
    /// The page's name.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    // Only the server writes it as HTML; the browser sets it as a property.
    #[cfg(feature = "ssr")]
    let title = super::escape::escaped(&titled(&text.get_untracked(), 0));
    #[cfg(not(feature = "ssr"))]
    let title = {
        let unread = use_context::<Unread>();
        move || titled(&text.get(), unread.map_or(0, |unread| unread.0.get()))
    };
    view! { <Title text=title /> }
}

fn titled(text: &str, unread: i64) -> String {
    if unread > 0 { format!("({unread}) {text} · Lyceum") } else { format!("{text} · Lyceum") }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use axum::{body::Body, http::Request};
    use http_body_util::BodyExt;
    use leptos_meta::MetaTags;

    #[tokio::test]
    async fn text_cannot_leave_the_title() {
        // Listing the routes starts what drives the rendering.
        let _ = leptos_axum::generate_route_list(crate::App);
        let page = || {
            view! {
                <html>
                    <head>
                        <MetaTags />
                    </head>
                    <body>
                        <PageTitle text="</title><script>alert(1)</script>&lt;" />
                    </body>
                </html>
            }
        };
        let answer = leptos_axum::render_app_async(page)(Request::new(Body::empty())).await;
        let html = answer.into_body().collect().await.unwrap().to_bytes();
        let html = String::from_utf8_lossy(&html);
        let title = "<title>&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;lt; · Lyceum</title>";
        assert!(html.contains(title), "{html}");
        assert!(!html.contains("<script>alert"), "{html}");
    }

    #[test]
    fn what_is_unread_stands_first() {
        assert_eq!(titled("Biology", 3), "(3) Biology · Lyceum");
        assert_eq!(titled("Biology", 0), "Biology · Lyceum");
    }

    #[test]
    fn nothing_else_sets_the_title() {
        let sources = crate::ui::sources();
        let users: Vec<_> =
            sources.iter().filter(|(_, text)| text.contains("leptos_meta::Title;")).map(|(path, _)| path).collect();
        assert_eq!(users, ["ui/page_title.rs"]);
        assert!(!sources.iter().any(|(_, text)| text.contains("leptos_meta::*")));
    }
}
