//! One deliverable in a sentence: how it came, who is waited for, when it is due.

use super::{Said, Story, day, distance, when};
use crate::config::What;
use crate::lang::{marker, part};
use crate::model::{Delivery, Expected, TimelineState};

/// As many units as a sentence names.
const MOST_NAMED: usize = 4;
/// That nothing is there yet is no news before it is due within so many days.
const NEAR_DAYS: i64 = 28;

/// What of a deliverable is there. Who says that there are no objectives delivers nothing that is to be
/// signed, and is not counted among those who do.
pub(super) struct Came<'a> {
    delivery: &'a Delivery,
    counted: Vec<&'a Expected>,
}

impl<'a> Came<'a> {
    pub(super) fn of(delivery: &'a Delivery) -> Self {
        let counted = delivery.expected.iter().filter(|expected| !expected.unsigned).collect();
        Self { delivery, counted }
    }

    /// Whether nobody is to deliver it.
    pub(super) fn is_nobodys(&self) -> bool {
        self.counted.is_empty()
    }

    fn total(&self) -> usize {
        self.counted.len()
    }

    fn there(&self) -> usize {
        self.counted.iter().filter(|expected| expected.delivered).count()
    }

    /// By how many days each was late or early, where a day can be told.
    fn days(&self) -> impl Iterator<Item = i64> {
        self.counted.iter().filter_map(|expected| self.delivery.by_of(expected))
    }

    fn missing(&self) -> Vec<&'a Expected> {
        self.counted.iter().copied().filter(|expected| !expected.delivered).collect()
    }
}

impl Story<'_> {
    /// How a deliverable stands, in a sentence.
    pub(super) fn came(&self, delivery: &Delivery) -> Vec<Said> {
        let came = Came::of(delivery);
        let is_there = matches!(delivery.state, TimelineState::Done | TimelineState::Late);
        if delivery.what == What::Direction
            && is_there
            && let Some(around) = self.borrowed_direction()
        {
            return vec![Said::plain(self.lang.say("story.direction-of", &[("cycle", &around.name)]))];
        }
        match delivery.state {
            TimelineState::Due => self.due(&came),
            TimelineState::Done | TimelineState::Late => vec![Said::plain(self.all_there(&came))],
            TimelineState::Overdue if !self.book.cycles[self.cycle].is_live(self.today) => {
                vec![Said::plain(self.never_all(&came))]
            }
            TimelineState::Overdue => self.overdue(&came),
        }
    }

    fn due(&self, came: &Came<'_>) -> Vec<Said> {
        let delivery = came.delivery;
        let when = when(self.lang, delivery.left);
        let (there, total) = (came.there(), came.total());
        let total_words = self.whole(total);
        let values = [("when", when.as_str()), ("total", &total_words)];
        if delivery.what == What::Direction || (there == 0 && total > 1 && delivery.left > NEAR_DAYS) {
            return vec![Said::plain(self.lang.say(&key(came, "due"), &values))];
        }
        let missing = came.missing();
        match there {
            0 => self.with_who(&key(came, "due-none"), total, &values, &missing),
            there => self.with_who(&key(came, "due-some"), there, &values, &missing),
        }
    }

    fn all_there(&self, came: &Came<'_>) -> String {
        let total = came.total();
        let Some(last) = came.days().max() else {
            return self.count(&key(came, "all"), total, &[]);
        };
        let how = distance(self.lang, last);
        if total == 1 || last == 0 {
            let date = came.delivery.complete().map(|on| day(self.lang, on, self.today)).unwrap_or_default();
            return self.count(&key(came, "came"), total, &[("how", &how), ("date", &date)]);
        }
        let late = came.days().filter(|days| *days > 0).count();
        let days = self.count("date.days", usize::try_from(last).unwrap_or_default(), &[]);
        if late == total {
            return self.count(&key(came, "came-late"), total, &[("days", &days)]);
        }
        let how = match late {
            0 => self.lang.say("story.the-last", &[("how", &how)]),
            late => self.count("story.some-late", late, &[("days", &days)]),
        };
        self.count(&key(came, "came-each"), total, &[("how", &how)])
    }

    /// What never was complete in a cycle of long ago waits for nobody.
    fn never_all(&self, came: &Came<'_>) -> String {
        match came.there() {
            0 => self.count(&key(came, "never"), came.total(), &[]),
            there => self.count(&key(came, "never-all"), there, &[("total", &self.whole(came.total()))]),
        }
    }

    fn overdue(&self, came: &Came<'_>) -> Vec<Said> {
        let days = came.delivery.overdue().unwrap_or_default();
        let days = self.count("date.days", usize::try_from(days).unwrap_or_default(), &[]);
        let (there, total) = (came.there(), came.total());
        let missing = came.missing();
        if there == 0 {
            return self.with_who(&key(came, "overdue"), total, &[("days", &days)], &missing);
        }
        let head = self.count(&key(came, "overdue-some"), there, &[("total", &self.whole(total))]);
        let head = match came.days().filter(|days| *days <= 0).count() {
            // what bears no day came neither early nor late
            _ if came.days().next().is_none() => head,
            0 => self.count("story.none-in-time", there, &[("head", &head)]),
            in_time if in_time == there => self.count("story.all-in-time", there, &[("head", &head)]),
            in_time => self.count("story.some-in-time", in_time, &[("head", &head)]),
        };
        self.with_who("story.is-overdue", missing.len(), &[("head", &head), ("days", &days)], &missing)
    }

    /// A text whose place `who` names those who are waited for, the first few of them.
    fn with_who(&self, key: &str, n: usize, values: &[(&str, &str)], who: &[&Expected]) -> Vec<Said> {
        let markers: Vec<String> = (0..who.len()).map(marker).collect();
        let list = self.lang.some(&markers, MOST_NAMED);
        let mut all = vec![("who", list.as_str())];
        all.extend(values);
        let named: Vec<Vec<Said>> = who.iter().map(|one| vec![self.named(one)]).collect();
        part(&self.count(key, n, &all), &named, Said::plain)
    }

    fn named(&self, expected: &Expected) -> Said {
        let words = match expected.unit {
            Some(unit) => self.book.config.units[unit].name.to_string(),
            None => self.lang.text("timeline.direction").into_owned(),
        };
        Said { words, whom: Some(expected.clone()) }
    }

    fn count(&self, key: &str, n: usize, values: &[(&str, &str)]) -> String {
        self.lang.count(key, n as u64, values)
    }

    fn whole(&self, count: usize) -> String {
        self.lang.separators().whole(count as u64)
    }
}

fn key(came: &Came<'_>, form: &str) -> String {
    format!("story.{}-{form}", came.delivery.what.as_str())
}
