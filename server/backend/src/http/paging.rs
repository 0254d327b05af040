//! Parts of lists: how `Link` leads from one to the next (RFC 8288).

use http::{HeaderMap, HeaderValue, header, request::Parts};
use url::form_urlencoded;

/// What says which part of the list it is; everything else in the address says which list.
const PLACES: [&str; 4] = ["limit", "before", "after", "around"];

/// One way out of the part that is shown.
#[derive(Debug)]
pub(crate) struct Lead {
    /// The relation: `next` or `prev`.
    pub(crate) relation: &'static str,
    /// The parameter that takes the cursor: `before` or `after`.
    pub(crate) parameter: &'static str,
    /// Where the other part begins, if there is one.
    pub(crate) cursor: Option<String>,
}

/// Leads of a list that shows the newest first.
pub(crate) fn newest_first(older: Option<String>, newer: Option<String>) -> [Lead; 2] {
    [
        Lead { relation: "next", parameter: "before", cursor: older },
        Lead { relation: "prev", parameter: "after", cursor: newer },
    ]
}

/// The header with the addresses of the other parts: that of this one, with another cursor.
pub(crate) fn links(parts: &Parts, limit: i64, leads: impl IntoIterator<Item = Lead>) -> HeaderMap {
    let address = |parameter: &str, cursor: &str| {
        let mut query = form_urlencoded::Serializer::new(String::new());
        let given = form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes());
        query.extend_pairs(given.filter(|(name, _)| !PLACES.contains(&name.as_ref())));
        query.append_pair("limit", &limit.to_string()).append_pair(parameter, cursor);
        format!("{}?{}", parts.uri.path(), query.finish())
    };
    let shown = |Lead { relation, parameter, cursor }: Lead| {
        cursor.map(|cursor| format!("<{}>; rel=\"{relation}\"", address(parameter, &cursor)))
    };
    let text: Vec<String> = leads.into_iter().filter_map(shown).collect();
    let value = HeaderValue::try_from(text.join(", ")).ok().filter(|value| !value.is_empty());
    value.map(|value| (header::LINK, value)).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::Request;

    fn parts(address: &str) -> Parts {
        Request::get(address).body(()).unwrap().into_parts().0
    }

    #[test]
    fn other_parts_are_of_the_same_list() {
        let parts = parts("/api/documents?query=a%20%3Eb%22&limit=2&before=old");
        let headers = links(&parts, 2, newest_first(Some("o/1".into()), Some("n".into())));
        let expected = "</api/documents?query=a+%3Eb%22&limit=2&before=o%2F1>; rel=\"next\", \
            </api/documents?query=a+%3Eb%22&limit=2&after=n>; rel=\"prev\"";
        assert_eq!(headers[header::LINK], expected);
    }

    #[test]
    fn the_whole_list_leads_nowhere() {
        assert!(links(&parts("/api/quiz"), 50, newest_first(None, None)).is_empty());
    }
}
