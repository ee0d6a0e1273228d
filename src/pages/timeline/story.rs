//! The story of a cycle in a few sentences: what is due next, what came, what is missing.

use crate::config::What;
use crate::date::{Phase, days_between};
use crate::model::{Delivery, TimelineState};
use crate::pages::census::Census;
use crate::pages::site::Site;

/// As many units as a sentence names.
const MOST_NAMED: usize = 4;

impl Site<'_> {
    /// Names as a sentence lists them, the first few and how many others.
    pub(in crate::pages) fn some_names(&self, names: &[String], most: usize) -> String {
        if names.len() <= most + 1 {
            return self.lang.list(names);
        }
        let mut some = names[..most].to_vec();
        some.push(self.count("list.others", names.len() - most, &[]));
        self.lang.list(&some)
    }

    /// What a person would say of the cycle's time.
    pub(super) fn story(&self, census: &Census, cycle: usize, quiet: usize) -> String {
        let phase = self.book().cycles[cycle].phase(self.today);
        let deliveries = &self.timeline(cycle).deliveries;
        let is_open = |delivery: &&Delivery| delivery.state == TimelineState::Due;
        let next_day = deliveries.iter().find(is_open).map(|delivery| delivery.due);
        let next = deliveries.iter().filter(is_open).filter(|delivery| Some(delivery.due) == next_day);
        let past = deliveries.iter().filter(|delivery| !is_open(delivery));
        let order: Vec<&Delivery> =
            if phase == Phase::Planning { next.chain(past).collect() } else { past.chain(next).collect() };
        let mut sentences: Vec<String> =
            order.into_iter().filter_map(|delivery| self.delivery_sentence(cycle, delivery)).collect();
        if sentences.is_empty() {
            sentences.push(self.text("timeline.story-none"));
        }
        if phase == Phase::Running && quiet > 0 {
            let days = self.config().quiet_days.to_string();
            sentences.push(self.count("timeline.story-quiet", quiet, &[("days", &days)]));
        }
        if phase == Phase::Ended && census.grades[cycle].objectives > 0 {
            sentences.push(self.review_sentence(&census.grades[cycle]));
        }
        sentences.join(" ")
    }

    fn delivery_sentence(&self, cycle: usize, delivery: &Delivery) -> Option<String> {
        let said = match delivery.state {
            TimelineState::Due => self.due_sentence(delivery),
            TimelineState::Done | TimelineState::Late => self.done_sentence(delivery),
            TimelineState::Overdue => self.overdue_sentence(cycle, delivery),
        }?;
        if delivery.what != What::Other && self.is_one_of_several(delivery) {
            let name = self.deliverable_name(delivery);
            return Some(self.say("timeline.story-of", &[("name", &name), ("sentence", &said)]));
        }
        Some(said)
    }

    fn due_sentence(&self, delivery: &Delivery) -> Option<String> {
        let days = usize::try_from(days_between(self.today, delivery.due)).unwrap_or_default();
        let when = if days == 0 { self.text("date.today") } else { self.count("date.in-days", days, &[]) };
        let (there, total) = (delivery.delivered(), delivery.expected.len());
        if delivery.what == What::Other {
            let name = self.deliverable_name(delivery);
            return Some(self.say("timeline.story-other-due", &[("name", &name), ("when", &when)]));
        }
        if total == 0 {
            return None;
        }
        let key = |form: &str| format!("timeline.story-{}-{form}", delivery.what.as_str());
        let total_words = self.whole(total);
        let waiting = self.waiting(delivery);
        let values = [("when", when.as_str()), ("total", &total_words), ("who", &waiting)];
        if there == 0 || delivery.what == What::Direction {
            return Some(self.count(&key("due-none"), total, &values));
        }
        Some(self.count(&key("due"), there, &values))
    }

    fn done_sentence(&self, delivery: &Delivery) -> Option<String> {
        let total = delivery.expected.len();
        if total == 0 {
            return None;
        }
        let key = |form: &str| format!("timeline.story-{}-{form}", delivery.what.as_str());
        let by = delivery.complete().map_or(0, |day| days_between(delivery.due, day));
        let distance = usize::try_from(by.unsigned_abs()).unwrap_or_default();
        let late = delivery.expected.iter().filter(|one| one.there.is_some_and(|day| day > delivery.due));
        if by > 0 {
            let days = self.count("date.days", distance, &[]);
            let late = self.count("timeline.late-one-of", late.count(), &[("days", &days)]);
            return Some(self.count(&key("late"), total, &[("late", &late), ("days", &days)]));
        }
        let when = match by {
            0 => self.text("date.in-time"),
            _ => self.count("date.days-early", distance, &[]),
        };
        Some(self.count(&key("done"), total, &[("when", &when)]))
    }

    fn overdue_sentence(&self, cycle: usize, delivery: &Delivery) -> Option<String> {
        let (there, total) = (delivery.delivered(), delivery.expected.len());
        let key = |form: &str| format!("timeline.story-{}-{form}", delivery.what.as_str());
        let over = usize::try_from(days_between(delivery.due, self.today)).unwrap_or_default();
        let days = self.count("date.days", over, &[]);
        let total_words = self.whole(total);
        if !self.is_live(cycle) {
            // what never came in a cycle of long ago waits for nobody
            return Some(self.count(&key("never"), there, &[("total", &total_words)]));
        }
        if there == 0 {
            return Some(self.count(&key("overdue-none"), total, &[("days", &days)]));
        }
        let head = self.count(&key("overdue"), there, &[("total", &total_words)]);
        let who = self.waiting(delivery);
        let values = [("who", who.as_str()), ("days", &days)];
        let tail = self.count("timeline.story-is-overdue", total - there, &values);
        Some(self.say("timeline.story-and", &[("head", &head), ("tail", &tail)]))
    }

    fn waiting(&self, delivery: &Delivery) -> String {
        let names: Vec<String> = delivery
            .expected
            .iter()
            .filter(|expected| !expected.delivered)
            .map(|expected| self.expected_name(expected))
            .collect();
        self.some_names(&names, MOST_NAMED)
    }
}
