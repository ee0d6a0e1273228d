//! `status`: which cycle, how much is told, and how it ends.

use serde_json::Value;

use crate::runner::Book;

const ORG: &str = r#"
[book]
title = "Book"

[[level]]
id = "company"
name = "Company"
[[level]]
id = "org"
name = "Organisations"
[[level]]
id = "team"
name = "Teams"

[unit.company]
level = "company"
name = "Company"
[unit.cloud]
level = "team"
name = "Cloud"
within = "company"
[unit.search]
level = "team"
name = "Search"
within = "company"
"#;

const EMPTY: &str = "+++\n+++\n";

fn document(shared: &str, more: &str) -> String {
    format!(
        "+++\nshared = {shared}\nowner = \"@a\"\n[[objective]]\nid = \"o\"\ntitle = \"Title\"\nstands-alone = \"x\"\n\
         key-result = [{{ id = \"k\", title = \"Key\"{more} }}]\n+++\n"
    )
}

fn book() -> Book {
    Book::new()
        .file("book.toml", ORG)
        .file("content/okrs/2026-q1/company.md", &document("2025-12-01", ""))
        .file("content/okrs/2026-q1/cloud.md", &document("2025-12-01", ", grade = 0.5"))
        .file("content/okrs/2026-q1/search.md", &document("2025-12-01", ", grade = 0.8"))
        .file("content/okrs/2026-q2/cloud.md", &document("2026-03-10", ""))
        .file("content/okrs/2026-q2/search.md", EMPTY)
}

fn json(book: &Book, arguments: &[&str]) -> Value {
    let ran = book.run(&[&["status", "--format", "json"], arguments].concat()).succeeds();
    serde_json::from_str(&ran.output).unwrap()
}

#[test]
fn the_current_cycle_and_what_is_near_in_others() {
    let book = book().date("2026-03-15");
    let status = json(&book, &[]);
    assert_eq!(status["cycle"]["id"], "2026-q1");
    assert_eq!(status["other_cycles"].as_array().unwrap().len(), 1);
    let next = &status["other_cycles"][0];
    assert_eq!(next["id"], "2026-q2");
    assert_eq!(
        next["story"],
        "The cycle begins in 17 days. The direction is 11 days overdue. Drafts are due in 3 days; 1 of 2 \
         is shared; waiting for Search."
    );
    let asked = json(&book, &["2026-q2"]);
    assert_eq!(asked["cycle"]["id"], "2026-q2");
    assert_eq!(asked["other_cycles"].as_array().unwrap().len(), 0);
    assert_eq!(json(&book, &["--date", "2026-02-01"])["other_cycles"].as_array().unwrap().len(), 0);
}

#[test]
fn what_is_overdue_fails_a_run_that_asks_for_it() {
    let book = book();
    book.run(&["status", "--date", "2026-03-15"]).succeeds();
    book.run(&["status", "--deny", "overdue", "--date", "2026-03-15"]).exits(1).prints("Overdue by");
    book.run(&["status", "2026-q2", "--deny", "overdue", "--date", "2026-03-04"]).succeeds();
    book.run(&["status", "2026-q2", "--deny", "overdue", "--date", "2026-03-05"]).exits(1);
    book.run(&["status", "--deny", "overdue", "--format", "json", "--date", "2026-03-15"]).exits(1);
    book.run(&["status", "--deny", "late"]).refuses("overdue");
}

#[test]
fn the_next_cycle_counts_too_where_none_is_named() {
    let signed =
        |by: &str, party: &str| format!("[[approval]]\nby = \"{by}\"\nas = \"{party}\"\non = 2025-12-30\n");
    let both =
        format!("+++\nshared = 2025-12-01\n{}{}+++\n", signed("@a", "set-by"), signed("@b", "delivered-by"));
    let direction =
        "+++\ntitle = \"D\"\nshared = 2025-12-01\n[[approval]]\nby = \"@a\"\non = 2025-12-02\n+++\n";
    let book = Book::new()
        .file("book.toml", ORG)
        .file("content/okrs/2026-q1/direction.md", direction)
        .file("content/okrs/2026-q1/company.md", &both)
        .file("content/okrs/2026-q1/cloud.md", &both)
        .file("content/okrs/2026-q1/search.md", &both)
        .file("content/okrs/2026-q2/search.md", EMPTY)
        .date("2026-03-15");
    book.run(&["status", "2026-q1", "--deny", "overdue"]).succeeds();
    book.run(&["status", "--deny", "overdue"]).exits(1).prints("Other cycles").prints("2026-Q2");
}

#[test]
fn a_cycle_that_is_not_there_is_refused_with_a_suggestion() {
    let book = book();
    book.run(&["status", "2026-q"]).refuses("there is no cycle `2026-q`").says("did you mean `2026-q1`?");
    book.run(&["status", "2026-q3"]).refuses("content/okrs/2026-q3");
    book.run(&["status", "autumn"]).refuses("`2026-q2` or `2026-q1`");
    Book::new().run(&["status", "autumn"]).refuses("the handbook has no cycles yet");
    assert_eq!(Book::new().run(&["status"]).succeeds().output, "There are no cycles yet.\n");
    assert!(json(&Book::new(), &[]).get("cycle").is_none());
}

#[test]
fn after_the_end_the_grades_are_told() {
    let book = book().date("2026-04-08");
    let status = json(&book, &["2026-q1"]);
    let grades = &status["cycle"]["grades"];
    let counts = ["objectives", "reached", "short", "ungraded"].map(|of| grades[of].as_u64().unwrap());
    assert_eq!(counts, [3, 1, 1, 1]);
    assert_eq!(status["cycle"]["documents"][1]["objectives"][0]["grade"], 0.5);
    let before = json(&book, &["2026-q1", "--date", "2026-03-30"]);
    assert!(before["cycle"]["documents"][1]["objectives"][0].get("grade").is_none(), "it has not ended");
    book.run(&["status", "2026-q1"])
        .succeeds()
        .prints("Of 3 objectives, 1 came to 0.7 or more, 1 fell short and 1\nhas no grade yet.")
        .prints("Cloud    draft  0.5");
}

#[test]
fn a_book_with_errors_is_told_as_far_as_it_can_be_read() {
    let book = book().file("content/okrs/2026-q1/search.md", "+++\nowner = 1\n+++\n");
    book.run(&["status", "2026-q1"])
        .succeeds()
        .prints("Timeline")
        .says("the handbook has 1 error")
        .says("okrbook check");
}

#[test]
fn three_hundred_units_are_a_screenful() {
    let mut book = Book::new();
    let mut toml = ORG.to_owned();
    for unit in 0..300 {
        toml.push_str(&format!(
            "[unit.t{unit}]\nlevel = \"team\"\nname = \"Team {unit}\"\nwithin = \"company\"\n"
        ));
        let shared = if unit % 3 == 0 { "2025-12-30" } else { "2025-12-10" };
        book = book.file(&format!("content/okrs/2026-q1/t{unit}.md"), &document(shared, ""));
    }
    book.put("book.toml", &toml);
    for date in ["2025-12-20", "2026-01-10", "2026-02-20", "2026-04-10"] {
        let text = book.run(&["status", "--date", date]).succeeds().output;
        assert!(text.lines().count() < 60, "{date}: {} lines\n{text}", text.lines().count());
        assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    }
    let text = book.run(&["status", "--date", "2025-12-20"]).succeeds().output;
    assert!(text.contains("and 98 others") && text.contains(" more\n"), "{text}");
    let status = json(&book, &["--date", "2025-12-20"]);
    assert_eq!(status["cycle"]["timeline"][1]["waiting_for"].as_array().unwrap().len(), 102);
}

#[test]
fn what_authors_write_does_not_act_on_the_terminal() {
    let toml = ORG.replace("name = \"Search\"", "name = \"Sea\\u001b[31mrch\\u202e\"");
    let book = book().file("book.toml", &toml).date("2026-03-20");
    let ran = book.run(&["status"]).succeeds();
    assert!(!ran.output.contains(['\u{1b}', '\u{202e}']), "{}", ran.output);
    let color = book.run(&["status", "--color", "always"]).succeeds();
    assert!(color.output.contains("\u{1b}[31mOverdue by") && !color.output.contains('\u{202e}'));
}
