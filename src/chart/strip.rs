//! The objectives of a document on one line, from nothing to all, against the pace or a grade.

use serde::Serialize;

use super::drawing::{Drawing, within};

const HEIGHT: f64 = 18.0;
const MIDDLE: f64 = 9.0;

/// An objective, by how far it is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ObjectiveDot {
    /// Its progress or its grade, 0.0 to 1.0.
    pub value: f64,
    /// Whether it is behind the pace, or fell short.
    pub behind: bool,
}

/// What objectives are held against.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Track {
    /// Nothing.
    #[default]
    Plain,
    /// The pace, 0.0 to 1.0: how much of the cycle has passed. Dashed.
    Pace(f64),
    /// A grade to come up to, 0.0 to 1.0.
    Grade(f64),
}

impl Track {
    const ID: &'static str = "strip";

    /// The track as a shared part, `<g id="strip">`, for the `<defs>` of a page. One a page.
    pub fn defs(&self) -> String {
        let mut drawing = Drawing::shared(Self::ID);
        self.draw(&mut drawing);
        drawing.finish_shared()
    }

    fn draw(self, drawing: &mut Drawing) {
        drawing.level("c-grid", MIDDLE);
        self.draw_line(drawing, 1.0, HEIGHT - 1.0);
    }

    /// The line that objectives are held against.
    pub(super) fn draw_line(self, drawing: &mut Drawing, top: f64, bottom: f64) {
        match self {
            Self::Plain => {}
            Self::Pace(x) => drawing.upright("c-pace", within(x), top, bottom),
            Self::Grade(x) => drawing.upright("c-target", within(x), top, bottom),
        }
    }

    /// Where the line is.
    pub(super) fn x(self) -> Option<f64> {
        match self {
            Self::Plain => None,
            Self::Pace(x) | Self::Grade(x) => Some(within(x)),
        }
    }
}

/// The objectives of a document on one line, 18 pixels high: filled, or hollow where they are behind.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Strip {
    /// The chart in a sentence; none where the figures stand beside it.
    pub label: Option<String>,
    /// What they are held against.
    pub track: Track,
    /// The objectives that have progress or a grade, in any order.
    pub objectives: Vec<ObjectiveDot>,
}

impl Strip {
    /// The strip with a track of its own.
    pub fn svg(&self) -> String {
        self.draw(None)
    }

    /// The strip on a page that has a shared track, which it uses if it is its own.
    pub fn svg_in(&self, page: &Track) -> String {
        self.draw(Some(page))
    }

    fn draw(&self, page: Option<&Track>) -> String {
        let mut drawing = Drawing::chart(HEIGHT, "", self.label.as_deref());
        if page == Some(&self.track) {
            drawing.shared_part(Track::ID);
        } else {
            self.track.draw(&mut drawing);
        }
        let mut dots: Vec<ObjectiveDot> =
            self.objectives.iter().filter(|dot| dot.value.is_finite()).copied().collect();
        dots.sort_by(|one, other| one.value.total_cmp(&other.value));
        // those that would lie over each other stand by turns above and below the line
        let close =
            |one: &ObjectiveDot, other: &ObjectiveDot| within(other.value) - within(one.value) < 0.035;
        for chunk in dots.chunk_by(close) {
            for (at, dot) in chunk.iter().enumerate() {
                let y = match (chunk.len(), at % 2) {
                    (1, _) => MIDDLE,
                    (_, 0) => MIDDLE - 4.0,
                    _ => MIDDLE + 4.0,
                };
                draw_dot(&mut drawing, dot.behind, (within(dot.value), y), 4.0);
            }
        }
        drawing.finish()
    }
}

/// An objective, filled or hollow; hollow ones have half a line around them, so both are as large.
pub(super) fn draw_dot(drawing: &mut Drawing, behind: bool, place: (f64, f64), radius: f64) {
    if behind {
        drawing.circle("c-obj-behind", place, radius - 0.5);
    } else {
        drawing.circle("c-obj", place, radius);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dot(value: f64, behind: bool) -> ObjectiveDot {
        ObjectiveDot { value, behind }
    }

    #[test]
    fn an_objective_stands_at_its_progress() {
        let strip = Strip {
            label: None,
            track: Track::Pace(0.517),
            objectives: vec![dot(0.43, false), dot(0.2, true)],
        };
        let svg = strip.svg();
        assert!(svg.contains(r#"<circle class="c-obj" cx="43%" cy="9" r="4"/>"#), "{svg}");
        assert!(svg.contains(r#"<circle class="c-obj-behind" cx="20%" cy="9" r="3.5"/>"#), "{svg}");
        assert!(svg.contains(r#"<line class="c-pace" x1="51.7%" x2="51.7%""#), "{svg}");
        assert!(svg.contains(r#"aria-hidden="true""#), "{svg}");
    }

    #[test]
    fn the_page_s_track_is_used_where_it_is_the_same() {
        let strip = Strip { label: None, track: Track::Pace(0.5), objectives: Vec::new() };
        assert!(strip.svg_in(&Track::Pace(0.5)).contains(r##"<use href="#strip"/>"##));
        assert!(!strip.svg_in(&Track::Pace(0.4)).contains("<use"));
        assert!(Track::Grade(0.7).defs().starts_with(r#"<g id="strip" class="chart">"#));
    }

    #[test]
    fn equal_objectives_are_both_seen() {
        let strip =
            Strip { objectives: vec![dot(0.4, true), dot(0.4, true), dot(0.7, false)], ..Strip::default() };
        let svg = strip.svg();
        assert!(svg.contains(r#"cx="40%" cy="5""#) && svg.contains(r#"cx="40%" cy="13""#), "{svg}");
        assert!(svg.contains(r#"cx="70%" cy="9""#), "{svg}");
    }
}
