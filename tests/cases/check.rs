//! `check`: what it prints in each format, and what it exits with.

use crate::runner::Book;

fn broken() -> Book {
    Book::new().file("book.toml", "[book]\ntitle = \"Book\"\ntitel = \"x\"\n")
}

#[test]
fn an_error_fails_the_run_and_nothing_is_written() {
    let book = broken();
    let ran = book.run(&["check"]).exits(1).prints("error[format/unknown-key]").prints("--> book.toml:3:1");
    assert_eq!(ran.error, "");
    assert!(ran.output.ends_with("cycles\n") && ran.output.contains("\n1 error in "), "{}", ran.output);
    assert_eq!(book.files("."), ["book.toml", "content/index.md"]);
    Book::new().run(&["check", "--deny", "warnings"]).succeeds().prints("nothing to report in ");
}

#[test]
fn the_formats_print_nothing_but_themselves() {
    let book = broken();
    let short = book.run(&["check", "--format", "short"]).exits(1).output;
    assert!(short.starts_with("book.toml:3:1: error[format/unknown-key]: "), "{short}");
    assert_eq!(short.lines().count(), 1);
    for format in ["json", "sarif", "gitlab", "rdjson"] {
        let output = book.run(&["check", "--format", format, "--color", "always"]).exits(1).output;
        let value: serde_json::Value = serde_json::from_str(&output).unwrap();
        assert!(value.to_string().contains("format/unknown-key"), "{format}");
    }
    let github = book.run(&["check", "--format", "github"]).exits(1).output;
    assert!(github.starts_with("::error file=book.toml,line=3,col=1,"), "{github}");
}

#[test]
fn tools_that_run_above_the_book_find_its_files() {
    let book = Book::empty().file("docs/book.toml", "[book]\ntitel = 1\n").file("docs/content/a.md", "");
    let github = book.run(&["check", "--book", "docs", "--format", "github"]).exits(1).output;
    assert!(github.starts_with("::error file=docs/book.toml,"), "{github}");
    let json = book.run(&["check", "--book", "docs", "--format", "json"]).exits(1);
    json.prints("\"path\": \"book.toml\"");
}

#[test]
fn a_file_that_cannot_be_read_is_a_finding_beside_the_others() {
    let book = broken();
    std::fs::create_dir_all(book.path("themes/none")).unwrap();
    book.put("book.toml", "[book]\ntitle = \"B\"\ntitel = 1\n[output.html]\ntheme = \"non\"\n");
    book.run(&["check", "--format", "short"])
        .exits(1)
        .prints("book.toml:3:1: error[format/unknown-key]")
        .prints("book.toml:5:9: error[format/unreadable]: there is no theme `non`");
    book.run(&["check", "--only", "format/unreadable", "--format", "short"]).exits(1).prints("no theme");
}

#[cfg(unix)]
#[test]
fn a_pipe_in_the_sources_does_not_block() {
    let book = Book::new();
    let made = std::process::Command::new("mkfifo").arg(book.path("content/pipe.md")).status().unwrap();
    assert!(made.success());
    book.run(&["check", "--format", "short"])
        .exits(1)
        .prints("content/pipe.md:1:1: error[format/unreadable]");
}

#[test]
fn a_file_that_is_not_utf8_is_never_rewritten() {
    let book = Book::new();
    let bytes = b"[book]\ntitle = \"\xff\"\ntitel = 1\n";
    std::fs::write(book.path("book.toml"), bytes).unwrap();
    book.run(&["check", "--fix"]).exits(1).prints("format/not-utf8");
    assert_eq!(std::fs::read(book.path("book.toml")).unwrap(), bytes);
}
