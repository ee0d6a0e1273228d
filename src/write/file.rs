//! One file: whether it is as it should be, and writing it whole.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use xxhash_rust::xxh3::Xxh3;

use super::TEMPORARY;
use crate::failure::Failure;
use crate::inputs::Content;

/// Whether a regular file holds exactly this.
pub(super) fn is_same(path: &Path, content: &Content) -> Result<bool, Failure> {
    let Ok(found) = fs::symlink_metadata(path) else { return Ok(false) };
    if !found.is_file() {
        return Ok(false);
    }
    match content {
        // one that cannot be read is written anew, which says what is wrong if that fails too
        Content::Made(bytes) => {
            Ok(found.len() == bytes.len() as u64 && fs::read(path).is_ok_and(|old| *old == **bytes))
        }
        Content::Copied(from) => {
            let length = regular(from)?;
            Ok(found.len() == length && same_bytes(from, path).unwrap_or(false))
        }
    }
}

/// A path at which a regular file stands. Of anything else, a pipe say, reading could wait for ever.
pub(super) fn regular_at(path: &Path) -> Option<&Path> {
    fs::symlink_metadata(path).is_ok_and(|found| found.is_file()).then_some(path)
}

/// Makes a file with this content where there is none. An error names `path`, where it is to go.
pub(super) fn create(at: &Path, path: &Path, content: &Content) -> Result<(), Failure> {
    let source = match content {
        Content::Made(_) => None,
        Content::Copied(from) => {
            regular(from)?;
            Some(File::open(from).map_err(|error| Failure::io("read", from, &error))?)
        }
    };
    let filled = OpenOptions::new().write(true).create_new(true).open(at).and_then(|mut file| {
        match (content, source) {
            (Content::Made(bytes), _) => file.write_all(bytes),
            (Content::Copied(_), Some(mut source)) => io::copy(&mut source, &mut file).map(drop),
            (Content::Copied(_), None) => Ok(()),
        }
    });
    filled.map_err(|error| Failure::io("write", path, &error))
}

/// A file that is written part by part.
pub(super) struct Parts {
    at: PathBuf,
    file: File,
    hash: Xxh3,
}

impl std::fmt::Debug for Parts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Parts").field("at", &self.at).finish_non_exhaustive()
    }
}

impl Parts {
    /// Begins it where there is none. An error names `path`, where it is to go.
    pub(super) fn begin(at: PathBuf, path: &Path) -> Result<Self, Failure> {
        let file = OpenOptions::new().write(true).create_new(true).open(&at);
        let file = file.map_err(|error| Failure::io("write", path, &error))?;
        Ok(Self { at, file, hash: Xxh3::new() })
    }

    /// Adds the next part.
    pub(super) fn add(&mut self, bytes: &[u8], path: &Path) -> Result<(), Failure> {
        self.hash.update(bytes);
        self.file.write_all(bytes).map_err(|error| Failure::io("write", path, &error))
    }

    /// The hash of all of it.
    pub(super) fn hash(&self) -> u64 {
        self.hash.digest()
    }

    /// Whether a regular file holds exactly this.
    pub(super) fn are_same_as(&self, path: &Path) -> bool {
        let length =
            |path| fs::symlink_metadata(path).ok().filter(fs::Metadata::is_file).map(|file| file.len());
        let old = length(path);
        old.is_some() && old == length(&self.at) && same_bytes(&self.at, path).unwrap_or(false)
    }
}

/// Replaces a file by other bytes, whole or not at all. Who may read it stays as it was; a
/// symbolic link stays, and what it points to is replaced.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let target = fs::canonicalize(path).map_err(|error| Failure::io("write", path, &error))?;
    let found = fs::metadata(&target).map_err(|error| Failure::io("write", path, &error))?;
    if found.permissions().readonly() {
        return Err(Failure::io("write", path, &ErrorKind::PermissionDenied.into()));
    }
    whole(&target, |file| {
        file.write_all(bytes)?;
        file.set_permissions(found.permissions())?;
        file.sync_all()
    })
}

/// Makes a file under a temporary name beside its place, and renames it when it is complete.
pub(super) fn whole(path: &Path, fill: impl FnOnce(&mut File) -> io::Result<()>) -> Result<(), Failure> {
    let (temporary, mut file) = temporary(path).map_err(|error| Failure::io("write", path, &error))?;
    let done = fill(&mut file).and_then(|()| {
        drop(file);
        fs::rename(&temporary, path)
    });
    done.map_err(|error| {
        let _ = fs::remove_file(&temporary);
        Failure::io("write", path, &error)
    })
}

fn temporary(path: &Path) -> io::Result<(PathBuf, File)> {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let folder = path.parent().unwrap_or(Path::new(""));
    loop {
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = folder.join(format!("{TEMPORARY}{}-{number}", std::process::id()));
        match OpenOptions::new().write(true).create_new(true).open(&name) {
            Ok(file) => return Ok((name, file)),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
}

/// The length of a file to copy. Anything but a regular file could block or never end.
fn regular(from: &Path) -> Result<u64, Failure> {
    let found = fs::metadata(from).map_err(|error| Failure::io("read", from, &error))?;
    if found.is_file() {
        Ok(found.len())
    } else {
        Err(Failure::new(format!("cannot copy `{}`: it is no regular file", from.display())))
    }
}

fn same_bytes(one: &Path, other: &Path) -> io::Result<bool> {
    let (mut one, mut other) = (File::open(one)?, File::open(other)?);
    let (mut left, mut right) = (vec![0; 64 * 1024], vec![0; 64 * 1024]);
    loop {
        let (a, b) = (fill(&mut one, &mut left)?, fill(&mut other, &mut right)?);
        if left[..a] != right[..b] {
            return Ok(false);
        }
        if a == 0 {
            return Ok(true);
        }
    }
}

fn fill(file: &mut File, buffer: &mut [u8]) -> io::Result<usize> {
    let mut length = 0;
    while length < buffer.len() {
        match file.read(&mut buffer[length..]) {
            Ok(0) => break,
            Ok(more) => length += more,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(length)
}
