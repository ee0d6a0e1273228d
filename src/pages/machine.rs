//! What other programs read: the model, and the list of pages.

use std::sync::Arc;

use crate::inputs::{Content, SiteFile};
use crate::prose::escaped;
use crate::{Options, export};

use super::site::{Site, encode};

/// The files for other programs. The sitemap needs the site's full address and is left out without it.
pub fn machine(site: &Site<'_>, options: &Options) -> Vec<SiteFile> {
    let file = |path: &str, text: String| SiteFile {
        path: path.to_owned(),
        content: Content::Made(Arc::from(text.into_bytes())),
    };
    let mut files = vec![file("okrs.json", export::json(site.analysis, options))];
    files.extend(sitemap(site).map(|text| file("sitemap.xml", text)));
    files
}

fn sitemap(site: &Site<'_>) -> Option<String> {
    let address = site.address.as_ref()?;
    let mut urls: Vec<String> = vec![String::new(), "timeline/".to_owned(), "health/".to_owned()];
    for cycle in &site.book().cycles {
        urls.push(format!("{}/", cycle.id));
        urls.extend(crate::model::CYCLE_PAGES.iter().map(|page| format!("{}/{page}/", cycle.id)));
    }
    urls.extend((0..site.book().documents.len()).map(|at| site.book().document_url(at)));
    urls.extend(site.config().units.iter().map(|unit| format!("units/{}/", unit.id)));
    urls.extend(site.config().people.iter().map(|person| format!("people/{}/", person.handle)));
    urls.extend(site.navigation.iter().map(|entry| entry.url.clone()));
    urls.sort();
    urls.dedup();
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for url in urls {
        xml.push_str(&format!("<url><loc>{}/{}</loc></url>\n", escaped(address), escaped(&encode(&url))));
    }
    xml.push_str("</urlset>\n");
    Some(xml)
}
