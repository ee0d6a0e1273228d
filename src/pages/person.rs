//! A person: what they owe this week, own, sign, said and were asked.

mod owes;
mod owns;
mod said;
mod signs;

use serde::Serialize;

use crate::model::Party;
use crate::prose::Text;

use super::census::{Census, Part};
use super::owed::Owed;
use super::parts::{Exchange, Link};
use super::site::{Site, encode, root_of};
use super::{Entry, Page, View};
use owns::{OwnedCycle, OwnedRow};
use signs::SignedCycle;

/// A person.
#[derive(Debug, Serialize)]
pub struct PersonView {
    /// The way to it.
    pub crumbs: Vec<Entry>,
    /// The name.
    pub name: String,
    /// What the person does.
    pub title: String,
    /// With the `@`.
    pub handle: String,
    /// An address.
    pub address: Option<Text>,
    /// What the person sets, delivers and owes, in a sentence.
    pub lede: String,
    /// What is owed this week.
    pub owes: Vec<Owed>,
    /// What else is owed, folded.
    pub owes_more: Vec<Owed>,
    /// How much that is.
    pub owes_more_summary: String,
    /// What the person owns now.
    pub owns: Vec<OwnedRow>,
    /// How much, in which cycles.
    pub owns_summary: String,
    /// How much more than is listed.
    pub owns_more: String,
    /// What the person owned in other cycles.
    pub owned: Vec<OwnedCycle>,
    /// What the person signs, by cycle.
    pub signs: Vec<SignedCycle>,
    /// Older cycles of it.
    pub signed: Vec<SignedCycle>,
    /// How many those are.
    pub signed_summary: String,
    /// What the person said and was asked, the latest first.
    pub said: Vec<Exchange>,
    /// More of it.
    pub said_more: Vec<Exchange>,
    /// How much more.
    pub said_summary: String,
    /// The units that name the person.
    pub units: Vec<Link>,
}

/// A person.
pub(super) fn page(site: &Site<'_>, census: &Census, at: usize) -> Page {
    let person = &site.config().people[at];
    let url = format!("people/{}/", encode(&person.handle));
    let mut chrome = site.chrome(&url, person.name.to_string(), None, "");
    let view = view(site, census, at, &root_of(&url));
    chrome.description = Some(view.lede.clone());
    Page { kind: "person", chrome, view: View::Person(Box::new(view)) }
}

fn view(site: &Site<'_>, census: &Census, at: usize, root: &str) -> PersonView {
    const MOST_OWED: usize = 10;
    const MOST_FOLDED: usize = 100;
    let person = &site.config().people[at];
    let part = &census.people[at];
    let mut owes = site.owes(census, part, &person.handle);
    let lede = site.person_sentence(person.name.as_ref(), part, &owes);
    let mut owes_more = owes.split_off(owes.len().min(MOST_OWED));
    let owes_more_summary = site.count("list.more", owes_more.len(), &[]);
    owes_more.truncate(MOST_FOLDED);
    let owns = site.owns(part);
    let (signs, signed) = site.signs(part, &person.handle);
    let said = site.said(part, root);
    let crumb = |title: String, current: bool| Entry { title, current, ..Entry::default() };
    PersonView {
        crumbs: vec![crumb(site.text("site.handbook"), false), crumb(person.name.to_string(), true)],
        name: person.name.to_string(),
        title: person.title.as_ref().map(ToString::to_string).unwrap_or_default(),
        handle: format!("@{}", person.handle),
        address: person.url.as_ref().map(|url| site.person_address(&url.value)),
        lede,
        owes,
        owes_more,
        owes_more_summary,
        owns: owns.now,
        owns_summary: owns.summary,
        owns_more: owns.more,
        owned: owns.before,
        signed_summary: site.count("count.cycles", signed.len(), &[]),
        signs,
        signed,
        said_summary: said.summary,
        said: said.shown,
        said_more: said.folded,
        units: site.person_units(part),
    }
}

impl Site<'_> {
    /// An address as a link that is called by its host and path.
    fn person_address(&self, url: &std::sync::Arc<str>) -> Text {
        let named = url.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/');
        let typed = format!("[{named}](<{url}>)");
        let there = crate::prose::Destination {
            href: Some(url.to_string()),
            outside: true,
            ..crate::prose::Destination::default()
        };
        let mut shared = crate::prose::Shared::default();
        shared.destinations.insert((crate::markdown::LinkKind::Link, url.to_string()), there);
        Text::inline(&std::sync::Arc::from(typed), &std::sync::Arc::new(shared))
    }

    fn person_units(&self, part: &Part) -> Vec<Link> {
        let link = |(unit, party): &(usize, Party)| {
            let of = &self.config().units[*unit];
            let note = if *party == Party::SetBy { "person.sets-it" } else { "person.delivers-it" };
            Link {
                title: of.name.to_string(),
                url: Some(format!("units/{}/", of.id)),
                note: self.text(note),
                ..Link::default()
            }
        };
        part.units.iter().map(link).collect()
    }

    /// Who the person is among the units, and how much is owed.
    fn person_sentence(&self, name: &str, part: &Part, owes: &[Owed]) -> String {
        const MOST: usize = 3;
        let of = |party: Party| -> Vec<String> {
            let units = part.units.iter().filter(|(_, own)| *own == party);
            units.map(|(unit, _)| self.config().units[*unit].name.to_string()).collect()
        };
        let (sets, delivers) = (of(Party::SetBy), of(Party::DeliveredBy));
        let values = [self.some_names(&sets, MOST), self.some_names(&delivers, MOST)];
        let values = [("name", name), ("sets", &values[0]), ("delivers", &values[1])];
        let key = match (sets.is_empty(), delivers.is_empty()) {
            (false, false) => "person.lede-both",
            (false, true) => "person.lede-sets",
            (true, false) => "person.lede-delivers",
            (true, true) if part.objectives.is_empty() && part.key_results.is_empty() => "person.lede-none",
            (true, true) => "person.lede-owns",
        };
        let who = self.say(key, &values);
        let now = owes.iter().filter(|todo| todo.rank < 3).count();
        let later = owes.len() - now;
        let owed = match (now, later) {
            (0, 0) => self.text("person.owes-nothing"),
            (0, later) => self.count("person.owes-later", later, &[]),
            (now, 0) => self.count("person.owes-now", now, &[]),
            (now, later) => self.count("person.owes-both", now, &[("later", &self.whole(later))]),
        };
        format!("{who} {owed}")
    }
}
