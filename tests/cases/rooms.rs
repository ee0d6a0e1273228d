//! Pages where there is little to say, or one thing many times: what they say instead of nothing.

use crate::runner::Book;

const ORG: &str = r#"
[book]
title = "Book"
[calendar]
fiscal-year-starts = "02-01"
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
due = "0d"
what = "final"
name = "Final"
"#;

fn okrs(shared: &str, rest: &str) -> String {
    format!(
        "+++\n{shared}owner = \"@ada\"\n[[objective]]\nid = \"calm\"\ntitle = \"Nights are calm\"\n\
         stands-alone = \"It is the top.\"\n\
         key-result = [{{ id = \"pages\", title = \"Fewer pages at night\", from = 40, to = 10 }}]\n{rest}+++\n"
    )
}

/// A company and some teams without people, in a cycle whose direction is of that text.
fn book(teams: usize, direction: &str) -> Book {
    let units: String = (0..teams)
        .map(|at| format!("[unit.team-{at}]\nlevel = \"team\"\nname = \"Team {at}\"\nwithin = \"company\"\n"))
        .collect();
    let mut book = Book::empty()
        .file("book.toml", &format!("{ORG}{units}"))
        .file("content/index.md", "# Home\n")
        .file("content/okrs/fy27-q1/direction.md", direction)
        .file("content/okrs/fy27-q1/company.md", &okrs("shared = 2026-01-10\n", ""));
    for at in 0..teams {
        let path = format!("content/okrs/fy27-q1/team-{at}.md");
        book = book.file(&path, &okrs("shared = 2026-01-18\n", ""));
    }
    book
}

const BARE: &str = "+++\nshared = 2026-01-04\n[[approval]]\nby = \"@ada\"\non = 2026-01-04\n+++\nGo.\n";

fn build(book: &Book) {
    let ran = book.run(&["build", "--force", "--date", "2026-03-19"]);
    assert!(ran.error.contains("built") || ran.output.contains("built"), "{}{}", ran.output, ran.error);
}

#[test]
fn a_direction_without_themes_or_writers_is_still_a_way_to_go() {
    let book = book(1, BARE);
    build(&book);
    let cycle = book.text("site/fy27-q1/index.html");
    assert!(cycle.contains("a text without themes"), "{cycle}");
    let direction = book.text("site/fy27-q1/direction/index.html");
    assert!(direction.contains("not named") && !direction.contains("objective answer"));
    let print = book.text("site/fy27-q1/print/index.html");
    assert!(print.contains("Approved by @ada") && !print.contains("Written by ,"), "{print}");
}

#[test]
fn no_feedback_is_told_by_the_state_of_the_document() {
    let signed = "[[approval]]\nby = \"@ada\"\nas = \"set-by\"\non = 2026-02-01\n\
                  [[approval]]\nby = \"@bo\"\nas = \"delivered-by\"\non = 2026-02-01\n";
    let book = book(3, BARE)
        .file("content/okrs/fy27-q1/team-0.md", &okrs("shared = 2026-01-18\n", signed))
        .file("content/okrs/fy27-q1/team-1.md", &okrs("", ""));
    build(&book);
    let page = |unit: &str| book.text(&format!("site/fy27-q1/{unit}/index.html"));
    assert!(page("team-0").contains("signed without a word on record"));
    assert!(page("team-1").contains("Feedback begins when the draft is shared."));
    assert!(page("team-2").contains("Nobody has said anything about it yet."));
    let round = book.text("site/fy27-q1/round-trip/index.html");
    assert!(!round.contains("Feedback begins"), "some are shared: {round}");
}

#[test]
fn many_documents_that_nobody_signed_are_one_line() {
    let few = book(2, BARE);
    build(&few);
    let home = few.text("site/index.html");
    assert_eq!(home.matches(" is shared and nobody has signed").count(), 3, "{home}");
    let many = book(6, BARE);
    build(&many);
    let home = many.text("site/index.html");
    assert!(home.contains("7 documents") && home.contains("are shared and nobody has signed"), "{home}");
    assert!(!home.contains(" is shared and nobody has signed"), "{home}");
}

#[test]
fn a_document_shows_the_first_of_many_errors_and_leads_to_the_rest() {
    let wrong: String = (0..9).map(|at| format!("wrong-{at} = 1\n")).collect();
    let text = okrs(&format!("shared = 2026-01-18\n{wrong}"), "");
    let book = book(1, BARE).file("content/okrs/fy27-q1/team-0.md", &text);
    build(&book);
    let page = book.text("site/fy27-q1/team-0/index.html");
    assert!(page.contains("wrong-3") && !page.contains("wrong-4"), "{page}");
    assert!(page.contains(r#"<a href="../../health/">5 more</a>"#), "{page}");
}

#[test]
fn a_book_without_cycles_says_how_one_begins() {
    let book = Book::empty().file("book.toml", ORG).file("content/index.md", "# Home\n");
    build(&book);
    let home = book.text("site/index.html");
    assert!(home.contains("There is no cycle yet. A folder in okrs/ begins one"), "{home}");
    assert!(!home.contains("class=\"tabs\""), "a row of tabs without a tab: {home}");
}

/// A company of 20 organisations with three key results each, and of 280 teams that support some of them.
fn wide() -> Book {
    let mut units = String::new();
    let direction = "+++\nshared = 2026-01-04\n[[theme]]\nid = \"calm\"\ntitle = \"Calm\"\n+++\nGo.\n";
    let mut book = Book::empty()
        .file("content/index.md", "# Home\n")
        .file("content/okrs/fy27-q1/direction.md", direction)
        .file("content/okrs/fy27-q1/company.md", &okrs("shared = 2026-01-10\n", ""));
    for at in 0..300 {
        let (level, within, name) = match at {
            0..20 => ("org", "company".to_owned(), format!("org-{at}")),
            _ => ("team", format!("org-{}", at % 20), format!("team-{at}")),
        };
        units += &format!("[unit.{name}]\nlevel = \"{level}\"\nname = \"{name}\"\nwithin = \"{within}\"\n");
        let key_results: String = (0..3)
            .map(|n| match (level, n) {
                ("org", 0) => r#"{ id = "a0", title = "Fewer pages at night", from = 40, to = 10, supports = ["company/calm/pages"] },"#.to_owned(),
                ("team", 0) => format!(r#"{{ id = "a0", title = "Fewer pages at night", from = 40, to = 10, supports = ["{within}/calm/a0"] }},"#),
                _ => format!(r#"{{ id = "a{n}", title = "Fewer calls of number {n} in the evening", from = 40, to = 10 }},"#),
            })
            .collect();
        let text = format!(
            "+++\nshared = 2026-01-18\n[[objective]]\nid = \"calm\"\ntitle = \"Nights and evenings are calm\"\n\
             themes = [\"calm\"]\nkey-result = [{key_results}]\n+++\n"
        );
        book = book.file(&format!("content/okrs/fy27-q1/{name}.md"), &text);
    }
    let org = "[[level]]\nid = \"org\"\nname = \"Organisations\"\n[[level]]\nid = \"team\"";
    book.file("book.toml", &format!("{}{units}", ORG.replace("[[level]]\nid = \"team\"", org)))
}

#[test]
fn contracts_and_direction_stay_light_with_300_units() {
    let book = wide();
    build(&book);
    let contracts = book.text("site/fy27-q1/contracts/index.html");
    assert!(contracts.len() < 150_000, "{} bytes", contracts.len());
    assert!(contracts.contains("Company, answered by Organisations</b>: 1 supported"));
    let brief =
        "1 other is covered; its document shows by what: <a href=\"../../fy27-q1/org-19/\">org-19</a>";
    assert!(contracts.contains(brief));
    let uncovered = r#"<li id="org-19/calm/a2" class="gap"><a href="../../fy27-q1/org-19/#calm/a2">"#;
    assert!(contracts.contains(uncovered), "what is not covered is always there");
    assert_eq!(
        contracts.matches(">14 units</text>").count(),
        20,
        "teams are counted on the map: {contracts}"
    );
    let direction = book.text("site/fy27-q1/direction/index.html");
    assert!(direction.len() < 150_000, "{} bytes", direction.len());
    let teams = r##"<a href="../../fy27-q1/#l-team">280 units</a><span>280 objectives</span>"##;
    assert!(direction.contains("All 300, by unit") && direction.contains(teams));
}

#[test]
fn a_gap_with_a_reason_has_it_beside_it_and_is_not_red() {
    let allow =
        "[[allow]]\nrule = \"contract/uncovered\"\nabout = \"calm/pages\"\nwhy = \"The *board* does it.\"\n";
    let book = book(1, BARE).file("content/okrs/fy27-q1/company.md", &okrs("shared = 2026-01-10\n", allow));
    build(&book);
    let contracts = book.text("site/fy27-q1/contracts/index.html");
    let reason = "Left open with a reason: “The <em>board</em> does it.”";
    assert!(contracts.contains(reason) && !contracts.contains("class=\"gap\""));
    let document = book.text("site/fy27-q1/company/index.html");
    assert!(document.contains("“The <em>board</em> does it.”"), "{document}");
    let without = self::book(1, BARE);
    build(&without);
    let contracts = without.text("site/fy27-q1/contracts/index.html");
    assert!(contracts.contains("class=\"gap\"") && !contracts.contains("with a reason"));
}

#[test]
fn health_shows_the_lines_of_the_first_findings_of_a_rule_and_lists_the_others() {
    let wrong: String = (0..40).map(|at| format!("wrong-{at} = 1\n")).collect();
    let text = okrs(&format!("shared = 2026-01-18\n{wrong}"), "");
    let book = book(1, BARE).file("content/okrs/fy27-q1/team-0.md", &text);
    build(&book);
    let health = book.text("site/health/index.html");
    let rule = health.split("id=\"format-unknown-key\"").nth(1).unwrap();
    let rule = rule.split("</section>").next().unwrap();
    assert_eq!(rule.matches("<pre class=\"excerpt\"").count(), 20);
    assert_eq!(rule.matches("<div class=\"finding").count(), 40, "each is there");
}
