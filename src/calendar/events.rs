//! What happens in a cycle: its deliverables, its first and its last day.

use std::collections::BTreeMap;

use super::Calendar;
use crate::config::{Deliverable, What};
use crate::date::{Anchor, Date};
use crate::model::{Cycle, Delivery, Expected};
use crate::table::slug;

/// As many units as a description names.
const MOST_NAMED: usize = 20;

/// An all-day event.
pub(super) struct Event {
    /// What it is, within its cycle.
    pub(super) key: String,
    pub(super) day: Date,
    pub(super) summary: String,
    pub(super) description: String,
    pub(super) categories: Vec<String>,
    /// Whether it reminds.
    pub(super) alarms: bool,
}

impl Calendar<'_> {
    /// What happens in a cycle, by day.
    pub(super) fn events(&self, at: usize, cycle: &Cycle) -> Vec<Event> {
        let mut events: Vec<Event> = Vec::new();
        let mut keys: BTreeMap<String, usize> = BTreeMap::new();
        for delivery in &self.analysis.timelines[at].deliveries {
            if !self.concerns(at, delivery) {
                continue;
            }
            let mut event = self.delivery(cycle, delivery);
            let times = keys.entry(event.key.clone()).or_default();
            *times += 1;
            if *times > 1 {
                event.key.push_str(&format!("-{times}"));
            }
            events.push(event);
        }
        if self.level.is_none_or(|level| self.analysis.book.keeps_rhythm(level, at)) {
            events.push(self.boundary(cycle, cycle.start, "begins"));
            events.extend(cycle.end.map(|end| self.boundary(cycle, end, "ends")));
        }
        // before the year 1 and after 9999 the format has no day
        events.retain(|event| (1..=9999).contains(&event.day.year()));
        events.sort_by_key(|event| event.day);
        events
    }

    /// Whether somebody of this calendar's levels has something to do for a deliverable.
    fn concerns(&self, cycle: usize, delivery: &Delivery) -> bool {
        let book = &self.analysis.book;
        if book.config.levels.is_empty() {
            return true;
        }
        let named = &book.config.deliverables[delivery.deliverable].levels;
        // the direction is everybody's, unless book.toml says whose it is
        let of_all = delivery.what == What::Direction && named.is_empty();
        let mut levels = (0..book.config.levels.len())
            .filter(|level| of_all || named.contains(level))
            .filter(|level| self.level.is_none_or(|own| own == *level))
            .peekable();
        if levels.peek().is_none() {
            return false;
        }
        levels.any(|level| book.keeps_rhythm(level, cycle))
            || (delivery.what == What::Direction && book.direction_of(cycle).is_some())
            || self.expected(delivery).any(|expected| expected.unit.is_some())
    }

    /// What a delivery waits for, of this calendar's level.
    fn expected<'b>(&'b self, delivery: &'b Delivery) -> impl Iterator<Item = &'b Expected> {
        let units = &self.analysis.book.config.units;
        let of_level = move |unit: usize| self.level.is_none_or(|level| units[unit].level == level);
        delivery.expected.iter().filter(move |expected| expected.unit.is_none_or(of_level))
    }

    fn delivery(&self, cycle: &Cycle, delivery: &Delivery) -> Event {
        let config = &self.analysis.book.config;
        let deliverable = &config.deliverables[delivery.deliverable];
        let kind = self.lang.text(&format!("timeline.{}", delivery.what.as_str())).into_owned();
        let name = deliverable.name.as_deref().unwrap_or(&kind);
        let mut categories = vec!["OKRs".to_owned(), cycle.name.to_string()];
        if delivery.what != What::Other {
            categories.push(kind.clone());
        }
        let levels = deliverable.levels.iter().filter(|level| self.level.is_none_or(|own| own == **level));
        categories.extend(levels.map(|level| config.levels[*level].name.to_string()));
        let open =
            delivery.what == What::Other || self.expected(delivery).any(|expected| !expected.delivered);
        Event {
            key: self.key(deliverable),
            day: delivery.due,
            summary: self.lang.say("calendar.summary", &[("cycle", &cycle.name), ("what", name)]),
            description: self.description(delivery, deliverable),
            categories,
            alarms: open && delivery.due >= self.today,
        }
    }

    /// What a deliverable is: neither its day, nor for the known kinds its words.
    fn key(&self, deliverable: &Deliverable) -> String {
        let levels = &self.analysis.book.config.levels;
        let anchor = match deliverable.due.anchor() {
            Anchor::Start => "start",
            Anchor::End => "end",
        };
        let mut parts = vec![deliverable.what.as_str().to_owned(), anchor.to_owned()];
        if deliverable.what == What::Other {
            parts.extend(deliverable.name.as_deref().map(slug));
        }
        if deliverable.levels.len() < levels.len() {
            parts.extend(deliverable.levels.iter().map(|level| levels[*level].id.to_string()));
        }
        parts.join("-")
    }

    fn description(&self, delivery: &Delivery, deliverable: &Deliverable) -> String {
        let mut sentences = Vec::new();
        let missing: Vec<&Expected> =
            self.expected(delivery).filter(|expected| !expected.delivered).collect();
        let all = self.expected(delivery).count();
        let total = self.lang.separators().whole(all as u64);
        if all > 0 && missing.is_empty() {
            let last = self.expected(delivery).filter_map(|expected| expected.there).max();
            sentences.push(match last {
                Some(last) => self.lang.count(
                    "calendar.all-there-since",
                    all as u64,
                    &[("date", &self.lang.day_year(last))],
                ),
                None => self.lang.count("calendar.all-there", all as u64, &[]),
            });
        } else if all > 0 {
            let there = (all - missing.len()) as u64;
            if all > 1 {
                sentences.push(self.lang.count("calendar.there", there, &[("total", &total)]));
            }
            sentences.push(self.lang.say("calendar.waiting", &[("who", &self.names(&missing))]));
        }
        if let Some(from) = delivery.from {
            sentences.push(self.lang.say("calendar.from", &[("date", &self.lang.day_year(from))]));
        }
        if let Some(who) = &deliverable.who {
            sentences.push(self.lang.say("calendar.who", &[("who", who)]));
        }
        sentences.join("\n")
    }

    /// Those that are waited for: the first few, and how many others.
    fn names(&self, missing: &[&Expected]) -> String {
        let units = &self.analysis.book.config.units;
        let names: Vec<String> = missing
            .iter()
            .map(|expected| match expected.unit {
                Some(unit) => units[unit].name.to_string(),
                None => self.lang.text("calendar.the-direction").into_owned(),
            })
            .collect();
        self.lang.some(&names, MOST_NAMED)
    }

    /// The first or the last day of a cycle.
    fn boundary(&self, cycle: &Cycle, day: Date, which: &str) -> Event {
        let dates = match cycle.end {
            Some(end) => self.lang.span(cycle.start, end),
            None => self.lang.say("date.since", &[("date", &self.lang.day_year(cycle.start))]),
        };
        Event {
            key: which.to_owned(),
            day,
            summary: self.lang.say(&format!("calendar.{which}"), &[("cycle", &cycle.name)]),
            description: dates,
            categories: vec!["OKRs".to_owned(), cycle.name.to_string()],
            alarms: false,
        }
    }
}
