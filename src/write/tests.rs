use std::time::SystemTime;

use tempfile::TempDir;

use super::*;
use crate::inputs::{Content, SiteFile};
use crate::source::{Place, Span};

fn page(path: &str, text: &str) -> SiteFile {
    SiteFile { path: path.to_owned(), content: Content::Made(text.as_bytes().into()) }
}

fn write(out: &Path, files: &[(&str, &str)]) -> Result<Written, Failure> {
    put_out(out, files.iter().map(|(path, text)| page(path, text)).collect())
}

fn put_out(out: &Path, files: Vec<SiteFile>) -> Result<Written, Failure> {
    let paths: Vec<String> = files.iter().map(|file| file.path.clone()).collect();
    let make = move |take: &Take<'_>| {
        files.into_iter().all(|file| take(Handed::File(file)));
        Ok(())
    };
    site(out, paths, make, Some(1), "1.0.0", &|_, _| {})
        .map(|made| made.expect("nothing fails while it is made"))
}

fn done(written: usize, unchanged: usize, removed: usize) -> Result<Written, Failure> {
    Ok(Written { written, unchanged, removed })
}

fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

fn put(folder: &TempDir, path: &str, text: &str) {
    let path = folder.path().join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn text(folder: &TempDir, path: &str) -> String {
    fs::read_to_string(folder.path().join(path)).unwrap_or_else(|error| format!("<{error}>"))
}

fn names(folder: &TempDir) -> Vec<String> {
    walkdir::WalkDir::new(folder.path())
        .sort_by_file_name()
        .into_iter()
        .map(|entry| entry.unwrap().path().strip_prefix(folder.path()).unwrap().to_str().unwrap().to_owned())
        .filter(|name| !name.is_empty() && !name.starts_with(OWN))
        .collect()
}

/// The names at its top that are ours alone.
fn own(folder: &TempDir) -> Vec<String> {
    let entries = fs::read_dir(folder.path()).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.retain(|name| name.starts_with(OWN));
    names.sort();
    names
}

fn changed(folder: &TempDir, path: &str) -> SystemTime {
    fs::metadata(folder.path().join(path)).unwrap().modified().unwrap()
}

#[test]
fn what_has_not_changed_is_left_alone() {
    let out = folder();
    assert_eq!(write(out.path(), &[("a/index.html", "a"), ("b.css", "b")]), done(2, 0, 0));
    let old = SystemTime::UNIX_EPOCH;
    for path in ["a/index.html", "b.css", ".okrbook-manifest"] {
        let file = fs::File::options().write(true).open(out.path().join(path)).unwrap();
        file.set_modified(old).unwrap();
    }
    assert_eq!(write(out.path(), &[("a/index.html", "a"), ("b.css", "B")]), done(1, 1, 0));
    assert_eq!(changed(&out, "a/index.html"), old);
    assert_eq!(changed(&out, ".okrbook-manifest"), old);
    assert!(changed(&out, "b.css") > old);
    assert_eq!(text(&out, "b.css"), "B");
}

#[test]
fn stale_files_go_and_foreign_ones_stay() {
    let out = folder();
    write(out.path(), &[("a/b/index.html", "a"), ("c/index.html", "c")]).unwrap();
    put(&out, "c/notes.txt", "mine");
    put(&out, "d/empty.txt", "mine");
    assert_eq!(write(out.path(), &[("index.html", "x")]), done(1, 0, 2));
    assert_eq!(names(&out), ["c", "c/notes.txt", "d", "d/empty.txt", "index.html"]);
}

#[test]
fn a_foreign_file_in_the_way_refuses_all_of_it() {
    let out = folder();
    put(&out, "index.html", "mine");
    let failure = write(out.path(), &[("a.html", "a"), ("index.html", "x")]).unwrap_err();
    assert!(failure.message.contains("`index.html` stands in the way"), "{failure}");
    assert_eq!(names(&out), ["index.html"]);
    assert_eq!(text(&out, "index.html"), "mine");
    put(&out, "docs", "mine too");
    let failure = write(out.path(), &[("docs/a.html", "a"), ("index.html", "x")]).unwrap_err();
    assert!(failure.message.contains("`docs`, `index.html` stand in the way"), "{failure}");
    // beside them there is room
    assert_eq!(write(out.path(), &[("other/index.html", "x")]), done(1, 0, 0));
    assert_eq!(text(&out, "docs"), "mine too");
}

#[test]
fn a_foreign_file_stays_foreign_after_a_refusal() {
    let out = folder();
    write(out.path(), &[("a.html", "a")]).unwrap();
    put(&out, "b.html", "mine");
    write(out.path(), &[("a.html", "a"), ("b.html", "b")]).unwrap_err();
    write(out.path(), &[("c.html", "c")]).unwrap();
    assert_eq!(names(&out), ["b.html", "c.html"]);
}

#[test]
fn a_file_becomes_a_folder_and_back() {
    let out = folder();
    write(out.path(), &[("a", "file"), ("b/index.html", "b"), ("b/c/d.html", "d")]).unwrap();
    assert_eq!(write(out.path(), &[("a/index.html", "a"), ("b", "file")]), done(2, 0, 0));
    assert_eq!(names(&out), ["a", "a/index.html", "b"]);
    write(out.path(), &[("a/index.html", "a"), ("b/x.html", "x")]).unwrap();
    put(&out, "b/mine.txt", "mine");
    let failure = write(out.path(), &[("b", "file")]).unwrap_err();
    assert!(failure.message.contains("`b` stands in the way"), "{failure}");
    assert_eq!(text(&out, "b/mine.txt"), "mine");
    assert_eq!(text(&out, "b/x.html"), "x");
}

#[test]
fn an_interrupted_build_is_made_good_by_the_next() {
    let out = folder();
    write(out.path(), &[("a/index.html", "a"), ("b/index.html", "b")]).unwrap();
    // as a build that was killed between its first file and its last leaves it
    let union = BTreeSet::from(["a/index.html", "b/index.html", "new/index.html"].map(String::from));
    manifest::write(out.path(), &union, "1.0.0").unwrap();
    put(&out, ".okrbook-lock", "a build is under way");
    put(&out, "new/index.html", "new");
    put(&out, ".okrbook-tmp-1/0", "torn");
    put(&out, ".okrbook-tmp-1-2", "a manifest half written");
    assert_eq!(write(out.path(), &[("a/index.html", "a")]), done(0, 1, 2));
    assert_eq!(names(&out), ["a", "a/index.html"]);
    assert_eq!(text(&out, ".okrbook-lock"), "");
    assert_eq!(own(&out), [".okrbook-lock", ".okrbook-manifest", ".okrbook-record"]);
}

#[test]
fn a_page_that_cannot_be_made_leaves_the_site_as_it_was() {
    let out = folder();
    write(out.path(), &[("a.html", "a"), ("b.html", "b")]).unwrap();
    let make = |take: &Take<'_>| {
        assert!(take(Handed::File(page("a.html", "A"))));
        Err(Box::new(Finding::new("format/bad-theme", Place::new(&"x".into(), Span::default()), "no")))
    };
    let paths = ["a.html", "new/c.html"].map(String::from);
    let made = site(out.path(), paths, make, Some(1), "1.0.0", &|_, _| {}).unwrap();
    assert_eq!(made.unwrap_err().message, "no");
    assert_eq!(
        (names(&out), text(&out, "a.html")),
        (vec!["a.html".to_owned(), "b.html".to_owned()], "a".to_owned())
    );
    assert_eq!(own(&out), [".okrbook-lock", ".okrbook-manifest", ".okrbook-record"]);
    assert_eq!(write(out.path(), &[("a.html", "a")]), done(0, 1, 1));
}

#[test]
fn a_site_holds_until_anything_of_it_changes() {
    let out = folder();
    let holds = |from| still_holds(out.path(), from).map(|written| written.unchanged);
    let again = || drop(write(out.path(), &[("a/index.html", "a"), ("b.css", "b")]));
    assert_eq!(holds(1), None);
    again();
    assert_eq!((holds(1), holds(2)), (Some(2), None));
    let harms: [&dyn Fn(); 5] = [
        &|| put(&out, "a/index.html", "b"),
        &|| fs::remove_file(out.path().join("b.css")).unwrap(),
        &|| put(&out, ".okrbook-lock", "a build is under way"),
        &|| put(&out, ".okrbook-record", "another record"),
        &|| manifest::write(out.path(), &BTreeSet::new(), "1.0.0").unwrap(),
    ];
    for (number, harm) in harms.into_iter().enumerate() {
        harm();
        assert_eq!(holds(1), None, "{number}");
        // nothing is ours any more where the manifest is empty
        fs::remove_dir_all(out.path()).unwrap();
        again();
        assert_eq!(holds(1), Some(2), "{number}");
    }
}

#[test]
fn a_folder_that_goes_away_meanwhile_is_said() {
    let out = folder();
    let make = |take: &Take<'_>| {
        fs::remove_dir_all(out.path()).unwrap();
        take(Handed::File(page("a.html", "a")));
        Ok(())
    };
    let failure = site(out.path(), ["a.html".to_owned()], make, Some(1), "1.0.0", &|_, _| {}).unwrap_err();
    assert!(failure.message.contains("was removed or replaced while"), "{failure}");
}

#[test]
fn two_builds_do_not_share_a_folder_and_a_dead_one_blocks_nobody() {
    let out = folder();
    let lock = lock::take(out.path()).unwrap();
    lock.begin().unwrap();
    let failure = write(out.path(), &[("a.html", "a")]).unwrap_err();
    assert!(failure.message.starts_with("another build is writing to"), "{failure}");
    drop(lock);
    assert_eq!(write(out.path(), &[("a.html", "a")]), done(1, 0, 0));
}

#[test]
fn a_folder_that_was_replaced_is_noticed() {
    let out = folder();
    let lock = lock::take(out.path()).unwrap();
    lock.still_there().unwrap();
    fs::remove_file(out.path().join(".okrbook-lock")).unwrap();
    assert!(lock.still_there().is_err());
    put(&out, ".okrbook-lock", "");
    assert!(lock.still_there().is_err() || cfg!(not(unix)));
}

#[test]
fn paths_that_lead_out_are_refused_and_not_believed() {
    let out = folder();
    for path in ["", "/etc/x", "../x", "a/../../x", "a//b", "a/./b", ".okrbook-lock", "a/.okrbook-tmp-1"] {
        assert!(write(out.path(), &[(path, "x")]).is_err(), "{path}");
    }
    assert!(write(out.path(), &[("a", "x"), ("a/b", "x")]).is_err());
    assert!(write(out.path(), &[("a", "x"), ("a", "x")]).is_err());
    put(&out, "victim.txt", "mine");
    let inner = out.path().join("site");
    write(&inner, &[("a.html", "a")]).unwrap();
    let manifest = text(&out, "site/.okrbook-manifest");
    put(&out, "site/.okrbook-manifest", &format!("{manifest}../victim.txt\n/etc/passwd\n"));
    assert_eq!(write(&inner, &[("a.html", "a")]), done(0, 1, 0));
    assert_eq!(text(&out, "victim.txt"), "mine");
}

#[test]
fn a_manifest_that_is_none_is_not_guessed_at() {
    let out = folder();
    put(&out, ".okrbook-manifest", "something else\n");
    let failure = write(out.path(), &[("a.html", "a")]).unwrap_err();
    assert!(failure.message.contains("is no manifest"), "{failure}");
    assert_eq!(names(&out), [""; 0]);
}

#[test]
fn files_are_copied_and_compared_by_their_bytes() {
    let out = folder();
    put(&out, "source.png", "picture");
    let copy = [SiteFile { path: "x/p.png".into(), content: Content::Copied(out.path().join("source.png")) }];
    let to = out.path().join("site");
    assert_eq!(put_out(&to, copy.to_vec()), done(1, 0, 0));
    assert_eq!(put_out(&to, copy.to_vec()), done(0, 1, 0));
    put(&out, "source.png", "PICTURE");
    assert_eq!(put_out(&to, copy.to_vec()), done(1, 0, 0));
    assert_eq!(text(&out, "site/x/p.png"), "PICTURE");
    fs::remove_file(out.path().join("source.png")).unwrap();
    let failure = put_out(&to, copy.to_vec()).unwrap_err();
    assert!(failure.message.contains("source.png"), "{failure}");
    assert_eq!(text(&out, "site/x/p.png"), "PICTURE");
}

#[test]
fn an_out_that_is_a_file_is_refused() {
    let out = folder();
    put(&out, "site", "mine");
    let failure = write(&out.path().join("site"), &[("a.html", "a")]).unwrap_err();
    assert!(failure.message.ends_with("it is a file"), "{failure}");
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn nothing_is_written_or_removed_through_a_link() {
        let out = folder();
        put(&out, "elsewhere/index.html", "mine");
        let to = out.path().join("site");
        write(&to, &[("a/index.html", "a"), ("b.html", "b")]).unwrap();
        fs::remove_dir_all(to.join("a")).unwrap();
        symlink(out.path().join("elsewhere"), to.join("a")).unwrap();
        let failure = write(&to, &[("a/index.html", "new")]).unwrap_err();
        assert!(failure.message.contains("`a` stands in the way"), "{failure}");
        assert_eq!(write(&to, &[("b.html", "b")]), done(0, 1, 0));
        assert_eq!(text(&out, "elsewhere/index.html"), "mine");
    }

    #[test]
    fn a_link_at_the_place_of_our_file_is_replaced_and_not_followed() {
        let out = folder();
        put(&out, "victim.txt", "b");
        let to = out.path().join("site");
        write(&to, &[("b.html", "b")]).unwrap();
        fs::remove_file(to.join("b.html")).unwrap();
        symlink(out.path().join("victim.txt"), to.join("b.html")).unwrap();
        assert_eq!(write(&to, &[("b.html", "b")]), done(1, 0, 0));
        assert!(!fs::symlink_metadata(to.join("b.html")).unwrap().is_symlink());
        assert_eq!(text(&out, "victim.txt"), "b");
    }

    #[test]
    fn what_we_noted_is_not_read_through_a_link() {
        let out = folder();
        write(out.path(), &[("a.html", "a")]).unwrap();
        assert!(still_holds(out.path(), 1).is_some());
        for note in [".okrbook-record", ".okrbook-lock"] {
            let at = out.path().join(note);
            fs::rename(&at, out.path().join("aside")).unwrap();
            symlink("aside", &at).unwrap();
            // at the other end there may be a pipe, which never ends
            assert!(still_holds(out.path(), 1).is_none(), "{note}");
            fs::rename(out.path().join("aside"), &at).unwrap();
            assert!(still_holds(out.path(), 1).is_some());
        }
    }

    #[test]
    fn replacing_a_file_keeps_its_link_and_its_permissions() {
        use std::os::unix::fs::PermissionsExt;
        let out = folder();
        put(&out, "real.md", "old");
        fs::set_permissions(out.path().join("real.md"), fs::Permissions::from_mode(0o600)).unwrap();
        symlink(out.path().join("real.md"), out.path().join("link.md")).unwrap();
        replace(&out.path().join("link.md"), b"new").unwrap();
        assert_eq!(text(&out, "real.md"), "new");
        assert!(fs::symlink_metadata(out.path().join("link.md")).unwrap().is_symlink());
        let mode = fs::metadata(out.path().join("real.md")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

/// A site with a page and a file that comes in parts.
fn in_parts(out: &Path, parts: &'static [&'static str], fails: bool) -> Written {
    let paths = ["index.html", "large.json"].map(str::to_owned);
    let make = |take: &Take<'_>| {
        let hand = |bytes: Option<Vec<u8>>| take(Handed::Part { path: "large.json", bytes });
        let (first, others) = parts.split_at(1);
        hand(Some(first[0].into()));
        take(Handed::File(page("index.html", "home")));
        assert!(others.iter().all(|part| hand(Some((*part).into()))));
        if fails {
            return Err(Box::new(Finding::new(
                "format/bad-theme",
                Place::new(&"a".into(), Span::default()),
                "no",
            )));
        }
        hand(None);
        Ok(())
    };
    site(out, paths, make, Some(1), "1.0.0", &|_, _| {}).unwrap().unwrap_or_default()
}

#[test]
fn a_file_that_comes_in_parts_is_whole_and_left_alone_where_it_is_the_same() {
    let out = folder();
    assert_eq!(in_parts(out.path(), &["one,", "two"], false), Written { written: 2, ..Written::default() });
    assert_eq!(text(&out, "large.json"), "one,two");
    assert_eq!(still_holds(out.path(), 1).map(|held| held.unchanged), Some(2));
    let before = fs::metadata(out.path().join("large.json")).unwrap().modified().unwrap();
    assert_eq!(in_parts(out.path(), &["one", ",two"], false), Written { unchanged: 2, ..Written::default() });
    assert_eq!(fs::metadata(out.path().join("large.json")).unwrap().modified().unwrap(), before);
    let changed = in_parts(out.path(), &["one", ",", "2"], false);
    assert_eq!(changed, Written { written: 1, unchanged: 1, removed: 0 });
    assert_eq!(text(&out, "large.json"), "one,2");
    put(&out, "large.json", "spoilt");
    assert_eq!(still_holds(out.path(), 1), None);
    in_parts(out.path(), &["one", ",", "2"], false);
    assert_eq!(text(&out, "large.json"), "one,2");
}

#[test]
fn half_of_a_file_in_parts_never_takes_the_place_of_a_whole_one() {
    let out = folder();
    in_parts(out.path(), &["one,", "two"], false);
    in_parts(out.path(), &["other"], true);
    assert_eq!(text(&out, "large.json"), "one,two");
    assert_eq!(names(&out), ["index.html", "large.json"]);
}
