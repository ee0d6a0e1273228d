//! The OKRs of one unit in one cycle: what a document of the format holds.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use crate::date::Date;
use crate::table::{At, Reader, Scope, Words};

use super::objective::unique;
use super::{Allow, Amendment, Approval, Assurance, Feedback, Investment, KeyResult, Objective};

/// The front matter of an OKR document.
#[derive(Clone, Debug, Default)]
pub struct Okrs {
    /// The day the draft was shared; absent: still being prepared.
    pub shared: Option<At<Date>>,
    /// Owners that objectives and investments inherit.
    pub owner: Vec<Words>,
    /// Addresses.
    pub links: Vec<Words>,
    /// In the order of the file.
    pub objectives: Vec<Objective>,
    /// In the order of the file.
    pub investments: Vec<Investment>,
    /// The unit's answers to key results above.
    pub assurances: Vec<Assurance>,
    /// The round trip.
    pub feedback: Vec<Feedback>,
    /// Signatures.
    pub approvals: Vec<Approval>,
    /// What changed after signing.
    pub amendments: Vec<Amendment>,
    /// Rules silenced here.
    pub allows: Vec<Allow>,
    /// Whether an objective or investment has no id to be referred to by: then references to what
    /// the document lacks are not judged.
    pub unclear: bool,
    places: Places,
}

/// Where each name of a document leads, so that many references into a large one are found quickly.
#[derive(Clone, Debug, Default)]
struct Places {
    tops: BTreeMap<Arc<str>, Place>,
    key_results: BTreeMap<Arc<str>, BTreeMap<Arc<str>, usize>>,
}

impl Places {
    fn of(objectives: &[Objective], investments: &[Investment]) -> Self {
        let mut places = Self::default();
        for (at, objective) in objectives.iter().enumerate() {
            let Some(id) = &objective.id else { continue };
            let ids = objective.key_results.iter().enumerate();
            let ids =
                ids.filter_map(|(of, key_result)| Some((Arc::clone(&key_result.id.as_ref()?.value), of)));
            places.key_results.insert(Arc::clone(&id.value), ids.collect());
            places.tops.insert(Arc::clone(&id.value), Place::Objective(at));
        }
        for (at, investment) in investments.iter().enumerate() {
            if let Some(id) = &investment.id {
                places.tops.insert(Arc::clone(&id.value), Place::Investment(at));
            }
        }
        places
    }
}

/// A place in a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// An objective, by its number.
    Objective(usize),
    /// A key result, by the numbers of its objective and its own.
    KeyResult(usize, usize),
    /// An investment, by its number.
    Investment(usize),
}

impl Okrs {
    pub(super) fn read(scope: &Scope<'_>, mut table: Reader<'_, '_>) -> Self {
        let shared = table.day("shared");
        let owner = table.one_or_many("owner");
        let links = table.list("links");
        let mut objectives: Vec<Objective> =
            table.tables("objective").into_iter().map(|reader| Objective::read(scope, reader)).collect();
        let mut investments: Vec<Investment> =
            table.tables("investment").into_iter().map(Investment::read).collect();
        let assurances = table.tables("assurance").into_iter().map(Assurance::read).collect();
        let feedback = table.tables("feedback").into_iter().map(Feedback::read).collect();
        let approvals =
            table.tables("approval").into_iter().map(|table| Approval::read(table, true)).collect();
        let amendments = table.tables("amendment").into_iter().map(Amendment::read).collect();
        let allows = table.tables("allow").into_iter().map(Allow::read).collect();
        table.finish();
        let mut unclear = table.broken
            || objectives.iter().any(|objective| objective.id.is_none())
            || investments.iter().any(|investment| investment.id.is_none());
        let before: Vec<Option<Words>> = objectives.iter().map(|objective| objective.id.clone()).collect();
        let ids = objectives
            .iter_mut()
            .map(|objective| &mut objective.id)
            .chain(investments.iter_mut().map(|investment| &mut investment.id));
        unclear |= unique(
            scope,
            ids,
            |id| format!("the id `{id}` is given twice in this document"),
            |finding, free| {
                finding.help(format!(
                    "objectives and investments share one namespace: give one of them another id, such as `{free}`"
                ))
            },
        );
        forgive_twins(&mut objectives, &before);
        let places = Places::of(&objectives, &investments);
        Self {
            shared,
            owner,
            links,
            objectives,
            investments,
            assurances,
            feedback,
            approvals,
            amendments,
            allows,
            unclear,
            places,
        }
    }

    /// The place of `objective`, `objective/key-result` or `investment`.
    pub fn place(&self, text: &str) -> Option<Place> {
        let mut parts = text.split('/');
        let (first, second, rest) = (parts.next()?, parts.next(), parts.next());
        if rest.is_some() {
            return None;
        }
        match second {
            None => self.places.tops.get(first).copied(),
            Some(second) => {
                let Place::Objective(at) = *self.places.tops.get(first)? else { return None };
                let key_result = *self.places.key_results.get(first)?.get(second)?;
                Some(Place::KeyResult(at, key_result))
            }
        }
    }

    /// The name of a place, `objective/key-result`; none where an id is missing.
    pub fn name(&self, place: Place) -> Option<String> {
        match place {
            Place::Objective(at) => Some(self.objectives[at].id.as_ref()?.value.to_string()),
            Place::KeyResult(at, of) => {
                let objective = &self.objectives[at];
                let id = objective.key_results[of].id.as_ref()?;
                Some(format!("{}/{}", objective.id.as_ref()?.value, id.value))
            }
            Place::Investment(at) => Some(self.investments[at].id.as_ref()?.value.to_string()),
        }
    }

    /// The title of a place, as typed.
    pub fn title(&self, place: Place) -> Option<&Words> {
        match place {
            Place::Objective(at) => self.objectives[at].title.as_ref(),
            Place::KeyResult(at, of) => self.objectives[at].key_results[of].title.as_ref(),
            Place::Investment(at) => self.investments[at].title.as_ref(),
        }
    }

    /// Every key result with its objective's and its own number.
    pub fn key_results(&self) -> impl Iterator<Item = (usize, usize, &Objective, &KeyResult)> {
        self.objectives.iter().enumerate().flat_map(|(at, objective)| {
            objective
                .key_results
                .iter()
                .enumerate()
                .map(move |(of, key_result)| (at, of, objective, key_result))
        })
    }

    /// Who owns an objective: its own owners, else the document's.
    pub fn owners<'a>(&'a self, objective: &'a Objective) -> &'a [Words] {
        if objective.owner.is_empty() { &self.owner } else { &objective.owner }
    }

    /// Who owns a key result: its own owners, else its objective's.
    pub fn key_result_owners<'a>(
        &'a self,
        objective: &'a Objective,
        key_result: &'a KeyResult,
    ) -> &'a [Words] {
        if key_result.owner.is_empty() { self.owners(objective) } else { &key_result.owner }
    }

    /// What a key result helps to reach: what it names, else what its objective names.
    pub fn supports<'a>(objective: &'a Objective, key_result: &'a KeyResult) -> &'a [Words] {
        if key_result.supports.is_empty() { &objective.supports } else { &key_result.supports }
    }
}

/// Where an objective's id is given twice, references into the first are not judged either: they
/// may be meant for the second.
fn forgive_twins(objectives: &mut [Objective], before: &[Option<Words>]) {
    let lost: HashSet<Arc<str>> = objectives
        .iter()
        .zip(before)
        .filter(|(objective, _)| objective.id.is_none())
        .filter_map(|(_, before)| before.as_ref().map(|id| id.value.clone()))
        .collect();
    for objective in objectives {
        objective.unclear |= objective.id.as_ref().is_some_and(|id| lost.contains(&id.value));
    }
}
