//! So many requests a second for one person, more for an address that several may share, and a daily quota where
//! one is set.

use super::{address::client_address, authenticate::VerifiedToken, problem::Refusal, store};
use crate::{failure::Failure, settings::RateLimitSettings};
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use db::Db;
use domain::{ApiError, ErrorCode, clock::Clock, id::Sub, viewer::Authentication};
use governor::{
    Quota, RateLimiter, clock::Clock as GovernorClock, middleware::NoOpMiddleware, state::keyed::DashMapStateStore,
};
use std::{net::IpAddr, num::NonZeroU32, sync::Arc, time::Duration};

/// How much more an address may ask than a person: a school stands behind one.
const ADDRESS_FACTOR: u32 = 10;

/// Time for the limiter, from our own clock.
#[derive(Clone, Debug)]
struct Ticks(Clock);

impl GovernorClock for Ticks {
    type Instant = Duration;

    fn now(&self) -> Duration {
        self.0.steady()
    }
}

type Keyed<K> = RateLimiter<K, DashMapStateStore<K>, Ticks, NoOpMiddleware<Duration>>;

/// Who is counted.
enum Counted {
    Person(Sub),
    Address(Option<IpAddr>),
}

/// The counters of this process, and of the database for the quota.
#[derive(Clone)]
pub(crate) struct RateLimit(Arc<Inner>);

struct Inner {
    people: Keyed<Sub>,
    addresses: Keyed<Option<IpAddr>>,
    daily_quota: Option<u64>,
    trusted_proxies: usize,
    db: Db,
    clock: Clock,
}

impl RateLimit {
    pub(crate) fn new(settings: &RateLimitSettings, trusted_proxies: usize, db: Db, clock: Clock) -> Self {
        let quota = |factor: u32| {
            let at_least_one = |number: u32| NonZeroU32::new(number.saturating_mul(factor)).unwrap_or(NonZeroU32::MIN);
            Quota::per_second(at_least_one(settings.per_second)).allow_burst(at_least_one(settings.burst))
        };
        let ticks = Ticks(clock.clone());
        Self(Arc::new(Inner {
            people: RateLimiter::dashmap_with_clock(quota(1), ticks.clone()),
            addresses: RateLimiter::dashmap_with_clock(quota(ADDRESS_FACTOR), ticks),
            daily_quota: settings.daily_quota,
            trusted_proxies,
            db,
            clock,
        }))
    }

    /// Forgets those who have not asked for long.
    pub(crate) fn tidy(&self) {
        self.0.people.retain_recent();
        self.0.addresses.retain_recent();
    }

    async fn check(&self, counted: Counted) -> Result<(), ApiError> {
        let now = Ticks(self.0.clock.clone()).now();
        let refused = |early: governor::NotUntil<Duration>| {
            ApiError::too_many_requests(early.wait_time_from(now).as_secs().saturating_add(1))
        };
        match counted {
            Counted::Address(address) => self.0.addresses.check_key(&address).map_err(refused),
            Counted::Person(sub) => {
                self.0.people.check_key(&sub).map_err(refused)?;
                Ok(self.check_quota(&sub).await?)
            }
        }
    }

    async fn check_quota(&self, sub: &Sub) -> Result<(), Failure> {
        let Some(quota) = self.0.daily_quota else { return Ok(()) };
        let now = self.0.clock.now();
        let used = store::count_request(&mut self.0.db.write().await?, sub.as_str(), now.day()).await?;
        if u64::try_from(used).unwrap_or(u64::MAX) <= quota {
            return Ok(());
        }
        let until_midnight = (now.day() + 1) * 86_400 - now.seconds();
        let seconds = u64::try_from(until_midnight).unwrap_or(1);
        Err(Failure::Refused(ApiError {
            retry_after_seconds: Some(seconds),
            ..ApiError::new(
                ErrorCode::TooManyRequests,
                format!("You have used your {quota} requests of today. They are renewed at midnight UTC."),
            )
        }))
    }
}

/// Middleware: counts calls, not assets, pages or media.
pub(crate) async fn limit_rate(State(limit): State<RateLimit>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if !["/api/", "/fn/", "/auth/"].iter().any(|counted| path.starts_with(counted)) {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let person = match parts.extensions.get::<Authentication>() {
        Some(Authentication::Registered(viewer)) => Some(viewer.sub.clone()),
        _ => parts.extensions.get::<VerifiedToken>().map(|token| token.0.sub.clone()),
    };
    let counted =
        person.map_or_else(|| Counted::Address(client_address(&parts, limit.0.trusted_proxies)), Counted::Person);
    match limit.check(counted).await {
        Ok(()) => next.run(Request::from_parts(parts, body)).await,
        Err(error) => Refusal(error).into_response(),
    }
}
