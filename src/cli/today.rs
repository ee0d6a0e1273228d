//! Which day it is: `--date`, else SOURCE_DATE_EPOCH, else today where the author is.
//!
//! Whether a day is past is a question of the author's calendar, so the default is the local day;
//! jiff finds the local time zone in the system's own data and brings none along on Unix.

use crate::date::Date;
use crate::failure::Failure;

/// Reads a day as `--date` takes it.
pub(super) fn parse(text: &str) -> Result<Date, String> {
    let shape = text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    if !shape {
        return Err("a day is written YYYY-MM-DD, as in 2026-02-20".to_owned());
    }
    text.parse().map_err(|_| "there is no such day".to_owned())
}

/// The day of a run.
pub(super) fn today(asked: Option<Date>) -> Result<Date, Failure> {
    if let Some(day) = asked {
        return Ok(day);
    }
    match std::env::var_os("SOURCE_DATE_EPOCH").filter(|value| !value.is_empty()) {
        Some(value) => of_epoch(&value.to_string_lossy()),
        None => Ok(jiff::Zoned::now().date()),
    }
}

fn of_epoch(value: &str) -> Result<Date, Failure> {
    let seconds = value.trim().parse().ok().and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
    match seconds {
        Some(at) => Ok(at.to_zoned(jiff::tz::TimeZone::UTC).date()),
        None => Err(Failure::new(format!(
            "SOURCE_DATE_EPOCH is `{value}`: it is no number of seconds since 1970"
        ))
        .help("unset it, or say the day with `--date YYYY-MM-DD`")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_strict() {
        assert_eq!(parse("2026-02-20").unwrap().to_string(), "2026-02-20");
        for text in ["2026-2-20", "20260220", "2026-02-30", "2026-02-20T00:00", "x", "", "+026-02-20"] {
            assert!(parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_epoch_is_a_day_in_utc() {
        assert_eq!(of_epoch("1771545599").unwrap().to_string(), "2026-02-19");
        assert_eq!(of_epoch("1771545600").unwrap().to_string(), "2026-02-20");
        assert!(of_epoch("soon").is_err());
        assert!(of_epoch("99999999999999999").is_err());
    }
}
