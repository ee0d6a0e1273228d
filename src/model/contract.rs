//! What makes a document a contract: who assures what above, who signs, what changed after signing.

use crate::date::Date;
use crate::source::Span;
use crate::table::{At, Few, Reader, Words};

/// One of the two parties of a contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Party {
    /// Sets these OKRs and answers for them.
    SetBy,
    /// Commits to deliver them.
    DeliveredBy,
}

impl Party {
    /// The word of the format for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SetBy => "set-by",
            Self::DeliveredBy => "delivered-by",
        }
    }

    /// The one that it makes the contract with.
    pub fn other(self) -> Self {
        match self {
            Self::SetBy => Self::DeliveredBy,
            Self::DeliveredBy => Self::SetBy,
        }
    }
}

/// What a unit answers to a key result above.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Its OKRs are enough, although none names the key result.
    Sufficient,
    /// They are enough for a part.
    Partial,
    /// It has nothing to do with it.
    NotOurs,
}

impl Verdict {
    /// The word of the format for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sufficient => "sufficient",
            Self::Partial => "partial",
            Self::NotOurs => "not-ours",
        }
    }
}

/// The answer of a unit's `set-by` party for key results above, `[[assurance]]`.
#[derive(Clone, Debug)]
pub struct Assurance {
    /// Where its table stands.
    pub span: Span,
    /// The key results above, as typed.
    pub for_: Few<Words>,
    /// Who says so.
    pub by: Option<Words>,
    /// What is said.
    pub verdict: Option<Verdict>,
    /// The reason.
    pub why: Option<Words>,
}

impl Assurance {
    pub(super) fn read(mut table: Reader<'_, '_>) -> Self {
        let for_ = table.one_or_many("for");
        let by = table.words("by");
        let verdict = table.one_of("verdict").map(|at| match at.value {
            "partial" => Verdict::Partial,
            "not-ours" => Verdict::NotOurs,
            _ => Verdict::Sufficient,
        });
        let why = table.prose("why");
        table.finish();
        Self { span: table.span, for_, by, verdict, why }
    }
}

/// A signature, `[[approval]]`.
#[derive(Clone, Debug)]
pub struct Approval {
    /// Where its table stands.
    pub span: Span,
    /// Who signs.
    pub by: Option<Words>,
    /// For which party; none in a direction document, where all signatures are buy-in.
    pub party: Option<At<Party>>,
    /// When.
    pub on: Option<At<Date>>,
    /// What was signed.
    pub digest: Option<Words>,
}

impl Approval {
    pub(super) fn read(mut table: Reader<'_, '_>, has_party: bool) -> Self {
        let by = table.words("by");
        let party = if has_party { table.one_of("as") } else { None };
        let party =
            party.map(|at| at.map(|word| if word == "set-by" { Party::SetBy } else { Party::DeliveredBy }));
        let on = table.day("on");
        let digest = table.words("digest");
        table.finish();
        Self { span: table.span, by, party, on, digest }
    }

    /// Whether it is dated by a day: what is dated later does not count.
    pub fn dated(&self, today: Date) -> Option<Date> {
        self.on.as_ref().map(|on| on.value).filter(|on| *on <= today)
    }
}

/// What changed after signing, `[[amendment]]`.
#[derive(Clone, Debug)]
pub struct Amendment {
    /// Where its table stands.
    pub span: Span,
    /// When.
    pub on: Option<At<Date>>,
    /// Who.
    pub by: Option<Words>,
    /// A place in the document.
    pub about: Option<Words>,
    /// What changed, and why.
    pub says: Option<Words>,
}

impl Amendment {
    pub(super) fn read(mut table: Reader<'_, '_>) -> Self {
        let on = table.day("on");
        let by = table.words("by");
        let about = table.words("about");
        let says = table.prose("says");
        table.finish();
        Self { span: table.span, on, by, about, says }
    }
}
