//! How often something may be tried. Kept in the database, so that it holds across processes and restarts.
//!
//! An attempt is counted before it is made, so that a burst of parallel ones cannot slip through, and forgiven when
//! it succeeds. Every block ends by itself: nobody is locked out for good.

mod store;

use crate::{secrets::Sealer, state::Provider};
use db::Transaction;
use domain::Timestamp;
use std::net::IpAddr;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;

/// How many attempts and when again.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Rule {
    /// After `free` failures each further one must wait twice as long, from one second to `longest`. What is `shared`
    /// by several accounts keeps its failures when one of them succeeds.
    Backoff { free: i64, longest: i64, shared: bool },
    /// At most `most` in `window` seconds.
    Budget { most: i64, window: i64 },
}

/// Back-off is forgotten so many seconds after the last attempt.
const FORGET_AFTER: i64 = 15 * MINUTE;

/// The account at one client address, as Cognito does it for the account.
const SIGN_IN_PAIR: Rule = Rule::Backoff { free: 5, longest: 15 * MINUTE, shared: false };
/// The account from everywhere: slows a distributed attack, while the owner waits a minute at most.
const SIGN_IN_ACCOUNT: Rule = Rule::Backoff { free: 20, longest: MINUTE, shared: false };
const CODE_PAIR: Rule = Rule::Budget { most: 5, window: 15 * MINUTE };
const CODE_ACCOUNT: Rule = Rule::Budget { most: 20, window: HOUR };
const MAIL_PAIR: Rule = Rule::Budget { most: 10, window: HOUR };
const MAIL_ACCOUNT: Rule = Rule::Budget { most: 20, window: HOUR };

/// One counter.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key(Vec<u8>);

/// The counters that one attempt adds to.
#[derive(Clone, Debug)]
pub(crate) struct Attempt(Vec<(Key, Rule)>);

impl Attempt {
    fn new(sealer: &Sealer, counters: Vec<(&str, &str, Option<IpAddr>, Rule)>) -> Self {
        let mut counters: Vec<_> = counters
            .into_iter()
            .map(|(kind, name, address, rule)| {
                let address = address.map(network).unwrap_or_default();
                let key = sealer.seal("throttle", &[kind.as_bytes(), name.as_bytes(), &address]);
                (Key(key), rule)
            })
            .collect();
        // Everybody takes the row locks in the same order, so that nobody waits in a circle.
        counters.sort_by(|(one, _), (other, _)| one.cmp(other));
        Self(counters)
    }

    /// A password is tried.
    pub(crate) fn sign_in(provider: &Provider, username: &str, address: Option<IpAddr>) -> Self {
        let mut counters = vec![("sign-in", username, None, SIGN_IN_ACCOUNT)];
        if address.is_some() {
            let free = provider.settings.limits.failed_sign_ins;
            counters.push(("sign-in-pair", username, address, SIGN_IN_PAIR));
            counters.push(("sign-in-address", "", address, Rule::Backoff { free, longest: 15 * MINUTE, shared: true }));
        } else {
            counters.push(("sign-in-pair", username, None, SIGN_IN_PAIR));
        }
        Self::new(&provider.keys.sealer, counters)
    }

    /// A code that was mailed is tried.
    pub(crate) fn code(provider: &Provider, purpose: &str, email: &str, address: Option<IpAddr>) -> Self {
        let pair = format!("code-pair-{purpose}");
        let account = format!("code-{purpose}");
        let counters = vec![(&*pair, email, address, CODE_PAIR), (&*account, email, None, CODE_ACCOUNT)];
        Self::new(&provider.keys.sealer, counters)
    }

    /// A mail is asked for.
    pub(crate) fn mail(provider: &Provider, email: &str, address: Option<IpAddr>) -> Self {
        let counters = vec![("mail-pair", email, address, MAIL_PAIR), ("mail", email, None, MAIL_ACCOUNT)];
        Self::new(&provider.keys.sealer, counters)
    }

    /// Somebody signs up, which sends a mail.
    pub(crate) fn sign_up(provider: &Provider, email: &str, address: Option<IpAddr>) -> Self {
        let most = provider.settings.limits.sign_ups_per_hour;
        let mut counters = vec![("mail-pair", email, address, MAIL_PAIR), ("mail", email, None, MAIL_ACCOUNT)];
        if address.is_some() {
            counters.push(("sign-up", "", address, Rule::Budget { most, window: HOUR }));
        }
        Self::new(&provider.keys.sealer, counters)
    }

    /// Counts the attempt, or says in how many seconds the next one may be made. Then nothing was counted.
    pub(crate) async fn count(&self, tx: &mut Transaction, now: Timestamp) -> sqlx::Result<Result<(), i64>> {
        let mut counted = Vec::with_capacity(self.0.len());
        let mut wait = 0;
        for (key, rule) in &self.0 {
            match rule.next(store::locked(tx, key, now).await?, now) {
                Ok(counter) => counted.push((key, counter)),
                Err(seconds) => wait = wait.max(seconds),
            }
        }
        if wait > 0 {
            return Ok(Err(wait));
        }
        for (key, counter) in counted {
            store::update(tx, key, counter).await?;
        }
        Ok(Ok(()))
    }

    /// Forgets what was counted against the account, and the last attempt of the address: it succeeded. An address
    /// keeps its earlier failures, or an attacker with an account of their own could wipe them.
    pub(crate) async fn forgive(&self, tx: &mut Transaction) -> sqlx::Result<()> {
        for (key, rule) in &self.0 {
            match rule {
                Rule::Backoff { shared: true, .. } => store::take_back(tx, key).await?,
                Rule::Backoff { .. } | Rule::Budget { .. } => store::delete(tx, key).await?,
            }
        }
        Ok(())
    }
}

/// The part of an address that one person or household has: all of IPv4's, the first half of IPv6's.
fn network(address: IpAddr) -> Vec<u8> {
    match address.to_canonical() {
        IpAddr::V4(address) => address.octets().to_vec(),
        IpAddr::V6(address) => address.octets().into_iter().take(8).collect(),
    }
}

/// What is kept of a counter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub(crate) struct Counter {
    count: i64,
    started_at: i64,
    last_at: i64,
    blocked_until: i64,
}

impl Rule {
    /// The counter after one more attempt, or the seconds to wait, at least 1.
    fn next(self, counter: Counter, now: Timestamp) -> Result<Counter, i64> {
        match self {
            Self::Backoff { free, longest, .. } => {
                wait_until(counter.blocked_until, now)?;
                let forgotten = now.seconds_since(Timestamp::from_micros(counter.last_at)) >= FORGET_AFTER;
                let count = if forgotten { 1 } else { counter.count + 1 };
                let doublings = u32::try_from((count - free).clamp(0, 20)).unwrap_or_default();
                let blocked_until =
                    if count >= free { now.plus_seconds((1_i64 << doublings).min(longest)).micros() } else { 0 };
                Ok(Counter { count, last_at: now.micros(), blocked_until, ..counter })
            }
            Self::Budget { most, window } => {
                let ends = Timestamp::from_micros(counter.started_at).plus_seconds(window);
                if counter.count == 0 || now >= ends {
                    return Ok(Counter { count: 1, started_at: now.micros(), last_at: now.micros(), blocked_until: 0 });
                }
                if counter.count >= most {
                    wait_until(ends.micros(), now)?;
                }
                Ok(Counter { count: counter.count + 1, last_at: now.micros(), ..counter })
            }
        }
    }
}

fn wait_until(micros: i64, now: Timestamp) -> Result<(), i64> {
    let left = micros.saturating_sub(now.micros());
    if left <= 0 { Ok(()) } else { Err(left.saturating_add(999_999) / 1_000_000) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn back_off_doubles_up_to_its_longest_and_is_forgotten() {
        let rule = Rule::Backoff { free: 3, longest: 4, shared: false };
        let mut now = Timestamp::from_seconds(1_000_000);
        let mut counter = Counter::default();
        for _ in 0..3 {
            counter = rule.next(counter, now).unwrap();
        }
        for wait in [1, 2, 4, 4] {
            assert_eq!(rule.next(counter, now), Err(wait));
            now = now.plus_seconds(wait);
            counter = rule.next(counter, now).unwrap();
        }
        now = now.plus_seconds(FORGET_AFTER);
        assert_eq!(rule.next(counter, now).unwrap().count, 1);
    }

    #[test]
    fn a_budget_is_new_in_the_next_window() {
        let rule = Rule::Budget { most: 2, window: 60 };
        let now = Timestamp::from_seconds(1_000_000);
        let one = rule.next(Counter::default(), now).unwrap();
        let two = rule.next(one, now.plus_seconds(10)).unwrap();
        assert_eq!(rule.next(two, now.plus_seconds(20)), Err(40));
        assert_eq!(rule.next(two, now.plus_seconds(60)).unwrap().count, 1);
    }

    #[test]
    fn one_household_is_one_network() {
        let of = |text: &str| network(text.parse().unwrap());
        assert_eq!(of("2001:db8:1:2::1"), of("2001:db8:1:2:ffff::9"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"));
        assert_ne!(of("192.0.2.1"), of("192.0.2.2"));
    }
}
