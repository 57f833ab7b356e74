//! Civil dates of the Gregorian calendar, without a time of day and without a zone.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A date from 0001-01-01 to 9999-12-31. Serialises as `YYYY-MM-DD`; sorts by time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CivilDate {
    year: u16,
    month: u8,
    day: u8,
}

impl CivilDate {
    /// The first date: 0001-01-01.
    pub const MIN: Self = Self { year: 1, month: 1, day: 1 };
    /// The last date: 9999-12-31.
    pub const MAX: Self = Self { year: 9999, month: 12, day: 31 };

    /// The date of this year (1 to 9999), month (1 to 12) and day of the month; none when the
    /// calendar has no such day.
    #[must_use]
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let exists = (1..=9999).contains(&year)
            && (1..=12).contains(&month)
            && (1..=days_in_month(year, month)).contains(&day);
        exists.then_some(Self { year, month, day })
    }

    /// The year, 1 to 9999.
    #[must_use]
    pub fn year(self) -> u16 {
        self.year
    }

    /// The month, 1 to 12.
    #[must_use]
    pub fn month_of_year(self) -> u8 {
        self.month
    }

    /// The day of the month, 1 to 31.
    #[must_use]
    pub fn day(self) -> u8 {
        self.day
    }

    /// The month as `YYYY-MM`.
    #[must_use]
    pub fn month(self) -> String {
        format!("{:04}-{:02}", self.year, self.month)
    }

    /// Days since 1970-01-01; negative before.
    #[must_use]
    pub fn days_since_epoch(self) -> i64 {
        // The year starts in March, so that a leap day is its last (H. Hinnant, days_from_civil).
        let (month, day) = (i64::from(self.month), i64::from(self.day));
        let year = i64::from(self.year) - i64::from(month <= 2);
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        era * 146_097 + day_of_era - 719_468
    }

    /// The date this many days after 1970-01-01; beyond the calendar's ends, its first or last.
    #[must_use]
    pub fn from_days_since_epoch(days: i64) -> Self {
        let days = days.clamp(Self::MIN.days_since_epoch(), Self::MAX.days_since_epoch());
        let shifted = days + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
        let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
        let year = era * 400 + year_of_era + i64::from(month <= 2);
        // In range by the clamp above; the fallback is never taken.
        Self::from_parts(year, month, day).unwrap_or(Self::MIN)
    }

    /// The date this many days later, or earlier when negative; stops at the calendar's ends.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        Self::from_days_since_epoch(self.days_since_epoch().saturating_add(days))
    }

    /// The day before.
    #[must_use]
    pub fn yesterday(self) -> Self {
        self.plus_days(-1)
    }

    /// How many days later this date is than `earlier`; negative when it is before.
    #[must_use]
    pub fn days_after(self, earlier: Self) -> i64 {
        self.days_since_epoch() - earlier.days_since_epoch()
    }

    fn from_parts(year: i64, month: i64, day: i64) -> Option<Self> {
        Self::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?)
    }
}

impl fmt::Display for CivilDate {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// The text is not a date of the form `YYYY-MM-DD`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotADate;

impl fmt::Display for NotADate {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("not a date of the form YYYY-MM-DD")
    }
}

impl std::error::Error for NotADate {}

impl FromStr for CivilDate {
    type Err = NotADate;

    /// Reads exactly `YYYY-MM-DD`, all digits ASCII; anything else is [`NotADate`].
    fn from_str(text: &str) -> Result<Self, NotADate> {
        let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else {
            return Err(NotADate);
        };
        let year = number(&[*y1, *y2, *y3, *y4])?;
        let month = number(&[*m1, *m2])?;
        let day = number(&[*d1, *d2])?;
        Self::from_parts(year, month, day).ok_or(NotADate)
    }
}

impl TryFrom<String> for CivilDate {
    type Error = NotADate;

    fn try_from(text: String) -> Result<Self, NotADate> {
        text.parse()
    }
}

impl From<CivilDate> for String {
    fn from(date: CivilDate) -> Self {
        date.to_string()
    }
}

fn number(digits: &[u8]) -> Result<i64, NotADate> {
    digits.iter().try_fold(0, |value, digit| match digit {
        b'0'..=b'9' => Ok(value * 10 + i64::from(digit - b'0')),
        _ => Err(NotADate),
    })
}

fn days_in_month(year: u16, month: u8) -> u8 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> CivilDate {
        text.parse().unwrap()
    }

    #[test]
    fn only_dates_that_exist_are_read() {
        for text in ["2015-01-01", "2024-02-29", "2000-02-29", "9999-12-31", "0001-01-01"] {
            assert_eq!(date(text).to_string(), text);
        }
        for text in [
            "",
            "2026-1-01",
            "2026-02-29",
            "1900-02-29",
            "2026-04-31",
            "2026-13-01",
            "2026-00-10",
            "2026-01-00",
            "0000-01-01",
            "2026/01/01",
            "2026-01-01T00:00",
            "+026-01-01",
            "２026-01-1",
        ] {
            assert_eq!(text.parse::<CivilDate>(), Err(NotADate), "{text}");
        }
    }

    #[test]
    fn every_day_follows_the_one_before() {
        assert_eq!(date("1970-01-01").days_since_epoch(), 0);
        assert_eq!(date("2026-11-22").days_since_epoch(), 20_779);
        let mut previous = date("1899-12-31");
        for days in previous.days_since_epoch() + 1..date("2101-01-02").days_since_epoch() {
            let current = CivilDate::from_days_since_epoch(days);
            assert_eq!(current.days_since_epoch(), days);
            assert_eq!(current.yesterday(), previous);
            let first = (current.day() == 1, current.month_of_year() == 1);
            let expected = match first {
                (false, _) => (previous.year(), previous.month_of_year(), previous.day() + 1),
                (true, false) => (previous.year(), previous.month_of_year() + 1, 1),
                (true, true) => (previous.year() + 1, 1, 1),
            };
            assert_eq!((current.year(), current.month_of_year(), current.day()), expected);
            previous = current;
        }
    }

    #[test]
    fn arithmetic_stops_at_the_ends() {
        assert_eq!(CivilDate::MAX.plus_days(1), CivilDate::MAX);
        assert_eq!(CivilDate::MIN.yesterday(), CivilDate::MIN);
        assert_eq!(date("2026-11-22").plus_days(i64::MAX), CivilDate::MAX);
        assert_eq!(date("2026-11-22").plus_days(i64::MIN), CivilDate::MIN);
    }

    #[test]
    fn thirty_civil_days_span_the_clock_change() {
        assert_eq!(date("2026-10-25").plus_days(-29), date("2026-09-26"));
        assert_eq!(date("2026-10-25").days_after(date("2026-09-26")), 29);
    }

    #[test]
    fn months_and_order() {
        assert_eq!(date("2026-03-01").yesterday(), date("2026-02-28"));
        assert_eq!(date("2026-03-01").month(), "2026-03");
        assert!(date("2025-12-31") < date("2026-01-01"));
        assert!(date("2026-01-31") < date("2026-02-01"));
    }

    #[test]
    fn it_serialises_as_its_text() {
        assert_eq!(serde_json::to_string(&date("2026-11-22")).unwrap(), "\"2026-11-22\"");
        assert!(serde_json::from_str::<CivilDate>("\"2026-02-30\"").is_err());
    }
}
