//! The process on a calendar: what is due in a cycle, what was there when, who is waited for.
//!
//! All rules of the process, the pages and the calendar file work on this one computation.

use std::sync::Arc;

use crate::config::{Deliverable, What};
use crate::date::Date;

use super::{Book, State};

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
    /// The day work on it begins.
    pub from: Option<Date>,
    /// How it stands.
    pub state: TimelineState,
    /// What it waits for, in the order of levels and units.
    pub expected: Vec<Expected>,
}

impl Delivery {
    /// How many are there.
    pub fn delivered(&self) -> usize {
        self.expected.iter().filter(|expected| expected.delivered).count()
    }

    /// Those that are not there: a unit's id, or `direction`.
    pub fn waiting_for<'a>(&'a self, book: &'a Book) -> impl Iterator<Item = &'a Arc<str>> {
        self.expected.iter().filter(|expected| !expected.delivered).map(|expected| match expected.unit {
            Some(unit) => &book.config.units[unit].id,
            None => &book.direction_word,
        })
    }

    /// The day on which the last came, if all are there.
    pub fn complete(&self) -> Option<Date> {
        let all = self.expected.iter().all(|expected| expected.delivered);
        self.expected.iter().filter_map(|expected| expected.there).max().filter(|_| all)
    }
}

/// What is due in a cycle, by day.
#[derive(Clone, Debug, Default)]
pub struct Timeline {
    /// By the day it is due; what is due on one day in the order of the configuration.
    pub deliveries: Vec<Delivery>,
}

impl Timeline {
    /// The timeline of a cycle as it stands on a day.
    pub fn of(book: &Book, cycle: usize, today: Date) -> Self {
        let mut deliveries: Vec<Delivery> = book
            .config
            .deliverables
            .iter()
            .enumerate()
            .filter_map(|(at, deliverable)| delivery(book, cycle, at, deliverable, today))
            .collect();
        deliveries.sort_by_key(|delivery| delivery.due);
        Self { deliveries }
    }

    /// The delivery of a kind that applies to a level, or the first of its kind.
    pub fn due(&self, book: &Book, what: What, level: Option<usize>) -> Option<Date> {
        let of_kind = || self.deliveries.iter().filter(|delivery| delivery.what == what);
        let of_level = level.and_then(|level| {
            of_kind().find(|delivery| book.config.deliverables[delivery.deliverable].levels.contains(&level))
        });
        of_level.or_else(|| of_kind().next()).map(|delivery| delivery.due)
    }
}

fn delivery(
    book: &Book,
    cycle: usize,
    at: usize,
    deliverable: &Deliverable,
    today: Date,
) -> Option<Delivery> {
    let dates = &book.cycles[cycle];
    let due = deliverable.due.day(dates.start, dates.end)?;
    let from = deliverable.from.and_then(|from| from.day(dates.start, dates.end));
    let expected: Vec<Expected> = match deliverable.what {
        What::Direction => vec![direction(book, cycle, today)],
        What::Other => Vec::new(),
        what => units(book, cycle, deliverable).map(|unit| of_unit(book, cycle, unit, what, today)).collect(),
    };
    let all = expected.iter().all(|expected| expected.delivered);
    let in_time = expected.iter().all(|expected| expected.there.is_none_or(|there| there <= due));
    let state = match deliverable.what {
        // nothing in the book shows it, so that it is open until its day and done after it
        What::Other if today <= due => TimelineState::Due,
        _ if all && in_time => TimelineState::Done,
        _ if all => TimelineState::Late,
        _ if today <= due => TimelineState::Due,
        _ => TimelineState::Overdue,
    };
    Some(Delivery { deliverable: at, what: deliverable.what, due, from, state, expected })
}

/// The units that a deliverable is for: of its levels those that are expected to have a document in
/// the cycle, and those that have one.
fn units<'a>(book: &'a Book, cycle: usize, deliverable: &'a Deliverable) -> impl Iterator<Item = usize> + 'a {
    book.units_by_level().filter(move |unit| {
        deliverable.levels.contains(&book.config.units[*unit].level)
            && (book.is_expected(*unit, cycle) || book.document_of(cycle, *unit).is_some())
    })
}

fn direction(book: &Book, cycle: usize, today: Date) -> Expected {
    let there = book
        .answers_to(cycle)
        .and_then(|at| book.directions[at].direction().there(&book.config.approved_by, today));
    Expected { unit: None, document: None, there, delivered: there.is_some() }
}

fn of_unit(book: &Book, cycle: usize, unit: usize, what: What, today: Date) -> Expected {
    let document = book.document_of(cycle, unit);
    let absent = Expected { unit: Some(unit), document, there: None, delivered: false };
    let Some(at) = document else { return absent };
    let okrs = book.documents[at].okrs();
    let shared = okrs.shared.as_ref().map(|shared| shared.value).filter(|day| *day <= today);
    let there = match what {
        What::Drafts => shared,
        // a shared document without objectives says that there are none: it is delivered
        What::Final if okrs.objectives.is_empty() && !book.documents[at].file.broken && shared.is_some() => {
            shared
        }
        What::Final => book.signatures(at, today).both(),
        // grades bear no date: they are there, or they are not
        What::Grades => {
            let graded = book.is_graded(at) && book.cycles[cycle].end.is_some_and(|end| end < today);
            return Expected { delivered: graded, ..absent };
        }
        What::Direction | What::Other => None,
    };
    Expected { there, delivered: there.is_some(), ..absent }
}

impl Book {
    /// Whether every active key result of a document has a grade or an outcome.
    pub fn is_graded(&self, document: usize) -> bool {
        let okrs = self.documents[document].okrs();
        okrs.key_results()
            .filter(|(_, _, objective, key_result)| objective.is_active(key_result))
            .all(|(_, _, _, key_result)| key_result.grade.is_some() || key_result.outcome.is_some())
    }

    /// The state of a document on a day.
    pub fn state(&self, document: usize, today: Date) -> State {
        self.signatures(document, today).state(self.documents[document].okrs(), today)
    }
}
