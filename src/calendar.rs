//! `calendar.ics`: what is due when, for calendar programs to subscribe to (RFC 5545).
//!
//! Deliverables, and the first and last days of cycles, are all-day events. An event's UID says what it
//! is and not when, so that one that is moved stays itself; the stamps are of the day that the
//! calendar speaks of, so that the same book and day give the same bytes.

mod component;

use std::collections::BTreeMap;

use xxhash_rust::xxh3::xxh3_64;

use crate::config::{Deliverable, What};
use crate::date::{Anchor, Date};
use crate::inputs::SiteFile;
use crate::lang::Lang;
use crate::model::{Cycle, Delivery, Expected};
use crate::table::slug;
use crate::{Analysis, Options};
use component::{Lines, digits};

/// As many units as a description names.
const MOST_NAMED: usize = 20;
/// At nine in the morning a week before an all-day event, and the day before.
const ALARMS: [&str; 2] = ["-P6DT15H", "-PT15H"];

/// The calendar of the whole book, and one for each level.
pub fn files(analysis: &Analysis, lang: &Lang, options: &Options) -> Vec<SiteFile> {
    let levels = analysis.book.config.levels.iter().enumerate();
    let of_levels = levels.map(|(at, level)| {
        let text = Calendar::new(analysis, lang, options, Some(at)).text();
        SiteFile::made(format!("calendar-{}.ics", level.id), text)
    });
    let whole = SiteFile::made("calendar.ics", whole(analysis, lang, options));
    [whole].into_iter().chain(of_levels).collect()
}

/// The calendar of the whole book.
pub fn whole(analysis: &Analysis, lang: &Lang, options: &Options) -> String {
    Calendar::new(analysis, lang, options, None).text()
}

/// One calendar file.
struct Calendar<'a> {
    analysis: &'a Analysis,
    lang: &'a Lang,
    today: Date,
    /// The site's full address, if it is known.
    address: Option<String>,
    /// The only level that it is for.
    level: Option<usize>,
    /// What tells its events from those of other books.
    domain: String,
}

/// An all-day event.
struct Event {
    /// What it is, within its cycle.
    key: String,
    day: Date,
    summary: String,
    description: String,
    categories: Vec<String>,
    /// Whether it reminds.
    alarms: bool,
}

impl<'a> Calendar<'a> {
    fn new(analysis: &'a Analysis, lang: &'a Lang, options: &Options, level: Option<usize>) -> Self {
        let config = &analysis.book.config;
        let site_url = options.site_url.as_deref().unwrap_or(&config.site_url);
        let (_, address) = config.site(site_url);
        let domain = format!("{:016x}.okrbook", xxh3_64(config.title.as_bytes()));
        Self { analysis, lang, today: options.today, address, level, domain }
    }

    fn text(&self) -> String {
        let config = &self.analysis.book.config;
        let name = match self.level {
            Some(level) => format!("{}: {}", config.title, config.levels[level].name),
            None => config.title.to_string(),
        };
        let mut lines = Lines::default();
        lines.component("VCALENDAR", |lines| {
            lines.property("VERSION", "2.0");
            lines.property("PRODID", "-//okrbook//okrbook//EN");
            lines.property("CALSCALE", "GREGORIAN");
            for property in ["NAME", "X-WR-CALNAME"] {
                lines.text(property, &name);
            }
            if let Some(description) = &config.description {
                lines.text("X-WR-CALDESC", description);
            }
            lines.property("REFRESH-INTERVAL;VALUE=DURATION", "P1D");
            lines.property("X-PUBLISHED-TTL", "P1D");
            let mut any = false;
            for (at, cycle) in self.analysis.book.cycles.iter().enumerate() {
                for event in self.events(at, cycle) {
                    self.event(lines, cycle, &event);
                    any = true;
                }
            }
            if !any {
                time_zone(lines);
            }
        });
        lines.done()
    }

    /// What happens in a cycle, by day.
    fn events(&self, at: usize, cycle: &Cycle) -> Vec<Event> {
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
        let shown = if missing.len() > MOST_NAMED + 1 { MOST_NAMED } else { missing.len() };
        let mut names: Vec<String> = missing[..shown]
            .iter()
            .map(|expected| match expected.unit {
                Some(unit) => units[unit].name.to_string(),
                None => self.lang.text("calendar.the-direction").into_owned(),
            })
            .collect();
        if shown < missing.len() {
            names.push(self.lang.count("list.others", (missing.len() - shown) as u64, &[]));
        }
        self.lang.list(&names)
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

    fn event(&self, lines: &mut Lines, cycle: &Cycle, event: &Event) {
        let level = self.level.map(|level| format!(".{}", self.analysis.book.config.levels[level].id));
        let uid = format!("{}-{}{}@{}", cycle.id, event.key, level.unwrap_or_default(), self.domain);
        lines.component("VEVENT", |lines| {
            lines.text("UID", &uid);
            lines.property("DTSTAMP", &format!("{}T000000Z", digits(self.today)));
            lines.day("DTSTART", event.day);
            if let Some(next) = event.day.tomorrow().ok() {
                lines.day("DTEND", next);
            }
            lines.text("SUMMARY", &event.summary);
            if !event.description.is_empty() {
                lines.text("DESCRIPTION", &event.description);
            }
            let categories: Vec<&str> = event.categories.iter().map(String::as_str).collect();
            lines.list("CATEGORIES", &categories);
            if let Some(address) = &self.address {
                lines.property("URL", &format!("{address}/{}/timeline/", cycle.id));
            }
            // a day that is due takes nobody's time
            lines.property("TRANSP", "TRANSPARENT");
            for trigger in ALARMS.iter().filter(|_| event.alarms) {
                lines.component("VALARM", |lines| {
                    lines.property("ACTION", "DISPLAY");
                    lines.property("TRIGGER", trigger);
                    lines.text("DESCRIPTION", &event.summary);
                });
            }
        });
    }
}

/// A calendar without any component is none: where there is no event yet, it knows a time zone.
fn time_zone(lines: &mut Lines) {
    lines.component("VTIMEZONE", |lines| {
        lines.property("TZID", "Etc/UTC");
        lines.component("STANDARD", |lines| {
            lines.property("DTSTART", "19700101T000000");
            lines.property("TZOFFSETFROM", "+0000");
            lines.property("TZOFFSETTO", "+0000");
        });
    });
}
