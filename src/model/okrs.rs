//! The OKRs of one unit in one cycle: what a document of the format holds.

use std::collections::HashSet;
use std::sync::Arc;

use crate::date::Date;
use crate::table::{At, Few, Reader, Scope, Words};

use super::objective::unique;
use super::{Allow, Amendment, Approval, Assurance, Feedback, Investment, KeyResult, Objective};

/// The front matter of an OKR document.
#[derive(Clone, Debug, Default)]
pub struct Okrs {
    /// The day the draft was shared; absent: still being prepared.
    pub shared: Option<At<Date>>,
    /// Owners that objectives and investments inherit.
    pub owner: Few<Words>,
    /// Addresses.
    pub links: Few<Words>,
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
    /// Whether it has tables that may be objectives or investments under a name that the format lacks.
    pub hides: bool,
    places: Places,
}

/// The items of a document in the order of their ids, so that many references into a large one are found
/// quickly.
#[derive(Clone, Debug, Default)]
struct Places {
    tops: Box<[Place]>,
    /// For each objective the numbers of its key results.
    key_results: Box<[Box<[u32]>]>,
}

impl Places {
    fn of(objectives: &[Objective], investments: &[Investment]) -> Self {
        let named = |id: &Option<Words>| id.is_some();
        let own = (0..objectives.len()).filter(|at| named(&objectives[*at].id)).map(Place::Objective);
        let others = (0..investments.len()).filter(|at| named(&investments[*at].id)).map(Place::Investment);
        let mut tops: Vec<Place> = own.chain(others).collect();
        tops.sort_by_key(|place| id_of(objectives, investments, *place));
        let key_results = objectives.iter().map(|objective| {
            let id = |at: &u32| objective.key_results[*at as usize].id.as_ref().map(|id| &*id.value);
            // the text of a document is too short for more
            let count = u32::try_from(objective.key_results.len()).unwrap_or(u32::MAX);
            let mut numbers: Vec<u32> = (0..count).filter(|at| id(at).is_some()).collect();
            numbers.sort_by_key(id);
            numbers.into_boxed_slice()
        });
        Self { key_results: key_results.collect(), tops: tops.into_boxed_slice() }
    }
}

/// The id of an objective or an investment.
fn id_of<'a>(objectives: &'a [Objective], investments: &'a [Investment], place: Place) -> Option<&'a str> {
    let id = match place {
        Place::Objective(at) => &objectives[at].id,
        Place::Investment(at) => &investments[at].id,
        Place::KeyResult(..) => return None,
    };
    id.as_ref().map(|id| &*id.value)
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
        let hides = table.hides;
        let mut unclear = table.broken
            || hides
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
            hides,
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
        let tops = &self.places.tops;
        let id = |place: &Place| id_of(&self.objectives, &self.investments, *place);
        let top = tops[tops.binary_search_by_key(&Some(first), id).ok()?];
        match (second, top) {
            (None, top) => Some(top),
            (Some(second), Place::Objective(at)) => {
                let (numbers, all) = (&self.places.key_results[at], &self.objectives[at].key_results);
                let id = |of: &u32| all[*of as usize].id.as_ref().map(|id| &*id.value);
                let of = numbers[numbers.binary_search_by_key(&Some(second), id).ok()?];
                Some(Place::KeyResult(at, of as usize))
            }
            (Some(_), _) => None,
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
