//! Numbers and months as every page writes them.

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The name of a month from 1 to 12; empty for another number.
#[must_use]
pub fn month(number: u32) -> &'static str {
    let place = usize::try_from(number).ok().and_then(|number| number.checked_sub(1));
    place.and_then(|place| MONTHS.get(place)).copied().unwrap_or_default()
}

/// The same in three letters.
#[must_use]
pub fn short_month(number: u32) -> &'static str {
    month(number).get(..3).unwrap_or_default()
}

/// A number with commas between its thousands: `2,000`.
#[must_use]
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        assert_eq!([grouped(0), grouped(999), grouped(1_000), grouped(1_234_567)], ["0", "999", "1,000", "1,234,567"]);
    }

    #[test]
    fn only_twelve_numbers_are_months() {
        assert_eq!([month(1), month(9), month(12)], ["January", "September", "December"]);
        assert_eq!([short_month(5), short_month(9)], ["May", "Sep"]);
        assert_eq!([month(0), short_month(0), month(13)], [""; 3]);
    }
}
