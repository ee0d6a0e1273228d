//! When things are due, in every calendar: all offsets are days from real dates.

use serde_json::Value;

use crate::runner::Book;

/// The due days of a cycle of a book.
fn due(book: &Book, cycle: &str) -> Vec<String> {
    let ran = book.run(&["export"]);
    let export: Value = serde_json::from_str(&ran.output).unwrap_or_else(|_| panic!("{}", ran.error));
    let cycles = export["cycles"].as_array().unwrap();
    let of = cycles.iter().find(|of| of["id"] == cycle).unwrap_or_else(|| panic!("{cycle}: {}", ran.error));
    let timeline = of["timeline"].as_array().unwrap();
    timeline.iter().map(|delivery| delivery["due"].as_str().unwrap().to_owned()).collect()
}

const GRADES: &str = r#"
[[deliverable]]
due = "-4w"
what = "direction"
name = "Direction"
[[deliverable]]
due = "-2w"
what = "drafts"
name = "Drafts"
[[deliverable]]
due = "0d"
what = "final"
name = "Final"
[[deliverable]]
due = "end+2w"
what = "grades"
name = "Grades"
"#;

fn with(calendar: &str) -> Book {
    Book::new().file("book.toml", &format!("[book]\ntitle = \"Book\"\n{calendar}\n{GRADES}"))
}

fn folder(book: Book, cycle: &str) -> Book {
    book.file(&format!("content/okrs/{cycle}/direction.md"), "+++\ntitle = \"D\"\n+++\n")
}

#[test]
fn fiscal_years_from_every_month_named_by_their_end_and_by_their_start() {
    // the first quarter of FY25: four and two weeks before, its first day, two weeks after its last
    for (starts, by_end, by_start) in [
        (
            "01-01",
            "2024-12-04 2024-12-18 2025-01-01 2025-04-14",
            "2024-12-04 2024-12-18 2025-01-01 2025-04-14",
        ),
        (
            "02-01",
            "2024-01-04 2024-01-18 2024-02-01 2024-05-14",
            "2025-01-04 2025-01-18 2025-02-01 2025-05-14",
        ),
        (
            "03-01",
            "2024-02-02 2024-02-16 2024-03-01 2024-06-14",
            "2025-02-01 2025-02-15 2025-03-01 2025-06-14",
        ),
        (
            "04-01",
            "2024-03-04 2024-03-18 2024-04-01 2024-07-14",
            "2025-03-04 2025-03-18 2025-04-01 2025-07-14",
        ),
        (
            "05-01",
            "2024-04-03 2024-04-17 2024-05-01 2024-08-14",
            "2025-04-03 2025-04-17 2025-05-01 2025-08-14",
        ),
        (
            "06-01",
            "2024-05-04 2024-05-18 2024-06-01 2024-09-14",
            "2025-05-04 2025-05-18 2025-06-01 2025-09-14",
        ),
        (
            "07-01",
            "2024-06-03 2024-06-17 2024-07-01 2024-10-14",
            "2025-06-03 2025-06-17 2025-07-01 2025-10-14",
        ),
        (
            "08-01",
            "2024-07-04 2024-07-18 2024-08-01 2024-11-14",
            "2025-07-04 2025-07-18 2025-08-01 2025-11-14",
        ),
        (
            "09-01",
            "2024-08-04 2024-08-18 2024-09-01 2024-12-14",
            "2025-08-04 2025-08-18 2025-09-01 2025-12-14",
        ),
        (
            "10-01",
            "2024-09-03 2024-09-17 2024-10-01 2025-01-14",
            "2025-09-03 2025-09-17 2025-10-01 2026-01-14",
        ),
        (
            "11-01",
            "2024-10-04 2024-10-18 2024-11-01 2025-02-14",
            "2025-10-04 2025-10-18 2025-11-01 2026-02-14",
        ),
        (
            "12-01",
            "2024-11-03 2024-11-17 2024-12-01 2025-03-14",
            "2025-11-03 2025-11-17 2025-12-01 2026-03-14",
        ),
    ] {
        for (named, expected) in [("end", by_end), ("start", by_start)] {
            let calendar = format!(
                "[calendar]\nfiscal-year-starts = \"{starts}\"\nfiscal-year-named-after = \"{named}\""
            );
            let book = folder(with(&calendar), "fy25-q1");
            assert_eq!(due(&book, "fy25-q1").join(" "), expected, "{starts}, named after its {named}");
        }
    }
}

#[test]
fn every_kind_of_cycle_has_its_own_end() {
    let mut book = with("[calendar]\nfiscal-year-starts = \"02-01\"");
    let cycles = [
        ("fy28", "2027-01-04 2027-01-18 2027-02-01 2028-02-14"),
        ("fy28-h1", "2027-01-04 2027-01-18 2027-02-01 2027-08-14"),
        ("fy28-h2", "2027-07-04 2027-07-18 2027-08-01 2028-02-14"),
        ("fy28-t2", "2027-05-04 2027-05-18 2027-06-01 2027-10-14"),
        // from 1 February to 30 April: 90 days in a leap year, 89 in others
        ("fy29-q1", "2028-01-04 2028-01-18 2028-02-01 2028-05-14"),
        ("fy28-q4", "2027-10-04 2027-10-18 2027-11-01 2028-02-14"),
    ];
    for (cycle, _) in cycles {
        book = folder(book, cycle);
    }
    for (cycle, expected) in cycles {
        assert_eq!(due(&book, cycle).join(" "), expected, "{cycle}");
    }
}

#[test]
fn months_are_not_four_weeks_and_leap_days_count() {
    let days = r#"
[[deliverable]]
due = "-29d"
what = "other"
name = "a"
[[deliverable]]
due = "-4w"
what = "other"
name = "b"
[[deliverable]]
due = "+4w"
what = "other"
name = "c"
[[deliverable]]
due = "end-1d"
what = "other"
name = "d"
"#;
    for (starts, cycle, expected) in [
        ("03-01", "fy25-q1", "2024-02-01 2024-02-02 2024-03-29 2024-05-30"),
        ("03-01", "fy24-q1", "2023-01-31 2023-02-01 2023-03-29 2023-05-30"),
        ("12-01", "fy24-q1", "2023-11-02 2023-11-03 2023-12-29 2024-02-28"),
        ("12-01", "fy25-q1", "2024-11-02 2024-11-03 2024-12-29 2025-02-27"),
    ] {
        let book = folder(
            Book::new().file(
                "book.toml",
                &format!("[book]\ntitle = \"Book\"\n[calendar]\nfiscal-year-starts = \"{starts}\"\n{days}"),
            ),
            cycle,
        );
        assert_eq!(due(&book, cycle).join(" "), expected, "{starts} {cycle}");
    }
}

/// Four, four and five weeks, from Monday to Sunday; the last quarter of 2026 has a week more.
const FOUR_FOUR_FIVE: &str = r#"
[cycle.w1]
name = "Weeks 1 to 13"
start = 2025-12-29
end = 2026-03-29
aliases = ["first"]
[cycle.w2]
start = 2026-03-30
end = 2026-06-28
[cycle.w3]
start = 2026-06-29
end = 2026-09-27
[cycle.w4]
start = 2026-09-28
end = 2027-01-03
"#;

#[test]
fn a_declared_4_4_5_calendar_has_its_own_days() {
    let book = with(FOUR_FOUR_FIVE);
    for (cycle, expected) in [
        ("w1", "2025-12-01 2025-12-15 2025-12-29 2026-04-12"),
        ("w2", "2026-03-02 2026-03-16 2026-03-30 2026-07-12"),
        ("w3", "2026-06-01 2026-06-15 2026-06-29 2026-10-11"),
        ("w4", "2026-08-31 2026-09-14 2026-09-28 2027-01-17"),
    ] {
        assert_eq!(due(&book, cycle).join(" "), expected, "{cycle}");
    }
    book.run(&["check"]).succeeds();
    let weeks = |date: &str| book.run(&["status", "--date", date]).succeeds().output;
    assert!(weeks("2026-02-20").contains("Running, week 8 of 13."));
    assert!(weeks("2027-01-01").contains("Running, week 14 of 14."));
}

#[test]
fn declared_cycles_that_overlap_are_found_and_keep_their_days() {
    let book = with(
        "[cycle.a]\nstart = 2026-01-01\nend = 2026-03-31\n[cycle.b]\nstart = 2026-03-31\nend = 2026-06-30",
    );
    book.run(&["check"]).exits(1).prints("format/overlapping-cycles").prints("2026-03-31 to 2026-06-30");
    assert_eq!(due(&book, "b").join(" "), "2026-03-03 2026-03-17 2026-03-31 2026-07-14");
    let apart = with(
        "[cycle.a]\nstart = 2026-01-01\nend = 2026-03-31\n[cycle.b]\nstart = 2026-04-01\nend = 2026-06-30",
    );
    apart.run(&["check"]).succeeds();
    let enclosed = with(
        "[cycle.a]\nstart = 2026-01-01\nend = 2026-12-31\n[cycle.b]\nstart = 2026-04-01\nend = 2026-06-30",
    );
    enclosed.run(&["check"]).succeeds();
}

#[test]
fn an_open_cycle_has_nothing_due_from_its_end() {
    let book = with("[cycle.open]\nstart = 2026-01-05");
    assert_eq!(due(&book, "open").join(" "), "2025-12-08 2025-12-22 2026-01-05");
    let status = book.run(&["status", "open", "--date", "2031-05-05"]).succeeds();
    let status = status.prints("open, since 5 January 2026").prints("Running since 5 January 2026.");
    assert!(!status.output.contains("the pace is"), "{}", status.output);
}

const UNITS: &str = r#"
[[level]]
id = "team"
name = "Teams"
[unit.cloud]
level = "team"
name = "Cloud"
"#;

#[test]
fn a_former_name_is_a_name() {
    let objective = |id: &str, supports: &str| {
        format!(
            "+++\nshared = 2025-12-10\nowner = \"@a\"\n[[objective]]\nid = \"{id}\"\ntitle = \"Title\"\nstands-alone = \"x\"\n\
             key-result = [{{ id = \"k\", title = \"Key\", needs = [\"{supports}\"] }}]\n+++\n"
        )
    };
    let book = with(&format!("{FOUR_FOUR_FIVE}{UNITS}"))
        .file("content/okrs/w1/cloud.md", &objective("x", "cloud"))
        .file("content/okrs/w2/cloud.md", &objective("y", "first:cloud/x"))
        .file("content/page.md", "See [[first:cloud/x]].\n");
    let ran = book.run(&["check"]);
    assert!(!ran.output.contains("reference/unknown"), "{}", ran.output);
    let export: Value = serde_json::from_str(&book.run(&["export"]).output).unwrap();
    let needs = &export["cycles"][1]["documents"][0]["objectives"][0]["key_results"][0]["needs"];
    assert_eq!(needs[0], "w1:cloud/x");
    assert_eq!(export["cycles"][0]["aliases"][0], "first");
    for name in ["first", "FIRST", "w1", "W1"] {
        book.run(&["status", name]).succeeds().prints("Weeks 1 to 13, 29 December 2025 to 29 March 2026");
    }
}

#[test]
fn the_day_is_that_of_the_argument_else_that_of_the_environment() {
    let book = with("[cycle.a]\nstart = 2026-03-01\nend = 2026-05-31").date("2026-02-20");
    let says = |arguments: &[&str]| book.run(arguments).succeeds().output;
    assert!(says(&["status"]).contains("The cycle begins in 9 days."));
    assert!(says(&["status", "--date", "2026-02-27"]).contains("The cycle begins in 2 days."));
    assert!(says(&["status", "--date", "2026-03-01"]).contains("Running, week 1 of 14."));
    assert!(says(&["export", "--format", "ics"]).contains("DTSTAMP:20260220T000000Z"));
    assert!(says(&["export"]).contains("\"date\": \"2026-02-20\""));
}

#[test]
fn a_cycle_answers_to_the_shortest_cycle_around_it_that_has_a_direction() {
    let direction = |title: &str| {
        format!(
            "+++\ntitle = \"{title}\"\nshared = 2025-12-01\n[[approval]]\nby = \"@a\"\non = 2025-12-02\n+++\n"
        )
    };
    let mut book = with(&format!(
        "[calendar]\nfiscal-year-starts = \"02-01\"\n\
         [cycle.spring]\nname = \"Spring\"\nstart = 2026-03-01\nend = 2026-05-31\n\
         [cycle.summer]\nname = \"Summer\"\nstart = 2026-07-15\nend = 2026-09-15\n\
         [cycle.winter]\nname = \"Winter\"\nstart = 2027-01-15\nend = 2027-03-15\n\
         [cycle.open]\nname = \"Open\"\nstart = 2026-06-01\n{UNITS}"
    ))
    .file("content/okrs/fy27/direction.md", &direction("The year"))
    .file("content/okrs/fy27-h1/direction.md", &direction("The half"))
    .file("content/okrs/fy27-q4/direction.md", &direction("The quarter"))
    .date("2026-01-15");
    // within the half, within the year alone, across the end of both, without an end
    let around = [
        ("fy27-q1", Some("FY27-H1")),
        ("fy27-q2", Some("FY27-H1")),
        ("fy27-q3", Some("FY27")),
        ("fy27-h2", Some("FY27")),
        ("fy27-t1", Some("FY27-H1")),
        ("fy27-t2", Some("FY27")),
        ("spring", Some("FY27-H1")),
        ("summer", Some("FY27")),
        ("winter", None),
        ("open", None),
        ("fy28-q1", None),
    ];
    for (cycle, _) in around {
        book = book.file(&format!("content/okrs/{cycle}/cloud.md"), "+++\n+++\n");
    }
    for (cycle, expected) in around {
        let output = book.run(&["status", cycle]).succeeds().output.replace('\n', " ");
        match expected {
            Some(around) => {
                assert!(
                    output.contains(&format!("The direction is that of {around}. ")),
                    "{cycle}: {output}"
                );
            }
            None => assert!(!output.contains("The direction is that of"), "{cycle}: {output}"),
        }
    }
    let own = book.run(&["status", "fy27-q4"]).succeeds().output.replace('\n', " ");
    assert!(own.contains("The direction came on 2 December,"), "{own}");
}

#[test]
fn a_standard_name_may_have_dates_of_its_own() {
    let book = folder(
        with(
            "[calendar]\nfiscal-year-starts = \"02-01\"\n[cycle.fy27-q1]\nstart = 2026-02-02\nend = 2026-05-03",
        ),
        "fy27-q1",
    );
    assert_eq!(due(&book, "fy27-q1").join(" "), "2026-01-05 2026-01-19 2026-02-02 2026-05-17");
}

#[test]
fn a_former_name_leads_to_the_cycle() {
    let book = with(FOUR_FOUR_FIVE).date("2026-02-20");
    book.run(&["build"]).succeeds();
    let page = book.text("site/first/index.html");
    assert!(page.contains("url=../w1/") || page.contains("url=/w1/"), "{page}");
}
