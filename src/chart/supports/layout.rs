//! Where the units of a map stand.

use super::SupportsMap;
use crate::chart::label::Widths;

/// From one row to the next.
const PITCH: f64 = 20.0;

/// Between neighbourhoods.
const APART: f64 = 14.0;

/// Above the first row.
const TOP: f64 = 40.0;

/// The columns and rows of a map.
#[derive(Debug)]
pub(super) struct Layout {
    /// The row of each unit, in pixels.
    pub y: Vec<f64>,
    /// The height of all.
    pub height: f64,
    /// How wide the names of a column are, as a fraction.
    pub text: f64,
    /// How wide the space between columns is, as a fraction.
    pub gap: f64,
}

impl Layout {
    pub(super) fn of(map: &SupportsMap) -> Self {
        let columns = map.columns.len().max(1) as f64;
        let text = if columns > 1.0 { 0.62 / columns } else { 1.0 };
        let gap = if columns > 1.0 { 0.38 / (columns - 1.0) } else { 0.0 };
        let mut beside: Vec<Vec<usize>> = vec![Vec::new(); map.units.len()];
        let mut alone = Vec::new();
        for at in 0..map.units.len() {
            match map.home(at) {
                Some(home) => beside[home].push(at),
                None => alone.push(at),
            }
        }
        let mut rows = Rows { beside, y: vec![TOP; map.units.len()], next: TOP };
        for at in alone {
            rows.place(at);
        }
        // what stands between neighbourhoods has no place below the last
        let lowest = rows.y.iter().copied().fold(TOP, f64::max);
        Self { y: rows.y, height: lowest + PITCH / 2.0, text, gap }
    }

    /// Where the names of a column begin.
    pub(super) fn column(&self, at: usize) -> f64 {
        (self.text + self.gap) * at as f64
    }

    /// Where the space before a column begins.
    pub(super) fn before(&self, column: usize) -> f64 {
        self.column(column) - self.gap
    }

    /// The pixels that a name has, on wide screens and on the widest.
    pub(super) fn room(&self) -> [f64; 2] {
        [Widths::PAGE.wide, Widths::PAGE.roomy].map(|width| self.text * width)
    }

    /// The row in the middle of some units.
    pub(super) fn middle(&self, units: impl Iterator<Item = usize>) -> f64 {
        let (low, high) = units
            .map(|unit| self.y[unit])
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), y| (low.min(y), high.max(y)));
        f64::midpoint(low, high)
    }
}

/// Rows as they are given out.
#[derive(Debug)]
struct Rows {
    /// The units beside each unit.
    beside: Vec<Vec<usize>>,
    y: Vec<f64>,
    next: f64,
}

impl Rows {
    /// Places a unit in the middle of those beside it, or in the next row.
    fn place(&mut self, unit: usize) {
        let beside = std::mem::take(&mut self.beside[unit]);
        let (Some(first), Some(last)) = (beside.first().copied(), beside.last().copied()) else {
            self.y[unit] = self.next;
            self.next += PITCH;
            return;
        };
        for one in beside {
            self.place(one);
        }
        self.y[unit] = f64::midpoint(self.y[first], self.y[last]);
        self.next += APART;
    }
}
