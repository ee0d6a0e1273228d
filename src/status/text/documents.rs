//! The rows of documents: progress against the pace, grades, and what has gone quiet.

use super::{MOST_ROWS, Writer};
use crate::status::grid::{Cell, Paint, cell};
use crate::status::{CycleStatus, DocumentStatus, ObjectiveStatus};

/// As many objectives as a row has.
const MOST_OBJECTIVES: usize = 6;

impl Writer<'_> {
    /// How far those documents are that want something; all of them where there are few.
    pub(super) fn progress(&mut self, cycle: &CycleStatus) {
        if cycle.documents.is_empty() {
            return;
        }
        match cycle.pace {
            Some(pace) => {
                let pace = self.lang.separators().percent(pace);
                let heading = self.lang.say("status.progress-pace", &[("pace", &pace)]);
                self.sheet.heading(&heading);
            }
            None => self.heading("status.progress"),
        }
        let few = cycle.documents.len() <= MOST_ROWS;
        let (told, rest): (Vec<&DocumentStatus>, Vec<&DocumentStatus>) =
            cycle.documents.iter().partition(|document| few || document.is_wanting());
        let rows: Vec<Vec<Cell>> = told.iter().map(|document| self.document(document)).collect();
        self.some_rows(&rows);
        if !rest.is_empty() {
            let key = if told.is_empty() { "status.all-in-order" } else { "status.in-order" };
            let said = self.lang.count(key, rest.len() as u64, &[]);
            self.sheet.rows(&[vec![cell(said, Paint::Dim)]]);
        }
    }

    fn document(&self, document: &DocumentStatus) -> Vec<Cell> {
        let objective = |objective: &ObjectiveStatus| {
            let Some(progress) = objective.progress else {
                return self.lang.text("number.none").into_owned();
            };
            let progress = self.lang.separators().percent(progress);
            let values = [("progress", progress.as_str())];
            match objective.points.filter(|_| objective.behind) {
                Some(points) => self.lang.count("status.objective-behind", points.unsigned_abs(), &values),
                None => progress,
            }
        };
        let mut parts = self.some_objectives(document, objective);
        if document.thresholds_not_met > 0 {
            let not_met = document.thresholds_not_met as u64;
            parts.push(self.lang.count("status.thresholds-not-met", not_met, &[]));
        }
        let paint = if document.is_wanting() { Paint::Warn } else { Paint::Plain };
        self.document_row(document, parts, paint)
    }

    pub(super) fn grades(&mut self, cycle: &CycleStatus) {
        let grade = |objective: &ObjectiveStatus| match objective.grade {
            Some(grade) => self.lang.separators().shown(grade),
            None => self.lang.text("number.none").into_owned(),
        };
        let rows: Vec<Vec<Cell>> = cycle
            .documents
            .iter()
            .map(|document| {
                let short = document.objectives.iter().any(ObjectiveStatus::fell_short);
                let paint = if short { Paint::Warn } else { Paint::Plain };
                self.document_row(document, self.some_objectives(document, grade), paint)
            })
            .collect();
        if !rows.is_empty() {
            self.heading("status.grades");
            self.some_rows(&rows);
        }
    }

    fn document_row(&self, document: &DocumentStatus, parts: Vec<String>, paint: Paint) -> Vec<Cell> {
        let state = self.lang.text(&format!("state.{}", document.state)).into_owned();
        let state_paint = if document.state == "altered" { Paint::Bad } else { Paint::Plain };
        let said = parts.join(&self.lang.text("list.separator"));
        vec![cell(&document.name, Paint::Plain), cell(state, state_paint), cell(said, paint)]
    }

    fn some_objectives(
        &self,
        document: &DocumentStatus,
        say: impl Fn(&ObjectiveStatus) -> String,
    ) -> Vec<String> {
        if document.objectives.is_empty() {
            return vec![self.lang.text("status.no-objectives").into_owned()];
        }
        let mut parts: Vec<String> = document.objectives.iter().take(MOST_OBJECTIVES).map(say).collect();
        let more = document.objectives.len() - parts.len();
        if more > 0 {
            parts.push(self.lang.count("list.more", more as u64, &[]));
        }
        parts
    }

    /// What has gone quiet, by document, the longest first.
    pub(super) fn quiet(&mut self, cycle: &CycleStatus) {
        let mut by_unit: Vec<(&str, u64, i64)> = Vec::new();
        for quiet in &cycle.quiet {
            match by_unit.last_mut().filter(|last| last.0 == quiet.unit) {
                Some(last) => (last.1, last.2) = (last.1 + 1, last.2.max(quiet.days)),
                None => by_unit.push((&quiet.unit, 1, quiet.days)),
            }
        }
        if by_unit.is_empty() {
            return;
        }
        by_unit.sort_by_key(|unit| std::cmp::Reverse(unit.2));
        let rows = by_unit.iter().map(|(name, count, days)| {
            let days = self.lang.count("date.days", days.unsigned_abs(), &[]);
            let said = self.lang.count("status.quiet-of", *count, &[("days", &days)]);
            vec![cell(name, Paint::Plain), cell(said, Paint::Warn)]
        });
        let rows: Vec<Vec<Cell>> = rows.collect();
        self.heading("status.quiet");
        self.some_rows(&rows);
    }
}
