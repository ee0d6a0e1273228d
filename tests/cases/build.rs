//! `build`: when the site is written, where, and what is left alone.

use crate::runner::{Book, Ran};

#[test]
fn a_build_says_what_it_did_and_a_second_has_nothing_to_do() {
    let book = Book::new().file("content/a/b.png", "picture");
    let ran = book.run(&["build"]).succeeds().says("built ").says(" into `site` in ");
    assert_eq!(ran.output, "");
    let first = book.files("site");
    book.run(&["build"]).succeeds().says(": 0 written, ");
    assert_eq!(book.files("site"), first);
}

#[test]
fn with_errors_the_site_stays_unless_forced() {
    let book = Book::new();
    book.run(&["build"]).succeeds();
    let before = book.text("site/index.html");
    book.put("book.toml", "[book]\ntitle = \"Book\"\ntitel = \"x\"\n");
    book.put("content/index.md", "# Another home\n");
    let ran = book.run(&["build"]).exits(1).says("error[format/unknown-key]").says("--force");
    assert_eq!(ran.output, "");
    assert_eq!(book.text("site/index.html"), before);
    book.run(&["build", "--force"]).exits(1).says("built ");
    assert_ne!(book.text("site/index.html"), before);
}

#[test]
fn of_two_with_one_address_a_forced_build_publishes_the_first() {
    let book = Book::new()
        .file("content/a.md", "# The first\n")
        .file("content/a/index.md", "# The second\n")
        .file("content/health.md", "# Our health\n\nNobody is ill.\n")
        .file("content/a/index.html", "a file")
        .file("content/okrs.json", "mine");
    let count = |ran: &Ran| ran.error.matches("error[format/taken-name]").count();
    let ran = book.run(&["build"]).exits(1);
    assert_eq!(count(&ran), 4);
    let ran = book.run(&["build", "--force"]).exits(1).says("built ");
    assert_eq!(count(&ran), 4);
    assert!(book.text("site/a/index.html").contains("The first"));
    assert!(!book.text("site/health/index.html").contains("Nobody is ill"), "the site's own page");
    assert!(book.text("site/okrs.json").contains("\"version\""));
}

#[test]
fn out_is_from_the_current_folder_and_build_dir_from_the_books() {
    let book = Book::new().file("book.toml", "[book]\ntitle = \"B\"\n[build]\nbuild-dir = \"public\"\n");
    book.run_in("content", &["build"]).succeeds();
    assert!(book.path("public/index.html").is_file());
    book.run(&["build", "--out", "elsewhere/site"]).succeeds();
    assert!(book.path("elsewhere/site/index.html").is_file());
    book.run_in("content", &["build", "--out", "out"]).refuses("lies in `content`");
    assert!(!book.path("content/out").exists());
}

#[test]
fn a_folder_of_somebody_else_is_left_alone() {
    let book = Book::new().file("www/index.html", "mine").file("www/notes.txt", "mine");
    book.run(&["build", "--out", "www"]).refuses("`index.html` stands in the way");
    assert_eq!(book.files("www"), ["index.html", "notes.txt"]);
    assert_eq!(book.text("www/index.html"), "mine");
    std::fs::remove_file(book.path("www/index.html")).unwrap();
    book.run(&["build", "--out", "www"]).succeeds();
    assert_eq!(book.text("www/notes.txt"), "mine");
    book.run(&["build", "--out", "book.toml"]).refuses("it is a file");
}

#[test]
fn two_builds_at_once_leave_a_whole_site() {
    let book = Book::new();
    for number in 0..50 {
        book.put(&format!("content/{number}.bin"), &"x".repeat(10_000));
    }
    let start = || book.command(&["build"]).stderr(std::process::Stdio::piped()).spawn().unwrap();
    let ended: Vec<_> = [start(), start(), start()].map(|child| child.wait_with_output().unwrap()).into();
    assert!(ended.iter().any(|ended| ended.status.success()));
    for ended in &ended {
        let error = String::from_utf8_lossy(&ended.stderr);
        assert!(ended.status.success() || error.contains("another build is writing"), "{error}");
    }
    book.run(&["build"]).succeeds().says(": 0 written, ");
}

#[cfg(unix)]
#[test]
fn a_build_that_is_killed_is_made_good_by_the_next() {
    let rounds = if std::env::var_os("OKRBOOK_HEAVY").is_some() { 100 } else { 8 };
    let book = Book::new();
    for round in 0..rounds {
        for number in 0..150 {
            book.put(&format!("content/{}/{number}.bin", round % 3), &format!("{round}").repeat(5_000));
        }
        let mut child = book.command(&["build"]).stderr(std::process::Stdio::null()).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(round * 7 % 60));
        let _ = child.kill();
        child.wait().unwrap();
        for path in book.files("site").iter().filter(|path| path.ends_with(".bin")) {
            let length = book.text(&format!("site/{path}")).len();
            assert!(length == 5_000 || length == 10_000, "{path} is torn: {length}");
        }
        std::fs::remove_dir_all(book.path(&format!("content/{}", round % 3))).unwrap();
        if round % 3 == 2 {
            book.run(&["build"]).succeeds();
            let left: Vec<String> = book.files("site");
            assert_eq!(
                left.iter().filter(|path| path.ends_with(".bin") || path.contains("tmp")).count(),
                0,
                "{left:?}"
            );
        }
    }
}

/// A limit on the size of files stands in for a full disk: the write fails half-way.
#[cfg(unix)]
#[test]
fn a_write_that_fails_half_way_leaves_nothing_torn() {
    let book = Book::new().file("content/small.bin", "old").file("content/large.bin", "old");
    book.run(&["build"]).succeeds();
    let before = book.files("site");
    book.put("content/large.bin", &"x".repeat(200_000));
    let mut command = std::process::Command::new("sh");
    let script = "trap '' XFSZ; ulimit -f 64; exec \"$0\" build";
    command.args(["-c", script, env!("CARGO_BIN_EXE_okrbook")]).current_dir(book.path("."));
    Ran::of(command).exits(2).says("cannot write `").says("large.bin`: ");
    assert_eq!(book.files("site"), before);
    let large = before.iter().find(|path| path.ends_with("large.bin")).unwrap();
    assert_eq!(book.text(&format!("site/{large}")), "old");
    book.run(&["build"]).succeeds().says(": 1 written, ");
    assert_eq!(book.text(&format!("site/{large}")).len(), 200_000);
}

#[test]
fn a_site_among_the_texts_is_no_text() {
    let book = Book::new().file("book.toml", "[book]\ntitle = \"B\"\nsrc = \".\"\n").file("a.md", "# A\n");
    for out in ["public", "drafts/preview"] {
        let count =
            |ran: &Ran| ran.error.split("built ").nth(1).unwrap().split(' ').next().unwrap().to_owned();
        let first = book.run(&["build", "--out", out]).succeeds();
        let again = book.run(&["build", "--out", out]).succeeds();
        assert_eq!(count(&first), count(&again), "{out}: {}", again.error);
        assert!(!book.path(&format!("{out}/{out}")).exists(), "no site in the site");
    }
    book.run(&["build"]).succeeds();
    assert!(!book.path("site/public").exists() && !book.path("site/drafts").exists());
    assert!(book.path("site/a/index.html").exists());
}

#[test]
fn an_address_is_a_path_or_a_url() {
    let book = Book::new();
    for url in ["/", "/okrs/", "https://example.com/okrs/"] {
        book.run(&["build", "--site-url", url]).succeeds();
    }
}

#[test]
fn files_that_end_in_markdown_are_documents_and_pages() {
    let book = Book::new()
        .file("content/guide/how.markdown", "# How we plan\n\n[back](index.markdown)\n")
        .file("content/guide/index.markdown", "# Guide\n\n[how](how.markdown), [again](.)\n")
        .file("content/okrs/2026-q1/nobody.markdown", "+++\n+++\n");
    book.run(&["check"]).exits(1).prints("nobody.markdown:1:1");
    std::fs::remove_file(book.path("content/okrs/2026-q1/nobody.markdown")).unwrap();
    book.run(&["build"]).succeeds();
    assert!(book.text("site/guide/how/index.html").contains("How we plan"));
    assert!(!book.path("site/guide/how.markdown").exists(), "not copied as another file");
}

#[test]
fn pages_hold_no_character_that_html_does_not_allow() {
    let book = Book::new()
        .file("book.toml", "[book]\ntitle = \"A\\u001b[31m red\\u0007 book\\u0085\"\n")
        .file("content/a.md", "+++\ntitle = \"Red\\u001b[31m\"\n+++\n\nIt rings: \u{7}, `\u{9b}31m`.\n");
    book.run(&["build"]).succeeds();
    for page in ["site/index.html", "site/a/index.html", "site/health/index.html", "site/404.html"] {
        let html = book.text(page);
        let control = |c: char| c.is_control() && !matches!(c, '\n' | '\t' | '\r');
        assert_eq!(html.find(control), None, "{page}");
        assert!(html.contains('\u{fffd}'), "{page}: one sees that something was there");
    }
}
