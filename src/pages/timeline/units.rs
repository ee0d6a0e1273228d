//! The same as the picture in a table: the day on which each unit delivered.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Serialize;

use crate::config::What;
use crate::model::{Delivery, Expected};
use crate::pages::site::Site;

/// The units of a cycle with the days on which they delivered.
#[derive(Debug, Serialize)]
pub struct UnitsTable {
    /// What is due from units, in order.
    pub columns: Vec<String>,
    /// The units by level.
    pub levels: Vec<UnitsOfLevel>,
    /// How many units there are.
    pub summary: String,
    /// Whether there are so many that the table is folded.
    pub folded: bool,
}

/// The units of a level.
#[derive(Debug, Serialize)]
pub struct UnitsOfLevel {
    /// What the level is called.
    pub name: String,
    /// Its units; of a large level those that are furthest behind.
    pub rows: Vec<UnitRow>,
    /// How many others there are.
    pub others: String,
}

/// A unit.
#[derive(Debug, Serialize)]
pub struct UnitRow {
    /// What it is called.
    pub name: String,
    /// Its document, or its page.
    pub url: String,
    /// How it stands with each deliverable.
    pub cells: Vec<DayCell>,
}

/// The day on which a unit delivered.
#[derive(Clone, Debug, Default, Serialize)]
pub struct DayCell {
    /// The deliverable.
    pub label: String,
    /// The day, or that it is not there.
    pub day: String,
    /// How early or late.
    pub note: String,
    /// A class that colours it.
    pub class: &'static str,
}

/// As many units as stand open on the page.
const MOST_OPEN: usize = 40;
/// As many units of a level as have a row.
const MOST_ROWS: usize = 60;

/// How far behind a unit is: what is missing before what was late, and that by days; the least first.
type Behind = Reverse<(u8, i64)>;

impl Site<'_> {
    pub(super) fn units_table(&self, cycle: usize) -> Option<UnitsTable> {
        let of_units = |delivery: &&Delivery| delivery.what != What::Direction && delivery.is_expected();
        let deliveries: Vec<&Delivery> = self.timeline(cycle).deliveries.iter().filter(of_units).collect();
        let mut cells: BTreeMap<usize, (Behind, Vec<DayCell>)> = BTreeMap::new();
        for (at, delivery) in deliveries.iter().enumerate() {
            let label = self.deliverable_short(delivery);
            for expected in &delivery.expected {
                let Some(unit) = expected.unit else { continue };
                let none = || (Reverse((0, i64::MIN)), vec![DayCell::default(); deliveries.len()]);
                let (worst, row) = cells.entry(unit).or_insert_with(none);
                *worst = (*worst).min(behind(delivery, expected));
                row[at] = self.day_cell(cycle, delivery, expected, label.clone());
            }
        }
        if cells.is_empty() {
            return None;
        }
        let summary = self.count("count.units", cells.len(), &[]);
        let folded = cells.len() > MOST_OPEN;
        let mut by_level: BTreeMap<usize, Vec<(Behind, UnitRow)>> = BTreeMap::new();
        for unit in self.book().units_by_level() {
            let Some((behind, cells)) = cells.remove(&unit) else { continue };
            let of = &self.config().units[unit];
            let url = match self.book().document_of(cycle, unit) {
                Some(document) => self.book().document_url(document),
                None => format!("units/{}/", of.id),
            };
            let row = UnitRow { name: of.name.to_string(), url, cells };
            by_level.entry(of.level).or_default().push((behind, row));
        }
        let levels = by_level.into_iter().map(|(level, rows)| self.units_of_level(level, rows)).collect();
        let columns = deliveries.iter().map(|delivery| self.deliverable_short(delivery)).collect();
        Some(UnitsTable { columns, levels, summary, folded })
    }

    /// The units of a level. Of a large one only those that are furthest behind have a row: the page
    /// stays one that can be read, and loads on a phone.
    fn units_of_level(&self, level: usize, mut rows: Vec<(Behind, UnitRow)>) -> UnitsOfLevel {
        let others = rows.len().saturating_sub(MOST_ROWS);
        if others > 0 {
            rows.sort_by_key(|(behind, _)| *behind);
            rows.truncate(MOST_ROWS);
        }
        UnitsOfLevel {
            name: self.config().levels[level].name.to_string(),
            rows: rows.into_iter().map(|(_, row)| row).collect(),
            others: match others {
                0 => String::new(),
                others => self.count("timeline.units-others", others, &[]),
            },
        }
    }

    fn day_cell(&self, cycle: usize, delivery: &Delivery, expected: &Expected, label: String) -> DayCell {
        let by = delivery.by_of(expected);
        let (day, note, class) = match (expected.there.zip(by), expected.delivered) {
            (Some((day, by)), _) => {
                (self.day_short(day), self.distance(by), if by > 0 { "s-warn" } else { "" })
            }
            (None, true) => (self.text("timeline.done"), String::new(), ""),
            (None, false) if delivery.left < 0 => {
                let over = usize::try_from(delivery.left.unsigned_abs()).unwrap_or_default();
                let note = self.count("timeline.overdue-days", over, &[]);
                match self.is_live(cycle) {
                    true => (self.text("date.not-yet"), note, "s-bad"),
                    false => (self.text("date.never"), String::new(), "s-warn"),
                }
            }
            (None, false) => (self.text("date.not-yet"), String::new(), "muted"),
        };
        DayCell { label, day, note, class }
    }
}

/// How far behind a unit is with a delivery.
fn behind(delivery: &Delivery, expected: &Expected) -> Behind {
    Reverse(match delivery.by_of(expected) {
        Some(by) => (0, by),
        None if expected.delivered => (0, 0),
        None => (u8::from(delivery.left < 0) + 1, -delivery.left),
    })
}
