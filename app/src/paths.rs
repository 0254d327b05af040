//! Addresses that several pages or both sides need.

/// Where a signed-in person starts.
pub const HOME: &str = "/conversations";
/// Everything of one's own in one file.
pub const EXPORT: &str = "/api/me/export";
/// The cookie that keeps the chosen theme.
pub const THEME_COOKIE: &str = "lyceum_theme";
/// Where an old sign-in is made fresh before the account can be cancelled.
pub const SIGN_IN_TO_CANCEL: &str = "/auth/sign-in?prompt=login&return_to=%2Fsettings%2Fcancel-account";

/// The sign-in that comes back to a page of ours.
#[must_use]
pub fn sign_in(return_to: &str) -> String {
    format!("/auth/sign-in?return_to={}", percent_encoded(&without_form_error(return_to)))
}

/// The page's address without the error that a failed form left in it: it would be shown again after the sign-in.
#[must_use]
pub fn without_form_error(path: &str) -> String {
    let Some((path, query)) = path.split_once('?') else { return path.to_owned() };
    let is_kept = |pair: &&str| !pair.starts_with("__path=") && !pair.starts_with("__err=");
    let kept: Vec<_> = query.split('&').filter(is_kept).collect();
    if kept.is_empty() { path.to_owned() } else { format!("{path}?{}", kept.join("&")) }
}

/// An address with one more parameter.
#[must_use]
pub fn with_parameter(address: &str, name: &str, value: &str) -> String {
    let mark = if address.contains('?') { '&' } else { '?' };
    format!("{address}{mark}{name}={}", percent_encoded(value))
}

/// Text as one value of a query (RFC 3986 §2.1: everything but unreserved characters is escaped).
#[must_use]
pub fn percent_encoded(text: &str) -> String {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let digits = [byte >> 4, byte & 15].map(|digit| char::from(HEX[usize::from(digit)]));
            encoded.push('%');
            encoded.extend(digits);
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_survives_in_one_parameter() {
        assert_eq!(sign_in("/people?query=a&b"), "/auth/sign-in?return_to=%2Fpeople%3Fquery%3Da%26b");
        assert_eq!(sign_in("/people?query=ż"), "/auth/sign-in?return_to=%2Fpeople%3Fquery%3D%C5%BC");
    }

    #[test]
    fn a_parameter_is_added_to_others() {
        assert_eq!(with_parameter("/albums", "after", "a&b"), "/albums?after=a%26b");
        assert_eq!(with_parameter("/albums?query=x", "after", "2"), "/albums?query=x&after=2");
    }

    #[test]
    fn a_failed_form_is_not_repeated_after_the_sign_in() {
        assert_eq!(sign_in("/settings?__path=%2Ffn&__err=e30"), "/auth/sign-in?return_to=%2Fsettings");
        assert_eq!(sign_in("/people?query=x&__err=e30"), "/auth/sign-in?return_to=%2Fpeople%3Fquery%3Dx");
    }
}
