//! `calendar.ics`: what is due when, for calendar programs to subscribe to (RFC 5545).
//!
//! Deliverables, and the first and last days of cycles, are all-day events. An event's UID says what it
//! is and not when, so that one that is moved stays itself; the stamps are of the day that the
//! calendar speaks of, so that the same book and day give the same bytes.

mod component;
mod events;

use xxhash_rust::xxh3::xxh3_64;

use crate::date::Date;
use crate::inputs::SiteFile;
use crate::lang::Lang;
use crate::model::Cycle;
use crate::{Analysis, Options};
use component::{Lines, digits};
use events::Event;

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

    fn event(&self, lines: &mut Lines, cycle: &Cycle, event: &Event) {
        let level = self.level.map(|level| format!(".{}", self.analysis.book.config.levels[level].id));
        let uid = format!("{}-{}{}@{}", cycle.id, event.key, level.unwrap_or_default(), self.domain);
        lines.component("VEVENT", |lines| {
            lines.text("UID", &uid);
            lines.property("DTSTAMP", &format!("{}T000000Z", digits(self.today)));
            lines.day("DTSTART", event.day);
            if let Ok(next) = event.day.tomorrow() {
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
