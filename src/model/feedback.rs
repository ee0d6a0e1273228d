//! Feedback: the round trip between those who set and those who deliver.

use crate::config::Unit;
use crate::date::Date;
use crate::source::Span;
use crate::table::{At, Reader, Words};

use super::{Okrs, Party, named, same_person};

/// What came of a piece of feedback.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// Not answered yet.
    Open,
    /// The document changed.
    Changed,
    /// It did not.
    Declined,
    /// It said that nothing has to change.
    NoChangeNeeded,
}

impl Outcome {
    /// The word of the format for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Changed => "changed",
            Self::Declined => "declined",
            Self::NoChangeNeeded => "no-change-needed",
        }
    }
}

/// A piece of feedback, `[[feedback]]`.
#[derive(Clone, Debug)]
pub struct Feedback {
    /// Where its table stands.
    pub span: Span,
    /// Who says it.
    pub by: Option<Words>,
    /// When.
    pub on: Option<At<Date>>,
    /// A place in the document.
    pub about: Option<Words>,
    /// What is said.
    pub says: Option<Words>,
    /// What came of it; absent only where it could not be read.
    pub outcome: Option<Outcome>,
    /// Where the outcome stands.
    pub outcome_span: Option<Span>,
    /// What is answered.
    pub reply: Option<Words>,
}

impl Feedback {
    pub(super) fn read(mut table: Reader<'_, '_>) -> Self {
        let by = table.words("by");
        let on = table.day("on");
        let about = table.words("about");
        let says = table.prose("says");
        let outcome = table.one_of("outcome");
        let outcome_span = outcome.as_ref().map(|at| at.span);
        let outcome = outcome.map(|at| match at.value {
            "changed" => Outcome::Changed,
            "declined" => Outcome::Declined,
            "no-change-needed" => Outcome::NoChangeNeeded,
            _ => Outcome::Open,
        });
        let reply = table.prose("reply");
        table.finish();
        Self { span: table.span, by, on, about, says, outcome, outcome_span, reply }
    }

    /// Whether it counts on a day.
    pub fn counts(&self, today: Date) -> bool {
        self.on.as_ref().is_none_or(|on| on.value <= today)
    }
}

impl Okrs {
    /// Whether somebody who delivers has said something by a day: one of those named for it, or, where
    /// nobody is, anyone who is not named for the other party. Without it a document that is signed was
    /// taken as given.
    pub fn has_answer(&self, unit: &Unit, today: Date) -> bool {
        let (delivers, sets) = (named(unit, Party::DeliveredBy), named(unit, Party::SetBy));
        let is_of =
            |names: &[Words], who: &Words| names.iter().any(|own| same_person(&own.value, &who.value));
        let counted = self.feedback.iter().filter(|feedback| feedback.counts(today));
        counted.filter_map(|feedback| feedback.by.as_ref()).any(|by| match delivers {
            [] => !is_of(sets, by),
            delivers => is_of(delivers, by),
        })
    }
}
