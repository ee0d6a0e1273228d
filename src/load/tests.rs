use tempfile::TempDir;

use super::*;

fn book(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files.iter().chain(&[("book.toml", "[book]\ntitle = \"B\"\n")]) {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn folders(src: &str, theme: &str, build_dir: &str) -> Folders {
    Folders {
        src: (src.into(), Span::default()),
        theme: (theme.into(), Span::default()),
        build_dir: build_dir.into(),
    }
}

fn load_as(folder: &TempDir, folders: &Folders) -> Inputs {
    inputs(folder.path(), book_toml(folder.path()).unwrap(), folders).unwrap()
}

fn load(folder: &TempDir) -> Inputs {
    load_as(folder, &folders("content", "default", "site"))
}

fn documents(inputs: &Inputs) -> Vec<&str> {
    inputs.documents.iter().map(|source| source.path.as_ref()).collect()
}

fn assets(inputs: &Inputs) -> Vec<&str> {
    inputs.assets.iter().map(|asset| asset.path.as_ref()).collect()
}

fn unread(inputs: &Inputs) -> Vec<String> {
    inputs.unread.iter().map(|finding| format!("{} {}", finding.place.path, finding.message)).collect()
}

#[test]
fn markdown_is_read_and_the_rest_is_listed_in_order() {
    let folder = book(&[
        ("content/b.md", "b"),
        ("content/a/Z.MD", "z"),
        ("content/a.md", "a"),
        ("content/a/x.png", ""),
        ("content/.hidden/x.md", ""),
        ("content/_drafts/x.md", ""),
        ("content/a/_x.md", ""),
        ("content/.x.md", ""),
        ("content/a.md~", ""),
        ("content/#a.md#", ""),
        ("content/a/#1.png", ""),
        ("elsewhere.md", ""),
    ]);
    let inputs = load(&folder);
    assert_eq!(documents(&inputs), ["content/a.md", "content/a/Z.MD", "content/b.md"]);
    assert_eq!(assets(&inputs), ["content/a/#1.png", "content/a/x.png"]);
    assert_eq!(inputs.documents.get("content/b.md").unwrap().text.as_ref(), "b");
    assert_eq!(unread(&inputs), [""; 0]);
}

#[test]
fn a_text_without_measure_is_told_and_not_read() {
    let folder = book(&[("content/a.md", "a"), ("content/b.md", "b"), ("content/c.png", "c")]);
    for path in ["content/b.md", "content/c.png"] {
        let file = fs::OpenOptions::new().write(true).open(folder.path().join(path)).unwrap();
        // a hole takes no room on the disk
        file.set_len(seen::LARGEST + 1).unwrap();
    }
    for mut seen in [Seen::nothing(), Seen::keeping(false)] {
        let book = book_toml(folder.path()).unwrap();
        let folders = folders("content", "default", "site");
        let inputs = inputs_again(folder.path(), book, &folders, &mut seen).unwrap();
        assert_eq!(documents(&inputs), ["content/a.md"]);
        assert_eq!(assets(&inputs), ["content/c.png"]);
        assert_eq!(unread(&inputs), ["content/b.md cannot be read: it is larger than 256 MiB"]);
    }
    let file = fs::OpenOptions::new().write(true).open(folder.path().join("book.toml")).unwrap();
    file.set_len(seen::LARGEST + 1).unwrap();
    let failure = book_toml(folder.path()).unwrap_err();
    assert!(failure.message.ends_with("it is larger than 256 MiB"), "{failure}");
}

#[test]
fn what_was_built_is_no_source() {
    let folder = book(&[("a.md", ""), ("out/site/a.md", ""), ("out/b.md", ""), ("themes/x/y.md", "")]);
    let inputs = load_as(&folder, &folders(".", "default", "./out/../out/site/"));
    assert_eq!(documents(&inputs), ["a.md", "out/b.md"]);
    assert_eq!(assets(&inputs), [""; 0]);
}

#[test]
fn the_book_is_found_upward() {
    let folder = book(&[("content/okrs/x/a.md", "")]);
    let found = find_book(&folder.path().join("content/okrs/x")).unwrap();
    assert_eq!(found, std::path::absolute(folder.path()).unwrap());
    let empty = tempfile::tempdir().unwrap();
    let failure = find_book(empty.path()).unwrap_err();
    assert!(failure.message.starts_with("there is no book.toml in"), "{failure}");
    assert!(book_toml(empty.path()).is_err());
}

#[test]
fn folders_that_are_not_there_are_findings_in_the_book() {
    let folder = book(&[("file", ""), ("content/a.md", ""), ("themes/plain/theme.toml", "")]);
    for (src, says) in [("missing", "is not there"), ("../x", "is outside"), ("file", "is no folder")] {
        let inputs = load_as(&folder, &folders(src, "default", "site"));
        let unread = unread(&inputs);
        assert!(unread[0].starts_with(&format!("book.toml `{src}` {says}")), "{unread:?}");
    }
    let inputs = load_as(&folder, &folders("content", "plian", "site"));
    assert_eq!(unread(&inputs), ["book.toml there is no theme `plian`: no folder `themes/plian`"]);
    assert_eq!(inputs.unread[0].help.as_deref(), Some("did you mean `plain`?"));
}

#[test]
fn a_theme_is_its_files() {
    let folder = book(&[
        ("content/a.md", ""),
        ("themes/mine/templates/okrs.html", "t"),
        ("themes/mine/static/style.css", "s"),
    ]);
    let inputs = load_as(&folder, &folders("content", "mine", "site"));
    let theme: Vec<&str> = inputs.theme.keys().map(String::as_str).collect();
    assert_eq!(theme, ["static/style.css", "templates/okrs.html"]);
}

#[cfg(unix)]
mod unix {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;

    use super::*;

    #[test]
    fn links_are_followed_within_the_book_and_not_out_of_it() {
        let outside = book(&[("secret.md", "secret")]);
        let folder = book(&[("content/a/x.md", "x"), ("shared/y.md", "y")]);
        let content = folder.path().join("content");
        symlink(outside.path(), content.join("out")).unwrap();
        symlink(outside.path().join("secret.md"), content.join("secret.md")).unwrap();
        symlink(folder.path().join("shared"), content.join("shared")).unwrap();
        symlink("a/x.md", content.join("z.md")).unwrap();
        let inputs = load(&folder);
        assert_eq!(documents(&inputs), ["content/a/x.md", "content/shared/y.md", "content/z.md"]);
        let says = "is a symbolic link that leaves the book's folder: it is not followed";
        assert_eq!(unread(&inputs), [format!("content/out {says}"), format!("content/secret.md {says}")]);
    }

    #[test]
    fn a_theme_is_not_taken_from_outside_of_the_book() {
        let outside = book(&[("theme.toml", "interface = 1"), ("static/secret.txt", "secret")]);
        let folder = book(&[("content/a.md", ""), ("mine/theme.toml", "interface = 1"), ("themes/t/x", "")]);
        symlink(outside.path(), folder.path().join("themes/out")).unwrap();
        symlink("../mine", folder.path().join("themes/in")).unwrap();
        let taken = |theme: &str| load_as(&folder, &folders("content", theme, "site"));
        assert_eq!(taken("in").theme.len(), 1);
        let refused = taken("out");
        assert_eq!(refused.theme.len(), 0);
        let says = "book.toml `themes/out` is a symbolic link that leaves the book's folder";
        assert_eq!(unread(&refused), [says]);
    }

    #[test]
    fn loops_end_and_broken_links_are_told() {
        let folder = book(&[("content/a/x.md", "x"), ("content/b/y.md", "y")]);
        let content = folder.path().join("content");
        symlink("..", content.join("a/up")).unwrap();
        symlink("../b", content.join("a/b")).unwrap();
        symlink("../a", content.join("b/a")).unwrap();
        symlink("self.md", content.join("self.md")).unwrap();
        symlink("gone.md", content.join("broken.md")).unwrap();
        symlink("gone.md", content.join(".#x.md")).unwrap();
        let inputs = load(&folder);
        assert_eq!(
            documents(&inputs),
            ["content/a/b/y.md", "content/a/x.md", "content/b/a/x.md", "content/b/y.md"]
        );
        let unread = unread(&inputs);
        assert!(unread.contains(&"content/broken.md is a symbolic link to nothing".to_owned()), "{unread:?}");
        let says = "is a symbolic link that leads back to itself or to a folder that it is in";
        for path in ["content/a/b/a", "content/a/up", "content/b/a/b", "content/self.md"] {
            assert!(unread.contains(&format!("{path} {says}")), "{path}: {unread:?}");
        }
    }

    #[test]
    fn folders_that_link_to_each_other_do_not_multiply() {
        let folder = book(&[]);
        let names = ["a", "b", "c", "d", "e", "f", "g", "h", "i"];
        for name in names {
            let own = folder.path().join("content").join(name);
            fs::create_dir_all(&own).unwrap();
            for other in names.iter().filter(|other| **other != name) {
                symlink(format!("../{other}"), own.join(other)).unwrap();
            }
        }
        assert!(load(&folder).unread.len() < 50_000);
    }

    #[test]
    fn what_would_block_or_has_no_name_is_told_and_not_opened() {
        let folder = book(&[("content/a.md", "a")]);
        let content = folder.path().join("content");
        let _socket = UnixListener::bind(content.join("socket.md")).unwrap();
        fs::write(content.join(OsStr::from_bytes(b"b\xff.md")), "x").unwrap();
        symlink("/dev/zero", content.join("zero.md")).unwrap();
        let inputs = load(&folder);
        assert_eq!(documents(&inputs), ["content/a.md"]);
        assert_eq!(
            unread(&inputs),
            [
                "content/b\u{fffd}.md has a name that is not UTF-8: rename it",
                "content/socket.md is no regular file and is not read: a pipe, a socket or a device",
                "content/zero.md is a symbolic link that leaves the book's folder: it is not followed",
            ]
        );
    }
}
