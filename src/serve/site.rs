//! What is served: generations of the whole site in memory, and how the next one is made.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use super::overlay::{self, Overlay, Pages};
use super::watch::Root;
use super::{Options, Talk, told};
use crate::Built;
use crate::date::Date;
use crate::failure::Failure;
use crate::history::{self, LastChanges, Walk};
use crate::inputs::{Content, Inputs};
use crate::load::{Handbook, Seen};
use crate::report;
use crate::session::Session;

/// A file that went away while it was about to be read is looked for again so many times.
const TRIES: usize = 3;

/// A file of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct File {
    /// What it holds.
    pub(super) bytes: Arc<[u8]>,
    /// Whether the build made it; what authors bring is served as it is.
    pub(super) made: bool,
}

/// A whole site, by path.
pub(super) type Files = HashMap<String, File>;

/// A site that does not change any more, and its number.
#[derive(Debug)]
pub(super) struct Generation {
    pub(super) number: u64,
    pub(super) files: Arc<Files>,
    pub(super) overlay: Option<Arc<Overlay>>,
}

/// The present generation.
#[derive(Debug)]
pub(super) struct Live {
    present: Mutex<Arc<Generation>>,
    changed: Condvar,
}

impl Live {
    /// Begins with a site. Its number comes from the clock, so that one of a later start is larger.
    pub(super) fn new(first: Fresh) -> Self {
        let first = Generation { number: clock(), files: first.files, overlay: first.overlay };
        Self { present: Mutex::new(Arc::new(first)), changed: Condvar::new() }
    }

    /// The present one, whole, for as long as it is held.
    pub(super) fn now(&self) -> Arc<Generation> {
        Arc::clone(&self.present.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Puts another in its place, in one step, where anything about it differs.
    pub(super) fn replace(&self, fresh: &Fresh) {
        let old = self.now();
        let same = Arc::ptr_eq(&old.files, &fresh.files) || *old.files == *fresh.files;
        if same && old.overlay == fresh.overlay {
            return;
        }
        let (files, overlay) = (Arc::clone(&fresh.files), fresh.overlay.clone());
        let next = Arc::new(Generation { number: clock().max(old.number + 1), files, overlay });
        *self.present.lock().unwrap_or_else(PoisonError::into_inner) = next;
        self.changed.notify_all();
    }

    /// The number of the generation after another one, if it comes in time.
    pub(super) fn after(&self, number: u64, patience: Duration) -> Option<u64> {
        let present = self.present.lock().unwrap_or_else(PoisonError::into_inner);
        let (present, _) = self
            .changed
            .wait_timeout_while(present, patience, |present| present.number == number)
            .unwrap_or_else(PoisonError::into_inner);
        (present.number != number).then_some(present.number)
    }
}

fn clock() -> u64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or_default()
}

/// What a look at the handbook gave.
#[derive(Debug)]
pub(super) struct Fresh {
    /// The site to serve: the last good one, or where there never was one, that of a forced build.
    pub(super) files: Arc<Files>,
    /// What is wrong, if anything is.
    pub(super) overlay: Option<Arc<Overlay>>,
    /// The findings, for the terminal.
    pub(super) report: String,
    /// How many pages were rendered.
    pub(super) rendered: usize,
    /// Whether the site is that of this look.
    pub(super) is_new: bool,
}

/// A handbook as a scan found it.
#[derive(Debug)]
struct Scan {
    handbook: Handbook,
    copied: Vec<Option<Arc<[u8]>>>,
    options: crate::Options,
}

/// Looks at a handbook, and makes its site anew where it changed.
#[derive(Debug)]
pub(super) struct Preview<'a> {
    options: &'a Options,
    talk: &'a Talk<'a>,
    session: Session,
    seen: Seen,
    /// The last scan, or why there was none.
    last: Option<Result<Scan, Failure>>,
    /// The last site without errors.
    good: Option<Arc<Files>>,
    /// What is shown.
    shown: Arc<Files>,
    /// The last changes of the files, and the commit and the day that they hold for.
    changed: ((Option<Vec<u8>>, Date), LastChanges),
}

impl<'a> Preview<'a> {
    pub(super) fn new(options: &'a Options, talk: &'a Talk<'a>) -> Self {
        let (session, seen) = (Session::new(), Seen::keeping(options.poll));
        let changed = ((None, Date::ZERO), LastChanges::new());
        Self { options, talk, session, seen, last: None, good: None, shown: Arc::default(), changed }
    }

    /// The first look; without a handbook there is nothing to serve.
    pub(super) fn first(&mut self) -> Result<Fresh, Failure> {
        let scan = self.scan()?;
        Ok(self.made(scan))
    }

    /// Another look; nothing where nothing changed.
    pub(super) fn look(&mut self) -> Option<Fresh> {
        match (self.scan(), &self.last) {
            (Ok(scan), Some(Ok(last))) if scan.is(last) => None,
            (Ok(scan), _) => Some(self.made(scan)),
            (Err(failure), Some(Err(last))) if failure == *last => None,
            (Err(failure), _) => Some(self.failed(failure)),
        }
    }

    /// What to watch, as far as it is known.
    pub(super) fn roots(&self) -> Vec<Root> {
        let dir = &self.options.dir;
        let mut roots = vec![Root::flat(dir.clone())];
        if let Some(Ok(scan)) = &self.last {
            let config = &scan.handbook.config;
            let theme = dir.join("themes").join(config.theme.value.as_ref());
            let folders: [PathBuf; 2] = [dir.join(config.src.as_ref()), theme];
            roots.extend(folders.into_iter().filter(|root| root.starts_with(dir)).map(Root::deep));
        }
        roots
    }

    fn scan(&mut self) -> Result<Scan, Failure> {
        // the site stands at `/`, whatever address it is built for
        let options = crate::Options { site_url: Some("/".to_owned()), ..(self.talk.options)()? };
        let mut tries = 1;
        loop {
            let handbook = Handbook::read(&self.options.dir, &mut self.seen);
            if tries < TRIES && (handbook.is_err() || self.seen.missed()) {
                tries += 1;
                continue;
            }
            let handbook = handbook?;
            let copied = handbook.inputs.assets.iter().map(|asset| self.seen.bytes(&asset.on_disk)).collect();
            return Ok(Scan { handbook, copied, options });
        }
    }

    fn made(&mut self, mut scan: Scan) -> Fresh {
        let changed = self.last_changes(scan.options.today);
        let options = crate::Options { force: self.good.is_none(), ..scan.options.clone() };
        let (session, inputs) = (&mut self.session, &mut scan.handbook.inputs);
        // what was found for the last build is the same for this one; what was not may be there now
        if let Some(Ok(last)) = &self.last {
            let found = last.handbook.inputs.recalled.iter().filter(|(_, text)| text.is_ok());
            inputs.recalled = found.map(|(version, text)| (version.clone(), text.clone())).collect();
        }
        let mut analysis = history::analyse(&self.options.dir, session, inputs, &options);
        analysis.changed = changed;
        let built = crate::publish(session, analysis, inputs, &options);
        let wrong = built.found.summary.errors > 0;
        let files = match wrong && (self.good.is_some() || built.files.is_empty()) {
            true => Arc::clone(&self.shown),
            false => Arc::new(self.files(&built)),
        };
        if !wrong {
            self.good = Some(Arc::clone(&files));
        }
        let is_new = !Arc::ptr_eq(&files, &self.shown);
        self.shown = Arc::clone(&files);
        let (sources, found) = (scan.handbook.sources(), &built.found);
        let pages = if self.good.is_some() { Pages::LastGood } else { Pages::Broken };
        let overlay = wrong.then(|| overlay::of_findings(found, &sources, self.options, pages));
        let report = match found.findings.is_empty() {
            true => String::new(),
            false => report::human(&found.findings, &sources, &found.summary, self.talk.color),
        };
        self.last = Some(Ok(scan));
        let rendered = self.session.rendered();
        Fresh { files, overlay: overlay.map(Arc::new), report, rendered, is_new }
    }

    /// When the files were last changed; looked up again where there is another commit or day.
    fn last_changes(&mut self, today: Date) -> LastChanges {
        let at = (history::head(&self.options.dir), today);
        if self.changed.0 != at {
            let found = Walk::begin(&self.options.dir, today).end();
            self.changed = (at, found);
        }
        self.changed.1.clone()
    }

    fn failed(&mut self, failure: Failure) -> Fresh {
        let overlay = Arc::new(overlay::of_failure(&told(&failure), Pages::LastGood));
        let report = report::failure(&failure, self.talk.color);
        self.last = Some(Err(failure));
        let files = Arc::clone(&self.shown);
        Fresh { files, overlay: Some(overlay), report, rendered: 0, is_new: false }
    }

    /// The files of a build, with those that are copied read already.
    fn files(&self, built: &Built) -> Files {
        let file = |content: &Content| match content {
            Content::Made(bytes) => Some(File { bytes: Arc::clone(bytes), made: true }),
            Content::Copied(path) => Some(File { bytes: self.seen.bytes(path)?, made: false }),
        };
        built.files.iter().filter_map(|one| Some((one.path.clone(), file(&one.content)?))).collect()
    }
}

impl Scan {
    /// Whether both found the same.
    fn is(&self, other: &Self) -> bool {
        self.options.today == other.options.today
            && self.copied == other.copied
            && same(&self.handbook.inputs, &other.handbook.inputs)
    }
}

fn same(one: &Inputs, other: &Inputs) -> bool {
    let texts = |inputs: &Inputs| -> Vec<_> {
        let all = std::iter::once(&inputs.book).chain(inputs.documents.iter());
        all.map(|source| (Arc::clone(&source.path), Arc::clone(&source.text), source.not_utf8)).collect()
    };
    one.assets == other.assets
        && one.theme == other.theme
        && one.unread == other.unread
        && texts(one) == texts(other)
}
