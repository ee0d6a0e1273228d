//! A key result over its cycle: its check-ins against the pace or within its limits.

mod ends;

use std::sync::Arc;

use serde::Serialize;

use super::drawing::{Drawing, Text, within};
use super::frame::Frame;
use super::label;
use super::points::Points;
use super::scale::{Scale, finite};
use ends::{at_end, at_start};

/// Where confidence stands: nought, and how many pixels one is.
const FLOOR: f64 = 124.0;
const SURE: f64 = 18.0;

/// A value of the agreement, and how it is shown.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Agreed {
    /// In the key result's own unit.
    pub value: f64,
    /// Ready to be shown, as "98.5 %". Short: it stands at the end of the axis.
    pub label: String,
}

/// How a key result is measured.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Kind {
    /// From a baseline to a target. A target under the baseline is a decrease, and falls.
    Measured {
        /// The baseline.
        from: Agreed,
        /// The target.
        to: Agreed,
        /// Beyond the target.
        stretch: Option<Agreed>,
    },
    /// Not under the one, not over the other.
    Threshold {
        /// What lies under it is forbidden.
        at_least: Option<Agreed>,
        /// What lies over it is forbidden.
        at_most: Option<Agreed>,
    },
    /// Done or not: check-ins are 0.0 to 1.0.
    Milestone {
        /// How nothing done is shown, as "0 %".
        none: String,
        /// How all done is shown, as "100 %".
        done: String,
    },
}

/// A check-in.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CheckInPoint {
    /// When: days since the start of the cycle by its length. Under 0.0 and over 1.0 it stands at the
    /// edge.
    pub x: f64,
    /// What was measured, in the key result's own unit.
    pub value: f64,
    /// How sure its owner is to reach the target, 0.0 to 1.0.
    pub confidence: Option<f64>,
}

/// How a key result stands, by which its last check-in is coloured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Nothing to see to.
    #[default]
    Good,
    /// Behind the pace.
    Behind,
    /// A threshold that is not met.
    Broken,
}

/// What stands beside the confidence of the last check-in.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ConfidenceLabel {
    /// In full, as "confidence 0.7".
    pub full: String,
    /// Where there is no room for that, as "0.7".
    pub short: String,
}

/// The chart of a key result.
///
/// The height is 126 pixels, or 104 without any confidence to show. It stands in a `.plot`, whose
/// margins are for the labels at the ends of the axis.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct KeyResultChart {
    /// The chart in a sentence, for those who cannot see it.
    pub label: String,
    /// The time of the cycle.
    pub frame: Arc<Frame>,
    /// How it is measured.
    pub kind: Kind,
    /// When it is due, as a fraction of the cycle: the pace reaches the target there. None: without
    /// a pace. A threshold has none.
    pub due: Option<f64>,
    /// The check-ins, in any order.
    pub points: Vec<CheckInPoint>,
    /// What stands beside the last confidence.
    pub confidence: Option<ConfidenceLabel>,
    /// How it stands.
    pub standing: Standing,
}

impl KeyResultChart {
    /// The chart with a frame of its own.
    pub fn svg(&self) -> String {
        self.draw(None)
    }

    /// The chart on a page that has a shared frame, which it uses if it is its own.
    pub fn svg_in(&self, page: &Frame) -> String {
        self.draw(Some(page))
    }

    fn draw(&self, page: Option<&Frame>) -> String {
        let points = Points::of(&self.points);
        let confidence = points.confidence();
        let height = if confidence.is_empty() { 104.0 } else { FLOOR + 2.0 };
        let state = match self.standing {
            Standing::Good => "",
            Standing::Behind => "behind",
            Standing::Broken => "broken",
        };
        let mut drawing = Drawing::chart(height, state, Some(&self.label));
        let scale = self.scale(&points);
        self.draw_zones(&mut drawing, scale);
        self.frame.put(&mut drawing, page);
        self.draw_agreed(&mut drawing, scale);
        self.draw_pace(&mut drawing, scale);
        self.draw_line(&mut drawing, scale, &points);
        if !confidence.is_empty() {
            self.draw_confidence(&mut drawing, &confidence, &points);
        }
        drawing.finish()
    }

    fn scale(&self, points: &Points) -> Scale {
        let value = |limit: &Agreed| finite(limit.value);
        match &self.kind {
            Kind::Measured { from, to, stretch } => {
                let agreed = [Some(from), Some(to), stretch.as_ref()];
                Scale::over(agreed.into_iter().flatten().map(value).chain(points.values()))
            }
            Kind::Threshold { at_least, at_most } => {
                let limits: Vec<f64> = [at_least, at_most].into_iter().flatten().map(value).collect();
                Scale::over(limits.iter().copied().chain(points.values())).with_limits(&limits)
            }
            Kind::Milestone { .. } => Scale::over([0.0, 1.0].into_iter().chain(points.values())),
        }
    }

    /// The forbidden side of limits.
    fn draw_zones(&self, drawing: &mut Drawing, scale: Scale) {
        let Kind::Threshold { at_least, at_most } = &self.kind else { return };
        if let Some(most) = at_most {
            let y = scale.y(most.value);
            drawing.rect("c-zone", (0.0, scale.top()), 1.0, y - scale.top());
        }
        if let Some(least) = at_least {
            let y = scale.y(least.value);
            drawing.rect("c-zone", (0.0, y), 1.0, scale.bottom() - y);
        }
    }

    /// What was agreed: target, stretch, limits, and the baseline's label.
    fn draw_agreed(&self, drawing: &mut Drawing, scale: Scale) {
        match &self.kind {
            Kind::Measured { from, to, stretch } => {
                drawing.level("c-target", scale.y(to.value));
                if let Some(stretch) = stretch {
                    let y = scale.y(stretch.value);
                    drawing.line("c-target", (0.97, y), (1.0, y));
                }
                at_start(drawing, scale.y(from.value), &from.label);
                at_end(
                    drawing,
                    Some((scale.y(to.value), &to.label)),
                    stretch.as_ref().map(|s| (scale.y(s.value), &*s.label)),
                    "",
                );
            }
            Kind::Threshold { at_least, at_most } => {
                let [least, most] = [at_least, at_most]
                    .map(|limit| limit.as_ref().map(|limit| (scale.y(limit.value), &*limit.label)));
                for (y, _) in [least, most].into_iter().flatten() {
                    drawing.level("c-limit", y);
                }
                at_end(drawing, least, most, "strong");
            }
            Kind::Milestone { none, done } => {
                drawing.level("c-target", scale.y(1.0));
                at_start(drawing, scale.y(0.0), none);
                at_end(drawing, Some((scale.y(1.0), done)), None, "");
            }
        }
    }

    /// From the baseline on the first day to the target on the day it is due.
    fn draw_pace(&self, drawing: &mut Drawing, scale: Scale) {
        let (Some(due), Some((from, to))) = (self.due, self.way()) else { return };
        let due = within(due);
        drawing.line("c-pace", (0.0, scale.y(from)), (due, scale.y(to)));
        if due < 0.995 {
            drawing.upright("c-due", due, scale.y(to) - 4.0, scale.y(to) + 4.0);
        }
    }

    /// The baseline and the target of what has a way.
    fn way(&self) -> Option<(f64, f64)> {
        match &self.kind {
            Kind::Measured { from, to, .. } => Some((from.value, to.value)),
            Kind::Milestone { .. } => Some((0.0, 1.0)),
            Kind::Threshold { .. } => None,
        }
    }

    fn draw_line(&self, drawing: &mut Drawing, scale: Scale, points: &Points) {
        let (Some(first), Some(last)) = (points.first(), points.last()) else { return };
        let place = |point: &CheckInPoint| (point.x, scale.y(point.value));
        let mut line: Vec<(f64, f64)> = points.line().iter().map(place).collect();
        if let Some((from, _)) = self.way().filter(|_| first.x > 0.0) {
            line.insert(0, (0.0, scale.y(from)));
        }
        if line.len() > 1 {
            drawing.open("c-line");
            for pair in line.windows(2) {
                drawing.line("", pair[0], pair[1]);
            }
            drawing.close();
        }
        for point in points.dots() {
            drawing.circle("c-dot", place(point), 3.0);
        }
        drawing.circle("c-last", place(last), 5.0);
    }

    fn draw_confidence(&self, drawing: &mut Drawing, confidence: &[(f64, f64)], points: &Points) {
        drawing.level("c-grid", FLOOR);
        for &(x, share) in confidence {
            let height = share * SURE;
            if share < 0.5 {
                drawing.block("c-unsure", (x, FLOOR - height), 5.0, height);
            } else {
                drawing.upright("c-sure", x, FLOOR, FLOOR - height);
            }
        }
        let last = points.last().filter(|last| last.confidence.is_some());
        if let (Some(label), Some(last)) = (&self.confidence, last) {
            // the plot on a phone, and the margin beside it
            let room = (1.0 - last.x) * label::Widths::PLOT.narrow + 58.0;
            let text = if label::width(&label.full) + 9.0 <= room { &label.full } else { &label.short };
            drawing.text(Text::at(last.x, FLOOR - 3.0, text).moved(9.0, 0.0));
        }
    }
}

#[cfg(test)]
mod tests;
