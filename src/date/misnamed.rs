//! Names that resemble those of cycles: read generously, to say what is wrong and what to write.

use super::calendar::Calendar;
use super::name::{Name, YEARS, Year};
use super::{Date, Rhythm};

/// Why a name that resembles a cycle's is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misnamed {
    /// The standard name that may have been meant. `None` when there is no telling.
    pub suggestion: Option<String>,
    /// What is wrong: lower case, no final period, and without the name itself.
    pub reason: String,
}

impl Misnamed {
    fn new(suggestion: Option<String>, reason: impl Into<String>) -> Self {
        let reason = reason.into();
        Self { suggestion, reason }
    }
}

/// Explains a name that is known not to be standard in this calendar.
pub(super) fn explain(calendar: &Calendar, typed: &str) -> Option<Misnamed> {
    let lower = typed.to_ascii_lowercase();
    let Loose { year, part } = Loose::read(&lower)?;
    let (rhythm, part) = part.unwrap_or((Rhythm::Year, "1"));
    let number = part.parse().ok().filter(|number| (1..=rhythm.per_year()).contains(number));
    let Some(number) = number else {
        return Some(Misnamed::new(None, no_such_part(rhythm, part)));
    };
    let Some(year) = year else {
        return Some(Misnamed::new(None, "it names no year"));
    };
    let name = |year| Name { year, rhythm, part: number };
    Some(match (year, year.number()) {
        (LooseYear::Fiscal(digits), Some(number)) if digits.len() == 4 => Misnamed::new(
            Some(name(Year::Fiscal(number)).to_string()),
            format!("`fy{digits}` has four digits: a fiscal year has two"),
        ),
        (LooseYear::Bare(digits), Some(number)) if digits.len() == 2 => {
            if calendar.is_calendar_year() {
                bare(digits, name(Year::Calendar(number)))
            } else {
                bare(digits, name(Year::Fiscal(number)))
            }
        }
        (LooseYear::Bare(_), Some(number)) if !calendar.is_calendar_year() => {
            calendar_year(calendar, name(Year::Calendar(number)))
        }
        (LooseYear::Fiscal(_), Some(number)) => respelled(&lower, name(Year::Fiscal(number))),
        (LooseYear::Bare(_), Some(number)) => respelled(&lower, name(Year::Calendar(number))),
        (LooseYear::Fiscal(digits), None) if digits.len() != 4 => {
            Misnamed::new(None, format!("`fy{digits}` is no fiscal year: it has two digits, as in `fy27`"))
        }
        (_, None) => Misnamed::new(None, format!("years run from {} to {}", YEARS.start(), YEARS.end())),
    })
}

fn no_such_part(rhythm: Rhythm, part: &str) -> String {
    let plural = match rhythm {
        Rhythm::Year => "years",
        Rhythm::Half => "halves",
        Rhythm::Trimester => "trimesters",
        Rhythm::Quarter => "quarters",
    };
    let letter = rhythm.letter().unwrap_or('y');
    let last = rhythm.per_year();
    format!("there is no `{letter}{part}`: {plural} are `{letter}1` to `{letter}{last}`")
}

/// A year of two digits without `fy`.
fn bare(digits: &str, name: Name) -> Misnamed {
    let year = Name { rhythm: Rhythm::Year, part: 1, ..name };
    Misnamed::new(Some(name.to_string()), format!("`{digits}` is no year: write `{year}`"))
}

/// A calendar year where the fiscal year is another: the cycle with the same first day.
fn calendar_year(calendar: &Calendar, name: Name) -> Misnamed {
    let starts = calendar.starts;
    let year = name.year.number();
    let reason = format!("`{year}` is a calendar year, and the fiscal year starts on {starts}");
    let first = first_day(name);
    match calendar.containing(first, name.rhythm) {
        Some(suggestion) => {
            let reason = format!("{reason}: {first} is in `{suggestion}`");
            Misnamed::new(Some(suggestion), reason)
        }
        None => Misnamed::new(None, reason),
    }
}

fn first_day(name: Name) -> Date {
    Calendar::default().dates(name).expect("the default calendar has all names").start
}

/// The right name in another order, case or punctuation.
fn respelled(lower: &str, name: Name) -> Misnamed {
    let name = name.to_string();
    let reason = if lower == name {
        "names of cycles are in lower case"
    } else if name.contains('-') {
        "the name of a cycle is its year, a hyphen and its part"
    } else {
        "the name of a whole year has nothing between its letters and digits"
    };
    Misnamed::new(Some(name), reason)
}

/// What a generous reader makes of a name: at most one year and at most one part, but one of them.
struct Loose<'a> {
    year: Option<LooseYear<'a>>,
    /// The digits may be any number.
    part: Option<(Rhythm, &'a str)>,
}

#[derive(Clone, Copy)]
enum LooseYear<'a> {
    /// Digits after `fy`, any number of them.
    Fiscal(&'a str),
    /// Two or four digits alone.
    Bare(&'a str),
}

impl LooseYear<'_> {
    /// The year in four digits, if names can say it.
    fn number(self) -> Option<i16> {
        let (Self::Fiscal(digits) | Self::Bare(digits)) = self;
        let number: i16 = digits.parse().ok()?;
        match digits.len() {
            2 => Some(2000 + number),
            4 => YEARS.contains(&number).then_some(number),
            _ => None,
        }
    }
}

impl<'a> Loose<'a> {
    /// Reads a name in lower case: years and parts in any order, with anything common, or
    /// nothing, between them. A word or a number that is neither year nor part makes it `None`.
    fn read(lower: &'a str) -> Option<Self> {
        let (mut year, mut part) = (None, None);
        let runs = runs(lower)?;
        let mut rest = runs.as_slice();
        while !rest.is_empty() {
            let (found_year, found_part, taken) = match *rest {
                ["fy", digits, ..] if is_number(digits) => (Some(LooseYear::Fiscal(digits)), None, 2),
                [word, digits, ..] if part_word(word).is_some() && is_number(digits) => {
                    (None, part_word(word).zip(Some(digits)), 2)
                }
                [digit, word, ..] if digit.len() == 1 && is_number(digit) && part_word(word).is_some() => {
                    (None, part_word(word).zip(Some(digit)), 2)
                }
                [digits, ..] if matches!(digits.len(), 2 | 4) && is_number(digits) => {
                    (Some(LooseYear::Bare(digits)), None, 1)
                }
                _ => return None,
            };
            let twice = year.is_some() && found_year.is_some() || part.is_some() && found_part.is_some();
            if twice {
                return None;
            }
            year = year.or(found_year);
            part = part.or(found_part);
            rest = &rest[taken..];
        }
        let two_digits_alone =
            part.is_none() && matches!(year, Some(LooseYear::Bare(digits)) if digits.len() == 2);
        let something = (year.is_some() || part.is_some()) && !two_digits_alone;
        something.then_some(Self { year, part })
    }
}

fn is_number(run: &str) -> bool {
    run.starts_with(|first: char| first.is_ascii_digit())
}

fn part_word(word: &str) -> Option<Rhythm> {
    match word {
        "q" | "quarter" => Some(Rhythm::Quarter),
        "t" | "trimester" => Some(Rhythm::Trimester),
        "h" | "half" => Some(Rhythm::Half),
        _ => None,
    }
}

/// The runs of letters and of digits, without what stands between them; none if a character is
/// neither letter, digit nor common punctuation.
fn runs(lower: &str) -> Option<Vec<&str>> {
    let kind = |c: char| match c {
        'a'..='z' => Some(0),
        '0'..='9' => Some(1),
        '-' | '_' | ' ' | '.' | '/' | '\'' | '’' | '–' => Some(2),
        _ => None,
    };
    let mut runs = Vec::new();
    let mut rest = lower;
    while let Some(first) = rest.chars().next() {
        let of_run = kind(first)?;
        let end = rest.find(|c| kind(c) != Some(of_run)).unwrap_or(rest.len());
        if of_run != 2 {
            runs.push(&rest[..end]);
        }
        rest = &rest[end..];
    }
    Some(runs)
}

#[cfg(test)]
mod tests;
