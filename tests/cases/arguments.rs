//! What is said on the command line, and how the program ends.

use std::process::Stdio;

use crate::runner::{Book, Ran};

#[test]
fn help_is_printed_and_ends_well() {
    let book = Book::empty();
    book.run(&["--help"]).succeeds().prints("okrbook init okrs");
    book.run(&["--version"]).succeeds().prints(env!("CARGO_PKG_VERSION"));
    for command in [
        "init", "check", "build", "export", "explain", "new", "share", "feedback", "approve", "amend",
        "check-in", "grade", "diff",
    ] {
        let ran = book.run(&[command, "--help"]).succeeds().prints("Example").prints("Exits with 0");
        assert_eq!(ran.error, "");
    }
}

#[test]
fn what_does_not_exist_is_refused_with_a_suggestion() {
    let book = Book::new();
    book.run(&["bild"]).refuses("similar").says("build");
    book.run(&["build", "--dat", "2026-01-01"]).refuses("--date");
    book.run(&["explain", "reference/unkown"]).refuses("did you mean `reference/unknown`?");
    book.run(&["check", "--only", "refrence"]).refuses("did you mean `reference`?");
    book.run(&["check", "--format", "jsn"]).refuses("json");
    book.run(&["check", "--deny", "errors"]).refuses("warnings");
    book.run(&["check", "--date", "2026-02-30"]).refuses("there is no such day");
    book.run(&["check", "--date", "20.2.2026"]).refuses("2026-02-20");
    book.run(&["build", "--site-url", "okrs.example.com"]).refuses("https://");
    assert_eq!(book.files("."), ["book.toml", "content/index.md"]);
}

#[test]
fn the_day_of_the_environment_is_a_number_of_seconds() {
    let book = Book::new();
    let mut command = book.command(&["check"]);
    command.env("SOURCE_DATE_EPOCH", "yesterday");
    Ran::of(command).refuses("SOURCE_DATE_EPOCH is `yesterday`");
    let mut command = book.command(&["check", "--date", "2026-02-20"]);
    command.env("SOURCE_DATE_EPOCH", "yesterday");
    Ran::of(command).succeeds();
}

#[test]
fn a_book_is_found_upward_or_named() {
    let book = Book::new().file("content/guide/a.md", "# A\n");
    book.run_in("content/guide", &["check"]).succeeds();
    let elsewhere = Book::empty();
    elsewhere.run(&["check"]).refuses("there is no book.toml in").says("okrbook init");
    let dir = book.path("");
    let dir = dir.to_str().unwrap();
    elsewhere.run(&["check", "--book", dir]).succeeds();
    elsewhere.run(&["--book", dir, "check"]).succeeds();
    elsewhere.run(&["check", "--book", "nowhere"]).refuses("nowhere").says("it is not there");
    book.run_in("content", &["check", "--book", "."]).refuses("book.toml");
}

#[test]
fn color_comes_when_asked_for_or_wanted() {
    let book = Book::new().file("book.toml", "titel = 1\n");
    let plain = |ran: Ran| !ran.output.contains('\u{1b}');
    assert!(plain(book.run(&["check"])));
    assert!(!plain(book.run(&["check", "--color", "always"])));
    let with = |arguments: &[&str], environment: &[(&str, &str)]| {
        let mut command = book.command(arguments);
        command.envs(environment.iter().copied());
        plain(Ran::of(command))
    };
    assert!(!with(&["check"], &[("CLICOLOR_FORCE", "1")]));
    assert!(with(&["check"], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
    assert!(with(&["check", "--color", "never"], &[("CLICOLOR_FORCE", "1")]));
    assert!(!with(&["check", "--color", "always"], &[("NO_COLOR", "1")]));
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let book = Book::new();
    let mut child = book.command(&["explain"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let ended = child.wait_with_output().unwrap();
    assert_eq!((ended.status.code(), ended.stderr), (Some(0), Vec::new()));
}

#[cfg(target_os = "linux")]
#[test]
fn an_output_that_cannot_be_written_is_a_failure() {
    let book = Book::new();
    for arguments in [["explain"], ["--help"], ["--version"]] {
        let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
        let mut command = book.command(&arguments);
        let ended = command.stdout(full).stderr(Stdio::piped()).spawn().unwrap().wait_with_output().unwrap();
        assert_eq!(ended.status.code(), Some(2), "{arguments:?}");
        let said = String::from_utf8_lossy(&ended.stderr);
        assert!(said.contains("cannot write to the output: the disk is full"), "{said}");
    }
}

#[test]
fn every_rule_that_is_listed_is_explained() {
    let book = Book::empty();
    let list = book.run(&["explain"]).succeeds().output;
    let rules: Vec<&str> = list
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .filter(|word| word.contains('/'))
        .collect();
    assert!(!rules.is_empty());
    for rule in rules {
        book.run(&["explain", rule]).succeeds().prints(rule).prints("Why: ");
    }
}
