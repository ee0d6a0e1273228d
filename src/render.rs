//! From a page's view and a theme to bytes: templates, assets with hashed names.
//!
//! Knows the types of `pages` and nothing of the book: a template cannot reach a file, the clock or the
//! environment, so a page is a function of its view and the theme.

mod theme;

pub use theme::{INTERFACE, Theme, language_of};

use rayon::prelude::*;

use crate::diagnostic::Finding;
use crate::inputs::SiteFile;
use crate::pages::Page;

/// The files of a site: every page through its template, and the theme's assets. A template that fails
/// is a finding, once.
pub fn render(theme: &Theme, pages: &[Page]) -> Result<Vec<SiteFile>, Box<Finding>> {
    let mut files = theme.assets();
    let made: Result<Vec<SiteFile>, Box<Finding>> = pages.par_iter().map(|page| one(theme, page)).collect();
    files.extend(made?);
    Ok(files)
}

fn one(theme: &Theme, page: &Page) -> Result<SiteFile, Box<Finding>> {
    let html = theme.page(page)?;
    Ok(SiteFile::made(page.path.clone(), html))
}
