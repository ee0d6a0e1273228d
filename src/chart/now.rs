//! Where a cycle is now: its deliverables and today on one line.

use serde::Serialize;

use super::drawing::{Anchor, Drawing, Text, within};
use super::label::{self, Row, Widths};

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
        let mut row = Row::new(Widths::PAGE, 4.0);
        if let Some(today) = &self.today {
            drawing.upright("c-today", x(today.day), LINE - 10.0, LINE + 10.0);
            let anchors = [Anchor::Middle, Anchor::Start, Anchor::End];
            words(&mut drawing, &mut row, (x(today.day), &today.title, &today.note), &anchors, "ink strong");
        }
        if let Some(end) = &self.end {
            drawing.upright("c-due", x(end.day), LINE - 8.0, LINE + 8.0);
            words(&mut drawing, &mut row, (x(end.day), &end.title, &end.note), &[Anchor::End], "strong");
        }
        for mark in &self.marks {
            mark.state.draw(&mut drawing, x(mark.day), LINE, 10.0);
        }
        for mark in &self.marks {
            mark.draw_words(&mut drawing, &mut row, x(mark.day));
        }
        drawing.finish()
    }
}

impl NowMark {
    fn draw_words(&self, drawing: &mut Drawing, row: &mut Row, x: f64) {
        let width = label::width(&self.title).max(label::width(&self.note)) + 4.0;
        let placed = row.place_wide(x, width, -5.0, &[Anchor::Start, Anchor::End]);
        let Some(placed) = placed else { return };
        let words = [(ABOVE, &self.title, "strong"), (BELOW, &self.note, self.state.note_class())];
        for (y, text, class) in words {
            let class = label::class(class, true);
            drawing.text(Text::at(x, y, text).moved(placed.dx, 0.0).anchor(placed.anchor).class(&class));
        }
    }
}

/// Two lines about a day, above and below, if there is room.
fn words(
    drawing: &mut Drawing,
    row: &mut Row,
    (x, title, note): (f64, &str, &str),
    anchors: &[Anchor],
    class: &str,
) {
    let width = label::width(title).max(label::width(note));
    let Some(placed) = row.place(x, width, 0.0, anchors) else { return };
    for (y, text, class) in [(ABOVE, title, class), (BELOW, note, "")] {
        let class = label::class(class, placed.wide_only);
        drawing.text(Text::at(x, y, text).anchor(placed.anchor).class(&class));
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
        assert!(svg.matches("Drafts").count() <= 2, "{svg}");
        assert_eq!(svg.matches("c-late").count(), 20);
    }

    #[test]
    fn a_line_without_days_is_drawn() {
        let svg = Now { today: Some(day(7, "today")), ..Now::default() }.svg();
        assert!(svg.contains("c-today") && !svg.contains("NaN"), "{svg}");
    }
}
