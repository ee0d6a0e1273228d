//! What stands around every page: the way home, the cycles, the pages of the cycle, where one is.

use serde::Serialize;

use crate::date::Phase;

use super::site::{Site, encode, root_of};

/// An entry of a list of pages.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Entry {
    /// What it is called.
    pub title: String,
    /// Where it is.
    pub url: String,
    /// What is said beside it.
    pub note: String,
    /// Whether it is the present one.
    pub current: bool,
}

impl Entry {
    /// The same, with its path as a link has it.
    pub(super) fn linked(&self) -> Self {
        Self { url: encode(&self.url), ..self.clone() }
    }
}

/// A page of the cycle, in the bar.
#[derive(Clone, Debug, Serialize)]
pub struct Tab {
    /// What it is called.
    pub title: String,
    /// Where it is.
    pub url: String,
    /// `page` if it is this one, `true` if this one belongs to it.
    pub current: Option<&'static str>,
    /// Whether it stands apart from those of the cycle.
    pub apart: bool,
}

/// What stands around a page.
#[derive(Clone, Debug, Serialize)]
pub struct Chrome {
    /// The way from the page to the site's root.
    pub root: String,
    /// Its address, relative to the root.
    pub url: String,
    /// Its full address, where the site's is known.
    pub canonical: Option<String>,
    /// Its title, for the window.
    pub title: String,
    /// A sentence for previews.
    pub description: Option<String>,
    /// The cycle it belongs to, or the current one.
    pub cycle: Option<Entry>,
    /// The cycles to choose from.
    pub cycles: Vec<Entry>,
    /// The pages of the cycle, and the guide.
    pub tabs: Vec<Tab>,
    /// Where the page is printed with its whole cycle.
    pub print: Option<String>,
    /// The day that the page speaks of.
    pub as_of: String,
}

/// As many ended cycles as the menu names.
const MOST_ENDED: usize = 3;

impl Site<'_> {
    /// What stands around a page at an address. `cycle` is the one it belongs to, `tab` the page of the
    /// cycle that it is (or, behind a `~`, belongs to).
    pub fn chrome(&self, url: &str, title: String, cycle: Option<usize>, tab: &str) -> Chrome {
        let shown = cycle.or_else(|| self.book().current(self.today));
        Chrome {
            root: root_of(url),
            url: url.to_owned(),
            canonical: self.address.as_ref().map(|address| format!("{address}/{}", encode(url))),
            title,
            description: None,
            cycle: shown.map(|at| self.cycle_entry(at, cycle == Some(at))),
            cycles: self.menu(cycle),
            tabs: self.tabs(shown, cycle.is_some(), tab),
            print: shown.map(|at| format!("{}/print/", self.book().cycles[at].id)),
            as_of: self.say("site.as-of-only", &[("date", &self.lang.day_year(self.today))]),
        }
    }

    /// What a page has that nobody stays on: where it is and what it is called. So it stays the same whatever
    /// else comes and goes.
    pub(super) fn bare_chrome(&self, url: &str, title: String) -> Chrome {
        Chrome {
            root: root_of(url),
            url: url.to_owned(),
            canonical: None,
            title,
            description: None,
            cycle: None,
            cycles: Vec::new(),
            tabs: Vec::new(),
            print: None,
            as_of: String::new(),
        }
    }

    fn cycle_entry(&self, at: usize, current: bool) -> Entry {
        let cycle = &self.book().cycles[at];
        Entry {
            title: cycle.name.to_string(),
            url: format!("{}/", cycle.id),
            note: self.phase_word(cycle),
            current,
        }
    }

    /// The cycles to choose from, newest first: all that are to come or run, the last that ended, and the
    /// page's own.
    fn menu(&self, own: Option<usize>) -> Vec<Entry> {
        let mut ended = 0;
        (0..self.book().cycles.len())
            .rev()
            .filter(|at| {
                let over = self.book().cycles[*at].phase(self.today) == Phase::Ended;
                ended += usize::from(over);
                !over || ended <= MOST_ENDED || own == Some(*at)
            })
            .map(|at| self.cycle_entry(at, own == Some(at)))
            .collect()
    }

    fn tabs(&self, cycle: Option<usize>, within: bool, tab: &str) -> Vec<Tab> {
        let mut tabs = Vec::new();
        if let Some(cycle) = cycle {
            let id = &self.book().cycles[cycle].id;
            let names =
                ["overview", "direction", "contracts", "round-trip", "investments", "timeline", "review"];
            for name in names {
                let current = match tab.strip_prefix('~') {
                    Some(of) if of == name && within => Some("true"),
                    None if tab == name && within => Some("page"),
                    _ => None,
                };
                let url = if name == "overview" { format!("{id}/") } else { format!("{id}/{name}/") };
                tabs.push(Tab { title: self.text(&format!("tab.{name}")), url, current, apart: false });
            }
        }
        if let Some((title, url)) = self.guide() {
            let current = (tab == "guide").then_some("true");
            tabs.push(Tab { title, url, current, apart: true });
        }
        tabs
    }

    /// Where the free pages begin: the first of them in the navigation.
    fn guide(&self) -> Option<(String, String)> {
        self.navigation.first().map(|first| (self.text("site.guide"), encode(&first.url)))
    }
}
