//! When a page was last changed: as git says it, quietly, and nothing where git does not know.

use std::path::Path;
use std::process::Command;

use crate::runner::Book;

fn git(dir: &Path, day: &str, arguments: &[&str]) {
    let ran = Command::new("git")
        .current_dir(dir)
        .args(["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"])
        .args(arguments)
        .env("GIT_COMMITTER_DATE", format!("{day}T12:00:00Z"))
        .env("GIT_AUTHOR_DATE", format!("{day}T12:00:00Z"))
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .output()
        .unwrap();
    assert!(ran.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&ran.stderr));
}

fn commit(book: &Book, day: &str) {
    git(&book.path("."), day, &["add", "--all"]);
    git(&book.path("."), day, &["commit", "--quiet", "--message", "change"]);
}

/// A book with two pages, each changed on a day of its own.
fn book() -> Book {
    let book = Book::new().file("content/a b.md", "# First\n").file("content/ü.md", "# Second\n");
    git(&book.path("."), "2026-01-05", &["init", "--quiet"]);
    book.put(".gitignore", "/site/\n");
    commit(&book, "2026-01-05");
    book.put("content/ü.md", "# Second\n\nChanged.\n");
    commit(&book, "2026-02-03");
    book
}

fn said(book: &Book, page: &str) -> Option<String> {
    let html = book.text(&format!("site/{page}/index.html"));
    let (_, rest) = html.split_once("Last changed on ")?;
    Some(rest.split('<').next()?.to_owned())
}

#[test]
fn a_page_says_when_it_was_last_changed() {
    let book = book();
    book.run(&["build"]).succeeds();
    assert_eq!(said(&book, "a b").as_deref(), Some("5 January 2026"));
    assert_eq!(said(&book, "ü").as_deref(), Some("3 February 2026"));
    // again with nothing changed, nothing is written
    book.run(&["build"]).succeeds().says(" 0 written");
    // what is not in the history yet is not spoken of
    book.put("content/new.md", "# New\n");
    book.run(&["build"]).succeeds();
    assert_eq!(said(&book, "new"), None);
}

#[test]
fn the_day_of_the_build_counts_and_not_what_came_after_it() {
    let book = book().date("2026-01-20");
    book.run(&["build"]).succeeds();
    assert_eq!(said(&book, "ü").as_deref(), Some("5 January 2026"));
}

#[test]
fn a_book_below_the_root_of_its_repository_is_found_too() {
    let outer = tempfile::tempdir().unwrap();
    let inner = outer.path().join("docs/okrs");
    std::fs::create_dir_all(inner.join("content")).unwrap();
    std::fs::write(inner.join("book.toml"), "[book]\ntitle = \"Book\"\n").unwrap();
    std::fs::write(inner.join("content/a.md"), "# First\n").unwrap();
    git(outer.path(), "2026-01-05", &["init", "--quiet"]);
    git(outer.path(), "2026-01-05", &["add", "--all"]);
    git(outer.path(), "2026-01-05", &["commit", "--quiet", "--message", "all"]);
    let ran = Command::new(env!("CARGO_BIN_EXE_okrbook"))
        .args(["build", "--date", "2026-02-20", "--book"])
        .arg(&inner)
        .output()
        .unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    let html = std::fs::read_to_string(inner.join("site/a/index.html")).unwrap();
    assert!(html.contains("Last changed on 5 January 2026"), "{html}");
}

#[test]
fn a_shallow_clone_says_nothing_wrong() {
    let book = book();
    let clone = tempfile::tempdir().unwrap();
    let from = format!("file://{}", book.path(".").display());
    git(clone.path(), "2026-02-04", &["clone", "--quiet", "--depth", "1", &from, "book"]);
    let dir = clone.path().join("book");
    let build = || {
        let ran = Command::new(env!("CARGO_BIN_EXE_okrbook"))
            .args(["build", "--date", "2026-02-20", "--book"])
            .arg(&dir)
            .output()
            .unwrap();
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    };
    let page = |page: &str| std::fs::read_to_string(dir.join("site").join(page).join("index.html")).unwrap();
    build();
    assert!(!page("a b").contains("Last changed"), "the clone's one commit did not write it");
    // what was changed since is known
    std::fs::write(dir.join("content/a b.md"), "# First\n\nMore.\n").unwrap();
    git(&dir, "2026-02-10", &["add", "--all"]);
    git(&dir, "2026-02-10", &["commit", "--quiet", "--message", "more"]);
    build();
    assert!(page("a b").contains("Last changed on 10 February 2026"));
    assert!(!page("ü").contains("Last changed"));
}

#[test]
fn without_a_repository_nothing_is_said() {
    let book = Book::new().file("content/a.md", "# First\n");
    book.run(&["build"]).succeeds();
    assert_eq!(said(&book, "a"), None);
}
