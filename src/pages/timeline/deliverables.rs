//! The deliverables of a cycle as rows: how each stands, who was late, who is waited for.

use serde::Serialize;

use crate::config::What;
use crate::model::{Delivery, Expected, Party, TimelineState};
use crate::pages::site::Site;

/// A deliverable.
#[derive(Debug, Serialize)]
pub struct DeliverableRow {
    /// What it is called.
    pub name: String,
    /// Who delivers it, and when work on it begins.
    pub notes: Vec<String>,
    /// The day it is due.
    pub due: String,
    /// How many are there, and when the last came.
    pub there: String,
    /// How it stands.
    pub standing: Standing,
    /// Who was late, the latest first.
    pub late: Vec<Named>,
    /// How many others were late.
    pub late_more: String,
    /// Who is waited for.
    pub missing: Vec<Named>,
    /// How many others are waited for.
    pub missing_more: String,
    /// That nothing is there yet, instead of who is waited for.
    pub all: String,
}

/// How a deliverable stands, in words and a symbol.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Standing {
    /// The symbol; none while it is due.
    pub icon: &'static str,
    /// A class that colours it.
    pub class: &'static str,
    /// `Done, 2 days early`.
    pub says: String,
}

/// A unit with a word about it.
#[derive(Debug, Serialize)]
pub struct Named {
    /// What it is called.
    pub name: String,
    /// Its document, or its page.
    pub url: String,
    /// `3 days`, or what is lacking.
    pub note: String,
}

/// As many units as a row names.
const MOST_NAMED: usize = 12;

impl Site<'_> {
    /// What a deliverable is called.
    pub(in crate::pages) fn deliverable_name(&self, delivery: &Delivery) -> String {
        match &self.config().deliverables[delivery.deliverable].name {
            Some(name) => name.to_string(),
            None => self.text(&format!("timeline.{}-name", delivery.what.as_str())),
        }
    }

    /// What a deliverable is called where there is little room: by its kind, unless there are several.
    pub(in crate::pages) fn deliverable_short(&self, delivery: &Delivery) -> String {
        if delivery.what == What::Other || self.is_one_of_several(delivery) {
            return self.deliverable_name(delivery);
        }
        self.text(&format!("timeline.{}", delivery.what.as_str()))
    }

    /// Whether the process has another deliverable of its kind.
    pub(in crate::pages) fn is_one_of_several(&self, delivery: &Delivery) -> bool {
        self.config().deliverables.iter().filter(|other| other.what == delivery.what).count() > 1
    }

    /// How a deliverable stands.
    pub(in crate::pages) fn standing_of(&self, cycle: usize, delivery: &Delivery) -> Standing {
        let says = |icon, class, says| Standing { icon, class, says };
        if delivery.what != What::Other && !delivery.is_expected() {
            return says("", "muted", self.text("timeline.nothing-expected"));
        }
        let days = |days: i64| usize::try_from(days.unsigned_abs()).unwrap_or_default();
        match (delivery.state, delivery.by()) {
            (TimelineState::Done, _) if delivery.what == What::Other => {
                says("", "muted", self.text("timeline.passed"))
            }
            (TimelineState::Done, Some(by @ ..0)) => {
                says("met", "", self.count("timeline.done-early", days(by), &[]))
            }
            (TimelineState::Done, Some(_)) => says("met", "", self.text("timeline.done-in-time")),
            (TimelineState::Done, None) => says("met", "", self.text("timeline.done")),
            (TimelineState::Late, by) => {
                says("behind", "s-warn", self.count("timeline.late-by", days(by.unwrap_or_default()), &[]))
            }
            (TimelineState::Due, _) if delivery.left == 0 => says("", "", self.text("timeline.due-today")),
            (TimelineState::Due, _) => {
                says("", "muted", self.count("timeline.due-in", days(delivery.left), &[]))
            }
            (TimelineState::Overdue, _) if !self.is_live(cycle) => {
                says("open", "s-warn", self.text("timeline.never"))
            }
            (TimelineState::Overdue, _) => {
                says("open", "s-bad", self.count("timeline.overdue-by", days(delivery.left), &[]))
            }
        }
    }

    pub(super) fn deliverable_rows(&self, cycle: usize) -> Vec<DeliverableRow> {
        let deliveries = &self.timeline(cycle).deliveries;
        deliveries.iter().map(|delivery| self.deliverable_row(cycle, delivery)).collect()
    }

    fn deliverable_row(&self, cycle: usize, delivery: &Delivery) -> DeliverableRow {
        let of = &self.config().deliverables[delivery.deliverable];
        let mut notes: Vec<String> = of.who.iter().map(|who| who.to_string()).collect();
        notes.extend(delivery.from.map(|from| self.say("timeline.begins", &[("date", &self.day(from))])));
        let late = delivery.late();
        let missing: Vec<&Expected> = delivery.missing().collect();
        let waits = delivery.state == TimelineState::Due;
        let none = waits && missing.len() == delivery.expected.len() && missing.len() > 3;
        let all = if none { self.count("timeline.all-units", missing.len(), &[]) } else { String::new() };
        let more = |count: usize| match count.saturating_sub(MOST_NAMED) {
            0 => String::new(),
            others => self.count("timeline.and-others", others, &[]),
        };
        DeliverableRow {
            name: self.deliverable_name(delivery),
            notes,
            due: self.day(delivery.due),
            there: self.there(delivery),
            standing: self.standing_of(cycle, delivery),
            late_more: more(late.len()),
            late: late
                .into_iter()
                .take(MOST_NAMED)
                .map(|(days, expected)| {
                    let days = usize::try_from(days).unwrap_or_default();
                    self.named(cycle, expected, self.count("date.days", days, &[]))
                })
                .collect(),
            missing_more: if none { String::new() } else { more(missing.len()) },
            missing: missing
                .into_iter()
                .take(if none { 0 } else { MOST_NAMED })
                .map(|expected| {
                    let lacks = if waits { String::new() } else { self.lacks(delivery.what, expected) };
                    self.named(cycle, expected, lacks)
                })
                .collect(),
            all,
        }
    }

    /// How many are there, and when the last came.
    fn there(&self, delivery: &Delivery) -> String {
        let (there, total) = (delivery.delivered(), delivery.expected.len());
        match (delivery.complete(), total) {
            (_, 0) => self.text("number.none"),
            (Some(day), 1) => self.day(day),
            (Some(day), _) => self.say(
                "timeline.there-all-on",
                &[("n", &self.whole(there)), ("total", &self.whole(total)), ("date", &self.day(day))],
            ),
            (None, _) if there == 0 => self.text("date.not-yet"),
            (None, _) => {
                self.say("timeline.there-of", &[("n", &self.whole(there)), ("total", &self.whole(total))])
            }
        }
    }

    fn named(&self, cycle: usize, expected: &Expected, note: String) -> Named {
        let url = match (expected.document, expected.unit) {
            (Some(document), _) => self.book().document_url(document),
            (None, Some(unit)) => format!("units/{}/", self.config().units[unit].id),
            (None, None) => format!("{}/direction/", self.book().cycles[cycle].id),
        };
        Named { name: self.expected_name(expected), url, note }
    }

    /// The unit that is waited for, or the direction.
    pub(in crate::pages) fn expected_name(&self, expected: &Expected) -> String {
        match expected.unit {
            Some(unit) => self.config().units[unit].name.to_string(),
            None => self.text("tab.direction"),
        }
    }

    /// What a unit lacks: its document, or a party's signature.
    fn lacks(&self, what: What, expected: &Expected) -> String {
        let Some(document) = expected.document else {
            let direction = expected.unit.is_none();
            return if direction { String::new() } else { self.text("timeline.lacks-document") };
        };
        if what != What::Final {
            return String::new();
        }
        let signatures = &self.analysis.signatures[document];
        let missing = |party: Party| signatures.party(party).complete.is_none();
        match (missing(Party::SetBy), missing(Party::DeliveredBy)) {
            (true, true) => self.text("timeline.lacks-both"),
            (true, false) => self.lacks_party(document, Party::SetBy),
            (false, true) => self.lacks_party(document, Party::DeliveredBy),
            (false, false) => String::new(),
        }
    }

    fn lacks_party(&self, document: usize, party: Party) -> String {
        let waiting = &self.analysis.signatures[document].party(party).waiting;
        let names: Vec<String> = waiting.iter().map(|who| self.who(who).name).collect();
        let level = &self.config().levels[self.config().units[self.book().documents[document].unit].level];
        let words = if party == Party::SetBy { &level.set_by } else { &level.delivered_by };
        let who = match (names.as_slice(), words) {
            ([], Some(words)) => words.to_string(),
            ([], None) => self.text(&format!("party.{}", party.as_str())),
            (names, _) => self.some_names(names, 3),
        };
        self.say("timeline.lacks-party", &[("party", &who)])
    }
}
