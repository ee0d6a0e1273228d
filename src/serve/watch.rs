//! When to look: soon after the system says that something happened, and every two seconds besides.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

/// It is looked at least this often, whatever the system says.
const TICK: Duration = Duration::from_secs(2);
/// After a change it is looked again this soon: a folder may have filled before it was watched.
const SOON: Duration = Duration::from_millis(150);
/// It is looked when nothing has happened for this long.
const QUIET: Duration = Duration::from_millis(8);
/// It is looked after this long, even if something happens all the time.
const LONGEST: Duration = Duration::from_millis(80);

/// A folder to watch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Root {
    path: PathBuf,
    deep: bool,
}

impl Root {
    /// The folder's own entries.
    pub(super) fn flat(path: PathBuf) -> Self {
        Self { path, deep: false }
    }

    /// The folder with all below it.
    pub(super) fn deep(path: PathBuf) -> Self {
        Self { path, deep: true }
    }

    /// What tells this folder from another that came to its place; none if there is none.
    fn identity(&self) -> Option<(u64, u64)> {
        let found = std::fs::metadata(&self.path).ok()?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt;
            Some((found.dev(), found.ino()))
        }
        #[cfg(not(unix))]
        {
            let since = found.created().ok()?.duration_since(std::time::SystemTime::UNIX_EPOCH).ok()?;
            Some((since.as_secs(), u64::from(since.subsec_nanos())))
        }
    }
}

/// A folder that is watched, and what it was when that began.
type Armed = (Root, Option<(u64, u64)>);

/// Waits for something to happen.
#[derive(Debug)]
pub(super) struct Watch {
    poll: bool,
    sender: SyncSender<()>,
    hints: Receiver<()>,
    watcher: Option<RecommendedWatcher>,
    armed: Vec<Armed>,
    next: Duration,
}

impl Watch {
    /// One that only looks every two seconds, if `poll` says so.
    pub(super) fn new(poll: bool) -> Self {
        // one hint says as much as a thousand: what does not fit is dropped
        let (sender, hints) = sync_channel(1);
        Self { poll, sender, hints, watcher: None, armed: Vec::new(), next: TICK }
    }

    /// Watches these folders; says what is wrong where that is not possible. A folder that was replaced
    /// is watched anew.
    pub(super) fn arm(&mut self, roots: Vec<Root>) -> Option<String> {
        if self.poll {
            return None;
        }
        let wanted: Vec<Armed> = roots.into_iter().map(|root| (root.clone(), root.identity())).collect();
        if wanted == self.armed {
            return None;
        }
        self.armed = wanted;
        self.next = Duration::ZERO;
        let problem = self.watch().err()?;
        Some(format!("cannot watch the folders ({problem}): they are looked at every two seconds"))
    }

    fn watch(&mut self) -> notify::Result<()> {
        self.watcher = None;
        let sender = self.sender.clone();
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            if event.is_ok_and(|event| is_reading(event.kind)) {
                return;
            }
            let _ = sender.try_send(());
        })?;
        for (root, identity) in &self.armed {
            let mode = if root.deep { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive };
            if identity.is_some() {
                watcher.watch(&root.path, mode)?;
            }
        }
        self.watcher = Some(watcher);
        Ok(())
    }

    /// Asks for another look before long.
    pub(super) fn look_again_soon(&mut self) {
        self.next = SOON;
    }

    /// Returns when it is time to look.
    pub(super) fn wait(&mut self) {
        let longest = std::mem::replace(&mut self.next, TICK);
        if self.hints.recv_timeout(longest) == Err(RecvTimeoutError::Timeout) {
            return;
        }
        let began = Instant::now();
        while began.elapsed() < LONGEST && self.hints.recv_timeout(QUIET).is_ok() {}
    }
}

/// Whether an event is that of a file being read: ours, most of the time.
fn is_reading(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => false,
        EventKind::Access(_) => true,
        _ => false,
    }
}
