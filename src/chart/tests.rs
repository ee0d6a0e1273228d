//! What holds for every chart, whatever is in it.

use super::*;

const HOSTILE: &str = "\"><script>alert(1)</script><text style='x'>&\u{0}";
const NUMBERS: [f64; 9] =
    [0.0, 1.0, -1.0, 0.5, f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MAX, f64::MIN];
const DAYS: [i64; 6] = [0, 1, -7, 90, i64::MAX / 4, i64::MIN / 4];

fn text() -> String {
    HOSTILE.to_owned()
}

fn day(day: i64) -> DayLabel {
    DayLabel { day, label: text() }
}

fn key_results(number: f64, other: f64) -> Vec<String> {
    let agreed = |value| Agreed { value, label: text() };
    let kinds = [
        Kind::Measured { from: agreed(number), to: agreed(other), stretch: Some(agreed(number)) },
        Kind::Threshold { at_least: Some(agreed(number)), at_most: Some(agreed(other)) },
        Kind::Threshold { at_least: None, at_most: Some(agreed(number)) },
        Kind::Milestone { none: text(), done: text() },
    ];
    let point = |x, value| CheckInPoint { x, value, confidence: Some(other) };
    let chart = |kind| KeyResultChart {
        label: text(),
        frame: Frame { ticks: vec![Tick { x: number, label: text() }; 3], today: Some(other) }.into(),
        kind,
        due: Some(number),
        points: vec![point(other, number), point(0.5, other), point(number, 3.0)],
        confidence: Some(ConfidenceLabel { full: text(), short: text() }),
        standing: Standing::Broken,
    };
    kinds.map(|kind| chart(kind).svg()).to_vec()
}

fn small(number: f64) -> Vec<String> {
    let objectives =
        vec![ObjectiveDot { value: number, behind: true }, ObjectiveDot { value: 0.5, behind: false }];
    vec![
        Strip { label: Some(text()), track: Track::Pace(number), objectives: objectives.clone() }.svg(),
        Dots {
            label: text(),
            track: Track::Grade(number),
            objectives,
            start: text(),
            line: text(),
            end: text(),
        }
        .svg(),
        CapacityBar { label: Some(text()), parts: vec![number, 5.0], expected: Some(number), scale: number }
            .svg(),
        CoverageBar { label: Some(text()), uncovered: usize::MAX, partial: 1, ..CoverageBar::default() }
            .svg(),
        Way { label: Some(text()), reached: Some(number), enough: false }.svg(),
    ]
}

fn of_days(days: i64, at: i64) -> Vec<String> {
    let now_day = || Some(NowDay { day: at, title: text(), note: text() });
    let mark = NowMark { day: at, state: MarkState::Late, title: text(), note: text() };
    let lane = Lane {
        title: text(),
        title_due: text(),
        due: at,
        there: vec![at, days, 3],
        note: Some(text()),
        missing: 5,
        missing_note: Some(text()),
        missing_names: Some(text()),
    };
    let week = CheckInWeek { day: at, days: 7, count: u64::MAX, label: text() };
    let span =
        CycleSpan { start: at, end: Some(days), name: text(), short: text(), state: CycleState::Coming };
    let cycle_mark =
        CycleMark { due: at, day: Some(days), state: MarkState::Missing, ..CycleMark::default() };
    vec![
        Now { label: text(), days, start: at, marks: vec![mark; 2], end: now_day(), today: now_day() }.svg(),
        Timeline {
            label: text(),
            days,
            start: at,
            end: Some(days),
            weeks: vec![day(at); 3],
            months: vec![day(at); 3],
            lanes: vec![lane],
            check_ins: Some(CheckInWeeks { title: text(), short: text(), of: 0, weeks: vec![week] }),
            today: Some(day(at)),
        }
        .svg(),
        CyclesTimeline {
            label: text(),
            days,
            months: vec![day(at); 2],
            lanes: vec![CycleLane { title: text(), cycles: vec![span.clone(), span] }],
            rows: vec![CycleRow { title: text(), marks: vec![cycle_mark] }],
            today: Some(day(at)),
        }
        .svg(),
    ]
}

fn all() -> Vec<String> {
    let mut all = Vec::new();
    for number in NUMBERS {
        all.extend(small(number));
        all.extend(NUMBERS.iter().flat_map(|other| key_results(number, *other)));
    }
    for days in DAYS {
        all.extend(DAYS.iter().flat_map(|at| of_days(days, *at)));
    }
    let unit = |column, to| MapUnit { name: text(), column, within: Some(to), supports: vec![(to, 3)] };
    all.push(
        SupportsMap {
            label: text(),
            columns: vec![text(); 3],
            units: vec![unit(0, 0), unit(1, 0), unit(2, 0)],
        }
        .svg(),
    );
    all
}

#[test]
fn hostile_text_stays_text() {
    for svg in all() {
        assert!(!svg.contains("<script") && !svg.contains("<text style"), "{svg}");
        let open = svg.matches("<svg").count() + svg.matches("<g").count() + svg.matches("<text").count();
        let closed =
            svg.matches("</svg>").count() + svg.matches("</g>").count() + svg.matches("</text>").count();
        assert_eq!(open, closed, "{svg}");
    }
}

#[test]
fn every_attribute_is_known_and_every_number_short() {
    for svg in all() {
        for element in svg.split('<').skip(1).filter(|element| !element.starts_with('/')) {
            let tag = element.split('>').next().unwrap_or_default();
            let mut parts = tag.split('"');
            while let (Some(name), Some(value)) = (parts.next(), parts.next()) {
                let name = name.trim_end_matches('=').rsplit(' ').next().unwrap_or_default();
                match name {
                    "class"
                    | "role"
                    | "aria-label"
                    | "aria-hidden"
                    | "text-anchor"
                    | "transform"
                    | "d"
                    | "viewBox"
                    | "preserveAspectRatio"
                    | "vector-effect" => {}
                    "x" | "y" | "x1" | "x2" | "y1" | "y2" | "cx" | "cy" | "r" | "dx" | "dy" | "width"
                    | "height" | "stroke-width" => {
                        let number = value.trim_end_matches('%');
                        assert!(number.parse::<f64>().is_ok_and(f64::is_finite), "{name}={value} in {svg}");
                        let decimals = number.split_once('.').map_or(0, |(_, decimals)| decimals.len());
                        assert!(decimals <= 2, "{name}={value}");
                        let shares =
                            matches!(name, "x" | "x1" | "x2" | "cx" | "width") && value.ends_with('%');
                        let share: f64 = if shares { number.parse().unwrap_or(0.0) } else { 0.0 };
                        assert!((-3.0..=103.0).contains(&share), "{name}={value} in {svg}");
                    }
                    other => panic!("what is `{other}` in {svg}"),
                }
            }
        }
    }
}

#[test]
fn every_chart_says_what_it_is_or_is_hidden() {
    for svg in all() {
        let head = svg.split('>').next().unwrap_or_default();
        assert!(
            head.contains("role=\"img\" aria-label=\"") ^ head.contains("aria-hidden=\"true\""),
            "{head}"
        );
    }
    assert!(Strip::default().svg().contains("aria-hidden=\"true\""));
}

#[test]
fn the_same_data_draws_the_same_chart() {
    assert_eq!(all(), all());
}
