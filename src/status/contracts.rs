//! How many documents of a cycle are signed.

use std::sync::Arc;

use serde::Serialize;

use super::Facts;
use crate::model::{Outcome, State};

/// The documents of a cycle by state.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Contracts {
    /// All that are there.
    pub documents: usize,
    /// Signed by both parties.
    #[serde(rename = "final")]
    pub final_: usize,
    /// Changed after signing.
    pub altered: usize,
    /// Shared and not signed by both.
    pub draft: usize,
    /// Not shared yet.
    pub preparing: usize,
    /// Of the drafts and those being prepared: signed by one of the two parties.
    pub signed_by_one: usize,
    /// Pieces of feedback that wait for an answer, in all documents.
    pub open_feedback: usize,
    /// Units whose document is signed by both parties, and nobody who delivers it has said a word.
    pub taken_as_given: Vec<Arc<str>>,
    /// Units that are expected to have a document and have none.
    pub missing: Vec<Arc<str>>,
}

impl Facts<'_> {
    pub(super) fn contracts(&self, cycle: usize) -> Contracts {
        let book = self.book();
        let mut contracts = Contracts::default();
        for document in book.documents_of(cycle) {
            let signatures = &self.analysis.signatures[document];
            let one = signatures.set_by.complete.is_some() != signatures.delivered_by.complete.is_some();
            let state = signatures.state(book.documents[document].okrs(), self.today);
            let (okrs, unit) =
                (book.documents[document].okrs(), &book.config.units[book.documents[document].unit]);
            let open = okrs.feedback.iter().filter(|one| one.counts(self.today));
            contracts.open_feedback += open.filter(|one| one.outcome == Some(Outcome::Open)).count();
            if signatures.both().is_some() && !okrs.has_answer(unit, self.today) {
                contracts.taken_as_given.push(Arc::clone(&unit.id));
            }
            contracts.documents += 1;
            match state {
                State::Final => contracts.final_ += 1,
                State::Altered => contracts.altered += 1,
                State::Draft => contracts.draft += 1,
                State::Preparing => contracts.preparing += 1,
            }
            contracts.signed_by_one += usize::from(one && matches!(state, State::Draft | State::Preparing));
        }
        let missing = book
            .units_by_level()
            .filter(|unit| book.is_expected(*unit, cycle) && book.document_of(cycle, *unit).is_none());
        contracts.missing = missing.map(|unit| Arc::clone(&book.config.units[unit].id)).collect();
        contracts
    }
}
