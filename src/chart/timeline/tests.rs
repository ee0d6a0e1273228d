use super::*;

fn lane(due: i64, there: &[i64]) -> Lane {
    Lane {
        title: "Final".to_owned(),
        title_due: "Final, due 1 Feb".to_owned(),
        due,
        there: there.to_vec(),
        ..Lane::default()
    }
}

fn timeline(lanes: Vec<Lane>) -> Timeline {
    let week = |at: i64| DayLabel { day: at * 7, label: at.to_string() };
    Timeline {
        label: "Timeline".to_owned(),
        days: 126,
        start: 35,
        end: Some(123),
        weeks: (0..18).map(week).collect(),
        lanes,
        today: Some(DayLabel { day: 81, label: "today".to_owned() }),
        ..Timeline::default()
    }
}

/// How many blocks are in groups of a class.
fn blocks(svg: &str, class: &str) -> usize {
    let group = format!("<g class=\"{class}\">");
    let groups = svg.split(&group).skip(1);
    groups.map(|rest| rest.split("</g>").next().unwrap_or("").matches("<rect").count()).sum()
}

#[test]
fn one_block_is_one_document_and_late_ones_are_hollow() {
    let svg = timeline(vec![lane(35, &[30, 35, 35, 36, 40])]).svg();
    assert_eq!((blocks(&svg, "c-early"), blocks(&svg, "c-late")), (3, 2));
    assert!(svg.contains(r#"<g class="c-late"><rect x="28.57%""#), "on its day: {svg}");
}

#[test]
fn above_sixty_a_day_is_a_bar() {
    let days: Vec<i64> = (0..61).map(|n| 30 + n % 10).collect();
    let svg = timeline(vec![lane(35, &days)]).svg();
    assert_eq!(svg.matches("<rect class=\"c-early\"").count(), 6);
    assert_eq!(svg.matches("<rect class=\"c-late\"").count(), 4);
}

#[test]
fn what_is_missing_stands_at_today() {
    let missing = Lane { missing: 2, missing_note: Some("2 missing".to_owned()), ..lane(35, &[]) };
    let svg = timeline(vec![missing]).svg();
    assert_eq!(svg.matches("<rect class=\"c-miss\" x=\"64.49%\"").count(), 2, "{svg}");
    assert!(svg.contains("2 missing"));
}

#[test]
fn days_of_a_year_stand_together_but_never_over_the_due_day() {
    let mut year = timeline(vec![lane(35, &[33, 34, 35, 36, 37])]);
    year.days = 400;
    let svg = year.svg();
    assert_eq!((blocks(&svg, "c-early"), blocks(&svg, "c-late")), (3, 2));
}

#[test]
fn lanes_are_below_each_other() {
    let one = timeline(vec![lane(35, &[35])]);
    let two = timeline(vec![lane(35, &[35]), lane(40, &[35; 9])]);
    let height = |svg: &str| -> f64 {
        svg.split("height=\"")
            .nth(1)
            .and_then(|rest| rest.split('"').next())
            .map_or(0.0, |n| n.parse().unwrap_or(0.0))
    };
    assert!(height(&two.svg()) - height(&one.svg()) > 9.0 * 8.0);
}

#[test]
fn a_week_of_which_little_is_left_has_no_number() {
    let mut short = timeline(vec![lane(35, &[35])]);
    let week = |day: i64, label: &str| DayLabel { day, label: label.to_owned() };
    short.weeks = vec![week(0, "1"), week(7, "2"), week(14, "3")];
    short.days = 17;
    assert!(!short.svg().contains(">3</text>"), "three days of it");
    short.days = 18;
    let svg = short.svg();
    assert!(svg.contains(">3</text>") && svg.contains("x=\"88.89%\""), "in their middle: {svg}");
}
