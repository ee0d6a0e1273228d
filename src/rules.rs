//! What `okrbook check` finds: one file a rule, with its name, its severity, why the process wants it,
//! a broken and a mended example, and its check.
//!
//! A finding is made where the fact is known: syntax where it is parsed, references where they are
//! resolved. The rules gather them, add what only the whole book shows, and decide what each weighs.
//! `explain`, the rules' pages of the guide and the tests come from the catalogue here.

mod contract;
mod example;
mod format;
mod investment;
mod marred;
mod page;
mod process;
mod quality;
mod reference;
mod sheet;
#[cfg(test)]
mod testing;
mod verdict;
mod wording;

pub use example::Example;
pub use page::{file_name, list, page};
pub use verdict::{Known, Options, judge, nearest_rule};

use crate::changes::Altered;
use crate::date::Date;
use crate::diagnostic::{Finding, Severity};
use crate::inputs::Asset;
use crate::links::Links;
use crate::model::{Book, Signatures, Timeline};

/// A rule of the catalogue.
#[derive(Debug)]
pub struct Rule {
    /// `group/name`; says the problem, and never changes its meaning.
    pub name: &'static str,
    /// How much a finding weighs; none: off unless a book sets it.
    pub severity: Option<Severity>,
    /// What it finds, in a line.
    pub summary: &'static str,
    /// Why the process, or the format, wants it: Markdown.
    pub why: &'static str,
    /// Where that comes from.
    pub source: &'static str,
    /// What breaks it: files of a small book, see [`Example`].
    pub broken: Example,
    /// The same, mended.
    pub mended: Example,
    /// What it checks in the whole book; none where the fact is known earlier.
    pub check: Option<fn(&Context<'_>, &mut Vec<Finding>)>,
}

/// What a check looks at.
#[derive(Debug)]
pub struct Context<'a> {
    /// The book.
    pub book: &'a Book,
    /// Where its references lead.
    pub links: &'a Links,
    /// The day that all speaks of.
    pub today: Date,
    /// The timeline of each cycle.
    pub timelines: &'a [Timeline],
    /// The files that are copied.
    pub assets: &'a [Asset],
    /// The signatures that no longer match, and what changed since.
    pub altered: &'a Altered,
    /// Whether cycles that ended long ago are looked at too.
    pub all: bool,
    /// The signatures of each document that count on that day.
    pub signatures: &'a [Signatures],
}

impl Context<'_> {
    /// Whether the rules of the process look at a cycle.
    pub fn is_live(&self, cycle: usize) -> bool {
        self.all || self.book.cycles[cycle].is_live(self.today)
    }

    /// The cycles that the rules of the process look at.
    pub fn live_cycles(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.book.cycles.len()).filter(|cycle| self.is_live(*cycle))
    }

    /// The documents that the rules of the process look at: in live cycles.
    pub fn live_documents(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.book.documents.len()).filter(|document| self.is_live(self.book.documents[*document].cycle))
    }
}

/// All rules, by group and in the order in which they are explained.
pub fn catalogue() -> Vec<&'static Rule> {
    [format::RULES, reference::RULES, contract::RULES, process::RULES, investment::RULES, quality::RULES]
        .concat()
}

/// The rule of a name.
pub fn rule(name: &str) -> Option<&'static Rule> {
    catalogue().into_iter().find(|rule| rule.name == name)
}

impl Rule {
    /// The group that it belongs to.
    pub fn group(&self) -> &'static str {
        self.name.split('/').next().unwrap_or(self.name)
    }

    /// Whether `[rules]` of a book may set it.
    pub fn can_be_set(&self) -> bool {
        self.group() != "format"
    }

    /// Whether a document may silence it.
    pub fn can_be_silenced(&self) -> bool {
        !matches!(self.group(), "format" | "reference")
    }
}
