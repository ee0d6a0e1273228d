use super::*;
use crate::chart::Tick;

fn agreed(value: f64, label: &str) -> Agreed {
    Agreed { value, label: label.to_owned() }
}

fn measured(from: f64, to: f64) -> Kind {
    Kind::Measured { from: agreed(from, "from"), to: agreed(to, "to"), stretch: None }
}

fn point(x: f64, value: f64) -> CheckInPoint {
    CheckInPoint { x, value, confidence: Some(0.7) }
}

fn chart(kind: Kind, points: &[CheckInPoint]) -> KeyResultChart {
    KeyResultChart {
        label: "Uptime".to_owned(),
        frame: Arc::new(Frame { ticks: vec![Tick { x: 0.0, label: "Feb".to_owned() }], today: Some(0.5) }),
        kind,
        due: Some(1.0),
        points: points.to_vec(),
        confidence: Some(ConfidenceLabel { full: "confidence 0.7".to_owned(), short: "0.7".to_owned() }),
        standing: Standing::Good,
    }
}

/// The numbers of an attribute of all elements of a class, in order.
fn numbers(svg: &str, class: &str, attribute: &str) -> Vec<f64> {
    svg.split('<')
        .filter(|element| element.contains(&format!("class=\"{class}\"")))
        .filter_map(|element| element.split(&format!(" {attribute}=\"")).nth(1))
        .filter_map(|rest| rest.split('"').next())
        .map(|number| number.trim_end_matches('%').parse().expect("a number"))
        .collect()
}

#[test]
fn the_last_dot_is_where_the_value_is() {
    let svg = chart(measured(0.0, 100.0), &[point(0.5, 75.0), point(0.25, 10.0)]).svg();
    assert_eq!((numbers(&svg, "c-last", "cx"), numbers(&svg, "c-last", "cy")), (vec![50.0], vec![30.0]));
    assert_eq!(numbers(&svg, "c-last", "r"), [5.0]);
    assert_eq!(numbers(&svg, "c-dot", "cx"), [25.0]);
}

#[test]
fn a_decrease_falls() {
    let svg = chart(measured(72.0, 24.0), &[point(0.1, 70.0), point(0.5, 40.0)]).svg();
    assert!(numbers(&svg, "c-dot", "cy")[0] < numbers(&svg, "c-last", "cy")[0]);
    assert_eq!(numbers(&svg, "c-target", "y1"), [84.0]);
}

#[test]
fn the_pace_reaches_the_target_on_the_day_it_is_due() {
    let svg = KeyResultChart { due: Some(0.8), ..chart(measured(10.0, 20.0), &[]) }.svg();
    assert_eq!((numbers(&svg, "c-pace", "x1"), numbers(&svg, "c-pace", "y1")), (vec![0.0], vec![84.0]));
    assert_eq!(numbers(&svg, "c-pace", "x2"), [80.0]);
    assert_eq!(numbers(&svg, "c-pace", "y2"), numbers(&svg, "c-target", "y1"));
    assert!(!KeyResultChart { due: None, ..chart(measured(1.0, 2.0), &[]) }.svg().contains("c-pace"));
}

#[test]
fn the_line_begins_at_the_baseline_and_goes_on_in_time() {
    let svg = chart(measured(0.0, 10.0), &[point(0.6, 4.0), point(0.2, 2.0)]).svg();
    let line = svg.split("<g class=\"c-line\">").nth(1).and_then(|rest| rest.split("</g>").next());
    assert_eq!(
        line,
        Some(
            "<line x1=\"0%\" x2=\"20%\" y1=\"84\" y2=\"69.6\"/>\
             <line x1=\"20%\" x2=\"60%\" y1=\"69.6\" y2=\"55.2\"/>"
        )
    );
    let kept = Kind::Threshold { at_least: None, at_most: Some(agreed(10.0, "10")) };
    assert!(!chart(kept, &[point(0.6, 4.0)]).svg().contains("c-line"), "a threshold has no baseline");
}

#[test]
fn the_forbidden_side_of_a_limit_is_hatched() {
    let most = Kind::Threshold { at_least: None, at_most: Some(agreed(8.0, "8")) };
    let svg = chart(most, &[point(0.3, 9.1)]).svg();
    let (limit, dot) = (numbers(&svg, "c-limit", "y1")[0], numbers(&svg, "c-last", "cy")[0]);
    assert!(dot < limit, "over the limit is above it: {svg}");
    assert_eq!(numbers(&svg, "c-zone", "y"), [12.0]);
    let least = Kind::Threshold { at_least: Some(agreed(60.0, "60")), at_most: None };
    let svg = chart(least, &[point(0.3, 41.0)]).svg();
    assert_eq!(numbers(&svg, "c-zone", "y"), numbers(&svg, "c-limit", "y1"));
    assert!(numbers(&svg, "c-last", "cy")[0] > numbers(&svg, "c-limit", "y1")[0]);
}

#[test]
fn a_value_far_outside_widens_the_scale() {
    let svg = chart(measured(10.0, 20.0), &[point(0.3, 500.0), point(0.5, -200.0), point(0.7, 15.0)]).svg();
    assert_eq!(numbers(&svg, "c-dot", "cy"), [12.0, 84.0]);
    let last = numbers(&svg, "c-last", "cy")[0];
    assert!(last > 12.0 && last < 84.0);
}

#[test]
fn confidence_under_a_half_is_hollow_and_none_takes_no_room() {
    let points = [
        CheckInPoint { confidence: Some(0.49), ..point(0.1, 1.0) },
        CheckInPoint { confidence: Some(0.5), ..point(0.2, 1.0) },
    ];
    let svg = chart(measured(0.0, 10.0), &points).svg();
    assert_eq!((numbers(&svg, "c-unsure", "x"), numbers(&svg, "c-sure", "x1")), (vec![10.0], vec![20.0]));
    assert!(svg.contains("height=\"126\""), "{svg}");
    let svg = chart(measured(0.0, 10.0), &[]).svg();
    assert!(svg.contains("height=\"104\"") && !svg.contains("124"), "{svg}");
}

#[test]
fn at_the_end_of_the_axis_confidence_is_short() {
    assert!(chart(measured(0.0, 1.0), &[point(0.5, 0.1)]).svg().contains(">confidence 0.7<"));
    assert!(chart(measured(0.0, 1.0), &[point(1.1, 0.1)]).svg().contains(">0.7<"));
}

#[test]
fn labels_close_to_each_other_are_kept_apart() {
    let kind = Kind::Measured {
        from: agreed(0.0, "0"),
        to: agreed(99.0, "99"),
        stretch: Some(agreed(100.0, "100")),
    };
    let svg = chart(kind, &[]).svg();
    let at = |text: &str| {
        let element = svg.split('<').find(|element| element.ends_with(&format!(">{text}"))).expect("a label");
        let number = |name: &str| -> f64 {
            element
                .split(&format!(" {name}=\""))
                .nth(1)
                .and_then(|rest| rest.split('"').next())
                .map_or(0.0, |n| n.parse().expect("a number"))
        };
        number("y") + number("dy")
    };
    assert!(at("99") - at("100") >= 12.9, "{svg}");
}

#[test]
fn the_page_s_frame_is_used_where_it_is_the_same() {
    let chart = chart(measured(0.0, 1.0), &[]);
    assert!(chart.svg_in(&chart.frame).contains(r##"<use href="#frame"/>"##));
    let other = Frame { today: None, ..(*chart.frame).clone() };
    assert!(!chart.svg_in(&other).contains("<use") && chart.svg_in(&other).contains("c-today"));
    assert!(chart.frame.defs().starts_with("<g id=\"frame\""));
}

#[test]
fn two_thousand_check_ins_stay_a_small_chart() {
    let many: Vec<CheckInPoint> =
        (0..2000).map(|n| point(f64::from(n) / 2000.0, f64::from(n * 7919 % 1000))).collect();
    let svg = chart(measured(0.0, 1000.0), &many).svg();
    assert!(svg.len() < 20_000, "{}", svg.len());
    assert!(svg.matches("<text").count() < 6, "{svg}");
}
