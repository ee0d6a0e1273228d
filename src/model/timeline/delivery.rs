//! A deliverable in a cycle: what it waits for, what of it is there, and how far from its day it came.
//!
//! Every number of days that a rule, a page, the terminal or the calendar tells comes from here.

use std::cmp::Reverse;
use std::sync::Arc;

use crate::config::What;
use crate::date::{Date, days_between};
use crate::model::Book;

/// How a deliverable stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimelineState {
    /// All there by the day it was due.
    Done,
    /// All there, some after it.
    Late,
    /// Not all there, the day not yet past.
    Due,
    /// Not all there, the day past.
    Overdue,
}

impl TimelineState {
    /// The word of the format for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Late => "late",
            Self::Due => "due",
            Self::Overdue => "overdue",
        }
    }
}

/// One thing that a deliverable waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expected {
    /// The unit; none for the direction.
    pub unit: Option<usize>,
    /// Its document, if it has one.
    pub document: Option<usize>,
    /// The day it was there, as far as a day can be told.
    pub there: Option<Date>,
    /// Whether it is there.
    pub delivered: bool,
    /// Whether nobody has to sign it: it says that there are no objectives in this cycle.
    pub unsigned: bool,
}

/// A deliverable in a cycle.
#[derive(Clone, Debug)]
pub struct Delivery {
    /// Its number in the configuration.
    pub deliverable: usize,
    /// What it is.
    pub what: What,
    /// The day it is due.
    pub due: Date,
    /// How many days are left until then; less than none once the day is past.
    pub left: i64,
    /// The day work on it begins.
    pub from: Option<Date>,
    /// How it stands.
    pub state: TimelineState,
    /// What it waits for, in the order of levels and units.
    pub expected: Vec<Expected>,
}

impl Delivery {
    /// Whether the book can show it, and somebody is to deliver it.
    pub fn is_expected(&self) -> bool {
        self.what != What::Other && !self.expected.is_empty()
    }

    /// How many are there.
    pub fn delivered(&self) -> usize {
        self.expected.iter().filter(|expected| expected.delivered).count()
    }

    /// What is not there.
    pub fn missing(&self) -> impl Iterator<Item = &Expected> {
        self.expected.iter().filter(|expected| !expected.delivered)
    }

    /// Those that are not there: a unit's id, or `direction`.
    pub fn waiting_for<'a>(&'a self, book: &'a Book) -> impl Iterator<Item = &'a Arc<str>> {
        self.missing().map(|expected| match expected.unit {
            Some(unit) => &book.config.units[unit].id,
            None => &book.direction_word,
        })
    }

    /// The day on which the last came, if all are there.
    pub fn complete(&self) -> Option<Date> {
        let all = self.expected.iter().all(|expected| expected.delivered);
        self.expected.iter().filter_map(|expected| expected.there).max().filter(|_| all)
    }

    /// If all are there: how many days after its day the last came, less than none before it.
    pub fn by(&self) -> Option<i64> {
        self.complete().map(|day| days_between(self.due, day))
    }

    /// How many days after its day one of them came, less than none before it.
    pub fn by_of(&self, expected: &Expected) -> Option<i64> {
        expected.there.map(|day| days_between(self.due, day))
    }

    /// What came after its day, and by how many days: the latest first.
    pub fn late(&self) -> Vec<(i64, &Expected)> {
        let by = |expected| Some((self.by_of(expected)?, expected));
        let mut late: Vec<(i64, &Expected)> =
            self.expected.iter().filter_map(by).filter(|(days, _)| *days > 0).collect();
        late.sort_by_key(|(days, _)| Reverse(*days));
        late
    }

    /// For how many days its day is past, while something is missing.
    pub fn overdue(&self) -> Option<i64> {
        (self.state == TimelineState::Overdue).then_some(-self.left)
    }
}
