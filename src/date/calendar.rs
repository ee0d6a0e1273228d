//! The fiscal year and its parts: from the name of a cycle to its dates, and back.

use std::fmt;

use super::misnamed::{self, Misnamed};
use super::name::{Name, YEARS, Year};
use super::{Date, Rhythm};

/// The calendar of a book: when its fiscal year starts, what it is called, and how long its
/// cycles usually are. The default is the calendar year in quarters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Calendar {
    /// The first day of every fiscal year.
    pub starts: MonthDay,
    /// Which of its two calendar years gives a fiscal year its number.
    pub named_after: NamedAfter,
    /// The usual rhythm of the book. Names of any rhythm are understood, whatever it is.
    pub rhythm: Rhythm,
}

/// The dates that a standard name stands for. Two names of one cycle, as `fy27` and `2027`
/// where the fiscal year is the calendar year, are equal here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Standard {
    /// How long the cycle is.
    pub rhythm: Rhythm,
    /// Its first day.
    pub start: Date,
    /// Its last day, included.
    pub end: Date,
}

impl Calendar {
    /// What a standard name means: `fy27`, `fy27-h1`, `fy27-t3`, `fy27-q4` in any calendar, and
    /// `2026`, `2026-q3` where the fiscal year is the calendar year. Years run from 2000 to
    /// 2099. Names are in lower case; any other spelling is `None`, see
    /// [`Calendar::looks_like`].
    ///
    /// A part begins as many whole months after the first day of the year as its number says.
    /// Where that month is too short (a year from 08-31, in November) it begins on the month's
    /// last day.
    pub fn standard(&self, name: &str) -> Option<Standard> {
        self.dates(Name::read(name)?)
    }

    /// Why a name that resembles that of a cycle is none in this calendar, and what may have
    /// been meant. `None` for a standard name, and for one that resembles nothing.
    pub fn looks_like(&self, name: &str) -> Option<Misnamed> {
        match self.standard(name) {
            Some(_) => None,
            None => misnamed::explain(self, name),
        }
    }

    /// The name of the cycle of the same rhythm that follows the one with this standard name,
    /// in the same style. `None` for any other name, and after the year 2099.
    pub fn next(&self, name: &str) -> Option<String> {
        let name = Name::read(name)?;
        self.dates(name)?;
        Some(name.next()?.to_string())
    }

    /// The standard name of the cycle of a rhythm that contains a day: `fy27-q1`, or `2026-q3`
    /// where the fiscal year is the calendar year. `None` when the year is before 2000 or after
    /// 2099 and so has no name.
    pub fn containing(&self, day: Date, rhythm: Rhythm) -> Option<String> {
        let this_year = self.year_start(day.year());
        let begins = day.year() - i16::from(day < this_year);
        let number = begins + self.lead();
        if !YEARS.contains(&number) {
            return None;
        }
        let part = (1..=rhythm.per_year())
            .rev()
            .find(|part| self.months_after(begins, (part - 1) * rhythm.months()) <= day)
            .expect("the first part begins with the year, and the day is in the year");
        let year = if self.is_calendar_year() { Year::Calendar(number) } else { Year::Fiscal(number) };
        Some(Name { year, rhythm, part }.to_string())
    }

    /// Whether the fiscal year is the calendar year, so that `2026-q3` is a name.
    pub fn is_calendar_year(&self) -> bool {
        self.starts == MonthDay::default()
    }

    /// The dates of a name; none for a calendar year in another fiscal calendar.
    pub(super) fn dates(&self, name: Name) -> Option<Standard> {
        let begins = match name.year {
            Year::Fiscal(number) => number - self.lead(),
            Year::Calendar(number) if self.is_calendar_year() => number,
            Year::Calendar(_) => return None,
        };
        let months = name.rhythm.months();
        let next = self.months_after(begins, name.part * months);
        Some(Standard {
            rhythm: name.rhythm,
            start: self.months_after(begins, (name.part - 1) * months),
            end: next.yesterday().expect("names end long after the first day of all"),
        })
    }

    /// How far the number of a fiscal year is ahead of the calendar year in which it begins.
    fn lead(&self) -> i16 {
        i16::from(self.named_after == NamedAfter::End && !self.is_calendar_year())
    }

    fn year_start(&self, year: i16) -> Date {
        Date::new(year, self.starts.month, self.starts.day).expect("a month and day that every year has")
    }

    /// The day `months` (0 to 12) after the first day of the fiscal year that begins in `year`,
    /// or the last of its month where the month has no such day.
    fn months_after(&self, year: i16, months: i8) -> Date {
        let month = self.starts.month - 1 + months;
        let first = Date::new(year + i16::from(month / 12), month % 12 + 1, 1)
            .expect("a year within those that names can say, and a month from 1 to 12");
        let day = self.starts.day.min(first.days_in_month());
        first.with().day(day).build().expect("a day that the month has")
    }
}

/// Which calendar year gives a fiscal year its number. FY27 from 2026-02-01 to 2027-01-31 is
/// named after its end. Where the fiscal year is the calendar year, both are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum NamedAfter {
    /// The year in which it starts.
    Start,
    /// The year in which it ends.
    #[default]
    End,
}

impl NamedAfter {
    /// Reads `start` or `end`.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Start, Self::End].into_iter().find(|named| named.as_str() == text)
    }

    /// The word that [`NamedAfter::parse`] reads.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::End => "end",
        }
    }
}

/// A day that every year has, as `02-01`. The default is the first of January.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MonthDay {
    month: i8,
    day: i8,
}

impl Default for MonthDay {
    fn default() -> Self {
        Self { month: 1, day: 1 }
    }
}

impl MonthDay {
    /// Reads `MM-DD`, two digits each.
    ///
    /// # Errors
    /// Other forms, and days that no year or not every year has: see [`MonthDayError`].
    pub fn parse(text: &str) -> Result<Self, MonthDayError> {
        let form = || MonthDayError::Form(text.to_owned());
        let (month, day) = text.split_once('-').ok_or_else(form)?;
        let two_digits = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        if !two_digits(month) || !two_digits(day) {
            return Err(form());
        }
        let month = month.parse().map_err(|_| form())?;
        let day = day.parse().map_err(|_| form())?;
        Self::new(month, day)
    }

    /// The day of a month (1 to 12).
    ///
    /// # Errors
    /// Days that no year or not every year has, never [`MonthDayError::Form`].
    pub fn new(month: i8, day: i8) -> Result<Self, MonthDayError> {
        const SOME_LEAP_YEAR: i16 = 2024;
        let Ok(first) = Date::new(SOME_LEAP_YEAR, month, 1) else {
            return Err(MonthDayError::Month { month });
        };
        let days = first.days_in_month();
        if !(1..=days).contains(&day) {
            return Err(MonthDayError::Day { month, day, days });
        }
        if (month, day) == (2, 29) {
            return Err(MonthDayError::LeapDay);
        }
        Ok(Self { month, day })
    }

    /// The month, 1 to 12.
    pub const fn month(self) -> i8 {
        self.month
    }

    /// The day of the month, from 1.
    pub const fn day(self) -> i8 {
        self.day
    }
}

impl fmt::Display for MonthDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}-{:02}", self.month, self.day)
    }
}

/// Why a text is no [`MonthDay`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MonthDayError {
    /// It is not two digits, a hyphen and two digits.
    Form(String),
    /// There is no such month.
    Month {
        /// The number of the month as written.
        month: i8,
    },
    /// The month never has such a day.
    Day {
        /// The month, 1 to 12.
        month: i8,
        /// The day as written.
        day: i8,
        /// How many days the month has at most.
        days: i8,
    },
    /// The 29th of February, which only leap years have.
    LeapDay,
}

impl fmt::Display for MonthDayError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Form(text) => write!(f, "`{text}` is not a month and a day, as in `02-01`"),
            Self::Month { month } => {
                write!(f, "there is no month `{month:02}`: months are `01` to `12`")
            }
            Self::Day { month, day, days } => {
                write!(f, "there is no day `{day:02}` in month `{month:02}`: it has days `01` to `{days}`")
            }
            Self::LeapDay => f.write_str("not every year has the day `02-29`: use `02-28` or `03-01`"),
        }
    }
}

impl std::error::Error for MonthDayError {}

#[cfg(test)]
mod tests;
