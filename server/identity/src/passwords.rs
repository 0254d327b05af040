//! Passwords: Cognito's default policy, and Argon2id hashing that a burst of sign-ins cannot turn against us.

use crate::{Refusal, error::Fault, secrets};
use argon2::{
    Algorithm, Argon2, Block, Params, PasswordHash, Version,
    password_hash::{Output, ParamsString, Salt, SaltString},
};
use domain::clock::random_bytes;
use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
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
    places: Arc<Places>,
    /// Verified for accounts that do not exist, so that they take as long as others.
    stand_in: Arc<str>,
}

impl Hasher {
    pub(crate) async fn new() -> Result<Self, Fault> {
        let places = std::thread::available_parallelism().map_or(1, usize::from);
        let stand_in = task::spawn_blocking(|| hash_now("a password that nobody has", &mut Memory::default()))
            .await
            .map_err(|error| Fault::Hash(error.to_string()))??;
        Ok(Self { places: Arc::new(Places::new(places)), stand_in: stand_in.into() })
    }

    /// Waits for a free place, first come first served.
    pub(crate) async fn place(&self) -> Result<Place, Refusal> {
        match time::timeout(LONGEST_WAIT, Arc::clone(&self.places.free).acquire_owned()).await {
            Ok(Ok(permit)) => Ok(Place { places: Arc::clone(&self.places), _permit: permit }),
            Ok(Err(_)) | Err(_) => Err(Refusal::Busy),
        }
    }

    /// Hashes a new password, in PHC form.
    pub(crate) async fn hash(&self, password: &str) -> Result<String, Refusal> {
        let password = password.to_owned();
        Ok(run(self.place().await?, move |memory| hash_now(&password, memory)).await??)
    }

    /// The same with a salt that is given, so that equal passwords have equal hashes.
    pub(crate) async fn hash_salted(&self, password: &str, salt: Vec<u8>) -> Result<String, Refusal> {
        let password = password.to_owned();
        Ok(run(self.place().await?, move |memory| hash_with(&password, &salt, memory)).await??)
    }

    /// Which of the hashes, all made with this salt, is that of the password. However many they are, it takes as long
    /// as [`Self::verify`].
    pub(crate) async fn find(
        &self,
        place: Place,
        password: &str,
        salt: Vec<u8>,
        hashes: &[&str],
    ) -> Result<Option<usize>, Refusal> {
        if password.chars().count() > LONGEST {
            return Ok(None);
        }
        let password = password.to_owned();
        let hash = run(place, move |memory| hash_with(&password, &salt, memory)).await??;
        Ok(hashes.iter().position(|known| secrets::equal(known.as_bytes(), hash.as_bytes())))
    }

    /// Whether it is the password of the hash; without one it takes the same time and says no.
    pub(crate) async fn verify(&self, place: Place, password: &str, hash: Option<&str>) -> Result<bool, Refusal> {
        // Hashing costs the same for any length, so an endless one may be refused at once.
        if password.chars().count() > LONGEST {
            return Ok(false);
        }
        let known = hash.is_some();
        let (password, hash) = (password.to_owned(), hash.unwrap_or(&self.stand_in).to_owned());
        Ok(run(place, move |memory| verify_now(&password, &hash, memory)).await?? && known)
    }
}

/// What one hash fills.
type Memory = Vec<Block>;

/// Who may hash now, and the memory for it. That is used again and again: given back to the allocator after every
/// hash, most of it would stay with whichever thread had hashed, a little more with each of them.
#[derive(Debug)]
struct Places {
    free: Arc<Semaphore>,
    /// Of the places that nobody has.
    memories: Mutex<Vec<Memory>>,
}

impl Places {
    fn new(number: usize) -> Self {
        Self { free: Arc::new(Semaphore::new(number)), memories: Mutex::default() }
    }

    fn take_memory(&self) -> Memory {
        self.memories.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default()
    }

    fn keep_memory(&self, memory: Memory) {
        self.memories.lock().unwrap_or_else(PoisonError::into_inner).push(memory);
    }
}

/// The right to hash one password now.
#[derive(Debug)]
pub(crate) struct Place {
    places: Arc<Places>,
    /// Given back when dropped.
    _permit: OwnedSemaphorePermit,
}

async fn run<T: Send + 'static>(
    place: Place,
    work: impl FnOnce(&mut Memory) -> T + Send + 'static,
) -> Result<T, Fault> {
    let done = task::spawn_blocking(move || {
        let mut memory = place.places.take_memory();
        let result = work(&mut memory);
        // Before the place is free: whoever comes next finds it.
        place.places.keep_memory(memory);
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

fn hash_now(password: &str, memory: &mut Memory) -> Result<String, Fault> {
    hash_with(password, &random_bytes::<16>(), memory)
}

fn hash_with(password: &str, salt: &[u8], memory: &mut Memory) -> Result<String, Fault> {
    let (kilobytes, passes, lanes) = COST;
    let params = Params::new(kilobytes, passes, lanes, None).map_err(|error| Fault::Hash(error.to_string()))?;
    let salt = SaltString::encode_b64(salt).map_err(failed)?;
    let hash = PasswordHash {
        algorithm: Algorithm::Argon2id.ident(),
        version: Some(Version::V0x13.into()),
        params: ParamsString::try_from(&params).map_err(failed)?,
        salt: Some(salt.as_salt()),
        hash: Some(output(password, salt.as_salt(), params, Params::DEFAULT_OUTPUT_LEN, memory)?),
    };
    Ok(hash.to_string())
}

fn verify_now(password: &str, hash: &str, memory: &mut Memory) -> Result<bool, Fault> {
    let hash = PasswordHash::new(hash).map_err(failed)?;
    let (Some(salt), Some(expected)) = (hash.salt, hash.hash) else {
        return Err(Fault::Hash("a stored hash has no salt or no output".into()));
    };
    if hash.algorithm != Algorithm::Argon2id.ident() || hash.version != Some(Version::V0x13.into()) {
        return Err(Fault::Hash("a stored hash is of another algorithm".into()));
    }
    let params = Params::try_from(&hash).map_err(failed)?;
    // Outputs compare in constant time.
    Ok(output(password, salt, params, expected.len(), memory)? == expected)
}

fn output(password: &str, salt: Salt<'_>, params: Params, length: usize, memory: &mut Memory) -> Result<Output, Fault> {
    let mut bytes = [0; Salt::MAX_LENGTH];
    let salt = salt.decode_b64(&mut bytes).map_err(failed)?;
    let blocks = params.block_count();
    if memory.len() < blocks {
        memory.resize(blocks, Block::default());
    }
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    Output::init_with(length, |out| {
        Ok(argon2.hash_password_into_with_memory(password.as_bytes(), salt, out, &mut *memory)?)
    })
    .map_err(failed)
}

fn failed(error: argon2::password_hash::Error) -> Fault {
    Fault::Hash(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{
        pin::pin,
        sync::atomic::{AtomicUsize, Ordering},
        task::{Context, Poll, Waker},
    };

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

    #[tokio::test]
    async fn one_salt_finds_a_password_among_several_hashes() {
        let hasher = Hasher::new().await.unwrap();
        let salt = vec![7; 16];
        let (first, second) = ("Passw0rd!1", "Passw0rd!2");
        let hashes = [
            hasher.hash_salted(first, salt.clone()).await.unwrap(),
            hasher.hash_salted(second, salt.clone()).await.unwrap(),
        ];
        let known = hashes.each_ref().map(String::as_str);
        for (password, expected) in [(first, Some(0)), (second, Some(1)), ("Passw0rd!3", None)] {
            let place = hasher.place().await.unwrap();
            assert_eq!(hasher.find(place, password, salt.clone(), &known).await.unwrap(), expected, "{password}");
        }
        assert!(hasher.verify(hasher.place().await.unwrap(), second, Some(known[1])).await.unwrap());
    }

    #[tokio::test]
    async fn no_more_hash_at_once_than_there_are_places_and_these_in_turn() {
        let hasher = hasher_of(2).await;
        let (first, _second) = (hasher.place().await.unwrap(), hasher.place().await.unwrap());
        let (mut third, mut fourth) = (pin!(hasher.place()), pin!(hasher.place()));
        let mut context = Context::from_waker(Waker::noop());
        assert!(third.as_mut().poll(&mut context).is_pending());
        assert!(fourth.as_mut().poll(&mut context).is_pending());
        drop(first);
        assert!(fourth.as_mut().poll(&mut context).is_pending(), "the third was there first");
        assert!(matches!(third.as_mut().poll(&mut context), Poll::Ready(Ok(_))));
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn many_hashes_share_the_memory_of_the_places() {
        let hasher = hasher_of(2).await;
        let (running, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let hashes = (0..12).map(|number| {
            let (hasher, running, most) = (hasher.clone(), running.clone(), most.clone());
            tokio::spawn(async move {
                let work = move |memory: &mut Memory| {
                    most.fetch_max(running.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    let hash = hash_now(&format!("Passw0rd!{number}"), memory);
                    running.fetch_sub(1, Ordering::SeqCst);
                    hash
                };
                run(hasher.place().await.unwrap(), work).await.unwrap().unwrap()
            })
        });
        for (number, hash) in hashes.collect::<Vec<_>>().into_iter().enumerate() {
            let (password, hash) = (format!("Passw0rd!{number}"), hash.await.unwrap());
            assert!(verify_now(&password, &hash, &mut Memory::default()).unwrap(), "used memory spoils no hash");
        }
        assert!(most.load(Ordering::SeqCst) <= 2);
        let kept = hasher.places.memories.lock().unwrap();
        assert!((1..=2).contains(&kept.len()), "{} memories are kept", kept.len());
    }

    #[test]
    fn hashes_are_those_of_argon2_in_the_usual_form() {
        use argon2::{PasswordHasher as _, PasswordVerifier as _};
        let (ours, mut memory) = (Argon2::default(), Memory::default());
        let hash = hash_now("Passw0rd!", &mut memory).unwrap();
        ours.verify_password(b"Passw0rd!", &PasswordHash::new(&hash).unwrap()).unwrap();
        let salt = SaltString::from_b64("c29tZXNhbHRzb21lc2FsdA").unwrap();
        let theirs = ours.hash_password(b"Passw0rd!", &salt).unwrap().to_string();
        assert!(verify_now("Passw0rd!", &theirs, &mut memory).unwrap());
        assert!(!verify_now("Passw0rd?", &theirs, &mut memory).unwrap());
    }

    async fn hasher_of(places: usize) -> Hasher {
        Hasher { places: Arc::new(Places::new(places)), ..Hasher::new().await.unwrap() }
    }
}
