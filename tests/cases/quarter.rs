//! A published company's real quarter, told right everywhere: due 2021-10-04, 2021-10-18 and
//! 2021-11-01, there on 2021-11-11, on 2021-11-01, -02 and -04, and on 2021-11-02.

use std::path::Path;

use serde_json::{Value, json};

use super::calendar::{Read, read};

fn run(arguments: &[&str], date: &str) -> String {
    let book = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/books/quarter");
    let ran = std::process::Command::new(env!("CARGO_BIN_EXE_okrbook"))
        .args(arguments)
        .args(["--color", "never", "--date", date, "--book"])
        .arg(&book)
        .output()
        .unwrap();
    let error = String::from_utf8_lossy(&ran.stderr);
    assert_eq!((ran.status.code(), error.as_ref()), (Some(0), ""));
    String::from_utf8(ran.stdout).unwrap()
}

fn timeline(date: &str) -> Vec<Value> {
    let export: Value = serde_json::from_str(&run(&["export"], date)).unwrap();
    export["cycles"][0]["timeline"].as_array().unwrap().clone()
}

fn status(date: &str) -> Value {
    serde_json::from_str(&run(&["status", "--format", "json"], date)).unwrap()
}

#[test]
fn the_deliverables_are_due_on_the_days_of_the_company() {
    let due: Vec<Value> = timeline("2021-09-01").iter().map(|delivery| delivery["due"].clone()).collect();
    assert_eq!(due, ["2021-10-04", "2021-10-18", "2021-11-01"]);
}

#[test]
fn the_export_tells_each_day_right() {
    for (date, states, delivered) in [
        ("2021-10-03", ["due", "due", "due"], [0, 0, 0]),
        ("2021-10-04", ["due", "due", "due"], [0, 0, 0]),
        ("2021-10-05", ["overdue", "due", "due"], [0, 0, 0]),
        ("2021-10-18", ["overdue", "due", "due"], [0, 0, 0]),
        ("2021-10-19", ["overdue", "overdue", "due"], [0, 0, 0]),
        ("2021-11-01", ["overdue", "overdue", "due"], [0, 1, 0]),
        ("2021-11-02", ["overdue", "overdue", "late"], [0, 2, 1]),
        ("2021-11-03", ["overdue", "overdue", "late"], [0, 2, 1]),
        ("2021-11-04", ["overdue", "late", "late"], [0, 3, 1]),
        ("2021-11-10", ["overdue", "late", "late"], [0, 3, 1]),
        ("2021-11-11", ["late", "late", "late"], [1, 3, 1]),
        ("2022-03-01", ["late", "late", "late"], [1, 3, 1]),
    ] {
        let timeline = timeline(date);
        let found: Vec<&Value> = timeline.iter().map(|delivery| &delivery["state"]).collect();
        assert_eq!(found, states, "{date}");
        let found: Vec<&Value> = timeline.iter().map(|delivery| &delivery["delivered"]).collect();
        assert_eq!(found, delivered, "{date}");
    }
    assert_eq!(timeline("2021-11-02")[1]["waiting_for"], json!(["platform"]));
}

#[test]
fn the_status_says_who_is_late_by_how_many_days() {
    let status = status("2021-11-11");
    let cycle = &status["cycle"];
    assert_eq!((&cycle["id"], &cycle["phase"]), (&json!("fy22-q4"), &json!("running")));
    assert_eq!((&cycle["start"], &cycle["end"]), (&json!("2021-11-01"), &json!("2022-01-31")));
    let late: Vec<Value> = cycle["late"]
        .as_array()
        .unwrap()
        .iter()
        .map(|late| json!([late["unit"], late["what"], late["due"], late["there"], late["days"]]))
        .collect();
    assert_eq!(
        late,
        [
            json!(["direction", "direction", "2021-10-04", "2021-11-11", 38]),
            json!(["platform", "drafts", "2021-10-18", "2021-11-04", 17]),
            json!(["fares", "drafts", "2021-10-18", "2021-11-02", 15]),
            json!(["maps", "drafts", "2021-10-18", "2021-11-01", 14]),
            json!(["product-engineering", "final", "2021-11-01", "2021-11-02", 1]),
        ]
    );
    assert_eq!(cycle["overdue"], false);
    let by: Vec<&Value> =
        cycle["timeline"].as_array().unwrap().iter().map(|delivery| &delivery["late_by"]).collect();
    assert_eq!(by, [&json!(38), &json!(17), &json!(1)]);
    assert_eq!(cycle["timeline"][1]["complete"], "2021-11-04");
}

#[test]
fn those_that_are_waited_for_come_first() {
    let status = status("2021-11-02");
    let late = status["cycle"]["late"].as_array().unwrap();
    let short: Vec<Value> =
        late.iter().map(|late| json!([late["unit"], late["days"], late.get("there").is_some()])).collect();
    assert_eq!(
        short,
        [
            json!(["direction", 29, false]),
            json!(["platform", 15, false]),
            json!(["fares", 15, true]),
            json!(["maps", 14, true]),
            json!(["product-engineering", 1, true]),
        ]
    );
    assert_eq!(status["cycle"]["overdue"], true);
}

/// What is told of the cycle's time on a day, but for where the cycle is.
const STORY: [(&str, &str, &str); 7] = [
    ("2021-09-01", "The cycle begins in 61 days.", "The direction is due in 33 days."),
    ("2021-10-04", "The cycle begins in 28 days.", "The direction is due today."),
    (
        "2021-10-15",
        "The cycle begins in 17 days.",
        "The direction is 11 days overdue. Drafts are due in 3 days; none of 3 is shared yet.",
    ),
    (
        "2021-11-01",
        "Running, week 1 of 14.",
        "The direction is 28 days overdue. 1 of 3 drafts is shared, late; Fares and Platform are 14 days \
         overdue. Both parties are to sign the document of Product and Engineering, which is due today.",
    ),
    (
        "2021-11-02",
        "Running, week 1 of 14.",
        "The direction is 29 days overdue. 2 of 3 drafts are shared, none of them in time; Platform is 15 \
         days overdue. Both parties signed the document 1 day late.",
    ),
    (
        "2021-11-11",
        "Running, week 2 of 14.",
        "The direction came on 11 November, 38 days late. All 3 drafts were shared late, the last by 17 \
         days. Both parties signed the document 1 day late.",
    ),
    (
        "2022-02-05",
        "Ended 5 days ago.",
        "The direction came on 11 November, 38 days late. All 3 drafts were shared late, the last by 17 \
         days. Both parties signed the document 1 day late.",
    ),
];

/// The words of the page's first sentences.
fn lede(page: &str) -> String {
    let lede = page.split("<p class=\"lede\">").nth(1).unwrap().split("</p>").next().unwrap();
    words(lede)
}

/// A piece of HTML as it is read: without tags, its white space as one space.
fn words(html: &str) -> String {
    let (first, rest) = html.split_once('<').unwrap_or((html, ""));
    let mut text = first.to_owned();
    for piece in rest.split('<') {
        let (tag, after) = piece.split_once('>').unwrap_or((piece, ""));
        if tag.starts_with("/t") || tag.starts_with("small") {
            text.push(' ');
        }
        text.push_str(after);
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_terminal_and_the_pages_tell_one_story() {
    for (date, phase, story) in STORY {
        let told = status(date)["cycle"]["story"].as_str().unwrap().to_owned();
        assert!(told.starts_with(&format!("{phase} {story}")), "{date}: {told}");
        let site = Site::built(date);
        for page in ["index.html", "fy22-q4/index.html", "fy22-q4/timeline/index.html"] {
            let lede = lede(&site.page(page));
            assert!(lede.starts_with(story), "{date}, {page}: {lede}");
        }
        assert!(words(&site.page("fy22-q4/timeline/index.html")).contains(phase), "{date}");
    }
    let ended = status("2022-02-05")["cycle"]["story"].as_str().unwrap().to_owned();
    assert!(ended.ends_with("None of the 4 objectives has a grade yet."), "{ended}");
    let site = Site::built("2021-11-02");
    let page = site.page("fy22-q4/timeline/index.html");
    assert!(page.contains("<a href=\"../../fy22-q4/platform/\">Platform</a> is 15 days overdue"));
}

/// The site of the book on a day.
struct Site(tempfile::TempDir);

impl Site {
    fn built(date: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let book = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/books/quarter");
        let ran = std::process::Command::new(env!("CARGO_BIN_EXE_okrbook"))
            .args(["build", "--date", date, "--book"])
            .arg(book)
            .arg("--out")
            .arg(folder.path())
            .output()
            .unwrap();
        assert_eq!(ran.status.code(), Some(0), "{}", String::from_utf8_lossy(&ran.stderr));
        Self(folder)
    }

    fn page(&self, path: &str) -> String {
        std::fs::read_to_string(self.0.path().join(path)).unwrap()
    }
}

/// The rows of the first table after a heading, each as its words.
fn rows(page: &str, heading: &str) -> Vec<String> {
    let after = page.split(&format!("id=\"{heading}\"")).nth(1).unwrap();
    let body = after.split("<tbody").skip(1).map(|body| body.split("</tbody>").next().unwrap());
    let table = after.split("</table>").next().unwrap().matches("<tbody").count();
    body.take(table)
        .flat_map(|body| body.split("</tr>"))
        .map(words_of_row)
        .filter(|row| !row.is_empty())
        .collect()
}

fn words_of_row(row: &str) -> String {
    words(row.split_once("<tr").map_or("", |(_, row)| row.split_once('>').unwrap().1))
}

#[test]
fn the_timeline_page_has_the_days_in_tables() {
    let site = Site::built("2021-11-20");
    let page = site.page("fy22-q4/timeline/index.html");
    assert_eq!(
        rows(&page, "deliverables"),
        [
            "Direction document with executive buy-in VPs of Product and Engineering, from 20 September \
             4 October 11 November Late by 38 days Late: Direction 38 days",
            "Draft OKRs of the organisations are shared Directors 18 October 3 of 3, on 4 November \
             Late by 17 days Late: Platform 17 days, Fares 15 days, Maps 14 days",
            "OKRs of Product and Engineering are final 1 November 2 November Late by 1 day \
             Late: Product and Engineering 1 day",
        ]
    );
    assert_eq!(
        rows(&page, "units"),
        [
            "Product and Engineering",
            "Product and Engineering 2 Nov 1 day late",
            "Organisations",
            "Maps 1 Nov 14 days late",
            "Fares 2 Nov 15 days late",
            "Platform 4 Nov 17 days late",
        ]
    );
    let cycles = site.page("timeline/index.html");
    let row = &rows(&cycles, "cycles")[1];
    assert!(row.contains("38 days late 17 days late 1 day late"), "{row}");
}

#[test]
fn the_rules_find_what_is_overdue_on_each_day() {
    let direction = |days: &str| {
        format!(
            "content/okrs/fy22-q4/direction.md:1:1: warning[process/overdue]: \"Direction document with \
             executive buy-in\" of `fy22-q4`, due on 2021-10-04, is {days} overdue: the direction "
        )
    };
    let drafts = |file: &str, days: &str, units: &str| {
        format!(
            "content/okrs/fy22-q4/{file}.md:1:1: warning[process/overdue]: \"Draft OKRs of the organisations \
             are shared\" of `fy22-q4`, due on 2021-10-18, is {days} overdue, waiting for {units}"
        )
    };
    let unshared = "is not shared and lacks the buy-in of `@liv`";
    for (date, expected) in [
        ("2021-10-04", vec![]),
        ("2021-10-05", vec![direction("1 day") + unshared]),
        (
            "2021-10-19",
            vec![direction("15 days") + unshared, drafts("maps", "1 day", "`maps`, `fares` and `platform`")],
        ),
        (
            "2021-11-01",
            vec![direction("28 days") + unshared, drafts("fares", "14 days", "`fares` and `platform`")],
        ),
        ("2021-11-02", vec![direction("29 days") + unshared, drafts("platform", "15 days", "`platform`")]),
        ("2021-11-04", vec![direction("31 days") + "lacks the buy-in of `@liv`"]),
        ("2021-11-11", vec![]),
    ] {
        let found = run(&["check", "--format", "short", "--only", "process/overdue"], date);
        let found: Vec<&str> = found.lines().filter(|line| line.contains("process/overdue")).collect();
        assert_eq!(found, expected, "{date}");
    }
}

#[test]
fn the_terminal_shows_it_in_a_screenful() {
    let text = run(&["status"], "2021-11-20");
    assert_eq!(
        text,
        "\
FY22-Q4, 1 November 2021 to 31 January 2022
Running, week 3 of 14. The direction came on 11 November, 38 days late. All 3
drafts were shared late, the last by 17 days. Both parties signed the document 1
day late.

Timeline
  4 Oct   Late by 38 days  1 of 1  Direction document with executive buy-in
  18 Oct  Late by 17 days  3 of 3  Draft OKRs of the organisations are shared
  1 Nov   FY22-Q4 begins
  1 Nov   Late by 1 day    1 of 1  OKRs of Product and Engineering are final
  20 Nov  today
  31 Jan  FY22-Q4 ends

Late
  Direction                38 days late
  Platform                 draft came 17 days late
  Fares                    draft came 15 days late
  Maps                     draft came 14 days late
  Product and Engineering  signatures came 1 day late

Contracts
  1 of 4 documents is final; 3 are drafts
  1 was taken as given, without feedback: product-engineering

Progress, the pace is 21 %
  Product and Engineering  final  50 %
  Maps                     draft  30 %
  Fares                    draft  0 % (21 points behind)
  Platform                 draft  0 % (21 points behind)
"
        .replace(" %", "\u{a0}%")
    );
}

#[test]
fn progress_and_quiet_are_counted_from_the_day() {
    let status = status("2021-12-15");
    let cycle = &status["cycle"];
    assert_eq!(cycle["pace"], json!(44.0 / 92.0));
    let maps = &cycle["documents"][1];
    assert_eq!((&maps["ref"], &maps["state"]), (&json!("fy22-q4:maps"), &json!("draft")));
    let objective = &maps["objectives"][0];
    assert_eq!((&objective["progress"], &objective["points"]), (&json!(0.3), &json!(-18)));
    assert_eq!(objective["behind"], true);
    let quiet: Vec<Value> =
        cycle["quiet"].as_array().unwrap().iter().map(|quiet| json!([quiet["ref"], quiet["days"]])).collect();
    assert_eq!(
        quiet,
        [
            json!(["fy22-q4:product-engineering/arrive/late", 25]),
            json!(["fy22-q4:maps/routes/detours", 25]),
            json!(["fy22-q4:platform/calm/pages", 44]),
        ]
    );
    assert_eq!(cycle["quiet"][2]["owner"], json!(["@pia"]));
    assert!(cycle["quiet"][2].get("last").is_none());
    assert_eq!(cycle["contracts"]["final"], 1);
    assert!(cycle.get("grades").is_none());
}

#[test]
fn the_calendar_keeps_its_events_and_tells_what_they_wait_for() {
    let on = |date: &str| read(&run(&["export", "--format", "ics"], date));
    let before = on("2021-10-01");
    let days: Vec<(&str, &str)> =
        before.events.iter().map(|event| (event.summary.as_str(), event.start.as_str())).collect();
    assert_eq!(
        days,
        [
            ("FY22-Q4: Direction document with executive buy-in", "20211004"),
            ("FY22-Q4: Draft OKRs of the organisations are shared", "20211018"),
            ("FY22-Q4: OKRs of Product and Engineering are final", "20211101"),
            ("FY22-Q4 begins", "20211101"),
            ("FY22-Q4 ends", "20220131"),
        ]
    );
    let uids = |read: &Read| read.events.iter().map(|event| event.uid.clone()).collect::<Vec<_>>();
    let after = on("2021-11-02");
    assert_eq!(uids(&before), uids(&after));
    assert_eq!(
        before.events[1].description,
        "0 of 3 are there.\nWaiting for Maps, Fares and Platform.\nWho: Directors"
    );
    assert_eq!(after.events[1].description, "2 of 3 are there.\nWaiting for Platform.\nWho: Directors");
    assert_eq!(after.events[2].description, "There since 2 November 2021.");
    assert_eq!(
        on("2021-11-11").events[0].description,
        "There since 11 November 2021.\nWork on it begins on 20 September 2021.\nWho: VPs of Product and Engineering"
    );
    let alarms = |read: &Read| read.events.iter().map(|event| event.alarms.len()).collect::<Vec<_>>();
    assert_eq!(alarms(&before), [2, 2, 2, 0, 0]);
    assert_eq!(alarms(&after), [0, 0, 0, 0, 0], "what is past or there reminds nobody");
    assert_eq!(before.events[0].stamp, "20211001T000000Z");
}
