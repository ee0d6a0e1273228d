//! What is shown at an address that has no page.

use serde::Serialize;

use super::site::Site;
use super::{Entry, Page, View};

/// Ways to go on.
#[derive(Debug, Serialize)]
pub struct NotFoundView {
    /// Where one may have wanted to go.
    pub ways: Vec<Entry>,
}

pub(super) fn page(site: &Site<'_>) -> Page {
    let way = |title: String, url: String, note: String| Entry { title, url, note, current: false };
    let mut ways = vec![way(site.text("not-found.home"), String::new(), String::new())];
    if let Some(at) = site.book().current(site.today) {
        let cycle = &site.book().cycles[at];
        let title = site.say("not-found.cycle", &[("cycle", &cycle.name)]);
        ways.push(way(title, format!("{}/", cycle.id), site.text("not-found.cycle-meaning")));
    }
    ways.push(way(
        site.text("not-found.all-cycles"),
        "timeline/".to_owned(),
        site.text("not-found.all-cycles-meaning"),
    ));
    let mut chrome = site.chrome("", site.text("not-found.title"), None, "");
    // it is shown at any address, so that its own links begin at the root of the server
    chrome.root.clone_from(&site.path);
    chrome.canonical = None;
    Page { kind: "not-found", chrome, view: View::NotFound(NotFoundView { ways }) }
}
