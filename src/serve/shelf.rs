//! The files of one generation: all that it can serve is known, and a page is made when it is first asked
//! for. So a change of one document costs what reading it costs and the pages that are looked at, whatever
//! the size of the handbook.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use rayon::prelude::*;

use crate::diagnostic::Finding;
use crate::edition::{Ask, Edition};
use crate::inputs::{Content, Inputs, SiteFile};

/// After this long in search of a page that differs, it is taken that one does: a browser that is told too
/// often asks and finds that its page is the same.
const PATIENCE: Duration = Duration::from_secs(2);

/// A file of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct File {
    /// What it holds.
    pub(super) bytes: Arc<[u8]>,
    /// Whether the build made it; what authors bring is served as it is.
    pub(super) made: bool,
}

/// What can be served. The empty one serves nothing.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    edition: Option<Edition>,
    /// What pages need.
    needed: HashMap<String, File>,
    /// What a build would copy, and is too large to be kept.
    left_out: BTreeSet<String>,
    /// What other programs read; made when the first of it is asked for.
    for_programs: OnceLock<HashMap<String, File>>,
    /// The pages that were asked for.
    asked: Mutex<BTreeSet<String>>,
}

impl Shelf {
    /// Of an edition, with the bytes of the inputs' assets.
    pub(super) fn new(edition: Edition, inputs: &Inputs, copied: &[Option<Arc<[u8]>>]) -> Self {
        let bytes: HashMap<_, _> = inputs.assets.iter().map(|asset| &asset.on_disk).zip(copied).collect();
        let file = |content: &Content| match content {
            Content::Made(bytes) => Some(File { bytes: Arc::from(&**bytes), made: true }),
            Content::Copied(path) => {
                Some(File { bytes: Arc::clone(bytes.get(path)?.as_ref()?), made: false })
            }
        };
        let mut shelf = Self::default();
        for one in edition.press().needed() {
            match file(&one.content) {
                Some(file) => drop(shelf.needed.insert(one.path, file)),
                None => drop(shelf.left_out.insert(one.path)),
            }
        }
        Self { edition: Some(edition), ..shelf }
    }

    /// Whether there is nothing at all.
    pub(super) fn is_empty(&self) -> bool {
        self.edition.is_none()
    }

    /// Whether there is a page or a file at a path.
    pub(super) fn has(&self, path: &str) -> bool {
        self.page(path).is_some() || self.needed.contains_key(path) || self.programs(path).is_some()
    }

    /// Whether a build has a file at a path that is too large to be kept here.
    pub(super) fn leaves_out(&self, path: &str) -> bool {
        self.left_out.contains(path)
    }

    /// The file at a path.
    ///
    /// # Errors
    /// What kept a page from being made.
    pub(super) fn get(&self, path: &str) -> Result<Option<File>, Box<Finding>> {
        if let Some((edition, ask)) = self.page(path) {
            self.asked.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned());
            let bytes = edition.press().remembered(path, ask)?;
            return Ok(Some(File { bytes, made: true }));
        }
        Ok(self.needed.get(path).or_else(|| self.programs(path)).cloned())
    }

    fn page(&self, path: &str) -> Option<(&Edition, Ask)> {
        let edition = self.edition.as_ref()?;
        Some((edition, edition.find(path)?))
    }

    fn programs(&self, path: &str) -> Option<&File> {
        let edition = self.edition.as_ref().filter(|_| !path.ends_with(".html"))?;
        let made = |one: SiteFile| match one.content {
            Content::Made(bytes) => Some((one.path, File { bytes: Arc::from(bytes), made: true })),
            Content::Copied(_) => None,
        };
        let all = || {
            let press = edition.press();
            press.for_programs().into_iter().chain([press.export()]).filter_map(made).collect()
        };
        self.for_programs.get_or_init(all).get(path)
    }

    /// Makes a page of every kind, if the theme is another than before.
    ///
    /// # Errors
    /// A template that fails.
    pub(super) fn try_theme(&self, before: &Self) -> Result<(), Box<Finding>> {
        let Some(edition) = &self.edition else { return Ok(()) };
        if before.edition.as_ref().is_some_and(|before| edition.has_theme_of(before)) {
            return Ok(());
        }
        let mut kinds = Vec::new();
        let mut known = Vec::new();
        for (path, ask) in edition.pages() {
            let kind = std::mem::discriminant(ask);
            if !known.contains(&kind) {
                known.push(kind);
                kinds.push((path, *ask));
            }
        }
        let press = edition.press();
        kinds.into_par_iter().try_for_each(|(path, ask)| press.remembered(path, ask).map(drop))
    }

    /// Whether a page differs from what it was. Those that are looked at and those of changed documents
    /// are compared first.
    pub(super) fn differs_from(&self, before: &Self) -> bool {
        let (Some(now), Some(old)) = (&self.edition, &before.edition) else {
            return self.edition.is_some() != before.edition.is_some();
        };
        if !now.has_theme_of(old)
            || (&self.needed, &self.left_out) != (&before.needed, &before.left_out)
            || now.pages() != old.pages()
        {
            return true;
        }
        let began = Instant::now();
        let (press, old_press) = (now.press(), old.press());
        let differs = |ask: &Ask| {
            began.elapsed() > PATIENCE || {
                let key = press.key(*ask);
                key.is_none() || key != old_press.key(*ask)
            }
        };
        let asked = before.asked.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let mut first: Vec<Ask> = asked.iter().filter_map(|path| now.find(path)).collect();
        first.extend(changed(now, old));
        first.par_iter().any(differs) || now.pages().par_iter().any(|(_, ask)| differs(ask))
    }
}

/// The pages of the documents whose files were read anew. Both editions have the same pages.
fn changed<'a>(now: &'a Edition, old: &'a Edition) -> impl Iterator<Item = Ask> + 'a {
    let documents = |edition: &'a Edition| edition.analysis().book.documents.iter();
    documents(now)
        .zip(documents(old))
        .enumerate()
        .filter(|(_, (now, old))| !Arc::ptr_eq(&now.file, &old.file))
        .map(|(at, _)| Ask::Document(at))
}
