//! Commands at once, and commands that are killed: nothing is lost.

use std::process::{Child, Stdio};

use crate::runner::Book;

const BOOK: &str =
    "[book]\ntitle = \"B\"\n[[level]]\nid = \"a\"\nname = \"A\"\n[unit.cloud]\nlevel = \"a\"\nname = \"C\"\n";
const DOCUMENT: &str = "+++\n# ours\n[[objective]]\nid = \"o\"\ntitle = \"O\"\nkey-result = [\n  { id = \"k\", title = \"K\", from = 0, to = 100 },\n  { id = \"l\", title = \"L\", from = 0, to = 100 },\n]\n+++\nText.\n";
const PATH: &str = "content/okrs/2026-q1/cloud.md";

fn book() -> Book {
    Book::empty().file("book.toml", BOOK).file(PATH, DOCUMENT)
}

fn rounds(quick: usize, heavy: usize) -> usize {
    if std::env::var_os("OKRBOOK_HEAVY").is_some() { heavy } else { quick }
}

fn started(book: &Book, arguments: &[&str]) -> Child {
    book.command(arguments).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
}

#[test]
fn fifty_check_ins_from_parallel_processes_are_all_there() {
    let book = book();
    let values: Vec<String> = (1..=50).map(|value| value.to_string()).collect();
    let children: Vec<Child> = values
        .iter()
        .enumerate()
        .map(|(at, value)| {
            started(&book, &["check-in", if at % 2 == 0 { "cloud/o/k" } else { "cloud/o/l" }, value])
        })
        .collect();
    for child in children {
        let ended = child.wait_with_output().unwrap();
        assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
    }
    let text = book.text(PATH);
    for value in &values {
        let row = format!("{{ on = 2026-02-20, value = {value} }},\n");
        assert_eq!(text.matches(&row).count(), 1, "{value} in\n{text}");
    }
    book.run(&["check", "--only", "format"]).succeeds();
    assert_eq!(book.files("."), ["book.toml", PATH]);
}

/// Kills commands in the middle of their work, at ever later moments: the document is always one that
/// was written whole, and every command that ended well has its check-in in it.
#[test]
fn a_killed_command_loses_no_document() {
    let book = book();
    let mut kept = Vec::new();
    for round in 0..rounds(25, 400) {
        let value = (round + 1).to_string();
        let mut child = started(&book, &["check-in", "cloud/o/k", &value]);
        // how far a process gets until it is killed differs by itself; what is spun adds to it
        for _ in 0..(round % 25) * 40_000 {
            std::hint::spin_loop();
        }
        let _ = child.kill();
        if child.wait().unwrap().success() {
            kept.push(value);
        }
        let text = book.text(PATH);
        assert!(text.starts_with("+++\n# ours\n") && text.ends_with("]\n+++\nText.\n"), "{text}");
        for value in &kept {
            assert!(text.contains(&format!("value = {value} }},\n")), "{value} in\n{text}");
        }
    }
    book.run(&["check", "--only", "format"]).succeeds();
    book.run(&["check-in", "cloud/o/l", "7"]).succeeds();
    assert_eq!(book.files("."), ["book.toml", PATH], "what a killed command left is cleared away");
}

#[test]
fn a_lock_that_a_dead_process_left_blocks_nobody() {
    let book = book().file(".okrbook-edit.lock", "");
    book.run(&["share", "cloud"]).succeeds();
    assert_eq!(book.files("."), ["book.toml", PATH]);
}
