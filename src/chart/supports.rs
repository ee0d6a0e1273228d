//! Who helps to reach what, between levels: a map of neighbourhoods.

mod layout;

use std::collections::BTreeMap;

use serde::Serialize;

use super::drawing::{Drawing, Text, number};
use super::label;
use layout::Layout;

/// With more bundles between two columns than this, the thinnest are not drawn.
const MOST_BUNDLES: usize = 30;

/// With more neighbours than this, a unit's lines are all thin.
const MOST_THICK: usize = 16;

/// A unit on the map.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct MapUnit {
    /// Its name.
    pub name: String,
    /// The number of its level, from the left.
    pub column: usize,
    /// The number of the unit above that it is within: it stands beside that one.
    pub within: Option<usize>,
    /// What it supports: the numbers of units above, and how many of its key results do.
    pub supports: Vec<(usize, u64)>,
}

/// The supports between the levels of a cycle. Levels stand beside each other; a unit stands beside
/// the one that it is within, and its supports of that are a fan in grey. What it supports elsewhere
/// is a line in the colour of text, one for all that go from one neighbourhood to the same unit. A
/// unit that supports nothing above has a hollow mark.
///
/// Phones do not show it: the page says the same in a table, from [`SupportsMap::supported_by`].
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct SupportsMap {
    /// The chart in a sentence or a few.
    pub label: String,
    /// The names of the levels, from the left.
    pub columns: Vec<String>,
    /// The units, in the order of levels and of the page.
    pub units: Vec<MapUnit>,
}

/// What supports a unit: from a neighbourhood, whose units are counted together.
type Bundles = BTreeMap<(Option<usize>, usize, usize), Vec<(usize, u64)>>;

impl SupportsMap {
    /// For each unit that is supported: its number, and the numbers of those that support it with how
    /// many of their key results do, the most first.
    pub fn supported_by(&self) -> Vec<(usize, Vec<(usize, u64)>)> {
        let mut rows: BTreeMap<usize, Vec<(usize, u64)>> = BTreeMap::new();
        for (unit, to, count) in self.supports() {
            rows.entry(to).or_default().push((unit, count));
        }
        let mut rows: Vec<(usize, Vec<(usize, u64)>)> = rows.into_iter().collect();
        for (_, by) in &mut rows {
            by.sort_by_key(|(unit, count)| (u64::MAX - count, *unit));
        }
        rows
    }

    /// Supports of units in columns further left, one a pair.
    fn supports(&self) -> impl Iterator<Item = (usize, usize, u64)> + '_ {
        self.units.iter().enumerate().flat_map(|(at, unit)| {
            let mut to: BTreeMap<usize, u64> = BTreeMap::new();
            for (above, count) in &unit.supports {
                let is_above = self.units.get(*above).is_some_and(|above| above.column < unit.column);
                if is_above && *count > 0 {
                    *to.entry(*above).or_default() += count;
                }
            }
            to.into_iter().map(move |(above, count)| (at, above, count))
        })
    }

    /// The unit that a unit stands beside.
    fn home(&self, unit: usize) -> Option<usize> {
        let unit = &self.units[unit];
        unit.within.filter(|home| self.units.get(*home).is_some_and(|home| home.column < unit.column))
    }

    /// The chart. Its height is that of its rows.
    pub fn svg(&self) -> String {
        let layout = Layout::of(self);
        let mut drawing = Drawing::chart(layout.height, "map", Some(&self.label));
        for (at, name) in self.columns.iter().enumerate() {
            write_name(&mut drawing, layout.room(), Text::at(layout.column(at), 12.0, name), "strong");
        }
        drawing.level("c-axis", 20.0);
        for gap in 1..self.columns.len() {
            drawing.stretched((layout.before(gap), layout.gap), layout.height, &self.curves(&layout, gap));
        }
        self.draw_through(&mut drawing, &layout);
        let supports: Vec<(usize, usize, u64)> = self.supports().collect();
        for (at, unit) in self.units.iter().enumerate() {
            let above = supports.iter().any(|(_, to, _)| *to == at);
            let nothing = unit.column > 0 && !supports.iter().any(|(from, _, _)| *from == at);
            draw_unit(&mut drawing, &layout, unit, layout.y[at], (above, nothing));
        }
        drawing.finish()
    }

    /// The lines between a column and the one before it: each as its class, its thickness and its path
    /// in a space 100 wide.
    fn curves(&self, layout: &Layout, gap: usize) -> Vec<(&'static str, f64, String)> {
        let mut curves = Vec::new();
        for ((_, to, _), from) in self.bundles(gap, true) {
            // many that come to one place run into each other, so that they are thin
            let widest = if from.len() > MOST_THICK { 1.0 } else { f64::INFINITY };
            for (unit, count) in from {
                curves.push((
                    "c-bond",
                    thickness(count).min(widest),
                    curve((100.0, layout.y[unit]), (0.0, layout.y[to])),
                ));
            }
        }
        let far = self.bundles(gap, false);
        let sum = |from: &[(usize, u64)]| from.iter().map(|(_, count)| count).sum::<u64>();
        let mut sums: Vec<u64> = far.values().map(|from| sum(from)).collect();
        sums.sort_unstable_by(|one, other| other.cmp(one));
        // where there are more than can be told apart, those of more key results
        let least = sums.get(MOST_BUNDLES).map_or(0, |beyond| beyond + 1);
        let drawn: Vec<_> = far.into_iter().filter(|(_, from)| sum(from) >= least).collect();
        let lanes = drawn.len() as f64;
        for (lane, ((_, to, column), from)) in drawn.into_iter().enumerate() {
            let all = sum(&from);
            // each turns at a place of its own, so that those side by side can be told apart
            let bend = 8.0 + 48.0 * (lane as f64 + 0.5) / lanes;
            let meet = layout.middle(from.iter().map(|(unit, _)| *unit));
            let (start, meet) = if from.len() == 1 { (100.0, layout.y[from[0].0]) } else { (64.0, meet) };
            if from.len() > 1 {
                for (unit, count) in &from {
                    curves.push((
                        "c-bond-far",
                        thickness(*count),
                        curve((100.0, layout.y[*unit]), (start, meet)),
                    ));
                }
            }
            // what goes farther than the next column goes on at its height
            let end = if column + 1 == gap { layout.y[to] } else { meet };
            curves.push(("c-bond-far", thickness(all), bent((start, meet), (0.0, end), bend)));
        }
        curves
    }

    /// The supports that begin in a column: of units' own homes, or of others.
    fn bundles(&self, column: usize, homes: bool) -> Bundles {
        let mut bundles = Bundles::new();
        for (unit, to, count) in self.supports() {
            let home = self.home(unit);
            let beside = home == Some(to) && self.units[to].column + 1 == column;
            if self.units[unit].column == column && beside == homes {
                bundles.entry((home, to, self.units[to].column)).or_default().push((unit, count));
            }
        }
        bundles
    }

    /// What goes past a column or more: below its names, and on to its end.
    fn draw_through(&self, drawing: &mut Drawing, layout: &Layout) {
        for column in 2..self.columns.len() {
            for ((_, to, end), from) in self.bundles(column, false) {
                if end + 1 >= column {
                    continue;
                }
                let y = layout.middle(from.iter().map(|(unit, _)| *unit));
                let (left, right) = (layout.before(end + 1), layout.before(column));
                drawing.line("c-bond-far", (left + layout.gap, y), (right, y));
                let path = curve((100.0, y), (0.0, layout.y[to]));
                drawing.stretched((left, layout.gap), layout.height, &[("c-bond-far", 1.0, path)]);
            }
        }
    }
}

fn draw_unit(
    drawing: &mut Drawing,
    layout: &Layout,
    unit: &MapUnit,
    y: f64,
    (supported, nothing): (bool, bool),
) {
    let x = layout.column(unit.column);
    // what is supported stands on a line that the others come to
    let name_y = if supported { y - 5.0 } else { y + 4.0 };
    if supported {
        drawing.line("c-axis", (x, y), (x + layout.text, y));
    }
    let class = if supported { "strong" } else { "" };
    let dx = if supported && !nothing { 0.0 } else { 9.0 };
    let room = layout.room().map(|room| room - dx);
    write_name(drawing, room, Text::at(x, name_y, &unit.name).moved(dx, 0.0), class);
    let place = (x, if supported { y - 9.0 } else { y });
    if nothing {
        drawing.circle("c-obj-behind", place, 3.0);
    } else if !supported {
        drawing.circle("c-obj", place, 2.5);
    }
}

/// A text, shortened where it has no room: on wide screens and on the widest.
fn write_name(drawing: &mut Drawing, room: [f64; 2], text: Text<'_>, class: &str) {
    let [wide, roomy] = room.map(|room| label::shortened(text.text(), room));
    if wide == roomy {
        drawing.text(text.with(&wide).class(class));
    } else {
        drawing.text(text.with(&wide).class(format!("{class} tight-only").trim()));
        drawing.text(text.with(&roomy).class(format!("{class} roomy-only").trim()));
    }
}

/// One to six pixels, slower than the count.
fn thickness(count: u64) -> f64 {
    (count as f64).sqrt().mul_add(1.2, -0.2).clamp(1.0, 6.0)
}

/// A path from a place to another that begins and ends level.
fn curve(from: (f64, f64), to: (f64, f64)) -> String {
    bent(from, to, f64::midpoint(from.0, to.0))
}

/// The same, turning about a place across.
fn bent(from: (f64, f64), to: (f64, f64), bend: f64) -> String {
    let [x1, y1, bend, x2, y2] = [from.0, from.1, bend, to.0, to.1].map(number);
    format!("M{x1} {y1}C{bend} {y1} {bend} {y2} {x2} {y2}")
}

#[cfg(test)]
mod tests;
