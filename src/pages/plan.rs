//! Which pages a site has: listed at once, each made when it is asked for.
//!
//! A list of a large book costs little and its pages much. A build makes them on all cores and lets go
//! of each as soon as it is written; a preview makes those that are looked at.

use std::sync::OnceLock;

use super::census::Census;
use super::redirect::{self, Former};
use super::site::Site;
use super::{
    Page, contracts, cycle, cycles, direction, free, health, home, investments, not_found, okrs, person,
    print, review, round_trip, timeline, unit,
};

/// Which page, by what it is about: numbers are those of the book.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ask {
    /// The home page.
    Home,
    /// The overview of a cycle.
    Cycle(usize),
    /// The direction of a cycle.
    Direction(usize),
    /// The contracts of a cycle.
    Contracts(usize),
    /// The round trip of a cycle.
    RoundTrip(usize),
    /// The investments of a cycle.
    Investments(usize),
    /// The timeline of a cycle.
    Timeline(usize),
    /// The review of a cycle.
    Review(usize),
    /// A whole cycle, for paper.
    Print(usize),
    /// An OKR document.
    Document(usize),
    /// All cycles.
    Cycles,
    /// A unit.
    Unit(usize),
    /// A person.
    Person(usize),
    /// A free page.
    Free(usize),
    /// The health of the book.
    Health,
    /// What is shown at an address that has no page.
    NotFound,
    /// A former address, by its number in the plan.
    Former(usize),
}

/// A page of a cycle by its place below it, and which it is.
type OfACycle = (&'static str, fn(usize) -> Ask);

/// The pages that every cycle has besides its overview.
const OF_A_CYCLE: [OfACycle; 7] = [
    ("direction", Ask::Direction),
    ("contracts", Ask::Contracts),
    ("round-trip", Ask::RoundTrip),
    ("investments", Ask::Investments),
    ("timeline", Ask::Timeline),
    ("review", Ask::Review),
    ("print", Ask::Print),
];

/// The pages of a site. Belongs to the site that it was listed from.
#[derive(Debug)]
pub struct Plan {
    /// What some pages ask of the whole book; counted when the first of them does.
    census: OnceLock<Census>,
    former: Vec<Former>,
    listed: Vec<(String, Ask)>,
}

impl Plan {
    /// Lists the pages of a site.
    pub fn new(site: &Site<'_>) -> Self {
        let former = redirect::all(site);
        let listed = listed(site, &former);
        Self { census: OnceLock::new(), former, listed }
    }

    /// Every page, with where it lies relative to the site's root (`fy27-q1/cloud/index.html`), in the
    /// order of these paths.
    pub fn listed(&self) -> &[(String, Ask)] {
        &self.listed
    }

    /// What is at a path, if it is a page.
    pub fn find(&self, path: &str) -> Option<Ask> {
        let at = self.listed.binary_search_by(|(known, _)| known.as_str().cmp(path)).ok()?;
        Some(self.listed[at].1)
    }

    /// A page.
    pub fn page(&self, site: &Site<'_>, ask: Ask) -> Page {
        let census = || self.census.get_or_init(|| Census::of(site));
        match ask {
            Ask::Home => home::page(site),
            Ask::Cycle(at) => cycle::page(site, at),
            Ask::Direction(at) => direction::page(site, at),
            Ask::Contracts(at) => contracts::page(site, at),
            Ask::RoundTrip(at) => round_trip::page(site, at),
            Ask::Investments(at) => investments::page(site, at),
            Ask::Timeline(at) => timeline::page(site, at),
            Ask::Review(at) => review::page(site, census(), at),
            Ask::Print(at) => print::page(site, at),
            Ask::Document(at) => okrs::page(site, at),
            Ask::Cycles => cycles::page(site, census()),
            Ask::Unit(at) => unit::page(site, census(), at),
            Ask::Person(at) => person::page(site, census(), at),
            Ask::Free(at) => free::page(site, at),
            Ask::Health => health::page(site),
            Ask::NotFound => not_found::page(site),
            Ask::Former(at) => redirect::page(site, &self.former[at]),
        }
    }
}

fn listed(site: &Site<'_>, former: &[Former]) -> Vec<(String, Ask)> {
    let (book, config) = (site.book(), site.config());
    let mut listed = vec![
        ("index.html".to_owned(), Ask::Home),
        ("404.html".to_owned(), Ask::NotFound),
        ("timeline/index.html".to_owned(), Ask::Cycles),
        ("health/index.html".to_owned(), Ask::Health),
    ];
    let mut add = |url: &str, ask: Ask| listed.push((format!("{url}index.html"), ask));
    for (at, cycle) in book.cycles.iter().enumerate() {
        add(&format!("{}/", cycle.id), Ask::Cycle(at));
        for (name, ask) in OF_A_CYCLE {
            add(&format!("{}/{name}/", cycle.id), ask(at));
        }
    }
    for at in 0..book.documents.len() {
        add(&book.document_url(at), Ask::Document(at));
    }
    for (at, unit) in config.units.iter().enumerate() {
        add(&format!("units/{}/", unit.id), Ask::Unit(at));
    }
    for (at, person) in config.people.iter().enumerate() {
        // a file has the plain name; only addresses are encoded
        add(&format!("people/{}/", person.handle), Ask::Person(at));
    }
    for (at, file) in book.pages.iter().enumerate() {
        let url = site.page_url(file);
        // the text of the home page
        if !url.is_empty() {
            add(&url, Ask::Free(at));
        }
    }
    for (at, former) in former.iter().enumerate() {
        add(&former.from, Ask::Former(at));
    }
    listed.sort_by(|a, b| a.0.cmp(&b.0));
    // of two of one address, which is an error, a site that is made all the same has the first
    listed.dedup_by(|later, first| later.0 == first.0);
    listed
}
