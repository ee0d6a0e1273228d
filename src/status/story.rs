//! The story of a cycle in a few sentences: what is overdue, what is due next and who is waited for,
//! what came.

use super::{Facts, Grades, NEAR_DAYS};
use crate::config::What;
use crate::date::{Date, Phase, days_between, week_of, weeks_in};
use crate::model::{Delivery, TimelineState};

/// As many units as a sentence names.
const MOST_NAMED: usize = 4;
/// As many sentences as are told of deliverables.
const MOST_SENTENCES: usize = 6;

impl Facts<'_> {
    /// What a person would say of a cycle.
    pub(super) fn story(&self, cycle: usize, grades: Option<&Grades>) -> String {
        let deliveries: Vec<&Delivery> = self.deliveries(cycle).collect();
        let of = |state: TimelineState| deliveries.iter().filter(move |delivery| delivery.state == state);
        let next_day = of(TimelineState::Due).next().map(|next| next.due);
        let next = of(TimelineState::Due).filter(|delivery| Some(delivery.due) == next_day);
        let there = deliveries
            .iter()
            .filter(|delivery| matches!(delivery.state, TimelineState::Done | TimelineState::Late));
        let told = of(TimelineState::Overdue).chain(next).chain(there);
        let mut sentences: Vec<String> = told
            .filter_map(|delivery| self.sentence(delivery, &deliveries))
            .take(MOST_SENTENCES)
            .map(|sentence| sentence + &self.lang.text("status.end"))
            .collect();
        sentences.insert(0, self.phase_sentence(cycle));
        if let Some(grades) = grades.filter(|grades| grades.objectives > 0) {
            sentences.push(self.grades_sentence(grades));
        }
        sentences.join(" ")
    }

    fn sentence(&self, delivery: &Delivery, all: &[&Delivery]) -> Option<String> {
        let said = match delivery.state {
            _ if delivery.what == What::Other => self.other(delivery)?,
            TimelineState::Due => {
                let days = days_between(self.today, delivery.due);
                let when = match days {
                    0 => self.lang.text("date.today").into_owned(),
                    _ => self.lang.count("date.in-days", days.unsigned_abs(), &[]),
                };
                let due = self.lang.say(&self.key(delivery, "due"), &[("when", &when)]);
                self.with_those_missing(due, delivery)
            }
            TimelineState::Overdue => {
                let days = days_between(delivery.due, self.today).unsigned_abs();
                let overdue = self.lang.count(&self.key(delivery, "overdue"), days, &[]);
                self.with_those_missing(overdue, delivery)
            }
            TimelineState::Done | TimelineState::Late => self.there(delivery),
        };
        let twins = all.iter().filter(|other| other.what == delivery.what).count();
        if twins > 1 && delivery.what != What::Other {
            return Some(format!("{}: {said}", self.title(delivery)));
        }
        Some(said)
    }

    fn key(&self, delivery: &Delivery, form: &str) -> String {
        format!("status.{}-{form}", delivery.what.as_str())
    }

    /// Something that no document shows is told only until its day.
    fn other(&self, delivery: &Delivery) -> Option<String> {
        let days = days_between(self.today, delivery.due);
        let when = match days {
            0 => self.lang.text("date.today").into_owned(),
            _ => self.lang.count("date.in-days", days.unsigned_abs(), &[]),
        };
        let values = [("name", self.title(delivery)), ("when", when)];
        let values: Vec<(&str, &str)> = values.iter().map(|(key, value)| (*key, value.as_str())).collect();
        (days >= 0).then(|| self.lang.say("status.other-due", &values))
    }

    fn with_those_missing(&self, sentence: String, delivery: &Delivery) -> String {
        let mut clauses = vec![sentence];
        let (there, total) = (delivery.delivered(), delivery.expected.len());
        if delivery.what == What::Direction {
            return clauses.remove(0);
        }
        let total_words = self.lang.separators().whole(total as u64);
        let values = [("total", total_words.as_str())];
        if there == 0 && total > 1 {
            // it waits for everyone, which is no news before it is near
            if days_between(self.today, delivery.due) <= NEAR_DAYS {
                clauses.push(self.lang.say(&self.key(delivery, "none"), &values));
            }
            return clauses.join(&self.lang.text("status.clause"));
        }
        if total > 1 {
            clauses.push(self.lang.count(&self.key(delivery, "count"), there as u64, &values));
        }
        let missing = delivery.expected.iter().filter(|expected| !expected.delivered);
        let names: Vec<String> = missing.map(|expected| self.expected_name(expected)).collect();
        clauses.push(self.lang.say("status.waiting", &[("who", &self.some(&names, MOST_NAMED))]));
        clauses.join(&self.lang.text("status.clause"))
    }

    fn there(&self, delivery: &Delivery) -> String {
        let total = delivery.expected.len();
        let complete = delivery.complete();
        let when = complete.map(|last| self.distance(delivery.due, last));
        if let (What::Direction, Some(last), Some(when)) = (delivery.what, complete, &when) {
            return self
                .lang
                .say("status.direction-there", &[("date", &self.lang.day(last)), ("when", when)]);
        }
        let all = self.lang.count(&self.key(delivery, "all"), total as u64, &[]);
        match when {
            Some(when) if total > 1 => {
                let last = self.lang.say("status.last", &[("when", &when)]);
                format!("{all}{}{last}", self.lang.text("list.separator"))
            }
            Some(when) => format!("{all}{}{when}", self.lang.text("list.separator")),
            None => all,
        }
    }

    /// How early or late something came.
    fn distance(&self, due: Date, there: Date) -> String {
        let days = days_between(due, there);
        match days {
            0 => self.lang.text("date.in-time").into_owned(),
            1.. => self.lang.count("date.days-late", days.unsigned_abs(), &[]),
            _ => self.lang.count("date.days-early", days.unsigned_abs(), &[]),
        }
    }

    /// Names as a sentence lists them: the first few, and how many others.
    pub(super) fn some(&self, names: &[String], most: usize) -> String {
        if names.len() <= most + 1 {
            return self.lang.list(names);
        }
        let mut some = names[..most].to_vec();
        some.push(self.lang.count("list.others", (names.len() - most) as u64, &[]));
        self.lang.list(&some)
    }

    fn phase_sentence(&self, cycle: usize) -> String {
        let of = &self.book().cycles[cycle];
        match (of.phase(self.today), of.end) {
            (Phase::Planning, _) => {
                let days = days_between(self.today, of.start).unsigned_abs();
                self.lang.count("phase.begins-in", days, &[])
            }
            (Phase::Running, Some(end)) => {
                let week = week_of(of.start, self.today).to_string();
                let weeks = weeks_in(of.start, end).to_string();
                self.lang.say("phase.running-week", &[("n", &week), ("total", &weeks)])
            }
            (Phase::Running, None) => {
                self.lang.say("status.open", &[("date", &self.lang.day_year(of.start))])
                    + &self.lang.text("status.end")
            }
            (Phase::Ended, end) => {
                let days = end.map_or(0, |end| days_between(end, self.today)).unsigned_abs();
                self.lang.count("phase.ended-ago", days, &[])
            }
        }
    }

    fn grades_sentence(&self, grades: &Grades) -> String {
        if grades.ungraded == grades.objectives {
            let none = self.lang.count("status.grades-lede-none", grades.objectives as u64, &[]);
            return none + &self.lang.text("status.end");
        }
        let objectives = self.lang.count("count.objectives", grades.objectives as u64, &[]);
        let [reached, short, ungraded] = [grades.reached, grades.short, grades.ungraded]
            .map(|count| self.lang.separators().whole(count as u64));
        let values =
            [("objectives", &*objectives), ("reached", &reached), ("short", &short), ("ungraded", &ungraded)];
        self.lang.say("status.grades-lede", &values) + &self.lang.text("status.end")
    }
}
