//! Who supports whom between the levels of a cycle: a map, and the same as a list.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::chart::{MapUnit, SupportsMap};
use crate::links::Target;
use crate::pages::Entry;
use crate::pages::parts::Svg;
use crate::pages::site::Site;

/// Who supports whom.
#[derive(Debug, Serialize)]
pub struct MapView {
    /// Whether the units of the last level are counted, and not named.
    pub counted: bool,
    /// The map drawn; none of so many units that nobody could read it.
    pub chart: Option<Svg>,
    /// The units that are supported, each with those that support it.
    pub rows: Vec<MapRow>,
    /// How many rows there are, in words.
    pub summary: String,
}

/// A unit that is supported.
#[derive(Debug, Serialize)]
pub struct MapRow {
    /// It.
    pub unit: Entry,
    /// Those that support it, each with how many of its key results do.
    pub by: Vec<Entry>,
    /// How many others do.
    pub more: String,
}

/// As many units as a map shows. Of more, those of the last level are counted: one mark for all that are
/// within the same unit.
const MOST_UNITS: usize = 120;

/// As many units as a row of the list names.
const MOST_NAMED: usize = 12;

/// The supports of a cycle; none where nothing is supported.
pub(super) fn map(site: &Site<'_>, cycle: usize) -> Option<MapView> {
    let (units, map) = drawn(site, cycle);
    let rows = map.supported_by();
    if rows.is_empty() {
        return None;
    }
    let counted = units.len() > MOST_UNITS;
    let entry = |at: usize, note: String| Entry {
        title: map.units[at].name.clone(),
        url: site.book().document_url(units[at]),
        note,
        current: false,
    };
    let row = |(to, by): &(usize, Vec<(usize, u64)>)| {
        let most = if counted { MOST_NAMED / 3 } else { MOST_NAMED };
        let named = if by.len() > most + 1 { most } else { by.len() };
        let count =
            |count: u64| site.count("count.key-results", usize::try_from(count).unwrap_or(usize::MAX), &[]);
        MapRow {
            unit: entry(*to, String::new()),
            by: by[..named].iter().map(|(from, times)| entry(*from, count(*times))).collect(),
            more: if by.len() > named {
                site.count("list.others", by.len() - named, &[])
            } else {
                String::new()
            },
        }
    };
    let drawn = if counted { gathered(site, &map) } else { map.clone() };
    Some(MapView {
        counted,
        chart: (drawn.units.len() <= MOST_UNITS).then(|| drawn.svg()),
        summary: site.count("contracts.map-list", rows.len(), &[]),
        rows: rows.iter().map(row).collect(),
    })
}

/// The map with the units of the last level counted: those within the same unit, and with it, as one.
fn gathered(site: &Site<'_>, map: &SupportsMap) -> SupportsMap {
    let last = map.columns.len().saturating_sub(1);
    let mut numbers: BTreeMap<usize, usize> = BTreeMap::new();
    let mut units: Vec<MapUnit> = Vec::new();
    for (at, unit) in map.units.iter().enumerate().filter(|(_, unit)| unit.column < last) {
        numbers.insert(at, units.len());
        units.push(unit.clone());
    }
    let renumbered = |at: &usize| numbers.get(at).copied();
    for unit in &mut units {
        unit.within = unit.within.as_ref().and_then(renumbered);
        unit.supports = unit.supports.iter().filter_map(|(to, n)| Some((renumbered(to)?, *n))).collect();
    }
    let mut groups: BTreeMap<Option<usize>, Vec<&MapUnit>> = BTreeMap::new();
    for unit in map.units.iter().filter(|unit| unit.column == last) {
        groups.entry(unit.within.as_ref().and_then(renumbered)).or_default().push(unit);
    }
    for (within, group) in groups {
        let mut supports: BTreeMap<usize, u64> = BTreeMap::new();
        for (to, times) in group.iter().flat_map(|unit| &unit.supports) {
            if let Some(to) = renumbered(to) {
                *supports.entry(to).or_default() += times;
            }
        }
        let all = site.count("count.units", group.len(), &[]);
        let supporting = group.iter().filter(|unit| !unit.supports.is_empty()).count();
        let name = match supporting {
            0 => all,
            some if some == group.len() => all,
            some => site.say("contracts.map-some", &[("n", &site.whole(some)), ("units", &all)]),
        };
        units.push(MapUnit { name, column: last, within, supports: supports.into_iter().collect() });
    }
    SupportsMap { label: map.label.clone(), columns: map.columns.clone(), units }
}

/// The documents of a cycle in the order of levels and units, and their units as a map.
fn drawn(site: &Site<'_>, cycle: usize) -> (Vec<usize>, SupportsMap) {
    let (book, config) = (site.book(), site.config());
    let documents: Vec<usize> = book.documents_of(cycle).collect();
    let levels: BTreeSet<usize> =
        documents.iter().map(|at| config.units[book.documents[*at].unit].level).collect();
    let columns: Vec<usize> = levels.into_iter().collect();
    let numbers: BTreeMap<usize, usize> =
        documents.iter().enumerate().map(|(number, at)| (book.documents[*at].unit, number)).collect();
    let unit = |at: &usize| {
        let of = &config.units[book.documents[*at].unit];
        MapUnit {
            name: of.name.to_string(),
            column: columns.iter().position(|level| *level == of.level).unwrap_or_default(),
            within: of.within.and_then(|within| numbers.get(&within).copied()),
            supports: supports(site, *at, &numbers),
        }
    };
    let units: Vec<MapUnit> = documents.iter().map(unit).collect();
    let idle = units.iter().filter(|unit| unit.column > 0 && unit.supports.is_empty()).count();
    let values = [("units", site.count("count.units", units.len(), &[])), ("n", site.whole(idle))];
    let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
    let label = site.count("contracts.map-label", idle, &values);
    let columns = columns.into_iter().map(|level| config.levels[level].name.to_string()).collect();
    (documents, SupportsMap { label, columns, units })
}

/// The units that a document supports, with how many of its key results do.
fn supports(site: &Site<'_>, at: usize, numbers: &BTreeMap<usize, usize>) -> Vec<(usize, u64)> {
    let book = site.book();
    let cycle = book.documents[at].cycle;
    let mut times: BTreeMap<usize, u64> = BTreeMap::new();
    for (of, number, _, _) in book.documents[at].okrs().key_results() {
        let targets = site.analysis.links.supports.get(&Target::KeyResult(at, of, number));
        let to: BTreeSet<usize> = targets
            .into_iter()
            .flatten()
            .filter(|target| target.cycle(book) == cycle)
            .filter_map(|target| numbers.get(&target.unit(book)?).copied())
            .collect();
        for unit in to {
            *times.entry(unit).or_default() += 1;
        }
    }
    times.into_iter().collect()
}
