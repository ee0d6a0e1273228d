//! The pages of a site as typed views: one file a page kind, plain data that a template shows.
//!
//! A view says everything in words that are ready to be read; it knows the book and the language,
//! not HTML. Addresses in views are relative to the site's root, and a template puts `root` before
//! them; prose is resolved for the page that it stands on.

mod census;
mod changed;
mod chrome;
mod contracts;
mod cycle;
mod cycles;
mod direction;
mod drawn;
mod feed;
mod findable;
mod free;
mod health;
mod home;
mod investments;
mod leads;
mod lede;
mod machine;
mod not_found;
mod okrs;
mod owed;
mod parts;
mod person;
mod phrase;
mod plan;
mod print;
mod reading;
mod redirect;
mod review;
mod round_trip;
mod site;
mod standing;
mod timeline;
mod todo;
mod unit;

pub use chrome::{Chrome, Entry, Tab};
pub use findable::findable;
pub use machine::machine;
pub use plan::{Ask, Plan};
pub use site::Site;

use serde::Serialize;

/// A page of the site, as its template is given it.
#[derive(Debug, Serialize)]
pub struct Page {
    /// The template that shows it, without its ending; also the page's kind.
    pub kind: &'static str,
    /// What stands around it.
    pub chrome: Chrome,
    /// What it shows.
    pub view: View,
}

/// What a page shows, by its kind.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum View {
    /// An OKR document.
    Okrs(Box<okrs::OkrsView>),
    /// The home page.
    Home(Box<home::HomeView>),
    /// A cycle.
    Cycle(Box<cycle::CycleView>),
    /// The direction of a cycle.
    Direction(Box<direction::DirectionView>),
    /// The round trip of a cycle.
    RoundTrip(Box<round_trip::RoundTripView>),
    /// The investments of a cycle.
    Investments(Box<investments::InvestmentsView>),
    /// What covers what in a cycle.
    Contracts(Box<contracts::ContractsView>),
    /// A free page.
    Free(Box<free::FreeView>),
    /// The timeline of a cycle.
    Timeline(Box<timeline::TimelineView>),
    /// All cycles.
    Cycles(Box<cycles::CyclesView>),
    /// A unit.
    Unit(Box<unit::UnitView>),
    /// A person.
    Person(Box<person::PersonView>),
    /// The health of the book.
    Health(Box<health::HealthView>),
    /// A whole cycle, for paper.
    Print(Box<print::PrintView>),
    /// The review of a cycle.
    Review(Box<review::ReviewView>),
    /// What is shown at an address that has no page.
    NotFound(not_found::NotFoundView),
    /// A former address.
    Redirect(redirect::RedirectView),
}
