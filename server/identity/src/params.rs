//! Strict reading of queries and forms: UTF-8, no parameter twice, no NUL.
//!
//! The usual decoders replace bytes that are no UTF-8 and take the last of two equal names. Both let two readers of
//! one request see different things, so here they are refusals.

use std::collections::BTreeMap;

/// Longest query or form in bytes. Ordinary ones stay far below.
const LONGEST: usize = 16 * 1024;

/// Names and values of a query or form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Params(BTreeMap<String, String>);

/// Why a query or form cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum BadParams {
    /// Not UTF-8, a broken percent escape, or a NUL.
    Malformed,
    /// A name stands in it twice.
    Repeated,
    /// Too long.
    TooLong,
}

impl Params {
    /// Reads `application/x-www-form-urlencoded`.
    pub(crate) fn parse(encoded: &[u8]) -> Result<Self, BadParams> {
        if encoded.len() > LONGEST {
            return Err(BadParams::TooLong);
        }
        let mut params = BTreeMap::new();
        for pair in encoded.split(|&byte| byte == b'&').filter(|pair| !pair.is_empty()) {
            let mut halves = pair.splitn(2, |&byte| byte == b'=');
            let name = decode(halves.next().unwrap_or_default()).ok_or(BadParams::Malformed)?;
            let value = decode(halves.next().unwrap_or_default()).ok_or(BadParams::Malformed)?;
            if params.insert(name, value).is_some() {
                return Err(BadParams::Repeated);
            }
        }
        Ok(Self(params))
    }

    /// A value; one that is empty counts as absent (RFC 6749 §3.1).
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// A value, or "".
    pub(crate) fn text(&self, name: &str) -> &str {
        self.get(name).unwrap_or_default()
    }
}

/// Undoes form encoding. None when the bytes are no text.
pub(crate) fn decode(encoded: &[u8]) -> Option<String> {
    let mut bytes = Vec::with_capacity(encoded.len());
    let mut rest = encoded.iter();
    while let Some(&byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => hex(*rest.next()?)? * 16 + hex(*rest.next()?)?,
            other => other,
        });
    }
    String::from_utf8(bytes).ok().filter(|text| !text.contains('\0'))
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

/// Form-encodes pairs; the result fits a query, a form and a cookie.
pub(crate) fn encode<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_encoded_is_read_back() {
        let pairs = [("a", "ż & = + %"), ("b", "<script>\n")];
        let params = Params::parse(encode(pairs).as_bytes()).unwrap();
        for (name, value) in pairs {
            assert_eq!(params.get(name), Some(value));
        }
        assert_eq!(Params::parse(b"a=&b").unwrap().get("a"), None);
    }

    #[test]
    fn doubtful_input_is_refused() {
        for bad in [&b"a=%FF"[..], b"a=\xff", b"a=%zz", b"a=%4", b"a=%00", b"%ff=a"] {
            assert_eq!(Params::parse(bad), Err(BadParams::Malformed), "{bad:?}");
        }
        assert_eq!(Params::parse(b"a=1&b=2&a=1"), Err(BadParams::Repeated));
        assert_eq!(Params::parse(&vec![b'a'; LONGEST + 1]), Err(BadParams::TooLong));
    }
}
