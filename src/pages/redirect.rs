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

pub(super) fn pages(site: &Site<'_>) -> Vec<Page> {
    let mut pages = Vec::new();
    for (at, cycle) in site.book().cycles.iter().enumerate() {
        for alias in cycle.aliases.iter().filter(|alias| **alias != cycle.id) {
            let mut urls = vec![(format!("{alias}/"), format!("{}/", cycle.id))];
            urls.extend(
                crate::model::CYCLE_PAGES
                    .iter()
                    .map(|page| (format!("{alias}/{page}/"), format!("{}/{page}/", cycle.id))),
            );
            urls.extend(site.book().documents_of(at).map(|document| {
                let url = site.book().document_url(document);
                (url.replacen(&*cycle.id, alias, 1), url)
            }));
            for (from, to) in urls {
                let chrome = site.chrome(&from, cycle.name.to_string(), None, "");
                let view = RedirectView { title: cycle.name.to_string(), url: to };
                pages.push(Page {
                    path: format!("{from}index.html"),
                    kind: "redirect",
                    chrome,
                    view: View::Redirect(view),
                });
            }
        }
    }
    pages
}
