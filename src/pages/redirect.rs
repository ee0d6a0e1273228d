//! Former names of cycles: an address that leads on to the present one.

use serde::Serialize;

use super::site::Site;
use super::{Page, View};

/// Where a former address leads.
#[derive(Debug, Serialize)]
pub struct RedirectView {
    /// What is there now.
    pub title: String,
    /// Where.
    pub url: String,
}

/// A former address of a page.
#[derive(Debug)]
pub(super) struct Former {
    /// The address it had.
    pub(super) from: String,
    /// The address it has.
    to: String,
    cycle: usize,
}

/// Every former address, as the former names of cycles make them.
pub(super) fn all(site: &Site<'_>) -> Vec<Former> {
    let mut all = Vec::new();
    for (at, cycle) in site.book().cycles.iter().enumerate() {
        for alias in cycle.aliases.iter().filter(|alias| **alias != cycle.id) {
            let from = site.book().addresses_of(at, alias);
            let to = site.book().addresses_of(at, &cycle.id);
            all.extend(from.into_iter().zip(to).map(|(from, to)| Former { from, to, cycle: at }));
        }
    }
    all
}

/// The page at a former address.
pub(super) fn page(site: &Site<'_>, former: &Former) -> Page {
    let title = site.book().cycles[former.cycle].name.to_string();
    let chrome = site.bare_chrome(&former.from, title.clone());
    Page { kind: "redirect", chrome, view: View::Redirect(RedirectView { title, url: former.to.clone() }) }
}
