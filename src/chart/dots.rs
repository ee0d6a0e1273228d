//! The objectives of a level, stacked by how far they are.

use serde::Serialize;

use super::drawing::{Anchor, Drawing, Text, within};
use super::label::{self, Row, Wanted, Widths};
use super::strip::{ObjectiveDot, Track, draw_dot};

/// How high a stack may be.
const TALLEST: f64 = 46.0;

/// From how many in a stack on they are a bar.
const MOST_DOTS: usize = 11;

/// The objectives of a level, stacked in bins by progress (5 % wide) or grade (10 %), against the
/// pace or a grade; 62 pixels high. Those that are behind are hollow and lie below. Where there are
/// too many for dots, a bin is a bar.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Dots {
    /// The chart in a sentence.
    pub label: String,
    /// What they are held against; decides how wide a bin is.
    pub track: Track,
    /// The objectives, in any order.
    pub objectives: Vec<ObjectiveDot>,
    /// What stands at the beginning of the axis, as "0".
    pub start: String,
    /// What stands below the line they are held against, as "pace 52".
    pub line: String,
    /// What stands at the end of the axis, as "100 %".
    pub end: String,
}

/// How many of a bin are behind, and how many are not.
#[derive(Clone, Copy, Debug, Default)]
struct Bin {
    behind: usize,
    others: usize,
}

impl Dots {
    /// The chart.
    pub fn svg(&self) -> String {
        let mut drawing = Drawing::chart(TALLEST + 16.0, "", Some(&self.label));
        drawing.level("c-axis", TALLEST);
        self.track.draw_line(&mut drawing, 0.0, TALLEST);
        let bins = self.bins();
        let tallest = bins.iter().map(|bin| bin.behind + bin.others).max().unwrap_or(0);
        let width = 1.0 / (bins.len() - 1) as f64;
        for (at, bin) in bins.iter().enumerate() {
            let x = at as f64 * width;
            if tallest <= MOST_DOTS {
                draw_stack(&mut drawing, x, *bin, tallest);
            } else {
                draw_bar(&mut drawing, x, width, *bin, TALLEST / tallest as f64);
            }
        }
        self.draw_labels(&mut drawing);
        drawing.finish()
    }

    fn bins(&self) -> Vec<Bin> {
        let bins = if matches!(self.track, Track::Grade(_)) { 10 } else { 20 };
        let mut counted = vec![Bin::default(); bins + 1];
        for dot in self.objectives.iter().filter(|dot| dot.value.is_finite()) {
            // what a grade is in decimal is a little less in binary
            let bin = &mut counted[(within(dot.value) * bins as f64 + 1e-9).round() as usize];
            if dot.behind {
                bin.behind += 1;
            } else {
                bin.others += 1;
            }
        }
        counted
    }

    fn draw_labels(&self, drawing: &mut Drawing) {
        let y = TALLEST + 14.0;
        let mut row = Row::new(Widths { narrow: 150.0, wide: 150.0, roomy: 150.0 }, 0.0);
        if let Some(x) = self.track.x() {
            let anchors = [Anchor::Middle, Anchor::Start, Anchor::End];
            let wanted = Wanted { x, width: label::width(&self.line), gap: 0.0 };
            if let Some(placed) = row.place(wanted, &anchors) {
                drawing.text(Text::at(x, y, &self.line).anchor(placed.anchor));
            }
        }
        for (x, anchor, text) in [(0.0, Anchor::Start, &self.start), (1.0, Anchor::End, &self.end)] {
            let wanted = Wanted { x, width: label::width(text), gap: 0.0 };
            if row.place(wanted, &[anchor]).is_some() {
                drawing.text(Text::at(x, y, text).anchor(anchor));
            }
        }
    }
}

fn draw_stack(drawing: &mut Drawing, x: f64, bin: Bin, tallest: usize) {
    let step = (TALLEST / tallest as f64).min(8.0);
    let radius = (step * 0.45).min(3.5);
    for at in 0..bin.behind + bin.others {
        let y = TALLEST - step * (at as f64 + 0.75);
        draw_dot(drawing, at < bin.behind, (x, y), radius);
    }
}

fn draw_bar(drawing: &mut Drawing, x: f64, width: f64, bin: Bin, each: f64) {
    // the first and the last stand within the axis
    let width = width * 0.8;
    let left = (x - width * 0.5).clamp(0.0, 1.0 - width);
    let (behind, others) = (bin.behind as f64 * each, bin.others as f64 * each);
    if behind > 0.0 {
        drawing.rect("c-late", (left, TALLEST - behind), width, behind);
    }
    if others > 0.0 {
        drawing.rect("c-early", (left, TALLEST - behind - others), width, others);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dots(objectives: Vec<ObjectiveDot>) -> Dots {
        Dots {
            label: "Objectives".to_owned(),
            track: Track::Pace(0.52),
            objectives,
            start: "0".to_owned(),
            line: "pace 52".to_owned(),
            end: "100 %".to_owned(),
        }
    }

    #[test]
    fn those_behind_lie_below_in_their_bin() {
        let svg = dots(vec![
            ObjectiveDot { value: 0.44, behind: false },
            ObjectiveDot { value: 0.41, behind: true },
            ObjectiveDot { value: 0.39, behind: false },
        ])
        .svg();
        assert!(svg.contains(r#"<circle class="c-obj-behind" cx="40%" cy="40" r="3"/>"#), "{svg}");
        assert!(svg.contains(r#"<circle class="c-obj" cx="40%" cy="32" r="3.5"/>"#), "{svg}");
        assert!(svg.contains(r#"<circle class="c-obj" cx="45%" cy="40" r="3.5"/>"#), "{svg}");
        assert!(svg.contains(r#"<text x="52%" y="60" text-anchor="middle">pace 52</text>"#), "{svg}");
    }

    #[test]
    fn six_hundred_are_bars_within_the_chart() {
        let many =
            (0..600).map(|n| ObjectiveDot { value: f64::from(n % 97) / 96.0, behind: n % 3 == 0 }).collect();
        let svg = dots(many).svg();
        assert!(!svg.contains("<circle"), "{svg}");
        assert!(svg.matches("<rect").count() <= 42);
        assert!(!svg.contains("y=\"-") && !svg.contains("x=\"-"), "{svg}");
        assert!(!svg.contains(r#" x="98%""#), "a bar ends where the axis does: {svg}");
    }

    #[test]
    fn a_pace_at_the_edge_takes_the_place_of_the_axis_label() {
        let svg = Dots { track: Track::Pace(0.0), ..dots(Vec::new()) }.svg();
        assert!(svg.contains("pace 52") && !svg.contains(">0</text>"), "{svg}");
    }
}
