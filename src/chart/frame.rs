//! What the charts of a page have in common: the axis, its months, today.

use serde::Serialize;

use super::drawing::{Drawing, Text, within};
use super::label::{self, Widths};

/// The axis of key results, in pixels from the top.
pub(super) const AXIS: f64 = 84.0;

/// A labelled place on an axis.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Tick {
    /// Where, as a fraction of the axis: 0.0 at its beginning, 1.0 at its end.
    pub x: f64,
    /// Ready to be shown, as "Feb". Left out where it has no room.
    pub label: String,
}

/// The axis below a key result: the time of its cycle. Charts of one page have the same, so that it
/// is written once, by [`Frame::defs`], and used by each.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Frame {
    /// The months, in order. The beginning of the cycle has one as well if it is to be named.
    pub ticks: Vec<Tick>,
    /// Today, as days since the start of the cycle by its length; none outside the cycle.
    pub today: Option<f64>,
}

impl Frame {
    /// The name under which charts find what [`Frame::defs`] wrote.
    pub(super) const ID: &'static str = "frame";

    /// The frame as a shared part, `<g id="frame">`, for the `<defs>` of a page. One a page.
    pub fn defs(&self) -> String {
        let mut drawing = Drawing::shared(Self::ID);
        self.draw(&mut drawing);
        drawing.finish_shared()
    }

    /// Uses the page's frame where it is this one, else draws it.
    pub(super) fn put(&self, drawing: &mut Drawing, page: Option<&Self>) {
        if page.is_some_and(|page| std::ptr::eq(page, self) || page == self) {
            drawing.shared_part(Self::ID);
        } else {
            self.draw(drawing);
        }
    }

    fn draw(&self, drawing: &mut Drawing) {
        drawing.level("c-axis", AXIS);
        let labels: Vec<(f64, &str)> = self.ticks.iter().map(|tick| (within(tick.x), &*tick.label)).collect();
        for ((x, text), shown) in labels.iter().zip(label::along(&labels, Widths::PLOT, 24.0)) {
            drawing.upright("c-axis", *x, AXIS, AXIS + 4.0);
            if let Some(shown) = shown {
                drawing.text(Text::at(*x, AXIS + 15.0, text).class(&shown.class("")));
            }
        }
        if let Some(today) = self.today.filter(|today| (0.0..=1.0).contains(today)) {
            drawing.upright("c-today", today, 6.0, AXIS);
        }
    }
}
