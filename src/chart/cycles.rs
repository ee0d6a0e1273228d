//! All cycles on one scale: a lane for each length, and what was due in each below.

use serde::Serialize;

use super::drawing::{Anchor, Drawing, Text};
use super::label::{self, Row, Shown, Wanted, Widths};
use super::now::{MarkState, share};
use super::timeline::DayLabel;

/// Where the lanes begin, below the months.
const TOP: f64 = 20.0;

/// How high a cycle is.
const CYCLE: f64 = 34.0;

/// What is above the cycles of a lane: its name.
const HEAD: f64 = 28.0;

/// From one deliverable to the next below it.
const ROW: f64 = 38.0;

/// The same with bars.
const BARS: f64 = 80.0;

/// With more cycles than this in a row, a late deliverable is a bar on the day it was due, as high as it
/// was late: on a scale of years a distance of days cannot be seen.
const MOST_MARKS: usize = 8;

/// Where a cycle is in time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CycleState {
    /// Over.
    #[default]
    Ended,
    /// It holds now.
    Running,
    /// Before its first day: dashed.
    Coming,
}

impl CycleState {
    const fn class(self) -> &'static str {
        match self {
            Self::Ended => "c-cycle",
            Self::Running => "c-cycle-now",
            Self::Coming => "c-cycle-coming",
        }
    }

    /// The class of its name, whose halo is of the cycle's colour.
    const fn name_class(self) -> &'static str {
        match self {
            Self::Ended => "strong on-wash",
            Self::Running => "strong on-ink",
            Self::Coming => "strong",
        }
    }
}

/// A cycle.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct CycleSpan {
    /// Its first day, counted from the first on the scale, which is 0.
    pub start: i64,
    /// Its last day; none where it runs on.
    pub end: Option<i64>,
    /// Its name, as "FY27-Q1".
    pub name: String,
    /// Where there is no room for that, as "Q1"; may be empty.
    pub short: String,
    /// Where it is in time.
    pub state: CycleState,
}

/// Cycles of one length. Those that overlap lie below each other.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct CycleLane {
    /// What they are, as "Quarters".
    pub title: String,
    /// The cycles, in order of their first days.
    pub cycles: Vec<CycleSpan>,
}

/// A deliverable of one cycle.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct CycleMark {
    /// The day it was due.
    pub due: i64,
    /// The day the last of it came, or today where some of it is missing; none where it is to come.
    pub day: Option<i64>,
    /// How it stands.
    pub state: MarkState,
    /// By how many days it was late; none where it was not.
    pub late: i64,
    /// The number, ready to be shown.
    pub label: String,
}

/// A deliverable over the cycles.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct CycleRow {
    /// Its name, short, as "Drafts".
    pub title: String,
    /// Each cycle's.
    pub marks: Vec<CycleMark>,
}

/// All cycles on one scale. Its height is that of its lanes and rows.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct CyclesTimeline {
    /// The chart in a sentence or a few.
    pub label: String,
    /// How many days the scale has.
    pub days: i64,
    /// The months by their first days, or quarters or years where there are many.
    pub months: Vec<DayLabel>,
    /// A lane for each length of cycles, the longest first.
    pub lanes: Vec<CycleLane>,
    /// A row for each deliverable.
    pub rows: Vec<CycleRow>,
    /// Today, if it is on the scale, as "today, 19 Mar".
    pub today: Option<DayLabel>,
}

impl CyclesTimeline {
    /// The chart.
    pub fn svg(&self) -> String {
        let lanes: Vec<Vec<Vec<&CycleSpan>>> = self.lanes.iter().map(CycleLane::tracks).collect();
        let heights = lanes.iter().map(|tracks| HEAD + tracks.len() as f64 * (CYCLE + 4.0));
        let below = TOP + heights.clone().sum::<f64>();
        let row_height = if self.has_bars() { BARS } else { ROW };
        let bottom = below + self.rows.len() as f64 * row_height + 6.0;
        let mut drawing = Drawing::chart(bottom + 22.0, "", Some(&self.label));
        self.draw_months(&mut drawing, bottom);
        let mut top = TOP;
        for ((lane, tracks), height) in self.lanes.iter().zip(&lanes).zip(heights) {
            drawing.text(Text::at(0.0, top + 20.0, &lane.title));
            for (at, track) in tracks.iter().enumerate() {
                let top = top + HEAD + at as f64 * (CYCLE + 4.0);
                for cycle in track {
                    self.draw_cycle(&mut drawing, cycle, top);
                }
            }
            top += height;
        }
        for (at, row) in self.rows.iter().enumerate() {
            let floor = below + (at + 1) as f64 * row_height;
            match self.has_bars() {
                true => self.draw_bars(&mut drawing, row, floor),
                false => self.draw_row(&mut drawing, row, floor),
            }
        }
        self.draw_today(&mut drawing, bottom);
        drawing.finish()
    }

    /// Whether late deliverables are bars.
    pub fn has_bars(&self) -> bool {
        self.rows.iter().any(|row| row.marks.len() > MOST_MARKS)
    }

    fn x(&self, day: i64) -> f64 {
        share(day, self.days)
    }

    fn draw_months(&self, drawing: &mut Drawing, bottom: f64) {
        let months: Vec<(f64, &str)> =
            self.months.iter().map(|month| (self.x(month.day), &*month.label)).collect();
        let shown = label::along(&months, Widths::PAGE, 4.0);
        drawing.open("c-grid");
        for ((x, _), screens) in months.iter().zip(&shown) {
            if let Some(screens) = screens {
                drawing.upright(&screens.class(""), *x, TOP, bottom);
            }
        }
        drawing.close();
        for ((x, text), screens) in months.iter().zip(shown) {
            if let Some(screens) = screens {
                drawing.text(Text::at(*x, TOP - 7.0, text).class(&screens.class("")));
            }
        }
        drawing.level("c-axis", TOP);
    }

    fn draw_cycle(&self, drawing: &mut Drawing, cycle: &CycleSpan, top: f64) {
        const GAP: f64 = 0.0025;
        let from = self.x(cycle.start);
        let width = self.x(cycle.end.map_or(self.days, |end| end + 1)) - from;
        drawing.rect(cycle.state.class(), (from, top), (width - GAP).max(GAP), CYCLE);
        let room = |text: &str| {
            let needed = label::width(text) + 14.0;
            Widths::PAGE.shown(|px| width * px >= needed)
        };
        let (name, short) = (room(&cycle.name), room(&cycle.short));
        let mut write = |text: &str, class: &str| {
            drawing.text(Text::at(from, top + 21.0, text).moved(8.0, 0.0).class(class));
        };
        let class = cycle.state.name_class();
        // the short name stands where there is no room for the whole one
        let instead = match (name, short) {
            (None, Some(shown)) => Some(shown.class(class)),
            (Some(Shown::Roomy), Some(shown @ (Shown::Always | Shown::Wide))) => {
                Some(shown.class(&format!("{class} tight-only")))
            }
            (Some(Shown::Wide), Some(Shown::Always)) => Some(format!("{class} narrow-only")),
            _ => None,
        };
        if let Some(shown) = name {
            write(&cycle.name, &shown.class(class));
        }
        if let Some(class) = instead {
            write(&cycle.short, &class);
        }
    }

    fn draw_row(&self, drawing: &mut Drawing, row: &CycleRow, floor: f64) {
        const SIZE: f64 = 9.0;
        drawing.level("c-axis", floor);
        for mark in &row.marks {
            drawing.upright("c-due", self.x(mark.due), floor - 12.0, floor);
        }
        for mark in &row.marks {
            let Some(day) = mark.day.filter(|_| mark.state != MarkState::Due) else { continue };
            let lift = if mark.state == MarkState::InTime { 0.0 } else { 1.0 };
            mark.state.draw(drawing, self.x(day), floor - SIZE / 2.0 - lift, SIZE);
        }
        drawing.text(Text::at(0.0, floor - 18.0, &row.title));
    }

    /// Each cycle's on the day it was due, as high as it was late; in time a block on the line.
    fn draw_bars(&self, drawing: &mut Drawing, row: &CycleRow, floor: f64) {
        const TALLEST: f64 = 34.0;
        const WIDTH: f64 = 7.0;
        drawing.level("c-axis", floor);
        let marks = self.rows.iter().flat_map(|row| &row.marks);
        let most = marks.map(|mark| mark.late).max().unwrap_or(0).max(7) as f64;
        let height = |mark: &CycleMark| match mark.state {
            MarkState::InTime | MarkState::Due => WIDTH,
            MarkState::Missing => TALLEST,
            MarkState::Late => 2.0 + (TALLEST - 2.0) * mark.late as f64 / most,
        };
        let mut labels: Vec<(f64, &str, f64)> = Vec::new();
        for (x, mark) in self.apart(row, WIDTH + 3.0) {
            match mark.state {
                MarkState::Due => drawing.upright("c-due", x, floor - WIDTH, floor),
                state => drawing.block(state.class(), (x, floor - height(mark)), WIDTH, height(mark)),
            }
            if mark.state == MarkState::Late {
                labels.push((x, &mark.label, floor - height(mark) - 4.0));
            }
        }
        let along: Vec<(f64, &str)> = labels.iter().map(|(x, text, _)| (*x, *text)).collect();
        for ((x, text, y), shown) in labels.iter().zip(label::along(&along, Widths::PAGE, 3.0)) {
            if let Some(shown) = shown {
                drawing.text(Text::at(*x, *y, text).anchor(Anchor::Middle).class(&shown.class("")));
            }
        }
        drawing.text(Text::at(0.0, floor - BARS + 20.0, &row.title).class("strong"));
    }

    /// Marks by their due days; one that would stand on another, as a year's on its first quarter's, stands
    /// beside it.
    fn apart<'a>(&self, row: &'a CycleRow, px: f64) -> Vec<(f64, &'a CycleMark)> {
        let mut marks: Vec<&CycleMark> = row.marks.iter().collect();
        marks.sort_by_key(|mark| mark.due);
        let mut next = 0.0;
        let place = |mark: &'a CycleMark| {
            let x = f64::max(self.x(mark.due), next);
            next = x + px / Widths::PAGE.wide;
            (x, mark)
        };
        marks.into_iter().map(place).collect()
    }

    fn draw_today(&self, drawing: &mut Drawing, bottom: f64) {
        let Some(today) = &self.today else { return };
        let x = self.x(today.day);
        drawing.upright("c-today", x, TOP, bottom);
        let mut row = Row::new(Widths::PAGE, 4.0);
        let wanted = Wanted { x, width: label::width(&today.label) * 1.05, gap: 0.0 };
        if let Some(placed) = row.place(wanted, &[Anchor::Middle, Anchor::Start, Anchor::End]) {
            let text = Text::at(x, bottom + 16.0, &today.label).anchor(placed.anchor);
            drawing.text(text.class("ink strong"));
        }
    }
}

impl CycleLane {
    /// Its cycles, so that none overlaps another of its track.
    fn tracks(&self) -> Vec<Vec<&CycleSpan>> {
        let mut tracks: Vec<Vec<&CycleSpan>> = Vec::new();
        for cycle in &self.cycles {
            let free = |track: &&mut Vec<&CycleSpan>| {
                track.last().is_none_or(|last| last.end.is_some_and(|end| end < cycle.start))
            };
            match tracks.iter_mut().find(free) {
                Some(track) => track.push(cycle),
                None => tracks.push(vec![cycle]),
            }
        }
        tracks
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cycle(start: i64, end: Option<i64>, name: &str) -> CycleSpan {
        CycleSpan { start, end, name: name.to_owned(), short: String::new(), state: CycleState::Ended }
    }

    #[test]
    fn cycles_that_overlap_lie_below_each_other() {
        let cycles = vec![cycle(0, Some(89), "a"), cycle(60, Some(120), "summer"), cycle(90, Some(180), "b")];
        let lane = CycleLane { title: "Quarters".to_owned(), cycles };
        let names: Vec<Vec<&str>> =
            lane.tracks().iter().map(|track| track.iter().map(|cycle| &*cycle.name).collect()).collect();
        assert_eq!(names, [vec!["a", "b"], vec!["summer"]]);
        let cycles = vec![cycle(0, None, "open"), cycle(400, None, "next")];
        assert_eq!(CycleLane { cycles, ..CycleLane::default() }.tracks().len(), 2);
    }

    #[test]
    fn a_year_and_its_quarter_have_one_scale() {
        let lane = |cycles| CycleLane { title: String::new(), cycles };
        let all = CyclesTimeline {
            days: 400,
            lanes: vec![
                lane(vec![cycle(0, Some(399), "FY27")]),
                lane(vec![cycle(200, Some(299), "FY27-Q3")]),
            ],
            ..CyclesTimeline::default()
        };
        let svg = all.svg();
        assert!(svg.contains(r#"x="50%" y="114" width="24.75%""#), "{svg}");
        assert!(svg.contains(r#"x="0%" y="48" width="99.75%""#), "{svg}");
    }

    #[test]
    fn a_late_deliverable_stands_after_its_day() {
        let mark = CycleMark { due: 50, day: Some(55), state: MarkState::Late, ..CycleMark::default() };
        let marks = vec![mark];
        let rows = vec![CycleRow { title: "Drafts".to_owned(), marks }];
        let svg = CyclesTimeline { days: 100, rows, ..CyclesTimeline::default() }.svg();
        assert!(svg.contains(r#"<line class="c-due" x1="50%""#), "{svg}");
        assert!(svg.contains(r#"<rect class="c-late" x="55%""#), "{svg}");
    }

    #[test]
    fn over_many_cycles_a_bar_is_as_high_as_it_was_late() {
        let mark = |at: i64, late: i64| CycleMark {
            due: at * 10,
            day: Some(at * 10 + late),
            state: if late > 0 { MarkState::Late } else { MarkState::InTime },
            late,
            label: late.to_string(),
        };
        let marks = vec![mark(1, 32), mark(2, 16), mark(3, 8), mark(4, 0), mark(5, 0)];
        let few = CycleRow { title: "Drafts".to_owned(), marks: marks.clone() };
        let many = CycleRow { marks: [marks.clone(), marks].concat(), ..few.clone() };
        let all = |row: CycleRow| CyclesTimeline { days: 100, rows: vec![row], ..CyclesTimeline::default() };
        assert!(!all(few.clone()).has_bars() && all(many.clone()).has_bars());
        let svg = all(many).svg();
        for (x, height) in [("10%", 34), ("20%", 18), ("30%", 10)] {
            let bar = svg.split(&format!(r#"<rect class="c-late" x="{x}""#)).nth(1).unwrap();
            let bar = bar.split("/>").next().unwrap();
            assert!(bar.ends_with(&format!(r#"height="{height}""#)), "{bar}");
        }
        assert!(svg.contains(r#"x="11.45%""#), "one on the same day stands beside it: {svg}");
        assert!(all(few).svg().contains(r#"<rect class="c-late" x="42%""#), "on its day");
    }
}
