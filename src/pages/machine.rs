//! What other programs read of the pages: the list of them, and what changed.

use crate::inputs::SiteFile;
use crate::prose::escaped;

use super::feed::feed;
use super::site::{Site, encode};

/// The files for other programs. The sitemap and the feed need the site's full address and are left out without it.
pub fn machine(site: &Site<'_>) -> Vec<SiteFile> {
    let sitemap = sitemap(site).map(|text| SiteFile::made("sitemap.xml", text));
    let feed = feed(site).map(|text| SiteFile::made("feed.xml", text));
    sitemap.into_iter().chain(feed).collect()
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
