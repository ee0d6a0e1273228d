//! Every way in which a file comes to have another content, or no place any more.

use std::fs;

use super::{ONE, open, sample};
use crate::preview::Preview;
use crate::repository::git;
use crate::runner::Book;

#[test]
fn what_is_gone_is_gone() {
    let mut open = open();
    for name in ["two", "three"] {
        open.book.put(&format!("content/guide/{name}.md"), "# Page\n");
        open.is(&format!("/guide/{name}/"), 200);
    }
    fs::remove_file(open.book.path("content/guide/two.md")).unwrap();
    open.is("/guide/two/", 404);
    open.rename("content/guide/three.md", "content/guide/four.md");
    open.is("/guide/four/", 200);
    assert_eq!(open.preview.get("/guide/three/").status, 404);
    // to the trash: out of the tree
    open.rename("content/guide/four.md", "four.md");
    open.is("/guide/four/", 404);
    open.rename("content/guide", "content/manual");
    open.is("/manual/one/", 200);
    assert_eq!(open.preview.get("/guide/one/").status, 404);
    assert_eq!(open.preview.get("/manual/dot.bin").status, 200);
    assert_eq!(open.preview.get("/guide/dot.bin").status, 404);
    fs::remove_dir_all(open.book.path("content/manual")).unwrap();
    open.is("/manual/one/", 404);
}

#[test]
fn new_folders_come_with_their_files() {
    let mut open = open();
    open.book.put("content/a/b/c/d/deep.md", "# Deep\n\nFirst.\n");
    open.shows("/a/b/c/d/deep/", "First");
    open.book.put("content/a/b/c/d/deep.md", "# Deep\n\nSecond.\n");
    open.shows("/a/b/c/d/deep/", "Second");
    // one that is moved in is a single event
    open.book.put("aside/x/y.md", "# Y\n");
    open.rename("aside", "content/moved");
    open.is("/moved/x/y/", 200);
    open.book.put("content/moved/x/y.md", "# Y\n\nChanged.\n");
    open.shows("/moved/x/y/", "Changed");
}

#[test]
fn two_hundred_files_at_once() {
    let mut open = open();
    for round in ["first", "second"] {
        for number in 0..200 {
            open.book
                .put(&format!("content/many/{}/{number}.md", number % 7), &format!("# Page\n\n{round}\n"));
        }
        for number in 0..200 {
            open.shows(&format!("/many/{}/{number}/", number % 7), round);
        }
    }
}

#[test]
fn git_changes_two_hundred_files_back_and_forth() {
    let mut open = open();
    let write = |word: &str| {
        for number in 0..200 {
            let path = format!("content/many/{}/{number}.md", number % 7);
            open.book.put(&path, &format!("# Page {number}\n\n{word} {number}.\n"));
        }
    };
    git(&open.book, &["init", "-q", "-b", "main"]);
    write("first");
    git(&open.book, &["add", "."]);
    git(&open.book, &["commit", "-qm", "first"]);
    git(&open.book, &["checkout", "-qb", "other"]);
    write("second");
    open.book.put("content/only-here.md", "# Only here\n");
    fs::remove_dir_all(open.book.path("content/many/3")).unwrap();
    git(&open.book, &["add", "-A", "."]);
    git(&open.book, &["commit", "-qm", "second"]);
    for (branch, word, there) in
        [("main", "first", true), ("other", "second", false), ("main", "first", true)]
    {
        git(&open.book, &["checkout", "-q", branch]);
        for number in 0..200 {
            let path = format!("/many/{}/{number}/", number % 7);
            if there || number % 7 != 3 {
                open.shows(&path, &format!("{word} {number}."));
            } else {
                open.is(&path, 404);
            }
        }
        open.is("/only-here/", if there { 404 } else { 200 });
    }
}

#[test]
fn roots_are_replaced() {
    let mut open = open();
    for round in ["first", "second", "third"] {
        open.book.put("next/page.md", &format!("# Home\n\n{round}\n"));
        open.rename("content", &format!("old-{round}"));
        open.rename("next", "content");
        open.shows("/page/", round);
        open.book.put("content/page.md", &format!("# Home\n\nafter {round}\n"));
        open.shows("/page/", &format!("after {round}"));
    }
}

#[test]
fn the_whole_folder_is_replaced() {
    let book = Book::empty();
    let make = |name: &str, text: &str| {
        book.put(&format!("{name}/book.toml"), "[book]\ntitle = \"Book\"\n");
        book.put(&format!("{name}/content/page.md"), &format!("# Home\n\n{text}\n"));
    };
    make("here", "old");
    let preview = Preview::with(&book, &["--book", "here"]);
    let mut events = preview.events();
    make("there", "new");
    fs::rename(book.path("here"), book.path("gone")).unwrap();
    preview.until_shows(&mut events, "/page/", "the handbook cannot be read");
    assert!(preview.get("/page/").body.contains("old"));
    fs::rename(book.path("there"), book.path("here")).unwrap();
    preview.until(&mut events, "the new one", |preview| {
        let page = preview.get("/page/").body;
        page.contains("new") && !page.contains("okrbook-overlay")
    });
    book.put("here/content/page.md", "# Home\n\nnewer\n");
    preview.until_shows(&mut events, "/page/", "newer");
}

#[test]
fn book_toml_is_replaced_twice() {
    let mut open = open();
    let toml = open.book.text("book.toml");
    let old = toml.lines().find(|line| line.starts_with("title = ")).unwrap().to_owned();
    for title in ["Another handbook", "A third handbook"] {
        open.book.put("book.toml.new", &toml.replacen(&old, &format!("title = \"{title}\""), 1));
        open.rename("book.toml.new", "book.toml");
        open.shows("/", title);
    }
}

#[test]
fn a_change_that_size_and_time_do_not_show() {
    let mut open = open();
    let path = open.book.path(ONE);
    open.book.put(ONE, "# One\n\nBlack.\n");
    open.shows("/guide/one/", "Black");
    let time = fs::metadata(&path).unwrap().modified().unwrap();
    for word in ["White", "Green", "Brown"] {
        open.book.put(ONE, &format!("# One\n\n{word}.\n"));
        fs::File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
        open.shows("/guide/one/", word);
        assert_eq!(fs::metadata(&path).unwrap().modified().unwrap(), time);
    }
}

#[test]
fn without_events_it_looks_by_itself() {
    let book = sample();
    let preview = Preview::with(&book, &["--poll"]);
    let mut events = preview.events();
    book.put(ONE, "# One\n\nSeen.\n");
    preview.until_shows(&mut events, "/guide/one/", "Seen");
}
