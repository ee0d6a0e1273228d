//! When to look: soon after the system says that something happened, and every two seconds besides.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode};
use notify::{Config, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

/// It is looked at least this often, whatever the system says.
const TICK: Duration = Duration::from_secs(2);
/// After a change it is looked again this soon: a folder may have filled before it was watched.
const SOON: Duration = Duration::from_millis(150);
/// It is looked when nothing has happened for this long.
const QUIET: Duration = Duration::from_millis(8);
/// It is looked after this long, even if something happens all the time.
const LONGEST: Duration = Duration::from_millis(80);

/// Where the system refused to watch, it is asked again after this long.
const AGAIN: Duration = Duration::from_secs(30);

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

/// Waits for something to happen, of which the watcher `W` gives hints. None of them is needed.
#[derive(Debug)]
pub(super) struct Watch<W = RecommendedWatcher> {
    poll: bool,
    sender: SyncSender<()>,
    hints: Receiver<()>,
    watcher: Option<W>,
    armed: Vec<Armed>,
    /// What the system said when it refused, and when it was last asked.
    refused: Option<(String, Instant)>,
    next: Duration,
}

impl<W: Watcher> Watch<W> {
    /// One that only looks every two seconds, if `poll` says so.
    pub(super) fn new(poll: bool) -> Self {
        // one hint says as much as a thousand: what does not fit is dropped
        let (sender, hints) = sync_channel(1);
        Self { poll, sender, hints, watcher: None, armed: Vec::new(), refused: None, next: TICK }
    }

    /// Watches these folders; says what is wrong where that is not possible, once. A folder that was replaced
    /// is watched anew.
    pub(super) fn arm(&mut self, roots: Vec<Root>) -> Option<String> {
        if self.poll {
            return None;
        }
        let wanted: Vec<Armed> = roots.into_iter().map(|root| (root.clone(), root.identity())).collect();
        let is_refused = self.refused.as_ref().is_some_and(|(_, at)| at.elapsed() > AGAIN);
        if wanted == self.armed && !is_refused {
            return None;
        }
        self.armed = wanted;
        self.next = Duration::ZERO;
        let problem = self.watch().err().map(|error| error.to_string());
        let before = self.refused.take().map(|(problem, _)| problem);
        self.refused = problem.clone().map(|problem| (problem, Instant::now()));
        let problem = problem.filter(|problem| before.as_ref() != Some(problem))?;
        Some(format!("cannot watch the folders ({problem}): they are looked at every two seconds"))
    }

    fn watch(&mut self) -> notify::Result<()> {
        self.watcher = None;
        let sender = self.sender.clone();
        let hint = move |event: notify::Result<Event>| {
            if is_hint(&event) {
                let _ = sender.try_send(());
            }
        };
        let mut watcher = W::new(hint, Config::default())?;
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

/// Whether it is worth looking: not where a file was read, by ourselves most of the time. A queue that
/// overflowed and a watch that failed say that more happened than is told.
fn is_hint(event: &notify::Result<Event>) -> bool {
    match event {
        Ok(Event { kind: EventKind::Access(AccessKind::Close(AccessMode::Write)), .. }) => true,
        Ok(event) => event.need_rescan() || !matches!(event.kind, EventKind::Access(_)),
        Err(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use notify::event::{Flag, ModifyKind};
    use notify::{Error, EventHandler, NullWatcher, WatcherKind};

    use super::*;

    /// A system that watches nothing.
    #[derive(Debug)]
    struct Refusing;

    impl Watcher for Refusing {
        fn new<F: EventHandler>(_: F, _: Config) -> notify::Result<Self> {
            Ok(Self)
        }

        fn watch(&mut self, _: &Path, _: RecursiveMode) -> notify::Result<()> {
            Err(Error::generic("no space left"))
        }

        fn unwatch(&mut self, _: &Path) -> notify::Result<()> {
            Ok(())
        }

        fn kind() -> WatcherKind {
            WatcherKind::NullWatcher
        }
    }

    #[test]
    fn all_but_reading_is_a_hint() {
        let of = |kind| Ok(Event::new(kind));
        assert!(!is_hint(&of(EventKind::Access(AccessKind::Open(AccessMode::Any)))));
        assert!(!is_hint(&of(EventKind::Access(AccessKind::Close(AccessMode::Read)))));
        assert!(is_hint(&of(EventKind::Access(AccessKind::Close(AccessMode::Write)))));
        assert!(is_hint(&of(EventKind::Modify(ModifyKind::Any))));
        assert!(is_hint(&of(EventKind::Any)));
        // the queue overflowed
        assert!(is_hint(&Ok(Event::new(EventKind::Other).set_flag(Flag::Rescan))));
        assert!(is_hint(&Err(Error::new(notify::ErrorKind::MaxFilesWatch))));
    }

    #[test]
    fn it_is_time_to_look_though_nobody_says_so() {
        let folder = tempfile::tempdir().unwrap();
        let mut watch = Watch::<NullWatcher>::new(false);
        assert_eq!(watch.arm(vec![Root::deep(folder.path().to_owned())]), None);
        // armed anew, it is looked at once; then the clock comes
        watch.wait();
        watch.wait();
    }

    #[test]
    fn a_system_that_refuses_is_told_once_and_changes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let roots = || vec![Root::deep(folder.path().to_owned())];
        let mut watch = Watch::<Refusing>::new(false);
        let problem = watch.arm(roots()).unwrap();
        assert!(problem.contains("no space left") && problem.contains("every two seconds"), "{problem}");
        assert_eq!(watch.arm(roots()), None);
        watch.wait();
        watch.wait();
    }

    #[test]
    fn a_folder_that_was_replaced_is_watched_anew() {
        let folder = tempfile::tempdir().unwrap();
        let (here, other) = (folder.path().join("here"), folder.path().join("other"));
        for path in [&here, &other] {
            std::fs::create_dir(path).unwrap();
        }
        let mut watch = Watch::<NullWatcher>::new(false);
        let mut is_armed_anew = || {
            let before = watch.armed.clone();
            watch.arm(vec![Root::deep(here.clone())]);
            watch.armed != before
        };
        assert!(is_armed_anew());
        assert!(!is_armed_anew());
        std::fs::rename(&here, folder.path().join("gone")).unwrap();
        std::fs::rename(&other, &here).unwrap();
        assert!(is_armed_anew());
    }

    #[test]
    fn hints_that_do_not_fit_are_dropped_and_one_is_enough() {
        let mut watch = Watch::<NullWatcher>::new(false);
        for _ in 0..1_000 {
            let _ = watch.sender.try_send(());
        }
        watch.wait();
        assert!(watch.hints.try_recv().is_err(), "all that were there are answered by one look");
    }
}
