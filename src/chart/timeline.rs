//! A cycle's process on its weeks: what was due, what came when, what is missing; check-ins below.

mod check_ins;
mod lane;

use serde::Serialize;

pub use check_ins::{CheckInWeek, CheckInWeeks};
pub use lane::Lane;

use super::drawing::{Anchor, Drawing, Text};
use super::label::{self, Row, Step, Wanted, Widths};
use super::now::share;

/// Where the lanes begin, below the weeks.
const TOP: f64 = 22.0;

/// A named day.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct DayLabel {
    /// The day, counted from the first on the scale, which is 0.
    pub day: i64,
    /// Ready to be shown.
    pub label: String,
}

/// The weeks from the first deliverable to the end of a cycle. Days are counted from the first on
/// the scale, which is 0, and may lie outside it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Timeline {
    /// The chart in a sentence or a few.
    pub label: String,
    /// How many days the scale has.
    pub days: i64,
    /// The day on which the cycle starts: before it lies its planning.
    pub start: i64,
    /// The last day of the cycle.
    pub end: Option<i64>,
    /// The weeks by the day they begin, as "−1", "1", "2".
    pub weeks: Vec<DayLabel>,
    /// The months by their first day on the scale.
    pub months: Vec<DayLabel>,
    /// A lane for each deliverable, by the day it is due.
    pub lanes: Vec<Lane>,
    /// The check-ins of each week; none before the first.
    pub check_ins: Option<CheckInWeeks>,
    /// Today, if it is on the scale, as "today, 19 Mar".
    pub today: Option<DayLabel>,
}

impl Timeline {
    /// The chart. Its height is that of its lanes.
    pub fn svg(&self) -> String {
        // the last line is for today's own label, which stands above the lanes
        let lanes_top = TOP + 20.0;
        let lanes = self.lanes.iter().map(|lane| lane.height(self)).sum::<f64>();
        let check_ins = self.check_ins.as_ref().map_or(0.0, |_| CheckInWeeks::HEIGHT);
        let bottom = lanes_top + lanes + check_ins;
        let mut drawing = Drawing::chart(bottom + 18.0, "", Some(&self.label));
        drawing.rect("c-plan", (0.0, TOP), self.x(self.start), bottom - TOP);
        self.draw_weeks(&mut drawing, bottom);
        for day in [Some(self.start), self.end.map(|end| end + 1)].into_iter().flatten() {
            drawing.upright("c-due", self.x(day), TOP, bottom);
        }
        // what is written stands on the line, not under it
        if let Some(today) = &self.today {
            drawing.upright("c-today", self.x(today.day), TOP, bottom);
        }
        let mut top = lanes_top;
        for lane in &self.lanes {
            lane.draw(&mut drawing, self, top);
            top += lane.height(self);
            drawing.level("c-axis", top);
        }
        if let Some(check_ins) = &self.check_ins {
            check_ins.draw(&mut drawing, self, top);
        }
        self.draw_months(&mut drawing, bottom);
        self.draw_today(&mut drawing);
        drawing.finish()
    }

    /// Where a day begins, as a fraction of the width.
    fn x(&self, day: i64) -> f64 {
        share(day, self.days)
    }

    /// The width of a day.
    fn day(&self) -> f64 {
        1.0 / self.days.max(1) as f64
    }

    /// The class of a text that stands at a place: on the planning its halo has another colour.
    fn ground(&self, class: &str, x: f64) -> String {
        match (x < self.x(self.start), class.is_empty()) {
            (false, _) => class.to_owned(),
            (true, true) => "on-plan".to_owned(),
            (true, false) => format!("{class} on-plan"),
        }
    }

    fn draw_weeks(&self, drawing: &mut Drawing, bottom: f64) {
        let widest = self.weeks.iter().map(|week| label::width(&week.label)).fold(0.0, f64::max);
        let step = Step::for_labels(widest, 7.0 * self.day(), Widths::PAGE);
        let shown = || self.weeks.iter().enumerate().filter_map(|(at, week)| Some((week, step.shows(at)?)));
        drawing.open("c-grid");
        for (week, screens) in shown() {
            drawing.upright(&screens.class(""), self.x(week.day), TOP, bottom);
        }
        drawing.close();
        for (week, screens) in shown() {
            // of the last week a part may be on the scale: in a small one there is no room for its number
            let days = 7.min(self.days - week.day);
            let x = (week.day as f64 + days as f64 / 2.0) / self.days.max(1) as f64;
            if days > 3 && (0.0..1.0).contains(&x) {
                let class = screens.class("");
                drawing.text(Text::at(x, TOP - 7.0, &week.label).anchor(Anchor::Middle).class(&class));
            }
        }
        drawing.level("c-axis", TOP);
    }

    fn draw_months(&self, drawing: &mut Drawing, bottom: f64) {
        let months: Vec<(f64, &str)> =
            self.months.iter().map(|month| (self.x(month.day), &*month.label)).collect();
        for ((x, text), shown) in months.iter().zip(label::along(&months, Widths::PAGE, 4.0)) {
            if let Some(shown) = shown {
                drawing.text(Text::at(*x, bottom + 15.0, text).class(&shown.class("")));
            }
        }
    }

    fn draw_today(&self, drawing: &mut Drawing) {
        let Some(today) = &self.today else { return };
        let x = self.x(today.day);
        let mut row = Row::new(Widths::PAGE, 4.0);
        let wanted = Wanted { x, width: label::width(&today.label) * 1.05, gap: 5.0 };
        if let Some(placed) = row.place(wanted, &[Anchor::Start, Anchor::End]) {
            let class = self.ground("ink strong", x);
            let text = Text::at(x, TOP + 14.0, &today.label).moved(placed.dx, 0.0);
            drawing.text(text.anchor(placed.anchor).class(&class));
        }
    }
}

#[cfg(test)]
mod tests;
