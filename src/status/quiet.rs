//! Key results that nothing was heard of for long.

use serde::Serialize;

use super::{Facts, maybe_day};
use crate::date::Date;
use crate::links::Target;

/// A key result that has gone quiet.
#[derive(Clone, Debug, Serialize)]
pub struct Quiet {
    /// Its reference, with its cycle.
    #[serde(rename = "ref")]
    pub reference: String,
    /// The unit's name.
    #[serde(skip)]
    pub unit: String,
    /// Its owners, as typed.
    pub owner: Vec<String>,
    /// The day of its last check-in; absent where it has none.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "maybe_day")]
    pub last: Option<Date>,
    /// For how many days.
    pub days: i64,
}

impl Facts<'_> {
    pub(super) fn quiet(&self, cycle: usize) -> Vec<Quiet> {
        let book = self.book();
        let mut quiet = Vec::new();
        for document in book.documents_of(cycle) {
            let okrs = book.documents[document].okrs();
            for (at, of, objective, key_result) in okrs.key_results() {
                let Some(days) = book.quiet_for(cycle, objective, key_result, self.today) else { continue };
                let owners = okrs.key_result_owners(objective, key_result);
                quiet.push(Quiet {
                    reference: Target::KeyResult(document, at, of).reference(book),
                    unit: book.config.units[book.documents[document].unit].name.to_string(),
                    owner: owners.iter().map(|owner| owner.value.to_string()).collect(),
                    last: key_result.last_check_in(self.today),
                    days,
                });
            }
        }
        quiet
    }
}
