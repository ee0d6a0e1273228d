//! What is remembered between builds: files by their text, the theme, and pages by their views. The only
//! incremental code; a build with a session that remembers gives the same bytes as one with a session
//! that does not.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

use crate::config::Config;
use crate::diagnostic::Finding;
use crate::inputs::SiteFile;
use crate::model::{File, read, site_path};
use crate::pages::Page;
use crate::render::Theme;
use crate::search;
use crate::source::{Place, Sources};

mod key;

/// A file by its path and the hash of its text.
type Key = (Arc<str>, u128);

/// What is remembered between builds.
#[derive(Debug, Default)]
pub struct Session {
    /// The source folder: the address of a file depends on it.
    src: String,
    files: HashMap<Key, Arc<File>>,
    /// The theme, and the hash of what it is made from.
    theme: Option<(u128, Arc<Theme>)>,
    /// What is remembered of this theme.
    pages: Arc<Remembered>,
}

impl Session {
    /// A session that remembers nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads every file, in the order of their paths; those whose text is remembered are not read again.
    pub fn parse(&mut self, sources: &Sources, src: &str) -> Vec<Arc<File>> {
        if self.src != src {
            self.files.clear();
            src.clone_into(&mut self.src);
        }
        let all: Vec<_> = sources.iter().collect();
        let files: Vec<(Key, Arc<File>)> = all
            .into_par_iter()
            .map(|source| {
                let key = (Arc::clone(&source.path), xxh3_128(source.text.as_bytes()));
                let file = match self.files.get(&key) {
                    Some(file) if file.source.not_utf8 == source.not_utf8 => Arc::clone(file),
                    _ => Arc::new(read(source, site_path(src, &source.path).unwrap_or(&source.path))),
                };
                (key, file)
            })
            .collect();
        // what is gone is forgotten
        self.files = files.iter().cloned().collect();
        files.into_iter().map(|(_, file)| file).collect()
    }

    /// The theme of a book, by the files of its folder. Where anything about it differs, no page is
    /// remembered any more.
    ///
    /// # Errors
    /// What is wrong with the theme.
    pub fn theme(
        &mut self,
        config: &Config,
        own: &BTreeMap<String, Vec<u8>>,
        book: &Place,
    ) -> Result<Arc<Theme>, Box<Finding>> {
        let (title, description) = (&config.title, config.description.as_deref());
        let repository = config.git_repository_url.as_deref();
        let mut hash = Xxh3::new();
        (&config.theme.value, &config.language.value, title, description, repository, own).hash(&mut hash);
        let key = hash.digest128();
        if let Some((known, theme)) = &self.theme
            && *known == key
        {
            return Ok(Arc::clone(theme));
        }
        self.theme = None;
        self.pages = Arc::default();
        let theme = Theme::new(&config.theme.value, own, &config.language.value, book)?;
        let theme = Arc::new(theme.with_book(title, description, repository));
        self.theme = Some((key, Arc::clone(&theme)));
        Ok(theme)
    }

    /// The pages that are remembered of the theme that [`Session::theme`] gave last.
    pub fn pages(&self) -> Arc<Remembered> {
        Arc::clone(&self.pages)
    }
}

/// What a page showed, and the page.
type Known = (u128, Arc<[u8]>);

/// The pages of a theme that were made, by where they lie and what they show.
#[derive(Debug, Default)]
pub struct Remembered {
    pages: Mutex<HashMap<String, Known>>,
    /// The index of the search, by its parts.
    index: Mutex<search::Known>,
    rendered: AtomicUsize,
}

impl Remembered {
    /// A page at a path: as it was made for the same view, else as `render` makes it.
    ///
    /// # Errors
    /// Those of `render`.
    pub fn page(
        &self,
        path: &str,
        page: &Page,
        render: impl FnOnce() -> Result<String, Box<Finding>>,
    ) -> Result<Arc<[u8]>, Box<Finding>> {
        let key = Self::key(page);
        let pages = || self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((known, bytes)) = pages().get(path)
            && Some(*known) == key
        {
            return Ok(Arc::clone(bytes));
        }
        let bytes: Arc<[u8]> = Arc::from(render()?.into_bytes());
        self.rendered.fetch_add(1, Ordering::Relaxed);
        if let Some(key) = key {
            pages().insert(path.to_owned(), (key, Arc::clone(&bytes)));
        }
        Ok(bytes)
    }

    /// What a page shows, as a number that another view does not have; nothing for one that cannot be
    /// compared.
    pub fn key(page: &Page) -> Option<u128> {
        key::of(page).ok()
    }

    /// Forgets the pages at other paths than these.
    pub fn keep(&self, is_there: impl Fn(&str) -> bool) {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner).retain(|path, _| is_there(path));
    }

    /// The files of the index that browsers search; parts of it that are remembered are not made again.
    pub fn search(&self, all: &search::Findable<'_>) -> Vec<SiteFile> {
        self.index.lock().unwrap_or_else(PoisonError::into_inner).index(all)
    }

    /// How many pages were rendered so far, because they were not remembered.
    pub fn rendered(&self) -> usize {
        self.rendered.load(Ordering::Relaxed)
    }
}
