//! An investment: engineering work that has no key result of its own, with the capacity reserved for
//! it, a reason, and what it advances.

use crate::source::Span;
use crate::table::{Few, Reader, Words};

use super::Activity;

/// An investment, `[[investment]]`.
#[derive(Clone, Debug)]
pub struct Investment {
    /// Its name in references; absent where it is missing, bad or given before.
    pub id: Option<Words>,
    /// What is done.
    pub title: Option<Words>,
    /// Where its table stands.
    pub span: Span,
    /// Per cent of the unit's capacity in the cycle.
    pub capacity: Option<f64>,
    /// The reason.
    pub why: Option<Words>,
    /// What it helps, as typed.
    pub advances: Few<Words>,
    /// Whether `advances` was given.
    pub has_advances: bool,
    /// Its owners, as typed; empty: the document's.
    pub owner: Few<Words>,
    /// Words to filter by.
    pub labels: Few<Words>,
    /// Addresses.
    pub links: Few<Words>,
    /// Whether it is worked on.
    pub activity: Activity,
}

impl Investment {
    pub(super) fn read(mut table: Reader<'_, '_>) -> Self {
        let id = table.id("id");
        if let Some(id) = &id {
            table.about = Some(id.value.clone());
        }
        let title = table.words("title");
        let capacity = table.percent("capacity").map(|at| at.value);
        let why = table.prose("why");
        let advances = table.list("advances");
        let has_advances = table.has("advances");
        let owner = table.one_or_many("owner");
        let labels = table.list("labels");
        let links = table.list("links");
        let activity = Activity::read(&mut table);
        table.finish();
        let span = table.span;
        Self { id, title, span, capacity, why, advances, has_advances, owner, labels, links, activity }
    }
}
