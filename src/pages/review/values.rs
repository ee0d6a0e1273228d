//! The values of a cycle's key results against what was agreed, document by document.

use std::sync::Arc;

use serde::Serialize;

use crate::chart::Way;
use crate::date::Phase;
use crate::links::Target;
use crate::model::{Activity, KeyResult, Objective, is_reached};
use crate::pages::parts::{Mark, Svg};
use crate::pages::site::{Site, root_of};
use crate::prose::{Shared, Text};

/// With more documents than this only objectives are shown: the rest stands on their pages.
pub(super) const MOST_DOCUMENTS: usize = 60;

/// A document with its values.
#[derive(Debug, Serialize)]
pub struct DocumentValues {
    /// Its level.
    pub level: String,
    /// Its unit.
    pub unit: String,
    /// Its page.
    pub url: String,
    /// The symbol of its state.
    pub mark: Mark,
    /// Its objectives and key results.
    pub rows: Vec<ValueRow>,
}

/// An objective or a key result.
#[derive(Debug, Default, Serialize)]
pub struct ValueRow {
    /// Whether it is an objective.
    pub objective: bool,
    /// Its title.
    pub title: String,
    /// Where it stands.
    pub url: String,
    /// How firmly it was promised, or that it is not worked on.
    pub note: String,
    /// What came of it.
    pub outcome: Option<Text>,
    /// What was agreed.
    pub agreed: String,
    /// The way from the baseline to the target.
    pub chart: Svg,
    /// The symbol of a threshold or of what is not worked on.
    pub icon: &'static str,
    /// The word for it.
    pub word: String,
    /// The last value, or the progress.
    pub reached: String,
    /// Whether an objective is behind the pace.
    pub behind: bool,
    /// Its grade.
    pub grade: String,
    /// A class that colours the grade.
    pub class: &'static str,
}

impl Site<'_> {
    pub(super) fn document_values(&self, at: usize, url: &str, brief: bool) -> DocumentValues {
        let document = &self.book().documents[at];
        let unit = &self.config().units[document.unit];
        let shared = self.shared(&document.file, &root_of(url));
        let mut rows = Vec::new();
        for (of, objective) in document.okrs().objectives.iter().enumerate() {
            rows.push(self.objective_values(Target::Objective(at, of), objective, document.cycle, &shared));
            if brief {
                continue;
            }
            for (number, key_result) in objective.key_results.iter().enumerate() {
                let target = Target::KeyResult(at, of, number);
                rows.push(self.key_result_values(target, objective, key_result, document.cycle, &shared));
            }
        }
        DocumentValues {
            level: self.config().levels[unit.level].name.to_string(),
            unit: unit.name.to_string(),
            url: self.book().document_url(at),
            mark: self.mark(at),
            rows,
        }
    }

    fn objective_values(
        &self,
        target: Target,
        objective: &Objective,
        cycle: usize,
        shared: &Arc<Shared>,
    ) -> ValueRow {
        let mut notes: Vec<String> = Vec::new();
        notes.extend(objective.commitment.map(|word| self.text(&format!("okrs.{word}"))));
        notes.extend(self.activity_word(objective.activity).map(|(_, word)| word));
        let (grade, class) =
            self.grade_word(cycle, objective.grade(), objective.activity == Activity::Active);
        let (progress, behind) = self.objective_progress(cycle, objective);
        let running = self.book().cycles[cycle].phase(self.today) == Phase::Running;
        ValueRow {
            objective: true,
            title: self.title(target),
            url: self.url(target),
            note: notes.join(&self.text("number.separator")),
            outcome: self.inline(&objective.outcome, shared),
            reached: if running { progress } else { String::new() },
            behind: running && behind,
            class,
            grade,
            ..ValueRow::default()
        }
    }

    fn key_result_values(
        &self,
        target: Target,
        objective: &Objective,
        key_result: &KeyResult,
        cycle: usize,
        shared: &Arc<Shared>,
    ) -> ValueRow {
        let agreed = self.agreed(key_result);
        let words = [agreed.before, agreed.number];
        let agreed: Vec<&str> = words.iter().map(String::as_str).filter(|word| !word.is_empty()).collect();
        let active = objective.is_active(key_result);
        let value = key_result.value(self.today);
        let (grade, class) = self.grade_word(cycle, key_result.grade, active && key_result.outcome.is_none());
        // that nothing of an objective is graded is said once, with the objective
        let class = if class == "s-bad" && objective.grade().is_none() { "muted" } else { class };
        let mut row = ValueRow {
            title: self.title(target),
            url: self.url(target),
            outcome: self.inline(&key_result.outcome, shared),
            agreed: agreed.join(" "),
            reached: value.map_or_else(|| self.text("number.none"), |value| self.value(key_result, value)),
            grade,
            class,
            ..ValueRow::default()
        };
        let activity =
            if objective.activity == Activity::Active { key_result.activity } else { objective.activity };
        if let Some((icon, word)) = self.activity_word(activity) {
            (row.icon, row.word) = (icon, word);
        } else if let Some(met) = key_result.met(self.today) {
            let key = if met { "review.threshold-kept" } else { "review.threshold-broken" };
            (row.icon, row.word) = (if met { "met" } else { "broken" }, self.text(key));
        } else if key_result.progress(self.today).is_some() {
            row.chart = self.way(cycle, key_result).svg();
        }
        row
    }

    fn way(&self, cycle: usize, key_result: &KeyResult) -> Way {
        let reached = key_result.value(self.today).and(key_result.progress(self.today));
        let ended = self.book().cycles[cycle].phase(self.today) == Phase::Ended;
        let pace = self.pace(cycle, key_result.due.as_ref().map(|due| due.value));
        let enough = |progress: f64| match key_result.grade {
            Some(grade) => is_reached(grade),
            None if ended => is_reached(progress),
            None => !pace.is_some_and(|pace| self.is_behind(progress, pace)),
        };
        Way { label: None, reached, enough: reached.is_some_and(enough) }
    }

    fn activity_word(&self, activity: Activity) -> Option<(&'static str, String)> {
        match activity {
            Activity::Active => None,
            Activity::Paused => Some(("paused", self.text("okrs.paused"))),
            Activity::Dropped => Some(("dropped", self.text("okrs.dropped"))),
        }
    }

    /// A grade, or that it is missing once the cycle has ended.
    fn grade_word(&self, cycle: usize, grade: Option<f64>, wanted: bool) -> (String, &'static str) {
        let ended = self.book().cycles[cycle].phase(self.today) == Phase::Ended;
        match grade {
            Some(grade) => (self.grade(grade), if is_reached(grade) { "" } else { "s-warn" }),
            None if ended && wanted => (self.text("review.not-graded-short"), "s-bad"),
            None => (self.text("number.none"), "muted"),
        }
    }

    /// A grade, with one decimal at least.
    pub(in crate::pages) fn grade(&self, grade: f64) -> String {
        let rounded = (grade * 100.0).round() / 100.0;
        let text = self.plain_number(rounded);
        let whole = text.chars().all(|c| c.is_ascii_digit());
        if whole { format!("{text}{}{}", self.lang.separators().decimal, 0) } else { text }
    }
}
