//! A whole cycle on one page, dense, for paper.

use std::sync::Arc;

use serde::Serialize;

use crate::date::Phase;
use crate::links::Target;
use crate::model::{Activity, KeyResult, Objective, Okrs, Party, heading_ids};
use crate::prose::{Shared, Text};

use super::parts::Mark;
use super::site::{Site, root_of};
use super::{Entry, Page, View};

/// A whole cycle.
#[derive(Debug, Serialize)]
pub struct PrintView {
    /// The cycle.
    pub title: String,
    /// The book, the dates and how many documents are final, in a sentence.
    pub lede: String,
    /// The cycle's page.
    pub back: Entry,
    /// The direction.
    pub direction: Option<PrintedDirection>,
    /// The documents by level.
    pub levels: Vec<PrintedLevel>,
}

/// The direction.
#[derive(Debug, Serialize)]
pub struct PrintedDirection {
    /// Its title.
    pub title: String,
    /// Who wrote it, and whose buy-in it has.
    pub parties: String,
    /// Its text.
    pub text: Text,
}

/// The documents of a level.
#[derive(Debug, Serialize)]
pub struct PrintedLevel {
    /// What the level is called.
    pub name: String,
    /// Its documents.
    pub documents: Vec<PrintedDocument>,
}

/// A document.
#[derive(Debug, Serialize)]
pub struct PrintedDocument {
    /// The unit.
    pub title: String,
    /// The symbol of its state.
    pub mark: Mark,
    /// Its state in a word.
    pub state: String,
    /// Who sets and who delivers, and when they signed.
    pub parties: Vec<String>,
    /// Its objectives.
    pub objectives: Vec<PrintedObjective>,
    /// Its investments, a line each.
    pub investments: Vec<String>,
}

/// An objective.
#[derive(Debug, Serialize)]
pub struct PrintedObjective {
    /// `1. Customers rely on Cloud`.
    pub title: String,
    /// Owner, commitment, progress.
    pub facts: String,
    /// The reason.
    pub why: Option<Text>,
    /// Its key results.
    pub key_results: Vec<PrintedKeyResult>,
}

/// A key result.
#[derive(Debug, Serialize)]
pub struct PrintedKeyResult {
    /// Its title.
    pub title: String,
    /// What was agreed.
    pub agreed: String,
    /// The last value, or that it is not worked on.
    pub value: String,
    /// Who owns it, where that is not the objective's owner.
    pub owner: String,
    /// Progress, grade, or whether a threshold is met.
    pub progress: String,
    /// Whether it wants somebody.
    pub class: &'static str,
    /// The symbol that says so too.
    pub icon: &'static str,
    /// How sure people are.
    pub confidence: String,
}

/// A whole cycle, for paper.
pub(super) fn page(site: &Site<'_>, cycle: usize) -> Page {
    let of = &site.book().cycles[cycle];
    let url = format!("{}/print/", of.id);
    let title = site.say("print.title", &[("cycle", &of.name)]);
    let mut chrome = site.chrome(&url, title, Some(cycle), "~overview");
    let documents = site.book().documents_of(cycle);
    let done = documents.clone().filter(|at| site.analysis.signatures[*at].both().is_some()).count();
    let values = [
        ("book", site.config().title.to_string()),
        ("dates", site.dates(of)),
        ("today", site.day(site.today)),
        ("documents", site.count("count.documents", documents.len(), &[])),
        ("final", site.whole(done)),
    ];
    let values: Vec<(&str, &str)> = values.iter().map(|(key, value)| (*key, value.as_str())).collect();
    let mut levels: Vec<(usize, PrintedLevel)> = Vec::new();
    for at in documents {
        let level = site.config().units[site.book().documents[at].unit].level;
        if levels.last().is_none_or(|(last, _)| *last != level) {
            let name = site.config().levels[level].name.to_string();
            levels.push((level, PrintedLevel { name, documents: Vec::new() }));
        }
        if let Some((_, printed)) = levels.last_mut() {
            printed.documents.push(site.printed(at, &url));
        }
    }
    let view = PrintView {
        title: of.name.to_string(),
        lede: site.say("print.summary", &values),
        back: Entry {
            title: site.say("print.back", &[("cycle", &of.name)]),
            url: format!("{}/", of.id),
            ..Entry::default()
        },
        direction: site.printed_direction(cycle, &url),
        levels: levels.into_iter().map(|(_, level)| level).collect(),
    };
    chrome.description = Some(view.lede.clone());
    Page { kind: "print", chrome, view: View::Print(Box::new(view)) }
}

impl Site<'_> {
    fn printed_direction(&self, cycle: usize, url: &str) -> Option<PrintedDirection> {
        let at = self.book().direction_of(cycle)?;
        let of = &self.book().directions[at];
        let shared = self.shared(&of.file, &root_of(url));
        let top = of.file.parts.scan.headings.iter().map(|heading| heading.level).min().unwrap_or(2);
        let parties = super::cycle::written_by(self, at);
        let text = Text {
            source: Arc::from(of.file.source.slice(of.file.parts.body)),
            shared,
            ids: heading_ids(&of.file),
            shift: 4_u8.saturating_sub(top),
            id_prefix: "direction-".to_owned(),
            ..Text::default()
        };
        Some(PrintedDirection { title: self.title(Target::Direction(at)), parties, text })
    }

    fn printed(&self, at: usize, url: &str) -> PrintedDocument {
        let document = &self.book().documents[at];
        let okrs = document.okrs();
        let shared = self.shared(&document.file, &root_of(url));
        let mark = self.mark(at);
        PrintedDocument {
            title: self.config().units[document.unit].name.to_string(),
            state: self.text(&format!("state.{}-long", mark.key)),
            mark,
            parties: [Party::SetBy, Party::DeliveredBy]
                .iter()
                .map(|party| self.printed_party(at, *party))
                .collect(),
            objectives: (0..okrs.objectives.len())
                .map(|of| self.printed_objective(at, of, okrs, &shared))
                .collect(),
            investments: okrs
                .investments
                .iter()
                .enumerate()
                .map(|(of, investment)| {
                    let title = self.title(Target::Investment(at, of));
                    match investment.capacity {
                        Some(share) => self.row(&[&self.percent(share / 100.0), &title]),
                        None => title,
                    }
                })
                .collect(),
        }
    }

    fn printed_party(&self, at: usize, party: Party) -> String {
        let signing = self.analysis.signatures[at].party(party);
        let pair = self.pair(at);
        let who = if party == Party::SetBy { pair.set_by.who } else { pair.delivered_by.who };
        let names: Vec<String> = who.into_iter().map(|who| who.name).collect();
        let people = self.some_names(&names, 8);
        let key = party.as_str();
        match signing.complete {
            Some(day) => self.say(&format!("print.{key}"), &[("people", &people), ("date", &self.day(day))]),
            None => self.say(&format!("print.{key}-unsigned"), &[("people", &people)]),
        }
    }

    fn printed_objective(&self, at: usize, of: usize, okrs: &Okrs, shared: &Arc<Shared>) -> PrintedObjective {
        let cycle = self.book().documents[at].cycle;
        let objective = &okrs.objectives[of];
        let mut facts: Vec<String> = Vec::new();
        let owners = self.names(okrs.owners(objective));
        facts.extend(Some(owners).filter(|owners| !owners.is_empty()));
        facts.extend(objective.commitment.map(|word| self.text(&format!("okrs.{word}"))));
        match (objective.activity, objective.grade()) {
            (Activity::Paused, _) => facts.push(self.text("okrs.paused")),
            (Activity::Dropped, _) => facts.push(self.text("okrs.dropped")),
            (Activity::Active, Some(grade)) => {
                facts.push(self.say("okrs.grade", &[("grade", &self.grade(grade))]));
            }
            (Activity::Active, None) => {
                let running = self.book().cycles[cycle].phase(self.today) != Phase::Planning;
                let progress = objective.progress(self.today).filter(|_| running);
                facts.extend(
                    progress.map(|share| self.say("okrs.of-the-way", &[("progress", &self.percent(share))])),
                );
            }
        }
        PrintedObjective {
            title: format!("{}. {}", of + 1, self.title(Target::Objective(at, of))),
            facts: facts.join(&self.text("number.separator")),
            why: self.inline(&objective.why, shared),
            key_results: objective
                .key_results
                .iter()
                .enumerate()
                .map(|(number, key_result)| {
                    let target = Target::KeyResult(at, of, number);
                    self.printed_key_result(target, cycle, okrs, objective, key_result)
                })
                .collect(),
        }
    }

    fn printed_key_result(
        &self,
        target: Target,
        cycle: usize,
        okrs: &Okrs,
        objective: &Objective,
        key_result: &KeyResult,
    ) -> PrintedKeyResult {
        let agreed = self.agreed(key_result);
        let words: Vec<&str> =
            [agreed.before.as_str(), &agreed.number].into_iter().filter(|word| !word.is_empty()).collect();
        let reading = self.reading(cycle, objective, key_result);
        let none = || self.text("number.none");
        let value = key_result.value(self.today);
        let stopped = matches!(reading.icon, "paused" | "dropped");
        let progress = match (key_result.grade, key_result.met(self.today)) {
            _ if stopped => none(),
            (Some(grade), _) => self.say("okrs.grade", &[("grade", &self.grade(grade))]),
            (None, Some(true)) => self.text("key-result.met"),
            (None, Some(false)) => self.text("key-result.not-met"),
            (None, None) => {
                let progress = key_result.progress(self.today).filter(|_| value.is_some());
                progress.map_or_else(none, |share| self.percent(share))
            }
        };
        PrintedKeyResult {
            title: self.title(target),
            agreed: words.join(" "),
            value: if stopped { reading.says } else { reading.value.unwrap_or_else(none) },
            owner: self.names(okrs.key_result_owners(objective, key_result)),
            progress,
            class: if matches!(reading.class, "s-warn" | "s-bad") { reading.class } else { "" },
            icon: if matches!(reading.icon, "behind" | "broken" | "met") { reading.icon } else { "" },
            confidence: key_result.confidence(self.today).map_or_else(none, |share| self.plain_number(share)),
        }
    }
}
