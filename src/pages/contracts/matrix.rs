//! The key results of one unit above against the units below it.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::links::{Answer, Covered, Target};
use crate::model::{Activity, Verdict};
use crate::pages::parts::Link;
use crate::pages::site::Site;
use crate::prose::Text;

use super::{Above, OfUnit, anchor, verdict};

/// As many columns as have words in their cells.
const MOST_WORDS: usize = 8;

/// As many columns as are shown; of more units only those that answered.
const MOST_COLUMNS: usize = 30;

/// Key results above against units below.
#[derive(Debug, Serialize)]
pub struct Matrix {
    /// Its anchor.
    pub id: String,
    /// `Product and Engineering, answered by Organisations`.
    pub title: String,
    /// How many key results, and how many units.
    pub about: String,
    /// How many key results are covered, and what is not, each with a class.
    pub counts: Vec<(String, &'static str)>,
    /// The units below; none where more answered than fit beside each other.
    pub columns: Vec<String>,
    /// Whether the cells have words, and not marks alone.
    pub words: bool,
    /// How many units are left out because they answered nothing.
    pub silent: Option<String>,
    /// The objectives above.
    pub groups: Vec<Rows>,
    /// Where it is shown in full, none. Else what is left out: how many are covered, and their document.
    pub rest: Option<Link>,
}

/// The key results of an objective above.
#[derive(Debug, Serialize)]
pub struct Rows {
    /// The objective.
    pub title: String,
    /// Its key results.
    pub rows: Vec<Row>,
}

/// A key result above.
#[derive(Debug, Serialize)]
pub struct Row {
    /// Its anchor.
    pub id: String,
    /// What it is.
    pub title: String,
    /// Where it stands.
    pub url: String,
    /// Whether it is not covered, for whatever reason.
    #[serde(skip)]
    is_wanting: bool,
    /// Whether nobody answers, and nobody has said why.
    pub gap: bool,
    /// Why it may stay as it is.
    pub allowed: Option<Text>,
    /// What each unit answers.
    pub cells: Vec<Cell>,
    /// The symbol of the verdict.
    pub symbol: &'static str,
    /// The verdict.
    pub verdict: String,
    /// A class of it.
    pub class: &'static str,
    /// What it rests on.
    pub basis: String,
}

/// What a unit answers to a key result.
#[derive(Debug, Serialize)]
pub struct Cell {
    /// Its symbol: supported, assured, partial, notours or silent.
    pub symbol: &'static str,
    /// How many key results support it.
    pub count: usize,
    /// The unit.
    pub unit: String,
    /// The answer in a word.
    pub word: String,
    /// The way to the evidence: an anchor of this page, or an address.
    pub here: Option<String>,
    /// An address of the site.
    pub url: Option<String>,
}

/// As many cells as a page has. The units above that come after have only what is not covered.
const MOST_CELLS: usize = 180;

/// The matrices of the units above, the first in full.
pub(super) fn matrices(
    site: &Site<'_>,
    above: &[OfUnit<'_>],
    listed: &BTreeSet<Target>,
    root: &str,
) -> Vec<Matrix> {
    let mut cells = 0;
    above
        .iter()
        .map(|of| {
            let full = matrix(site, of, listed, root);
            cells += of.key_results.len() * (full.columns.len() + 1);
            if cells <= MOST_CELLS { full } else { brief(site, of, full) }
        })
        .collect()
}

/// Only the key results that are not covered.
fn brief(site: &Site<'_>, of: &OfUnit<'_>, mut matrix: Matrix) -> Matrix {
    for group in &mut matrix.groups {
        group.rows.retain(|row| row.is_wanting);
        group.rows.iter_mut().for_each(|row| row.cells.clear());
    }
    matrix.groups.retain(|group| !group.rows.is_empty());
    let shown: usize = matrix.groups.iter().map(|group| group.rows.len()).sum();
    let covered = of.key_results.len() - shown;
    matrix.columns.clear();
    matrix.silent = None;
    matrix.rest = Some(Link {
        title: site.config().units[site.book().documents[of.document].unit].name.to_string(),
        url: Some(site.url(Target::Document(of.document))),
        note: site.count("contracts.covered-elsewhere", covered, &[]),
        ..Link::default()
    });
    matrix
}

fn matrix(site: &Site<'_>, of: &OfUnit<'_>, listed: &BTreeSet<Target>, root: &str) -> Matrix {
    let unit = site.book().documents[of.document].unit;
    let units: Vec<usize> = of
        .key_results
        .first()
        .map(|one| one.coverage.answers.iter().map(|answer| answer.unit).collect())
        .unwrap_or_default();
    let columns = columns(of, &units);
    let left = units.len() - columns.len();
    let mut levels: Vec<usize> = units.iter().map(|unit| site.config().units[*unit].level).collect();
    levels.sort_unstable();
    levels.dedup();
    let below: Vec<&str> = levels.iter().map(|level| site.config().levels[*level].name.as_ref()).collect();
    let below = site.lang.list(&below);
    let names = [("above", site.config().units[unit].name.as_ref()), ("below", below.as_str())];
    let words = columns.len() <= MOST_WORDS;
    let shown = if columns.len() > MOST_COLUMNS { &[][..] } else { &columns[..] };
    Matrix {
        id: format!("m-{}", site.config().units[unit].id),
        title: site.say("contracts.answered-by", &names),
        about: site.say(
            "contracts.matrix-counts",
            &[
                ("key-results", &site.count("count.key-results", of.key_results.len(), &[])),
                ("units", &site.count("count.units", units.len(), &[])),
            ],
        ),
        counts: super::counts(site, super::tally_of(of)),
        columns: shown.iter().map(|unit| site.config().units[*unit].name.to_string()).collect(),
        words,
        silent: (left > 0).then(|| site.count("contracts.silent-units", left, &[])),
        groups: groups(site, of, shown, listed, (&below, root)),
        rest: None,
    }
}

/// The units that have a column: all of them, or those that answered anything.
fn columns(of: &OfUnit<'_>, units: &[usize]) -> Vec<usize> {
    if units.len() <= MOST_COLUMNS {
        return units.to_vec();
    }
    let answered: BTreeSet<usize> = of
        .key_results
        .iter()
        .flat_map(|one| &one.coverage.answers)
        .filter(|answer| !answer.supporting.is_empty() || !answer.assurances.is_empty())
        .map(|answer| answer.unit)
        .collect();
    units.iter().copied().filter(|unit| answered.contains(unit)).collect()
}

fn groups(
    site: &Site<'_>,
    of: &OfUnit<'_>,
    columns: &[usize],
    listed: &BTreeSet<Target>,
    said: (&str, &str),
) -> Vec<Rows> {
    let mut groups: Vec<(usize, Rows)> = Vec::new();
    for one in &of.key_results {
        let Target::KeyResult(document, objective, _) = one.target else { continue };
        if groups.last().is_none_or(|(last, _)| *last != objective) {
            let title = site.title(Target::Objective(document, objective));
            groups.push((objective, Rows { title, rows: Vec::new() }));
        }
        if let Some((_, group)) = groups.last_mut() {
            group.rows.push(row(site, one, columns, listed, said));
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

fn row(
    site: &Site<'_>,
    one: &Above<'_>,
    columns: &[usize],
    listed: &BTreeSet<Target>,
    (below, root): (&str, &str),
) -> Row {
    let covered = one.coverage.covered;
    let (key, symbol, class) = verdict(covered);
    let id = anchor(site, one.target);
    // a column for each answer in its order, the columns being some of them in that order
    let mut answers = one.coverage.answers.iter();
    let cells = columns
        .iter()
        .filter_map(|unit| answers.find(|answer| answer.unit == *unit))
        .map(|answer| cell(site, answer, listed.contains(&one.target).then_some(&id)))
        .collect();
    let stopped = (!one.active).then(|| stopped(site, one.target));
    let shared = || {
        let document = one.target.document().unwrap_or_default();
        site.shared(&site.book().documents[document].file, root)
    };
    let allowed = if one.active { site.allowed_gap(one.target, covered, shared) } else { None };
    let needs_nobody = !one.active || allowed.is_some();
    Row {
        title: site.title(one.target),
        url: site.url(one.target),
        gap: !needs_nobody && covered == Covered::Uncovered,
        is_wanting: one.active && !matches!(covered, Covered::Supported | Covered::Assured),
        allowed,
        cells,
        symbol: if one.active { symbol } else { "c-notours" },
        class: if needs_nobody { "muted" } else { class },
        basis: match &stopped {
            Some(_) => site.say("contracts.nothing-asked", &[("level", below)]),
            None => basis(site, one),
        },
        verdict: stopped.unwrap_or_else(|| site.text(key)),
        id,
    }
}

/// `Paused` or `Dropped`.
fn stopped(site: &Site<'_>, target: Target) -> String {
    let Target::KeyResult(document, of, number) = target else { return String::new() };
    let objective = &site.book().documents[document].okrs().objectives[of];
    let dropped = [objective.activity, objective.key_results[number].activity].contains(&Activity::Dropped);
    site.text(if dropped { "contracts.dropped" } else { "contracts.paused" })
}

/// What a verdict rests on.
fn basis(site: &Site<'_>, one: &Above<'_>) -> String {
    let answers = &one.coverage.answers;
    let saying = |verdict: Verdict| {
        let says = |answer: &&Answer| answer.assurances.iter().any(|(_, _, given)| *given == verdict);
        answers.iter().filter(says).map(|answer| answer.unit).collect::<Vec<usize>>()
    };
    match one.coverage.covered {
        Covered::Supported => {
            let key_results: BTreeSet<Target> =
                answers.iter().flat_map(|answer| answer.supporting.iter().copied()).collect();
            let units = answers.iter().filter(|answer| !answer.supporting.is_empty()).count();
            let key_results = site.count("count.key-results", key_results.len(), &[]);
            let units = site.count("count.units", units, &[]);
            site.say("contracts.by-key-results", &[("key-results", &key_results), ("units", &units)])
        }
        Covered::Assured => {
            let (_, units) = named(site, &saying(Verdict::Sufficient));
            site.say("contracts.by-assurance", &[("units", &units)])
        }
        Covered::Partial => {
            let (count, units) = named(site, &saying(Verdict::Partial));
            site.count("contracts.by-part", count, &[("units", &units)])
        }
        Covered::NotOurs => site.text("contracts.all-not-ours"),
        Covered::Uncovered => {
            let silent = answers.iter().filter(|answer| answer.assurances.is_empty());
            let (count, units) = named(site, &silent.map(|answer| answer.unit).collect::<Vec<usize>>());
            site.count("contracts.no-answers", count, &[("units", &units)])
        }
    }
}

/// Units by their names where they are few, else by their number.
fn named(site: &Site<'_>, units: &[usize]) -> (usize, String) {
    const MOST: usize = 2;
    let words = if units.len() > MOST {
        site.count("count.units", units.len(), &[])
    } else {
        let names: Vec<&str> = units.iter().map(|unit| site.config().units[*unit].name.as_ref()).collect();
        site.lang.list(&names)
    };
    (units.len(), words)
}

/// What a unit answers, and the way to its evidence; `here` is the anchor of the evidence on this page.
fn cell(site: &Site<'_>, answer: &Answer, here: Option<&String>) -> Cell {
    let says = |verdict: Verdict| answer.assurances.iter().find(|(_, _, given)| *given == verdict);
    let unit = site.config().units[answer.unit].name.to_string();
    let count = answer.supporting.len();
    let evidence = here.map(|id| format!("e-{id}"));
    let made = |symbol, word: String, url: Option<String>| {
        let here = if url.is_some() { None } else { evidence.clone() };
        Cell { symbol, count, unit: unit.clone(), word, here, url }
    };
    let document = |found: &(usize, usize, Verdict)| match here {
        Some(_) => None,
        None => Some(site.url(Target::Document(found.0))),
    };
    if let Some(first) = answer.supporting.first() {
        let alone = count == 1 || here.is_none();
        let word = site.count("contracts.cell-key-results", count, &[]);
        return made("supported", word, alone.then(|| site.url(*first)));
    }
    if let Some(found) = says(Verdict::Sufficient) {
        return made("assured", site.text("contracts.cell-assured"), document(found));
    }
    if let Some(found) = says(Verdict::Partial) {
        return made("partial", site.text("contracts.cell-partial"), document(found));
    }
    if let Some(found) = says(Verdict::NotOurs) {
        return made("notours", site.text("contracts.cell-not-ours"), document(found));
    }
    Cell { here: None, ..made("silent", site.text("contracts.cell-silent"), None) }
}
