//! Where a cycle stands: its deliverables and who is late with them, contracts, progress against the
//! pace, what has gone quiet, and at the end the grades. As facts, as JSON, and as a screenful of text.

mod contracts;
mod documents;
mod grid;
mod quiet;
mod text;
mod time;

use serde::{Serialize, Serializer};

pub use contracts::Contracts;
pub use documents::{DocumentStatus, GradesStatus, ObjectiveStatus};
pub use grid::wrapped;
pub use quiet::Quiet;
pub use text::{Screen, text};
pub use time::{CycleTime, DeliveryStatus, Late};

use crate::Analysis;
use crate::date::{Date, Phase};
use crate::lang::Lang;
use crate::model::{Book, TimelineState};
use crate::story::Story;

/// What is due within so many days is told of other cycles too.
const NEAR_DAYS: i64 = 28;

/// Where a book stands on a day.
#[derive(Clone, Debug, Serialize)]
pub struct Status {
    /// The version of this object's shape.
    pub version: u32,
    /// The day.
    #[serde(serialize_with = "day")]
    pub date: Date,
    /// The cycle that was asked for, else the current one; none in a book without cycles.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cycle: Option<CycleStatus>,
    /// Unless one was asked for: the other cycles in which something is overdue or due soon.
    pub other_cycles: Vec<CycleTime>,
}

/// Where a cycle stands.
#[derive(Clone, Debug, Serialize)]
pub struct CycleStatus {
    /// Its time: what is due, and who is late.
    #[serde(flatten)]
    pub time: CycleTime,
    /// How much of it has passed, 0.0 to 1.0, once it has begun.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "share")]
    pub pace: Option<f64>,
    /// How many documents are signed.
    pub contracts: Contracts,
    /// Each document, by level and unit.
    pub documents: Vec<DocumentStatus>,
    /// Key results without a check-in for long.
    pub quiet: Vec<Quiet>,
    /// What it came to, once it has ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grades: Option<GradesStatus>,
}

/// What a status is made from.
pub(crate) struct Facts<'a> {
    analysis: &'a Analysis,
    lang: &'a Lang,
    today: Date,
}

impl Status {
    /// Where a book stands on a day: a cycle of it, or the current one and what is near in others.
    pub fn of(analysis: &Analysis, lang: &Lang, today: Date, cycle: Option<usize>) -> Self {
        let facts = Facts { analysis, lang, today };
        let shown = cycle.or_else(|| facts.book().current(today));
        let others = match cycle {
            Some(_) => Vec::new(),
            None => (0..facts.book().cycles.len())
                .filter(|other| Some(*other) != shown && facts.is_near(*other))
                .map(|other| facts.time(other))
                .collect(),
        };
        let cycle = shown.map(|shown| facts.cycle(shown));
        Self { version: 1, date: today, cycle, other_cycles: others }
    }

    /// Whether something that it tells of is overdue.
    pub fn is_overdue(&self) -> bool {
        let own = self.cycle.iter().map(|cycle| &cycle.time);
        own.chain(&self.other_cycles).any(|time| time.overdue)
    }
}

/// A status for other programs, ending with a line end.
pub fn json(status: &Status) -> String {
    let mut text = serde_json::to_string_pretty(status).unwrap_or_default();
    text.push('\n');
    text
}

impl<'a> Facts<'a> {
    fn book(&self) -> &'a Book {
        &self.analysis.book
    }

    fn story(&self, cycle: usize) -> Story<'a> {
        let timeline = &self.analysis.timelines[cycle];
        Story { lang: self.lang, book: self.book(), cycle, timeline, today: self.today }
    }

    fn cycle(&self, cycle: usize) -> CycleStatus {
        let quiet = self.quiet(cycle);
        let documents = self.documents(cycle);
        let ended = self.book().cycles[cycle].phase(self.today) == Phase::Ended;
        let grades = self.book().grades(cycle);
        let mut time = self.time(cycle);
        if !quiet.is_empty() {
            time.story.push_str(&format!(" {}", self.story(cycle).quiet(quiet.len())));
        }
        if ended && grades.objectives > 0 {
            time.story.push_str(&format!(" {}", self.story(cycle).grades(grades)));
        }
        let grades = ended.then_some(GradesStatus::from(grades));
        CycleStatus {
            time,
            pace: self.book().pace(cycle, None, self.today),
            contracts: self.contracts(cycle),
            documents,
            quiet,
            grades,
        }
    }

    /// Whether a cycle is no history and has something overdue or due soon.
    fn is_near(&self, cycle: usize) -> bool {
        let live = self.book().cycles[cycle].is_live(self.today);
        live && self.deliveries(cycle).any(|delivery| match delivery.state {
            TimelineState::Overdue => true,
            TimelineState::Due => delivery.left <= NEAR_DAYS,
            _ => false,
        })
    }
}

fn day<S: Serializer>(day: &Date, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(day)
}

fn maybe_day<S: Serializer>(day: &Option<Date>, serializer: S) -> Result<S::Ok, S::Error> {
    match day {
        Some(day) => serializer.collect_str(day),
        None => serializer.serialize_none(),
    }
}

/// A share of one; 0 and 1 without a fraction.
fn share<S: Serializer>(share: &Option<f64>, serializer: S) -> Result<S::Ok, S::Error> {
    match share {
        Some(share) if share.fract() == 0.0 => serializer.serialize_i64(*share as i64),
        Some(share) => serializer.serialize_f64(*share),
        None => serializer.serialize_none(),
    }
}
