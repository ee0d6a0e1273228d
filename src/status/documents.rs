//! How far each document is: its objectives one by one, for they are never averaged.

use std::sync::Arc;

use serde::Serialize;

use super::{Facts, share};
use crate::date::Phase;
use crate::model::{Activity, Grades, Objective, is_reached};
use crate::number::points;

/// How far a document is.
#[derive(Clone, Debug, Serialize)]
pub struct DocumentStatus {
    /// Its reference, with its cycle.
    #[serde(rename = "ref")]
    pub reference: String,
    /// The unit's id.
    pub unit: Arc<str>,
    /// The unit's name.
    #[serde(skip)]
    pub name: Arc<str>,
    /// `preparing`, `draft`, `final` or `altered`.
    pub state: &'static str,
    /// Its active objectives.
    pub objectives: Vec<ObjectiveStatus>,
    /// Active thresholds that are met.
    pub thresholds_met: usize,
    /// Active thresholds that are not.
    pub thresholds_not_met: usize,
}

/// How far an objective is.
#[derive(Clone, Debug, Serialize)]
pub struct ObjectiveStatus {
    /// Its reference, with its cycle; absent where it has no id.
    #[serde(rename = "ref", skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// 0.0 to 1.0; absent where it has nothing but thresholds.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "share")]
    pub progress: Option<f64>,
    /// While the cycle runs: how many points of per cent it is ahead of the pace, negative under it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub points: Option<i64>,
    /// Whether it is behind the pace by more than the book allows.
    pub behind: bool,
    /// At the end, 0.0 to 1.0.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "share")]
    pub grade: Option<f64>,
}

/// What a cycle came to.
#[derive(Clone, Debug, Default, Serialize)]
pub struct GradesStatus {
    /// Active objectives.
    pub objectives: usize,
    /// With a grade of 0.7 or more.
    pub reached: usize,
    /// With a lower one.
    pub short: usize,
    /// Without a grade.
    pub ungraded: usize,
}

impl DocumentStatus {
    /// Whether something in it is behind the pace or not met.
    pub fn is_wanting(&self) -> bool {
        self.thresholds_not_met > 0 || self.objectives.iter().any(|objective| objective.behind)
    }
}

impl ObjectiveStatus {
    /// Whether its grade is under 0.7.
    pub fn fell_short(&self) -> bool {
        self.grade.is_some_and(|grade| !is_reached(grade))
    }
}

impl From<Grades> for GradesStatus {
    fn from(grades: Grades) -> Self {
        let Grades { objectives, reached, short } = grades;
        Self { objectives, reached, short, ungraded: grades.ungraded() }
    }
}

impl Facts<'_> {
    pub(super) fn documents(&self, cycle: usize) -> Vec<DocumentStatus> {
        self.book().documents_of(cycle).map(|document| self.document(cycle, document)).collect()
    }

    fn document(&self, cycle: usize, at: usize) -> DocumentStatus {
        let book = self.book();
        let document = &book.documents[at];
        let okrs = document.okrs();
        let unit = &book.config.units[document.unit];
        let met = |wanted: bool| {
            let active = okrs.key_results().filter(|(_, _, objective, own)| objective.is_active(own));
            active.filter(|(_, _, _, own)| own.met(self.today) == Some(wanted)).count()
        };
        DocumentStatus {
            reference: book.name_of(at),
            unit: Arc::clone(&unit.id),
            name: Arc::clone(&unit.name),
            state: self.analysis.signatures[at].state(okrs, self.today).as_str(),
            objectives: okrs
                .objectives
                .iter()
                .filter(|objective| objective.activity == Activity::Active)
                .map(|objective| self.objective(cycle, at, objective))
                .collect(),
            thresholds_met: met(true),
            thresholds_not_met: met(false),
        }
    }

    fn objective(&self, cycle: usize, document: usize, objective: &Objective) -> ObjectiveStatus {
        let book = self.book();
        let phase = book.cycles[cycle].phase(self.today);
        let progress = objective.progress(self.today);
        let pace = book.pace(cycle, None, self.today).filter(|_| phase == Phase::Running);
        let against = progress.zip(pace);
        let id = objective.id.as_ref();
        ObjectiveStatus {
            reference: id.map(|id| format!("{}/{}", book.name_of(document), id.value)),
            progress,
            points: against.map(|(progress, pace)| points(progress - pace)),
            behind: against.is_some_and(|(progress, pace)| book.is_behind(progress, pace)),
            // grades bear no date: they count once the cycle has ended
            grade: objective.grade().filter(|_| phase == Phase::Ended),
        }
    }
}
