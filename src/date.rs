//! The calendar of a book: fiscal years, cycles, phases, and days counted from a cycle.
//!
//! A [`Calendar`] turns the name of a cycle (`fy27-q1`) into its dates and back, a [`Rhythm`]
//! is how long cycles are, an [`Offset`] (`-4w`, `end+2w`) is a day told from a cycle's dates.
//!
//! Knows no files, no book and no clock: "today" is always an argument. All days are civil
//! dates, without a time or a time zone, and every range includes its last day.

mod calendar;
mod misnamed;
mod name;
mod offset;

use std::fmt;

pub use calendar::{Calendar, MonthDay, MonthDayError, NamedAfter, Standard};
pub use jiff::civil::Date;
pub use misnamed::Misnamed;
pub use offset::{Anchor, Offset, OffsetError};

/// How long a cycle is. The order is by length, the longest first: a year encloses quarters,
/// so `Rhythm::Year < Rhythm::Quarter`. The default is a quarter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Rhythm {
    /// The whole fiscal year.
    Year,
    /// Six months, `h1` and `h2`.
    Half,
    /// Four months, `t1` to `t3`.
    Trimester,
    /// Three months, `q1` to `q4`.
    #[default]
    Quarter,
}

impl Rhythm {
    /// All rhythms, the longest first.
    pub const ALL: [Self; 4] = [Self::Year, Self::Half, Self::Trimester, Self::Quarter];

    /// Reads what an author writes for `cycle`: `year`, `half`, `trimester` or `quarter`.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rhythm| rhythm.as_str() == text)
    }

    /// The word that [`Rhythm::parse`] reads.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Half => "half",
            Self::Trimester => "trimester",
            Self::Quarter => "quarter",
        }
    }

    /// How many such cycles a year has: 1, 2, 3 or 4.
    pub const fn per_year(self) -> i8 {
        match self {
            Self::Year => 1,
            Self::Half => 2,
            Self::Trimester => 3,
            Self::Quarter => 4,
        }
    }

    /// How many months such a cycle has: 12, 6, 4 or 3.
    pub const fn months(self) -> i8 {
        12 / self.per_year()
    }

    /// The rhythm of a cycle with dates of its own, from its length in days (first and last
    /// day included): a quarter has 80 to 100 days, a trimester 112 to 133, a half 170 to 196,
    /// a year 350 to 380. Any other length is none of them.
    pub const fn of_days(days: i64) -> Option<Self> {
        match days {
            80..=100 => Some(Self::Quarter),
            112..=133 => Some(Self::Trimester),
            170..=196 => Some(Self::Half),
            350..=380 => Some(Self::Year),
            _ => None,
        }
    }

    /// The letter of its parts in names (`q` of `fy27-q1`); a year has none.
    const fn letter(self) -> Option<char> {
        match self {
            Self::Year => None,
            Self::Half => Some('h'),
            Self::Trimester => Some('t'),
            Self::Quarter => Some('q'),
        }
    }
}

impl fmt::Display for Rhythm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Where a day stands in relation to a cycle. The order is that of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phase {
    /// Before its first day.
    Planning,
    /// From its first day to its last, both included.
    Running,
    /// After its last day.
    Ended,
}

impl Phase {
    /// The phase on the day `today` of a cycle from `start` to `end` (its last day). A cycle
    /// without an end runs on.
    pub fn of(start: Date, end: Option<Date>, today: Date) -> Self {
        if today < start {
            Self::Planning
        } else if end.is_some_and(|end| today > end) {
            Self::Ended
        } else {
            Self::Running
        }
    }

    /// `planning`, `running` or `ended`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Planning => "planning",
            Self::Running => "running",
            Self::Ended => "ended",
        }
    }
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The days from one day to another: 1 from today to tomorrow, negative when `to` is earlier.
pub fn days_between(from: Date, to: Date) -> i64 {
    to.duration_since(from).as_hours() / 24
}

/// The number of days from `start` to `end`, both included: 1 when they are the same day, and 0
/// when `end` is before `start`.
pub fn days_in(start: Date, end: Date) -> i64 {
    (days_between(start, end) + 1).max(0)
}

/// The week of a cycle in which a day falls. The first seven days are week 1, the seven days
/// before the start week -1; there is no week 0. Weeks begin on the weekday of the start.
pub fn week_of(start: Date, day: Date) -> i64 {
    let days = days_between(start, day);
    if days < 0 { days.div_euclid(7) } else { days / 7 + 1 }
}

/// The number of weeks that begin between `start` and `end`, both included: the week number of
/// the last day, or 0 when `end` is before `start`.
pub fn weeks_in(start: Date, end: Date) -> i64 {
    (days_in(start, end) + 6) / 7
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn rhythms_round_trip_and_are_ordered_by_length() {
        for rhythm in Rhythm::ALL {
            assert_eq!(Rhythm::parse(rhythm.as_str()), Some(rhythm));
            assert_eq!(rhythm.months() * rhythm.per_year(), 12);
        }
        assert!(Rhythm::ALL.is_sorted());
        assert!(Rhythm::Year < Rhythm::Quarter);
        for unknown in ["", "Quarter", "month", "quarters", " year"] {
            assert_eq!(Rhythm::parse(unknown), None, "{unknown:?}");
        }
    }

    #[test]
    fn rhythm_of_a_length_in_days() {
        for (days, expected) in [
            (i64::MIN, None),
            (-91, None),
            (0, None),
            (79, None),
            (80, Some(Rhythm::Quarter)),
            (91, Some(Rhythm::Quarter)),
            (98, Some(Rhythm::Quarter)),
            (100, Some(Rhythm::Quarter)),
            (101, None),
            (111, None),
            (112, Some(Rhythm::Trimester)),
            (133, Some(Rhythm::Trimester)),
            (134, None),
            (169, None),
            (170, Some(Rhythm::Half)),
            (196, Some(Rhythm::Half)),
            (197, None),
            (349, None),
            (350, Some(Rhythm::Year)),
            (371, Some(Rhythm::Year)),
            (380, Some(Rhythm::Year)),
            (381, None),
            (i64::MAX, None),
        ] {
            assert_eq!(Rhythm::of_days(days), expected, "{days}");
        }
    }

    #[test]
    fn phases_include_the_first_and_the_last_day() {
        let (start, end) = (date(2026, 2, 1), date(2026, 4, 30));
        for (today, expected) in [
            (date(2026, 1, 31), Phase::Planning),
            (date(2026, 2, 1), Phase::Running),
            (date(2026, 4, 30), Phase::Running),
            (date(2026, 5, 1), Phase::Ended),
        ] {
            assert_eq!(Phase::of(start, Some(end), today), expected, "{today}");
        }
        assert_eq!(Phase::of(start, None, date(2026, 1, 31)), Phase::Planning);
        assert_eq!(Phase::of(start, None, Date::MAX), Phase::Running);
        assert!(Phase::Planning < Phase::Running && Phase::Running < Phase::Ended);
        assert_eq!(Phase::Ended.to_string(), "ended");
    }

    #[test]
    fn days_over_leap_days_and_over_all_time() {
        assert_eq!(days_between(date(2024, 2, 28), date(2024, 3, 1)), 2);
        assert_eq!(days_between(date(2026, 2, 28), date(2026, 3, 1)), 1);
        assert_eq!(days_between(date(2026, 3, 1), date(2026, 2, 28)), -1);
        assert_eq!(days_between(Date::MIN, Date::MAX), 7_304_483);
        assert_eq!(days_in(date(2026, 2, 1), date(2026, 4, 30)), 89);
        assert_eq!(days_in(date(2026, 2, 1), date(2026, 2, 1)), 1);
        assert_eq!(days_in(date(2026, 2, 1), date(2026, 1, 1)), 0);
    }

    #[test]
    fn weeks_are_counted_from_one_and_have_no_zero() {
        let start = date(2026, 2, 1);
        for (day, expected) in [
            (date(2026, 1, 17), -3),
            (date(2026, 1, 18), -2),
            (date(2026, 1, 24), -2),
            (date(2026, 1, 25), -1),
            (date(2026, 1, 31), -1),
            (date(2026, 2, 1), 1),
            (date(2026, 2, 7), 1),
            (date(2026, 2, 8), 2),
            (date(2026, 4, 30), 13),
        ] {
            assert_eq!(week_of(start, day), expected, "{day}");
        }
    }

    #[test]
    fn weeks_in_a_range_are_those_begun() {
        let start = date(2026, 2, 1);
        for (end, expected) in [
            (date(2026, 1, 31), 0),
            (date(2025, 1, 31), 0),
            (date(2026, 2, 1), 1),
            (date(2026, 2, 7), 1),
            (date(2026, 2, 8), 2),
            (date(2026, 4, 30), 13),
        ] {
            assert_eq!(weeks_in(start, end), expected, "{end}");
            if end >= start {
                assert_eq!(week_of(start, end), expected, "{end}");
            }
        }
    }
}
