//! What a person owns: objectives, and key results that are theirs alone.

use serde::Serialize;

use crate::date::{Phase, days_between};
use crate::links::Target;
use crate::pages::census::Part;
use crate::pages::reading::Reading;
use crate::pages::site::Site;

/// An objective or key result that a person owns.
#[derive(Debug, Serialize)]
pub struct OwnedRow {
    /// Its title.
    pub title: String,
    /// Where it stands.
    pub url: String,
    /// Its unit, and its cycle where that is not the current one.
    pub unit: String,
    /// Objective or key result.
    pub kind: String,
    /// How it stands.
    pub reading: Reading,
    /// The last check-in.
    pub last: String,
    /// Whether that was long ago.
    pub quiet: bool,
}

/// What a person owned in a cycle.
#[derive(Debug, Serialize)]
pub struct OwnedCycle {
    /// The cycle.
    pub cycle: String,
    /// Its page.
    pub url: String,
    /// How much.
    pub summary: String,
}

/// What a person owns, now and before.
pub(super) struct Owns {
    pub now: Vec<OwnedRow>,
    pub summary: String,
    pub more: String,
    pub before: Vec<OwnedCycle>,
}

/// As many rows as the table has.
const MOST_ROWS: usize = 40;

impl Site<'_> {
    pub(super) fn owns(&self, part: &Part) -> Owns {
        let cycle_of = |document: usize| self.book().documents[document].cycle;
        let mut targets: Vec<Target> =
            part.objectives.iter().map(|(at, of)| Target::Objective(*at, *of)).collect();
        // a key result of one's own objective goes without saying
        let own = |at: usize, of: usize| part.objectives.binary_search(&(at, of)).is_ok();
        let others = part.key_results.iter().filter(|(at, of, _)| !own(*at, *of));
        targets.extend(others.map(|(at, of, number)| Target::KeyResult(*at, *of, *number)));
        targets.sort_unstable();
        let current = self.book().current(self.today);
        let is_now = |target: &Target| {
            let cycle = target.document().map(cycle_of);
            cycle == current
                || cycle.is_some_and(|cycle| self.book().cycles[cycle].phase(self.today) != Phase::Ended)
        };
        let (mut now, before): (Vec<Target>, Vec<Target>) = targets.into_iter().partition(is_now);
        // what runs first, then what is to come
        now.sort_by_key(|target| {
            let cycle = target.document().map(cycle_of).unwrap_or_default();
            (self.book().cycles[cycle].phase(self.today) == Phase::Planning, *target)
        });
        let more = match now.len().saturating_sub(MOST_ROWS) {
            0 => String::new(),
            more => self.count("list.more", more, &[]),
        };
        Owns {
            summary: self.owned_words(&now),
            now: now.iter().take(MOST_ROWS).map(|target| self.owned_row(*target, current)).collect(),
            more,
            before: self.owned_before(&before),
        }
    }

    fn owned_words(&self, targets: &[Target]) -> String {
        let objectives = targets.iter().filter(|target| matches!(target, Target::Objective(..))).count();
        let key_results = targets.len() - objectives;
        let mut words = Vec::new();
        if objectives > 0 {
            words.push(self.count("count.objectives", objectives, &[]));
        }
        if key_results > 0 {
            words.push(self.count("person.own-key-results", key_results, &[]));
        }
        self.lang.list(&words)
    }

    fn owned_before(&self, targets: &[Target]) -> Vec<OwnedCycle> {
        let mut cycles: Vec<OwnedCycle> = Vec::new();
        for chunk in targets.chunk_by(|a, b| a.cycle(self.book()) == b.cycle(self.book())) {
            let Some(first) = chunk.first() else { continue };
            let cycle = &self.book().cycles[first.cycle(self.book())];
            cycles.push(OwnedCycle {
                cycle: cycle.name.to_string(),
                url: format!("{}/", cycle.id),
                summary: self.owned_words(chunk),
            });
        }
        cycles.reverse();
        cycles
    }

    fn owned_row(&self, target: Target, current: Option<usize>) -> OwnedRow {
        let document = &self.book().documents[target.document().unwrap_or_default()];
        let cycle = document.cycle;
        let unit = &self.config().units[document.unit].name;
        let name = &self.book().cycles[cycle].name;
        let unit = if Some(cycle) == current { unit.to_string() } else { self.row(&[unit, name]) };
        let (reading, last, quiet) = self.owned_standing(target, cycle);
        let key =
            if matches!(target, Target::Objective(..)) { "person.objective" } else { "person.key-result" };
        let none = || self.text("number.none");
        OwnedRow {
            title: self.title(target),
            url: self.url(target),
            unit,
            kind: self.text(key),
            reading,
            last: last.map_or_else(none, |day| {
                let days = usize::try_from(days_between(day, self.today)).unwrap_or_default();
                if quiet {
                    self.row(&[&self.day(day), &self.count("date.days-ago", days, &[])])
                } else {
                    self.day(day)
                }
            }),
            quiet,
        }
    }

    fn owned_standing(&self, target: Target, cycle: usize) -> (Reading, Option<crate::date::Date>, bool) {
        let okrs = self.book().documents[target.document().unwrap_or_default()].okrs();
        let last = |key_result: &crate::model::KeyResult| {
            key_result.counted(self.today).last().and_then(|check_in| Some(check_in.on.as_ref()?.value))
        };
        match target {
            Target::KeyResult(_, of, number) => {
                let objective = &okrs.objectives[of];
                let key_result = &objective.key_results[number];
                let quiet = self.book().quiet_for(cycle, objective, key_result, self.today).is_some();
                (self.reading(cycle, objective, key_result), last(key_result), quiet)
            }
            Target::Objective(_, of) => {
                let objective = &okrs.objectives[of];
                let day = objective.key_results.iter().filter_map(last).max();
                (self.objective_reading(cycle, objective), day, false)
            }
            _ => (Reading::default(), None, false),
        }
    }

    fn objective_reading(&self, cycle: usize, objective: &crate::model::Objective) -> Reading {
        let (progress, behind) = self.objective_progress(cycle, objective);
        let share = objective.progress(self.today);
        let says = match (share, self.pace(cycle, None)) {
            (Some(share), Some(pace)) => {
                let points = self.points(share, pace);
                let distance = usize::try_from(points.unsigned_abs()).unwrap_or_default();
                match (behind, points) {
                    (true, _) => self.count("key-result.behind", distance, &[]),
                    (false, 0) => self.text("key-result.on-pace"),
                    (false, 1..) => self.count("key-result.ahead", distance, &[]),
                    (false, _) => self.count("key-result.under", distance, &[]),
                }
            }
            _ => String::new(),
        };
        Reading {
            value: Some(progress).filter(|word| !word.is_empty()),
            says,
            icon: if behind { "behind" } else { "" },
            class: if behind { "s-warn" } else { "" },
            chart: "",
        }
    }
}
