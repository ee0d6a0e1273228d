//! Every chart on one page, to look at: `cargo test -- --ignored charts::gallery`, then open
//! `target/charts.html`.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use okrbook::chart::*;

/// The page: parts under headings, and what charts share.
struct Page {
    body: String,
    defs: String,
}

impl Page {
    fn heading(&mut self, text: &str) {
        let _ = write!(self.body, "</section><section><h2>{text}</h2>");
    }

    fn panel(&mut self, svg: &str) {
        let _ = write!(self.body, "<div class=\"panel\">{svg}</div>");
    }

    fn levels(&mut self, charts: &[String]) {
        self.body.push_str("<div class=\"levels\">");
        for svg in charts {
            let _ = write!(self.body, "<section class=\"level\"><div class=\"dots\">{svg}</div></section>");
        }
        self.body.push_str("</div>");
    }

    /// Key results as they stand in a document, some beside each other.
    fn plots(&mut self, charts: &[(&str, KeyResultChart)], frame: &Frame) {
        self.body.push_str("<div class=\"levels of-2\">");
        for (name, chart) in charts {
            let svg = chart.svg_in(frame);
            let _ = write!(
                self.body,
                "<section class=\"panel\"><h3>{name}</h3><figure><div class=\"plot\">{svg}</div></figure></section>"
            );
        }
        self.body.push_str("</div>");
    }

    fn html(&self) -> String {
        let symbols = include_str!("../../themes/default/templates/symbols.html");
        let symbols =
            symbols.split("#}").map(|part| part.split("{#").next().unwrap_or("")).collect::<String>();
        let symbols = symbols.replacen("<defs>", &format!("<defs>{}", self.defs), 1);
        format!(
            "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width\"><title>Charts</title>\
             <link rel=\"stylesheet\" href=\"../themes/default/static/style.css\"></head>\
             <body><main class=\"wrap\"><h1>Charts</h1><section>{}</section></main>{symbols}</body></html>",
            self.body
        )
    }
}

fn agreed(value: f64, label: &str) -> Agreed {
    Agreed { value, label: label.to_owned() }
}

fn measured(from: (f64, &str), to: (f64, &str), stretch: Option<(f64, &str)>) -> Kind {
    Kind::Measured {
        from: agreed(from.0, from.1),
        to: agreed(to.0, to.1),
        stretch: stretch.map(|(value, label)| agreed(value, label)),
    }
}

fn at_most(value: f64, label: &str) -> Kind {
    Kind::Threshold { at_least: None, at_most: Some(agreed(value, label)) }
}

fn at_least(value: f64, label: &str) -> Kind {
    Kind::Threshold { at_least: Some(agreed(value, label)), at_most: None }
}

fn frame() -> Frame {
    let ticks = [(0.0, "Feb"), (0.315, "Mar"), (0.663, "Apr")];
    let tick = |(x, label): (f64, &str)| Tick { x, label: label.to_owned() };
    Frame { ticks: ticks.map(tick).to_vec(), today: Some(0.517) }
}

fn key_result(kind: Kind, standing: Standing, points: &[(f64, f64, f64)]) -> KeyResultChart {
    let last = points.last().map_or(0.0, |point| point.2);
    KeyResultChart {
        label: "A key result".to_owned(),
        frame: frame().into(),
        kind,
        due: Some(1.0),
        points: points
            .iter()
            .map(|(x, value, confidence)| CheckInPoint {
                x: *x,
                value: *value,
                confidence: Some(*confidence),
            })
            .collect(),
        confidence: Some(ConfidenceLabel {
            full: format!("confidence {last:.1}"),
            short: format!("{last:.1}"),
        }),
        standing,
    }
}

fn ordinary() -> Vec<(&'static str, KeyResultChart)> {
    vec![
        (
            "Ahead, with a stretch",
            key_result(
                measured((96.4, "96.4"), (98.5, "98.5"), Some((99.0, "99.0"))),
                Standing::Good,
                &[
                    (0.09, 96.5, 0.7),
                    (0.169, 96.8, 0.7),
                    (0.247, 97.1, 0.8),
                    (0.326, 97.3, 0.7),
                    (0.404, 97.5, 0.7),
                    (0.483, 97.6, 0.7),
                ],
            ),
        ),
        (
            "A decrease, behind",
            key_result(
                measured((72.0, "72 h"), (24.0, "24 h"), None),
                Standing::Behind,
                &[(0.09, 72.0, 0.7), (0.247, 66.0, 0.6), (0.404, 60.0, 0.4), (0.483, 58.0, 0.3)],
            ),
        ),
        (
            "A milestone, due on 15 April",
            KeyResultChart {
                due: Some(0.83),
                ..key_result(
                    Kind::Milestone { none: "0 %".to_owned(), done: "100 %".to_owned() },
                    Standing::Behind,
                    &[(0.146, 0.1, 0.6), (0.303, 0.25, 0.6), (0.461, 0.4, 0.5)],
                )
            },
        ),
        ("Without a check-in", key_result(measured((11.0, "11"), (28.0, "28"), None), Standing::Good, &[])),
    ]
}

fn thresholds() -> Vec<(&'static str, KeyResultChart)> {
    vec![
        (
            "Within the limit",
            key_result(
                at_most(0.3, "0.30"),
                Standing::Good,
                &[(0.09, 0.22, 0.8), (0.247, 0.24, 0.8), (0.404, 0.27, 0.7), (0.483, 0.26, 0.7)],
            ),
        ),
        (
            "Over the limit",
            key_result(
                at_most(8.0, "8"),
                Standing::Broken,
                &[(0.169, 6.2, 0.7), (0.326, 7.3, 0.6), (0.404, 8.4, 0.4), (0.483, 9.1, 0.4)],
            ),
        ),
        (
            "To keep",
            key_result(
                at_least(99.9, "99.9 %"),
                Standing::Good,
                &[(0.09, 99.95, 0.8), (0.247, 99.93, 0.8), (0.404, 99.91, 0.7), (0.483, 99.94, 0.7)],
            ),
        ),
        (
            "To reach",
            key_result(at_least(60.0, "60 %"), Standing::Broken, &[(0.12, 41.0, 0.5), (0.4, 52.0, 0.6)]),
        ),
    ]
}

fn odd() -> Vec<(&'static str, KeyResultChart)> {
    let year = ["Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan"];
    let months = year.iter().enumerate();
    let ticks = months.map(|(at, label)| Tick { x: at as f64 / 12.0, label: (*label).to_owned() }).collect();
    let daily: Vec<(f64, f64, f64)> = (0..2000)
        .map(|n| {
            let x = f64::from(n) / 2000.0 * 0.9;
            (x, 100.0 + 60.0 * x + 12.0 * (x * 90.0).sin() + f64::from(n * 7919 % 13) - 6.0, 0.3 + 0.6 * x)
        })
        .collect();
    vec![
        (
            "2,000 check-ins in a year",
            KeyResultChart {
                frame: Frame { ticks, today: Some(0.9) }.into(),
                ..key_result(measured((100.0, "100"), (160.0, "160"), None), Standing::Good, &daily)
            },
        ),
        (
            "Far outside the scale, and after the end",
            key_result(
                measured((10.0, "10"), (20.0, "20"), Some((22.0, "22"))),
                Standing::Good,
                &[(-0.05, 10.0, 0.5), (0.3, 12.0, 0.5), (0.6, 95.0, 0.9), (1.2, 24.0, 0.9)],
            ),
        ),
        (
            "Long numbers",
            key_result(
                measured((1_250_000.0, "1,250,000 shops"), (1_400_000.0, "1,400,000 shops"), None),
                Standing::Good,
                &[(0.2, 1_260_000.0, 0.6), (0.8, 1_330_000.0, 0.6)],
            ),
        ),
        (
            "Between two limits, at its end",
            key_result(
                Kind::Threshold {
                    at_least: Some(agreed(18.0, "18 °C")),
                    at_most: Some(agreed(24.0, "24 °C")),
                },
                Standing::Good,
                &[(0.1, 20.0, 0.8), (0.5, 23.0, 0.4), (0.93, 19.5, 0.7)],
            ),
        ),
        ("None at all", key_result(at_most(0.0, "0"), Standing::Broken, &[(0.1, 0.0, 0.8), (0.5, 2.0, 0.4)])),
        (
            "Without a pace",
            KeyResultChart {
                due: None,
                ..key_result(
                    measured((0.0, "0"), (1.0, "1 d"), None),
                    Standing::Good,
                    &[(0.213, 0.2, 0.5), (0.494, 0.6, 0.6)],
                )
            },
        ),
    ]
}

fn objectives(values: &[(u32, u32)], behind_under: u32) -> Vec<ObjectiveDot> {
    let each = |(value, count): &(u32, u32)| {
        vec![
            ObjectiveDot { value: f64::from(*value) / 100.0, behind: *value < behind_under };
            *count as usize
        ]
    };
    values.iter().flat_map(each).collect()
}

fn dots(values: &[(u32, u32)]) -> String {
    Dots {
        label: "Objectives by progress".to_owned(),
        track: Track::Pace(0.517),
        objectives: objectives(values, 42),
        start: "0".to_owned(),
        line: "pace 52".to_owned(),
        end: "100 %".to_owned(),
    }
    .svg()
}

fn grades(values: &[(u32, u32)]) -> String {
    Dots {
        label: "Objectives by grade".to_owned(),
        track: Track::Grade(0.7),
        objectives: objectives(values, 70),
        start: "0.0".to_owned(),
        line: "0.7".to_owned(),
        end: "1.0".to_owned(),
    }
    .svg()
}

fn day(day: i64, label: &str) -> DayLabel {
    DayLabel { day, label: label.to_owned() }
}

/// The days of a run of `(day, count)`.
fn days(counts: &[(i64, usize)]) -> Vec<i64> {
    counts.iter().flat_map(|(day, count)| vec![*day; *count]).collect()
}

fn lane(title: &str, due: (i64, &str), there: &[(i64, usize)], note: &str) -> Lane {
    Lane {
        title: title.to_owned(),
        title_due: format!("{title}, due {}", due.1),
        due: due.0,
        there: days(there),
        note: Some(note.to_owned()),
        ..Lane::default()
    }
}

fn timeline() -> Timeline {
    let weeks = (-5..=13).filter(|week| *week != 0).enumerate();
    let checked = [31, 74, 92, 88, 97, 90, 61].iter().enumerate();
    Timeline {
        label: "Timeline of FY27-Q1".to_owned(),
        days: 126,
        start: 35,
        end: Some(123),
        weeks: weeks.map(|(at, week)| day(at as i64 * 7, &week.to_string().replace('-', "−"))).collect(),
        months: vec![day(4, "January"), day(35, "February"), day(63, "March"), day(94, "April")],
        lanes: vec![
            lane("Direction", (7, "4 Jan"), &[(5, 1)], "there on 2 Jan, 2 days early"),
            lane(
                "Drafts",
                (21, "18 Jan"),
                &[(15, 1), (16, 2), (17, 1), (18, 4), (19, 7), (20, 2), (21, 3), (22, 1), (24, 1), (26, 1)],
                "3 late, the last by 5 days",
            ),
            Lane {
                missing: 2,
                missing_note: Some("2 missing".to_owned()),
                missing_names: Some("Courier, Onboarding".to_owned()),
                ..lane(
                    "Final",
                    (35, "1 Feb"),
                    &[(31, 1), (32, 3), (33, 5), (34, 6), (35, 4), (36, 1), (37, 2), (38, 1)],
                    "4 late, by 1 to 3 days",
                )
            },
        ],
        check_ins: Some(CheckInWeeks {
            short: "Check-ins a week".to_owned(),
            title: "Check-ins a week, of 104 key results".to_owned(),
            of: 104,
            weeks: checked
                .map(|(at, count)| CheckInWeek {
                    day: 35 + at as i64 * 7,
                    days: if at == 6 { 5 } else { 7 },
                    count: *count,
                    label: count.to_string(),
                })
                .collect(),
        }),
        today: Some(day(81, "today, 19 Mar")),
    }
}

const YEAR: [&str; 13] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "January",
];

/// A year of 300 units, ended, with nineteen documents that never came.
fn long_timeline() -> Timeline {
    let days = 365 + 35;
    let came = |due: i64| -> Vec<(i64, usize)> {
        (due - 14..due + 9)
            .map(|day| (day, ((day * 37) % 11).unsigned_abs() as usize + 3 * usize::from(day == due)))
            .collect()
    };
    Timeline {
        label: "Timeline of FY27".to_owned(),
        days,
        start: 35,
        end: Some(399),
        weeks: (0..57).map(|at| day(at * 7, &(at - 5 + i64::from(at >= 5)).to_string())).collect(),
        months: YEAR.iter().enumerate().map(|(at, month)| day(4 + at as i64 * 30, month)).collect(),
        lanes: vec![
            lane("Direction document with executive buy-in", (7, "4 January"), &[], ""),
            Lane {
                missing: 19,
                missing_note: Some("19 missing".to_owned()),
                missing_names: Some("Courier, Onboarding, Returns, Data and 15 others".to_owned()),
                ..lane(
                    "All OKRs are approved and final",
                    (35, "1 February"),
                    &came(35),
                    "114 late, by 1 to 8 days",
                )
            },
            lane(
                "Mid-year review of all objectives",
                (216, "1 August"),
                &[(210, 3), (214, 9), (230, 1)],
                "1 late",
            ),
            lane("Grades and final values", (385, "20 January"), &[(370, 4), (384, 9), (390, 1)], "1 late"),
        ],
        check_ins: Some(CheckInWeeks {
            short: "Check-ins a week".to_owned(),
            title: "Check-ins a week, of 2,400 key results".to_owned(),
            of: 2400,
            weeks: (0..52)
                .map(|at| CheckInWeek {
                    day: 35 + at * 7,
                    days: 7,
                    count: (900 + at * 191 % 1300).unsigned_abs(),
                    label: (900 + at * 191 % 1300).to_string(),
                })
                .collect(),
        }),
        today: None,
    }
}

fn now(days: i64, today: i64, marks: &[(i64, MarkState, &str, &str)]) -> Now {
    let named = |day, title: &str, note: &str| NowDay { day, title: title.to_owned(), note: note.to_owned() };
    Now {
        label: "Week 7 of 13".to_owned(),
        days,
        start: 35,
        marks: marks
            .iter()
            .map(|(day, state, title, note)| NowMark {
                day: *day,
                state: *state,
                title: (*title).to_owned(),
                note: (*note).to_owned(),
            })
            .collect(),
        end: Some(named(days - 2, "End", "30 April")),
        today: Some(named(today, "today", "week 7 of 13")),
    }
}

fn bars() -> String {
    let bar = |parts: &[f64]| {
        CapacityBar { label: None, parts: parts.to_vec(), expected: Some(20.0), scale: 40.0 }.svg()
    };
    let coverage = |counts: [usize; 5]| {
        let [supported, assured, partial, not_ours, uncovered] = counts;
        CoverageBar { label: None, supported, assured, partial, not_ours, uncovered }.svg()
    };
    let strip = |values: &[(u32, u32)]| {
        Strip { label: None, track: Track::Pace(0.517), objectives: objectives(values, 42) }.svg()
    };
    let way = |reached, enough| Way { label: None, reached, enough }.svg();
    let rows = [
        coverage([6, 1, 1, 1, 1]),
        coverage([27, 4, 3, 0, 0]),
        coverage([0, 0, 0, 0, 0]),
        coverage([480, 30, 9, 1, 3]),
        bar(&[12.0, 10.0]),
        bar(&[12.0]),
        bar(&[15.0, 8.0, 7.0, 30.0]),
        bar(&[]),
        strip(&[(43, 1), (46, 1)]),
        strip(&[(20, 1), (36, 2), (55, 1), (100, 1)]),
        strip(&[]),
        way(Some(0.91), true),
        way(Some(0.5), false),
        way(Some(0.0), false),
        way(None, false),
    ];
    rows.iter().map(|svg| format!("<div class=\"panel\">{svg}</div>")).collect()
}

/// Cycles of two years, one of them odd.
fn cycles() -> CyclesTimeline {
    let span = |start, days: i64, name: &str, short: &str, state| CycleSpan {
        start,
        end: Some(start + days - 1),
        name: name.to_owned(),
        short: short.to_owned(),
        state,
    };
    let lane = |title: &str, cycles| CycleLane { title: title.to_owned(), cycles };
    let mark = |due, day, state| CycleMark { due, day, state, ..CycleMark::default() };
    let row = |title: &str, offset: i64, came: [Option<(i64, MarkState)>; 4]| CycleRow {
        title: title.to_owned(),
        marks: came
            .iter()
            .zip([0, 92, 184, 273])
            .map(|(came, start)| {
                mark(start + 60 - offset, came.map(|came| came.0), came.map_or(Due, |came| came.1))
            })
            .collect(),
    };
    use {CycleState::*, MarkState::*};
    let months = [
        "Jun", "Jul", "Aug 2025", "Sep", "Oct", "Nov", "Dec", "Jan 2026", "Feb", "Mar", "Apr", "May", "Jun",
        "Jul",
    ];
    CyclesTimeline {
        label: "All cycles".to_owned(),
        days: 425,
        months: months.iter().enumerate().map(|(at, month)| day(at as i64 * 61 / 2, month)).collect(),
        lanes: vec![
            lane(
                "Years",
                vec![span(60, 184, "FY26", "FY26", Ended), span(244, 181, "FY27", "FY27", Running)],
            ),
            lane(
                "Quarters",
                vec![
                    span(60, 92, "FY26-Q3", "Q3", Ended),
                    span(152, 92, "FY26-Q4", "Q4", Ended),
                    span(244, 89, "FY27-Q1", "Q1", Running),
                    span(333, 92, "FY27-Q2", "Q2", Coming),
                ],
            ),
            lane(
                "Others",
                vec![span(70, 60, "Summer of FY26", "Su", Ended), span(110, 90, "Migration", "Mi", Ended)],
            ),
        ],
        rows: vec![
            row("Direction", 28, [Some((31, InTime)), Some((122, InTime)), Some((214, InTime)), None]),
            row("Drafts", 14, [Some((49, Late)), Some((143, Late)), Some((228, InTime)), None]),
            row("Final", 0, [Some((60, InTime)), Some((155, Late)), Some((290, Missing)), None]),
        ],
        today: Some(day(290, "today, 19 Mar")),
    }
}

/// Ten years of quarters.
fn many_cycles() -> CyclesTimeline {
    let quarters = (0..40).map(|at| CycleSpan {
        start: at * 365 / 4,
        end: Some((at + 1) * 365 / 4 - 1),
        name: format!("FY{}-Q{}", 18 + at / 4, at % 4 + 1),
        short: format!("Q{}", at % 4 + 1),
        state: if at < 35 { CycleState::Ended } else { CycleState::Coming },
    });
    let years = (0..10).map(|at| CycleSpan {
        start: at * 365,
        end: Some((at + 1) * 365 - 1),
        name: format!("FY{}", 18 + at),
        short: String::new(),
        state: if at == 8 { CycleState::Running } else { CycleState::Ended },
    });
    let marks = (0..36).map(|at| CycleMark {
        due: at * 365 / 4,
        day: Some(at * 365 / 4 + at % 7 * 3 - 3),
        state: if at % 7 > 1 { MarkState::Late } else { MarkState::InTime },
        late: (at % 7 * 3 - 3).max(0),
        label: (at % 7 * 3 - 3).to_string(),
    });
    CyclesTimeline {
        label: "All cycles".to_owned(),
        days: 3650,
        months: (0..10).map(|at| day(at * 365, &(2017 + at).to_string())).collect(),
        lanes: vec![
            CycleLane { title: "Years".to_owned(), cycles: years.collect() },
            CycleLane { title: "Quarters".to_owned(), cycles: quarters.collect() },
        ],
        rows: vec![CycleRow { title: "Final".to_owned(), marks: marks.collect() }],
        today: Some(day(3200, "today, 19 Mar")),
    }
}

/// A hundred units; most support what is above them, some support others too.
fn supports() -> SupportsMap {
    let names = [
        "Payments",
        "Storefront",
        "Platform",
        "Data",
        "Fulfilment",
        "Growth",
        "People",
        "Internal systems and procurement",
    ];
    let unit = |name: &str, column, within, supports: Vec<(usize, u64)>| MapUnit {
        name: name.to_owned(),
        column,
        within,
        supports,
    };
    let mut units = vec![
        unit("Pellworth", 0, None, vec![]),
        unit("Product and Engineering", 1, Some(0), vec![(0, 5)]),
        unit("Operations", 1, Some(0), vec![(0, 2)]),
    ];
    for (at, name) in names.iter().enumerate() {
        let home = if at < 6 { 1 } else { 2 };
        let elsewhere = if at == 3 { vec![(1, 3), (2, 1)] } else { vec![(home, 1 + at as u64 % 4)] };
        units.push(unit(name, 2, Some(home), elsewhere));
    }
    for at in 0..89_usize {
        let org = 3 + at * 8 / 89;
        let mut to = if at % 17 == 5 { vec![] } else { vec![(org, 1 + at as u64 % 5)] };
        if at % 7 == 3 {
            to.push((3 + (org + 2) % 8, 1 + at as u64 % 2));
        }
        if at == 40 {
            to.push((1, 1));
        }
        units.push(unit(&format!("Team {}", at + 1), 3, Some(org), to));
    }
    let columns =
        ["Company", "Product and Engineering", "Organisations", "Teams"].map(str::to_owned).to_vec();
    SupportsMap { label: "Supports between levels".to_owned(), columns, units }
}

fn key_results_and_more(page: &mut Page, frame: &Frame) {
    page.heading("Key results");
    page.plots(&ordinary(), frame);
    page.plots(&thresholds(), frame);
    page.heading("Key results, odd");
    page.plots(&odd(), frame);
    page.heading("Objectives");
    page.levels(&[
        dots(&[(30, 1), (50, 1), (55, 1)]),
        dots(&[(10, 1), (20, 1), (35, 1), (40, 1), (45, 3), (50, 2), (60, 2)]),
        dots(&[
            (20, 2),
            (25, 1),
            (30, 2),
            (35, 2),
            (40, 2),
            (45, 4),
            (50, 9),
            (55, 5),
            (60, 4),
            (65, 2),
            (70, 2),
        ]),
        dots(&[
            (0, 4),
            (5, 9),
            (20, 31),
            (30, 40),
            (40, 60),
            (45, 72),
            (50, 81),
            (60, 77),
            (70, 20),
            (100, 6),
        ]),
        grades(&[(40, 1), (70, 1), (80, 1)]),
        grades(&[(20, 1), (40, 1), (60, 2), (70, 5), (80, 5), (90, 4), (100, 4)]),
    ]);
    page.heading("All cycles");
    page.panel(&cycles().svg());
    page.panel(&many_cycles().svg());
    page.heading("Supports");
    page.panel(&supports().svg());
    page.heading("Bars");
    page.body.push_str(&bars());
}

#[test]
#[ignore = "writes a page to look at"]
fn gallery() {
    let frame = frame();
    let mut page = Page { body: String::new(), defs: frame.defs() };
    page.heading("Now");
    page.panel(
        &now(
            126,
            81,
            &[
                (7, MarkState::InTime, "Direction", "there 2 days early"),
                (21, MarkState::Late, "Drafts", "5 days late"),
                (35, MarkState::Missing, "Final", "2 of 25 missing"),
            ],
        )
        .svg(),
    );
    page.panel(
        &now(
            126,
            115,
            &[
                (7, MarkState::InTime, "Direction document", "there 2 days early"),
                (14, MarkState::InTime, "Budgets", "in time"),
                (21, MarkState::Late, "Drafts", "5 days late"),
                (28, MarkState::Missing, "Reviews", "14 of 25 missing"),
                (35, MarkState::Due, "Final", "due in 12 days"),
                (118, MarkState::Due, "Grades", "due in 3 days"),
            ],
        )
        .svg(),
    );
    page.heading("Timeline");
    page.panel(&timeline().svg());
    page.heading("Timeline of a year, 300 units");
    page.panel(&long_timeline().svg());
    key_results_and_more(&mut page, &frame);
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("target");
    fs::create_dir_all(&target).unwrap();
    fs::write(target.join("charts.html"), page.html()).unwrap();
}
