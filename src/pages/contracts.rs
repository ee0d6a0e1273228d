//! Whether each level's key results are covered from below, and on whose word: key results above
//! against units below, and the evidence.

mod allowed;
mod evidence;
mod map;
mod matrix;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::chart::CoverageBar;
use crate::links::{Coverage, Covered, Target};

use super::parts::{Link, Svg};
use super::phrase::{Phrase, Piece, capital};
use super::site::Site;
use super::standing::Tally;
use super::{Page, View};

use evidence::Evidence;
use map::MapView;
use matrix::Matrix;

/// What covers what in a cycle.
#[derive(Debug, Serialize)]
pub struct ContractsView {
    /// The cycle, and the day.
    pub about: String,
    /// How it stands, in a sentence.
    pub lede: Phrase,
    /// Said in place of all else, where a book has nothing below.
    pub only: Option<String>,
    /// Each level that others answer.
    pub joints: Vec<Joint>,
    /// Who supports whom.
    pub map: Option<MapView>,
    /// Key results above against units below, one for each unit above.
    pub matrices: Vec<Matrix>,
    /// Whether there are so many of them that each is a line until it is opened.
    pub folded: bool,
    /// What was said, key result by key result.
    pub evidence: Vec<Evidence>,
}

/// A level, and how much of it is covered from below.
#[derive(Debug, Serialize)]
pub struct Joint {
    /// The level above.
    pub above: String,
    /// The levels below.
    pub below: String,
    /// How many key results are covered.
    pub covered: String,
    /// Of how many.
    pub total: String,
    /// The shares drawn.
    pub bar: Svg,
    /// The counts in words, each with a class.
    pub counts: Vec<(String, &'static str)>,
}

/// A key result that units below can answer.
struct Above<'a> {
    target: Target,
    coverage: &'a Coverage,
    active: bool,
}

/// The key results of one unit above, with their document.
struct OfUnit<'a> {
    document: usize,
    key_results: Vec<Above<'a>>,
}

/// As many units above as have their key results open.
const MOST_MATRICES: usize = 12;

/// The contracts of a cycle.
pub(super) fn page(site: &Site<'_>, cycle: usize) -> Page {
    let of = &site.book().cycles[cycle];
    let url = format!("{}/contracts/", of.id);
    let title = site.row(&[&site.text("contracts.title"), &of.name]);
    let mut chrome = site.chrome(&url, title, Some(cycle), "contracts");
    let above = above(site, cycle);
    let tallies = tallies(site, &above);
    let listed = evidence::listed(&above);
    let view = ContractsView {
        about: site.cycle_as_of(cycle),
        lede: lede(site, cycle, &tallies),
        only: (!site.levels_with_units_below().contains(&true))
            .then(|| site.text("contracts.only-one-level")),
        joints: joints(site, cycle, &tallies),
        map: map::map(site, cycle),
        matrices: matrix::matrices(site, &above, &listed, &super::site::root_of(&url)),
        folded: above.len() > MOST_MATRICES,
        evidence: evidence::evidence(site, &above, &listed, &super::site::root_of(&url)),
    };
    chrome.description = Some(super::phrase::words_of(&view.lede));
    Page { kind: "contracts", chrome, view: View::Contracts(Box::new(view)) }
}

/// The key results of a cycle that units below can answer, document by document.
fn above<'a>(site: &Site<'a>, cycle: usize) -> Vec<OfUnit<'a>> {
    let mut all = Vec::new();
    for document in site.book().documents_of(cycle) {
        let okrs = site.book().documents[document].okrs();
        let key_results: Vec<Above<'_>> = okrs
            .key_results()
            .filter_map(|(of, number, objective, key_result)| {
                let target = Target::KeyResult(document, of, number);
                let coverage = site.analysis.links.coverage.get(&target)?;
                Some(Above { target, coverage, active: objective.is_active(key_result) })
            })
            .collect();
        if !key_results.is_empty() {
            all.push(OfUnit { document, key_results });
        }
    }
    all
}

/// How the key results of each level are covered.
fn tallies(site: &Site<'_>, above: &[OfUnit<'_>]) -> BTreeMap<usize, Tally> {
    let mut tallies: BTreeMap<usize, Tally> = BTreeMap::new();
    for of in above {
        let level = site.config().units[site.book().documents[of.document].unit].level;
        let tally = tallies.entry(level).or_default();
        of.key_results.iter().filter(|one| one.active).for_each(|one| tally.add(one.coverage.covered));
    }
    tallies
}

/// How the key results of one unit are covered.
fn tally_of(of: &OfUnit<'_>) -> Tally {
    let mut tally = Tally::default();
    of.key_results.iter().filter(|one| one.active).for_each(|one| tally.add(one.coverage.covered));
    tally
}

fn lede(site: &Site<'_>, cycle: usize, tallies: &BTreeMap<usize, Tally>) -> Phrase {
    let rule = site.text("contracts.lede");
    let own = |sentence: String| vec![Piece::plain(format!("{rule} {sentence}"))];
    if !tallies.values().any(|tally| tally.total() > 0) {
        if let Some(around) = site.book().cycles[cycle].within.iter().find(|around| site.is_covered(**around))
        {
            let around = &site.book().cycles[*around];
            let link = Piece::link(around.name.as_ref(), format!("{}/contracts/", around.id));
            let mut phrase = own(String::new());
            phrase.extend(site.phrase("contracts.lede-enclosing", None, &[("cycle", vec![link])]));
            return phrase;
        }
        return own(site.text("contracts.lede-nothing"));
    }
    let mut gaps: Vec<String> = Vec::new();
    for (level, tally) in tallies {
        gaps.extend(gap(site, *level, *tally));
    }
    if gaps.is_empty() {
        return own(site.text("contracts.lede-all"));
    }
    own(format!("{}.", capital(&gaps.join("; "))))
}

/// What a level lacks.
fn gap(site: &Site<'_>, level: usize, tally: Tally) -> Option<String> {
    let level = site.config().levels[level].name.as_ref();
    let total = site.whole(tally.total());
    let partial = site.whole(tally.partial);
    let values = [("level", level), ("total", &total)];
    match (tally.uncovered, tally.partial, tally.not_ours) {
        (0, 0, 0) => None,
        (0, 0, n) => Some(site.count("contracts.lede-not-ours", n, &values)),
        (n, 0, _) => Some(site.count("contracts.lede-uncovered", n, &values)),
        (0, n, _) => Some(site.count("contracts.lede-partial", n, &values)),
        (n, ..) => Some(site.count(
            "contracts.lede-both",
            n,
            &[("level", level), ("total", &total), ("partial", &partial)],
        )),
    }
}

/// Each level that has units below, also where it has no key results yet.
fn joints(site: &Site<'_>, cycle: usize, tallies: &BTreeMap<usize, Tally>) -> Vec<Joint> {
    let config = site.config();
    let mut below: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for unit in &config.units {
        if let Some(within) = unit.within {
            let levels = below.entry(config.units[within].level).or_default();
            if !levels.contains(&unit.level) {
                levels.push(unit.level);
            }
        }
    }
    below
        .into_iter()
        .map(|(level, mut levels)| {
            levels.sort_unstable();
            let names: Vec<&str> = levels.iter().map(|level| config.levels[*level].name.as_ref()).collect();
            let tally = tallies.get(&level).copied().unwrap_or_default();
            Joint {
                above: config.levels[level].name.to_string(),
                below: site.lang.list(&names),
                covered: match tally.total() {
                    0 => site.text("number.none"),
                    _ => site.whole(tally.covered()),
                },
                total: match tally.total() {
                    0 => String::new(),
                    n => site.count("contracts.covered-of", n, &[("total", &site.whole(n))]),
                },
                bar: bar(tally),
                counts: if tally.total() == 0 {
                    vec![(site.nothing_to_cover(cycle, level), "")]
                } else {
                    counts(site, tally)
                },
            }
        })
        .collect()
}

fn bar(tally: Tally) -> String {
    let Tally { supported, assured, partial, not_ours, uncovered } = tally;
    CoverageBar { label: None, supported, assured, partial, not_ours, uncovered }.svg()
}

fn counts(site: &Site<'_>, tally: Tally) -> Vec<(String, &'static str)> {
    [
        ("supported", tally.supported, ""),
        ("assured", tally.assured, ""),
        ("partial", tally.partial, "s-warn"),
        ("not-ours", tally.not_ours, "s-warn"),
        ("uncovered", tally.uncovered, "s-bad"),
    ]
    .into_iter()
    .filter(|(_, count, _)| *count > 0)
    .map(|(key, count, class)| (site.count(&format!("contracts.count-{key}"), count, &[]), class))
    .collect()
}

/// The word and the symbol of a verdict, and a class for it.
fn verdict(covered: Covered) -> (&'static str, &'static str, &'static str) {
    match covered {
        Covered::Supported => ("contracts.supported", "c-supported", ""),
        Covered::Assured => ("contracts.assured", "c-assured", ""),
        Covered::Partial => ("contracts.partial", "c-partial", "s-warn"),
        Covered::NotOurs => ("contracts.not-ours", "c-notours", "s-warn"),
        Covered::Uncovered => ("contracts.uncovered", "c-open", "s-bad"),
    }
}

/// A name for an anchor: the reference within the cycle.
fn anchor(site: &Site<'_>, target: Target) -> String {
    let named = target.document().zip(target.place()).and_then(|(document, place)| {
        let name = site.book().documents[document].okrs().name(place)?;
        let unit = site.book().documents[document].unit;
        Some(format!("{}/{name}", site.config().units[unit].id))
    });
    named.unwrap_or_else(|| match target {
        Target::KeyResult(document, of, number) => format!("{document}/{of}/{number}"),
        _ => String::new(),
    })
}

impl Site<'_> {
    /// A cycle and the day that its page speaks of.
    pub(super) fn cycle_as_of(&self, cycle: usize) -> String {
        let date = self.lang.day_year(self.today);
        let cycle = &self.book().cycles[cycle].name;
        self.say("site.cycle-as-of", &[("cycle", cycle), ("date", &date)])
    }

    /// Whether a cycle has key results that units below can answer.
    fn is_covered(&self, cycle: usize) -> bool {
        self.book().documents_of(cycle).any(|document| {
            let first = Target::KeyResult(document, 0, 0);
            let next = self.analysis.links.coverage.range(first..).next();
            next.is_some_and(|(target, _)| target.document() == Some(document))
        })
    }

    /// Why nothing of a level is covered from below: it has no key results, or nobody below has a document.
    pub(super) fn nothing_to_cover(&self, cycle: usize, level: usize) -> String {
        let mut documents = self.book().documents_of(cycle).map(|at| &self.book().documents[at]);
        let has = documents.any(|document| {
            self.config().units[document.unit].level == level
                && document.okrs().key_results().next().is_some()
        });
        self.text(if has { "contracts.nobody-below" } else { "contracts.nothing-above" })
    }

    /// Where a key result is answered on the page of contracts.
    pub(super) fn contract_url(&self, key_result: Target) -> String {
        let cycle = &self.book().cycles[key_result.cycle(self.book())].id;
        format!("{cycle}/contracts/#{}", anchor(self, key_result))
    }

    /// A link to a key result that supports another: its unit, and how it stands.
    fn supporting(&self, target: Target) -> Link {
        let book = self.book();
        let unit = target.unit(book).map(|unit| self.config().units[unit].name.to_string());
        let mut notes: Vec<String> = unit.into_iter().collect();
        if let Target::KeyResult(at, of, number) = target {
            let key_result = &book.documents[at].okrs().objectives[of].key_results[number];
            notes.extend(self.how_far(key_result));
        }
        self.link(target, notes.join(&self.text("list.separator")))
    }
}
