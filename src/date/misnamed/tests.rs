use super::*;
use crate::date::{MonthDay, NamedAfter};

fn calendar(starts: &str) -> Calendar {
    let starts = MonthDay::parse(starts).unwrap();
    Calendar { starts, ..Calendar::default() }
}

#[test]
fn a_fiscal_calendar_explains() {
    let spelling = "the name of a cycle is its year, a hyphen and its part";
    let whole = "the name of a whole year has nothing between its letters and digits";
    for (typed, suggestion, reason) in [
        ("fy27-q5", None, "there is no `q5`: quarters are `q1` to `q4`"),
        ("fy27-q0", None, "there is no `q0`: quarters are `q1` to `q4`"),
        ("fy27-t4", None, "there is no `t4`: trimesters are `t1` to `t3`"),
        ("fy27-h3", None, "there is no `h3`: halves are `h1` to `h2`"),
        ("fy27-q999999999999", None, "there is no `q999999999999`: quarters are `q1` to `q4`"),
        ("fy2027-q1", Some("fy27-q1"), "`fy2027` has four digits: a fiscal year has two"),
        ("fy2027", Some("fy27"), "`fy2027` has four digits: a fiscal year has two"),
        ("Q1 FY2027", Some("fy27-q1"), "`fy2027` has four digits: a fiscal year has two"),
        ("fy1999-q1", None, "years run from 2000 to 2099"),
        ("fy3", None, "`fy3` is no fiscal year: it has two digits, as in `fy27`"),
        ("fy123-q1", None, "`fy123` is no fiscal year: it has two digits, as in `fy27`"),
        ("fy99999999-q1", None, "`fy99999999` is no fiscal year: it has two digits, as in `fy27`"),
        (
            "2026-q3",
            Some("fy27-q2"),
            "`2026` is a calendar year, and the fiscal year starts on 02-01: 2026-07-01 is in `fy27-q2`",
        ),
        (
            "2026q1",
            Some("fy26-q4"),
            "`2026` is a calendar year, and the fiscal year starts on 02-01: 2026-01-01 is in `fy26-q4`",
        ),
        (
            "2026",
            Some("fy26"),
            "`2026` is a calendar year, and the fiscal year starts on 02-01: 2026-01-01 is in `fy26`",
        ),
        ("1984", None, "years run from 2000 to 2099"),
        ("q1-fy27", Some("fy27-q1"), spelling),
        ("fy27q1", Some("fy27-q1"), spelling),
        ("Q4FY26", Some("fy26-q4"), spelling),
        ("FY27_Q1", Some("fy27-q1"), spelling),
        ("fy27-q01", Some("fy27-q1"), spelling),
        ("FY'27 Q1", Some("fy27-q1"), spelling),
        ("fy27-quarter-2", Some("fy27-q2"), spelling),
        ("1H FY27", Some("fy27-h1"), spelling),
        ("FY27-Q1", Some("fy27-q1"), "names of cycles are in lower case"),
        ("FY27", Some("fy27"), "names of cycles are in lower case"),
        ("fy-27", Some("fy27"), whole),
        ("27-q1", Some("fy27-q1"), "`27` is no year: write `fy27`"),
        ("1q27", Some("fy27-q1"), "`27` is no year: write `fy27`"),
        ("q1", None, "it names no year"),
        ("h2", None, "it names no year"),
    ] {
        let found = calendar("02-01").looks_like(typed).unwrap_or_else(|| panic!("{typed}"));
        assert_eq!(found.suggestion.as_deref(), suggestion, "{typed}");
        assert_eq!(found.reason, reason, "{typed}");
    }
}

#[test]
fn a_calendar_of_calendar_years_explains() {
    let spelling = "the name of a cycle is its year, a hyphen and its part";
    for (typed, suggestion, reason) in [
        ("2026q3", Some("2026-q3"), spelling),
        ("Q3 2026", Some("2026-q3"), spelling),
        ("q1-fy27", Some("fy27-q1"), spelling),
        ("2026-Q3", Some("2026-q3"), "names of cycles are in lower case"),
        ("26-q3", Some("2026-q3"), "`26` is no year: write `2026`"),
        ("2026-q7", None, "there is no `q7`: quarters are `q1` to `q4`"),
        ("2126-q1", None, "years run from 2000 to 2099"),
    ] {
        let found = Calendar::default().looks_like(typed).unwrap_or_else(|| panic!("{typed}"));
        assert_eq!(found.suggestion.as_deref(), suggestion, "{typed}");
        assert_eq!(found.reason, reason, "{typed}");
    }
}

#[test]
fn other_names_and_standard_names_are_not_explained() {
    for typed in [
        "",
        "-",
        "fy",
        "27",
        "summer",
        "fy27-summer",
        "fy27-q1-old",
        "fy27-q1-q2",
        "fy26-fy27",
        "quarterly",
        "2026-07",
        "2026-07-01",
        "fy27-q",
        "q",
        "team",
        "übung",
        "q1é",
        "fy27-q1",
        "fy27",
    ] {
        assert_eq!(calendar("02-01").looks_like(typed), None, "{typed:?}");
    }
    assert_eq!(Calendar::default().looks_like("2026-q3"), None);
}

#[test]
fn what_is_suggested_is_a_standard_name() {
    for starts in ["01-01", "02-01", "12-31", "07-01"] {
        for named_after in [NamedAfter::Start, NamedAfter::End] {
            let calendar = Calendar { named_after, ..calendar(starts) };
            for year in ["FY27", "fy2000", "2000", "2099", "26", "fy 99"] {
                for part in ["", "Q1", "q4", "t3", "h2"] {
                    for typed in [format!("{year}.{part}"), format!("{part}{year}")] {
                        let found = calendar.looks_like(&typed);
                        let suggestion = found.and_then(|found| found.suggestion);
                        if let Some(name) = suggestion {
                            assert!(calendar.standard(&name).is_some(), "{typed}: {name}");
                        }
                    }
                }
            }
        }
    }
}
