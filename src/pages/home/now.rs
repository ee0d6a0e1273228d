//! Where the current cycle is in its time: what was due, what came when, today.

use serde::Serialize;

use crate::chart::{MarkState, Now, NowDay, NowMark};
use crate::date::{Date, Phase, days_between, week_of, weeks_in};
use crate::model::{Delivery, TimelineState};
use crate::pages::parts::Svg;
use crate::pages::phrase::{Phrase, words_of};
use crate::pages::site::Site;

/// Where a cycle is in its time.
#[derive(Debug, Serialize)]
pub struct NowView {
    /// `FY27-Q1, week 7 of 13`.
    pub title: String,
    /// The day.
    pub today: String,
    /// The way to the timeline.
    pub timeline: String,
    /// The line drawn.
    pub chart: Svg,
}

pub(super) fn now(site: &Site<'_>, cycle: usize, lede: &Phrase) -> NowView {
    let of = &site.book().cycles[cycle];
    let running = of.phase(site.today) == Phase::Running;
    let week = of.end.filter(|_| running).map(|end| {
        let week = week_of(of.start, site.today).to_string();
        let weeks = weeks_in(of.start, end).to_string();
        site.say("phase.week-of", &[("n", &week), ("total", &weeks)])
    });
    let title = match &week {
        Some(week) => site.say("home.now", &[("cycle", &of.name), ("week", week)]),
        None => of.name.to_string(),
    };
    let today = if running {
        site.lang.day_full(site.today)
    } else {
        site.phase_sentence(of).trim_end_matches('.').to_owned()
    };
    NowView {
        title,
        today,
        timeline: format!("{}/timeline/", of.id),
        chart: chart(site, cycle, week, words_of(lede)),
    }
}

/// The line, with the sentence that says the same.
fn chart(site: &Site<'_>, cycle: usize, week: Option<String>, label: String) -> String {
    let of = &site.book().cycles[cycle];
    // what comes after the end is of no matter before it
    let shown = |one: &&Delivery| {
        one.is_expected() && (of.phase(site.today) == Phase::Ended || of.end.is_none_or(|end| one.due <= end))
    };
    let deliveries: Vec<&Delivery> = site.timeline(cycle).deliveries.iter().filter(shown).collect();
    let first = deliveries.iter().map(|one| one.due).min().map_or(of.start, |due| due.min(of.start));
    let last = of.end.unwrap_or(site.today.max(of.start));
    let last = deliveries.iter().map(|one| one.due).max().map_or(last, |due| due.max(last));
    let day = |date: Date| days_between(first, date);
    let days = day(last) + 1;
    let today = (first <= site.today && site.today <= last).then(|| NowDay {
        day: day(site.today),
        title: site.text("date.today"),
        note: week.unwrap_or_else(|| site.day(site.today)),
    });
    let end = of.end.map(|end| NowDay { day: day(end), title: site.text("home.end"), note: site.day(end) });
    let marks = deliveries.iter().map(|one| mark(site, one, day(one.due))).collect();
    Now { label, days, start: day(of.start), marks, end, today }.svg()
}

fn mark(site: &Site<'_>, delivery: &Delivery, day: i64) -> NowMark {
    let name = site.text(&format!("timeline.{}", delivery.what.as_str()));
    let by = || site.distance(delivery.by().unwrap_or_default());
    let (state, note) = match delivery.state {
        TimelineState::Done => (MarkState::InTime, by()),
        TimelineState::Late => (MarkState::Late, by()),
        TimelineState::Overdue => {
            let missing = site.whole(delivery.expected.len() - delivery.delivered());
            let total = site.whole(delivery.expected.len());
            (MarkState::Missing, site.say("timeline.missing-of", &[("n", &missing), ("total", &total)]))
        }
        TimelineState::Due => (MarkState::Due, site.day(delivery.due)),
    };
    NowMark { day, state, title: name, note }
}
