//! Points in time, in the one form that all of Lyceum writes and reads.
//!
//! Hand-made and small on purpose: the same code runs in the browser, where a date library would cost more
//! bytes than the page that shows the date. The tests compare it with the `time` crate.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::fmt;

const MICROS_PER_SECOND: i64 = 1_000_000;
const SECONDS_PER_DAY: i64 = 86_400;

/// A moment: microseconds since 1970-01-01T00:00:00Z. Written as RFC 3339 in UTC with six fractional digits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Timestamp(i64);

impl Timestamp {
    /// From microseconds since the epoch, as the databases store it.
    #[must_use]
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// From whole seconds since the epoch, as tokens carry it (RFC 7519 `NumericDate`).
    #[must_use]
    pub const fn from_seconds(seconds: i64) -> Self {
        Self(seconds.saturating_mul(MICROS_PER_SECOND))
    }

    /// Microseconds since the epoch.
    #[must_use]
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// Whole seconds since the epoch, rounded down.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(MICROS_PER_SECOND)
    }

    /// The moment so many seconds later, or earlier for a negative number.
    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(MICROS_PER_SECOND)))
    }

    /// Whole seconds from `earlier` to this moment; negative when `earlier` is later.
    #[must_use]
    pub const fn seconds_since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0).div_euclid(MICROS_PER_SECOND)
    }

    /// Year, month 1–12 and day 1–31 in UTC.
    #[must_use]
    pub const fn date(self) -> (i64, u32, u32) {
        civil_from_days(self.seconds().div_euclid(SECONDS_PER_DAY))
    }

    /// Days since the epoch in UTC, for daily quotas.
    #[must_use]
    pub const fn day(self) -> i64 {
        self.seconds().div_euclid(SECONDS_PER_DAY)
    }

    /// Reads what [`fmt::Display`] writes, with any number of fractional digits up to nine.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.strip_suffix('Z')?;
        let (date, clock) = text.split_once('T')?;
        let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
        let [year, month, day] = numbers(date, '-', [4, 2, 2])?;
        let [hour, minute, second] = numbers(clock, ':', [2, 2, 2])?;
        let in_range = (1..=12).contains(&month) && hour < 24 && minute < 60 && second < 60;
        let days = days_from_civil(year, month, day);
        if !in_range || civil_from_days(days) != (year, u32::try_from(month).ok()?, u32::try_from(day).ok()?) {
            return None;
        }
        let seconds = days * SECONDS_PER_DAY + hour * 3_600 + minute * 60 + second;
        Some(Self(seconds * MICROS_PER_SECOND + fraction_micros(fraction)?))
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.date();
        let in_day = self.seconds().rem_euclid(SECONDS_PER_DAY);
        let (hour, minute, second) = (in_day / 3_600, in_day / 60 % 60, in_day % 60);
        let micros = self.0.rem_euclid(MICROS_PER_SECOND);
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{micros:06}Z")
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom("expected a time as RFC 3339 in UTC"))
    }
}

fn numbers(text: &str, separator: char, widths: [usize; 3]) -> Option<[i64; 3]> {
    let mut parts = text.split(separator);
    let mut numbers = [0; 3];
    for (number, width) in numbers.iter_mut().zip(widths) {
        let part = parts.next()?;
        if part.len() != width || !part.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        *number = part.parse().ok()?;
    }
    parts.next().is_none().then_some(numbers)
}

fn fraction_micros(digits: &str) -> Option<i64> {
    if digits.is_empty() || digits.len() > 9 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    format!("{digits:0<6}")[..6].parse().ok()
}

/// Days since 1970-01-01 to the Gregorian calendar (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
const fn civil_from_days(days: i64) -> (i64, u32, u32) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + (month <= 2) as i64;
    (year, month as u32, day as u32)
}

/// The inverse of [`civil_from_days`].
const fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let month_from_march = if month > 2 { month - 3 } else { month + 9 };
    let day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;
    use ::time::{OffsetDateTime, format_description::well_known::Rfc3339};

    #[test]
    fn agrees_with_the_time_crate_over_four_centuries() {
        let mut seconds = -5_000_000_000_i64;
        while seconds < 12_000_000_000 {
            let ours = Timestamp::from_micros(seconds * MICROS_PER_SECOND + 123_456);
            let theirs = OffsetDateTime::parse(&ours.to_string(), &Rfc3339).unwrap();
            assert_eq!(theirs.unix_timestamp_nanos(), i128::from(ours.micros()) * 1_000);
            assert_eq!(Timestamp::parse(&ours.to_string()), Some(ours));
            seconds += 7_654_321;
        }
    }

    #[test]
    fn refuses_what_is_not_a_time() {
        for bad in [
            "",
            "2026-02-30T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-01-01T24:00:00Z",
            "2026-01-01T00:00:00",
            "2026-01-01T00:00:00+01:00",
            "2026-01-01 00:00:00Z",
            "2026-01-01T00:00:00.Z",
            "+026-01-01T00:00:00Z",
        ] {
            assert_eq!(Timestamp::parse(bad), None, "{bad}");
        }
        assert_eq!(Timestamp::parse("1970-01-01T00:00:01.5Z"), Some(Timestamp::from_micros(1_500_000)));
    }
}
