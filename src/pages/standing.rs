//! How the contracts of a cycle stand: each document once, and the sums of each level.

use crate::chart::{ObjectiveDot, Track};
use crate::date::Phase;
use crate::links::{Covered, Target};
use crate::model::{Objective, Outcome, REACHED, Signatures, State, is_reached};

use super::site::Site;

/// What the objectives of a cycle are held against.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Against {
    /// Nothing: the cycle has not begun.
    Nothing,
    /// The pace; none where the cycle is open.
    Pace(Option<f64>),
    /// Grades, once the cycle has ended and something is graded.
    Grades,
}

impl Against {
    /// It as a track of a chart.
    pub(super) fn track(self) -> Track {
        match self {
            Self::Nothing | Self::Pace(None) => Track::Plain,
            Self::Pace(Some(pace)) => Track::Pace(pace),
            Self::Grades => Track::Grade(REACHED),
        }
    }
}

/// How key results above are covered from below.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    /// By a key result that supports them.
    pub supported: usize,
    /// By somebody's word.
    pub assured: usize,
    /// In part.
    pub partial: usize,
    /// Not at all: nobody below says it is theirs.
    pub not_ours: usize,
    /// Without any answer.
    pub uncovered: usize,
}

impl Tally {
    /// Counts one more.
    pub(super) fn add(&mut self, covered: Covered) {
        *match covered {
            Covered::Supported => &mut self.supported,
            Covered::Assured => &mut self.assured,
            Covered::Partial => &mut self.partial,
            Covered::NotOurs => &mut self.not_ours,
            Covered::Uncovered => &mut self.uncovered,
        } += 1;
    }

    /// All of them.
    pub(super) fn total(self) -> usize {
        self.covered() + self.partial + self.not_ours + self.uncovered
    }

    /// Those that are covered as a whole.
    pub(super) fn covered(self) -> usize {
        self.supported + self.assured
    }
}

/// How a document stands.
#[derive(Clone, Debug)]
pub(super) struct DocumentStanding {
    /// The document.
    pub document: usize,
    /// Its state.
    pub state: State,
    /// Who has signed.
    pub signatures: Signatures,
    /// Its objectives that have a progress or a grade, in the order of the file; none for the others.
    pub objectives: Vec<Option<ObjectiveDot>>,
    /// How many key results it has.
    pub key_results: usize,
    /// Of those, how many are behind, broken or, with grades, fell short.
    pub wanting: usize,
    /// Its feedback.
    pub feedback: usize,
    /// What of it is open.
    pub open: usize,
    /// How its key results are covered.
    pub tally: Tally,
}

impl DocumentStanding {
    /// Whether nothing of it needs anybody.
    pub(super) fn is_in_order(&self) -> bool {
        let behind = self.objectives.iter().flatten().any(|dot| dot.behind);
        self.state == State::Final && self.wanting == 0 && self.open == 0 && !behind
    }
}

/// How a level of a cycle stands.
#[derive(Clone, Debug, Default)]
pub(super) struct LevelStanding {
    /// Its documents, by their numbers in [`Standing::documents`].
    pub documents: Vec<usize>,
    /// Units that are expected to have one and have none.
    pub missing: Vec<usize>,
    /// Documents that the party that sets has signed.
    pub set: usize,
    /// Documents that the party that delivers has signed.
    pub delivered: usize,
    /// Documents that are final.
    pub finals: usize,
    /// Documents that were altered after signing.
    pub altered: usize,
    /// How its key results are covered.
    pub tally: Tally,
    /// Its objectives.
    pub objectives: usize,
}

/// How a cycle stands.
#[derive(Clone, Debug)]
pub(super) struct Standing {
    /// The cycle.
    pub cycle: usize,
    /// What objectives are held against.
    pub against: Against,
    /// Its documents, by level and unit.
    pub documents: Vec<DocumentStanding>,
    /// Its levels, as many as the book has.
    pub levels: Vec<LevelStanding>,
}

impl Standing {
    /// How a cycle stands.
    pub(super) fn of(site: &Site<'_>, cycle: usize) -> Self {
        let against = against(site, cycle);
        let documents: Vec<DocumentStanding> =
            site.book().documents_of(cycle).map(|at| document(site, at, against)).collect();
        let mut levels = vec![LevelStanding::default(); site.config().levels.len()];
        for (number, standing) in documents.iter().enumerate() {
            let level = &mut levels[level_of(site, standing.document)];
            level.documents.push(number);
            level.set += usize::from(standing.signatures.set_by.complete.is_some());
            level.delivered += usize::from(standing.signatures.delivered_by.complete.is_some());
            level.finals += usize::from(standing.state == State::Final);
            level.altered += usize::from(standing.state == State::Altered);
            level.objectives += standing.objectives.len();
            let (sum, own) = (&mut level.tally, standing.tally);
            sum.supported += own.supported;
            sum.assured += own.assured;
            sum.partial += own.partial;
            sum.not_ours += own.not_ours;
            sum.uncovered += own.uncovered;
        }
        for unit in site.book().units_by_level() {
            if site.book().document_of(cycle, unit).is_none() && site.book().is_expected(unit, cycle) {
                levels[site.config().units[unit].level].missing.push(unit);
            }
        }
        Self { cycle, against, documents, levels }
    }

    /// The documents of a level.
    pub(super) fn of_level(&self, level: usize) -> impl Iterator<Item = &DocumentStanding> {
        self.levels[level].documents.iter().map(|number| &self.documents[*number])
    }

    /// How many documents are final.
    pub(super) fn finals(&self) -> usize {
        self.levels.iter().map(|level| level.finals).sum()
    }

    /// How many objectives there are.
    pub(super) fn objectives(&self) -> usize {
        self.levels.iter().map(|level| level.objectives).sum()
    }

    /// How many key results there are.
    pub(super) fn key_results(&self) -> usize {
        self.documents.iter().map(|document| document.key_results).sum()
    }
}

fn level_of(site: &Site<'_>, document: usize) -> usize {
    site.config().units[site.book().documents[document].unit].level
}

fn against(site: &Site<'_>, cycle: usize) -> Against {
    let of = &site.book().cycles[cycle];
    let graded = || {
        let documents = &site.book().documents[site.book().documents_of(cycle)];
        documents
            .iter()
            .any(|document| document.okrs().objectives.iter().any(|objective| objective.grade().is_some()))
    };
    match of.phase(site.today) {
        Phase::Planning => Against::Nothing,
        Phase::Ended if graded() => Against::Grades,
        Phase::Running | Phase::Ended => Against::Pace(site.pace(cycle, None)),
    }
}

fn document(site: &Site<'_>, at: usize, against: Against) -> DocumentStanding {
    let document = &site.book().documents[at];
    let okrs = document.okrs();
    let signatures = &site.analysis.signatures[at];
    let mut tally = Tally::default();
    let (mut key_results, mut wanting) = (0, 0);
    for (of, number, objective, key_result) in okrs.key_results() {
        key_results += 1;
        let active = objective.is_active(key_result);
        wanting += usize::from(match against {
            Against::Nothing => false,
            Against::Grades => active && key_result.grade.is_some_and(|grade| !is_reached(grade)),
            Against::Pace(_) => site.reading(document.cycle, objective, key_result).is_wanting(),
        });
        if let Some(coverage) = site.analysis.links.coverage.get(&Target::KeyResult(at, of, number))
            && active
        {
            tally.add(coverage.covered);
        }
    }
    let counted = || okrs.feedback.iter().filter(|feedback| feedback.counts(site.today));
    DocumentStanding {
        document: at,
        state: signatures.state(okrs, site.today),
        signatures: signatures.clone(),
        objectives: okrs.objectives.iter().map(|objective| dot(site, objective, against)).collect(),
        key_results,
        wanting,
        feedback: counted().count(),
        open: counted().filter(|feedback| feedback.outcome == Some(Outcome::Open)).count(),
        tally,
    }
}

fn dot(site: &Site<'_>, objective: &Objective, against: Against) -> Option<ObjectiveDot> {
    let active = objective.activity == crate::model::Activity::Active;
    match against {
        Against::Nothing => None,
        Against::Grades => {
            objective.grade().map(|value| ObjectiveDot { value, behind: active && !is_reached(value) })
        }
        Against::Pace(pace) => objective.progress(site.today).map(|value| ObjectiveDot {
            value,
            behind: active && pace.is_some_and(|pace| site.is_behind(value, pace)),
        }),
    }
}
