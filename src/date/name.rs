//! The standard names of cycles, `fy27-q1` and `2026-q3`, as text. Knows no dates: what a name
//! means is the calendar's.

use std::fmt;
use std::ops::RangeInclusive;

use super::Rhythm;

/// The years that names can say. Fiscal years have two digits, and so stand for 20NN.
pub(super) const YEARS: RangeInclusive<i16> = 2000..=2099;

/// A standard name, taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) year: Year,
    pub(super) rhythm: Rhythm,
    /// Which part of the year, from 1; always 1 for a whole year.
    pub(super) part: i8,
}

/// The year of a name, within [`YEARS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Year {
    /// `fy27` is 2027.
    Fiscal(i16),
    /// `2026`.
    Calendar(i16),
}

impl Name {
    /// Reads a name in its one spelling; anything else is none.
    pub(super) fn read(text: &str) -> Option<Self> {
        let (year, part) = match text.split_once('-') {
            Some((year, part)) => (year, Some(part)),
            None => (text, None),
        };
        let year = Year::read(year)?;
        let (rhythm, part) = match part {
            Some(part) => read_part(part)?,
            None => (Rhythm::Year, 1),
        };
        Some(Self { year, rhythm, part })
    }

    /// The name of the cycle that follows; none after the last of [`YEARS`].
    pub(super) fn next(self) -> Option<Self> {
        if self.part < self.rhythm.per_year() {
            return Some(Self { part: self.part + 1, ..self });
        }
        let year = match self.year {
            Year::Fiscal(year) => Year::Fiscal(year + 1),
            Year::Calendar(year) => Year::Calendar(year + 1),
        };
        let next = Self { year, part: 1, ..self };
        YEARS.contains(&year.number()).then_some(next)
    }
}

impl Year {
    fn read(text: &str) -> Option<Self> {
        if let Some(digits) = text.strip_prefix("fy") {
            let number = digits_of(digits, 2)?;
            return Some(Self::Fiscal(2000 + number));
        }
        let number = digits_of(text, 4)?;
        YEARS.contains(&number).then_some(Self::Calendar(number))
    }

    /// The year in four digits.
    pub(super) const fn number(self) -> i16 {
        match self {
            Self::Fiscal(year) | Self::Calendar(year) => year,
        }
    }
}

fn digits_of(text: &str, length: usize) -> Option<i16> {
    let all_digits = text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    all_digits.then(|| text.parse().ok()).flatten()
}

fn read_part(text: &str) -> Option<(Rhythm, i8)> {
    let mut chars = text.chars();
    let (letter, digit) = (chars.next()?, chars.next()?);
    let rhythm = Rhythm::ALL.into_iter().find(|rhythm| rhythm.letter() == Some(letter))?;
    let number = i8::try_from(digit.to_digit(10)?).ok()?;
    let valid = chars.next().is_none() && (1..=rhythm.per_year()).contains(&number);
    valid.then_some((rhythm, number))
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.year {
            Year::Fiscal(year) => write!(f, "fy{:02}", year % 100)?,
            Year::Calendar(year) => write!(f, "{year}")?,
        }
        match self.rhythm.letter() {
            Some(letter) => write!(f, "-{letter}{}", self.part),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_round_trips() {
        let mut count = 0;
        for number in YEARS {
            for year in [Year::Fiscal(number), Year::Calendar(number)] {
                for rhythm in Rhythm::ALL {
                    for part in 1..=rhythm.per_year() {
                        let name = Name { year, rhythm, part };
                        assert_eq!(Name::read(&name.to_string()), Some(name));
                        count += 1;
                    }
                }
            }
        }
        assert_eq!(count, 100 * 2 * 10);
    }

    #[test]
    fn other_spellings_are_none() {
        for text in [
            "",
            "-",
            "fy",
            "fy7",
            "fy027",
            "fy2027",
            "27",
            "026",
            "1999",
            "2100",
            "02026",
            "FY27",
            "fy27-",
            "fy27-q",
            "fy27-q0",
            "fy27-q5",
            "fy27-h3",
            "fy27-t4",
            "fy27-y1",
            "fy27-q11",
            "fy27-Q1",
            "fy27_q1",
            "fy27-q1-",
            "fy27-q1-q2",
            " fy27",
            "fy27 ",
            "fy+7",
            "+026",
            "-fy27",
            "q1-fy27",
            "fy२७",
            "fy27-q१",
            "fyé",
        ] {
            assert_eq!(Name::read(text), None, "{text:?}");
        }
    }

    #[test]
    fn next_goes_over_the_end_of_the_year() {
        for (name, expected) in [
            ("fy27-q1", Some("fy27-q2")),
            ("fy27-q4", Some("fy28-q1")),
            ("fy27-t3", Some("fy28-t1")),
            ("fy27-h2", Some("fy28-h1")),
            ("fy27", Some("fy28")),
            ("fy09", Some("fy10")),
            ("2026-q4", Some("2027-q1")),
            ("2026", Some("2027")),
            ("fy99-q3", Some("fy99-q4")),
            ("fy99-q4", None),
            ("2099", None),
        ] {
            let next = Name::read(name).and_then(Name::next);
            assert_eq!(next.map(|next| next.to_string()).as_deref(), expected, "{name}");
        }
    }
}
