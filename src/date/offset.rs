//! Days told from a cycle's dates: `-4w`, `0d`, `end-1w`.

use std::fmt;

use super::Date;

/// A day relative to a cycle: a number of days before or after its first or its last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Offset {
    anchor: Anchor,
    days: i32,
}

/// The day of a cycle from which an [`Offset`] counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Anchor {
    /// Its first day.
    Start,
    /// Its last day.
    End,
}

impl Offset {
    /// The most days that an offset may count, in either direction: ten years of 365 days.
    pub const MAX_DAYS: i32 = 3650;

    /// Reads `-4w`, `-10d`, `0d`, `+1w` (from the first day) and `end`, `end-1w`, `end+2w`
    /// (from the last). Weeks are seven days; only zero may stand without a sign.
    ///
    /// # Errors
    /// See [`OffsetError`], whose message says what to write.
    pub fn parse(text: &str) -> Result<Self, OffsetError> {
        let typed = || text.to_owned();
        if text.contains(char::is_whitespace) {
            return Err(OffsetError::Space(typed()));
        }
        let (anchor, rest) = match text.strip_prefix("end") {
            Some("") => {
                return Ok(Self { anchor: Anchor::End, days: 0 });
            }
            Some(rest) => (Anchor::End, rest),
            None => (Anchor::Start, text),
        };
        let (sign, count, unit) = split(rest).ok_or_else(|| OffsetError::Form(typed()))?;
        let length = match unit {
            "d" => 1,
            "w" => 7,
            "" => return Err(OffsetError::NoUnit(typed())),
            "m" => {
                return Err(OffsetError::Uneven { typed: typed(), unit: "months" });
            }
            "y" => {
                return Err(OffsetError::Uneven { typed: typed(), unit: "years" });
            }
            _ => return Err(OffsetError::Form(typed())),
        };
        let zero = count.bytes().all(|byte| byte == b'0');
        if sign.is_none() && (!zero || anchor == Anchor::End) {
            let anchor = if anchor == Anchor::End { "end" } else { "" };
            let unsigned = format!("{count}{unit}");
            return Err(OffsetError::Unsigned { typed: typed(), anchor, unsigned });
        }
        let days = count.parse::<i32>().ok().and_then(|count| count.checked_mul(length));
        let days = days.filter(|days| *days <= Self::MAX_DAYS).ok_or_else(|| OffsetError::TooFar(typed()))?;
        let days = if sign == Some('-') { -days } else { days };
        Ok(Self { anchor, days })
    }

    /// The day it stands for in a cycle from `start` to `end` (its last day). `None` for an
    /// offset from the end of a cycle without one, and beyond the year 9999.
    pub fn day(self, start: Date, end: Option<Date>) -> Option<Date> {
        let from = match self.anchor {
            Anchor::Start => start,
            Anchor::End => end?,
        };
        from.checked_add(jiff::Span::new().days(self.days)).ok()
    }

    /// The day from which it counts.
    pub const fn anchor(self) -> Anchor {
        self.anchor
    }

    /// How many days after the anchor, negative before it; at most [`Offset::MAX_DAYS`] either way.
    pub const fn days(self) -> i32 {
        self.days
    }
}

/// Sign, digits and the rest; none without digits.
fn split(text: &str) -> Option<(Option<char>, &str, &str)> {
    let sign = text.chars().next().filter(|first| matches!(first, '-' | '+'));
    let unsigned = &text[sign.map_or(0, char::len_utf8)..];
    let digits = unsigned.find(|c: char| !c.is_ascii_digit()).unwrap_or(unsigned.len());
    let (count, unit) = unsigned.split_at(digits);
    (!count.is_empty()).then_some((sign, count, unit))
}

impl fmt::Display for Offset {
    /// The shortest form that [`Offset::parse`] reads back: whole weeks as weeks, `0d`, `end`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.anchor, self.days) {
            (Anchor::Start, 0) => return f.write_str("0d"),
            (Anchor::End, 0) => return f.write_str("end"),
            (Anchor::End, _) => f.write_str("end")?,
            (Anchor::Start, _) => {}
        }
        if self.days % 7 == 0 { write!(f, "{:+}w", self.days / 7) } else { write!(f, "{:+}d", self.days) }
    }
}

/// Why a text is no [`Offset`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OffsetError {
    /// It has a space in it.
    Space(String),
    /// It says neither before nor after.
    Unsigned {
        /// The text as written.
        typed: String,
        /// `end`, or nothing for the start.
        anchor: &'static str,
        /// The number and unit without the anchor.
        unsigned: String,
    },
    /// It counts in a unit that is not of one length.
    Uneven {
        /// The text as written.
        typed: String,
        /// `months` or `years`.
        unit: &'static str,
    },
    /// It has a number and no unit.
    NoUnit(String),
    /// It is more than ten years away, see [`Offset::MAX_DAYS`].
    TooFar(String),
    /// It is nothing of the kind.
    Form(String),
}

impl fmt::Display for OffsetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Space(typed) => {
                let joined: String = typed.split_whitespace().collect();
                write!(f, "`{typed}` has a space in it: write `{joined}`")
            }
            Self::Unsigned { typed, anchor, unsigned } => write!(
                f,
                "`{typed}` is neither before nor after: write `{anchor}-{unsigned}` or `{anchor}+{unsigned}`"
            ),
            Self::Uneven { typed, unit } => {
                write!(f, "`{typed}` is in {unit}, which are not of one length: count in weeks or days")
            }
            Self::NoUnit(typed) => {
                write!(f, "`{typed}` has no unit: write `{typed}d` for days or `{typed}w` for weeks")
            }
            Self::TooFar(typed) => write!(f, "`{typed}` is more than ten years away"),
            Self::Form(typed) => {
                write!(f, "`{typed}` is no offset: write one like `-4w`, `+10d`, `0d` or `end-1w`")
            }
        }
    }
}

impl std::error::Error for OffsetError {}

#[cfg(test)]
mod tests;
