//! `calendar.ics`, read by a parser that is not ours.

use icalendar::parser::{Component, read_calendar, unfold};

use crate::runner::Book;

/// A calendar as another program reads it.
pub struct Read {
    pub name: String,
    pub events: Vec<Event>,
}

/// An event as another program reads it.
pub struct Event {
    pub uid: String,
    pub stamp: String,
    pub start: String,
    pub end: String,
    pub summary: String,
    pub description: String,
    pub categories: String,
    pub url: Option<String>,
    pub alarms: Vec<String>,
}

/// Reads a calendar, and holds its lines to the letter of RFC 5545 on the way.
#[track_caller]
pub fn read(text: &str) -> Read {
    for line in text.strip_suffix("\r\n").unwrap().split("\r\n") {
        assert!(line.len() <= 75, "{} bytes: {line}", line.len());
        assert!(!line.is_empty() && !line.contains(['\r', '\n']), "{line:?}");
    }
    let unfolded = unfold(text);
    let calendar = read_calendar(&unfolded).unwrap();
    let property = |name: &str| {
        let own = calendar.properties.iter().find(|property| property.name == name);
        own.unwrap_or_else(|| panic!("no {name}")).val.to_string()
    };
    assert_eq!(property("VERSION"), "2.0");
    assert!(property("PRODID").contains("okrbook"));
    assert!(!calendar.components.is_empty(), "a calendar has a component");
    let events: Vec<Event> =
        calendar.components.iter().filter(|one| one.name == "VEVENT").map(event).collect();
    let mut uids: Vec<&str> = events.iter().map(|event| event.uid.as_str()).collect();
    uids.sort_unstable();
    uids.dedup();
    assert_eq!(uids.len(), events.len(), "a UID is given once");
    Read { name: property("X-WR-CALNAME"), events }
}

fn event(component: &Component<'_>) -> Event {
    let maybe = |name: &str| component.find_prop(name).map(|property| property.val.to_string());
    let property = |name: &str| maybe(name).unwrap_or_else(|| panic!("no {name} in {component:?}"));
    for name in ["DTSTART", "DTEND"] {
        let parameters = &component.find_prop(name).unwrap().params;
        assert_eq!(parameters[0].key, "VALUE");
        assert_eq!(parameters[0].val.as_ref().unwrap().to_string(), "DATE");
    }
    let alarms = component.components.iter().filter(|inner| inner.name == "VALARM");
    Event {
        uid: property("UID"),
        stamp: property("DTSTAMP"),
        start: property("DTSTART"),
        end: property("DTEND"),
        summary: property("SUMMARY"),
        description: maybe("DESCRIPTION").unwrap_or_default(),
        categories: property("CATEGORIES"),
        url: maybe("URL"),
        alarms: alarms.map(|alarm| alarm.find_prop("TRIGGER").unwrap().val.to_string()).collect(),
    }
}

const ORG: &str = r#"
[book]
title = "Book"

[calendar]
fiscal-year-starts = "02-01"

[[level]]
id = "company"
name = "Company"
cycle = "year"

[[level]]
id = "team"
name = "Teams"

[unit.company]
level = "company"
name = "Book"

[unit.a]
level = "team"
name = "Team A"
within = "company"
"#;

fn book(more: &str) -> Book {
    Book::new()
        .file("book.toml", &format!("{ORG}{more}"))
        .file(
            "content/okrs/fy27/company.md",
            "+++\nshared = 2026-01-02\n[[objective]]\nid = \"o\"\ntitle = \"O\"\n+++\n",
        )
        .file("content/okrs/fy27-q1/a.md", "+++\n+++\n")
}

fn calendar(book: &Book) -> Read {
    read(&book.run(&["export", "--format", "ics"]).succeeds().output)
}

#[test]
fn hostile_titles_come_through_whole() {
    let name = "Drafts; all, of them \\\\ \\n\\r\\nBEGIN:VEVENT é 日本 🛟 \\\"quoted\\\" and long enough to be folded \
                in the middle of 日本語日本語日本語日本語日本語日本語日本語 characters";
    let book = book(&format!(
        "[[deliverable]]\ndue = \"-2w\"\nwhat = \"drafts\"\nname = \"{name}\"\nwho = \"a,b;c\\\\d\"\n"
    ));
    let calendar = calendar(&book);
    let shown = "Drafts; all, of them \\ \n\nBEGIN:VEVENT é 日本 🛟 \"quoted\" and long enough to be folded \
                 in the middle of 日本語日本語日本語日本語日本語日本語日本語 characters";
    let event = calendar.events.iter().find(|event| event.summary.contains("Drafts")).unwrap();
    assert!(event.summary.ends_with(shown), "{}", event.summary);
    assert!(event.description.contains("Who: a,b;c\\d"), "{}", event.description);
}

#[test]
fn control_characters_and_commas_in_every_name() {
    let book = Book::new()
        .file(
            "book.toml",
            "[book]\ntitle = \"A, b; c\\u0000\\u0007\\t\\\\\"\n[cycle.odd]\nname = \"Odd,\\u001b[31m one\"\nstart = 2026-05-04\n\
             [[level]]\nid = \"team\"\nname = \"Teams, all; of them\"\n[unit.a]\nlevel = \"team\"\nname = \"A\\nB\"\n",
        )
        .file("content/okrs/odd/a.md", "+++\n+++\n");
    let calendar = calendar(&book);
    assert_eq!(calendar.name, "A, b; c \\");
    let last = calendar.events.iter().find(|event| event.summary.contains("Final")).unwrap();
    assert_eq!(last.summary, "Odd,[31m one: Final");
    assert_eq!(last.categories, "OKRs,Odd\\,[31m one,Final,Teams\\, all\\; of them");
    assert_eq!(last.description, "Waiting for A\nB.");
    assert!(calendar.events.iter().all(|event| !event.summary.ends_with("ends")), "it is open");
}

#[test]
fn an_all_day_event_ends_on_the_day_after() {
    let book = book("[[deliverable]]\ndue = \"end\"\nwhat = \"final\"\nname = \"Final\"\n");
    let calendar = calendar(&book);
    let last = calendar.events.iter().find(|event| event.summary == "FY27: Final").unwrap();
    assert_eq!((last.start.as_str(), last.end.as_str()), ("20270131", "20270201"));
    assert_eq!(last.alarms, ["-P6DT15H", "-PT15H"]);
}

#[test]
fn an_event_that_is_moved_stays_itself() {
    let with = |due: &str| {
        let book = book(&format!(
            "[[deliverable]]\ndue = \"{due}\"\nwhat = \"drafts\"\nname = \"x\"\n\
             [[deliverable]]\ndue = \"+1w\"\nwhat = \"drafts\"\nname = \"again\"\n\
             [[deliverable]]\ndue = \"+2w\"\nwhat = \"other\"\nname = \"All hands\"\n"
        ));
        calendar(&book).events
    };
    let (before, after) = (with("-2w"), with("-3w"));
    let uid = |events: &[Event], of: &str| {
        let found: Vec<&str> =
            events.iter().filter(|event| event.summary == of).map(|event| event.uid.as_str()).collect();
        found[0].to_owned()
    };
    for of in ["FY27-Q1: x", "FY27-Q1: again", "FY27-Q1: All hands", "FY27-Q1 begins"] {
        assert_eq!(uid(&before, of), uid(&after, of));
    }
    assert!(uid(&before, "FY27-Q1: x").starts_with("fy27-q1-drafts-start@"));
    assert!(uid(&before, "FY27-Q1: All hands").starts_with("fy27-q1-other-start-all-hands@"));
}

#[test]
fn a_level_has_what_concerns_it() {
    let book = book("[output.html]\nsite-url = \"https://okrs.example.com/handbook/\"\n");
    book.run(&["build"]).succeeds();
    let whole = read(&book.text("site/calendar.ics"));
    let company = read(&book.text("site/calendar-company.ics"));
    let team = read(&book.text("site/calendar-team.ics"));
    let summaries = |read: &Read| read.events.iter().map(|event| event.summary.clone()).collect::<Vec<_>>();
    assert_eq!(company.name, "Book: Company");
    assert_eq!(summaries(&company), ["FY27: Direction", "FY27: Final", "FY27 begins", "FY27 ends"]);
    assert_eq!(
        summaries(&team),
        ["FY27-Q1: Direction", "FY27-Q1: Final", "FY27-Q1 begins", "FY27-Q1 ends"],
        "the year is the company's"
    );
    assert_eq!(whole.events.len(), 8);
    let every: Vec<&String> = [&whole, &company, &team]
        .iter()
        .flat_map(|read| read.events.iter().map(|event| &event.uid))
        .collect();
    let mut once = every.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), every.len(), "events of one calendar are not those of another");
    let url = whole.events[0].url.as_deref();
    assert_eq!(url, Some("https://okrs.example.com/handbook/fy27/timeline/"));
}

#[test]
fn the_export_is_what_the_site_has() {
    let book = book("");
    book.run(&["build"]).succeeds();
    assert_eq!(book.text("site/calendar.ics"), book.run(&["export", "--format", "ics"]).succeeds().output);
    let moved = book.run(&["export", "--format", "ics", "--date", "2026-03-02"]).succeeds().output;
    assert!(moved.contains("DTSTAMP:20260302T000000Z"), "{moved}");
}

#[test]
fn a_book_without_cycles_has_a_calendar_that_programs_accept() {
    let calendar = calendar(&Book::new());
    assert!(calendar.events.is_empty());
}

#[test]
fn its_addresses_are_taken() {
    let book = book("").file("content/calendar-team.ics", "BEGIN:VCALENDAR");
    book.run(&["check"]).exits(1).prints("the address `/calendar-team.ics` is taken by the site's own");
}

#[test]
fn days_that_the_format_does_not_have_are_left_out() {
    let book = Book::new().file(
        "book.toml",
        "[book]\ntitle = \"Book\"\n[cycle.first]\nstart = 0001-01-02\nend = 0001-03-31\n[cycle.last]\nstart = 9999-12-31\n",
    );
    let text = book.run(&["export", "--format", "ics"]).succeeds().output;
    assert!(!text.contains("DTSTART;VALUE=DATE:0000") && !text.contains("DATE:-"), "{text}");
    assert!(text.contains("DTSTART;VALUE=DATE:00010102") && text.contains("DTSTART;VALUE=DATE:99991231"));
}
