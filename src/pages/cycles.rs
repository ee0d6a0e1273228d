//! All cycles on one scale: when each is, how punctual it was, what it came to.

mod picture;

use serde::Serialize;

use crate::config::What;
use crate::date::{Phase, Rhythm, days_between};
use crate::model::{Delivery, TimelineState};
use crate::pages::parts::Svg;

use super::census::Census;
use super::site::Site;
use super::{Page, View};

/// All cycles.
#[derive(Debug, Serialize)]
pub struct CyclesView {
    /// From the first day of them to the last.
    pub span: String,
    /// How things stand, in a sentence.
    pub lede: String,
    /// The cycles on one scale.
    pub chart: Svg,
    /// Whether what came late is drawn as a bar, as high as it was late.
    pub bars: bool,
    /// What is due in a cycle.
    pub columns: Vec<String>,
    /// Cycles of one length, the newest first.
    pub groups: Vec<CycleGroup>,
}

/// Cycles of one length.
#[derive(Debug, Serialize)]
pub struct CycleGroup {
    /// `Quarters`.
    pub name: String,
    /// The newest first.
    pub rows: Vec<CycleRow>,
}

/// A cycle.
#[derive(Debug, Serialize)]
pub struct CycleRow {
    /// What it is called.
    pub name: String,
    /// Its page.
    pub url: String,
    /// Where its process is told.
    pub timeline: String,
    /// Where it is in its time.
    pub phase: String,
    /// Whether it runs.
    pub running: bool,
    /// From when to when it is.
    pub dates: String,
    /// How punctual each deliverable was.
    pub cells: Vec<PunctualCell>,
    /// How many documents are final.
    pub documents: String,
    /// Its objectives, and how they stand.
    pub objectives: String,
}

/// How punctual a deliverable was.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PunctualCell {
    /// The deliverable.
    pub label: String,
    /// The symbol; none where nothing is to be said.
    pub icon: &'static str,
    /// A class that colours it.
    pub class: &'static str,
    /// `2 days early`.
    pub says: String,
}

/// The page of all cycles.
pub(super) fn page(site: &Site<'_>, census: &Census) -> Page {
    let url = "timeline/";
    let title = site.text("cycles.title");
    let mut chrome = site.chrome(url, title, None, "");
    let lede = site.cycles_sentence();
    let chart = site.cycles_picture();
    chrome.description = Some(lede.clone());
    let view = CyclesView {
        span: site.all_dates(),
        lede,
        bars: chart.as_ref().is_some_and(|chart| chart.has_bars()),
        chart: chart.map(|chart| chart.svg()).unwrap_or_default(),
        columns: site.cycle_columns(),
        groups: site.cycle_groups(census),
    };
    Page { kind: "cycles", chrome, view: View::Cycles(Box::new(view)) }
}

impl Site<'_> {
    fn all_dates(&self) -> String {
        let cycles = &self.book().cycles;
        let first = cycles.iter().map(|cycle| cycle.start).min();
        let last = cycles.iter().filter_map(|cycle| cycle.end).max();
        match (first, last) {
            (Some(first), Some(last)) if first < last => self.lang.span(first, last),
            (Some(first), _) => self.say("date.since", &[("date", &self.lang.day_year(first))]),
            (None, _) => String::new(),
        }
    }

    fn cycles_sentence(&self) -> String {
        let cycles = &self.book().cycles;
        if cycles.is_empty() {
            return self.text("cycles.none");
        }
        let own = self.config().calendar.rhythm;
        let mut sentences = Vec::new();
        if let Some(at) = self.book().current(self.today) {
            let cycle = &cycles[at];
            let said = match (cycle.phase(self.today), cycle.end) {
                (Phase::Running, Some(end)) => {
                    self.say("cycles.runs-until", &[("cycle", &cycle.name), ("date", &self.day(end))])
                }
                (Phase::Running, None) => self.say("cycles.runs", &[("cycle", &cycle.name)]),
                (Phase::Planning, _) => {
                    self.say("cycles.begins", &[("cycle", &cycle.name), ("date", &self.day(cycle.start))])
                }
                (Phase::Ended, end) => {
                    let date = end.map(|end| self.day(end)).unwrap_or_default();
                    self.say("cycles.ended", &[("cycle", &cycle.name), ("date", &date)])
                }
            };
            sentences.push(said);
        }
        sentences.extend(self.next_sentence());
        let ended: Vec<usize> = (0..cycles.len())
            .filter(|at| cycles[*at].phase(self.today) == Phase::Ended && cycles[*at].rhythm == Some(own))
            .collect();
        sentences.extend(self.punctual_sentence(&ended));
        sentences.extend(self.change_sentence());
        sentences.join(" ")
    }

    /// When the next cycle begins, or is prepared.
    fn next_sentence(&self) -> Option<String> {
        let current = self.book().current(self.today)?;
        let cycles = &self.book().cycles;
        let coming = |at: &usize| *at != current && cycles[*at].phase(self.today) == Phase::Planning;
        let next = (0..cycles.len()).find(coming)?;
        let days = usize::try_from(days_between(self.today, cycles[next].start)).unwrap_or_default();
        Some(self.count("cycles.next-in", days, &[("cycle", &cycles[next].name)]))
    }

    /// How many of the cycles that ended had all contracts on their day.
    fn punctual_sentence(&self, ended: &[usize]) -> Option<String> {
        let finals: Vec<&Delivery> = ended
            .iter()
            .filter_map(|cycle| {
                let deliveries = &self.timeline(*cycle).deliveries;
                deliveries.iter().find(|one| one.what == What::Final && one.is_expected())
            })
            .collect();
        if finals.is_empty() {
            return None;
        }
        let done = finals.iter().filter(|delivery| delivery.state == TimelineState::Done).count();
        let values = [("total", self.whole(finals.len()))];
        if done == 0 {
            return Some(self.count("cycles.none-in-time", finals.len(), &[]));
        }
        if done == finals.len() {
            return Some(self.count("cycles.all-in-time", finals.len(), &[]));
        }
        Some(self.count("cycles.some-in-time", done, &[("total", &values[0].1)]))
    }

    /// How punctual the contracts of the first cycle were, and those of the latest, with some between them.
    fn change_sentence(&self) -> Option<String> {
        let own = Some(self.config().calendar.rhythm);
        let cycles = self.book().cycles.iter().enumerate().filter(|(_, cycle)| cycle.rhythm == own);
        let signed: Vec<(&str, i64)> = cycles
            .filter_map(|(at, cycle)| {
                let last = self.timeline(at).of_kind(What::Final).next_back()?;
                Some((&*cycle.name, last.by()?))
            })
            .collect();
        let ((first, early), (last, late)) = (signed.first()?, signed.last()?);
        if signed.len() < 3 {
            return None;
        }
        let (early, late) = (self.distance(*early), self.distance(*late));
        let values = [("first", *first), ("first-how", &early), ("last", *last), ("last-how", &late)];
        Some(self.say("cycles.change", &values))
    }

    /// What is due in a cycle, as the heads of columns say it.
    fn cycle_columns(&self) -> Vec<String> {
        self.config().deliverables.iter().map(|deliverable| self.column_name(deliverable)).collect()
    }

    fn column_name(&self, deliverable: &crate::config::Deliverable) -> String {
        let alike = self.config().deliverables.iter().filter(|other| other.what == deliverable.what).count();
        match &deliverable.name {
            Some(name) if alike > 1 || deliverable.what == What::Other => name.to_string(),
            _ => self.text(&format!("timeline.{}", deliverable.what.as_str())),
        }
    }

    fn cycle_groups(&self, census: &Census) -> Vec<CycleGroup> {
        let own = self.config().calendar.rhythm;
        let mut rhythms: Vec<Option<Rhythm>> = vec![Some(own)];
        rhythms.extend(Rhythm::ALL.iter().filter(|rhythm| **rhythm != own).map(|rhythm| Some(*rhythm)));
        rhythms.push(None);
        let group = |rhythm: Option<Rhythm>| {
            let name = rhythm.map_or("declared", Rhythm::as_str);
            CycleGroup {
                name: self.text(&format!("rhythm.{name}")),
                rows: (0..self.book().cycles.len())
                    .rev()
                    .filter(|at| self.book().cycles[*at].rhythm == rhythm)
                    .map(|at| self.cycle_row(census, at))
                    .collect(),
            }
        };
        rhythms.into_iter().map(group).filter(|group| !group.rows.is_empty()).collect()
    }

    fn cycle_row(&self, census: &Census, at: usize) -> CycleRow {
        let cycle = &self.book().cycles[at];
        let cells = self
            .config()
            .deliverables
            .iter()
            .enumerate()
            .map(|(number, deliverable)| {
                let delivery =
                    self.timeline(at).deliveries.iter().find(|delivery| delivery.deliverable == number);
                let label = self.column_name(deliverable);
                self.punctual(at, delivery, label)
            })
            .collect();
        CycleRow {
            name: cycle.name.to_string(),
            url: format!("{}/", cycle.id),
            timeline: format!("{}/timeline/", cycle.id),
            phase: self.phase_word(cycle),
            running: cycle.phase(self.today) == Phase::Running,
            dates: self.cycle_days(at),
            cells,
            documents: self.final_documents(at),
            objectives: self.objectives_of(census, at),
        }
    }

    /// From when to when, short.
    fn cycle_days(&self, at: usize) -> String {
        let cycle = &self.book().cycles[at];
        match cycle.end {
            Some(end) => self
                .say("date.span", &[("start", &self.day_short(cycle.start)), ("end", &self.day_short(end))]),
            None => self.say("date.since", &[("date", &self.day_short(cycle.start))]),
        }
    }

    fn final_documents(&self, at: usize) -> String {
        let documents = self.book().documents_of(at);
        let total = documents.len();
        if total == 0 {
            let expected = (0..self.config().units.len()).filter(|unit| self.book().is_expected(*unit, at));
            return match expected.count() {
                0 => self.text("number.none"),
                expected => self.count("cycles.expected", expected, &[]),
            };
        }
        let done = documents.filter(|document| self.analysis.signatures[*document].both().is_some()).count();
        self.say("number.of", &[("n", &self.whole(done)), ("total", &self.whole(total))])
    }

    fn objectives_of(&self, census: &Census, at: usize) -> String {
        let sums = &census.sums[at].grades;
        if sums.objectives == 0 {
            return self.text("number.none");
        }
        let all = self.whole(sums.objectives);
        if self.book().cycles[at].phase(self.today) == Phase::Ended {
            if sums.ungraded() == sums.objectives {
                return self.say("cycles.none-graded", &[("objectives", &all)]);
            }
            let graded = self.count("cycles.graded-of", sums.reached, &[("objectives", &all)]);
            return match sums.ungraded() {
                0 => graded,
                ungraded => format!("{graded}; {}", self.count("cycles.not-graded", ungraded, &[])),
            };
        }
        let Some(pace) = self.pace(at, None) else { return all };
        let behind = self
            .book()
            .documents_of(at)
            .flat_map(|document| &self.book().documents[document].okrs().objectives)
            .filter(|objective| objective.activity == crate::model::Activity::Active)
            .filter_map(|objective| objective.progress(self.today))
            .filter(|progress| self.is_behind(*progress, pace))
            .count();
        match behind {
            0 => self.say("cycles.none-behind", &[("objectives", &all)]),
            behind => self.count("cycles.behind-of", behind, &[("objectives", &all)]),
        }
    }

    fn punctual(&self, at: usize, delivery: Option<&Delivery>, label: String) -> PunctualCell {
        let none = PunctualCell {
            label: label.clone(),
            class: "muted",
            says: self.text("number.none"),
            ..PunctualCell::default()
        };
        let Some(delivery) = delivery else { return none };
        if delivery.what != What::Other && !delivery.is_expected() {
            return none;
        }
        if delivery.what == What::Direction
            && let Some(around) = self.story(at).borrowed_direction()
        {
            let says = self.say("cycles.of-cycle", &[("cycle", &around.name)]);
            return PunctualCell { says, ..none };
        }
        let (icon, class, says) = match (delivery.state, delivery.by()) {
            (TimelineState::Done, _) if delivery.what == What::Other => {
                ("", "muted", self.day_short(delivery.due))
            }
            (TimelineState::Done | TimelineState::Late, Some(by)) => {
                let (icon, class) = if by > 0 { ("behind", "s-warn") } else { ("met", "") };
                (icon, class, self.distance(by))
            }
            (TimelineState::Done | TimelineState::Late, None) => ("met", "", self.text("timeline.done")),
            (TimelineState::Due, _) => {
                ("", "muted", self.say("unit.due", &[("date", &self.day_short(delivery.due))]))
            }
            (TimelineState::Overdue, _) => {
                let (there, total) = (delivery.delivered(), delivery.expected.len());
                let values = [("n", self.whole(there)), ("total", self.whole(total))];
                let says = match (delivery.what, total) {
                    (What::Direction, _) => self.text("timeline.missing-short"),
                    _ => self.say("number.of", &[("n", &values[0].1), ("total", &values[1].1)]),
                };
                ("open", "s-bad", says)
            }
        };
        PunctualCell { label, icon, class, says }
    }
}
