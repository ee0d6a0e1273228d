use crate::model::TimelineState::{self, Due, Late, Overdue};
use crate::rules::testing::{found, timelines};

/// The dates of a published company's quarter: the direction due on 4 October and there on 11 November;
/// three drafts due on 18 October and there on 1, 2 and 4 November; the final document due on 1 November
/// and there on the 2nd.
const QUARTER: &str = r#"--- book.toml
[book]
title = "A real quarter"
[calendar]
fiscal-year-starts = "02-01"
[[level]]
id = "department"
name = "Department"
[[level]]
id = "org"
name = "Organisations"
[unit.department]
level = "department"
name = "Department"
[unit.first]
level = "org"
name = "First"
within = "department"
[unit.second]
level = "org"
name = "Second"
within = "department"
[unit.third]
level = "org"
name = "Third"
within = "department"
[[deliverable]]
due = "-4w"
what = "direction"
name = "Direction"
[[deliverable]]
due = "-2w"
what = "drafts"
levels = ["org"]
name = "Drafts"
[[deliverable]]
due = "0d"
what = "final"
levels = ["department"]
name = "Final"
--- content/okrs/fy27-q1/direction.md (absent)
--- content/okrs/fy27-q1/company.md (absent)
--- content/okrs/fy27-q1/cloud.md (absent)
--- content/okrs/fy22-q4/direction.md
+++
title = "Direction"
shared = 2021-11-11
[[approval]]
by = "VP"
on = 2021-10-01
+++
--- content/okrs/fy22-q4/department.md
+++
shared = 2021-10-04
[[approval]]
by = "VP"
as = "set-by"
on = 2021-11-01
[[approval]]
by = "Directors"
as = "delivered-by"
on = 2021-11-02
[[objective]]
id = "growth"
title = "More people use it"
stands-alone = "It is the top."
key-result = [{ id = "users", title = "People who use it", from = 1, to = 2 }]
+++
--- content/okrs/fy22-q4/first.md
+++
shared = 2021-11-01
+++
--- content/okrs/fy22-q4/second.md
+++
shared = 2021-11-02
+++
--- content/okrs/fy22-q4/third.md
+++
shared = 2021-11-04
+++
"#;

#[test]
fn a_real_quarter_is_told_day_by_day() {
    let days: [(&str, [TimelineState; 3], &[usize]); 9] = [
        ("2021-10-04", [Due, Due, Due], &[0, 0, 0]),
        ("2021-10-05", [Overdue, Due, Due], &[0, 0, 0]),
        ("2021-10-18", [Overdue, Due, Due], &[0, 0, 0]),
        ("2021-10-19", [Overdue, Overdue, Due], &[0, 0, 0]),
        ("2021-11-01", [Overdue, Overdue, Due], &[0, 1, 0]),
        ("2021-11-02", [Overdue, Overdue, Late], &[0, 2, 1]),
        ("2021-11-04", [Overdue, Late, Late], &[0, 3, 1]),
        ("2021-11-10", [Overdue, Late, Late], &[0, 3, 1]),
        ("2021-11-11", [Late, Late, Late], &[1, 3, 1]),
    ];
    for (day, states, delivered) in days {
        let (book, timelines) = timelines(QUARTER, day);
        assert_eq!(book.cycles[0].start.to_string(), "2021-11-01");
        let deliveries = &timelines[0].deliveries;
        let due: Vec<String> = deliveries.iter().map(|delivery| delivery.due.to_string()).collect();
        assert_eq!(due, ["2021-10-04", "2021-10-18", "2021-11-01"]);
        let found: Vec<TimelineState> = deliveries.iter().map(|delivery| delivery.state).collect();
        assert_eq!(found, states, "{day}");
        let there: Vec<usize> = deliveries.iter().map(|delivery| delivery.delivered()).collect();
        assert_eq!(there, delivered, "{day}");
    }
    let (_, timelines) = timelines(QUARTER, "2022-01-31");
    let complete: Vec<String> =
        timelines[0].deliveries.iter().filter_map(|of| of.complete()).map(|day| day.to_string()).collect();
    assert_eq!(complete, ["2021-11-11", "2021-11-04", "2021-11-02"]);
}

#[test]
fn each_overdue_deliverable_is_one_finding() {
    let lines = |day| found("process/overdue", QUARTER, day);
    assert!(lines("2021-10-04").is_empty());
    assert_eq!(
        lines("2021-10-05"),
        [
            "content/okrs/fy22-q4/direction.md:1:1 warning: \"Direction\" of `fy22-q4`, due on 2021-10-04, is 1 day overdue: the direction is not shared"
        ]
    );
    assert_eq!(
        lines("2021-11-02"),
        [
            "content/okrs/fy22-q4/direction.md:1:1 warning: \"Direction\" of `fy22-q4`, due on 2021-10-04, is 29 days overdue: the direction is not shared",
            "content/okrs/fy22-q4/third.md:1:1 warning: \"Drafts\" of `fy22-q4`, due on 2021-10-18, is 15 days overdue, waiting for `third`",
        ]
    );
    assert!(lines("2021-11-11").is_empty());
}

#[test]
fn a_draft_before_its_direction_is_told_at_its_day() {
    let lines = |day| found("process/out-of-order", QUARTER, day);
    assert!(lines("2021-11-10").is_empty(), "the direction is not there yet");
    assert_eq!(lines("2021-11-11").len(), 4);
    assert_eq!(
        lines("2021-11-11")[1],
        "content/okrs/fy22-q4/first.md:2:10 warning: `first` was shared on 2021-11-01, 10 days before the direction"
    );
}

#[test]
fn a_unit_without_a_document_is_not_waited_for() {
    let absent = "--- content/okrs/fy27-q1/cloud.md (absent)\n";
    assert!(found("process/overdue", absent, "2026-02-20").is_empty());
    assert_eq!(
        found("process/missing-document", absent, "2026-02-20"),
        ["book.toml:25:1 warning: `cloud` has no document in `fy27-q1`, which runs since 2026-02-01"]
    );
}

#[test]
fn a_misspelt_day_is_one_mistake() {
    let typo = "+++\nshard = 2026-01-15\n+++\n";
    assert!(found("process", typo, "2026-01-25").is_empty());
}

#[test]
fn who_says_that_there_are_no_okrs_has_delivered() {
    let none = "+++\nshared = 2026-01-15\n+++\n";
    assert!(found("process/overdue", none, "2026-02-20").is_empty());
    let unshared = "+++\n+++\n";
    assert_eq!(
        found("process/overdue", unshared, "2026-02-20"),
        [
            "cloud.md:1:1 warning: \"Drafts\" of `fy27-q1`, due on 2026-01-18, is 33 days overdue, waiting for `cloud`",
            "cloud.md:1:1 warning: \"Final\" of `fy27-q1`, due on 2026-02-01, is 19 days overdue, waiting for `cloud`",
        ]
    );
}
