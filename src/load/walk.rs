//! Which files a folder of the book holds, in one order on every machine.

use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use walkdir::{DirEntry, WalkDir};

use super::{is_within, unreadable};
use crate::diagnostic::Finding;
use crate::failure::{Failure, reason};

/// Links within linked folders are followed this deep. Folders that link to each other would
/// otherwise have as many paths as there are orders to walk them in.
const DEEPEST_LINK: usize = 3;

/// What a build leaves in the folder of a site: such a folder is no source, wherever it lies.
const NOTES: [&str; 2] = [".okrbook-manifest", ".okrbook-lock"];

/// A regular file.
#[derive(Debug)]
pub(super) struct Found {
    /// Relative to the book's folder, with `/` between its parts.
    pub(super) path: Arc<str>,
    /// Where it is.
    pub(super) on_disk: PathBuf,
}

/// A walk through a folder of the book.
#[derive(Debug)]
pub(super) struct Walk<'a> {
    /// The book's folder, absolute and folded.
    pub(super) dir: &'a Path,
    /// The folder to walk through, in it.
    pub(super) root: &'a Path,
    /// What is passed over.
    pub(super) skipped: &'a [PathBuf],
}

impl Walk<'_> {
    /// All regular files but for hidden ones, those in hidden folders, and editors' copies.
    pub(super) fn files(&self, unread: &mut Vec<Finding>) -> Result<Vec<Found>, Failure> {
        let mut files = Vec::new();
        let mut refused = Vec::new();
        let walk = WalkDir::new(self.root).follow_links(true).min_depth(1).sort_by_file_name();
        for entry in walk.into_iter().filter_entry(|entry| self.enters(entry, &mut refused)) {
            match entry {
                Ok(entry) if entry.file_type().is_dir() => {}
                Ok(entry) if entry.file_type().is_file() => {
                    let on_disk = entry.into_path();
                    files.push(Found { path: self.relative(&on_disk).into(), on_disk });
                }
                Ok(entry) => unread.push(unreadable(
                    &self.relative(entry.path()),
                    "is no regular file and is not read: a pipe, a socket or a device",
                )),
                Err(error) => self.failed(&error, unread),
            }
        }
        unread.append(&mut refused);
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(files)
    }

    fn enters(&self, entry: &DirEntry, refused: &mut Vec<Finding>) -> bool {
        let path = entry.path();
        if path == self.root {
            return true;
        }
        if self.is_ignored(path) || self.skipped.iter().any(|skipped| skipped == path) || is_site(entry) {
            return false;
        }
        let problem = if entry.file_name().to_str().is_none() {
            "has a name that is not UTF-8: rename it"
        } else if entry.path_is_symlink() && !is_within(path, self.dir) {
            "is a symbolic link that leaves the book's folder: it is not followed"
        } else if entry.path_is_symlink() && self.links_above(path) > DEEPEST_LINK {
            "is a symbolic link within linked folders, too deep to follow"
        } else {
            return true;
        };
        refused.push(unreadable(&self.relative(path), problem));
        false
    }

    fn failed(&self, error: &walkdir::Error, unread: &mut Vec<Finding>) {
        let path = error.path().unwrap_or(self.root);
        if self.is_ignored(path) {
            return;
        }
        let problem = if error.loop_ancestor().is_some() || is_self_loop(path) {
            "is a symbolic link that leads back to itself or to a folder that it is in".to_owned()
        } else if fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink()) {
            "is a symbolic link to nothing".to_owned()
        } else {
            match error.io_error() {
                Some(error) => format!("cannot be read: {}", reason(error)),
                None => "cannot be read".to_owned(),
            }
        };
        unread.push(unreadable(&self.relative(path), problem));
    }

    /// Whether a part of the path below the walk's root begins with `.` or `_`, or is what an editor keeps
    /// beside a file: `cloud.md~`, `#cloud.md#`.
    fn is_ignored(&self, path: &Path) -> bool {
        let below = path.strip_prefix(self.root).unwrap_or(path);
        below
            .iter()
            .any(|part| matches!(part.as_encoded_bytes(), [b'.' | b'_', ..] | [b'#', .., b'#'] | [.., b'~']))
    }

    fn links_above(&self, path: &Path) -> usize {
        path.ancestors()
            .take_while(|folder| *folder != self.root)
            .filter(|folder| fs::symlink_metadata(folder).is_ok_and(|found| found.is_symlink()))
            .count()
    }

    fn relative(&self, path: &Path) -> String {
        let below =
            path.strip_prefix(folded(self.dir)).or_else(|_| path.strip_prefix(self.dir)).unwrap_or(path);
        let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        parts.join("/")
    }
}

/// Whether a folder is one that a build has written a site into.
fn is_site(entry: &DirEntry) -> bool {
    entry.file_type().is_dir() && NOTES.iter().any(|note| entry.path().join(note).exists())
}

fn is_self_loop(path: &Path) -> bool {
    // what the system says of a link to itself has no stable kind: it is there, and not to be followed
    let too_many = fs::metadata(path).is_err_and(|error| error.kind() != std::io::ErrorKind::NotFound);
    too_many && fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink())
}

/// A path without `.` and `..`, by its words alone.
pub(super) fn folded(path: &Path) -> PathBuf {
    let mut folded = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                folded.pop();
            }
            part => folded.push(part),
        }
    }
    folded
}
