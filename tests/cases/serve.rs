//! `serve`: what is served, when it is new, and who is told.

mod busy;
mod closed;
mod editors;
mod errors;
mod random;
mod saves;
mod unseen;

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::preview::{Events, Preview};
use crate::runner::Book;

/// A page of the sample.
const PAGE: &str = "/guide/one/";

/// A book with some pages, a picture and a theme of its own.
fn sample() -> Book {
    Book::made().file("content/guide/one.md", "# One\n\nFirst.\n").file("content/guide/dot.bin", "\u{1}\u{2}")
}

/// Where its text is.
const ONE: &str = "content/guide/one.md";

/// The sample, its preview, and what that tells.
struct Open {
    book: Book,
    preview: Preview,
    events: Events,
}

fn open() -> Open {
    let book = sample();
    let preview = Preview::of(&book);
    let events = preview.events();
    Open { book, preview, events }
}

impl Open {
    #[track_caller]
    fn shows(&mut self, path: &str, text: &str) {
        self.preview.until_shows(&mut self.events, path, text);
    }

    #[track_caller]
    fn is(&mut self, path: &str, status: u16) {
        self.preview.until_status(&mut self.events, path, status);
    }

    fn rename(&self, from: &str, to: &str) {
        fs::rename(self.book.path(from), self.book.path(to)).unwrap();
    }

    fn remove(&self, path: &str) {
        fs::remove_file(self.book.path(path)).unwrap();
    }
}

#[test]
fn what_is_served_is_what_a_build_writes() {
    let book = sample();
    book.run(&["build"]).succeeds();
    let preview = Preview::of(&book);
    let files = book.files("site");
    assert!(files.len() > 10);
    for path in files.iter().filter(|path| !path.starts_with('.')) {
        let address = format!("/{}", path.strip_suffix("index.html").unwrap_or(path));
        let reply = preview.get(&address);
        assert_eq!((reply.status, address.as_str()), (200, address.as_str()));
        assert_eq!(reply.bare(), book.text(&format!("site/{path}")), "{path}");
    }
    let missing = preview.get("/no/such/page/");
    assert_eq!((missing.status, missing.bare()), (404, book.text("site/404.html")));
    let folder = preview.get("/guide/one?x");
    assert_eq!((folder.status, folder.header("Location")), (307, Some("/guide/one/")));
}

#[test]
fn nothing_is_ever_written() {
    let book = sample();
    let before = book.files(".");
    let preview = Preview::of(&book);
    let mut events = preview.events();
    book.put("content/guide/one.md", "# Changed\n");
    preview.until_shows(&mut events, PAGE, "Changed");
    assert_eq!(book.files("."), before);
}

#[test]
fn a_page_names_its_generation_and_events_name_the_present_one() {
    let book = sample();
    let preview = Preview::of(&book);
    let mut events = preview.events();
    let first = events.next();
    assert_eq!(preview.get(PAGE).generation(), first);
    let old = preview.get(PAGE);
    book.put("content/guide/one.md", "# Second\n");
    let second = events.next();
    assert!(second > first);
    // one that connects late is told at once, and learns that its page is old
    assert_eq!(preview.events().next(), second);
    let page = preview.get(PAGE);
    assert_eq!(page.generation(), second);
    assert_ne!(page.header("ETag"), old.header("ETag"));
    drop(preview);
    let again = Preview::of(&book);
    assert!(again.events().next() > second);
    // nothing of the page changed: a browser that kept it has no reason to load it again
    assert_eq!(again.get(PAGE).header("ETag"), page.header("ETag"));
}

#[test]
fn a_page_is_asked_whether_it_changed_itself() {
    let book = sample();
    let preview = Preview::of(&book);
    let mut events = preview.events();
    book.put("content/guide/two.md", "# Two\n");
    preview.until_status(&mut events, "/guide/two/", 200);
    let [two, one] = ["/guide/two/", PAGE].map(|path| preview.get(path).header("ETag").unwrap().to_owned());
    assert!(two.starts_with('"'), "a strong tag: {two}");
    book.put("content/guide/one.md", "# One\n\nSecond.\n");
    preview.until_shows(&mut events, "/guide/one/", "Second");
    let asked = |path: &str, tag: &str| preview.ask("GET", path, &format!("\r\nIf-None-Match: {tag}")).status;
    assert_eq!(asked("/guide/two/", &two), 304);
    assert_eq!(asked("/guide/one/", &one), 200);
    assert_eq!(asked("/guide/two/", &format!("\"x\", {two}")), 304);
    assert_eq!(preview.ask("GET", "/guide/two/", &format!("\r\nIf-None-Match: {two}")).body, "");
}

#[test]
fn another_style_sheet_changes_only_that_part_of_the_tag() {
    let book = sample();
    book.put("themes/mine/theme.toml", "name = \"mine\"\ninterface = 1\n");
    book.put("themes/mine/static/style.css", "a{color:red}");
    let toml = format!("{}\n[output.html]\ntheme = \"mine\"\n", book.text("book.toml"));
    let toml = if book.text("book.toml").contains("[output.html]") {
        book.text("book.toml").replace("[output.html]", "[output.html]\ntheme = \"mine\"")
    } else {
        toml
    };
    book.put("book.toml", &toml);
    let preview = Preview::of(&book);
    let mut events = preview.events();
    for color in ["blue", "green"] {
        let parts = || {
            let tag = preview.get(PAGE).header("ETag").unwrap().trim_matches('"').to_owned();
            tag.split('-').map(str::to_owned).collect::<Vec<_>>()
        };
        let before = parts();
        let sheet = |preview: &Preview| {
            let page = preview.get(PAGE).body;
            let path = page.split("href=\"").find_map(|rest| {
                let path = rest.split('"').next()?;
                path.contains("style-").then(|| path.trim_start_matches("../").to_owned())
            });
            preview.get(&format!("/{}", path.unwrap())).body
        };
        // the folder of the theme is replaced as a whole
        fs::rename(book.path("themes/mine"), book.path(&format!("themes/old-{color}"))).unwrap();
        book.put("themes/mine/static/style.css", &format!("a{{color:{color}}}"));
        book.put("themes/mine/theme.toml", "name = \"mine\"\ninterface = 1\n");
        preview.until(&mut events, color, |preview| sheet(preview).contains(color));
        let after = parts();
        assert_eq!((&before[0], &before[2]), (&after[0], &after[2]));
        assert_ne!(before[1], after[1]);
    }
}

#[test]
fn reading_and_touching_build_nothing() {
    let book = sample();
    let preview = Preview::of(&book);
    let mut events = preview.events();
    let first = events.next();
    for _ in 0..20 {
        for path in book.files("content") {
            let _ = fs::read(book.path(&format!("content/{path}"))).unwrap();
        }
        preview.get(PAGE);
    }
    for path in book.files("content") {
        let path = book.path(&format!("content/{path}"));
        // the same bytes over themselves: a file that is cut off first is empty for a moment
        let same = fs::read(&path).unwrap();
        fs::File::options().write(true).open(&path).unwrap().write_all(&same).unwrap();
    }
    book.put("content/guide/one.md", "# One\n\nAn end.\n");
    preview.until_shows(&mut events, "/guide/one/", "An end");
    assert_eq!(preview.builds(), 1, "{}", preview.said());
    assert!(preview.get(PAGE).generation() > first);
}

#[test]
fn a_change_that_no_page_shows_tells_nobody() {
    let book = sample();
    book.put("content/guide/one.md", "+++\nweight = 1\n+++\n\n# One\n\nFirst.\n");
    let preview = Preview::of(&book);
    let mut events = preview.events();
    let first = events.next();
    let before = preview.get(PAGE);
    book.put("content/guide/one.md", "+++\nweight = 1 # a comment\n+++\n\n# One\n\nFirst.\n");
    assert_eq!(preview.builds(), 1, "{}", preview.said());
    assert_eq!(preview.get(PAGE).body, before.body);
    // the next event is that of a change that shows
    book.put("content/guide/one.md", "+++\nweight = 1\n+++\n\n# One\n\nSecond.\n");
    assert!(events.next() > first);
    assert!(preview.get(PAGE).body.contains("Second"));
}

#[test]
fn a_file_that_is_emptied_before_it_is_filled_is_not_shown_empty() {
    let book = sample();
    let preview = Preview::of(&book);
    let mut events = preview.events();
    let page = preview.get(PAGE).body;
    for round in 0..5 {
        let mut file = fs::File::create(book.path("content/guide/one.md")).unwrap();
        let began = std::time::Instant::now();
        // as long as a save may take
        while began.elapsed() < std::time::Duration::from_millis(30) {
            let seen = preview.get(PAGE).body;
            assert!(seen == page || seen.contains("Lap"), "{seen}");
        }
        write!(file, "# One\n\nLap {round}.\n").unwrap();
        preview.until_shows(&mut events, PAGE, &format!("Lap {round}"));
    }
    // and one that stays empty is
    book.put("content/guide/one.md", "");
    preview.until(&mut events, "empty", |preview| !preview.get(PAGE).body.contains("Lap"));
}

#[test]
fn what_is_built_into_the_tree_wakes_nobody() {
    let book = sample();
    let toml = book.text("book.toml");
    let toml = toml.replace("src = \"content\"\n", "");
    book.put("book.toml", &toml.replacen("[book]", "[book]\nsrc = \".\"", 1));
    fs::remove_dir_all(book.path("content/okrs")).unwrap();
    let preview = Preview::of(&book);
    let mut events = preview.events();
    book.run(&["build"]);
    book.put("site/stray.md", "# Stray\n");
    book.put("content/guide/one.md", "# One\n\nAn end.\n");
    preview.until_shows(&mut events, "/content/guide/one/", "An end");
    assert_eq!(preview.get("/site/stray/").status, 404);
    assert_eq!(preview.builds(), 1, "{}", preview.said());
}

#[test]
fn a_request_never_sees_half_of_a_generation() {
    let rounds = if std::env::var_os("OKRBOOK_HEAVY").is_some() { 50 } else { 8 };
    let book = sample();
    let text =
        |round: usize| format!("# Page\n\nround-{round}-begins {} round-{round}-ends\n", "x ".repeat(20_000));
    book.put("content/a.md", &text(0));
    let preview = Preview::of(&book);
    let mut events = preview.events();
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let hammers: Vec<_> = (0..4)
            .map(|_| {
                scope.spawn(|| {
                    let mut seen = BTreeSet::new();
                    while !done.load(Ordering::Relaxed) {
                        let page = preview.get("/a/");
                        assert_eq!(page.status, 200);
                        let number = |end: &str| {
                            let before = page.body.split(end).next().unwrap();
                            before.rsplit("round-").next().unwrap().parse::<usize>().unwrap()
                        };
                        assert_eq!(number("-begins"), number("-ends"));
                        seen.insert((page.generation(), number("-begins")));
                    }
                    seen
                })
            })
            .collect();
        for round in 1..=rounds {
            // in one step, as most editors do: half a file is not half a generation
            book.put("content/.a.md.new", &text(round));
            fs::rename(book.path("content/.a.md.new"), book.path("content/a.md")).unwrap();
            preview.until_shows(&mut events, "/a/", &format!("round-{round}-ends"));
        }
        done.store(true, Ordering::Relaxed);
        let seen: BTreeSet<(u64, usize)> =
            hammers.into_iter().flat_map(|hammer| hammer.join().unwrap()).collect();
        let rounds: Vec<usize> = seen.iter().map(|(_, round)| *round).collect();
        assert!(rounds.is_sorted(), "a later generation has older pages: {seen:?}");
    });
}
