//! Key results that the units below do not cover in full, once their drafts are due.

use crate::config::What;
use crate::links::{Coverage, Covered, Target};
use crate::rules::Context;
use crate::rules::sheet::{Entry, Sheet};
use crate::source::Span;

/// A key result that is not covered in full.
pub(super) struct Gap<'a> {
    /// The document it stands in.
    pub(super) sheet: Sheet<'a>,
    /// The key result.
    pub(super) entry: Entry<'a>,
    /// What the units below answer.
    pub(super) coverage: &'a Coverage,
}

impl Gap<'_> {
    /// Where it is named.
    pub(super) fn span(&self) -> Span {
        self.sheet.span(self.entry.place)
    }

    /// Its name in references.
    pub(super) fn name(&self) -> String {
        self.sheet.name(self.entry.place)
    }
}

/// The active key results of live cycles that are covered so. What a mistake may hide is left out.
pub(super) fn gaps<'a>(context: &Context<'a>, covered: Covered) -> Vec<Gap<'a>> {
    let mut gaps = Vec::new();
    for cycle in context.planned_cycles() {
        for sheet in context.sheets_of(cycle) {
            for entry in sheet.key_results() {
                let target = Target::item(sheet.at, Some(entry.place));
                let Some(coverage) = context.links.coverage.get(&target) else { continue };
                let open = coverage.covered == covered && !coverage.unsure;
                if open && drafts_are_due(context, cycle, coverage) {
                    gaps.push(Gap { sheet: Sheet::of(context, sheet.at), entry, coverage });
                }
            }
        }
    }
    gaps
}

/// Whether the drafts of the units that count are due: before that, an open key result is work to do.
fn drafts_are_due(context: &Context<'_>, cycle: usize, coverage: &Coverage) -> bool {
    let level = coverage.answers.first().map(|answer| context.book.config.units[answer.unit].level);
    let due = context.timelines[cycle].due(context.book, What::Drafts, level);
    context.today >= due.unwrap_or(context.book.cycles[cycle].start)
}
