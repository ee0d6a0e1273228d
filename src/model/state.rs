//! Where a contract stands: who has signed for which party, and whether what they signed still
//! holds. A state follows from facts, never from a key.

use std::collections::HashMap;
use std::sync::Arc;

use crate::config::Unit;
use crate::date::Date;
use crate::table::Words;

use super::{Approval, Direction, Okrs, Party, digest, direction_digest};

/// The state of a document; the first that holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// It was changed after it was signed.
    Altered,
    /// Both parties have signed.
    Final,
    /// It is shared.
    Draft,
    /// It is not shared yet.
    Preparing,
}

impl State {
    /// The word of the format for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Altered => "altered",
            Self::Final => "final",
            Self::Draft => "draft",
            Self::Preparing => "preparing",
        }
    }
}

/// Somebody's signature for a party.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// Who, as typed.
    pub by: Arc<str>,
    /// The day of the first signature.
    pub first: Date,
    /// The day of the latest, which counts.
    pub latest: Date,
    /// The number of the latest among the document's approvals.
    pub approval: usize,
    /// Whether its digest no longer matches.
    pub altered: bool,
}

/// How far a party is with signing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signing {
    /// Who has signed, in the order of those named, else by day.
    pub signed: Vec<Signed>,
    /// Those named who have not.
    pub waiting: Vec<Arc<str>>,
    /// Whether people are named for it in the unit.
    pub named: bool,
    /// The first day on which all had signed.
    pub complete: Option<Date>,
}

/// The signatures of a document that count on a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signatures {
    /// The party that sets.
    pub set_by: Signing,
    /// The party that delivers.
    pub delivered_by: Signing,
}

/// Why a signature does not count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Others are named for the party.
    NotNamed,
    /// The person is named for the other party.
    NamedForOther,
    /// The person has signed for the other party.
    SignsBoth,
}

impl Signatures {
    /// The signatures of a document that count on a day.
    pub fn of(okrs: &Okrs, unit: &Unit, cycle: &str, today: Date) -> Self {
        let present =
            okrs.approvals.iter().any(|approval| approval.digest.is_some()).then(|| digest(okrs, cycle));
        let signers = Signers::of(okrs);
        let party = |party: Party| {
            let counted: Vec<(usize, &Approval)> = okrs
                .approvals
                .iter()
                .enumerate()
                .filter(|(at, approval)| {
                    approval.party.as_ref().is_some_and(|own| own.value == party)
                        && approval.dated(today).is_some()
                        && signers.refused(okrs, unit, *at).is_none()
                })
                .collect();
            signing(named(unit, party), &counted, present.as_deref(), today)
        };
        Self { set_by: party(Party::SetBy), delivered_by: party(Party::DeliveredBy) }
    }

    /// How far a party is.
    pub fn party(&self, party: Party) -> &Signing {
        match party {
            Party::SetBy => &self.set_by,
            Party::DeliveredBy => &self.delivered_by,
        }
    }

    /// The first day on which both parties had signed.
    pub fn both(&self) -> Option<Date> {
        Some(self.set_by.complete?.max(self.delivered_by.complete?))
    }

    /// Whether a signature that counts was given to another text.
    pub fn altered(&self) -> bool {
        self.set_by.signed.iter().chain(&self.delivered_by.signed).any(|signed| signed.altered)
    }

    /// The state of the document.
    pub fn state(&self, okrs: &Okrs, today: Date) -> State {
        if self.altered() {
            State::Altered
        } else if self.both().is_some() {
            State::Final
        } else if okrs.shared.as_ref().is_some_and(|shared| shared.value <= today) {
            State::Draft
        } else {
            State::Preparing
        }
    }
}

/// How far the buy-in of a direction is: of those named, or with nobody named, of anyone.
pub fn buy_in(direction: &Direction, approved_by: &[Words], today: Date) -> Signing {
    let present = direction.approvals.iter().any(|approval| approval.digest.is_some());
    let present = present.then(|| direction_digest(direction));
    let counts = |approval: &Approval| {
        let by = approval.by.as_ref();
        approval.dated(today).is_some()
            && (approved_by.is_empty() || by.is_some_and(|by| names(approved_by, &by.value)))
    };
    let counted: Vec<(usize, &Approval)> =
        direction.approvals.iter().enumerate().filter(|(_, approval)| counts(approval)).collect();
    signing(approved_by, &counted, present.as_deref(), today)
}

/// Who is named for a party in a unit.
pub fn named(unit: &Unit, party: Party) -> &[Words] {
    match party {
        Party::SetBy => &unit.set_by,
        Party::DeliveredBy => &unit.delivered_by,
    }
}

/// Whether two names are of one person.
pub fn same_person(one: &str, other: &str) -> bool {
    person(one) == person(other)
}

/// A name as it is compared with others.
pub fn person(name: &str) -> String {
    name.trim().to_lowercase()
}

fn names(list: &[Words], who: &str) -> bool {
    list.iter().any(|named| same_person(&named.value, who))
}

/// When each person first signed for each party: one person cannot make a contract with themselves, so what
/// was signed first counts.
#[derive(Debug)]
pub struct Signers {
    first: HashMap<(String, Party), (Option<Date>, usize)>,
}

impl Signers {
    /// Those of a document.
    pub fn of(okrs: &Okrs) -> Self {
        let mut first: HashMap<(String, Party), (Option<Date>, usize)> = HashMap::new();
        for (at, approval) in okrs.approvals.iter().enumerate() {
            let (Some(by), Some(party)) = (&approval.by, &approval.party) else { continue };
            let own = (approval.on.as_ref().map(|on| on.value), at);
            let known = first.entry((person(&by.value), party.value)).or_insert(own);
            *known = own.min(*known);
        }
        Self { first }
    }

    /// Why the approval of a number does not count, if it does not.
    pub fn refused(&self, okrs: &Okrs, unit: &Unit, at: usize) -> Option<Refused> {
        let approval = &okrs.approvals[at];
        let (party, by) = (approval.party.as_ref()?.value, approval.by.as_ref()?);
        let for_party = named(unit, party);
        if !for_party.is_empty() && !names(for_party, &by.value) {
            return Some(Refused::NotNamed);
        }
        let for_other = names(named(unit, party.other()), &by.value);
        if for_party.is_empty() && for_other {
            return Some(Refused::NamedForOther);
        }
        let first = |party: Party| self.first.get(&(person(&by.value), party));
        let other_first = first(party.other()).is_some_and(|other| Some(other) < first(party));
        let both_named = !for_party.is_empty() && for_other;
        (other_first && !both_named).then_some(Refused::SignsBoth)
    }
}

fn signing(named: &[Words], counted: &[(usize, &Approval)], present: Option<&str>, today: Date) -> Signing {
    let mut signed: Vec<Signed> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    for (at, approval) in counted {
        let (Some(by), Some(on)) = (&approval.by, approval.dated(today)) else { continue };
        let altered =
            approval.digest.as_ref().is_some_and(|own| present.is_some_and(|present| *own.value != *present));
        match known.get(&person(&by.value)) {
            Some(before) => {
                let before = &mut signed[*before];
                before.first = before.first.min(on);
                if on >= before.latest {
                    (before.latest, before.approval, before.altered) = (on, *at, altered);
                }
            }
            None => {
                known.insert(person(&by.value), signed.len());
                signed.push(Signed { by: by.value.clone(), first: on, latest: on, approval: *at, altered });
            }
        }
    }
    if named.is_empty() {
        signed.sort_by_key(|signed| (signed.first, signed.approval));
        let complete = signed.first().map(|signed| signed.first);
        return Signing { signed, waiting: Vec::new(), named: false, complete };
    }
    let places = named.iter().enumerate().rev().map(|(at, named)| (person(&named.value), at));
    let places: HashMap<String, usize> = places.collect();
    signed.sort_by_key(|signed| places.get(&person(&signed.by)).copied());
    let waiting: Vec<Arc<str>> = named
        .iter()
        .filter(|named| !known.contains_key(&person(&named.value)))
        .map(|named| named.value.clone())
        .collect();
    let complete = if waiting.is_empty() { signed.iter().map(|signed| signed.first).max() } else { None };
    Signing { signed, waiting, named: true, complete }
}
