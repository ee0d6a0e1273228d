//! The picture of a cycle's process over its weeks.

use jiff::ToSpan;

use crate::chart::{CheckInWeek, CheckInWeeks, DayLabel, Lane, Timeline};
use crate::config::What;
use crate::date::{Date, days_between, week_of};
use crate::model::{Delivery, TimelineState};
use crate::pages::site::Site;

use super::check_ins::Weeks;

/// A picture of more weeks than this is cut: a cycle that runs on for years says it in the table.
const MOST_WEEKS: i64 = 130;

/// As many units as a picture names.
const MOST_NAMED: usize = 3;

/// The days that a picture shows.
struct Scale {
    /// The first.
    first: Date,
    /// How many there are.
    days: i64,
}

impl Scale {
    fn day(&self, day: Date) -> i64 {
        days_between(self.first, day)
    }

    fn holds(&self, day: Date) -> bool {
        (0..self.days).contains(&self.day(day))
    }

    fn at(&self, day: i64) -> Option<Date> {
        self.first.checked_add(day.days()).ok()
    }
}

impl Site<'_> {
    pub(super) fn timeline_picture(&self, cycle: usize, weeks: Option<&Weeks>) -> Timeline {
        let of = &self.book().cycles[cycle];
        let scale = self.scale(cycle);
        let lanes: Vec<Lane> =
            self.timeline(cycle).deliveries.iter().map(|delivery| self.lane(&scale, delivery)).collect();
        let today = scale.holds(self.today).then(|| DayLabel {
            day: scale.day(self.today),
            label: self.say("date.today-is", &[("date", &self.day_short(self.today))]),
        });
        let start = scale.day(of.start);
        Timeline {
            label: self.picture_label(cycle),
            days: scale.days,
            start,
            end: of.end.map(|end| scale.day(end)),
            weeks: (0..scale.days / 7 + 1)
                .filter_map(|week| scale.at(week * 7))
                .filter(|day| scale.holds(*day))
                .map(|day| DayLabel { day: scale.day(day), label: week_word(week_of(of.start, day)) })
                .collect(),
            months: self.months(&scale),
            lanes,
            check_ins: weeks.map(|weeks| self.check_in_weeks(&scale, start, weeks)),
            today,
        }
    }

    /// From the first thing that happens to the last, in whole weeks from the cycle's start.
    fn scale(&self, cycle: usize) -> Scale {
        let of = &self.book().cycles[cycle];
        let deliveries = &self.timeline(cycle).deliveries;
        let due = deliveries.iter().map(|delivery| delivery.due);
        let there = deliveries.iter().flat_map(|delivery| &delivery.expected).filter_map(|one| one.there);
        let earliest = due.clone().min().unwrap_or(of.start).min(of.start);
        // what came long before it was due does not stretch the picture
        let first = there.clone().min().map_or(earliest, |day| {
            day.min(earliest).max(earliest.checked_sub(21.days()).unwrap_or(earliest))
        });
        let weeks_before = -days_between(of.start, first).div_euclid(7);
        let first = of.start.checked_sub((weeks_before * 7).days()).unwrap_or(of.start);
        let end = of.end.unwrap_or_else(|| self.today.max(of.start));
        let last = due.chain([end]).max().unwrap_or(end);
        let days = (days_between(first, last) + 1).clamp(14, MOST_WEEKS * 7);
        Scale { first, days }
    }

    fn lane(&self, scale: &Scale, delivery: &Delivery) -> Lane {
        let title = self.deliverable_short(delivery);
        let due = self.day_short(delivery.due);
        let there: Vec<Date> = delivery.expected.iter().filter_map(|one| one.there).collect();
        let over = delivery.state == TimelineState::Overdue;
        let missing: Vec<String> =
            delivery.missing().filter(|_| over).map(|one| self.expected_name(one)).collect();
        Lane {
            title_due: self.say("timeline.due-on", &[("name", &title), ("date", &due)]),
            title,
            due: scale.day(delivery.due),
            note: self.lane_note(delivery, &there),
            there: there.iter().map(|day| scale.day(*day)).collect(),
            missing: missing.len(),
            missing_note: over.then(|| self.count("timeline.missing", missing.len(), &[])),
            missing_names: over.then(|| self.some_names(&missing, MOST_NAMED)),
        }
    }

    fn lane_note(&self, delivery: &Delivery, there: &[Date]) -> Option<String> {
        let late = there.iter().filter(|day| **day > delivery.due).count();
        let last = *there.iter().max()?;
        if delivery.what == What::Direction || delivery.expected.len() == 1 {
            let date = self.day_short(last);
            let how = self.distance(days_between(delivery.due, last));
            return Some(self.say("timeline.there-on", &[("date", &self.row(&[&date, &how]))]));
        }
        if late > 0 {
            let days = self.count("date.days", self.days_from(delivery.due, last), &[]);
            return Some(self.count("timeline.late-last", late, &[("days", &days)]));
        }
        (delivery.complete().is_none()).then(|| {
            let (there, total) = (self.whole(there.len()), self.whole(delivery.expected.len()));
            self.say("timeline.there-of", &[("n", &there), ("total", &total)])
        })
    }

    fn months(&self, scale: &Scale) -> Vec<DayLabel> {
        let mut months = Vec::new();
        let mut day = scale.first;
        while scale.holds(day) {
            if day.day() == 1 || (day == scale.first && day.day() <= 20) {
                months.push(DayLabel { day: scale.day(day), label: self.lang.month(day).into_owned() });
            }
            let Ok(next) = day.first_of_month().checked_add(1.month()) else { break };
            day = next;
        }
        months
    }

    fn check_in_weeks(&self, scale: &Scale, start: i64, weeks: &Weeks) -> CheckInWeeks {
        let today = scale.day(self.today);
        let shown = weeks.counts.iter().enumerate().filter_map(|(at, count)| {
            let day = start + i64::try_from(at).ok()? * 7;
            let days = 7.min(today - day + 1).min(scale.days - day);
            (days > 0).then(|| CheckInWeek { day, days, count: *count as u64, label: self.whole(*count) })
        });
        CheckInWeeks {
            title: self.count("timeline.check-ins-week", weeks.key_results, &[]),
            short: self.text("timeline.check-ins-week-short"),
            of: weeks.key_results as u64,
            weeks: shown.collect(),
        }
    }

    /// The picture in a few sentences.
    fn picture_label(&self, cycle: usize) -> String {
        let of = &self.book().cycles[cycle];
        let mut sentences = vec![self.say("timeline.chart-title", &[("cycle", &of.name)]) + "."];
        for delivery in &self.timeline(cycle).deliveries {
            let name = self.deliverable_short(delivery);
            let due = self.day(delivery.due);
            let standing = self.standing_of(cycle, delivery).says;
            let values = [("name", name.as_str()), ("date", &due), ("state", &standing)];
            sentences.push(self.say("timeline.chart-lane", &values));
        }
        sentences.push(self.say("timeline.chart-end", &[("date", &self.day(self.today))]));
        sentences.join(" ")
    }
}

/// A week's number with a minus sign.
fn week_word(week: i64) -> String {
    if week < 0 { format!("−{}", week.unsigned_abs()) } else { week.to_string() }
}
