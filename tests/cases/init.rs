//! `init`: a new handbook that builds without a warning on any day, and takes nobody's place.

use crate::runner::Book;

#[test]
fn a_new_handbook_has_nothing_to_report_whatever_the_day() {
    for month in 1..=12 {
        for day in [1, 2, 3, 4, 16, 17, 18, 28] {
            let date = format!("2027-{month:02}-{day:02}");
            let book = Book::empty().date(&date);
            book.run(&["init", "--date", &date]).succeeds();
            let ran = book.run(&["check", "--deny", "warnings", "--date", &date]).succeeds();
            assert!(ran.output.starts_with("nothing to report in "), "{date}: {}", ran.output);
        }
    }
}

#[test]
fn it_is_for_the_coming_quarter_and_builds() {
    let book = Book::made();
    assert!(book.path("content/okrs/2026-q2/direction.md").is_file());
    assert!(book.path(".gitignore").is_file());
    assert!(book.text("content/okrs/2026-q2/company.md").contains("shared = 2026-02-20"));
    book.run(&["build"]).succeeds();
}

#[test]
fn it_makes_its_folder_and_says_what_is_next() {
    let book = Book::empty();
    let ran = book.run(&["init", "a/b"]).succeeds().says("cd a/b").says("okrbook build");
    assert_eq!(ran.output, "");
    assert!(book.path("a/b/book.toml").is_file());
}

#[test]
fn it_takes_nobodys_place() {
    let book = Book::new();
    book.run(&["init"]).refuses("there is a book.toml in `.` already");
    assert_eq!(book.files("."), ["book.toml", "content/index.md"]);
    let book = Book::empty().file("content/index.md", "mine");
    book.run(&["init"]).refuses("`content/index.md` is there already");
    assert_eq!(book.files("."), ["content/index.md"]);
    let book = Book::empty().file("content", "a file");
    book.run(&["init"]).refuses("a file is in the way");
    assert_eq!(book.files("."), ["content"]);
}

#[test]
fn a_day_without_a_coming_quarter_is_refused() {
    let book = Book::empty();
    book.run(&["init", "--date", "9999-12-31"]).refuses("there is no quarter after 9999-12-31");
    assert_eq!(book.files("."), [""; 0]);
}
