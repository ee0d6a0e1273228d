//! What is remembered between builds: files by their text, the theme, and pages by their views. The only
//! incremental code; a build with a session that remembers gives the same bytes as one with a session
//! that does not.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;
use std::sync::Arc;

use rayon::prelude::*;
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

use crate::config::Config;
use crate::diagnostic::Finding;
use crate::inputs::{Content, SiteFile};
use crate::model::{File, read, site_path};
use crate::pages::Page;
use crate::render::{self, Theme};
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
    /// The pages of this theme, by the hash of their views.
    pages: HashMap<u128, Arc<[u8]>>,
    /// The index of the search, by its parts.
    index: search::Known,
    rendered: usize,
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
        (&config.theme.value, &config.language, title, description, repository, own).hash(&mut hash);
        let key = hash.digest128();
        if let Some((known, theme)) = &self.theme
            && *known == key
        {
            return Ok(Arc::clone(theme));
        }
        self.theme = None;
        self.pages.clear();
        let theme = Theme::new(&config.theme.value, own, &config.language, book)?;
        let theme = Arc::new(theme.with_book(title, description, repository));
        self.theme = Some((key, Arc::clone(&theme)));
        Ok(theme)
    }

    /// The files of a site: the theme's assets, and every page through its template; those whose views
    /// are remembered are not rendered again. The theme is the one that [`Session::theme`] gave last.
    ///
    /// # Errors
    /// The first page whose template fails.
    pub fn render(&mut self, theme: &Theme, pages: &[Page]) -> Result<Vec<SiteFile>, Box<Finding>> {
        let made: Vec<Result<Made, Box<Finding>>> =
            pages.par_iter().map(|page| Made::of(page, theme, &self.pages)).collect();
        let made = made.into_iter().collect::<Result<Vec<Made>, _>>()?;
        self.rendered = made.iter().filter(|made| made.anew).count();
        // what is gone is forgotten
        self.pages = made.iter().filter_map(|made| Some((made.key?, Arc::clone(&made.bytes)))).collect();
        let file = |(page, made): (&Page, Made)| SiteFile {
            path: page.path.clone(),
            content: Content::Made(made.bytes),
        };
        let mut files = theme.assets();
        files.extend(pages.iter().zip(made).map(file));
        Ok(files)
    }

    /// The files of the index that browsers search; parts of it that are remembered are not made again.
    pub fn search(&mut self, all: &search::Findable) -> Vec<SiteFile> {
        self.index.index(all)
    }

    /// How many pages the last build rendered, because they were not remembered.
    pub fn rendered(&self) -> usize {
        self.rendered
    }
}

/// A page, and whether it was rendered or remembered.
struct Made {
    key: Option<u128>,
    bytes: Arc<[u8]>,
    anew: bool,
}

impl Made {
    fn of(page: &Page, theme: &Theme, known: &HashMap<u128, Arc<[u8]>>) -> Result<Self, Box<Finding>> {
        let key = key::of(page).ok();
        if let Some(bytes) = key.and_then(|key| known.get(&key)) {
            return Ok(Self { key, bytes: Arc::clone(bytes), anew: false });
        }
        let bytes = Arc::from(render::page(theme, page)?.into_bytes());
        Ok(Self { key, bytes, anew: true })
    }
}
