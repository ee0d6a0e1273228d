//! How editors save, step by step as each of them does it: twice, because the first save may differ, and with
//! nothing left of it in the site.

use std::fs;

use super::{ONE, Open, PAGE, open};

const FOLDER: &str = "content/guide";

/// Saves twice in a way and waits for each to show; at the end the site has no more pages or files than before.
#[track_caller]
fn saves(how: impl Fn(&Open, &str)) {
    let mut open = open();
    let text = |word: &str| format!("# One\n\nSaved the {word} time.\n");
    for word in ["first", "second"] {
        how(&open, &text(word));
        open.shows(PAGE, &format!("Saved the {word} time"));
        assert_eq!(open.book.text(ONE), text(word));
    }
    // what a save leaves beside the file is in no site
    for path in ["/guide/one.md~", "/guide/.one.md.swp", "/guide/4913", "/guide/one.md___jb_tmp___"] {
        open.is(path, 404);
    }
    assert_eq!(open.preview.get("/guide/dot.bin").status, 200);
}

fn at(name: &str) -> String {
    format!("{FOLDER}/{name}")
}

#[test]
fn in_place_as_nano_and_vs_code() {
    saves(|open, text| open.book.put(ONE, text));
}

#[test]
fn vim_with_a_backup_renamed_away() {
    saves(|open, text| {
        // a swap file while it is open, a probe whether it may write here, the old file aside, a new one
        open.book.put(&at(".one.md.swp"), "b0VIM 9.0");
        open.book.put(&at("4913"), "");
        open.remove(&at("4913"));
        open.rename(ONE, &at("one.md~"));
        open.book.put(ONE, text);
        open.remove(&at("one.md~"));
        open.remove(&at(".one.md.swp"));
    });
}

#[test]
fn vim_with_a_backup_copied() {
    saves(|open, text| {
        open.book.put(&at(".one.md.swp"), "b0VIM 9.0");
        fs::copy(open.book.path(ONE), open.book.path(&at("one.md~"))).unwrap();
        open.book.put(ONE, text);
        open.remove(&at("one.md~"));
        open.remove(&at(".one.md.swp"));
    });
}

#[test]
fn jetbrains_with_a_safe_write() {
    saves(|open, text| {
        open.book.put(&at("one.md___jb_tmp___"), text);
        open.rename(ONE, &at("one.md___jb_old___"));
        open.rename(&at("one.md___jb_tmp___"), ONE);
        open.remove(&at("one.md___jb_old___"));
    });
}

#[cfg(unix)]
#[test]
fn emacs_with_a_lock_an_auto_save_and_a_backup() {
    saves(|open, text| {
        std::os::unix::fs::symlink("me@host.1:2", open.book.path(&at(".#one.md"))).unwrap();
        open.book.put(&at("#one.md#"), "# One\n\nHalf a sen");
        // the backup is the old file, renamed; it stays, as Emacs leaves it, until we look away
        open.rename(ONE, &at("one.md~"));
        open.book.put(ONE, text);
        open.remove(&at("#one.md#"));
        open.remove(&at(".#one.md"));
        open.remove(&at("one.md~"));
    });
}

#[test]
fn helix_with_a_backup_that_is_gone_after_the_save() {
    saves(|open, text| {
        open.rename(ONE, &at("one.mdXk3a9.bck"));
        open.book.put(ONE, text);
        open.remove(&at("one.mdXk3a9.bck"));
    });
}

#[test]
fn gedit_with_a_hidden_file_renamed_onto_it() {
    saves(|open, text| {
        open.book.put(&at(".goutputstream-X1Y2Z3"), text);
        open.rename(&at(".goutputstream-X1Y2Z3"), ONE);
    });
}

#[test]
fn kate_and_sublime_with_a_file_beside_renamed_onto_it() {
    saves(|open, text| {
        open.book.put(&at("one.md.AbCdEf"), text);
        open.rename(&at("one.md.AbCdEf"), ONE);
    });
}
