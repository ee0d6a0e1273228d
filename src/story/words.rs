//! Words for days: where a cycle is in its time, how far something is, how early or late it came.

use crate::date::{Date, Phase, days_between, week_of, weeks_in};
use crate::lang::Lang;
use crate::model::Cycle;

/// Where a cycle is in its time: `Running, week 7 of 13.`
pub fn phase(lang: &Lang, cycle: &Cycle, today: Date) -> String {
    match (cycle.phase(today), cycle.end) {
        (Phase::Planning, _) => {
            lang.count("phase.begins-in", days_between(today, cycle.start).unsigned_abs(), &[])
        }
        (Phase::Running, Some(end)) => {
            let week = week_of(cycle.start, today).to_string();
            let weeks = weeks_in(cycle.start, end).to_string();
            lang.say("phase.running-week", &[("n", &week), ("total", &weeks)])
        }
        (Phase::Running, None) => lang.say("phase.running-since", &[("date", &lang.day_year(cycle.start))]),
        (Phase::Ended, end) => {
            let days = end.map_or(0, |end| days_between(end, today)).unsigned_abs();
            lang.count("phase.ended-ago", days, &[])
        }
    }
}

/// A day in a sentence: without the year where it is the present one's or the next to it.
pub fn day(lang: &Lang, day: Date, today: Date) -> String {
    if days_between(day, today).abs() < 300 { lang.day(day) } else { lang.day_year(day) }
}

/// When something is due, by the days that are left: `today`, `in 3 days`.
pub fn when(lang: &Lang, left: i64) -> String {
    match left {
        0 => lang.text("date.today").into_owned(),
        _ => lang.count("date.in-days", left.unsigned_abs(), &[]),
    }
}

/// How early or late something came, by the days after its day: `2 days early`, `in time`.
pub fn distance(lang: &Lang, by: i64) -> String {
    match by {
        0 => lang.text("date.in-time").into_owned(),
        1.. => lang.count("date.days-late", by.unsigned_abs(), &[]),
        _ => lang.count("date.days-early", by.unsigned_abs(), &[]),
    }
}
