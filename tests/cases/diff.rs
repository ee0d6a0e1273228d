//! `diff`: what happened between revisions, in the words of a reviewer.

use crate::repository::git;
use crate::runner::Book;

const PATH: &str = "content/okrs/2026-q1/cloud.md";
const DRAFT: &str = "+++\n[[objective]]\nid = \"o\"\ntitle = \"O\"\nkey-result = [\n  { id = \"k\", title = \"K\", from = 0, to = 100 },\n  { id = \"l\", title = \"L\" },\n]\n+++\n";

fn book() -> Book {
    let toml = "[book]\ntitle = \"B\"\n[[level]]\nid = \"a\"\nname = \"A\"\n[unit.cloud]\nlevel = \"a\"\nname = \"Cloud\"\n";
    let book = Book::empty().file("docs/book.toml", toml).file(&format!("docs/{PATH}"), DRAFT);
    git(&book, &["init", "-q"]);
    git(&book, &["add", "."]);
    git(&book, &["commit", "-qm", "a"]);
    git(&book, &["tag", "one"]);
    book
}

#[test]
fn what_happened_is_said_in_words() {
    let book = book();
    book.run_in("docs", &["diff", "one"]).succeeds().prints("nothing has changed in the OKRs");
    let path = format!("docs/{PATH}");
    book.put(
        &path,
        &DRAFT
            .replace("to = 100", "to = 90")
            .replace("{ id = \"l\", title = \"L\" }", "{ id = \"m\", title = \"M <b>\" }"),
    );
    book.run_in("docs", &["share", "cloud"]).succeeds();
    book.run_in("docs", &["check-in", "cloud/o/k", "45"]).succeeds();
    let expected = "2026-q1:cloud (Cloud): preparing -> draft\n  target of o/k: 100 -> 90\n  key result o/m added: M <b>\n  key result o/l removed: L\n  shared on 2026-02-20\n  value of o/k: none -> 45\n";
    assert_eq!(book.run_in("docs", &["diff", "one"]).succeeds().output, expected);
    git(&book, &["commit", "-qam", "b"]);
    assert_eq!(book.run_in("docs", &["diff", "one", "HEAD"]).succeeds().output, expected);
    let markdown = book.run_in("docs", &["diff", "one", "--format", "markdown"]).succeeds().output;
    assert!(
        markdown
            .starts_with("### Cloud (`2026-q1:cloud`): preparing -> draft\n\n- target of o/k: 100 -> 90\n"),
        "{markdown}"
    );
    assert!(markdown.contains("M &lt;b>"), "{markdown}");
    let json = book.run_in("docs", &["diff", "one", "--format", "json"]).succeeds().output;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["documents"][0]["to"], "draft");
    std::fs::remove_file(book.path(&path)).unwrap();
    book.run_in("docs", &["diff", "HEAD"])
        .succeeds()
        .prints("2026-q1:cloud (Cloud): removed\n  objective o removed: O\n");
}

#[test]
fn what_git_lacks_is_said() {
    let book = book();
    book.run_in("docs", &["diff", "two"]).refuses("git has no revision `two`").says("git log");
    book.run_in("docs", &["diff", "--", "--output=x"]).refuses("git has no revision `--output=x`");
    git(&book, &["commit", "-q", "--allow-empty", "-m", "b"]);
    let source = format!("file://{}", book.path("").display());
    git(&book, &["clone", "-q", "--depth", "1", "--no-tags", &source, "shallow"]);
    book.run_in("shallow/docs", &["diff", "one"]).refuses("git has no revision `one`").says("shallow");
    let elsewhere = Book::new();
    elsewhere.run(&["diff", "HEAD"]).refuses("there is no git repository here");
}

#[test]
fn a_range_is_two_revisions() {
    let book = book();
    book.run_in("docs", &["diff", "one..HEAD"]).refuses("git has no revision").says("`one HEAD`");
    book.run_in("docs", &["diff", "one...HEAD"]).refuses("git has no revision").says("`one HEAD`");
    book.run_in("docs", &["diff", "one.."]).refuses("git has no revision").says("git log");
}

#[test]
fn a_repository_that_git_refuses_is_said_to_be_there() {
    let book = book();
    std::fs::write(book.path(".git/HEAD"), "nothing").unwrap();
    book.run_in("docs", &["diff", "one"]).refuses("git does not read the repository").says("git status");
}

#[test]
fn what_cannot_be_read_is_not_said_to_be_gone() {
    let book = book();
    let broken = DRAFT.replace("+++\n[[", "+++\n<<<<<<< HEAD\nowner = \"@a\"\n=======\n>>>>>>> x\n[[");
    book.put(&format!("docs/{PATH}"), &broken.replace("]\n+++", "\n+++"));
    let said = book.run_in("docs", &["diff", "one"]).succeeds();
    said.says(&format!("`{PATH}` cannot be read now: what is said of 2026-q1:cloud is what is left of it"));
    git(&book, &["commit", "-qam", "b"]);
    book.put(&format!("docs/{PATH}"), DRAFT);
    book.run_in("docs", &["diff", "HEAD"]).succeeds().says("cannot be read in `HEAD`");
}

#[test]
fn a_comment_calls_nobody_by_the_name_of_a_unit() {
    let book = book();
    let toml = std::fs::read_to_string(book.path("docs/book.toml")).unwrap();
    book.put("docs/book.toml", &toml.replace("name = \"Cloud\"", "name = \"@all <img src=x>\""));
    book.put(&format!("docs/{PATH}"), &DRAFT.replace("100", "90"));
    let said = book.run_in("docs", &["diff", "one", "--format", "markdown"]).succeeds().output;
    assert!(said.starts_with("### @\u{200b}all &lt;img src=x> (`2026-q1:cloud`)"), "{said}");
}

/// A history as a planning round makes it, and what a reviewer would say of it.
#[test]
fn a_round_is_told_as_a_reviewer_would() {
    let direction =
        "+++\ntitle = \"D\"\nshared = 2026-01-02\n[[theme]]\nid = \"t\"\ntitle = \"Trust\"\n+++\n";
    let book = book().file("docs/content/okrs/2026-q1/direction.md", direction);
    let path = format!("docs/{PATH}");
    let run = |arguments: &[&str]| {
        book.run_in("docs", arguments).succeeds();
    };
    run(&["share", "cloud"]);
    run(&["feedback", "cloud", "--by", "zoe", "--says", "Too *much*.", "--about", "o/k"]);
    book.put(
        &path,
        &book.text(&path).replace("to = 100", "to = 90").replace("title = \"O\"", "title = \"Oh\""),
    );
    run(&["feedback", "cloud", "--answer", "1", "--outcome", "changed", "--reply", "90."]);
    run(&["approve", "cloud", "--as", "set-by", "--by", "mo"]);
    run(&["approve", "cloud", "--as", "delivered-by", "--by", "zoe"]);
    git(&book, &["add", "."]);
    git(&book, &["commit", "-qm", "signed"]);
    git(&book, &["tag", "two"]);
    let expected = "2026-q1:cloud (Cloud): preparing -> final
  title of o: O -> Oh
  target of o/k: 100 -> 90
  shared on 2026-02-20
  feedback of @zoe (changed): Too *much*.
  signed by @mo as set-by on 2026-02-20
  signed by @zoe as delivered-by on 2026-02-20
2026-q1:direction (D): new
  shared on 2026-01-02
  theme t added: Trust
";
    assert_eq!(book.run_in("docs", &["diff", "one", "two"]).succeeds().output, expected);
    let markdown = book.run_in("docs", &["diff", "one", "two", "--format", "markdown"]).succeeds();
    let _ = markdown
        .prints("- feedback of @\u{200b}zoe (changed): Too \\*much\\*.\n")
        .prints("\n### D (`2026-q1:direction`): new\n");

    let text = book
        .text(&path)
        .replace("title = \"L\" }", "title = \"L\", state = \"paused\", supports = [\"up/x/y\"] }");
    book.put(&path, &text.replace("id = \"o\"", "id = \"o\"\nowner = \"@kai\""));
    std::fs::remove_file(book.path("docs/content/okrs/2026-q1/direction.md")).unwrap();
    git(&book, &["commit", "-qam", "changed"]);
    let expected = "2026-q1:cloud (Cloud): final -> altered
  o/l is paused
  o/l now supports up/x/y
  owner of o/k: none -> @kai
  owner of o/l: none -> @kai
2026-q1:direction (D): removed
  theme t removed: Trust
";
    assert_eq!(book.run_in("docs", &["diff", "two"]).succeeds().output, expected);
    let json = book.run_in("docs", &["diff", "two", "HEAD", "--format", "json"]).succeeds().output;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["documents"][0]["changes"][0], "o/l is paused");
    assert_eq!(json["documents"][1]["from"], "there");
    assert!(json["documents"][1].get("to").is_none());
}
