//! Random edits on the disk under a running preview: whatever is saved, moved, deleted or broken, in the end it
//! serves what a clean build of the same files writes, and tells what that finds.

use std::collections::BTreeSet;
use std::fs;

use proptest::collection::vec;
use proptest::prelude::*;

use crate::cases::remembered::{Desk, Edit, edit};
use crate::preview::{Events, Preview};
use crate::runner::Book;

/// A handbook on the disk, kept as it is in memory.
struct Disk {
    book: Book,
    desk: Desk,
    /// Where clean builds are written.
    out: tempfile::TempDir,
    /// Which file is saved how.
    turn: usize,
}

impl Disk {
    fn new() -> Self {
        let mut desk = Desk::new();
        let toml = &desk.files["book.toml"];
        // nothing wrong with it at first
        let mild = "[rules]\n\"contract/altered\" = \"warning\"\n\"quality/no-owner\" = \"warning\"\n";
        let toml = toml.replacen("[rules]", mild, 1);
        desk.files.insert("book.toml".to_owned(), toml);
        let mut disk = Self { book: Book::empty(), desk, out: tempfile::tempdir().unwrap(), turn: 0 };
        disk.save();
        disk
    }

    /// Makes the disk what the memory is, one file in place, the next by a file beside it.
    fn save(&mut self) {
        let theme = self.desk.theme.iter().map(|(path, bytes)| (format!("themes/x/{path}"), bytes.clone()));
        let files = self.desk.files.iter().map(|(path, text)| (path.clone(), text.clone().into_bytes()));
        let wanted: Vec<(String, Vec<u8>)> = files.chain(theme).collect();
        let paths: BTreeSet<&str> = wanted.iter().map(|(path, _)| path.as_str()).collect();
        for gone in self.book.files(".").iter().filter(|path| !paths.contains(path.as_str())) {
            fs::remove_file(self.book.path(gone)).unwrap();
        }
        for (path, bytes) in wanted {
            let at = self.book.path(&path);
            if fs::read(&at).is_ok_and(|there| there == bytes) {
                continue;
            }
            fs::create_dir_all(at.parent().unwrap()).unwrap();
            self.turn += 1;
            if self.turn.is_multiple_of(2) {
                fs::write(&at, bytes).unwrap();
            } else {
                let beside = at.with_file_name(".saved");
                fs::write(&beside, bytes).unwrap();
                fs::rename(&beside, &at).unwrap();
            }
        }
    }

    /// A clean build: its pages and files, unless there are errors, and how many findings there are.
    fn built(&self) -> (Option<Vec<(String, String)>>, String) {
        let _ = fs::remove_dir_all(self.out.path());
        let out = self.out.path().to_str().unwrap();
        let ran = self.book.run(&["build", "--site-url", "/", "--out", out]);
        let tally = ran
            .error
            .lines()
            .rev()
            .find(|line| line.contains(" documents of ") || line.contains(" document of "));
        let tally = tally.unwrap_or_default().to_owned();
        if ran.status != Some(0) {
            return (None, tally);
        }
        let files = walkdir::WalkDir::new(self.out.path()).into_iter().map(Result::unwrap);
        let files = files.filter(|file| file.file_type().is_file()).map(|file| {
            let path = file.path().strip_prefix(self.out.path()).unwrap().to_str().unwrap().to_owned();
            (path, String::from_utf8_lossy(&fs::read(file.path()).unwrap()).into_owned())
        });
        (Some(files.filter(|(path, _)| !path.starts_with('.')).collect()), tally)
    }
}

fn address(path: &str) -> String {
    format!("/{}", path.strip_suffix("index.html").unwrap_or(path))
}

/// Waits until the preview is what a clean build is.
fn agrees(disk: &Disk, preview: &Preview, events: &mut Events, before: &mut BTreeSet<String>) {
    let (files, tally) = disk.built();
    let Some(files) = files else {
        preview.until(events, &tally, |preview| {
            let page = preview.get("/").body;
            page.contains("okrbook-overlay") && page.contains(&tally)
        });
        return;
    };
    // a page that changes last may be the one that is asked first
    for (path, text) in &files {
        let served = |preview: &Preview| preview.get(&address(path)).bare() == *text;
        preview.until(events, &format!("{path} is as built"), served);
    }
    let paths: BTreeSet<String> = files.into_iter().map(|(path, _)| path).collect();
    for gone in before.difference(&paths) {
        preview.until_status(events, &address(gone), 404);
    }
    *before = paths;
}

fn cases() -> u32 {
    if std::env::var_os("OKRBOOK_HEAVY").is_some() { 30 } else { 2 }
}

/// All but the day: that of a preview is not told by a file.
fn saved() -> impl Strategy<Value = Edit> {
    edit().prop_filter("the day", |edit| !matches!(edit, Edit::Date(_)))
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: cases(), max_shrink_iters: 20, failure_persistence: None, ..ProptestConfig::default()
    })]

    #[test]
    fn a_preview_is_a_clean_build(steps in vec(vec(saved(), 1..4), 2..6)) {
        let mut disk = Disk::new();
        let preview = Preview::of(&disk.book);
        let mut events = preview.events();
        let mut paths = BTreeSet::new();
        let good = disk.desk.clone();
        agrees(&disk, &preview, &mut events, &mut paths);
        for edits in &steps {
            edits.iter().for_each(|edit| disk.desk.edit(edit));
            disk.save();
            agrees(&disk, &preview, &mut events, &mut paths);
        }
        // and all the way back
        disk.desk = good;
        disk.save();
        agrees(&disk, &preview, &mut events, &mut paths);
    }
}
