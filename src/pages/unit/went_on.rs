//! What went on: objectives and key results with the same id in more than one cycle.

use serde::Serialize;

use crate::date::Phase;
use crate::links::Target;
use crate::model::{Activity, ItemPlace, Measure, is_reached};
use crate::pages::census::Census;
use crate::pages::site::Site;

/// What went on over the cycles.
#[derive(Debug, Serialize)]
pub struct WentOn {
    /// The cycles, the oldest first.
    pub columns: Vec<Column>,
    /// Objectives, each with its key results.
    pub rows: Vec<Row>,
}

/// A cycle.
#[derive(Debug, Serialize)]
pub struct Column {
    /// `FY27-Q1, now`.
    pub title: String,
    /// `FY27-Q1`.
    pub label: String,
    /// Whether it runs.
    pub now: bool,
}

/// An objective or a key result.
#[derive(Debug, Serialize)]
pub struct Row {
    /// Whether it is an objective.
    pub objective: bool,
    /// Its title in the last cycle that has it.
    pub title: String,
    /// Where that is.
    pub url: String,
    /// Since when, or what it is counted in.
    pub note: String,
    /// How it stood in each cycle.
    pub cells: Vec<Option<Cell>>,
}

/// How something stood in a cycle.
#[derive(Debug, Serialize)]
pub struct Cell {
    /// Its grade, progress or value.
    pub value: String,
    /// What was agreed.
    pub note: String,
    /// A class that colours it.
    pub class: &'static str,
}

/// As many cycles as stand beside each other.
const MOST_CYCLES: usize = 6;

/// As many rows as the table has.
const MOST_ROWS: usize = 80;

impl Site<'_> {
    /// What went on in a unit; none where nothing did.
    pub(super) fn went_on(&self, census: &Census, unit: usize) -> Option<WentOn> {
        let all = &census.of_unit[unit];
        let documents = &all[all.len().saturating_sub(MOST_CYCLES)..];
        if documents.len() < 2 {
            return None;
        }
        let mut rows: Vec<Row> = Vec::new();
        let mut seen: Vec<String> = Vec::new();
        for at in documents.iter().rev() {
            let okrs = self.book().documents[*at].okrs();
            for (of, objective) in okrs.objectives.iter().enumerate() {
                let Some(name) = okrs.name(ItemPlace::Objective(of)) else { continue };
                if seen.contains(&name) {
                    continue;
                }
                seen.push(name.clone());
                let key_results = (0..objective.key_results.len())
                    .filter_map(|number| okrs.name(ItemPlace::KeyResult(of, number)))
                    .filter_map(|name| self.went_on_row(documents, &name));
                if let Some(row) = self.went_on_row(documents, &name) {
                    rows.push(row);
                    rows.extend(key_results);
                }
            }
        }
        rows.truncate(MOST_ROWS);
        (!rows.is_empty()).then(|| WentOn {
            columns: documents.iter().map(|at| self.column(self.book().documents[*at].cycle)).collect(),
            rows,
        })
    }

    fn column(&self, cycle: usize) -> Column {
        let cycle = &self.book().cycles[cycle];
        let now = cycle.phase(self.today) == Phase::Running;
        let label = cycle.name.to_string();
        let title = if now { self.say("unit.now", &[("cycle", &label)]) } else { label.clone() };
        Column { title, label, now }
    }

    /// A row of what is called by a name in more than one of the documents.
    fn went_on_row(&self, documents: &[usize], name: &str) -> Option<Row> {
        let places: Vec<Option<(usize, ItemPlace)>> = documents
            .iter()
            .map(|at| self.book().documents[*at].okrs().place(name).map(|place| (*at, place)))
            .collect();
        if places.iter().flatten().count() < 2 {
            return None;
        }
        let (last, place) = *places.iter().flatten().last()?;
        let (first, _) = *places.iter().flatten().next()?;
        let target = Target::item(last, Some(place));
        let objective = matches!(place, ItemPlace::Objective(_));
        let since = &self.book().cycles[self.book().documents[first].cycle].name;
        let note = match place {
            ItemPlace::KeyResult(of, number) => {
                let key_result = &self.book().documents[last].okrs().objectives[of].key_results[number];
                key_result.measured_in.as_ref().map(|unit| unit.value.to_string()).unwrap_or_default()
            }
            _ => self.say("unit.on-since", &[("cycle", since)]),
        };
        Some(Row {
            objective,
            title: self.title(target),
            url: self.url(target),
            note,
            cells: places
                .into_iter()
                .map(|place| place.and_then(|(at, place)| self.cell(at, place)))
                .collect(),
        })
    }

    fn cell(&self, at: usize, place: ItemPlace) -> Option<Cell> {
        let document = &self.book().documents[at];
        let okrs = document.okrs();
        let ended = self.book().cycles[document.cycle].phase(self.today) == Phase::Ended;
        match place {
            ItemPlace::Objective(of) => {
                let objective = &okrs.objectives[of];
                let (_, behind) = self.objective_progress(document.cycle, objective);
                let short = match objective.grade() {
                    Some(grade) if ended => !is_reached(grade),
                    _ => behind && !ended,
                };
                let value = match objective.activity {
                    Activity::Active => self.figure(document.cycle, objective),
                    other => self.text(&format!("okrs.{}", other.as_str())).to_lowercase(),
                };
                Some(Cell { value, note: String::new(), class: if short { "s-warn" } else { "" } })
            }
            ItemPlace::KeyResult(of, number) => {
                let objective = &okrs.objectives[of];
                let key_result = &objective.key_results[number];
                let reading = self.reading(document.cycle, objective, key_result);
                let target = match key_result.measure {
                    Measure::Measured { to, .. } => {
                        self.say("unit.to", &[("target", &self.plain_number(to))])
                    }
                    Measure::Threshold { .. } => {
                        let agreed = self.agreed(key_result);
                        format!("{} {}", agreed.before, agreed.number).trim().to_owned()
                    }
                    _ => String::new(),
                };
                let grade =
                    key_result.grade.map(|grade| self.say("unit.graded", &[("grade", &self.grade(grade))]));
                let note: Vec<String> =
                    [target].into_iter().chain(grade).filter(|part| !part.is_empty()).collect();
                let value = key_result.value(self.today);
                let class = match (ended, key_result.grade) {
                    (true, Some(grade)) if !is_reached(grade) => "s-warn",
                    (false, _) => reading.class,
                    _ => "",
                };
                Some(Cell {
                    value: value.map_or_else(
                        || self.text("number.none"),
                        |value| match key_result.measure {
                            Measure::Milestone => self.percent(value),
                            _ => self.plain_number(value),
                        },
                    ),
                    note: note.join(&self.text("list.separator")),
                    class: if class == "muted" { "" } else { class },
                })
            }
            ItemPlace::Investment(_) => None,
        }
    }
}
