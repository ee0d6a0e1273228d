//! How many documents of a cycle are signed.

use std::sync::Arc;

use serde::Serialize;

use super::Facts;
use crate::model::State;

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
    /// Units that are expected to have a document and have none.
    pub missing: Vec<Arc<str>>,
}

impl Facts<'_> {
    pub(super) fn contracts(&self, cycle: usize) -> Contracts {
        let book = self.book();
        let mut contracts = Contracts::default();
        for document in book.documents_of(cycle) {
            let signatures = book.signatures(document, self.today);
            let one = signatures.set_by.complete.is_some() != signatures.delivered_by.complete.is_some();
            let state = signatures.state(book.documents[document].okrs(), self.today);
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
