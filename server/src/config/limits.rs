//! How long and how much.

use super::Environment;

/// Sessions, rates and quotas.
#[derive(Clone, Debug)]
pub struct LimitsConfig {
    /// `LYCEUM_SESSION_IDLE_SECONDS`: an unused session ends. Default: 259200 (3 days).
    pub session_idle_seconds: i64,
    /// `LYCEUM_SESSION_ABSOLUTE_SECONDS`: any session ends. Default: 432000 (5 days), the life of a refresh token.
    pub session_absolute_seconds: i64,
    /// `LYCEUM_RATE_PER_SECOND`: requests per person and second. Default: 50.
    pub rate_per_second: u32,
    /// `LYCEUM_RATE_BURST`: requests that may come at once. Default: 100.
    pub rate_burst: u32,
    /// `LYCEUM_DAILY_QUOTA`: requests per person and UTC day. Default: no quota.
    pub daily_quota: Option<u32>,
}

impl LimitsConfig {
    pub(super) fn read(environment: &Environment<'_>) -> Self {
        let seconds = "a number of seconds";
        let number = "a positive number";
        let limits = Self {
            session_idle_seconds: environment.value_or("LYCEUM_SESSION_IDLE_SECONDS", seconds, 259_200),
            session_absolute_seconds: environment.value_or("LYCEUM_SESSION_ABSOLUTE_SECONDS", seconds, 432_000),
            rate_per_second: environment.value_or("LYCEUM_RATE_PER_SECOND", number, 50),
            rate_burst: environment.value_or("LYCEUM_RATE_BURST", number, 100),
            daily_quota: environment.value("LYCEUM_DAILY_QUOTA", number),
        };
        if limits.rate_per_second == 0 || limits.rate_burst == 0 {
            environment.problem("LYCEUM_RATE_PER_SECOND and LYCEUM_RATE_BURST must be above 0".into());
        }
        if limits.session_idle_seconds <= 0 || limits.session_absolute_seconds <= 0 {
            environment.problem("session limits must be above 0 seconds".into());
        }
        limits
    }
}
