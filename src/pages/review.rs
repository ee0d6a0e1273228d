//! The review of a cycle: grades and final values against what was agreed, by level and document. While
//! the cycle runs, the values of today.

mod enough;
mod values;

use serde::Serialize;

use crate::chart::{Dots, ObjectiveDot, Track};
use crate::config::What;
use crate::date::Phase;
use crate::model::{Activity, Objective, REACHED, is_reached};

use super::census::{Census, Sums};
use super::parts::{Link, Svg};
use super::site::Site;
use super::{Page, View};
use enough::EnoughRow;
use values::DocumentValues;

/// The review of a cycle.
#[derive(Debug, Serialize)]
pub struct ReviewView {
    /// The cycle.
    pub cycle: String,
    /// From when to when it is.
    pub dates: String,
    /// Where it is in its time.
    pub phase: String,
    /// What it came to, in a sentence.
    pub lede: String,
    /// Whether it has ended, so that grades count.
    pub ended: bool,
    /// Whether it has begun, so that something is reached.
    pub begun: bool,
    /// Whether grades are shown: there are some, or they are due.
    pub graded: bool,
    /// The figures.
    pub figures: Vec<Figure>,
    /// The grades of each level, or the progress while it runs.
    pub levels: Vec<LevelGrades>,
    /// The documents with their values.
    pub documents: Vec<DocumentValues>,
    /// How many columns the values have.
    pub columns: usize,
    /// Whether there are so many documents that only objectives are shown.
    pub brief: bool,
    /// What fell short although all that supports it was reached.
    pub enough: Vec<EnoughRow>,
    /// The direction that it was all for.
    pub direction: Option<Link>,
}

/// A figure with its name.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Figure {
    /// What it counts.
    pub title: String,
    /// The number.
    pub value: String,
    /// What stands after it, smaller.
    pub small: String,
    /// A class that colours it.
    pub class: &'static str,
}

/// The grades of a level.
#[derive(Clone, Debug, Serialize)]
pub struct LevelGrades {
    /// What the level is called.
    pub name: String,
    /// Its anchor.
    pub id: String,
    /// Its objectives by grade.
    pub chart: Svg,
    /// How many objectives it has.
    pub objectives: String,
    /// How many of them have no grade; empty while none is expected.
    pub ungraded: String,
}

/// What a cycle came to.
pub(super) fn page(site: &Site<'_>, census: &Census, cycle: usize) -> Page {
    let of = &site.book().cycles[cycle];
    let url = format!("{}/review/", of.id);
    let title = site.row(&[&site.text("review.title"), &of.name]);
    let mut chrome = site.chrome(&url, title, Some(cycle), "review");
    let phase = of.phase(site.today);
    let sums = &census.sums[cycle];
    let lede = match phase {
        Phase::Ended => site.story(cycle).grades(sums.grades),
        Phase::Running => site.running_sentence(cycle, sums),
        Phase::Planning => site.text("review.lede-planning"),
    };
    chrome.description = Some(lede.clone());
    let documents = site.book().documents_of(cycle);
    let brief = documents.len() > values::MOST_DOCUMENTS;
    let (begun, graded) = (phase != Phase::Planning, phase == Phase::Ended || has_grades(site, cycle));
    let view = ReviewView {
        cycle: of.name.to_string(),
        dates: site.dates(of),
        phase: site.phase_sentence(of),
        lede,
        ended: phase == Phase::Ended,
        begun,
        graded,
        columns: 2 + (2 - usize::from(brief)) * usize::from(begun) + usize::from(graded),
        figures: if phase == Phase::Planning { Vec::new() } else { site.review_figures(cycle, sums) },
        levels: if phase == Phase::Planning { Vec::new() } else { level_grades(site, cycle) },
        documents: documents.map(|document| site.document_values(document, &url, brief)).collect(),
        brief,
        enough: if phase == Phase::Ended { site.not_enough(cycle) } else { Vec::new() },
        direction: site
            .book()
            .answers_to(cycle)
            .map(|direction| site.link(crate::links::Target::Direction(direction), String::new())),
    };
    Page { kind: "review", chrome, view: View::Review(Box::new(view)) }
}

/// Whether something of a cycle has a grade already.
fn has_grades(site: &Site<'_>, cycle: usize) -> bool {
    let mut objectives =
        site.book().documents_of(cycle).flat_map(|at| &site.book().documents[at].okrs().objectives);
    objectives.any(|objective| objective.grade().is_some())
}

/// The grades of each level of an ended cycle; the progress of one that runs.
pub(super) fn level_grades(site: &Site<'_>, cycle: usize) -> Vec<LevelGrades> {
    let ended = site.book().cycles[cycle].phase(site.today) == Phase::Ended;
    let levels = site.config().levels.iter().enumerate();
    levels
        .filter_map(|(at, level)| {
            let documents: Vec<usize> = site
                .book()
                .documents_of(cycle)
                .filter(|document| site.config().units[site.book().documents[*document].unit].level == at)
                .collect();
            let objectives: Vec<&Objective> = documents
                .iter()
                .flat_map(|document| &site.book().documents[*document].okrs().objectives)
                .filter(|objective| objective.activity == Activity::Active)
                .collect();
            (!objectives.is_empty()).then(|| {
                let count = site.count("count.objectives", objectives.len(), &[]);
                let dots = site.dots(cycle, ended, &level.name, &count, &objectives);
                let ungraded = objectives.len() - dots.objectives.len();
                LevelGrades {
                    name: level.name.to_string(),
                    id: format!("l-{}", level.id),
                    chart: dots.svg(),
                    objectives: count,
                    ungraded: if ended && ungraded > 0 {
                        site.count("cycles.not-graded", ungraded, &[])
                    } else {
                        String::new()
                    },
                }
            })
        })
        .collect()
}

impl Site<'_> {
    fn dots(&self, cycle: usize, ended: bool, level: &str, count: &str, of: &[&Objective]) -> Dots {
        let pace = self.pace(cycle, None);
        let dot = |objective: &&Objective| {
            if ended {
                let grade = objective.grade()?;
                return Some(ObjectiveDot { value: grade, behind: !is_reached(grade) });
            }
            let value = objective.progress(self.today)?;
            Some(ObjectiveDot { value, behind: pace.is_some_and(|pace| self.is_behind(value, pace)) })
        };
        let objectives: Vec<ObjectiveDot> = of.iter().filter_map(dot).collect();
        let behind = objectives.iter().filter(|dot| dot.behind).count();
        let values = [("level", level), ("objectives", count)];
        if ended {
            return Dots {
                label: self.count("review.dots-label", behind, &values),
                track: Track::Grade(REACHED),
                objectives,
                start: self.plain_number(0.0),
                line: self.plain_number(REACHED),
                end: self.plain_number(1.0),
            };
        }
        Dots {
            label: self.count("review.dots-label-running", behind, &values),
            track: pace.map_or(Track::Plain, Track::Pace),
            objectives,
            start: self.percent(0.0),
            line: pace
                .map(|pace| self.say("home.pace-at", &[("n", &self.percent(pace))]))
                .unwrap_or_default(),
            end: self.percent(1.0),
        }
    }

    /// What a cycle came to, in a sentence.
    fn running_sentence(&self, cycle: usize, sums: &Sums) -> String {
        if sums.grades.objectives == 0 {
            return self.text("review.lede-nothing");
        }
        let now = self.text("review.lede-running");
        match self.pace(cycle, None) {
            Some(pace) => {
                let values = [("pace", self.percent(pace)), ("sentence", now)];
                let full = match sums.full {
                    0 => self.text("review.full-none"),
                    full => self.count("review.full", full, &[]),
                };
                self.say(
                    "review.lede-pace",
                    &[("pace", &values[0].1), ("full", &full), ("sentence", &values[1].1)],
                )
            }
            None => now,
        }
    }

    fn review_figures(&self, cycle: usize, sums: &Sums) -> Vec<Figure> {
        let of = |key: &str, n: usize, total: usize| Figure {
            title: self.text(&format!("review.{key}")),
            value: self.whole(n),
            small: self.say("review.of", &[("total", &self.whole(total))]),
            class: "",
        };
        let mut figures = Vec::new();
        if self.book().cycles[cycle].phase(self.today) == Phase::Ended {
            let grades = sums.grades;
            figures.push(of("reached", grades.reached, grades.objectives));
            figures
                .push(Figure { small: String::new(), ..of("fell-short", grades.short, grades.objectives) });
            let due = self.timeline(cycle).due(self.book(), What::Grades, None);
            let small = due.filter(|due| *due < self.today);
            let small = small.map(|due| self.say("review.due-since", &[("date", &self.day(due))]));
            let class = if grades.ungraded() > 0 { "s-bad" } else { "" };
            let small = if grades.ungraded() > 0 { small.unwrap_or_default() } else { String::new() };
            figures.push(Figure { small, class, ..of("not-graded", grades.ungraded(), grades.objectives) });
        }
        if sums.key_results > 0 {
            figures.push(of("in-full", sums.full, sums.key_results));
        }
        if sums.thresholds > 0 {
            figures.push(of("kept", sums.kept, sums.thresholds));
        }
        figures
    }
}
