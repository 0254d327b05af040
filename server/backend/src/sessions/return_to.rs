//! Where a sign-in leads back to: a page of this app and nowhere else.

use url::{Position, Url};

/// Longer addresses are none of ours.
const LENGTH_MAX: usize = 2_000;
/// More layers of percent-encoding have no honest reason.
const LAYERS: usize = 4;

/// The path, query and fragment of a local address, in the form a browser understands as local; `/` for anything
/// else. `public_url` is only used to resolve against.
pub(crate) fn local(text: &str, public_url: &Url) -> String {
    checked(text, public_url).unwrap_or_else(|| "/".to_owned())
}

fn checked(text: &str, public_url: &Url) -> Option<String> {
    if text.len() > LENGTH_MAX || !text.starts_with('/') {
        return None;
    }
    let path = text.split(['?', '#']).next().unwrap_or_default();
    if !looks_local(path) || text.chars().any(char::is_control) {
        return None;
    }
    let url = public_url.join(text).ok().filter(|url| url.origin() == public_url.origin())?;
    let local = &url[Position::BeforePath..];
    // Resolving takes dots out, and `/.//host` becomes `//host`.
    let leads_back_here = url.path() == "/auth" || url.path().starts_with("/auth/");
    (looks_local(url.path()) && !leads_back_here).then(|| local.to_owned())
}

/// Judges the path as written and as it looks once proxies and frameworks have decoded it.
fn looks_local(path: &str) -> bool {
    let mut layer = path.to_owned();
    for _ in 0..LAYERS {
        let harmless = |letter: char| letter != '\\' && !letter.is_control() && letter != '\u{FFFD}';
        if layer.starts_with("//") || !layer.chars().all(harmless) {
            return false;
        }
        let decoded = decode(&layer);
        if decoded == layer {
            return true;
        }
        layer = decoded;
    }
    false
}

fn decode(text: &str) -> String {
    // Form decoding without its meaning of `+`.
    let protected = text.replace('+', "%2B").replace('&', "%26").replace('=', "%3D");
    url::form_urlencoded::parse(protected.as_bytes()).map(|(key, _)| key.into_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_local_page_is_kept_with_query_and_fragment() {
        let public_url = Url::parse("https://lyceum.example").unwrap();
        for path in ["/", "/settings", "/c/5?before=10&q=a%2Fb#m7", "/a+b", "/żółw", "/search?q=%5Cx", "/authors"] {
            let expected = path.replace("żółw", "%C5%BC%C3%B3%C5%82w");
            assert_eq!(local(path, &public_url), expected);
        }
    }

    #[test]
    fn everything_else_leads_to_the_start_page() {
        let public_url = Url::parse("https://lyceum.example").unwrap();
        let long = format!("/{}", "a".repeat(LENGTH_MAX));
        for foreign in [
            "",
            "settings",
            "https://evil.example/",
            "javascript:alert(1)",
            "//evil.example",
            "///evil.example",
            "/\\evil.example",
            "/\\/evil.example",
            "\\/evil.example",
            "/\tevil",
            "/\t/evil.example",
            "/\n/evil.example",
            "/ok\0",
            "/%2Fevil.example",
            "/%2f%2fevil.example",
            "/%5Cevil.example",
            "/%255cevil.example",
            "/%25255Cevil.example",
            "/%2525252525252Fevil.example",
            "/%09/evil.example",
            "/%0d%0aSet-Cookie:x",
            "/./%2fevil.example",
            "/.//evil.example",
            "/..//evil.example",
            "/a/..//evil.example",
            "/a/%2e%2e//evil.example",
            "/%ff",
            "/auth/sign-in",
            "/auth",
            "/x/../auth/sign-in",
            " /settings",
            &long,
        ] {
            assert_eq!(local(foreign, &public_url), "/", "{foreign:?}");
        }
    }
}
