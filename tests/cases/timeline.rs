//! The timeline of a cycle and that of all cycles, for handbooks of any size.

use crate::runner::Book;

const LEVELS: &str = r#"
[book]
title = "Book"
[[level]]
id = "company"
name = "Company"
[[level]]
id = "team"
name = "Teams"
[unit.company]
level = "company"
name = "Company"
[[deliverable]]
due = "-2w"
what = "drafts"
levels = ["team"]
name = "Drafts are shared"
[[deliverable]]
due = "0d"
what = "final"
name = "All is signed"
"#;

/// A document that was shared and signed on these days.
fn document(shared: &str, signed: Option<&str>) -> String {
    let approval = |by: &str, party: &str, on: &str| {
        format!("[[approval]]\nby = \"{by}\"\nas = \"{party}\"\non = {on}\n")
    };
    let signatures = signed.map(|on| approval("@a", "set-by", on) + &approval("@b", "delivered-by", on));
    format!(
        "+++\nshared = {shared}\nowner = \"@a\"\n[[objective]]\nid = \"o\"\ntitle = \"Title\"\nstands-alone = \"x\"\n\
         key-result = [{{ id = \"k\", title = \"Key\", from = 0, to = 1 }}]\n{}+++\n",
        signatures.unwrap_or_default()
    )
}

/// Teams of which every tenth is late with its draft and every fiftieth has not signed.
fn teams(count: usize) -> Book {
    let mut toml = LEVELS.to_owned();
    let mut book = Book::new();
    for team in 0..count {
        toml.push_str(&format!(
            "[unit.t{team}]\nlevel = \"team\"\nname = \"Team {team}\"\nwithin = \"company\"\n"
        ));
        let shared = if team % 10 == 3 { "2025-12-21" } else { "2025-12-16" };
        let signed = if team % 50 == 7 { None } else { Some("2025-12-30") };
        book = book.file(&format!("content/okrs/2026-q1/t{team}.md"), &document(shared, signed));
    }
    book.put("book.toml", &toml);
    book.file("content/okrs/2026-q1/company.md", &document("2025-12-10", Some("2025-12-29")))
}

fn timeline(book: &Book, date: &str) -> String {
    book.run(&["build", "--date", date]).succeeds();
    book.text("site/2026-q1/timeline/index.html")
}

#[test]
fn three_units_have_a_row_each() {
    let page = timeline(&teams(3), "2026-01-10");
    for team in ["Team 0", "Team 1", "Team 2"] {
        assert!(page.contains(&format!(">{team}</a></th>")), "{team}");
    }
    assert!(!page.contains("<details class=\"fold\""), "nothing is folded");
    assert_eq!(page.matches("<rect class=\"c-early\"").count(), 1, "blocks, but for the key");
}

#[test]
fn three_hundred_units_are_a_page_that_can_be_read() {
    let book = teams(300);
    let page = timeline(&book, "2026-01-10");
    assert!(page.len() < 80_000, "{} bytes", page.len());
    assert!(page.contains("All 300 drafts were shared, 30 of them late, the last by 3 days."), "{page}");
    let story = "Both parties have signed 295 of 301 documents, all of them in time; ";
    assert!(page.contains(story), "{page}");
    assert!(page.contains("and 2 others are 9 days overdue."), "{page}");
    // a bar a day, not a block a document
    let svg = page.split("<svg class=\"chart\"").nth(1).unwrap().split("</svg>").next().unwrap();
    assert!(svg.matches("<rect").count() < 20, "{svg}");
    assert!(svg.contains("6 missing"), "{svg}");
    // in the table stand those that are behind: what is missing first, then what was late
    let table = page.split("id=\"units\"").nth(1).unwrap();
    assert!(table.contains("<details class=\"fold\"><summary><b>301 units</b></summary>"), "folded");
    let units: Vec<&str> =
        table.split(">Team ").skip(1).map(|rest| rest.split('<').next().unwrap()).collect();
    assert_eq!(units.len(), 60);
    assert_eq!(units[..6], ["7", "57", "107", "157", "207", "257"]);
    assert_eq!(units[6..9], ["3", "13", "23"]);
    assert!(table.contains("and 240 others, who are less behind or not at all"), "the rest is counted");
    let due = timeline(&book, "2025-12-17");
    assert!(due.contains("Drafts are due in 1 day; 270 of 300 are shared; waiting for "), "{due}");
    assert!(due.len() < 80_000, "{} bytes", due.len());
}

/// Quarters of 2023 to 2025 and their years; contracts are signed ever earlier.
fn quarters(count: usize) -> Book {
    let mut book = Book::new().file(
        "book.toml",
        &LEVELS.replace("name = \"Company\"\n[[level]]", "name = \"Company\"\ncycle = \"year\"\n[[level]]"),
    );
    let toml =
        book.text("book.toml") + "[unit.cloud]\nlevel = \"team\"\nname = \"Cloud\"\nwithin = \"company\"\n";
    book.put("book.toml", &toml);
    for at in 0..count {
        let (year, quarter) = (2023 + at / 4, at % 4 + 1);
        let signed = format!("{year}-{:02}-{:02}", quarter * 3 - 2, 14 - at);
        let path = format!("content/okrs/{year}-q{quarter}/cloud.md");
        book = book.file(&path, &document(&format!("{}-12-01", year - 1), Some(&signed)));
        if quarter == 1 {
            let year_document = document(&format!("{}-12-01", year - 1), Some(&format!("{year}-01-02")));
            book = book.file(&format!("content/okrs/{year}/company.md"), &year_document);
        }
    }
    book
}

#[test]
fn all_cycles_tell_how_punctual_each_was_and_how_that_changed() {
    let book = quarters(12);
    book.run(&["build", "--date", "2025-11-20"]).succeeds();
    let page = book.text("site/timeline/index.html");
    assert!(
        page.contains("The last signature of 2023-Q1 came 13 days late, that of 2025-Q4 2 days late."),
        "{page}"
    );
    assert!(page.contains("a late one is as high as it was late, in days"));
    let svg = page.split("<svg class=\"chart\"").nth(1).unwrap().split("</svg>").next().unwrap();
    // twelve quarters and three years, each on its day
    assert_eq!(svg.matches("<rect class=\"c-late\"").count(), 15, "{svg}");
    let heights: Vec<f64> = svg
        .split("<rect class=\"c-late\"")
        .skip(1)
        .filter_map(|rest| rest.split("height=\"").nth(1)?.split('"').next()?.parse().ok())
        .collect();
    assert_eq!(heights.iter().copied().fold(0.0, f64::max), heights[1], "the first quarter: {heights:?}");
    for title in ["Years", "Quarters"] {
        assert!(page.contains(&format!("<b>{title}</b>")), "{title}");
    }
    let few = quarters(2);
    few.run(&["build", "--date", "2023-05-20"]).succeeds();
    let page = few.text("site/timeline/index.html");
    assert!(
        !page.contains("a late one is as high as it was late") && !page.contains("The last signature of")
    );
}

#[test]
fn the_direction_of_a_year_is_not_early_for_its_quarters() {
    let toml = "[book]\ntitle = \"Book\"\n[[level]]\nid = \"team\"\nname = \"Teams\"\n[unit.cloud]\nlevel = \"team\"\nname = \"Cloud\"\n";
    let direction =
        "+++\ntitle = \"D\"\nshared = 2025-12-01\n[[approval]]\nby = \"@a\"\non = 2025-12-03\n+++\n";
    let book = Book::new()
        .file("book.toml", toml)
        .file("content/okrs/2026/direction.md", direction)
        .file("content/okrs/2026-q3/cloud.md", &document("2026-06-10", None))
        .date("2026-06-12");
    let told = book.run(&["status", "2026-q3"]).succeeds().prints("The direction is that of 2026.");
    assert!(!told.output.contains("early."), "{}", told.output);
    book.run(&["build"]).succeeds();
    let page = book.text("site/timeline/index.html");
    assert!(page.contains("that of 2026</span>") && page.contains("1 day early</span>"), "{page}");
}

/// The text of what somebody owes, a line each.
fn owes(page: &str) -> Vec<String> {
    let Some(part) = page.split("id=\"owes\"").nth(1) else { return Vec::new() };
    let items = part.split("</section>").next().unwrap().split("<li").skip(1);
    let words = |item: &str| {
        let text: Vec<&str> =
            item.split('<').filter_map(|piece| piece.split_once('>')).map(|of| of.1).collect();
        text.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
    };
    items.map(words).collect()
}

#[test]
fn a_unit_and_a_person_have_their_next_dates() {
    let toml = r#"
[book]
title = "Book"
[[level]]
id = "company"
name = "Company"
[[level]]
id = "product"
name = "Product"
[[level]]
id = "team"
name = "Teams"
[unit.company]
level = "company"
name = "Company"
optional = true
[unit.cloud]
level = "team"
name = "Cloud"
within = "company"
set-by = ["@ines"]
delivered-by = ["@kai"]
[direction]
written-by = ["@mo"]
approved-by = ["@ada"]
[person.ada]
name = "Ada"
[person.ines]
name = "Ines"
[person.kai]
name = "Kai"
[person.mo]
name = "Mo"
"#;
    let book = Book::new()
        .file("book.toml", toml)
        .file("content/okrs/2026-q3/direction.md", "+++\ntitle = \"Direction\"\nshared = 2026-06-02\n+++\n")
        .file("content/okrs/2026-q3/cloud.md", "+++\nowner = \"@ines\"\nshared = 2026-06-20\n+++\n\nNone.\n");
    let on = |date: &str| {
        book.run(&["build", "--date", date]).succeeds();
        ["units/cloud", "people/ines", "people/kai", "people/ada", "people/mo"]
            .map(|page| owes(&book.text(&format!("site/{page}/index.html"))).join("; "))
    };
    let [cloud, ines, kai, ada, mo] = on("2026-06-01");
    assert!(cloud.starts_with("The draft of Cloud, 2026-Q3 due in 16 days, on 17 June"), "{cloud}");
    assert!(cloud.contains("The signatures under Cloud, 2026-Q3 due in 30 days, on 1 July"), "{cloud}");
    assert!(ines.starts_with("The draft of Cloud, 2026-Q3 due in 16 days"), "who sets it writes it: {ines}");
    assert_eq!(kai, "", "nothing is there to be signed");
    assert_eq!(ada, "", "the direction is not shared yet");
    assert!(mo.contains("due in 2 days, on 3 June"), "{mo}");
    let [cloud, _, _, ada, mo] = on("2026-06-19");
    assert!(cloud.starts_with("The draft of Cloud, 2026-Q3 2 days overdue, since 17 June"), "{cloud}");
    assert!(ada.contains("16 days overdue, since 3 June"), "{ada}");
    assert_eq!(mo, "", "it is shared");
    let [cloud, ines, ..] = on("2026-06-20");
    assert!(!cloud.contains("The draft") && !ines.contains("The draft"), "{cloud} {ines}");
}

#[test]
fn the_end_of_a_cycle_is_told_too() {
    let book = teams(8);
    let toml = book.text("book.toml")
        + "[[deliverable]]\ndue = \"end+2w\"\nwhat = \"grades\"\nname = \"Grades\"\n\
           [[deliverable]]\ndue = \"end+3w\"\nwhat = \"other\"\nname = \"A look back\"\n";
    book.put("book.toml", &toml);
    let story = |date: &str| {
        let ran = book.run(&["status", "2026-q1", "--format", "json", "--date", date]).succeeds();
        let status: serde_json::Value = serde_json::from_str(&ran.output).unwrap();
        status["cycle"]["story"].as_str().unwrap().to_owned()
    };
    let drafts = "All 8 drafts were shared, 1 of them 3 days late.";
    for (date, told) in [
        (
            "2026-03-20",
            "Both parties have signed 8 of 9 documents, all of them in time; Team 7 is 78 days overdue. Grades are due in 25 days; none of 9 documents has them yet.",
        ),
        ("2026-03-01", "Team 7 is 59 days overdue. Grades are due in 44 days."),
        (
            "2026-04-20",
            "Team 7 is 109 days overdue. None of 9 documents is graded, 6 days after grades were due. “A look back” is due in 1 day.",
        ),
        ("2026-06-01", "Of 9 documents, 8 were signed by both parties. None of 9 documents was ever graded."),
    ] {
        let story = story(date);
        assert!(story.contains(drafts) && story.contains(told) && !story.contains('⟦'), "{date}: {story}");
    }
    let graded = document("2025-12-16", Some("2025-12-30")).replace("to = 1 }", "to = 1, grade = 0.7 }");
    for team in 0..8 {
        book.put(&format!("content/okrs/2026-q1/t{team}.md"), &graded);
    }
    let story = story("2026-04-12");
    assert!(story.contains("All 8 drafts were shared, the last 2 days early."), "{story}");
    assert!(story.contains("Both parties signed all 9 documents, the last 2 days early."), "{story}");
    assert!(
        story.contains("Grades are due in 2 days; 8 of 9 documents have them; waiting for Company."),
        "{story}"
    );
    assert!(story.ends_with("Of 9 objectives, 8 came to 0.7 or more and 1 has no grade yet."), "{story}");
}
