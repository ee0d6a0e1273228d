//! The process on a calendar: what is due in a cycle, what was there when, who is waited for.
//!
//! All rules of the process, the pages and the calendar file work on this one computation.

mod delivery;

use crate::config::{Deliverable, What};
use crate::date::{Date, days_between};

use super::{Book, Signatures};

pub use delivery::{Delivery, Expected, TimelineState};

/// What is due in a cycle, by day.
#[derive(Clone, Debug, Default)]
pub struct Timeline {
    /// By the day it is due; what is due on one day in the order of the configuration.
    pub deliveries: Vec<Delivery>,
}

impl Timeline {
    /// The timeline of a cycle as it stands on a day, with the signatures of every document that count on it.
    pub fn of(book: &Book, signatures: &[Signatures], cycle: usize, today: Date) -> Self {
        let mut deliveries: Vec<Delivery> = book
            .config
            .deliverables
            .iter()
            .enumerate()
            .filter_map(|(at, deliverable)| delivery(book, signatures, cycle, at, deliverable, today))
            .collect();
        deliveries.sort_by_key(|delivery| delivery.due);
        Self { deliveries }
    }

    /// The deliveries of a kind that somebody is to deliver, by the day they are due.
    pub fn of_kind(&self, what: What) -> impl DoubleEndedIterator<Item = &Delivery> {
        self.deliveries.iter().filter(move |delivery| delivery.what == what && delivery.is_expected())
    }

    /// The day of the delivery of a kind that applies to a level, or of the first of its kind.
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
    signatures: &[Signatures],
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
        what => {
            let of_unit = |unit| of_unit(book, signatures, cycle, unit, what, today);
            units(book, cycle, deliverable).map(of_unit).collect()
        }
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
    let left = days_between(today, due);
    Some(Delivery { deliverable: at, what: deliverable.what, due, left, from, state, expected })
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
    Expected { unit: None, document: None, there, delivered: there.is_some(), unsigned: false }
}

fn of_unit(
    book: &Book,
    signatures: &[Signatures],
    cycle: usize,
    unit: usize,
    what: What,
    today: Date,
) -> Expected {
    let document = book.document_of(cycle, unit);
    let absent = Expected { unit: Some(unit), document, there: None, delivered: false, unsigned: false };
    let Some(at) = document else { return absent };
    let okrs = book.documents[at].okrs();
    // a shared document without objectives says that there are none: it is delivered, and need not be signed
    let empty = what == What::Final && okrs.objectives.is_empty() && !book.documents[at].file.broken;
    let shared = okrs.shared.as_ref().map(|shared| shared.value).filter(|day| *day <= today);
    let there = match what {
        What::Drafts => shared,
        What::Final if empty && shared.is_some() => shared,
        What::Final => signatures[at].both(),
        // grades bear no date: they are there, or they are not
        What::Grades => {
            let graded = book.is_graded(at) && book.cycles[cycle].end.is_some_and(|end| end < today);
            return Expected { delivered: graded, ..absent };
        }
        What::Direction | What::Other => None,
    };
    let unsigned = empty && shared.is_some() && signatures[at].both().is_none();
    Expected { there, delivered: there.is_some(), unsigned, ..absent }
}

impl Book {
    /// Whether every active key result of a document has a grade or an outcome.
    pub fn is_graded(&self, document: usize) -> bool {
        let okrs = self.documents[document].okrs();
        okrs.key_results()
            .filter(|(_, _, objective, key_result)| objective.is_active(key_result))
            .all(|(_, _, _, key_result)| key_result.grade.is_some() || key_result.outcome.is_some())
    }
}
