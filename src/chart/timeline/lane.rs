//! One deliverable: its due day, and a block for each document on the day it came.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Timeline;
use crate::chart::drawing::{Anchor, Drawing, Text};
use crate::chart::label::{self, Widths};

/// With more documents than this, those of a day are one bar.
const MOST_BLOCKS: usize = 60;

/// From one block to the next above it.
const PITCH: f64 = 8.0;

/// How high the bars of a day may be.
const BAR: f64 = 64.0;

/// How wide a missing document is, as a fraction of the width.
const MISSING: f64 = 0.011;

/// What is above the blocks: the title.
const HEAD: f64 = 32.0;

/// A deliverable of a cycle. A document is a filled block on the day it came, hollow when it was
/// late, dashed at today when it is missing.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Lane {
    /// Its name, as "Drafts".
    pub title: String,
    /// Its name and the day it is due, as "Drafts, due 18 Jan": for wide screens.
    pub title_due: String,
    /// The day it is due.
    pub due: i64,
    /// The days on which documents came, in any order.
    pub there: Vec<i64>,
    /// What is said about those that came, as "there on 2 Jan, 2 days early" or "3 late, the last by
    /// 5 days". Stands after the last of them.
    pub note: Option<String>,
    /// How many documents are missing: due and not there.
    pub missing: usize,
    /// Their number, as "2 missing".
    pub missing_note: Option<String>,
    /// Who they are, as "Courier, Onboarding": for wide screens.
    pub missing_names: Option<String>,
}

/// The documents of one place across: how many, and whether they are late.
type Stacks = BTreeMap<i64, usize>;

impl Lane {
    /// How high the lane is.
    pub(super) fn height(&self, timeline: &Timeline) -> f64 {
        let tallest = self.stacks(timeline).values().copied().max().unwrap_or(0);
        let blocks = if self.bars() { BAR } else { tallest as f64 * PITCH };
        let missing = if self.missing == 0 { 0.0 } else { 32.0 };
        HEAD + blocks.max(missing).max(24.0) + 4.0
    }

    fn bars(&self) -> bool {
        self.there.len() + self.missing > MOST_BLOCKS
    }

    /// How many days stand at one place: as many as it takes for blocks to be seen.
    fn days_together(timeline: &Timeline) -> i64 {
        const NARROWEST: f64 = 0.006;
        ((NARROWEST / timeline.day()).ceil() as i64).max(1)
    }

    /// Documents by the first day of their place. No place has days before and after the due day.
    fn stacks(&self, timeline: &Timeline) -> Stacks {
        let together = Self::days_together(timeline);
        let after_due = self.due + 1;
        let mut stacks = Stacks::new();
        for day in &self.there {
            // what came before the scale begins is at its beginning
            let day = (*day).clamp(0, (timeline.days - 1).max(0));
            let place = after_due + (day - after_due).div_euclid(together) * together;
            *stacks.entry(place).or_default() += 1;
        }
        stacks
    }

    pub(super) fn draw(&self, drawing: &mut Drawing, timeline: &Timeline, top: f64) {
        let floor = top + self.height(timeline);
        let x = timeline.x(self.due);
        let on_scale = (0..=timeline.days).contains(&self.due);
        if on_scale {
            drawing.upright("c-due", x, top + 10.0, floor);
        }
        let last = self.draw_there(drawing, timeline, floor);
        self.draw_missing(drawing, timeline, floor);
        self.draw_title(drawing, timeline, x, top + 19.0);
        if let (Some(note), Some(last)) = (&self.note, last) {
            self.draw_note(drawing, timeline, last, floor - 6.0, note);
        }
    }

    /// Draws what came; says where the last ends.
    fn draw_there(&self, drawing: &mut Drawing, timeline: &Timeline, floor: f64) -> Option<f64> {
        let stacks = self.stacks(timeline);
        let width = timeline.day() * Self::days_together(timeline) as f64 * 0.8;
        let tallest = stacks.values().copied().max()?.max(self.missing) as f64;
        for (day, count) in &stacks {
            let late = *day > self.due;
            let class = if late { "c-late" } else { "c-early" };
            let x = timeline.x((*day).max(0));
            if self.bars() {
                let height = BAR * *count as f64 / tallest;
                drawing.rect(class, (x, floor - height), width, height);
            } else {
                drawing.open(class);
                for at in 0..*count {
                    drawing.rect("", (x, floor - PITCH * (at + 1) as f64), width, PITCH - 2.0);
                }
                drawing.close();
            }
        }
        stacks.last_key_value().map(|(day, _)| timeline.x((*day).max(0)) + width)
    }

    /// Draws what is missing, at today, or at the end of the scale when that is past.
    fn draw_missing(&self, drawing: &mut Drawing, timeline: &Timeline, floor: f64) {
        const STACK: usize = 4;
        const NEXT: f64 = MISSING + 0.003;
        if self.missing == 0 {
            return;
        }
        let today = timeline.today.as_ref().map_or(1.0, |today| timeline.x(today.day));
        // they stand on the side of today that has more room
        let left = today > 0.7;
        let place = |column: usize| {
            let away = 0.002 + NEXT * column as f64;
            if left { today - away - MISSING } else { today + away }
        };
        let columns = if self.bars() {
            let tallest = self.stacks(timeline).values().copied().max().unwrap_or(0).max(self.missing);
            let height = BAR * self.missing as f64 / tallest as f64;
            drawing.rect("c-miss", (place(0), floor - height), MISSING, height);
            1
        } else {
            for at in 0..self.missing {
                let y = floor - 11.0 * (at % STACK + 1) as f64 + 1.0;
                drawing.rect("c-miss", (place(at / STACK), y), MISSING, 9.0);
            }
            self.missing.div_ceil(STACK)
        };
        let beside = if left { place(columns - 1) } else { place(columns - 1) + MISSING };
        self.draw_missing_words(drawing, timeline, (beside, floor), left);
    }

    /// How many are missing and who, on the left or on the right of a place.
    fn draw_missing_words(
        &self,
        drawing: &mut Drawing,
        timeline: &Timeline,
        (x, floor): (f64, f64),
        left: bool,
    ) {
        let (anchor, dx) = if left { (Anchor::End, -5.0) } else { (Anchor::Start, 5.0) };
        let words = [(19.0, &self.missing_note, "strong"), (4.0, &self.missing_names, "wide-only")];
        for (up, text, class) in words {
            let room = if left { x } else { 1.0 - x } * Widths::PAGE.wide;
            let text = label::shortened(text.as_deref().unwrap_or_default(), room);
            let class = timeline.ground(class, x);
            drawing.text(Text::at(x, floor - up, &text).moved(dx, 0.0).anchor(anchor).class(&class));
        }
    }

    fn draw_title(&self, drawing: &mut Drawing, timeline: &Timeline, x: f64, y: f64) {
        for (text, px, class) in [
            (&self.title_due, Widths::PAGE.wide, "strong wide-only"),
            (&self.title, Widths::PAGE.narrow, "strong narrow-only"),
        ] {
            // on the left where there is more room, and it is needed
            let left = x > 0.5 && (1.0 - x) * px < label::width(text) + 8.0;
            let room = if left { x } else { 1.0 - x } * px - 5.0;
            let text = label::shortened(text, room);
            let (anchor, dx) = if left { (Anchor::End, -5.0) } else { (Anchor::Start, 5.0) };
            let class = timeline.ground(class, x);
            drawing.text(Text::at(x, y, &text).moved(dx, 0.0).anchor(anchor).class(&class));
        }
    }

    /// What is said about those that came, where it does not run into what is missing.
    fn draw_note(&self, drawing: &mut Drawing, timeline: &Timeline, x: f64, y: f64, note: &str) {
        let x = x.max(timeline.x(self.due));
        let until = match &timeline.today {
            Some(today) if self.missing > 0 => timeline.x(today.day),
            _ => 1.0,
        };
        let needed = label::width(note) + 12.0;
        if let Some(shown) = Widths::PAGE.shown(|px| (until - x) * px >= needed) {
            let class = timeline.ground(&shown.class(""), x);
            drawing.text(Text::at(x, y, note).moved(7.0, 0.0).class(&class));
        }
    }
}
