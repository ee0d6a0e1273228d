//! From a page's view and a theme to bytes: templates, assets with hashed names.
//!
//! Knows the types of `pages` and nothing of the book: a template cannot reach a file, the clock or the
//! environment, so a page is a function of its view and the theme.

mod fault;
mod smaller;
mod theme;

pub use theme::{INTERFACE, Theme, language_of};

use crate::diagnostic::Finding;
use crate::pages::Page;

/// A page through its template.
///
/// # Errors
/// What is wrong with the template.
pub fn page(theme: &Theme, page: &Page) -> Result<String, Box<Finding>> {
    theme.page(page)
}
