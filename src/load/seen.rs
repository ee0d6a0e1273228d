//! Files as they were last read: a scan of a book that has been read before reads only what may have
//! changed.
//!
//! A file is taken as unchanged where its size, its times and its number in the file system are what
//! they were, and where its last change was so long before it was read that no later one can have the
//! same time. Everything else is read, and compared with what was there: only other content is a change.

use std::collections::HashMap;
use std::fs::{self, Metadata};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use crate::source::{LONGEST, Source};

/// A file that changed this shortly before it was read may change again without a new time: the
/// coarsest clock of a file system in use has two seconds.
const SETTLED: Duration = Duration::from_secs(3);

/// A text that is larger is not read. A file that is copied and larger is not kept: it would fill the memory,
/// and be read at every look while it grows.
pub(super) const LARGEST: u64 = LONGEST as u64;

/// What is said of a text that is not read.
pub(super) const TOO_LARGE: &str = "it is larger than 256 MiB";

/// The content of a file that is read as a whole.
pub(super) fn whole(path: &Path) -> io::Result<Vec<u8>> {
    if fs::metadata(path)?.len() > LARGEST {
        return Err(io::Error::new(ErrorKind::FileTooLarge, TOO_LARGE));
    }
    fs::read(path)
}

/// What was read before; with [`Seen::nothing`], nothing is kept.
#[derive(Debug, Default)]
pub struct Seen {
    keeps: bool,
    doubts: bool,
    before: HashMap<PathBuf, Kept>,
    now: Mutex<HashMap<PathBuf, Kept>>,
    missed: AtomicBool,
}

#[derive(Clone, Debug)]
struct Kept {
    stamp: Stamp,
    settled: bool,
    content: Content,
}

#[derive(Clone, Debug)]
enum Content {
    Text(Source),
    Bytes(Arc<[u8]>),
}

/// What a file system says of a file without opening it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stamp {
    size: u64,
    modified: Option<SystemTime>,
    system: (u64, u64, i64, i64),
}

impl Seen {
    /// Keeps nothing, and does not read the files that are only copied.
    pub fn nothing() -> Self {
        Self::default()
    }

    /// Keeps what is read. One that `doubts` reads every file every time: for drives whose times cannot
    /// be relied on.
    pub fn keeping(doubts: bool) -> Self {
        Self { keeps: true, doubts, ..Self::default() }
    }

    /// Whether a file went away between being found and being read, so that it is worth looking again.
    pub fn missed(&self) -> bool {
        self.missed.load(Ordering::Relaxed)
    }

    /// What a file held that is copied, when it was last read; nothing where it is too large to be kept.
    pub fn bytes(&self, path: &Path) -> Option<Arc<[u8]>> {
        match &self.before.get(path)?.content {
            Content::Bytes(bytes) => Some(Arc::clone(bytes)),
            Content::Text(_) => None,
        }
    }

    /// Begins a scan.
    pub(super) fn begin(&mut self) {
        *self.missed.get_mut() = false;
        self.now.get_mut().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// Ends a scan: what was not found by it is forgotten.
    pub(super) fn end(&mut self) {
        self.before = std::mem::take(self.now.get_mut().unwrap_or_else(PoisonError::into_inner));
    }

    /// The text of a file.
    pub(super) fn text(&self, path: &Arc<str>, on_disk: &Path) -> io::Result<Source> {
        let read = |bytes| Content::Text(Source::from_bytes(Arc::clone(path), bytes));
        if self.noticed(fs::metadata(on_disk))?.len() > LARGEST {
            return Err(io::Error::new(ErrorKind::FileTooLarge, TOO_LARGE));
        }
        if self.keeps
            && let Content::Text(source) = self.get(on_disk, read)?
        {
            return Ok(source);
        }
        self.noticed(fs::read(on_disk)).map(|bytes| Source::from_bytes(Arc::clone(path), bytes))
    }

    /// Reads a file that is copied, or only finds out whether it can be.
    pub(super) fn copied(&self, on_disk: &Path) -> io::Result<()> {
        if self.keeps && self.noticed(fs::metadata(on_disk))?.len() <= LARGEST {
            self.get(on_disk, |bytes| Content::Bytes(Arc::from(bytes))).map(drop)
        } else {
            fs::File::open(on_disk).map(drop)
        }
    }

    fn get(&self, path: &Path, read: impl Fn(Vec<u8>) -> Content) -> io::Result<Content> {
        let found = SystemTime::now();
        let stamp = Stamp::of(&self.noticed(fs::metadata(path))?);
        let old = self.before.get(path);
        let kept = match old {
            Some(old) if old.settled && old.stamp == stamp && !self.doubts => old.clone(),
            _ => {
                let bytes = self.noticed(fs::read(path))?;
                let content = match old {
                    Some(old) if old.content.is(&bytes) => old.content.clone(),
                    _ => read(bytes),
                };
                Kept { stamp, settled: stamp.is_settled(found), content }
            }
        };
        let content = kept.content.clone();
        self.now.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned(), kept);
        Ok(content)
    }

    fn noticed<T>(&self, result: io::Result<T>) -> io::Result<T> {
        if result.as_ref().is_err_and(|error| error.kind() == ErrorKind::NotFound) {
            self.missed.store(true, Ordering::Relaxed);
        }
        result
    }
}

impl Content {
    /// Whether this is what the bytes were read to.
    fn is(&self, bytes: &[u8]) -> bool {
        match self {
            Self::Text(source) => source.not_utf8.is_none() && source.text.as_bytes() == bytes,
            Self::Bytes(old) => **old == *bytes,
        }
    }
}

impl Stamp {
    fn of(found: &Metadata) -> Self {
        Self { size: found.len(), modified: found.modified().ok(), system: system(found) }
    }

    /// Whether a change after `at` must show in the stamp.
    fn is_settled(&self, at: SystemTime) -> bool {
        let Some(before) = at.checked_sub(SETTLED) else { return false };
        let seconds = before.duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_secs());
        self.modified.is_some_and(|modified| modified < before)
            && i64::try_from(seconds).is_ok_and(|seconds| self.system.2 < seconds)
    }
}

/// Device, number and time of the last change of anything about it, which no program can set back.
#[cfg(unix)]
fn system(found: &Metadata) -> (u64, u64, i64, i64) {
    use std::os::unix::fs::MetadataExt;
    (found.dev(), found.ino(), found.ctime(), found.ctime_nsec())
}

#[cfg(not(unix))]
fn system(_: &Metadata) -> (u64, u64, i64, i64) {
    (0, 0, 0, 0)
}
