//! The feed of what changed in the plan: what is in it, what is not, and that it stays what it was.

use crate::runner::Book;

const URL: &str = "https://okrs.example.com/h";

fn book() -> Book {
    Book::made()
}

fn feed(book: &Book) -> String {
    book.run(&["build", "--site-url", URL]).succeeds();
    book.text("site/feed.xml")
}

/// The texts of an element, in order.
fn texts<'a>(xml: &'a str, element: &str) -> Vec<&'a str> {
    let (open, close) = (format!("<{element}>"), format!("</{element}>"));
    xml.split(&open).skip(1).filter_map(|rest| rest.split(&close).next()).collect()
}

fn first_document(book: &Book) -> String {
    let all = book.files("content/okrs");
    let path = all.iter().find(|path| path.ends_with("company.md")).unwrap();
    format!("content/okrs/{path}")
}

#[test]
fn amendments_and_drafts_are_told_the_newest_first_and_check_ins_are_not() {
    let book = book();
    let path = first_document(&book);
    let text = book.text(&path).replacen(
        "\n+++\n",
        "\n[[amendment]]\non = 2026-02-03\nby = \"@ada\"\nsays = \"Less <b> & *more*.\"\n\n[[amendment]]\non = 2026-02-19\nby = \"@ada\"\nsays = \"Later.\"\n\n[[amendment]]\non = 2026-02-21\nby = \"@ada\"\nsays = \"Tomorrow.\"\n+++\n",
        1,
    );
    book.put(&path, &text);
    let xml = feed(&book);
    let says = texts(&xml, "summary");
    assert!(xml.contains("Less &lt;b&gt; &amp; more."), "{xml}");
    assert!(says.iter().any(|text| text.ends_with("Later.")), "{says:?}");
    assert!(!xml.contains("Tomorrow."), "what is dated after the day of the build is not told");
    assert!(!xml.to_lowercase().contains("check-in"), "{xml}");
    let mut days = texts(xml.split_once("<entry>").unwrap().1, "updated");
    let told = days.clone();
    days.sort_by(|a, b| b.cmp(a));
    assert_eq!(told, days);
    assert_eq!(texts(&xml, "updated")[0], told[0], "the feed is as old as its newest entry");
    let mut ids = texts(&xml, "id");
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all, "an id for each");
    assert!(ids.iter().all(|id| id.starts_with(URL)), "{ids:?}");
}

#[test]
fn what_was_told_keeps_its_name() {
    let book = book();
    let before = feed(&book);
    let path = first_document(&book);
    let text = book.text(&path).replacen(
        "\n+++\n",
        "\n[[amendment]]\non = 2026-02-03\nby = \"@ada\"\nsays = \"x\"\n+++\n",
        1,
    );
    book.put(&path, &text);
    let after = feed(&book);
    for id in texts(&before, "id") {
        assert!(texts(&after, "id").contains(&id), "{id} is gone");
    }
    assert_eq!(texts(&after, "id").len(), texts(&before, "id").len() + 1);
}

#[test]
fn without_a_full_address_there_is_no_feed_and_no_link_to_one() {
    let book = book();
    book.run(&["build"]).succeeds();
    assert!(!book.path("site/feed.xml").exists());
    assert!(!book.text("site/index.html").contains("feed.xml"));
    feed(&book);
    assert!(book.text("site/index.html").contains("type=\"application/atom+xml\" href=\"./feed.xml\""));
}
