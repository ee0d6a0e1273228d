//! An OKR document: objectives and key results between the levels beside them, what was said about
//! them, what is invested, who signed.

use std::sync::Arc;

use crate::changes::Doc;
use crate::chart::{Frame, ObjectiveDot, Strip, Track};
use crate::date::Phase;
use crate::links::{Covered, Target};
use crate::model::{
    Activity, Amendment, Book, Document, ItemPlace, KeyResult, Objective, Okrs, Party, REACHED, Signed,
    Signing, heading_ids, is_reached,
};
use crate::prose::{Shared, Text};

use super::parts::{Exchange, Link, Who};
use super::reading::Reading;
use super::site::{Site, root_of};
use super::{Entry, Page, View};

mod contract;
mod key_result;
mod objective;
mod view;

pub(super) use view::*;

/// An OKR document.
pub(super) fn page(site: &Site<'_>, at: usize) -> Page {
    let document = &site.book().documents[at];
    let url = site.book().document_url(at);
    let shared = site.shared(&document.file, &root_of(&url));
    let frame = Arc::new(site.frame(document.cycle));
    let okrs = document.okrs();
    let readings = okrs.objectives.iter().map(|objective| {
        let reading = |key_result| site.reading(document.cycle, objective, key_result);
        objective.key_results.iter().map(reading).collect()
    });
    let readings = readings.collect();
    let maker = Maker { site, book: site.book(), at, document, okrs, shared, frame, readings };
    let unit = &site.config().units[document.unit].name;
    let cycle = &site.book().cycles[document.cycle].name;
    let mut chrome = site.chrome(&url, site.row(&[unit, cycle]), Some(document.cycle), "~overview");
    let objectives: Vec<String> = document
        .okrs()
        .objectives
        .iter()
        .enumerate()
        .map(|(of, _)| site.title(Target::Objective(at, of)))
        .collect();
    chrome.description =
        (!objectives.is_empty()).then(|| objectives.join(site.text("number.separator").as_str()));
    let view = maker.view();
    chrome.description.get_or_insert_with(|| view.sentence.clone());
    Page { kind: "okrs", chrome, view: View::Okrs(Box::new(view)) }
}

/// As many errors as a document shows of itself; the page of health has all.
const MOST_FINDINGS: usize = 4;

struct Maker<'a> {
    site: &'a Site<'a>,
    book: &'a Book,
    at: usize,
    document: &'a Document,
    okrs: &'a Okrs,
    shared: Arc<Shared>,
    frame: Arc<Frame>,
    /// Where the key results of each objective stand.
    readings: Vec<Vec<Reading>>,
}

impl Maker<'_> {
    fn view(&self) -> OkrsView {
        let site = self.site;
        let unit = &site.config().units[self.document.unit];
        let mark = site.mark(self.at);
        let mark_key = mark.key;
        let (findings, findings_more) = self.findings();
        let sides = self.sides();
        OkrsView {
            ribbon: site.ribbon(self.document.cycle, self.document.unit),
            title: unit.name.to_string(),
            cycle: self.book.cycles[self.document.cycle].name.to_string(),
            state: self.state(mark.key),
            mark,
            pair: site.pair(self.at),
            glance: self
                .okrs
                .objectives
                .iter()
                .enumerate()
                .map(|(of, objective)| self.glance(of, objective))
                .collect(),
            sentence: self.sentence(),
            above: self.sections(None, true),
            objectives: self
                .okrs
                .objectives
                .iter()
                .enumerate()
                .map(|(of, objective)| self.objective(of, objective))
                .collect(),
            held: self.held(),
            below: self.sections(None, false),
            assurances: self.assurances(),
            feedback: self.feedback(),
            feedback_summary: self.feedback_summary(),
            feedback_none: self.feedback_none(mark_key),
            investments: (0..self.okrs.investments.len()).map(|of| self.investment(of)).collect(),
            investments_summary: self.investments_summary(),
            signatures: self.signatures(),
            links: self.okrs.links.iter().map(|link| Text::inline(&link.value, &self.shared)).collect(),
            findings,
            findings_more,
            side_titles: self.side_titles(&sides),
            sides,
            previous: self.in_other_cycle(true),
            next: self.in_other_cycle(false),
            edit: site.edit_url(self.document.path()),
            changed: site.last_changed(self.document.path()),
            frame: format!("{}{}", self.frame.defs(), self.track().defs()),
        }
    }

    fn state(&self, key: &str) -> String {
        let due = self.site.timeline(self.document.cycle).due(
            self.book,
            crate::config::What::Drafts,
            Some(self.site.config().units[self.document.unit].level),
        );
        match (key, due) {
            ("preparing", Some(due)) if due >= self.site.today => {
                self.site.say("state.preparing-due", &[("date", &self.site.day(due))])
            }
            ("set" | "delivered", _) => self.site.text("state.one-party-title"),
            (key, _) => self.site.text(&format!("state.{key}-title")),
        }
    }

    /// The stretches of the text that belong to an item, or to the document.
    fn sections(&self, item: Option<&str>, above: bool) -> Vec<Text> {
        let file = &self.document.file;
        let own = |section: &&crate::model::Section| {
            section.item.as_deref() == item && (item.is_some() || section.above == above)
        };
        if !file.sections.iter().any(|section| own(&section)) {
            return Vec::new();
        }
        let ids = heading_ids(file);
        file.sections
            .iter()
            .filter(own)
            .map(|section| {
                let source = file.source.slice(section.span);
                let headings = &file.parts.scan.headings[section.headings.clone()];
                let mut ids: Vec<String> = ids[section.headings.clone()].to_vec();
                let mut source = Arc::<str>::from(source);
                let mut bare = false;
                if let (Some(item), Some(first)) = (item, headings.first())
                    && first.id.as_deref() == Some(item)
                {
                    // the anchor stays with the item
                    ids[0] = String::new();
                    bare = first.text.trim().is_empty() || self.is_title(item, &first.text);
                }
                if bare {
                    let rest = source.split_once('\n').map_or("", |(_, rest)| rest).to_owned();
                    source = Arc::from(rest);
                    ids.remove(0);
                }
                let top = headings.iter().map(|heading| heading.level).min().unwrap_or(2);
                let wanted: u8 = if item.is_some() { 3 } else { 2 };
                Text {
                    source,
                    shared: Arc::clone(&self.shared),
                    ids,
                    shift: wanted.saturating_sub(top),
                    ..Text::default()
                }
            })
            .filter(|text| !text.is_empty())
            .collect()
    }

    /// Whether a heading says what the title of its item says already.
    fn is_title(&self, item: &str, heading: &str) -> bool {
        let place = self.okrs.place(item);
        place
            .is_some_and(|place| self.site.title(Target::item(self.at, Some(place))).trim() == heading.trim())
    }

    fn glance(&self, of: usize, objective: &Objective) -> Glance {
        let (progress, behind) = self.far(objective);
        Glance {
            title: self.site.title(Target::Objective(self.at, of)),
            id: objective.id.as_ref().map(|id| id.value.to_string()),
            progress,
            behind,
            strip: self.strip(objective),
        }
    }

    /// Whether grades count in this document: its cycle has ended, and an objective has one.
    fn graded(&self) -> bool {
        let ended = self.book.cycles[self.document.cycle].phase(self.site.today) == Phase::Ended;
        ended && self.okrs.objectives.iter().any(|objective| objective.grade().is_some())
    }

    /// How far an objective is, or what it came to; and whether that is short.
    fn far(&self, objective: &Objective) -> (String, bool) {
        match objective.grade().filter(|_| self.graded()) {
            Some(grade) => {
                let said = self.site.say("okrs.grade", &[("grade", &self.site.grade(grade))]);
                (said, objective.activity == Activity::Active && !is_reached(grade))
            }
            None if self.graded() => (self.site.text("review.not-graded-short"), false),
            None => self.site.objective_progress(self.document.cycle, objective),
        }
    }

    /// What the objectives are held against.
    fn track(&self) -> Track {
        if self.graded() { Track::Grade(REACHED) } else { self.site.track(self.document.cycle) }
    }

    /// An objective on the line of what it is held against.
    fn strip(&self, objective: &Objective) -> String {
        let track = self.track();
        if !self.graded() {
            // before a cycle begins there is nothing to draw
            let planning = self.book.cycles[self.document.cycle].phase(self.site.today) == Phase::Planning;
            let drawn: &[&Objective] = if planning { &[] } else { &[objective] };
            return self.site.strip(self.document.cycle, drawn).svg_in(&track);
        }
        let dot = |value: f64| ObjectiveDot { value, behind: self.far(objective).1 };
        Strip { label: None, track, objectives: objective.grade().map(dot).into_iter().collect() }
            .svg_in(&track)
    }

    /// How the key results stand: how many ahead, behind, met and not, silent, paused.
    fn sentence(&self) -> String {
        let site = self.site;
        let of = |icon: &str, met: bool| {
            self.readings
                .iter()
                .flatten()
                .filter(|reading| reading.icon == icon && (reading.chart == "broken") == met)
                .count()
        };
        let mut parts = Vec::new();
        // what was named just before is not named again
        let mut add = |key: &str, count: usize, named: usize| {
            if count > 0 {
                let key = if named > 0 { format!("{key}-too") } else { key.to_owned() };
                parts.push(site.count(&key, count, &[]));
            }
        };
        let (ahead, behind, met) = (of("ahead", false), of("behind", false), of("met", false));
        add("okrs.glance-ahead", ahead, 0);
        add("okrs.glance-behind", behind, ahead);
        add("okrs.glance-silent", of("none", false), ahead + behind);
        add("okrs.glance-paused", of("paused", false), ahead + behind);
        add("okrs.glance-met", met, 0);
        add("okrs.glance-not-met", of("broken", true), met);
        let said = site.lang.list(&parts);
        let cycle = &self.book.cycles[self.document.cycle];
        match (cycle.phase(site.today), site.pace(self.document.cycle, None)) {
            (Phase::Running, Some(pace)) if !said.is_empty() => site.say(
                "okrs.glance",
                &[
                    ("pace", &site.percent(pace)),
                    ("date", &site.day(site.today)),
                    ("sentence", &format!("{said}.")),
                ],
            ),
            _ => site.phase_sentence(cycle),
        }
    }

    fn held(&self) -> Vec<Link> {
        let held = self.site.analysis.links.held.get(&(self.document.cycle, self.document.unit));
        self.with_units(held.map(Vec::as_slice))
    }

    /// The errors in the document, where it is published in spite of them: the first, and how many more.
    fn findings(&self) -> (Vec<String>, Option<String>) {
        let path = self.document.path();
        let found = &self.site.analysis.found;
        let start = found.partition_point(|found| found.finding.place.path < *path);
        let mut all: Vec<String> = found[start..]
            .iter()
            .take_while(|found| found.finding.place.path == *path)
            .filter(|found| found.severity == crate::diagnostic::Severity::Error)
            .map(|found| {
                let line = self.document.file.source.position(found.finding.place.span.start()).line;
                format!("{path}:{line}: {}", found.finding.message)
            })
            .collect();
        let shown = if all.len() > MOST_FINDINGS + 1 { MOST_FINDINGS } else { all.len() };
        let rest = all.split_off(shown).len();
        (all, (rest > 0).then(|| self.site.count("list.more", rest, &[])))
    }

    /// The levels above and below, as the heads of the side columns name them.
    fn sides(&self) -> [Option<String>; 2] {
        let config = self.site.config();
        let unit = &config.units[self.document.unit];
        let above = unit.within.map(|within| config.units[within].name.to_string());
        let below = config
            .units
            .iter()
            .find(|other| other.within == Some(self.document.unit))
            .map(|other| config.levels[other.level].name.to_string());
        [above, below]
    }

    fn side_titles(&self, [above, below]: &[Option<String>; 2]) -> [String; 2] {
        let title = |side: &Option<String>, key: &str, place: &str| match side {
            Some(name) => self.site.say(&format!("{key}-in"), &[(place, name)]),
            None => self.site.text(key),
        };
        [title(above, "key-result.supports", "unit"), title(below, "key-result.supported-by", "level")]
    }

    fn in_other_cycle(&self, before: bool) -> Option<Entry> {
        let rhythm = self.book.cycles[self.document.cycle].rhythm;
        let fits = |cycle: &usize| self.book.cycles[*cycle].rhythm == rhythm;
        let mut candidates: Vec<usize> = if before {
            (0..self.document.cycle).rev().collect()
        } else {
            (self.document.cycle + 1..self.book.cycles.len()).collect()
        };
        candidates.retain(fits);
        candidates.into_iter().find_map(|cycle| {
            let at = self.book.document_of(cycle, self.document.unit)?;
            Some(Entry {
                title: self.site.config().units[self.document.unit].name.to_string(),
                url: self.book.document_url(at),
                note: self.book.cycles[cycle].name.to_string(),
                current: false,
            })
        })
    }
}
