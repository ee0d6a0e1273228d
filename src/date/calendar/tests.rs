use super::*;
use crate::date::{days_between, days_in};
use jiff::civil::date;

fn calendar(starts: &str, named_after: NamedAfter) -> Calendar {
    Calendar { starts: MonthDay::parse(starts).unwrap(), named_after, rhythm: Rhythm::Quarter }
}

fn range(calendar: &Calendar, name: &str) -> String {
    match calendar.standard(name) {
        Some(Standard { start, end, .. }) => format!("{start}..{end}"),
        None => "none".to_owned(),
    }
}

fn every_start() -> Vec<MonthDay> {
    (1..=12).flat_map(|month| (1..=31).filter_map(move |day| MonthDay::new(month, day).ok())).collect()
}

#[test]
fn the_default_is_the_calendar_year_in_quarters() {
    let calendar = Calendar::default();
    assert_eq!(calendar.starts.to_string(), "01-01");
    assert_eq!(calendar.named_after, NamedAfter::End);
    assert_eq!(calendar.rhythm, Rhythm::Quarter);
    assert!(calendar.is_calendar_year());
}

#[test]
fn fiscal_years_from_every_month() {
    for (starts, after_start, after_end) in [
        ("01-01", "2027-01-01..2027-12-31", "2027-01-01..2027-12-31"),
        ("02-01", "2027-02-01..2028-01-31", "2026-02-01..2027-01-31"),
        ("03-01", "2027-03-01..2028-02-29", "2026-03-01..2027-02-28"),
        ("04-01", "2027-04-01..2028-03-31", "2026-04-01..2027-03-31"),
        ("05-01", "2027-05-01..2028-04-30", "2026-05-01..2027-04-30"),
        ("06-01", "2027-06-01..2028-05-31", "2026-06-01..2027-05-31"),
        ("07-01", "2027-07-01..2028-06-30", "2026-07-01..2027-06-30"),
        ("08-01", "2027-08-01..2028-07-31", "2026-08-01..2027-07-31"),
        ("09-01", "2027-09-01..2028-08-31", "2026-09-01..2027-08-31"),
        ("10-01", "2027-10-01..2028-09-30", "2026-10-01..2027-09-30"),
        ("11-01", "2027-11-01..2028-10-31", "2026-11-01..2027-10-31"),
        ("12-01", "2027-12-01..2028-11-30", "2026-12-01..2027-11-30"),
        ("04-06", "2027-04-06..2028-04-05", "2026-04-06..2027-04-05"),
        ("12-31", "2027-12-31..2028-12-30", "2026-12-31..2027-12-30"),
    ] {
        assert_eq!(range(&calendar(starts, NamedAfter::Start), "fy27"), after_start, "{starts} start");
        assert_eq!(range(&calendar(starts, NamedAfter::End), "fy27"), after_end, "{starts} end");
    }
}

#[test]
fn every_kind_of_cycle() {
    let february = calendar("02-01", NamedAfter::End);
    for (name, rhythm, expected) in [
        ("fy27", Rhythm::Year, "2026-02-01..2027-01-31"),
        ("fy27-h1", Rhythm::Half, "2026-02-01..2026-07-31"),
        ("fy27-h2", Rhythm::Half, "2026-08-01..2027-01-31"),
        ("fy27-t1", Rhythm::Trimester, "2026-02-01..2026-05-31"),
        ("fy27-t2", Rhythm::Trimester, "2026-06-01..2026-09-30"),
        ("fy27-t3", Rhythm::Trimester, "2026-10-01..2027-01-31"),
        ("fy27-q1", Rhythm::Quarter, "2026-02-01..2026-04-30"),
        ("fy27-q2", Rhythm::Quarter, "2026-05-01..2026-07-31"),
        ("fy27-q3", Rhythm::Quarter, "2026-08-01..2026-10-31"),
        ("fy27-q4", Rhythm::Quarter, "2026-11-01..2027-01-31"),
        ("fy22-q4", Rhythm::Quarter, "2021-11-01..2022-01-31"),
    ] {
        assert_eq!(range(&february, name), expected, "{name}");
        assert_eq!(february.standard(name).map(|cycle| cycle.rhythm), Some(rhythm), "{name}");
    }
}

#[test]
fn the_parts_of_a_leap_year_from_every_month() {
    // FY28 is named after the year in which it ends; 2028 has a 29 February
    let table = [
        (
            "01-01",
            "28-01-01..03-31 28-04-01..06-30 28-07-01..09-30 28-10-01..12-31",
            "28-01-01..04-30 28-05-01..08-31 28-09-01..12-31",
            "28-01-01..06-30 28-07-01..12-31",
        ),
        (
            "02-01",
            "27-02-01..04-30 27-05-01..07-31 27-08-01..10-31 27-11-01..01-31",
            "27-02-01..05-31 27-06-01..09-30 27-10-01..01-31",
            "27-02-01..07-31 27-08-01..01-31",
        ),
        (
            "03-01",
            "27-03-01..05-31 27-06-01..08-31 27-09-01..11-30 27-12-01..02-29",
            "27-03-01..06-30 27-07-01..10-31 27-11-01..02-29",
            "27-03-01..08-31 27-09-01..02-29",
        ),
        (
            "04-01",
            "27-04-01..06-30 27-07-01..09-30 27-10-01..12-31 28-01-01..03-31",
            "27-04-01..07-31 27-08-01..11-30 27-12-01..03-31",
            "27-04-01..09-30 27-10-01..03-31",
        ),
        (
            "05-01",
            "27-05-01..07-31 27-08-01..10-31 27-11-01..01-31 28-02-01..04-30",
            "27-05-01..08-31 27-09-01..12-31 28-01-01..04-30",
            "27-05-01..10-31 27-11-01..04-30",
        ),
        (
            "06-01",
            "27-06-01..08-31 27-09-01..11-30 27-12-01..02-29 28-03-01..05-31",
            "27-06-01..09-30 27-10-01..01-31 28-02-01..05-31",
            "27-06-01..11-30 27-12-01..05-31",
        ),
        (
            "07-01",
            "27-07-01..09-30 27-10-01..12-31 28-01-01..03-31 28-04-01..06-30",
            "27-07-01..10-31 27-11-01..02-29 28-03-01..06-30",
            "27-07-01..12-31 28-01-01..06-30",
        ),
        (
            "08-01",
            "27-08-01..10-31 27-11-01..01-31 28-02-01..04-30 28-05-01..07-31",
            "27-08-01..11-30 27-12-01..03-31 28-04-01..07-31",
            "27-08-01..01-31 28-02-01..07-31",
        ),
        (
            "09-01",
            "27-09-01..11-30 27-12-01..02-29 28-03-01..05-31 28-06-01..08-31",
            "27-09-01..12-31 28-01-01..04-30 28-05-01..08-31",
            "27-09-01..02-29 28-03-01..08-31",
        ),
        (
            "10-01",
            "27-10-01..12-31 28-01-01..03-31 28-04-01..06-30 28-07-01..09-30",
            "27-10-01..01-31 28-02-01..05-31 28-06-01..09-30",
            "27-10-01..03-31 28-04-01..09-30",
        ),
        (
            "11-01",
            "27-11-01..01-31 28-02-01..04-30 28-05-01..07-31 28-08-01..10-31",
            "27-11-01..02-29 28-03-01..06-30 28-07-01..10-31",
            "27-11-01..04-30 28-05-01..10-31",
        ),
        (
            "12-01",
            "27-12-01..02-29 28-03-01..05-31 28-06-01..08-31 28-09-01..11-30",
            "27-12-01..03-31 28-04-01..07-31 28-08-01..11-30",
            "27-12-01..05-31 28-06-01..11-30",
        ),
    ];
    for (starts, quarters, trimesters, halves) in table {
        let calendar = calendar(starts, NamedAfter::End);
        for (letter, expected) in [("q", quarters), ("t", trimesters), ("h", halves)] {
            for (at, expected) in expected.split(' ').enumerate() {
                let name = format!("fy28-{letter}{}", at + 1);
                let cycle = calendar.standard(&name).unwrap();
                let found = format!("{}..{}", cycle.start.strftime("%y-%m-%d"), cycle.end.strftime("%m-%d"));
                assert_eq!(found, expected, "{name} of a year from {starts}");
            }
        }
    }
}

#[test]
fn calendar_years_are_names_only_where_they_are_fiscal() {
    let january = Calendar::default();
    for (name, expected) in [
        ("2026", "2026-01-01..2026-12-31"),
        ("2026-h2", "2026-07-01..2026-12-31"),
        ("2026-t1", "2026-01-01..2026-04-30"),
        ("2024-q1", "2024-01-01..2024-03-31"),
        ("2026-q3", "2026-07-01..2026-09-30"),
        ("2000", "2000-01-01..2000-12-31"),
        ("1999", "none"),
        ("2100-q1", "none"),
        ("2026-Q3", "none"),
    ] {
        assert_eq!(range(&january, name), expected, "{name}");
    }
    assert_eq!(january.standard("2027-q2"), january.standard("fy27-q2"));
    assert_eq!(calendar("01-01", NamedAfter::Start).standard("fy27"), january.standard("fy27"));
    assert_eq!(calendar("02-01", NamedAfter::End).standard("2026-q3"), None);
    assert_eq!(calendar("01-02", NamedAfter::End).standard("2026"), None);
}

#[test]
fn parts_begin_on_the_last_day_of_shorter_months() {
    let end_of_august = calendar("08-31", NamedAfter::End);
    for (name, expected) in [
        ("fy27-q1", "2026-08-31..2026-11-29"),
        ("fy27-q2", "2026-11-30..2027-02-27"),
        ("fy27-q3", "2027-02-28..2027-05-30"),
        ("fy27-q4", "2027-05-31..2027-08-30"),
        ("fy28-q2", "2027-11-30..2028-02-28"),
        ("fy28-q3", "2028-02-29..2028-05-30"),
        ("fy28-h2", "2028-02-29..2028-08-30"),
    ] {
        assert_eq!(range(&end_of_august, name), expected, "{name}");
    }
}

#[test]
fn parts_fill_every_year_without_a_gap_whatever_day_it_starts() {
    let starts = every_start();
    assert_eq!(starts.len(), 365);
    for starts in starts {
        for named_after in [NamedAfter::Start, NamedAfter::End] {
            let calendar = Calendar { starts, named_after, rhythm: Rhythm::Quarter };
            for fiscal in [0, 23, 24, 25, 27, 28, 99] {
                assert_filled(&calendar, fiscal);
            }
        }
    }
}

fn assert_filled(calendar: &Calendar, fiscal: i8) {
    let year = format!("fy{fiscal:02}");
    let whole = calendar.standard(&year).unwrap();
    assert_eq!(Rhythm::of_days(days_in(whole.start, whole.end)), Some(Rhythm::Year), "{calendar:?}");
    for rhythm in Rhythm::ALL {
        let mut name = match rhythm.letter() {
            Some(letter) => format!("{year}-{letter}1"),
            None => year.clone(),
        };
        let mut expected_start = whole.start;
        for part in 1..=rhythm.per_year() {
            let cycle = calendar.standard(&name).unwrap();
            assert_eq!(cycle.start, expected_start, "{calendar:?} {name}");
            assert_eq!(Rhythm::of_days(days_in(cycle.start, cycle.end)), Some(rhythm), "{calendar:?} {name}");
            if !calendar.is_calendar_year() {
                assert_eq!(calendar.containing(cycle.start, rhythm).as_ref(), Some(&name), "{calendar:?}");
                assert_eq!(calendar.containing(cycle.end, rhythm).as_ref(), Some(&name), "{calendar:?}");
            }
            expected_start = cycle.end.tomorrow().unwrap();
            if part == rhythm.per_year() {
                assert_eq!(cycle.end, whole.end, "{calendar:?} {name}");
            } else {
                name = calendar.next(&name).unwrap();
            }
        }
    }
    if let Some(next) = calendar.next(&year) {
        assert_eq!(calendar.standard(&next).unwrap().start, whole.end.tomorrow().unwrap());
    }
}

#[test]
fn every_day_is_in_the_cycle_that_is_said_to_contain_it() {
    for (starts, named_after) in [
        ("01-01", NamedAfter::End),
        ("02-01", NamedAfter::End),
        ("07-01", NamedAfter::Start),
        ("03-31", NamedAfter::End),
        ("12-31", NamedAfter::Start),
    ] {
        let calendar = calendar(starts, named_after);
        let mut day = date(2023, 1, 1);
        while day < date(2029, 1, 1) {
            for rhythm in Rhythm::ALL {
                let name = calendar.containing(day, rhythm).unwrap();
                let cycle = calendar.standard(&name).unwrap();
                assert!((cycle.start..=cycle.end).contains(&day), "{calendar:?} {day} {name}");
                assert_eq!(cycle.rhythm, rhythm);
            }
            day = day.tomorrow().unwrap();
        }
    }
}

#[test]
fn the_name_of_the_cycle_of_a_day() {
    let (january, february) = (Calendar::default(), calendar("02-01", NamedAfter::End));
    for (calendar, day, rhythm, expected) in [
        (january, date(2026, 7, 1), Rhythm::Quarter, Some("2026-q3")),
        (january, date(2026, 7, 1), Rhythm::Year, Some("2026")),
        (february, date(2026, 1, 31), Rhythm::Quarter, Some("fy26-q4")),
        (february, date(2026, 2, 1), Rhythm::Quarter, Some("fy27-q1")),
        (february, date(2026, 2, 1), Rhythm::Year, Some("fy27")),
        (february, date(2008, 12, 24), Rhythm::Half, Some("fy09-h2")),
        (january, date(1999, 12, 31), Rhythm::Quarter, None),
        (january, date(2099, 12, 31), Rhythm::Quarter, Some("2099-q4")),
        (january, date(2100, 1, 1), Rhythm::Quarter, None),
        (february, date(1999, 1, 31), Rhythm::Quarter, None),
        (february, date(1999, 2, 1), Rhythm::Quarter, Some("fy00-q1")),
        (february, Date::MIN, Rhythm::Quarter, None),
        (february, Date::MAX, Rhythm::Quarter, None),
    ] {
        assert_eq!(calendar.containing(day, rhythm).as_deref(), expected, "{day} {rhythm}");
    }
}

#[test]
fn the_next_cycle_begins_the_day_after() {
    for (calendar, name) in [
        (Calendar::default(), "2026-q4"),
        (Calendar::default(), "fy26-q4"),
        (Calendar::default(), "2023"),
        (calendar("02-01", NamedAfter::End), "fy27-q4"),
        (calendar("02-01", NamedAfter::Start), "fy27-t3"),
        (calendar("08-31", NamedAfter::End), "fy27-h2"),
    ] {
        let next = calendar.next(name).unwrap();
        let (this, that) = (calendar.standard(name).unwrap(), calendar.standard(&next).unwrap());
        assert_eq!(days_between(this.end, that.start), 1, "{name} {next}");
        assert_eq!(this.rhythm, that.rhythm);
        assert_eq!(name.starts_with("fy"), next.starts_with("fy"), "the style is kept");
    }
    assert_eq!(calendar("02-01", NamedAfter::End).next("2026-q4"), None);
    assert_eq!(Calendar::default().next("summer"), None);
    assert_eq!(Calendar::default().next("2099-q4"), None);
}

#[test]
fn months_and_days() {
    for start in every_start() {
        assert_eq!(MonthDay::parse(&start.to_string()), Ok(start));
    }
    let day = MonthDay::parse("02-28").unwrap();
    assert_eq!((day.month(), day.day()), (2, 28));
    for (typed, expected) in [
        ("02-29", "not every year has the day `02-29`: use `02-28` or `03-01`"),
        ("02-30", "there is no day `30` in month `02`: it has days `01` to `29`"),
        ("04-31", "there is no day `31` in month `04`: it has days `01` to `30`"),
        ("12-00", "there is no day `00` in month `12`: it has days `01` to `31`"),
        ("13-01", "there is no month `13`: months are `01` to `12`"),
        ("00-01", "there is no month `00`: months are `01` to `12`"),
        ("2-1", "`2-1` is not a month and a day, as in `02-01`"),
        ("", "`` is not a month and a day, as in `02-01`"),
        ("0201", "`0201` is not a month and a day, as in `02-01`"),
        ("02-01 ", "`02-01 ` is not a month and a day, as in `02-01`"),
        ("+2-01", "`+2-01` is not a month and a day, as in `02-01`"),
        ("02-01-01", "`02-01-01` is not a month and a day, as in `02-01`"),
        ("1 February", "`1 February` is not a month and a day, as in `02-01`"),
        ("é-01", "`é-01` is not a month and a day, as in `02-01`"),
    ] {
        assert_eq!(MonthDay::parse(typed).unwrap_err().to_string(), expected, "{typed:?}");
    }
    assert!(MonthDay::new(-1, 1).is_err() && MonthDay::new(1, -1).is_err());
}

#[test]
fn named_after_round_trips() {
    for named in [NamedAfter::Start, NamedAfter::End] {
        assert_eq!(NamedAfter::parse(named.as_str()), Some(named));
    }
    assert_eq!(NamedAfter::parse("End"), None);
}
