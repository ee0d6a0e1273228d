//! A text that changes after it was signed: what changed is said wherever git holds what was signed, and
//! why it cannot be said everywhere else.

use okrbook::model;
use okrbook::source::Source;
use sha2::{Digest as _, Sha256};

use crate::repository::git;
use crate::runner::Book;

const BOOK: &str = "[book]\ntitle = \"B\"\n[[level]]\nid = \"a\"\nname = \"A\"\n[unit.cloud]\nlevel = \"a\"\nname = \"Cloud\"\n";
const PATH: &str = "content/okrs/2026-q1/org/cloud.md";
const DRAFT: &str = "+++\nshared = 2026-01-04\n[[objective]]\nid = \"o\"\ntitle = \"O\"\nkey-result = [\n  { id = \"k\", title = \"K\", from = 0, to = 100 },\n  { id = \"l\", title = \"L\" },\n]\n+++\n";
const DIRECTION: &str = "content/okrs/2026-q1/direction.md";
const THEMES: &str = "+++\nshared = 2026-01-02\n[[theme]]\nid = \"t\"\ntitle = \"Trust\"\n+++\nWhy.\n";

/// A book in a repository, in which mo has signed the draft, and ada the direction.
fn signed() -> Book {
    let book = Book::empty().file("book.toml", BOOK).file(PATH, DRAFT).file(DIRECTION, THEMES);
    git(&book, &["init", "-q"]);
    book.run(&["approve", "cloud", "--as", "set-by", "--by", "mo"]).succeeds();
    book.run(&["approve", "2026-q1:direction", "--by", "ada"]).succeeds().prints("t  Trust");
    git(&book, &["add", "."]);
    git(&book, &["commit", "-qm", "signed"]);
    book
}

fn change(book: &Book, path: &str, from: &str, to: &str) {
    let text = book.text(path);
    assert!(text.contains(from), "{text}");
    book.put(path, &text.replace(from, to));
}

const ALTERED: &str = "`cloud` was altered after it was signed by `@mo` (set-by, 2026-02-20)";

#[test]
fn what_changed_is_said_on_the_terminal_and_on_the_pages() {
    let book = signed();
    book.run(&["check"]).succeeds();
    change(&book, PATH, "to = 100", "to = 90");
    change(&book, PATH, "title = \"L\"", "title = \"M\"");
    change(&book, DIRECTION, "Trust", "Speed");
    git(&book, &["commit", "-qam", "changed"]);
    // the document may have moved since
    book.put("content/okrs/2026-q1/cloud.md", &book.text(PATH));
    std::fs::remove_file(book.path(PATH)).unwrap();
    let said = format!("{ALTERED}: target of o/k: 100 -> 90; title of o/l: L -> M");
    let of_direction =
        "`direction` was altered after it was signed by `@ada` (2026-02-20): title of t: Trust -> Speed";
    book.run(&["check", "--format", "short"]).exits(1).prints(&said).prints(of_direction);
    let _ = book.run(&["build", "--force"]).exits(1).says(&said);
    let page = book.text("site/2026-q1/cloud/index.html");
    assert!(page.contains("What changed since @mo signed, 20 February"), "{page}");
    assert!(page.contains("<li class=\"words\">target of o/k: 100 → 90</li>"), "{page}");
    let page = book.text("site/2026-q1/direction/index.html");
    assert!(page.contains("Altered after signing") && page.contains("title of t: Trust → Speed"), "{page}");
    assert!(book.text("site/health/index.html").contains("target of o/k: 100 -&gt; 90"));
    book.run(&["approve", "cloud", "--as", "set-by", "--by", "mo", "--date", "2026-02-21"])
        .succeeds()
        .prints("changed since the last signature, of 2026-02-20:\n  target of o/k: 100 -> 90\n  title of o/l: L -> M\n");
    book.run(&["approve", "2026-q1:direction", "--by", "ada", "--date", "2026-02-21"]).succeeds().prints(
        "  t  Speed\nchanged since the last signature, of 2026-02-20:\n  title of t: Trust -> Speed\n",
    );
    book.run(&["check", "--date", "2026-02-21", "--only", "contract"]).succeeds();
}

#[test]
fn why_it_cannot_be_said_is_said() {
    let book = signed();
    change(&book, PATH, "to = 100", "to = 90");
    git(&book, &["commit", "-qam", "changed"]);
    git(&book, &["commit", "-q", "--allow-empty", "-m", "later"]);
    let source = format!("file://{}", book.path("").display());
    git(&book, &["clone", "-q", "--depth", "1", &source, "shallow"]);
    let ran = book.run_in("shallow", &["check"]).exits(1).prints(&format!("{ALTERED}\n"));
    let _ = ran.prints("this clone is shallow").prints("`git fetch --unshallow`");
    std::fs::remove_dir_all(book.path("shallow")).unwrap();

    change(&book, PATH, "digest = \"", "digest = \"0");
    book.run(&["check"]).exits(1).prints("git holds no version with this digest");
    book.run(&["approve", "cloud", "--as", "set-by", "--by", "mo"])
        .succeeds()
        .prints("cannot be said: git does not hold the text that was signed");

    std::fs::remove_dir_all(book.path(".git")).unwrap();
    change(&book, PATH, "to = 90", "to = 80");
    book.run(&["check"]).exits(1).prints("there is no git repository here");
}

#[test]
fn a_change_that_is_taken_back_is_none() {
    let book = signed();
    change(&book, PATH, "to = 100", "to = 90");
    change(&book, PATH, "to = 90", "to = 100.0");
    change(&book, PATH, "title = \"K\"", "title = \" K \", why = \"so\"");
    book.run(&["check", "--only", "contract/altered"]).succeeds();
}

/// The guide defines the digest with an example: what it says must be what is written, for ever.
#[test]
fn the_digest_is_as_the_guide_defines_it() {
    let guide =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/content/guide/digest.md")).unwrap();
    let (_, example) = guide.split_once("So this document").unwrap();
    let block = |kind: &str| {
        let (_, rest) = example.split_once(&format!("```{kind}\n")).unwrap();
        rest.split_once("```").unwrap().0.to_owned()
    };
    let hash = Sha256::digest(block("text").replace('→', "\t").as_bytes());
    let digest: String = hash.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    assert!(example.contains(&format!("the digest `{digest}`")), "the lines of the example have {digest}");

    let path = "okrs/fy27-q1/cloud.md";
    let read = |text: &str| model::read(&Source::new(path, format!("+++\n{text}+++\n")), path);
    let document = read(&block("toml"));
    assert_eq!(model::digest(document.okrs().unwrap(), "fy27-q1"), digest);
    let other = block("toml").replace(
        "  { id = \"uptime\", title = \"Raise monthly",
        "  { id = \"uptime\", title = \"  Raise\tmonthly",
    );
    assert_eq!(model::digest(read(&other).okrs().unwrap(), "fy27-q1"), digest);
    assert_ne!(model::digest(document.okrs().unwrap(), "fy27-q2"), digest);
}
