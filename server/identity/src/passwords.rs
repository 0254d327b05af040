//! Passwords: Cognito's default policy, and Argon2id hashing that a burst of sign-ins cannot turn against us.

use crate::{Refusal, error::Fault};
use argon2::{
    Algorithm, Argon2, Params, PasswordHash, PasswordVerifier as _, Version,
    password_hash::{PasswordHasher as _, SaltString},
};
use domain::clock::random_bytes;
use std::{fmt, sync::Arc, time::Duration};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    task, time,
};

/// Shortest password in characters.
pub(crate) const SHORTEST: usize = 8;
/// Longest password in characters.
pub(crate) const LONGEST: usize = 256;
/// What a person is told before they choose.
pub(crate) const POLICY: &str = "At least 8 characters, with an upper-case and a lower-case letter, a digit and a \
                                 symbol such as ! or -.";
/// Cognito's set; a space in the middle counts too.
const SYMBOLS: &str = "^$*.[]{}()?-\"!@#%&/\\,><':;|_~`+= ";

/// Memory in KiB, passes and lanes as OWASP's password storage sheet gives them for Argon2id.
const COST: (u32, u32, u32) = (19_456, 2, 1);
/// Who waits longer for a free place is told to come back.
const LONGEST_WAIT: Duration = Duration::from_secs(10);

/// The first rule that a password breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Weakness {
    TooShort,
    TooLong,
    NoLower,
    NoUpper,
    NoDigit,
    NoSymbol,
    OuterSpace,
}

impl Weakness {
    /// Cognito's words, for the JSON API.
    pub(crate) const fn as_cognito(self) -> &'static str {
        match self {
            Self::TooShort => "Password did not conform with policy: Password not long enough",
            Self::TooLong => "Password did not conform with policy: Password too long",
            Self::NoLower => "Password did not conform with policy: Password must have lowercase characters",
            Self::NoUpper => "Password did not conform with policy: Password must have uppercase characters",
            Self::NoDigit => "Password did not conform with policy: Password must have numeric characters",
            Self::NoSymbol => "Password did not conform with policy: Password must have symbol characters",
            Self::OuterSpace => "Password did not conform with policy: Password must not begin or end with a space",
        }
    }

    /// What to do about it, for pages.
    pub(crate) const fn advice(self) -> &'static str {
        match self {
            Self::TooShort => "This password is too short: use at least 8 characters.",
            Self::TooLong => "This password is too long: use at most 256 characters.",
            Self::NoLower => "Add a lower-case letter to the password.",
            Self::NoUpper => "Add an upper-case letter to the password.",
            Self::NoDigit => "Add a digit to the password.",
            Self::NoSymbol => "Add a symbol to the password, such as ! or -.",
            Self::OuterSpace => "Remove the space at the beginning or end of the password.",
        }
    }
}

/// Checks a new password against the policy.
pub(crate) fn check(password: &str) -> Result<(), Weakness> {
    let length = password.chars().count();
    let has = |test: fn(char) -> bool| password.chars().any(test);
    let broken = [
        (length < SHORTEST, Weakness::TooShort),
        (length > LONGEST, Weakness::TooLong),
        (password.trim() != password, Weakness::OuterSpace),
        (!has(|c| c.is_ascii_lowercase()), Weakness::NoLower),
        (!has(|c| c.is_ascii_uppercase()), Weakness::NoUpper),
        (!has(|c| c.is_ascii_digit()), Weakness::NoDigit),
        (!has(|c| SYMBOLS.contains(c)), Weakness::NoSymbol),
    ];
    broken.into_iter().find_map(|(broken, weakness)| broken.then_some(weakness)).map_or(Ok(()), Err)
}

/// Hashes and verifies beside the async threads, as many at once as there are processors.
#[derive(Clone)]
pub(crate) struct Hasher {
    places: Arc<Semaphore>,
    /// Verified for accounts that do not exist, so that they take as long as others.
    stand_in: Arc<str>,
}

impl Hasher {
    pub(crate) async fn new() -> Result<Self, Fault> {
        let places = std::thread::available_parallelism().map_or(1, usize::from);
        let stand_in = task::spawn_blocking(|| hash_now("a password that nobody has"))
            .await
            .map_err(|error| Fault::Hash(error.to_string()))??;
        Ok(Self { places: Arc::new(Semaphore::new(places)), stand_in: stand_in.into() })
    }

    /// Waits for a free place.
    pub(crate) async fn place(&self) -> Result<Place, Refusal> {
        match time::timeout(LONGEST_WAIT, Arc::clone(&self.places).acquire_owned()).await {
            Ok(Ok(permit)) => Ok(Place { _permit: permit }),
            Ok(Err(_)) | Err(_) => Err(Refusal::Busy),
        }
    }

    /// Hashes a new password, in PHC form.
    pub(crate) async fn hash(&self, password: &str) -> Result<String, Refusal> {
        let password = password.to_owned();
        Ok(run(self.place().await?, move || hash_now(&password)).await??)
    }

    /// Whether it is the password of the hash; without one it takes the same time and says no.
    pub(crate) async fn verify(&self, place: Place, password: &str, hash: Option<&str>) -> Result<bool, Refusal> {
        // Hashing costs the same for any length, so an endless one may be refused at once.
        if password.chars().count() > LONGEST {
            return Ok(false);
        }
        let known = hash.is_some();
        let (password, hash) = (password.to_owned(), hash.unwrap_or(&self.stand_in).to_owned());
        Ok(run(place, move || verify_now(&password, &hash)).await?? && known)
    }
}

/// The right to hash one password now.
#[derive(Debug)]
pub(crate) struct Place {
    /// Given back when dropped.
    _permit: OwnedSemaphorePermit,
}

async fn run<T: Send + 'static>(place: Place, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Fault> {
    let done = task::spawn_blocking(move || {
        let result = work();
        drop(place);
        result
    });
    done.await.map_err(|error| Fault::Hash(error.to_string()))
}

impl fmt::Debug for Hasher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hasher")
    }
}

fn argon2() -> Result<Argon2<'static>, Fault> {
    let (memory, passes, lanes) = COST;
    let params = Params::new(memory, passes, lanes, None).map_err(|error| Fault::Hash(error.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hash_now(password: &str) -> Result<String, Fault> {
    let failed = |error: argon2::password_hash::Error| Fault::Hash(error.to_string());
    let salt = SaltString::encode_b64(&random_bytes::<16>()).map_err(failed)?;
    Ok(argon2()?.hash_password(password.as_bytes(), &salt).map_err(failed)?.to_string())
}

fn verify_now(password: &str, hash: &str) -> Result<bool, Fault> {
    let hash = PasswordHash::new(hash).map_err(|error| Fault::Hash(error.to_string()))?;
    match argon2()?.verify_password(password.as_bytes(), &hash) {
        Ok(()) => Ok(true),
        Err(argon2::password_hash::Error::Password) => Ok(false),
        Err(error) => Err(Fault::Hash(error.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_names_the_first_rule_that_is_broken() {
        let cases = [
            ("Passw0rd!", Ok(())),
            ("Correct horse 1", Ok(())),
            ("Żółw-1-lower-UPPER", Ok(())),
            ("Aa1!", Err(Weakness::TooShort)),
            ("PASSW0RD!", Err(Weakness::NoLower)),
            ("passw0rd!", Err(Weakness::NoUpper)),
            ("Password!", Err(Weakness::NoDigit)),
            ("Passw0rdd", Err(Weakness::NoSymbol)),
            (" Passw0rd!", Err(Weakness::OuterSpace)),
        ];
        for (password, expected) in cases {
            assert_eq!(check(password), expected, "{password:?}");
        }
        assert_eq!(check(&"Aa1!".repeat(64)), Ok(()));
        assert_eq!(check(&format!("{}x", "Aa1!".repeat(64))), Err(Weakness::TooLong));
    }

    #[tokio::test]
    async fn only_the_password_verifies() {
        let hasher = Hasher::new().await.unwrap();
        let hash = hasher.hash("Passw0rd!").await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(hasher.verify(hasher.place().await.unwrap(), "Passw0rd!", Some(&hash)).await.unwrap());
        assert!(!hasher.verify(hasher.place().await.unwrap(), "passw0rd!", Some(&hash)).await.unwrap());
        assert!(!hasher.verify(hasher.place().await.unwrap(), "a password that nobody has", None).await.unwrap());
    }
}
