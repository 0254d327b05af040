//! Random secrets, their hashes, and what we sign for ourselves.

use aws_lc_rs::{constant_time, digest, hmac};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::clock::random_bytes;
use std::fmt;

/// Length of every hash and signature here, in bytes.
pub(crate) const HASH_LENGTH: usize = 32;

/// 256 random bits, as text that fits addresses, cookies and forms.
pub(crate) fn random_token() -> String {
    URL_SAFE_NO_PAD.encode(random_bytes::<32>())
}

/// Six random digits. The remainder of 64 bits favours no code by more than 1 in 10¹³.
pub(crate) fn random_code() -> String {
    format!("{:06}", u64::from_le_bytes(random_bytes()) % 1_000_000)
}

/// SHA-256: enough for tokens of 256 random bits, never for passwords or codes.
pub(crate) fn hash(secret: &str) -> Vec<u8> {
    digest::digest(&digest::SHA256, secret.as_bytes()).as_ref().to_vec()
}

/// Compares without telling by time where the difference is.
pub(crate) fn equal(one: &[u8], other: &[u8]) -> bool {
    constant_time::verify_slices_are_equal(one, other).is_ok()
}

/// Signs what comes back to us: links, form tokens, short codes. The purpose keeps one from passing for another.
#[derive(Clone)]
pub(crate) struct Sealer(hmac::Key);

impl Sealer {
    pub(crate) fn new(secret: &[u8]) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, secret))
    }

    /// The signature of the parts, each with its length, so that none can flow into the next.
    pub(crate) fn seal(&self, purpose: &str, parts: &[&[u8]]) -> Vec<u8> {
        let mut context = hmac::Context::with_key(&self.0);
        for part in std::iter::once(purpose.as_bytes()).chain(parts.iter().copied()) {
            context.update(&(part.len() as u64).to_be_bytes());
            context.update(part);
        }
        context.sign().as_ref().to_vec()
    }

    /// Whether `seal` is what [`Self::seal`] gives.
    pub(crate) fn verify(&self, purpose: &str, parts: &[&[u8]], seal: &[u8]) -> bool {
        equal(&self.seal(purpose, parts), seal)
    }
}

impl fmt::Debug for Sealer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sealer")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_holds_for_its_purpose_and_parts_only() {
        let sealer = Sealer::new(b"secret");
        let seal = sealer.seal("link", &[b"ab", b"c"]);
        assert!(sealer.verify("link", &[b"ab", b"c"], &seal));
        assert!(!sealer.verify("form", &[b"ab", b"c"], &seal));
        assert!(!sealer.verify("link", &[b"a", b"bc"], &seal));
        assert!(!Sealer::new(b"other").verify("link", &[b"ab", b"c"], &seal));
    }

    #[test]
    fn codes_have_six_digits_and_tokens_differ() {
        for _ in 0..100 {
            let code = random_code();
            assert!(code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()), "{code}");
        }
        assert_ne!(random_token(), random_token());
        assert_eq!(hash("x").len(), HASH_LENGTH);
    }
}
