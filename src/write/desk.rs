//! The lock under which documents of a book are read, changed and written back: of two commands at
//! once the second waits, so that it sees what the first has written.

use std::fs::{self, File, OpenOptions};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::file::whole;
use super::{OWN, TEMPORARY, replace};
use crate::failure::Failure;

/// A book whose documents nobody else writes while this lives. The lock file is beside `book.toml`
/// only as long as someone holds it or was killed; the system frees the lock of a dead process.
#[derive(Debug)]
pub struct Desk {
    dir: PathBuf,
    path: PathBuf,
    _file: File,
}

/// Waits for the documents of a book, and takes them.
pub fn desk(dir: &Path) -> Result<Desk, Failure> {
    let path = dir.join(format!("{OWN}edit.lock"));
    if fs::symlink_metadata(&path).is_ok_and(|found| !found.is_file()) {
        return Err(Failure::new(format!("`{}` is no regular file", path.display())).help("remove it"));
    }
    loop {
        let file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(|error| Failure::io("write", &path, &error))?;
        match file.lock() {
            Ok(()) => {}
            // a file system without locks: better a command than none
            Err(error) if error.kind() == ErrorKind::Unsupported => {}
            Err(error) => return Err(Failure::io("lock", &path, &error)),
        }
        // the one who held it before may have removed it: then the lock is on a file that is gone
        if is_same_file(&file, &path) {
            return Ok(Desk { dir: dir.to_owned(), path, _file: file });
        }
    }
}

impl Desk {
    /// Replaces a document that still holds what was read, whole or not at all. `path` is relative to
    /// the book's folder.
    pub fn replace(&self, path: &str, old: &str, new: &str) -> Result<(), Failure> {
        let on_disk = self.dir.join(path);
        let now = fs::read(&on_disk).map_err(|error| Failure::io("read", &on_disk, &error))?;
        if now != old.as_bytes() {
            return Err(Failure::new(format!("`{path}` was changed in the meantime: it is left as it is"))
                .help("run the same command again"));
        }
        if let Some(folder) = fs::canonicalize(&on_disk).ok().as_deref().and_then(Path::parent) {
            self.clean(folder);
        }
        replace(&on_disk, new.as_bytes())
    }

    /// Makes a file that is not there yet, and its folder.
    pub fn create(&self, path: &str, text: &str) -> Result<(), Failure> {
        let on_disk = self.dir.join(path);
        self.refuse(path)?;
        self.stays_within(path)?;
        if let Some(folder) = on_disk.parent() {
            fs::create_dir_all(folder).map_err(|error| Failure::io("create the folder", folder, &error))?;
        }
        whole(&on_disk, |file| std::io::Write::write_all(file, text.as_bytes()))
    }

    /// Makes a folder that is not there yet with all of its files, or nothing: it is filled under a
    /// hidden name and then renamed. The paths of the files are relative to it.
    pub fn create_folder(&self, path: &str, files: &[(String, String)]) -> Result<(), Failure> {
        let on_disk = self.dir.join(path);
        let empty = fs::read_dir(&on_disk).is_ok_and(|mut entries| entries.next().is_none());
        if !empty {
            self.refuse(path)?;
        }
        self.stays_within(path)?;
        let parent = on_disk.parent().unwrap_or(&self.dir).to_owned();
        fs::create_dir_all(&parent).map_err(|error| Failure::io("create the folder", &parent, &error))?;
        self.clean(&parent);
        let hidden = parent.join(format!("{TEMPORARY}{}", std::process::id()));
        let filled = files.iter().try_for_each(|(name, text)| {
            let file = hidden.join(name);
            let folder = file.parent().unwrap_or(&hidden);
            fs::create_dir_all(folder).map_err(|error| Failure::io("create the folder", folder, &error))?;
            fs::write(&file, text).map_err(|error| Failure::io("write", &on_disk.join(name), &error))
        });
        let done = filled.and_then(|()| {
            if empty {
                let _ = fs::remove_dir(&on_disk);
            }
            fs::rename(&hidden, &on_disk).map_err(|error| Failure::io("write", &on_disk, &error))
        });
        if done.is_err() {
            let _ = fs::remove_dir_all(&hidden);
        }
        done
    }

    fn refuse(&self, path: &str) -> Result<(), Failure> {
        match fs::symlink_metadata(self.dir.join(path)) {
            Ok(_) => Err(Failure::new(format!("`{path}` is there already"))
                .help("nothing is overwritten: choose another name, or remove it first")),
            Err(_) => Ok(()),
        }
    }

    /// Refuses a place that a symbolic link puts outside of the book: what is made there would not be read.
    fn stays_within(&self, path: &str) -> Result<(), Failure> {
        let on_disk = self.dir.join(path);
        let real = on_disk.ancestors().find_map(|folder| fs::canonicalize(folder).ok());
        let book = fs::canonicalize(&self.dir).ok();
        match (real, book) {
            (Some(real), Some(book)) if !real.starts_with(&book) => Err(Failure::new(format!(
                "`{path}` would be made in `{}`: a symbolic link leaves the book there",
                real.display()
            ))
            .help("put a folder in the place of the link, or choose another name")),
            _ => Ok(()),
        }
    }

    /// Removes what a command left that was killed while it wrote into a folder.
    fn clean(&self, folder: &Path) {
        for entry in fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok) {
            if entry.file_name().to_string_lossy().starts_with(TEMPORARY) {
                let _ = match entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                    true => fs::remove_dir_all(entry.path()),
                    false => fs::remove_file(entry.path()),
                };
            }
        }
    }
}

impl Drop for Desk {
    /// Where a file that someone has open cannot simply be removed, the empty file stays.
    fn drop(&mut self) {
        if cfg!(unix) {
            let _ = fs::remove_file(&self.path);
        }
    }
}

#[cfg(unix)]
fn is_same_file(held: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (held.metadata(), fs::symlink_metadata(path)) {
        (Ok(held), Ok(found)) => (held.dev(), held.ino()) == (found.dev(), found.ino()),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_same_file(_held: &File, path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_desk_is_left_as_it_was_found() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("a.md"), "old").unwrap();
        fs::write(dir.path().join(".okrbook-tmp-1-0"), "of one that was killed").unwrap();
        {
            let desk = desk(dir.path()).unwrap();
            desk.replace("a.md", "old", "new").unwrap();
            assert!(desk.replace("a.md", "old", "newer").unwrap_err().message.contains("in the meantime"));
            assert!(desk.create("a.md", "x").is_err());
            desk.create_folder("b/c", &[("d.md".into(), "d".into()), ("e/f.md".into(), "f".into())]).unwrap();
            assert!(desk.create_folder("b/c", &[]).is_err());
        }
        let mut names: Vec<_> =
            fs::read_dir(dir.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        assert_eq!(names, ["a.md", "b"]);
        assert_eq!(fs::read_to_string(dir.path().join("b/c/e/f.md")).unwrap(), "f");
    }

    #[cfg(unix)]
    #[test]
    fn nothing_is_made_outside_of_the_book() {
        let (dir, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        fs::create_dir(dir.path().join("texts")).unwrap();
        std::os::unix::fs::symlink(other.path(), dir.path().join("out")).unwrap();
        std::os::unix::fs::symlink("texts", dir.path().join("in")).unwrap();
        let desk = desk(dir.path()).unwrap();
        for path in ["out/a.md", "out/b/a.md"] {
            let failure = desk.create(path, "a").unwrap_err();
            assert!(failure.message.ends_with("a symbolic link leaves the book there"), "{failure}");
            assert!(desk.create_folder(path, &[("c.md".into(), "c".into())]).is_err());
        }
        // an empty folder is made anew: not one that a link leads to
        assert!(desk.create_folder("out", &[("c.md".into(), "c".into())]).is_err());
        assert_eq!(fs::read_dir(other.path()).unwrap().count(), 0);
        desk.create("in/a.md", "a").unwrap();
        assert_eq!(fs::read_to_string(dir.path().join("texts/a.md")).unwrap(), "a");
    }
}
