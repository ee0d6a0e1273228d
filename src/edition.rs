//! A handbook that is read, judged and set up with its theme: every file of its site can be made from it,
//! at any time and in any order, always with the same bytes.
//!
//! A build makes them on all cores and lets go of each as soon as it is handed over; a preview makes those
//! that are looked at. Knows what there is to make, not where it goes.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::Finding;
use crate::inputs::{Asset, Content, Handed, SiteFile};
pub use crate::pages::Ask;
use crate::pages::{self, Plan, Site};
use crate::render::{self, Theme};
use crate::session::Remembered;
use crate::{Analysis, Options, calendar, export, model, search};

/// Where the whole book for other programs lies.
pub const EXPORT: &str = "okrs.json";

/// What the files of a site are made from.
#[derive(Debug)]
pub struct Edition {
    analysis: Analysis,
    theme: Arc<Theme>,
    plan: Plan,
    assets: Vec<Asset>,
    options: Options,
    remembered: Arc<Remembered>,
}

impl Edition {
    /// Sets up a book with its theme. What is remembered has to be of this theme.
    pub fn new(
        analysis: Analysis,
        theme: Arc<Theme>,
        mut assets: Vec<Asset>,
        options: &Options,
        remembered: Arc<Remembered>,
    ) -> Self {
        let taken = analysis.found.iter().filter(|one| one.finding.rule == "format/taken-name");
        let taken: BTreeSet<&str> = taken.map(|one| one.finding.place.path.as_ref()).collect();
        assets.retain(|asset| !taken.contains(asset.path.as_ref()));
        let plan = Plan::new(&site(&analysis, &theme, options));
        Self { analysis, theme, plan, assets, options: options.clone(), remembered }
    }

    /// The book, read and judged.
    pub fn analysis(&self) -> &Analysis {
        &self.analysis
    }

    /// Every page, with where it lies, in the order of these paths.
    pub fn pages(&self) -> &[(String, Ask)] {
        self.plan.listed()
    }

    /// Whether pages look the same in another edition wherever they show the same.
    pub fn has_theme_of(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.theme, &other.theme)
    }

    /// What is at a path, if it is a page.
    pub fn find(&self, path: &str) -> Option<Ask> {
        self.plan.find(path)
    }

    /// What makes its files.
    pub fn press(&self) -> Press<'_> {
        Press { edition: self, site: site(&self.analysis, &self.theme, &self.options) }
    }
}

fn site<'a>(analysis: &'a Analysis, theme: &'a Theme, options: &Options) -> Site<'a> {
    let site_url = options.site_url.as_deref().unwrap_or(&analysis.book.config.site_url);
    Site::new(analysis, &theme.lang, options.today, site_url)
}

/// What makes the files of an edition: what all of them share is set up once.
#[derive(Debug)]
pub struct Press<'a> {
    edition: &'a Edition,
    site: Site<'a>,
}

impl Press<'_> {
    /// What pages need: the theme's files, and what the authors bring.
    pub fn needed(&self) -> Vec<SiteFile> {
        let Edition { analysis, theme, assets, .. } = self.edition;
        let mut files = theme.assets();
        files.extend(assets.iter().map(|asset| SiteFile {
            path: model::output_path(analysis.book.path_in_src(&asset.path)).to_owned(),
            content: Content::Copied(asset.on_disk.clone()),
        }));
        files
    }

    /// What other programs read, but for [`EXPORT`]; what is remembered of it is not made again.
    pub fn for_programs(&self) -> Vec<SiteFile> {
        self.with_index(self.edition.remembered.search(&pages::findable(&self.site)))
    }

    /// As [`Press::for_programs`], where nobody asks again: nothing of it is kept.
    pub fn for_programs_once(&self) -> Vec<SiteFile> {
        self.with_index(search::index(&pages::findable(&self.site)))
    }

    fn with_index(&self, index: Vec<SiteFile>) -> Vec<SiteFile> {
        let Edition { analysis, theme, options, .. } = self.edition;
        let mut files = calendar::files(analysis, &theme.lang, options);
        files.extend(pages::machine(&self.site));
        files.extend(index);
        files
    }

    /// The whole book for other programs, as [`EXPORT`] holds it.
    pub fn export(&self) -> SiteFile {
        SiteFile::made(EXPORT, export::json(&self.edition.analysis, &self.edition.options))
    }

    /// Makes every page and [`EXPORT`] and hands them over, in any order, until no more are wanted.
    ///
    /// # Errors
    /// A page whose template fails.
    pub fn each(&self, take: &(dyn Fn(Handed) -> bool + Sync)) -> Result<(), Box<Finding>> {
        let (pages, ()) = rayon::join(|| self.each_page(take), || self.export_in_parts(take));
        pages
    }

    fn each_page(&self, take: &(dyn Fn(Handed) -> bool + Sync)) -> Result<(), Box<Finding>> {
        let stopped = self.edition.pages().par_iter().try_for_each(|(path, ask)| {
            let html = self.page(*ask).map_err(Some);
            match html.map(|html| take(Handed::File(SiteFile::made(path.clone(), html)))) {
                Ok(true) => ControlFlow::Continue(()),
                Ok(false) => ControlFlow::Break(None),
                Err(finding) => ControlFlow::Break(finding),
            }
        });
        match stopped {
            ControlFlow::Break(Some(finding)) => Err(finding),
            _ => Ok(()),
        }
    }

    fn export_in_parts(&self, take: &(dyn Fn(Handed) -> bool + Sync)) {
        let hand = |bytes| take(Handed::Part { path: EXPORT, bytes });
        export::each_part(&self.edition.analysis, &self.edition.options, &mut |part| {
            hand(Some(part.into_bytes()))
        });
        hand(None);
    }

    /// Every file, in the order of their paths; pages from memory where their views are remembered. What
    /// is gone is forgotten.
    ///
    /// # Errors
    /// A page whose template fails.
    pub fn all(&self) -> Result<Vec<SiteFile>, Box<Finding>> {
        let page = |(path, ask): &(String, Ask)| {
            let bytes = self.remembered(path, *ask)?;
            Ok(SiteFile { path: path.clone(), content: Content::Made(bytes.to_vec()) })
        };
        let pages: Result<Vec<SiteFile>, Box<Finding>> = self.edition.pages().par_iter().map(page).collect();
        self.edition.remembered.keep(|path| self.edition.find(path).is_some());
        let mut files = self.needed();
        files.push(self.export());
        files.extend(self.for_programs());
        files.extend(pages?);
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(files)
    }

    /// A page.
    ///
    /// # Errors
    /// Its template fails.
    pub fn page(&self, ask: Ask) -> Result<String, Box<Finding>> {
        render::page(&self.edition.theme, &self.edition.plan.page(&self.site, ask))
    }

    /// A page, from memory where its view is remembered.
    ///
    /// # Errors
    /// Its template fails.
    pub fn remembered(&self, path: &str, ask: Ask) -> Result<Arc<[u8]>, Box<Finding>> {
        let page = self.edition.plan.page(&self.site, ask);
        self.edition.remembered.page(path, &page, || render::page(&self.edition.theme, &page))
    }

    /// What a page shows, as a number that another view does not have.
    pub fn key(&self, ask: Ask) -> Option<u128> {
        Remembered::key(&self.edition.plan.page(&self.site, ask))
    }
}
