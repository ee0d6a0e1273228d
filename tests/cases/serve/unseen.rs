//! Changes of which the system says nothing, or not where they happen: they are seen all the same, because it is looked every two
//! seconds. That no event came is so by how the change is made, and that no look was due by waiting for it.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::symlink;

use super::{ONE, PAGE, open, sample};
use crate::preview::Preview;

/// A file has another name outside the folders that are watched, and is written under that one: events go to
/// the folder of the name.
#[test]
fn a_change_without_any_event() {
    let mut open = open();
    fs::create_dir(open.book.path("elsewhere")).unwrap();
    fs::hard_link(open.book.path(ONE), open.book.path("elsewhere/one.md")).unwrap();
    for word in ["first", "second"] {
        open.events.quiet();
        open.book.put("elsewhere/one.md", &format!("# One\n\nThe {word} that nobody told of.\n"));
        open.shows(PAGE, &format!("The {word} that nobody told of"));
    }
}

#[test]
fn a_change_behind_a_symbolic_link() {
    let book = sample();
    book.put("shared/linked.md", "# Linked\n\nBefore.\n");
    symlink("../../shared/linked.md", book.path("content/guide/linked.md")).unwrap();
    symlink("../shared", book.path("content/folder")).unwrap();
    let preview = Preview::of(&book);
    let mut events = preview.events();
    for word in ["First", "Second"] {
        events.quiet();
        book.put("shared/linked.md", &format!("# Linked\n\n{word}.\n"));
        preview.until_shows(&mut events, "/guide/linked/", word);
        preview.until_shows(&mut events, "/folder/linked/", word);
    }
    // the link itself leads elsewhere
    book.put("shared/other.md", "# Linked\n\nThird.\n");
    fs::remove_file(book.path("content/guide/linked.md")).unwrap();
    symlink("../../shared/other.md", book.path("content/guide/linked.md")).unwrap();
    preview.until_shows(&mut events, "/guide/linked/", "Third");
    events.quiet();
    fs::remove_file(book.path("shared/linked.md")).unwrap();
    preview.until_status(&mut events, "/folder/linked/", 404);
}

/// More happens than a queue of the system holds, while files come and go: the last state is what counts.
#[test]
fn a_storm_of_events() {
    let mut open = open();
    let rounds = if std::env::var_os("OKRBOOK_HEAVY").is_some() { 40_000 } else { 2_000 };
    for round in 0..rounds {
        let path = open.book.path(&format!("content/guide/storm-{}.txt", round % 50));
        fs::write(&path, "x").unwrap();
        fs::remove_file(&path).unwrap();
    }
    open.book.put(ONE, "# One\n\nAfter the storm.\n");
    open.book.put("content/guide/storm-7.txt", "what is left");
    open.shows(PAGE, "After the storm");
    open.is("/guide/storm-7.txt", 200);
    open.is("/guide/storm-8.txt", 404);
}

/// A network drive that is lost for a moment: the folder is empty, then all is there again.
#[test]
fn a_source_folder_that_goes_and_comes() {
    let mut open = open();
    for word in ["first", "second"] {
        open.rename("content", "away");
        open.shows(PAGE, "is not there");
        assert!(open.preview.get(PAGE).body.contains("<h1"), "the last good page stays");
        open.book.put("away/guide/one.md", &format!("# One\n\nBack the {word} time.\n"));
        open.rename("away", "content");
        open.shows(PAGE, &format!("Back the {word} time"));
        let preview = &open.preview;
        preview
            .until(&mut open.events, "mended", |preview| !preview.get(PAGE).body.contains("okrbook-overlay"));
    }
}

/// Nobody can read it, or half of a letter is saved: that is told, and what was there stays.
#[test]
fn files_that_cannot_be_read() {
    let mut open = open();
    fs::write(open.book.path(ONE), b"# One\n\nHalf of a letter: \xc3").unwrap();
    open.shows(PAGE, "okrbook-overlay");
    assert!(open.preview.get(PAGE).body.contains("First."));
    fs::write(open.book.path(ONE), "# One\n\nA whole letter: \u{e9}\n").unwrap();
    open.shows(PAGE, "A whole letter: \u{e9}");
    // a socket in the place of a document
    let socket = std::os::unix::net::UnixListener::bind(open.book.path("content/guide/two.md")).unwrap();
    open.shows(PAGE, "is no regular file");
    drop(socket);
    open.remove("content/guide/two.md");
    open.preview
        .until(&mut open.events, "mended", |preview| !preview.get(PAGE).body.contains("okrbook-overlay"));
}
