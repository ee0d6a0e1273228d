//! The day that a run speaks of: `--date`, else SOURCE_DATE_EPOCH, moves every command alike.

use crate::preview::Preview;
use crate::runner::{Book, Ran};

const ORG: &str = r#"
[book]
title = "Book"
[calendar]
fiscal-year-starts = "02-01"
[[level]]
id = "team"
name = "Teams"
[unit.cloud]
level = "team"
name = "Cloud"
set-by = ["@ines"]
delivered-by = ["@kai"]
[[deliverable]]
due = "-2w"
what = "drafts"
name = "Drafts"
"#;

const CLOUD: &str = r#"+++
owner = "@ines"
[[objective]]
id = "calm"
title = "Nights are calm"
stands-alone = "It is the top."
key-result = [{ id = "pages", title = "Fewer pages at night", from = 40, to = 10 }]
[[feedback]]
by = "@kai"
on = 2026-01-10
says = "Ten is hard."
outcome = "open"
+++
"#;

fn book() -> Book {
    Book::empty()
        .file("book.toml", ORG)
        .file("content/index.md", "# Home\n")
        .file("content/okrs/fy27-q1/direction.md", "+++\ntitle = \"Direction\"\n+++\n")
        .file("content/okrs/fy27-q1/cloud.md", CLOUD)
}

/// Runs it in a new book on a day, as the argument and as the environment have it; the two are alike in
/// what they print and in what they write.
#[track_caller]
fn on(day: &str, arguments: &[&str]) -> (Ran, Book) {
    let (argued, told) = (book(), book().date(day));
    let by_argument = argued.run(&[arguments, &["--date", day]].concat());
    let by_environment = told.run(arguments);
    assert_eq!(by_argument.status, by_environment.status, "{arguments:?}: {}", by_argument.error);
    let without_times = |text: &str| text.split(" in ").next().unwrap_or_default().to_owned();
    assert_eq!(without_times(&by_argument.output), without_times(&by_environment.output), "{arguments:?}");
    assert_eq!(argued.files(""), told.files(""), "{arguments:?}");
    for path in argued.files("").iter().filter(|path| !path.starts_with("site/.")) {
        assert!(argued.text(path) == told.text(path), "{arguments:?}: {path}");
    }
    (by_argument, argued)
}

/// The day before the drafts are due, and one long after.
const DAYS: [&str; 2] = ["2026-01-17", "2026-03-09"];

#[test]
fn what_reads_speaks_of_the_day() {
    for (arguments, says) in [
        (&["check"][..], ["0 errors", "\"Drafts\" of `fy27-q1`, due on 2026-01-18, is 50 days overdue"]),
        (&["status"], ["Due in 1 day", "Overdue by 50 days"]),
        (&["status", "--format", "json"], ["\"due_in\": 1", "\"late_by\": 50"]),
        (&["export"], ["\"date\": \"2026-01-17\"", "\"date\": \"2026-03-09\""]),
        (&["export", "--format", "csv"], ["fy27-q1", "fy27-q1"]),
        (&["export", "--format", "ics"], ["DTSTAMP:20260117T000000Z", "DTSTAMP:20260309T000000Z"]),
    ] {
        for (day, says) in DAYS.iter().zip(says) {
            let (ran, _) = on(day, arguments);
            if says != "0 errors" {
                assert!(ran.output.contains(says), "{arguments:?} on {day}: {}", ran.output);
            } else {
                assert!(!ran.output.contains("process/overdue"), "{}", ran.output);
            }
        }
    }
}

#[test]
fn the_site_speaks_of_the_day() {
    for (day, says) in DAYS.iter().zip(["As of 17 January 2026", "As of 9 March 2026"]) {
        let (ran, built) = on(day, &["build"]);
        ran.succeeds();
        assert!(built.text("site/index.html").contains(says), "{day}");
        assert!(built.text("site/okrs.json").contains(&format!("\"date\": \"{day}\"")), "{day}");
        let preview = Preview::of(&book().date(day));
        assert!(preview.get("/").body.contains(says), "{day}");
        let preview = Preview::with(&book().date("2001-01-01"), &["--date", day]);
        assert!(preview.get("/").body.contains(says), "{day}");
    }
}

#[test]
fn what_writes_notes_the_day() {
    for (arguments, line) in [
        (&["share", "fy27-q1:cloud"][..], "shared = DAY"),
        (&["feedback", "fy27-q1:cloud", "--by", "@kai", "--says", "Why?"], "on = DAY"),
        (&["approve", "fy27-q1:cloud", "--as", "set-by", "--by", "@ines"], "on = DAY"),
        (&["amend", "fy27-q1:cloud", "--by", "@ines", "--says", "Less."], "on = DAY"),
        (&["check-in", "fy27-q1:cloud/calm/pages", "30"], "on = DAY"),
    ] {
        for day in ["2026-02-03", "2026-03-09"] {
            let (ran, book) = on(day, arguments);
            ran.succeeds();
            let text = book.text("content/okrs/fy27-q1/cloud.md");
            assert!(text.contains(&line.replace("DAY", day)), "{arguments:?} on {day}: {text}");
        }
    }
    for (day, cycle) in [("2026-01-17", "2026-q2"), ("2026-11-30", "2027-q1")] {
        let empty = Book::empty();
        empty.run(&["init", "--date", day]).succeeds();
        assert!(empty.files("content/okrs").iter().any(|path| path.starts_with(cycle)), "{day}");
    }
}

#[test]
fn every_command_takes_a_day_and_refuses_what_is_none() {
    let help = Book::empty().run(&["--help"]).succeeds().output;
    let commands = help.split("Commands:").nth(1).unwrap().split("Options:").next().unwrap();
    let commands = commands.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    let commands: Vec<&str> = commands.filter_map(|line| line.split_whitespace().next()).collect();
    assert!(commands.len() > 12 && commands.contains(&"status"), "{commands:?}");
    for command in commands.into_iter().filter(|command| *command != "help") {
        Book::empty().run(&[command, "--date", "2026-02-30"]).refuses("there is no such day");
    }
    let told = book().date("");
    let mut odd = told.command(&["status"]);
    odd.env("SOURCE_DATE_EPOCH", "yesterday");
    Ran::of(odd).refuses("SOURCE_DATE_EPOCH is `yesterday`").says("--date YYYY-MM-DD");
}
