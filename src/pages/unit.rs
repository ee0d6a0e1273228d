//! A unit over the cycles: where it stands among the levels, what it owes next, its documents, and what
//! went on from one cycle to the next.

mod documents;
mod went_on;

use serde::Serialize;

use crate::config::What;
use crate::model::Expected;

use super::census::Census;
use super::owed::{Owed, order};
use super::parts::{Link, RibbonLevel, Who};
use super::site::Site;
use super::{Page, View};
use documents::DocumentRow;
use went_on::WentOn;

/// A unit.
#[derive(Debug, Serialize)]
pub struct UnitView {
    /// The levels beside each other.
    pub ribbon: Vec<RibbonLevel>,
    /// What it is called.
    pub title: String,
    /// Its level and since when it exists, where that is not always.
    pub about: String,
    /// How it has done, in a sentence.
    pub lede: String,
    /// Its level.
    pub level: Link,
    /// The unit whose contract it helps to deliver.
    pub within: Option<Link>,
    /// The party that sets.
    pub set_by: Vec<Who>,
    /// The party that delivers.
    pub delivered_by: Vec<Who>,
    /// What it owes next.
    pub owes: Vec<Owed>,
    /// Its documents, the newest first.
    pub documents: Vec<DocumentRow>,
    /// The pace of the running cycle.
    pub pace: Option<String>,
    /// Whether a cycle of it has ended.
    pub graded: bool,
    /// What went on from one cycle to the next.
    pub went_on: Option<WentOn>,
}

/// As much as a unit is told that it owes.
const MOST_OWED: usize = 12;

/// A unit.
pub(super) fn page(site: &Site<'_>, census: &Census, unit: usize) -> Page {
    let of = &site.config().units[unit];
    let url = format!("units/{}/", of.id);
    let mut chrome = site.chrome(&url, of.name.to_string(), None, "");
    let view = view(site, census, unit);
    chrome.description = Some(view.lede.clone());
    Page { kind: "unit", chrome, view: View::Unit(Box::new(view)) }
}

fn view(site: &Site<'_>, census: &Census, unit: usize) -> UnitView {
    let of = &site.config().units[unit];
    let level = &site.config().levels[of.level];
    let mut owes: Vec<Owed> = census.owed[unit]
        .iter()
        .map(|(cycle, delivery)| site.owed_delivery(*cycle, *delivery, unit))
        .collect();
    order(&mut owes);
    owes.truncate(MOST_OWED);
    let current = site.book().current(site.today);
    let party = |named: &[crate::table::Words], words: &Option<std::sync::Arc<str>>| match words {
        Some(words) if named.is_empty() => vec![Who { name: words.to_string(), url: None }],
        _ => site.whos(named),
    };
    let documents = site.unit_documents(unit);
    UnitView {
        ribbon: current.map(|cycle| unit_pages(site.ribbon(cycle, unit))).unwrap_or_default(),
        title: of.name.to_string(),
        about: site.unit_about(unit),
        lede: site.unit_sentence(census, unit, site.next_of(census, unit)),
        level: Link {
            title: level.name.to_string(),
            url: current.map(|cycle| format!("{}/#l-{}", site.book().cycles[cycle].id, level.id)),
            ..Link::default()
        },
        within: of.within.map(|within| {
            let above = &site.config().units[within];
            Link {
                title: above.name.to_string(),
                url: Some(format!("units/{}/", above.id)),
                ..Link::default()
            }
        }),
        set_by: party(&of.set_by, &level.set_by),
        delivered_by: party(&of.delivered_by, &level.delivered_by),
        owes,
        pace: documents.iter().find_map(|row| row.pace.clone()),
        graded: documents.iter().any(|row| row.graded),
        documents,
        went_on: site.went_on(census, unit),
    }
}

/// The ribbon with the pages of units in place of their documents'.
fn unit_pages(mut ribbon: Vec<RibbonLevel>) -> Vec<RibbonLevel> {
    for unit in ribbon.iter_mut().flat_map(|level| &mut level.units) {
        let id = unit.url.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        unit.url = format!("units/{id}/");
        unit.mark = None;
    }
    ribbon
}

impl Site<'_> {
    fn unit_about(&self, unit: usize) -> String {
        let of = &self.config().units[unit];
        let level = self.config().levels[of.level].name.to_string();
        let name = |typed: &crate::table::Words| {
            self.book().cycle(&typed.value).map_or_else(
                || typed.value.to_uppercase(),
                |cycle| self.book().cycles[cycle].name.to_string(),
            )
        };
        match (&of.since, &of.until) {
            (Some(since), None) => self.say("unit.since", &[("level", &level), ("cycle", &name(since))]),
            (Some(since), Some(until)) => self.say(
                "unit.since-until",
                &[("level", &level), ("cycle", &name(since)), ("last", &name(until))],
            ),
            (None, Some(until)) => self.say("unit.until", &[("level", &level), ("last", &name(until))]),
            (None, None) => String::new(),
        }
    }

    /// What a unit owes first, in a sentence.
    fn next_of(&self, census: &Census, unit: usize) -> Option<String> {
        let due = |(cycle, at): &&(usize, usize)| self.timeline(*cycle).deliveries[*at].due;
        let (cycle, at) = census.owed[unit].iter().min_by_key(due)?;
        let delivery = &self.timeline(*cycle).deliveries[*at];
        let name = &self.book().cycles[*cycle].name;
        let key = format!("unit.next-{}", delivery.what.as_str());
        Some(self.say(&key, &[("cycle", name), ("when", &self.due_words(delivery.due))]))
    }

    fn unit_sentence(&self, census: &Census, unit: usize, owed: Option<String>) -> String {
        let name = &self.config().units[unit].name;
        let documents = &census.of_unit[unit];
        if documents.is_empty() {
            return self.say("unit.lede-none", &[("unit", name)]);
        }
        let mut judged = 0;
        let mut in_time = 0;
        for at in documents {
            let timeline = self.timeline(self.book().documents[*at].cycle);
            let own = |one: &&Expected| one.document == Some(*at) && !one.unsigned;
            for delivery in timeline.of_kind(What::Final).filter(|delivery| delivery.left < 0) {
                let Some(expected) = delivery.expected.iter().find(own) else { continue };
                judged += 1;
                in_time += usize::from(delivery.by_of(expected).is_some_and(|days| days <= 0));
            }
        }
        let cycles = self.count("unit.lede", documents.len(), &[("unit", name)]);
        let signed = match (judged, in_time) {
            (0, _) => None,
            (judged, in_time) if judged == in_time => Some(self.count("unit.signed-always", judged, &[])),
            (judged, 0) => Some(self.count("unit.signed-never", judged, &[])),
            (judged, in_time) => {
                Some(self.count("unit.signed-some", in_time, &[("total", &self.whole(judged))]))
            }
        };
        let mut sentences = vec![cycles];
        sentences.extend(signed);
        if let Some(owed) = owed {
            sentences.push(owed);
        }
        sentences.join(" ")
    }
}
