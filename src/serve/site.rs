//! What is served: generations of the site, and how the next one is made.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use super::news::News;
use super::overlay::{self, Overlay, Pages};
use super::shelf::Shelf;
use super::watch::Root;
use super::{Options, Talk, told};
use crate::date::Date;
use crate::failure::Failure;
use crate::history::{self, LastChanges, Walk};
use crate::inputs::Inputs;
use crate::load::{Handbook, Seen};
use crate::report;
use crate::session::Session;
use crate::{Found, Prepared};

/// A file that went away while it was about to be read is looked for again so many times.
const TRIES: usize = 3;
/// A document that was emptied is taken to be so after this long.
const SAVING: Duration = Duration::from_millis(400);

/// A site that does not change any more, and its number.
#[derive(Debug)]
pub(super) struct Generation {
    pub(super) number: u64,
    pub(super) shelf: Arc<Shelf>,
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
    pub(super) fn new(first: &Fresh) -> Self {
        let (shelf, overlay) = (Arc::clone(&first.shelf), first.overlay.clone());
        let first = Generation { number: clock(), shelf, overlay };
        Self { present: Mutex::new(Arc::new(first)), changed: Condvar::new() }
    }

    /// The present one, whole, for as long as it is held.
    pub(super) fn now(&self) -> Arc<Generation> {
        Arc::clone(&self.present.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Puts another in its place, in one step. It has a number of its own where a page of it differs.
    pub(super) fn replace(&self, fresh: &Fresh) {
        let old = self.now();
        let same = old.overlay == fresh.overlay
            && (Arc::ptr_eq(&old.shelf, &fresh.shelf) || !fresh.shelf.differs_from(&old.shelf));
        let number = if same { old.number } else { clock().max(old.number + 1) };
        let (shelf, overlay) = (Arc::clone(&fresh.shelf), fresh.overlay.clone());
        let next = Arc::new(Generation { number, shelf, overlay });
        *self.present.lock().unwrap_or_else(PoisonError::into_inner) = next;
        if !same {
            self.changed.notify_all();
        }
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
    pub(super) shelf: Arc<Shelf>,
    /// What is wrong, if anything is.
    pub(super) overlay: Option<Arc<Overlay>>,
    /// What was found, or why nothing could be.
    found: Result<Found, Failure>,
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
    /// Since when a document has been without content that had some.
    emptied: Option<Instant>,
    /// Whether there has been a site without errors.
    has_good: bool,
    /// What is shown.
    shown: Arc<Shelf>,
    /// What the terminal was told.
    news: News,
    /// The last changes of the files, and the commit and the day that they hold for.
    changed: ((Option<Vec<u8>>, Date), LastChanges),
}

impl<'a> Preview<'a> {
    pub(super) fn new(options: &'a Options, talk: &'a Talk<'a>) -> Self {
        let (session, seen) = (Session::new(), Seen::keeping(options.poll));
        let changed = ((None, Date::ZERO), LastChanges::new());
        Self {
            options,
            talk,
            session,
            seen,
            last: None,
            emptied: None,
            has_good: false,
            shown: Arc::default(),
            news: News::default(),
            changed,
        }
    }

    /// The first look; without a handbook there is nothing to serve.
    pub(super) fn first(&mut self) -> Result<Fresh, Failure> {
        let scan = self.scan()?;
        Ok(self.made(scan))
    }

    /// Another look.
    pub(super) fn look(&mut self) -> Look {
        let scan = self.scan();
        if let (Ok(scan), Some(Ok(last))) = (&scan, &self.last)
            && scan.emptied(last)
            && self.emptied.get_or_insert_with(Instant::now).elapsed() < SAVING
        {
            return Look::Again;
        }
        self.emptied = None;
        match (scan, &self.last) {
            (Ok(scan), Some(Ok(last))) if scan.is(last) => Look::Same,
            (Ok(scan), _) => Look::Fresh(self.made(scan)),
            (Err(failure), Some(Err(last))) if failure == *last => Look::Same,
            (Err(failure), _) => Look::Fresh(self.failed(failure)),
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
        let options = crate::Options { force: !self.has_good, ..scan.options.clone() };
        let (session, inputs) = (&mut self.session, &mut scan.handbook.inputs);
        // what was found for the last build is the same for this one; what was not may be there now
        if let Some(Ok(last)) = &self.last {
            let found = last.handbook.inputs.recalled.iter().filter(|(_, text)| text.is_ok());
            inputs.recalled = found.map(|(version, text)| (version.clone(), text.clone())).collect();
        }
        let mut analysis = history::analyse(&self.options.dir, session, inputs, &options);
        analysis.changed = changed;
        let Prepared { mut found, edition } = crate::prepare(session, analysis, inputs, &options);
        let shelf = edition.map(|edition| Arc::new(Shelf::new(edition, inputs, &scan.copied)));
        if let Some(Err(finding)) = shelf.as_ref().map(|shelf| shelf.try_theme(&self.shown)) {
            found = found.and(*finding);
        }
        let wrong = found.summary.errors > 0;
        let shelf = shelf.filter(|_| !wrong || !self.has_good);
        self.has_good |= !wrong;
        let is_new = shelf.is_some();
        let shelf = shelf.unwrap_or_else(|| Arc::clone(&self.shown));
        self.shown = Arc::clone(&shelf);
        let pages = if self.has_good { Pages::LastGood } else { Pages::Broken };
        let overlay =
            wrong.then(|| overlay::of_findings(&found, &scan.handbook.sources(), self.options, pages));
        self.last = Some(Ok(scan));
        Fresh { shelf, overlay: overlay.map(Arc::new), found: Ok(found), is_new }
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
        self.last = Some(Err(failure.clone()));
        let shelf = Arc::clone(&self.shown);
        Fresh { shelf, overlay: Some(overlay), found: Err(failure), is_new: false }
    }

    /// What the terminal is told of the last look. It takes its time where much was found: it is for after
    /// the pages are there.
    pub(super) fn news(&mut self, fresh: &Fresh) -> String {
        match (&fresh.found, &self.last) {
            (Err(failure), _) => report::failure(failure, self.talk.color),
            (Ok(found), Some(Ok(scan))) if !found.findings.is_empty() => {
                self.news.of(found, &scan.handbook.sources(), self.talk.color)
            }
            (Ok(_), _) => {
                self.news = News::default();
                String::new()
            }
        }
    }
}

/// What a look found.
#[derive(Debug)]
pub(super) enum Look {
    /// Nothing changed.
    Same,
    /// A file is being saved, it seems.
    Again,
    /// Something changed.
    Fresh(Fresh),
}

impl Scan {
    /// Whether a document is empty that was not: many programs save so, and fill it in the next moment.
    fn emptied(&self, before: &Self) -> bool {
        let empty = |scan: &Self| -> BTreeSet<Arc<str>> {
            let inputs = &scan.handbook.inputs;
            let all = std::iter::once(&inputs.book).chain(inputs.documents.iter());
            all.filter(|source| source.text.is_empty()).map(|source| Arc::clone(&source.path)).collect()
        };
        !empty(self).is_subset(&empty(before))
    }

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
