//! The lock that keeps two builds out of one folder, and the note of whether the last one ended.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Read, Seek, Write};
use std::path::{Path, PathBuf};

use super::{OWN, file};
use crate::failure::Failure;

/// A folder that is ours alone while this lives.
#[derive(Debug)]
pub(super) struct Lock {
    file: File,
    path: PathBuf,
    interrupted: bool,
}

/// Takes the folder, or says that another build has it.
pub(super) fn take(out: &Path) -> Result<Lock, Failure> {
    let path = out.join(format!("{OWN}lock"));
    if fs::symlink_metadata(&path).is_ok_and(|found| !found.is_file()) {
        return Err(Failure::new(format!(
            "cannot lock `{}`: `{}` is no regular file",
            out.display(),
            path.display()
        ))
        .help("remove it"));
    }
    let mut file = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(&path)
        .map_err(|error| Failure::io("write", &path, &error))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            return Err(Failure::new(format!("another build is writing to `{}`", out.display()))
                .help("wait until it is done, or name another folder with `--out DIR`"));
        }
        // a file system without locks: better a build than none
        Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => {}
        Err(TryLockError::Error(error)) => return Err(Failure::io("lock", &path, &error)),
    }
    let mut content = Vec::new();
    file.read_to_end(&mut content).map_err(|error| Failure::io("read", &path, &error))?;
    Ok(Lock { file, path, interrupted: !content.is_empty() })
}

/// Whether the last build came to its end.
pub(super) fn is_at_rest(out: &Path) -> bool {
    let path = out.join(format!("{OWN}lock"));
    file::regular_at(&path).and_then(|path| fs::read(path).ok()).is_some_and(|content| content.is_empty())
}

impl Lock {
    /// Whether the build before this one did not come to its end.
    pub(super) fn interrupted(&self) -> bool {
        self.interrupted
    }

    /// Notes that a build has begun.
    pub(super) fn begin(&self) -> Result<(), Failure> {
        let mut file = &self.file;
        file.rewind()
            .and_then(|()| file.write_all(b"a build is under way, or was interrupted\n"))
            .map_err(|error| Failure::io("write", &self.path, &error))
    }

    /// Notes that it has ended.
    pub(super) fn end(&self) -> Result<(), Failure> {
        self.file.set_len(0).map_err(|error| Failure::io("write", &self.path, &error))
    }

    /// Whether the folder is the one that was locked: it may have been removed and made anew.
    pub(super) fn still_there(&self) -> Result<(), Failure> {
        if self.is_same_file() {
            return Ok(());
        }
        let folder = self.path.parent().unwrap_or(Path::new("."));
        Err(Failure::new(format!(
            "`{}` was removed or replaced while the site was written to it",
            folder.display()
        ))
        .help("build again"))
    }

    #[cfg(unix)]
    fn is_same_file(&self) -> bool {
        use std::os::unix::fs::MetadataExt;
        match (self.file.metadata(), fs::symlink_metadata(&self.path)) {
            (Ok(held), Ok(found)) => (held.dev(), held.ino()) == (found.dev(), found.ino()),
            _ => false,
        }
    }

    #[cfg(not(unix))]
    fn is_same_file(&self) -> bool {
        fs::symlink_metadata(&self.path).is_ok()
    }
}
