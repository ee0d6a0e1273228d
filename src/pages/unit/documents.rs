//! The documents of a unit: who signed when, how the objectives stand or what they came to.

use serde::Serialize;

use crate::chart::{ObjectiveDot, Strip, Track};
use crate::config::What;
use crate::date::{Date, Phase};
use crate::model::{Activity, Objective, Party, REACHED, is_reached};
use crate::pages::parts::{Mark, Svg};
use crate::pages::site::Site;

/// A document of a unit, or that there is none.
#[derive(Debug, Serialize)]
pub struct DocumentRow {
    /// The cycle.
    pub cycle: String,
    /// The document's page; the cycle's without one.
    pub url: String,
    /// The symbol of its state; hollow without a document.
    pub mark: Option<Mark>,
    /// Its state in a word, where it is not final.
    pub state: String,
    /// The party that sets.
    pub set_by: SignedBy,
    /// The party that delivers.
    pub delivered_by: SignedBy,
    /// Its objectives drawn.
    pub strip: Svg,
    /// Their progress or grades.
    pub figures: String,
    /// How much feedback there was.
    pub feedback: String,
    /// The pace, if the cycle runs.
    #[serde(skip)]
    pub pace: Option<String>,
    /// Whether the cycle has ended.
    #[serde(skip)]
    pub graded: bool,
}

/// A party's signatures in a few words.
#[derive(Debug, Default, Serialize)]
pub struct SignedBy {
    /// Who.
    pub who: String,
    /// When the last of them signed, or that somebody has not.
    pub when: String,
    /// A class that colours it.
    pub class: &'static str,
}

impl Site<'_> {
    pub(super) fn unit_documents(&self, unit: usize) -> Vec<DocumentRow> {
        (0..self.book().cycles.len())
            .rev()
            .filter_map(|cycle| match self.book().document_of(cycle, unit) {
                Some(at) => Some(self.document_row(at)),
                None => self.absent_row(cycle, unit),
            })
            .collect()
    }

    /// A cycle in which a document is expected and there is none.
    fn absent_row(&self, cycle: usize, unit: usize) -> Option<DocumentRow> {
        if !self.book().is_expected(unit, cycle) {
            return None;
        }
        let level = self.config().units[unit].level;
        let of = &self.book().cycles[cycle];
        let drafts = self.timeline(cycle).due(self.book(), What::Drafts, Some(level));
        let due = drafts.filter(|due| *due >= self.today);
        Some(DocumentRow {
            cycle: of.name.to_string(),
            url: format!("{}/", of.id),
            mark: Some(self.no_document()),
            state: self.text("state.missing"),
            set_by: SignedBy::default(),
            delivered_by: SignedBy::default(),
            strip: String::new(),
            figures: due.map(|due| self.say("unit.due", &[("date", &self.day(due))])).unwrap_or_default(),
            feedback: self.text("number.none"),
            pace: None,
            graded: false,
        })
    }

    fn document_row(&self, at: usize) -> DocumentRow {
        let document = &self.book().documents[at];
        let cycle = &self.book().cycles[document.cycle];
        let mark = self.mark(at);
        let level = self.config().units[document.unit].level;
        let due = self.timeline(document.cycle).due(self.book(), What::Final, Some(level));
        let ended = cycle.phase(self.today) == Phase::Ended;
        let pace = self.pace(document.cycle, None).filter(|_| !ended);
        let objectives: Vec<&Objective> = document
            .okrs()
            .objectives
            .iter()
            .filter(|objective| objective.activity == Activity::Active)
            .collect();
        let state = match mark.key {
            "final" => String::new(),
            "draft" | "set" | "delivered" if ended => self.text("unit.never-final"),
            key => self.text(&format!("state.{key}")),
        };
        let figures: Vec<String> =
            objectives.iter().map(|objective| self.figure(document.cycle, objective)).collect();
        let drawn = cycle.phase(self.today) != Phase::Planning;
        DocumentRow {
            cycle: cycle.name.to_string(),
            url: self.book().document_url(at),
            state,
            set_by: self.signed_by(at, Party::SetBy, due),
            delivered_by: self.signed_by(at, Party::DeliveredBy, due),
            strip: if drawn { self.objective_strip(ended, pace, &objectives).svg() } else { String::new() },
            figures: if drawn { figures.join(&self.text("number.separator")) } else { String::new() },
            feedback: match document.okrs().feedback.len() {
                0 => self.text("number.none"),
                count => self.whole(count),
            },
            pace: pace.map(|pace| self.percent(pace)),
            graded: ended,
            mark: Some(mark),
        }
    }

    /// The grade of an objective of an ended cycle, the progress of one that runs.
    pub(super) fn figure(&self, cycle: usize, objective: &Objective) -> String {
        if self.book().cycles[cycle].phase(self.today) == Phase::Ended {
            return objective.grade().map_or_else(|| self.text("number.none"), |grade| self.grade(grade));
        }
        if self.book().cycles[cycle].phase(self.today) == Phase::Planning {
            return self.text("number.none");
        }
        objective.progress(self.today).map_or_else(|| self.text("number.none"), |share| self.percent(share))
    }

    fn objective_strip(&self, ended: bool, pace: Option<f64>, objectives: &[&Objective]) -> Strip {
        let dot = |objective: &&Objective| {
            if ended {
                let value = objective.grade()?;
                return Some(ObjectiveDot { value, behind: !is_reached(value) });
            }
            let value = objective.progress(self.today)?;
            Some(ObjectiveDot { value, behind: pace.is_some_and(|pace| self.is_behind(value, pace)) })
        };
        let track = match (ended, pace) {
            (true, _) => Track::Grade(REACHED),
            (false, Some(pace)) => Track::Pace(pace),
            (false, None) => Track::Plain,
        };
        Strip { label: None, track, objectives: objectives.iter().filter_map(dot).collect() }
    }

    /// Who of a party signed, and when the last of them did.
    pub(in crate::pages) fn signed_by(&self, at: usize, party: Party, due: Option<Date>) -> SignedBy {
        const MOST: usize = 2;
        let signing = self.analysis.signatures[at].party(party);
        let mut names: Vec<String> = signing.signed.iter().map(|signed| self.who(&signed.by).name).collect();
        names.extend(signing.waiting.iter().map(|who| self.who(who).name));
        let who = if names.len() > MOST {
            self.count("count.people", names.len(), &[])
        } else {
            self.lang.list(&names)
        };
        let missing = signing.waiting.len();
        let over = due.is_some_and(|due| due < self.today);
        let (when, class) = match (signing.complete, signing.signed.is_empty()) {
            (Some(day), _) if due.is_some_and(|due| day > due) => {
                (self.say("date.late-short", &[("date", &self.day_short(day))]), "s-warn")
            }
            (Some(day), _) => (self.day_short(day), ""),
            (None, true) if !over => (self.text("date.not-yet"), "muted"),
            (None, true) => (self.text("party.not-signed"), "s-bad"),
            (None, false) => {
                let total = signing.signed.len() + missing;
                let values = [self.whole(signing.signed.len()), self.whole(total)];
                let said = self.say("party.signed-of", &[("n", &values[0]), ("total", &values[1])]);
                (said, if over { "s-bad" } else { "muted" })
            }
        };
        SignedBy { who, when, class }
    }
}
