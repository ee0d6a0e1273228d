//! `book.toml`: from its text to the calendar, the levels, units and people of a book, each with its
//! place in the file.
//!
//! Knows what an author may write and what is left out means; not which cycles and documents there
//! are.

mod cycle_name;
mod folders;
mod org;
mod process;
mod shape;

pub use org::{Level, Person, Unit};
pub use process::{Deliverable, What};

use std::cell::RefCell;
use std::sync::Arc;

use crate::date::{Calendar, Date, MonthDay, NamedAfter, Rhythm};
use crate::diagnostic::{Finding, Patience, Sink};
use crate::keys;
use crate::source::{Place, Source, Span};
use crate::table::{At, Few, Reader, Scope, Words, parse};

use cycle_name::{is_cycle_name, is_free};
use folders::{apart, inside};
use shape::{site_url, web};

/// The name of the file that makes a folder a book.
pub const FILE: &str = "book.toml";

/// A cycle with dates of its own, `[cycle.NAME]`.
#[derive(Clone, Debug)]
pub struct DeclaredCycle {
    /// Its name in folders and references, in lower case.
    pub id: Words,
    /// What it is called.
    pub name: Option<Words>,
    /// Its first day; absent only where it could not be read.
    pub start: Option<At<Date>>,
    /// Its last day.
    pub end: Option<At<Date>>,
    /// Former names, in lower case.
    pub aliases: Few<Words>,
}

/// What of a book could be read well enough to judge the documents by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// All of the file: nothing that was typed is lost.
    pub whole: bool,
    /// The calendar and the declared cycles.
    pub cycles: bool,
    /// The levels and units.
    pub units: bool,
    /// The people.
    pub people: bool,
}

/// A book's configuration.
#[derive(Clone, Debug)]
pub struct Config {
    /// The file.
    pub path: Arc<str>,
    /// The handbook's title.
    pub title: Arc<str>,
    /// What it is, in a sentence.
    pub description: Option<Arc<str>>,
    /// Who keeps it.
    pub authors: Vec<Arc<str>>,
    /// The language of the interface.
    pub language: At<Arc<str>>,
    /// The folder of the texts, relative to the book's.
    pub src: Arc<str>,
    /// Where that is said; none where it is not.
    pub src_span: Option<Span>,
    /// The folder of the site, relative to the book's.
    pub build_dir: Arc<str>,
    /// The theme's name.
    pub theme: At<Arc<str>>,
    /// A path, or a full address.
    pub site_url: Arc<str>,
    /// Where the sources are.
    pub git_repository_url: Option<Arc<str>>,
    /// An address with `{path}` in it.
    pub edit_url_template: Option<Arc<str>>,
    /// Fiscal years and the usual rhythm.
    pub calendar: Calendar,
    /// Cycles with dates of their own.
    pub declared: Vec<DeclaredCycle>,
    /// Top first.
    pub levels: Vec<Level>,
    /// In the order of the file.
    pub units: Vec<Unit>,
    /// Who writes the direction.
    pub written_by: Few<Words>,
    /// Whose buy-in the direction needs; empty: one signature of anyone.
    pub approved_by: Few<Words>,
    /// The people, in the order of the file.
    pub people: Vec<Person>,
    /// The process timeline.
    pub deliverables: Vec<Deliverable>,
    /// Per cent of capacity that a unit is expected to reserve.
    pub reserve: Option<f64>,
    /// Days without a check-in after which a key result is quiet.
    pub quiet_days: i64,
    /// Points under the pace that count as behind.
    pub behind_points: f64,
    /// Whether HTML in a text is passed on.
    pub raw_html: bool,
    /// Rules and what they are set to, as typed.
    pub rules: Vec<(Words, Words)>,
    /// What could be read.
    pub known: Known,
    numbers: org::Numbers,
}

impl Config {
    /// Reads `book.toml`. Never fails: what cannot be read is as if left out, and becomes a finding.
    pub fn read(source: &Source) -> (Self, Vec<Finding>) {
        let mut sink = Sink::new(&source.path);
        if let Some((at, byte)) = source.not_utf8 {
            sink.add(crate::diagnostic::not_utf8(source, at, byte));
            return (Self::empty(&source.path), sink.findings);
        }
        let offset = source.begin();
        let path = Arc::clone(&sink.path);
        let mut config = Self::empty(&path);
        let mut rest = Vec::new();
        parse(&source.text[offset..], offset, &mut sink, |table, lost| {
            let scope = Scope {
                source,
                sink: RefCell::new(Sink::new(&path)),
                offset,
                lost,
                family: FAMILY,
                patience: Patience::default(),
                words: RefCell::default(),
            };
            let whole = lost.is_empty();
            config.known = Known { whole, cycles: whole, units: whole, people: whole };
            let mut reader = Reader::outermost(&scope, table, &keys::CONFIG, source.first_line());
            config.read_tables(&scope, &mut reader);
            reader.finish();
            rest = scope.sink.into_inner().findings;
        });
        sink.findings.append(&mut rest);
        (config, sink.findings)
    }

    fn empty(path: &Arc<str>) -> Self {
        Self {
            path: Arc::clone(path),
            title: Arc::from("OKRs"),
            description: None,
            authors: Vec::new(),
            language: At::new(Arc::from("en"), Span::default()),
            src: Arc::from("content"),
            src_span: None,
            build_dir: Arc::from("site"),
            theme: At::new(Arc::from("default"), Span::default()),
            site_url: Arc::from("/"),
            git_repository_url: None,
            edit_url_template: None,
            calendar: Calendar::default(),
            declared: Vec::new(),
            levels: Vec::new(),
            units: Vec::new(),
            written_by: Few::default(),
            approved_by: Few::default(),
            people: Vec::new(),
            deliverables: process::built_in(&[]),
            reserve: None,
            quiet_days: 21,
            behind_points: 10.0,
            raw_html: false,
            rules: Vec::new(),
            known: Known { whole: false, cycles: false, units: false, people: false },
            numbers: org::Numbers::default(),
        }
    }

    fn read_tables(&mut self, scope: &Scope<'_>, reader: &mut Reader<'_, '_>) {
        self.read_book(scope, reader);
        if let Some(mut calendar) = reader.table("calendar") {
            self.read_calendar(&mut calendar);
        }
        for (id, mut cycle) in reader.named("cycle") {
            self.read_cycle(scope, id, &mut cycle);
        }
        self.levels = org::levels(scope, reader, &mut self.known);
        self.units = org::units(scope, reader, self);
        self.people = org::people(scope, reader, &mut self.known);
        self.numbers = org::Numbers::of(&self.units, &self.people);
        if let Some(mut direction) = reader.table("direction") {
            self.written_by = direction.one_or_many("written-by");
            self.approved_by = direction.one_or_many("approved-by");
            direction.finish();
        }
        self.deliverables = process::deliverables(scope, reader, &self.levels);
        if let Some(mut investment) = reader.table("investment") {
            self.reserve = investment.percent("reserve").map(|at| at.value);
            investment.finish();
        }
        if let Some(mut process) = reader.table("process") {
            self.quiet_days = process.days("quiet-days").map_or(self.quiet_days, |at| i64::from(at.value));
            self.behind_points = process.percent("behind-points").map_or(self.behind_points, |at| at.value);
            process.finish();
        }
        if let Some(mut markdown) = reader.table("markdown") {
            self.raw_html = markdown.flag("raw-html").is_some_and(|at| at.value);
            markdown.finish();
        }
        self.rules = reader.free("rules");
    }

    fn read_book(&mut self, scope: &Scope<'_>, reader: &mut Reader<'_, '_>) {
        let set = |into: &mut Arc<str>, words: Option<Words>| {
            if let Some(words) = words {
                *into = words.value;
            }
        };
        if let Some(mut book) = reader.table("book") {
            set(&mut self.title, book.words("title"));
            self.description = book.words("description").map(|at| at.value);
            self.authors = book.list("authors").into_iter().map(|at| at.value).collect();
            self.language = book.words("language").unwrap_or_else(|| self.language.clone());
            if let Some(src) = book.words("src").and_then(|src| inside(scope, "src", src)) {
                (self.src, self.src_span) = (src.value, Some(src.span));
            }
            book.finish();
        }
        if let Some(mut build) = reader.table("build") {
            set(&mut self.build_dir, build.words("build-dir").and_then(|dir| apart(scope, &self.src, dir)));
            build.finish();
        }
        let Some(mut output) = reader.table("output") else { return };
        if let Some(mut html) = output.table("html") {
            if let Some(theme) = html.words("theme").and_then(|theme| inside(scope, "theme", theme)) {
                self.theme = theme;
            }
            set(&mut self.site_url, html.words("site-url").and_then(|url| site_url(scope, url)));
            let url = html.words("git-repository-url");
            self.git_repository_url = url.and_then(|url| web(scope, "git-repository-url", url));
            self.edit_url_template = html.words("edit-url-template").and_then(|template| {
                if template.value.contains("{path}") {
                    return web(scope, "edit-url-template", template);
                }
                let message = "`edit-url-template` has no `{path}` in it";
                scope.report("format/bad-value", template.span, message, |finding| {
                    finding.help("put `{path}` where the file's path goes")
                });
                None
            });
            html.finish();
        }
        output.finish();
    }

    fn read_calendar(&mut self, reader: &mut Reader<'_, '_>) {
        if let Some(starts) = reader.words("fiscal-year-starts") {
            match MonthDay::parse(&starts.value) {
                Ok(day) => self.calendar.starts = day,
                Err(error) => {
                    self.known.cycles = false;
                    reader.report("format/bad-value", starts.span, error.to_string(), |finding| {
                        finding.help("`fiscal-year-starts` is a month and a day, `02-01`")
                    });
                }
            }
        }
        if let Some(after) = reader.one_of("fiscal-year-named-after") {
            self.calendar.named_after = NamedAfter::parse(after.value).unwrap_or_default();
        }
        if let Some(rhythm) = reader.one_of("cycle") {
            self.calendar.rhythm = Rhythm::parse(rhythm.value).unwrap_or_default();
        }
        reader.finish();
    }

    fn read_cycle(&mut self, scope: &Scope<'_>, id: Words, reader: &mut Reader<'_, '_>) {
        let name = reader.words("name");
        let start = reader.day("start");
        let mut end = reader.day("end");
        if let (Some(start), Some(last)) = (&start, &end)
            && last.value < start.value
        {
            let message = format!("the cycle `{}` ends before it starts", id.value);
            scope.report("format/bad-value", last.span, message, |finding| {
                finding
                    .help("`end` is the last day of the cycle, on or after `start`")
                    .related(Place::new(&self.path, start.span), "it starts here")
            });
            end = None;
        }
        let lower = |words: Words| words.map(|text| Arc::<str>::from(text.to_lowercase()));
        let aliases = reader.list("aliases").into_iter();
        let aliases = aliases.filter(|alias| is_cycle_name(scope, alias) && is_free(scope, alias));
        let aliases = aliases.map(lower).collect();
        reader.finish();
        if reader.broken {
            self.known.cycles = false;
        }
        if !is_cycle_name(scope, &id) {
            return;
        }
        // one that is taken is a cycle all the same, of which the rest can be judged
        is_free(scope, &id);
        let id = lower(id);
        if let Some(first) = self.declared.iter().find(|cycle| cycle.id.value == id.value) {
            let first = Place::new(&self.path, first.id.span);
            let message = format!("there are two cycles with the name `{}`", id.value);
            scope.report("format/duplicate-id", id.span, message, |finding| {
                finding
                    .help("give one of them another name: upper and lower case are the same")
                    .related(first, "the first one stands here")
            });
            return;
        }
        self.declared.push(DeclaredCycle { id, name, start, end, aliases });
    }

    /// The level of an id.
    pub fn level(&self, id: &str) -> Option<usize> {
        self.levels.iter().position(|level| *level.id == *id)
    }

    /// The unit of an id.
    pub fn unit(&self, id: &str) -> Option<usize> {
        self.numbers.unit(id)
    }

    /// The person of a handle, with or without its `@`.
    pub fn person(&self, handle: &str) -> Option<usize> {
        let handle = handle.strip_prefix('@').unwrap_or(handle);
        self.numbers.person(handle)
    }

    /// The site's path, which begins and ends with `/`, and its full address without a final `/`,
    /// if `site-url` is one.
    pub fn site(&self, site_url: &str) -> (String, Option<String>) {
        let url = site_url.trim_end_matches('/');
        match url.split_once("://") {
            Some((_, rest)) => {
                let path = rest.split_once('/').map_or("", |(_, path)| path);
                (format!("/{path}/").replace("//", "/"), Some(url.to_owned()))
            }
            None => (format!("/{}/", url.trim_matches('/')).replace("//", "/"), None),
        }
    }
}

static FAMILY: &[&keys::Spec] = &[
    &keys::BOOK,
    &keys::BUILD,
    &keys::HTML,
    &keys::CALENDAR,
    &keys::PROCESS,
    &keys::RESERVE,
    &keys::MARKDOWN,
    &keys::DIRECTION_PARTIES,
];

#[cfg(test)]
mod tests;
