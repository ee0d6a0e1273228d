//! How many key results were checked in each week.

use serde::Serialize;

use super::Timeline;
use crate::chart::drawing::{Anchor, Drawing, Text};
use crate::chart::label::{self, Step, Widths};

/// A week's check-ins.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct CheckInWeek {
    /// The day on which the week begins.
    pub day: i64,
    /// How many of its days are on the scale and have come: 7, or fewer in the present week.
    pub days: i64,
    /// How many key results had a check-in.
    pub count: u64,
    /// The number, ready to be shown.
    pub label: String,
}

/// The check-ins of a cycle by week.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct CheckInWeeks {
    /// What the bars are, as "Check-ins a week, of 104 key results".
    pub title: String,
    /// The same where there is little room, as "Check-ins a week".
    pub short: String,
    /// How many key results there are: as high as a full bar.
    pub of: u64,
    /// The weeks, in order.
    pub weeks: Vec<CheckInWeek>,
}

impl CheckInWeeks {
    pub(super) const HEIGHT: f64 = 104.0;
    /// How high a full bar is.
    const FULL: f64 = 52.0;

    pub(super) fn draw(&self, drawing: &mut Drawing, timeline: &Timeline, top: f64) {
        let floor = top + Self::HEIGHT - 12.0;
        let most = self.weeks.iter().map(|week| week.count).fold(self.of, u64::max).max(1);
        let widest = self.weeks.iter().map(|week| label::width(&week.label)).fold(0.0, f64::max);
        let step = Step::for_labels(widest, 7.0 * timeline.day(), Widths::PAGE);
        for (at, week) in self.weeks.iter().enumerate() {
            let x = timeline.x(week.day);
            let width = timeline.x(week.day + week.days) - x;
            let height = Self::FULL * week.count as f64 / most as f64;
            drawing.rect("c-bar", (x + width * 0.06, floor - height), width * 0.88, height);
            if let Some(shown) = step.shows(at) {
                let text = Text::at(x + width / 2.0, floor - height - 4.0, &week.label);
                drawing.text(text.anchor(Anchor::Middle).class(&shown.class("")));
            }
        }
        drawing.level("c-axis", floor);
        let x = timeline.x(timeline.start);
        let room = (1.0 - x) * Widths::PAGE.wide;
        let title = label::shortened(&self.title, room);
        drawing.text(Text::at(x, top + 20.0, &title).moved(5.0, 0.0).class("strong wide-only"));
        let room = (1.0 - x) * Widths::PAGE.narrow;
        let fits = label::width(&self.title) <= room;
        let title = label::shortened(if fits { &self.title } else { &self.short }, room);
        drawing.text(Text::at(x, top + 20.0, &title).moved(5.0, 0.0).class("strong narrow-only"));
    }
}
