//! Where a cycle is now: its deliverables and today on one line.

use serde::Serialize;

use super::drawing::{Anchor, Drawing, Text, within};
use super::label::{self, Row, Wanted, Widths};

const LINE: f64 = 32.0;
const ABOVE: f64 = 14.0;
const BELOW: f64 = 54.0;

/// How a deliverable stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum MarkState {
    /// All there, in time: filled.
    InTime,
    /// All there, some late: hollow.
    Late,
    /// The day is past, and not all there: dashed.
    Missing,
    /// To come: a line.
    #[default]
    Due,
}

impl MarkState {
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::InTime => "c-early",
            Self::Late => "c-late",
            Self::Missing => "c-miss",
            Self::Due => "c-due",
        }
    }

    /// The class of what is said about it.
    const fn note_class(self) -> &'static str {
        match self {
            Self::Late => "f-warn",
            Self::Missing => "f-bad",
            Self::InTime | Self::Due => "",
        }
    }

    /// Draws a mark in the middle of a place.
    pub(super) fn draw(self, drawing: &mut Drawing, x: f64, y: f64, size: f64) {
        match self {
            Self::Due => drawing.upright("c-due", x, y - size * 0.8, y + size * 0.8),
            _ => drawing.block(self.class(), (x, y - size / 2.0), size, size),
        }
    }
}

/// A deliverable on the line.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct NowMark {
    /// The day it is due, as in [`Now::days`].
    pub day: i64,
    /// How it stands.
    pub state: MarkState,
    /// Its name, short, as "Drafts".
    pub title: String,
    /// How it stands, in words, as "5 days late".
    pub note: String,
}

/// A named day, and what is said about it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct NowDay {
    /// The day, as in [`Now::days`].
    pub day: i64,
    /// What it is, as "today" or "End".
    pub title: String,
    /// More about it, as "week 7 of 13" or "30 April".
    pub note: String,
}

/// Where a cycle is now: its deliverables and today on one line, 60 pixels high. Days are counted
/// from the first day on the line, which is 0. On a phone deliverables have no words: a sentence
/// beside the chart takes over.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Now {
    /// The chart in a sentence.
    pub label: String,
    /// How many days the line has.
    pub days: i64,
    /// The day on which the cycle starts.
    pub start: i64,
    /// The deliverables, in the order of their days.
    pub marks: Vec<NowMark>,
    /// The last day of the cycle.
    pub end: Option<NowDay>,
    /// Today, if it is on the line.
    pub today: Option<NowDay>,
}

/// A day as a fraction of all days.
pub(super) fn share(day: i64, days: i64) -> f64 {
    within(day as f64 / days.max(1) as f64)
}

impl Now {
    /// The chart.
    pub fn svg(&self) -> String {
        let x = |day: i64| share(day, self.days);
        let mut drawing = Drawing::chart(60.0, "", Some(&self.label));
        let now = self.today.as_ref().map_or(self.days, |today| today.day);
        if now > self.start {
            drawing.rect("c-plan", (x(self.start), LINE - 4.0), x(now) - x(self.start), 8.0);
        }
        drawing.level("c-axis", LINE);
        let mut rows = Rows::new();
        if let Some(today) = &self.today {
            drawing.upright("c-today", x(today.day), LINE - 10.0, LINE + 10.0);
            rows.day(
                &mut drawing,
                x(today.day),
                today,
                &[Anchor::Middle, Anchor::Start, Anchor::End],
                "ink strong",
            );
        }
        if let Some(end) = &self.end {
            drawing.upright("c-due", x(end.day), LINE - 8.0, LINE + 8.0);
            rows.day(&mut drawing, x(end.day), end, &[Anchor::End], "strong");
        }
        let mut marks: Vec<&NowMark> = self.marks.iter().collect();
        for mark in &marks {
            mark.state.draw(&mut drawing, x(mark.day), LINE, 10.0);
        }
        // where not all have room for words, those that need someone have it
        marks.sort_by_key(|mark| match mark.state {
            MarkState::Missing => 0,
            MarkState::Late => 1,
            MarkState::InTime | MarkState::Due => 2,
        });
        for mark in marks {
            rows.mark(&mut drawing, x(mark.day), mark);
        }
        drawing.finish()
    }
}

/// The words above and below the line.
#[derive(Debug)]
struct Rows {
    above: Row,
    below: Row,
}

impl Rows {
    fn new() -> Self {
        Self { above: Row::new(Widths::PAGE, 4.0), below: Row::new(Widths::PAGE, 4.0) }
    }

    fn day(&mut self, drawing: &mut Drawing, x: f64, day: &NowDay, anchors: &[Anchor], class: &str) {
        for (row, y, text, class) in
            [(&mut self.above, ABOVE, &day.title, class), (&mut self.below, BELOW, &day.note, "")]
        {
            let placed = row.place(Wanted { x, width: label::width(text), gap: 0.0 }, anchors);
            if let Some(placed) = placed {
                drawing.text(Text::at(x, y, text).anchor(placed.anchor).class(&placed.shown.class(class)));
            }
        }
    }

    fn mark(&mut self, drawing: &mut Drawing, x: f64, mark: &NowMark) {
        let note_class = mark.state.note_class();
        for (row, y, text, class) in [
            (&mut self.above, ABOVE, &mark.title, "strong"),
            (&mut self.below, BELOW, &mark.note, note_class),
        ] {
            // flush with the mark
            let wanted = Wanted { x, width: label::width(text), gap: -5.0 };
            if let Some(placed) = row.place_wide(wanted, &[Anchor::Start, Anchor::End]) {
                let text = Text::at(x, y, text).moved(placed.dx, 0.0).anchor(placed.anchor);
                drawing.text(text.class(&placed.shown.class(class)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: i64, title: &str) -> NowDay {
        NowDay { day, title: title.to_owned(), note: "30 April".to_owned() }
    }

    fn mark(day: i64, state: MarkState) -> NowMark {
        NowMark { day, state, title: "Drafts".to_owned(), note: "5 days late".to_owned() }
    }

    #[test]
    fn marks_stand_on_their_days() {
        let now = Now {
            days: 100,
            start: 25,
            marks: vec![mark(5, MarkState::InTime), mark(15, MarkState::Late), mark(90, MarkState::Due)],
            end: Some(day(99, "End")),
            today: Some(day(50, "today")),
            ..Now::default()
        };
        let svg = now.svg();
        assert!(svg.contains(r#"<rect class="c-early" x="5%" transform="translate(-5)""#), "{svg}");
        assert!(svg.contains(r#"<line class="c-due" x1="90%""#), "{svg}");
        assert!(svg.contains(r#"<rect class="c-plan" x="25%" y="28" width="25%""#), "{svg}");
        assert!(svg.contains(r#"class="f-warn wide-only""#), "{svg}");
    }

    #[test]
    fn words_without_room_are_left_out() {
        let marks = (0..20).map(|n| mark(n, MarkState::Late)).collect();
        let svg = Now { days: 100, marks, today: Some(day(10, "today")), ..Now::default() }.svg();
        assert!(svg.matches("Drafts").count() <= 5, "{svg}");
        assert_eq!(svg.matches("c-late").count(), 20);
    }

    #[test]
    fn a_line_without_days_is_drawn() {
        let svg = Now { today: Some(day(7, "today")), ..Now::default() }.svg();
        assert!(svg.contains("c-today") && !svg.contains("NaN"), "{svg}");
    }
}
