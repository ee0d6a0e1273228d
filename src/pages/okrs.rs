//! An OKR document: objectives and key results between the levels beside them, what was said about
//! them, what is invested, who signed.

use std::sync::Arc;

use serde::Serialize;

use crate::date::Phase;
use crate::links::{Covered, Target};
use crate::model::{
    Activity, Amendment, Book, Document, ItemPlace, KeyResult, Objective, Okrs, Party, Signed, Signing,
    heading_ids,
};
use crate::prose::{Shared, Text};

use super::parts::{Exchange, Link, Mark, Pair, RibbonLevel, Who};
use super::reading::{Agreed, Reading};
use super::site::{Site, root_of};
use super::{Entry, Page, View};

/// An OKR document.
#[derive(Debug, Serialize)]
pub struct OkrsView {
    /// The levels beside each other.
    pub ribbon: Vec<RibbonLevel>,
    /// The unit.
    pub title: String,
    /// The cycle.
    pub cycle: String,
    /// The symbol of its state.
    pub mark: Mark,
    /// Its state, in words.
    pub state: String,
    /// The two parties.
    pub pair: Pair,
    /// Its objectives at a glance.
    pub glance: Vec<Glance>,
    /// Where the key results stand, in a sentence.
    pub sentence: String,
    /// Text above the OKRs.
    pub above: Vec<Text>,
    /// Its objectives.
    pub objectives: Vec<ObjectiveView>,
    /// Objectives of other units that it holds too.
    pub held: Vec<Link>,
    /// Text below them.
    pub below: Vec<Text>,
    /// What it answers to key results above.
    pub assurances: Vec<Link>,
    /// The round trip.
    pub feedback: Vec<Exchange>,
    /// How much of it there is.
    pub feedback_summary: String,
    /// What is invested.
    pub investments: Vec<InvestmentView>,
    /// How much, against what is expected.
    pub investments_summary: String,
    /// The signature lines.
    pub signatures: SignaturesView,
    /// Addresses.
    pub links: Vec<Text>,
    /// What is wrong with it, where it is published in spite of that.
    pub findings: Vec<String>,
    /// What its key results support is of this level, and what supports them of that one.
    pub sides: [Option<String>; 2],
    /// The same unit in the cycle before.
    pub previous: Option<Entry>,
    /// The same unit in the cycle after.
    pub next: Option<Entry>,
    /// Where it is edited.
    pub edit: Option<String>,
    /// The charts' shared axis.
    pub frame: String,
}

/// An objective in a line.
#[derive(Debug, Serialize)]
pub struct Glance {
    /// Its title.
    pub title: String,
    /// Its anchor; none where its id is missing.
    pub id: Option<String>,
    /// Its progress in a word.
    pub progress: String,
    /// Whether it is behind the pace.
    pub behind: bool,
    /// Its progress drawn against the pace.
    pub strip: String,
}

/// An objective.
#[derive(Debug, Serialize)]
pub struct ObjectiveView {
    /// Its anchor.
    pub id: Option<String>,
    /// `Objective 1`.
    pub number: String,
    /// Its title.
    pub title: Option<Text>,
    /// Its title without marks.
    pub plain: String,
    /// Who owns it.
    pub owners: Vec<Who>,
    /// What is said of it in a few words each: commitment, themes, labels.
    pub facts: Vec<Fact>,
    /// Its progress.
    pub progress: String,
    /// Whether it is behind the pace.
    pub behind: bool,
    /// The reason.
    pub why: Option<Text>,
    /// Sections of the text that belong to it.
    pub text: Vec<Text>,
    /// What came of it.
    pub outcome: Option<Text>,
    /// Why it is not worked on.
    pub stopped: Option<Stopped>,
    /// What it supports, where it has no key results to say so.
    pub supports: Vec<Link>,
    /// Its key results.
    pub key_results: Vec<KeyResultView>,
}

/// A few words, with links in them.
#[derive(Debug, Default, Serialize)]
pub struct Fact {
    /// What is said.
    pub words: String,
    /// What it leads to, after the words.
    pub links: Vec<Link>,
    /// What an author wrote.
    pub text: Option<Text>,
}

/// Why something is not worked on.
#[derive(Debug, Serialize)]
pub struct Stopped {
    /// `Paused on 3 March.`
    pub title: String,
    /// paused or dropped.
    pub icon: &'static str,
    /// What the amendment says.
    pub says: Option<Text>,
}

/// A key result.
#[derive(Debug, Serialize)]
pub struct KeyResultView {
    /// Its anchor, `reliability/uptime`.
    pub id: Option<String>,
    /// Its title.
    pub title: Option<Text>,
    /// Its title without marks.
    pub plain: String,
    /// What was agreed.
    pub agreed: Agreed,
    /// Who owns it.
    pub owners: Vec<Who>,
    /// Where the number comes from, and other addresses.
    pub sources: Vec<Text>,
    /// What is said of it in a few words each.
    pub facts: Vec<Fact>,
    /// The reason.
    pub why: Option<Text>,
    /// Sections of the text that belong to it.
    pub text: Vec<Text>,
    /// What it depends on.
    pub needs: Vec<Link>,
    /// What depends on it.
    pub needed_by: Vec<Link>,
    /// Where it stands.
    pub reading: Reading,
    /// Its check-ins drawn.
    pub chart: String,
    /// Its check-ins as a table.
    pub check_ins: Vec<CheckInView>,
    /// How many.
    pub check_ins_summary: String,
    /// Why it is not worked on.
    pub stopped: Option<Stopped>,
    /// What it supports.
    pub supports: Vec<Link>,
    /// What supports it, and what others say.
    pub supported_by: Vec<Link>,
    /// Whether it can be covered from below at all.
    pub has_below: bool,
    /// Its grade.
    pub grade: Option<String>,
    /// What came of it.
    pub outcome: Option<Text>,
}

/// A check-in in a table.
#[derive(Debug, Serialize)]
pub struct CheckInView {
    /// The day.
    pub on: String,
    /// What was measured.
    pub value: String,
    /// How sure one was.
    pub confidence: String,
    /// What is expected at the end.
    pub forecast: String,
    /// What happened.
    pub note: Option<Text>,
}

/// An investment.
#[derive(Debug, Serialize)]
pub struct InvestmentView {
    /// Its anchor.
    pub id: Option<String>,
    /// Its title.
    pub title: Option<Text>,
    /// Its title without marks.
    pub plain: String,
    /// Its share of the capacity.
    pub share: String,
    /// The reason.
    pub why: Option<Text>,
    /// What it advances.
    pub advances: Vec<Link>,
    /// Sections of the text that belong to it.
    pub text: Vec<Text>,
    /// paused, dropped, or empty.
    pub state: String,
}

/// The signature lines of a document.
#[derive(Debug, Serialize)]
pub struct SignaturesView {
    /// A class: `altered` or none.
    pub class: &'static str,
    /// The party that sets, and the one that delivers.
    pub parties: Vec<SigningView>,
    /// Signatures that later ones replace, in a line each.
    pub earlier: Vec<String>,
    /// How many.
    pub earlier_summary: String,
    /// What changed after signing.
    pub amendments: Vec<AmendmentView>,
}

/// The signature lines of a party.
#[derive(Debug, Serialize)]
pub struct SigningView {
    /// `Set by: Directors`.
    pub title: String,
    /// Who signed, when, and what else is to be said; an open line has no day.
    pub lines: Vec<(Who, String, String)>,
    /// A class: none, `some` or `unsigned`.
    pub class: &'static str,
}

/// What changed after signing.
#[derive(Debug, Serialize)]
pub struct AmendmentView {
    /// When.
    pub on: String,
    /// Who.
    pub by: Option<Who>,
    /// What it is about.
    pub about: Option<Link>,
    /// What changed, and why.
    pub says: Option<Text>,
}

/// The page of every document.
pub(super) fn pages(site: &Site<'_>) -> Vec<Page> {
    use rayon::prelude::*;
    (0..site.book().documents.len()).into_par_iter().map(|at| page(site, at)).collect()
}

fn page(site: &Site<'_>, at: usize) -> Page {
    let document = &site.book().documents[at];
    let url = site.book().document_url(at);
    let shared = site.shared(&document.file, &root_of(&url));
    let maker = Maker { site, book: site.book(), at, document, okrs: document.okrs(), shared };
    let unit = &site.config().units[document.unit].name;
    let cycle = &site.book().cycles[document.cycle].name;
    let mut chrome = site.chrome(&url, format!("{unit}, {cycle}"), Some(document.cycle), "~overview");
    let objectives: Vec<String> = document
        .okrs()
        .objectives
        .iter()
        .enumerate()
        .map(|(of, _)| site.title(Target::Objective(at, of)))
        .collect();
    chrome.description =
        (!objectives.is_empty()).then(|| objectives.join(site.text("number.separator").as_str()));
    Page { path: format!("{url}index.html"), kind: "okrs", chrome, view: View::Okrs(Box::new(maker.view())) }
}

struct Maker<'a> {
    site: &'a Site<'a>,
    book: &'a Book,
    at: usize,
    document: &'a Document,
    okrs: &'a Okrs,
    shared: Arc<Shared>,
}

impl Maker<'_> {
    fn view(&self) -> OkrsView {
        let site = self.site;
        let unit = &site.config().units[self.document.unit];
        let mark = site.mark(self.at);
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
            investments: (0..self.okrs.investments.len()).map(|of| self.investment(of)).collect(),
            investments_summary: self.investments_summary(),
            signatures: self.signatures(),
            links: self.okrs.links.iter().map(|link| Text::inline(&link.value, &self.shared)).collect(),
            findings: self.findings(),
            sides: self.sides(),
            previous: self.in_other_cycle(true),
            next: self.in_other_cycle(false),
            edit: site.edit_url(self.document.path()),
            frame: String::new(),
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
        let ids = heading_ids(file);
        let own = |section: &&crate::model::Section| {
            section.item.as_deref() == item && (item.is_some() || section.above == above)
        };
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
                    bare = first.text.trim().is_empty();
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

    fn glance(&self, of: usize, objective: &Objective) -> Glance {
        let (progress, behind) = self.site.objective_progress(self.document.cycle, objective);
        Glance {
            title: self.site.title(Target::Objective(self.at, of)),
            id: objective.id.as_ref().map(|id| id.value.to_string()),
            progress,
            behind,
            strip: String::new(),
        }
    }

    /// How the key results stand: how many ahead, behind, met and not, silent, paused.
    fn sentence(&self) -> String {
        let site = self.site;
        let readings: Vec<Reading> = self
            .okrs
            .key_results()
            .map(|(_, _, objective, key_result)| site.reading(self.document.cycle, objective, key_result))
            .collect();
        let of = |icon: &str, met: bool| {
            readings
                .iter()
                .filter(|reading| reading.icon == icon && (reading.chart == "broken") == met)
                .count()
        };
        let mut parts = Vec::new();
        let mut add = |key: &str, count: usize| {
            if count > 0 {
                parts.push(site.count(key, count, &[]));
            }
        };
        add("okrs.glance-ahead", of("ahead", false));
        add("okrs.glance-behind", of("behind", false));
        add("okrs.glance-met", of("met", false));
        add("okrs.glance-not-met", of("broken", true));
        add("okrs.glance-silent", of("none", false));
        add("okrs.glance-paused", of("paused", false));
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

    fn objective(&self, of: usize, objective: &Objective) -> ObjectiveView {
        let site = self.site;
        let target = Target::Objective(self.at, of);
        let (progress, behind) = site.objective_progress(self.document.cycle, objective);
        let id = objective.id.as_ref().map(|id| id.value.to_string());
        ObjectiveView {
            number: site.say("okrs.objective", &[("n", &(of + 1).to_string())]),
            title: site.inline(&objective.title, &self.shared),
            plain: site.title(target),
            owners: site.whos(self.okrs.owners(objective)),
            facts: self.objective_facts(of, objective),
            progress: self.objective_words(objective, progress),
            behind,
            why: site.inline(&objective.why, &self.shared),
            text: id.as_deref().map(|id| self.sections(Some(id), false)).unwrap_or_default(),
            outcome: site.inline(&objective.outcome, &self.shared),
            stopped: self.stopped(objective.activity, id.as_deref()),
            supports: if objective.key_results.is_empty() { self.supports(target) } else { Vec::new() },
            key_results: objective
                .key_results
                .iter()
                .enumerate()
                .map(|(number, key_result)| self.key_result(of, number, objective, key_result))
                .collect(),
            id,
        }
    }

    fn objective_words(&self, objective: &Objective, progress: String) -> String {
        let site = self.site;
        let mut words = Vec::new();
        if objective.progress(site.today).is_some() && progress.ends_with('%') {
            words.push(site.say("okrs.of-the-way", &[("progress", &progress)]));
        } else if !objective.key_results.is_empty() && objective.progress(site.today).is_none() {
            words.push(site.text("okrs.no-progress"));
        } else if !progress.is_empty() {
            words.push(progress);
        }
        let thresholds: Vec<bool> = objective
            .key_results
            .iter()
            .filter(|key_result| objective.is_active(key_result))
            .filter_map(|key_result| key_result.met(site.today))
            .collect();
        if !thresholds.is_empty() {
            let met = thresholds.iter().filter(|met| **met).count();
            let total = thresholds.len();
            words.push(site.count(
                "okrs.thresholds-met",
                total,
                &[("n", &site.whole(met)), ("total", &site.whole(total))],
            ));
        }
        if let Some(grade) = objective.grade() {
            words.push(site.say("okrs.grade", &[("grade", &site.plain_number(round(grade)))]));
        }
        words.join(&site.text("number.separator"))
    }

    fn objective_facts(&self, of: usize, objective: &Objective) -> Vec<Fact> {
        let site = self.site;
        let mut facts = Vec::new();
        facts.extend(objective.commitment.map(|word| self.fact(site.text(&format!("okrs.{word}")))));
        let themes: Vec<Link> = self
            .site
            .analysis
            .links
            .edges_of(self.at)
            .iter()
            .filter(|edge| edge.from == Some(ItemPlace::Objective(of)))
            .filter_map(|edge| match edge.to {
                Ok(target @ Target::Theme(..)) => Some(site.link(target, String::new())),
                _ => None,
            })
            .collect();
        if !themes.is_empty() {
            let words = site.say("okrs.answers", &[("themes", "")]).trim().to_owned();
            facts.push(Fact { words, links: themes, text: None });
        }
        facts.extend(self.shared_with(&objective.shared_with));
        if let Some(why) = site.inline(&objective.stands_alone, &self.shared) {
            let words = site.say("okrs.stands-alone", &[("why", "")]).trim().to_owned();
            facts.push(Fact { words, links: Vec::new(), text: Some(why) });
        }
        facts.extend(objective.labels.iter().map(|label| self.fact(label.value.to_string())));
        if let Some(link) = self.continued(objective.id.as_ref().map(|id| id.value.as_ref())) {
            let words = site.say("okrs.goes-on", &[("cycle", "")]).trim().to_owned();
            facts.push(Fact { words, links: vec![link], text: None });
        }
        facts
    }

    fn fact(&self, words: String) -> Fact {
        Fact { words, ..Fact::default() }
    }

    fn shared_with(&self, units: &[crate::table::Words]) -> Option<Fact> {
        if units.is_empty() {
            return None;
        }
        let words = self.site.say("okrs.shared-with", &[("units", "")]).trim().to_owned();
        let links = self.site.whos(units).into_iter().map(|who| Link {
            title: who.name,
            url: who.url,
            ..Link::default()
        });
        Some(Fact { words, links: links.collect(), text: None })
    }

    /// The same item in the last cycle before this one that has it.
    fn continued(&self, name: Option<&str>) -> Option<Link> {
        let name = name?;
        (0..self.document.cycle).rev().find_map(|cycle| {
            let before = self.book.document_of(cycle, self.document.unit)?;
            let place = self.book.documents[before].okrs().place(name)?;
            Some(Link {
                title: self.book.cycles[cycle].name.to_string(),
                url: Some(self.site.url(Target::item(before, Some(place)))),
                ..Link::default()
            })
        })
    }

    fn key_result(
        &self,
        of: usize,
        number: usize,
        objective: &Objective,
        key_result: &KeyResult,
    ) -> KeyResultView {
        let site = self.site;
        let target = Target::KeyResult(self.at, of, number);
        let id = self.okrs.name(ItemPlace::KeyResult(of, number));
        let sources = key_result.source.iter().chain(&key_result.links);
        let activity =
            if objective.activity == Activity::Active { key_result.activity } else { Activity::Active };
        KeyResultView {
            title: site.inline(&key_result.title, &self.shared),
            plain: site.title(target),
            agreed: site.agreed(key_result),
            owners: site.whos(self.okrs.key_result_owners(objective, key_result)),
            sources: sources.map(|link| self.source(&link.value)).collect(),
            facts: self.key_result_facts(key_result, id.as_deref()),
            why: site.inline(&key_result.why, &self.shared),
            text: id.as_deref().map(|id| self.sections(Some(id), false)).unwrap_or_default(),
            needs: self.with_units(site.analysis.links.needs.get(&target)),
            needed_by: self.with_units(site.analysis.links.needed_by.get(&target)),
            reading: site.reading(self.document.cycle, objective, key_result),
            chart: String::new(),
            check_ins: self.check_ins(key_result),
            check_ins_summary: site.count("count.check-ins", key_result.check_ins.len(), &[]),
            stopped: self.stopped(activity, id.as_deref()),
            supports: self.supports(target),
            supported_by: self.supported_by(target),
            has_below: site.analysis.links.coverage.contains_key(&target),
            grade: key_result
                .grade
                .map(|grade| site.say("okrs.grade", &[("grade", &site.plain_number(round(grade)))])),
            outcome: site.inline(&key_result.outcome, &self.shared),
            id,
        }
    }

    /// A source is an address, which is called `source`, or words.
    fn source(&self, typed: &Arc<str>) -> Text {
        if typed.starts_with("http://") || typed.starts_with("https://") {
            let named = format!("[{}](<{typed}>)", self.site.text("site.source"));
            let mut shared = (*self.shared).clone();
            let there = crate::prose::Destination {
                href: Some(typed.to_string()),
                outside: true,
                ..Default::default()
            };
            shared.destinations.insert((crate::markdown::LinkKind::Link, typed.to_string()), there);
            return Text::inline(&Arc::from(named), &Arc::new(shared));
        }
        Text::inline(typed, &self.shared)
    }

    fn key_result_facts(&self, key_result: &KeyResult, name: Option<&str>) -> Vec<Fact> {
        let mut facts = Vec::new();
        facts.extend(key_result.commitment.map(|word| self.fact(self.site.text(&format!("okrs.{word}")))));
        facts.extend(self.shared_with(&key_result.shared_with));
        facts.extend(key_result.labels.iter().map(|label| self.fact(label.value.to_string())));
        if let Some(link) = self.continued(name) {
            let words = self.site.say("okrs.goes-on", &[("cycle", "")]).trim().to_owned();
            facts.push(Fact { words, links: vec![link], text: None });
        }
        facts
    }

    fn check_ins(&self, key_result: &KeyResult) -> Vec<CheckInView> {
        let site = self.site;
        let mut check_ins: Vec<&crate::model::CheckIn> = key_result.check_ins.iter().collect();
        check_ins.sort_by_key(|check_in| check_in.on.as_ref().map(|on| on.value));
        check_ins
            .into_iter()
            .map(|check_in| CheckInView {
                on: check_in.on.as_ref().map(|on| site.day_short(on.value)).unwrap_or_default(),
                value: check_in
                    .value
                    .as_ref()
                    .map(|value| site.value(key_result, value.value))
                    .unwrap_or_default(),
                confidence: check_in.confidence.map(|share| site.plain_number(share)).unwrap_or_default(),
                forecast: check_in.forecast.map(|value| site.value(key_result, value)).unwrap_or_default(),
                note: site.inline(&check_in.note, &self.shared),
            })
            .collect()
    }

    /// Why an item is not worked on: what the last amendment about it says.
    fn stopped(&self, activity: Activity, name: Option<&str>) -> Option<Stopped> {
        let (key, icon) = match activity {
            Activity::Active => return None,
            Activity::Paused => ("paused", "paused"),
            Activity::Dropped => ("dropped", "dropped"),
        };
        let about = |amendment: &&Amendment| {
            let place = amendment.about.as_ref().map(|about| about.value.as_ref());
            place.is_some_and(|place| {
                Some(place) == name || name.is_some_and(|name| name.starts_with(&format!("{place}/")))
            })
        };
        let amendment = self.okrs.amendments.iter().rev().find(about);
        let title = match amendment.and_then(|amendment| amendment.on.as_ref()) {
            Some(on) => self.site.say(&format!("okrs.{key}-on"), &[("date", &self.site.day(on.value))]),
            None => self.site.text(&format!("okrs.{key}")),
        };
        let says = amendment.and_then(|amendment| self.site.inline(&amendment.says, &self.shared));
        Some(Stopped { title, icon, says })
    }

    /// Links to places, each with its unit and how it stands.
    fn with_units(&self, targets: Option<&Vec<Target>>) -> Vec<Link> {
        targets
            .into_iter()
            .flatten()
            .map(|target| self.site.link(*target, self.place_word(*target)))
            .collect()
    }

    /// The unit of a place, with its cycle where it is another.
    fn place_word(&self, target: Target) -> String {
        let cycle = target.cycle(self.book);
        let unit = target.unit(self.book).map_or_else(
            || self.site.text("tab.direction"),
            |unit| self.site.config().units[unit].name.to_string(),
        );
        if cycle == self.document.cycle { unit } else { format!("{unit}, {}", self.book.cycles[cycle].name) }
    }

    /// What an item supports: with the objective it stands in.
    fn supports(&self, target: Target) -> Vec<Link> {
        let link = |to: &Target| {
            let within = match *to {
                Target::KeyResult(at, of, _) => self.site.title(Target::Objective(at, of)),
                _ => String::new(),
            };
            let unit = self.place_word(*to);
            let note = if within.is_empty() { unit } else { format!("{unit}, {within}") };
            self.site.link(*to, note)
        };
        self.site.analysis.links.supports.get(&target).into_iter().flatten().map(link).collect()
    }

    /// What supports a key result: key results with how they stand, assurances, and what is missing.
    fn supported_by(&self, target: Target) -> Vec<Link> {
        let site = self.site;
        let mut links: Vec<Link> = Vec::new();
        for from in site.analysis.links.supported_by.get(&target).into_iter().flatten() {
            let mut note = self.place_word(*from);
            if let Target::KeyResult(at, of, number) = *from {
                let objective = &self.book.documents[at].okrs().objectives[of];
                let key_result = &objective.key_results[number];
                if let Some(value) = key_result.value(site.today) {
                    note = format!("{note}, {}", site.value(key_result, value));
                }
            }
            links.push(site.link(*from, note));
        }
        let Some(coverage) = site.analysis.links.coverage.get(&target) else { return links };
        for answer in &coverage.answers {
            for (document, number, _) in &answer.assurances {
                links.push(site.assurance_link(
                    *document,
                    *number,
                    &site.url(Target::Document(*document)),
                    &self.page_root(),
                ));
            }
        }
        if coverage.covered == Covered::Uncovered {
            let units = coverage.answers.len();
            let note = site.count("count.units", units, &[]);
            links.push(Link {
                title: site.text("key-result.nobody-answered"),
                note,
                class: "gap",
                ..Link::default()
            });
        }
        links
    }

    fn page_root(&self) -> String {
        root_of(&self.book.document_url(self.at))
    }

    fn held(&self) -> Vec<Link> {
        let held = self.site.analysis.links.held.get(&(self.document.cycle, self.document.unit));
        self.with_units(held)
    }

    fn assurances(&self) -> Vec<Link> {
        let site = self.site;
        let mut links = Vec::new();
        for edge in site.analysis.links.edges_of(self.at) {
            let crate::links::EdgeKind::Assures(number) = edge.kind else { continue };
            let Ok(target) = &edge.to else { continue };
            let assurance = &self.okrs.assurances[number];
            let verdict = assurance.verdict.map_or("cell-silent", |verdict| match verdict {
                crate::model::Verdict::Sufficient => "cell-assured",
                crate::model::Verdict::Partial => "cell-partial",
                crate::model::Verdict::NotOurs => "cell-not-ours",
            });
            let note =
                format!("{}, {}", self.place_word(*target), site.text(&format!("contracts.{verdict}")));
            let quote = site.inline(&assurance.why, &self.shared);
            links.push(Link { quote, class: "assurance", ..site.link(*target, note) });
        }
        links
    }

    fn feedback(&self) -> Vec<Exchange> {
        let answers = self.site.pair(self.at).set_by.who;
        let mut exchanges: Vec<(bool, Exchange)> = self
            .okrs
            .feedback
            .iter()
            .map(|feedback| {
                let about = feedback.about.as_ref().and_then(|about| self.item_link(&about.value));
                let exchange = self.site.exchange(feedback, about, answers.clone(), &self.shared);
                (exchange.outcome != "open", exchange)
            })
            .collect();
        exchanges.sort_by_key(|(answered, _)| *answered);
        exchanges.into_iter().map(|(_, exchange)| exchange).collect()
    }

    fn item_link(&self, name: &str) -> Option<Link> {
        let place = self.okrs.place(name)?;
        let target = Target::item(self.at, Some(place));
        Some(Link { title: self.site.title(target), url: Some(self.site.url(target)), ..Link::default() })
    }

    fn feedback_summary(&self) -> String {
        let site = self.site;
        let all = self.okrs.feedback.len();
        if all == 0 {
            return site.text("feedback.none");
        }
        let open = self
            .okrs
            .feedback
            .iter()
            .filter(|feedback| feedback.outcome == Some(crate::model::Outcome::Open))
            .count();
        let pieces = site.count("count.feedback", all, &[]);
        if open == 0 {
            return site.say("feedback.summary-closed", &[("feedback", &pieces)]);
        }
        site.say("feedback.summary", &[("feedback", &pieces), ("open", &site.whole(open))])
    }

    fn investment(&self, of: usize) -> InvestmentView {
        let site = self.site;
        let investment = &self.okrs.investments[of];
        let target = Target::Investment(self.at, of);
        let id = investment.id.as_ref().map(|id| id.value.to_string());
        let advances: Vec<Target> = site
            .analysis
            .links
            .edges_of(self.at)
            .iter()
            .filter(|edge| Target::item(edge.document, edge.from) == target)
            .filter_map(|edge| edge.to.as_ref().ok().copied())
            .collect();
        InvestmentView {
            title: site.inline(&investment.title, &self.shared),
            plain: site.title(target),
            share: investment.capacity.map(|share| site.percent(share / 100.0)).unwrap_or_default(),
            why: site.inline(&investment.why, &self.shared),
            advances: self.with_units(Some(&advances)),
            text: id.as_deref().map(|id| self.sections(Some(id), false)).unwrap_or_default(),
            state: match investment.activity {
                Activity::Active => String::new(),
                other => site.text(&format!("okrs.{}", other.as_str())),
            },
            id,
        }
    }

    fn investments_summary(&self) -> String {
        let site = self.site;
        let sum: f64 = self
            .okrs
            .investments
            .iter()
            .filter(|investment| investment.activity == Activity::Active)
            .filter_map(|investment| investment.capacity)
            .sum();
        let reserved = site.percent(sum / 100.0);
        match site.config().reserve {
            Some(expected) => site.say(
                "investments.summary",
                &[("reserved", &reserved), ("expected", &site.percent(expected / 100.0))],
            ),
            None => site.say("investments.summary-free", &[("reserved", &reserved)]),
        }
    }

    fn signatures(&self) -> SignaturesView {
        let site = self.site;
        let signatures = self.book.signatures(self.at, site.today);
        let counted: Vec<usize> = signatures
            .set_by
            .signed
            .iter()
            .chain(&signatures.delivered_by.signed)
            .map(|signed| signed.approval)
            .collect();
        let earlier: Vec<String> = self
            .okrs
            .approvals
            .iter()
            .enumerate()
            .filter(|(at, _)| !counted.contains(at))
            .map(|(_, approval)| {
                let who = approval.by.as_ref().map(|by| site.who(&by.value).name).unwrap_or_default();
                let on = approval.on.as_ref().map(|on| site.day(on.value)).unwrap_or_default();
                let role = approval
                    .party
                    .as_ref()
                    .map(|party| site.text(&format!("party.{}", party.value.as_str())));
                format!("{}: {who}, {on}", role.unwrap_or_default())
            })
            .collect();
        SignaturesView {
            class: if signatures.altered() { "altered" } else { "" },
            parties: vec![
                self.signing(Party::SetBy, &signatures.set_by),
                self.signing(Party::DeliveredBy, &signatures.delivered_by),
            ],
            earlier_summary: site.count("signature.earlier", earlier.len(), &[]),
            earlier,
            amendments: self.okrs.amendments.iter().map(|amendment| self.amendment(amendment)).collect(),
        }
    }

    fn signing(&self, party: Party, signing: &Signing) -> SigningView {
        let site = self.site;
        let level = &site.config().levels[site.config().units[self.document.unit].level];
        let words = if party == Party::SetBy { &level.set_by } else { &level.delivered_by };
        let title = match words {
            Some(words) => site.say(&format!("party.{}-level", party.as_str()), &[("party", words)]),
            None => site.text(&format!("party.{}", party.as_str())),
        };
        let line = |signed: &Signed| {
            let note = if signed.altered { site.text("signature.another-text") } else { String::new() };
            (site.who(&signed.by), site.day(signed.latest), note)
        };
        let mut lines: Vec<(Who, String, String)> = signing.signed.iter().map(line).collect();
        lines.extend(
            signing.waiting.iter().map(|who| (site.who(who), String::new(), site.text("party.not-signed"))),
        );
        if lines.is_empty() {
            lines.push((
                Who { name: site.text("number.none"), url: None },
                String::new(),
                site.text("party.not-signed"),
            ));
        }
        let class = match (signing.complete.is_some(), signing.signed.is_empty()) {
            (true, _) => "",
            (false, false) => "some",
            (false, true) => "unsigned",
        };
        SigningView { title, lines, class }
    }

    fn amendment(&self, amendment: &Amendment) -> AmendmentView {
        AmendmentView {
            on: amendment.on.as_ref().map(|on| self.site.day(on.value)).unwrap_or_default(),
            by: amendment.by.as_ref().map(|by| self.site.who(&by.value)),
            about: amendment.about.as_ref().and_then(|about| self.item_link(&about.value)),
            says: self.site.inline(&amendment.says, &self.shared),
        }
    }

    /// The errors in the document, where it is published in spite of them.
    fn findings(&self) -> Vec<String> {
        let path = self.document.path();
        let found = &self.site.analysis.found;
        let start = found.partition_point(|found| found.finding.place.path < *path);
        found[start..]
            .iter()
            .take_while(|found| found.finding.place.path == *path)
            .filter(|found| found.severity == crate::diagnostic::Severity::Error)
            .map(|found| {
                let line = self.document.file.source.position(found.finding.place.span.start).line;
                format!("{path}:{line}: {}", found.finding.message)
            })
            .collect()
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

/// A grade to two places.
fn round(grade: f64) -> f64 {
    (grade * 100.0).round() / 100.0
}

impl Site<'_> {
    /// An assurance in a document as evidence on another page: who says what, and why.
    pub fn assurance_link(&self, document: usize, number: usize, url: &str, root: &str) -> Link {
        let shared = self.shared(&self.book().documents[document].file, root);
        self.assurance_said(document, number, url, &shared)
    }

    /// An assurance on a page for which what the texts of its file share is known.
    pub fn assurance_said(&self, document: usize, number: usize, url: &str, shared: &Arc<Shared>) -> Link {
        let of = &self.book().documents[document];
        let assurance = &of.okrs().assurances[number];
        let unit = &self.config().units[of.unit].name;
        let (key, class) = match assurance.verdict {
            Some(crate::model::Verdict::Partial) => ("key-result.in-part", "assurance"),
            Some(crate::model::Verdict::NotOurs) => ("key-result.not-ours", "gap"),
            _ => ("key-result.is-sure", "assurance"),
        };
        let note = assurance.by.as_ref().map(|by| self.who(&by.value).name).unwrap_or_default();
        Link {
            title: self.say(key, &[("unit", unit)]),
            url: Some(url.to_owned()),
            note,
            class,
            quote: self.inline(&assurance.why, shared),
        }
    }
}
