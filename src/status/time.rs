//! The time of a cycle: what is due, what came, and who is late by how many days.

use std::cmp::Reverse;
use std::sync::Arc;

use serde::Serialize;

use super::{Facts, day, maybe_day};
use crate::config::What;
use crate::date::Date;
use crate::model::{Delivery, Expected, TimelineState};

/// The time of a cycle.
#[derive(Clone, Debug, Serialize)]
pub struct CycleTime {
    /// Its name in references.
    pub id: Arc<str>,
    /// What it is called.
    pub name: Arc<str>,
    /// Its first day.
    #[serde(serialize_with = "day")]
    pub start: Date,
    /// Its last day.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "maybe_day")]
    pub end: Option<Date>,
    /// `planning`, `running` or `ended`.
    pub phase: &'static str,
    /// Where it stands, in a few sentences.
    pub story: String,
    /// Whether something is overdue.
    pub overdue: bool,
    /// What is due, by day.
    pub timeline: Vec<DeliveryStatus>,
    /// Who is late, those first that are still waited for, and of them the longest.
    pub late: Vec<Late>,
}

/// A deliverable.
#[derive(Clone, Debug, Serialize)]
pub struct DeliveryStatus {
    /// What it is, in a word of the format.
    pub what: &'static str,
    /// What it is called, as shown.
    pub name: String,
    /// Who delivers it, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub who: Option<Arc<str>>,
    /// The day work on it begins.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "maybe_day")]
    pub from: Option<Date>,
    /// The day it is due.
    #[serde(serialize_with = "day")]
    pub due: Date,
    /// `done`, `late`, `due` or `overdue`.
    pub state: &'static str,
    /// While it is due: in how many days.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_in: Option<i64>,
    /// Late or overdue: by how many days.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub late_by: Option<i64>,
    /// The day on which the last came, if all are there.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "maybe_day")]
    pub complete: Option<Date>,
    /// How many are there.
    pub delivered: usize,
    /// Of how many.
    pub expected: usize,
    /// Ids of the units that are not there, or `direction`.
    pub waiting_for: Vec<Arc<str>>,
}

/// Something that was not there on the day it was due.
#[derive(Clone, Debug, Serialize)]
pub struct Late {
    /// The unit's id, or `direction`.
    pub unit: Arc<str>,
    /// What it is called.
    #[serde(skip)]
    pub name: String,
    /// What is late, in a word of the format.
    pub what: &'static str,
    /// The day it was due.
    #[serde(serialize_with = "day")]
    pub due: Date,
    /// The day it came; absent while it is waited for.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "maybe_day")]
    pub there: Option<Date>,
    /// By how many days.
    pub days: i64,
}

impl<'a> Facts<'a> {
    /// The deliverables of a cycle that something is expected of.
    pub(super) fn deliveries(&self, cycle: usize) -> impl Iterator<Item = &'a Delivery> {
        let deliveries = self.analysis.timelines[cycle].deliveries.iter();
        deliveries.filter(|delivery| delivery.what == What::Other || delivery.is_expected())
    }

    /// The time of a cycle.
    pub(super) fn time(&self, cycle: usize) -> CycleTime {
        let of = &self.book().cycles[cycle];
        CycleTime {
            id: Arc::clone(&of.id),
            name: Arc::clone(&of.name),
            start: of.start,
            end: of.end,
            phase: of.phase(self.today).as_str(),
            story: self.story(cycle).text(),
            overdue: self.deliveries(cycle).any(|delivery| delivery.state == TimelineState::Overdue),
            timeline: self.deliveries(cycle).map(|delivery| self.delivery(cycle, delivery)).collect(),
            late: self.late(cycle),
        }
    }

    fn delivery(&self, cycle: usize, delivery: &Delivery) -> DeliveryStatus {
        let deliverable = &self.book().config.deliverables[delivery.deliverable];
        let state = delivery.state;
        DeliveryStatus {
            what: delivery.what.as_str(),
            name: self.story(cycle).name(delivery),
            who: deliverable.who.clone(),
            from: delivery.from,
            due: delivery.due,
            state: state.as_str(),
            due_in: (state == TimelineState::Due).then_some(delivery.left),
            late_by: delivery.overdue().or_else(|| delivery.by().filter(|_| state == TimelineState::Late)),
            complete: delivery.complete(),
            delivered: delivery.delivered(),
            expected: delivery.expected.len(),
            waiting_for: delivery.waiting_for(self.book()).cloned().collect(),
        }
    }

    fn late(&self, cycle: usize) -> Vec<Late> {
        let mut late: Vec<Late> = Vec::new();
        for delivery in self.deliveries(cycle) {
            late.extend(delivery.expected.iter().filter_map(|expected| self.late_one(delivery, expected)));
        }
        late.sort_by_key(|late| (late.there.is_some(), Reverse(late.days)));
        late
    }

    fn late_one(&self, delivery: &Delivery, expected: &Expected) -> Option<Late> {
        // what is there without a day (grades) cannot be told to be late
        if expected.delivered && expected.there.is_none() {
            return None;
        }
        let days = delivery.by_of(expected).unwrap_or(-delivery.left);
        let unit = match expected.unit {
            Some(unit) => &self.book().config.units[unit].id,
            None => &self.book().direction_word,
        };
        (days > 0).then(|| Late {
            unit: Arc::clone(unit),
            name: self.expected_name(expected),
            what: delivery.what.as_str(),
            due: delivery.due,
            there: expected.there,
            days,
        })
    }

    /// What is waited for, as a person calls it.
    pub(super) fn expected_name(&self, expected: &Expected) -> String {
        match expected.unit {
            Some(unit) => self.book().config.units[unit].name.to_string(),
            None => self.lang.text("timeline.direction").into_owned(),
        }
    }
}
