//! What waits for someone in the cycles that run or are to come: a sentence each, for whom, since when.

mod measures;
mod promises;

use serde::Serialize;

use crate::date::{Date, Phase};
use crate::diagnostic::Severity;
use crate::model::Okrs;
use crate::table::Words;

use super::phrase::{Phrase, Piece};
use super::site::Site;
use super::standing::Standing;

/// Something that waits for someone.
#[derive(Clone, Debug, Serialize)]
pub struct Todo {
    /// Its symbol.
    pub icon: &'static str,
    /// A class of the symbol: `s-bad` or `s-warn`.
    pub class: &'static str,
    /// What is wrong.
    pub what: Phrase,
    /// Who can mend it, and since when it is so.
    pub whom: String,
    /// The rule, or another word for what is looked at.
    pub rule: String,
    /// How it is ordered: kind by kind, and in a kind the worst first.
    #[serde(skip)]
    rank: (u8, i64),
}

/// What waits for someone, the worst first.
#[derive(Debug, Default, Serialize)]
pub struct Todos {
    /// As many as are shown.
    pub shown: Vec<Todo>,
    /// How many more there are.
    pub more: Option<String>,
}

/// As many as are shown.
const MOST: usize = 12;

/// As many of one kind as are shown before others have their turn.
const MOST_OF_A_KIND: usize = 4;

impl Todos {
    /// What waits for someone in the cycles that run or are to come.
    pub(super) fn of(site: &Site<'_>, current: Option<&Standing>) -> Self {
        let mut all = errors(site);
        for cycle in 0..site.book().cycles.len() {
            if site.book().cycles[cycle].phase(site.today) == Phase::Ended {
                continue;
            }
            let made;
            let standing = match current {
                Some(current) if current.cycle == cycle => current,
                _ => {
                    made = Standing::of(site, cycle);
                    &made
                }
            };
            promises::add(site, standing, &mut all);
            measures::add(site, standing, &mut all);
        }
        Self::chosen(site, all)
    }

    /// The worst, but not all of one kind.
    fn chosen(site: &Site<'_>, mut all: Vec<Todo>) -> Self {
        all.sort_by_key(|todo| todo.rank);
        let total = all.len();
        let (mut shown, mut rest) = (Vec::new(), Vec::new());
        let (mut kind, mut count) = (None, 0);
        for todo in all {
            if kind != Some(todo.rank.0) {
                (kind, count) = (Some(todo.rank.0), 0);
            }
            count += 1;
            if count <= MOST_OF_A_KIND && shown.len() < MOST { shown.push(todo) } else { rest.push(todo) }
        }
        let left = MOST.saturating_sub(shown.len());
        shown.extend(rest.into_iter().take(left));
        shown.sort_by_key(|todo| todo.rank);
        let more = (total > shown.len()).then(|| site.count("list.more", total - shown.len(), &[]));
        Self { shown, more }
    }
}

/// Documents that are published with errors in them.
fn errors(site: &Site<'_>) -> Vec<Todo> {
    let book = site.book();
    let errors = || site.analysis.found.iter().filter(|found| found.severity == Severity::Error);
    if errors().next().is_none() {
        return Vec::new();
    }
    let mut by_path: std::collections::BTreeMap<&str, (usize, &'static str)> = Default::default();
    for found in errors() {
        let entry = by_path.entry(&found.finding.place.path).or_insert((0, found.finding.rule));
        entry.0 += 1;
    }
    let pages: std::collections::BTreeMap<&str, (String, String)> = book
        .documents
        .iter()
        .enumerate()
        .filter(|(_, document)| by_path.contains_key(document.path().as_ref()))
        .map(|(at, document)| {
            let unit = &site.config().units[document.unit];
            (document.path().as_ref(), (unit.name.to_string(), book.document_url(at)))
        })
        .collect();
    by_path
        .into_iter()
        .map(|(path, (count, rule))| {
            let piece = match pages.get(path) {
                Some((name, url)) => Piece { strong: true, ..Piece::link(name.as_str(), url.as_str()) },
                None => Piece::strong(path),
            };
            Todo {
                icon: "broken",
                class: "s-bad",
                what: site.phrase("todo.errors", Some(count), &[("document", vec![piece])]),
                whom: String::new(),
                rule: rule.to_owned(),
                rank: (0, -i64::try_from(count).unwrap_or(i64::MAX)),
            }
        })
        .collect()
}

/// Whether a document silences a rule at a place, or the book has it off.
fn is_silent(site: &Site<'_>, okrs: Option<&Okrs>, rule: &str, about: Option<&str>) -> bool {
    let off = |(name, value): &(Words, Words)| *name.value == *rule && &*value.value == "off";
    if site.config().rules.iter().any(off) {
        return true;
    }
    okrs.is_some_and(|okrs| {
        okrs.allows.iter().any(|allow| {
            let here = match (&allow.about, about) {
                (None, _) => true,
                (Some(own), Some(about)) => {
                    let rest = about.strip_prefix(own.value.as_ref());
                    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
                }
                (Some(_), None) => false,
            };
            here && allow.rule.as_ref().is_some_and(|own| *own.value == *rule)
        })
    })
}

/// As many people or units as are named.
const MOST_NAMED: usize = 3;

impl Site<'_> {
    /// A few names as a sentence lists them, the rest as a number.
    fn few(&self, mut names: Vec<String>) -> String {
        names.dedup();
        if names.len() > MOST_NAMED + 1 {
            let rest = names.len() - MOST_NAMED;
            names.truncate(MOST_NAMED);
            names.push(self.count("list.others", rest, &[]));
        }
        self.lang.list(&names)
    }

    /// Who, and since when in days.
    fn whom(&self, names: Vec<String>, since: Option<Date>) -> String {
        self.say_since(self.few(names), since)
    }

    /// Somebody, and since when in days.
    fn say_since(&self, who: String, since: Option<Date>) -> String {
        let days = since.map(|since| self.days_from(since, self.today)).filter(|days| *days > 0);
        let since = days.map(|days| self.count("date.for-days", days, &[]));
        match since {
            Some(since) if who.is_empty() => since,
            Some(since) => self.say("todo.for", &[("who", &who), ("since", &since)]),
            None => who,
        }
    }
}
