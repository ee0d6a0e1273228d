//! One Markdown file, read: what its place makes of it, its front matter by type, its text.

use std::cell::RefCell;
use std::sync::Arc;

use crate::diagnostic::{Finding, Patience, Sink};
use crate::keys::{self, Spec};
use crate::markdown::{Scan, TextLink, scan_inline};
use crate::parse::{Parts, parts};
use crate::source::{Source, Span};
use crate::table::{Reader, Scope, Words, parse};

use super::prose::sections;
use super::{Direction, Okrs, Page, Section};

/// What a file is, by where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A page outside of okrs/.
    Page,
    /// The direction document of a cycle's folder, by the folder's name.
    Direction(Arc<str>),
    /// An OKR document: the cycle's folder, and the unit, which is the file's stem in lower case.
    Okrs(Arc<str>, Arc<str>),
    /// A file directly under okrs/, which belongs to no cycle.
    Stray,
}

impl Kind {
    /// What a file is, by its path within the source folder.
    pub fn of(path: &str) -> Self {
        let lower = path.to_lowercase();
        let parts: Vec<&str> = lower.split('/').collect();
        let stem = parts.last().map_or("", |name| name.rsplit_once('.').map_or(*name, |(stem, _)| stem));
        match parts.as_slice() {
            ["okrs", cycle, .., _] if parts.len() > 2 => {
                let cycle = Arc::from(*cycle);
                if stem == "direction" { Self::Direction(cycle) } else { Self::Okrs(cycle, Arc::from(stem)) }
            }
            ["okrs", _] => Self::Stray,
            _ => Self::Page,
        }
    }
}

/// Front matter by type.
#[derive(Clone, Debug)]
pub enum Front {
    /// Of a free page.
    Page(Page),
    /// Of a direction document.
    Direction(Direction),
    /// Of an OKR document.
    Okrs(Okrs),
}

/// A file as it was read; depends on nothing but its text and its place.
#[derive(Clone, Debug)]
pub struct File {
    /// Its text.
    pub source: Source,
    /// What it is.
    pub kind: Kind,
    /// Where its front matter and its text stand.
    pub parts: Parts,
    /// Its front matter.
    pub front: Front,
    /// Its text, parted among its items.
    pub sections: Vec<Section>,
    /// The links in its front matter, in the file.
    pub front_links: Vec<TextLink>,
    /// Where raw HTML stands in its front matter, in the file.
    pub front_html: Vec<Span>,
    /// Whether something in its front matter could not be read at all: then what it lacks is not
    /// judged.
    pub broken: bool,
    /// What is wrong with it by itself.
    pub findings: Vec<Finding>,
}

/// Reads a file. `path` is its path within the source folder.
pub fn read(source: &Source, path: &str) -> File {
    let kind = Kind::of(path);
    if kind == Kind::Stray {
        // that it stands there is its one mistake
        return File { source: source.clone(), ..unread(&source.path, path) };
    }
    let required = matches!(kind, Kind::Direction(_) | Kind::Okrs(..));
    let mut sink = Sink::new(&source.path);
    let parts = parts(source, required, &mut sink);
    let mut broken = parts.broken;
    let front = match parts.front {
        Some(block) => {
            let (front, findings, whole) = front(source, block, &kind, &mut sink);
            sink.findings.extend(findings);
            broken |= !whole;
            front
        }
        None => empty(&kind),
    };
    let sections = match &front {
        Front::Okrs(okrs) => sections(parts.body, &parts.scan.headings, &|id| okrs.place(id).is_some()),
        Front::Direction(direction) => {
            sections(parts.body, &parts.scan.headings, &|id| direction.theme(id).is_some())
        }
        Front::Page(_) => vec![Section {
            item: None,
            above: true,
            span: parts.body,
            headings: 0..parts.scan.headings.len(),
        }],
    };
    if !broken {
        duplicate_headings(source, &parts.scan, &front, &mut sink);
    }
    let (front_links, front_html) = front_text(source, &front, &parts.scan);
    File {
        source: source.clone(),
        kind,
        parts,
        front,
        sections,
        front_links,
        front_html,
        broken,
        findings: sink.findings,
    }
}

/// A file of which there is no text, because it cannot be read: it is there, and holds nothing.
pub fn unread(path: &Arc<str>, within: &str) -> File {
    let source = Source::new(Arc::clone(path), "");
    let kind = Kind::of(within);
    let front = empty(&kind);
    let parts = Parts { front: None, body: Span::default(), scan: Arc::default(), broken: true };
    File {
        source,
        kind,
        parts,
        front,
        sections: Vec::new(),
        front_links: Vec::new(),
        front_html: Vec::new(),
        broken: true,
        findings: Vec::new(),
    }
}

fn empty(kind: &Kind) -> Front {
    match kind {
        Kind::Page | Kind::Stray => Front::Page(Page::default()),
        Kind::Direction(_) => Front::Direction(Direction::default()),
        Kind::Okrs(..) => Front::Okrs(Okrs::default()),
    }
}

static OKRS: &[&Spec] = &[
    &keys::OBJECTIVE,
    &keys::KEY_RESULT,
    &keys::INVESTMENT,
    &keys::FEEDBACK,
    &keys::APPROVAL,
    &keys::ASSURANCE,
    &keys::CHECK_IN,
    &keys::DOCUMENT,
];
static DIRECTIONS: &[&Spec] = &[&keys::THEME, &keys::FEEDBACK, &keys::BUY_IN, &keys::DIRECTION];

fn front(source: &Source, block: Span, kind: &Kind, sink: &mut Sink) -> (Front, Vec<Finding>, bool) {
    let path = Arc::clone(&source.path);
    let first = source.first_line();
    parse(source.slice(block), block.start(), sink, |table, lost| {
        let (spec, family): (&'static Spec, &[&'static Spec]) = match kind {
            Kind::Page | Kind::Stray => (&keys::PAGE, &[]),
            Kind::Direction(_) => (&keys::DIRECTION, DIRECTIONS),
            Kind::Okrs(..) => (&keys::DOCUMENT, OKRS),
        };
        let scope = Scope {
            source,
            sink: RefCell::new(Sink::new(&path)),
            offset: block.start(),
            lost,
            family,
            patience: Patience::default(),
            words: RefCell::default(),
        };
        let reader = Reader::outermost(&scope, table, spec, first);
        let front = match kind {
            Kind::Page | Kind::Stray => Front::Page(Page::read(reader)),
            Kind::Direction(_) => Front::Direction(Direction::read(&scope, reader)),
            Kind::Okrs(..) => Front::Okrs(Okrs::read(&scope, reader)),
        };
        (front, scope.sink.into_inner().findings, lost.is_empty())
    })
}

/// An id that the author gave to two headings; an item may have several sections.
fn duplicate_headings(source: &Source, scan: &Scan, front: &Front, sink: &mut Sink) {
    let is_item = |id: &str| match front {
        Front::Okrs(okrs) => okrs.place(id).is_some(),
        Front::Direction(direction) => direction.theme(id).is_some(),
        Front::Page(_) => false,
    };
    let line = |span: Span| Span::new(span.start(), span.start() + source.slice(span).trim_end().len());
    let mut firsts = std::collections::BTreeMap::new();
    for heading in &scan.headings {
        let Some(id) = heading.id.as_deref().filter(|id| !is_item(id)) else { continue };
        let first = *firsts.entry(id).or_insert(heading);
        if first.span == heading.span {
            continue;
        }
        let finding = sink
            .finding("format/duplicate-id", line(heading.span), format!("two headings have the id `{id}`"))
            .help("give one of them another id")
            .related(sink.place(line(first.span)), "the first one stands here");
        sink.add(finding);
    }
}

/// The links and the raw HTML in titles and prose values, with their places in the file.
fn front_text(source: &Source, front: &Front, scan: &Scan) -> (Vec<TextLink>, Vec<Span>) {
    let (mut links, mut html) = (Vec::new(), Vec::new());
    each_prose(front, &mut |words| {
        let found = scan_inline(&words.value, &scan.definitions);
        if found.links.is_empty() && found.raw_html.is_empty() {
            return;
        }
        let raw = source.slice(words.span);
        let inner = raw.find(words.value.as_ref()).filter(|_| !words.value.is_empty());
        let place = |span: Span| inner.map_or(words.span, |at| span.shifted(words.span.start() + at));
        links.extend(found.links.into_iter().map(|link| TextLink { span: place(link.span), ..link }));
        html.extend(found.raw_html.into_iter().map(place));
    });
    (links, html)
}

/// Visits every value that is inline Markdown.
pub fn each_prose(front: &Front, visit: &mut dyn FnMut(&Words)) {
    match front {
        Front::Page(page) => page.description.iter().for_each(visit),
        Front::Direction(direction) => {
            direction.title.iter().chain(&direction.links).for_each(&mut *visit);
            let mut all = |words: &[&Option<Words>]| {
                words.iter().filter_map(|words| words.as_ref()).for_each(&mut *visit);
            };
            direction.themes.iter().for_each(|theme| all(&[&theme.title]));
            direction.feedback.iter().for_each(|feedback| all(&[&feedback.says, &feedback.reply]));
            direction.allows.iter().for_each(|allow| all(&[&allow.why]));
        }
        Front::Okrs(okrs) => {
            okrs.links.iter().for_each(&mut *visit);
            for objective in &okrs.objectives {
                objective.links.iter().for_each(&mut *visit);
                for key_result in &objective.key_results {
                    key_result.links.iter().chain(&key_result.source).for_each(&mut *visit);
                }
                let mut all = |words: &[&Option<Words>]| {
                    words.iter().filter_map(|words| words.as_ref()).for_each(&mut *visit);
                };
                all(&[&objective.title, &objective.why, &objective.stands_alone, &objective.outcome]);
                for key_result in &objective.key_results {
                    all(&[&key_result.title, &key_result.why, &key_result.outcome]);
                    key_result.check_ins.iter().for_each(|check_in| all(&[&check_in.note]));
                }
            }
            okrs.investments.iter().for_each(|investment| investment.links.iter().for_each(&mut *visit));
            let mut all = |words: &[&Option<Words>]| {
                words.iter().filter_map(|words| words.as_ref()).for_each(&mut *visit);
            };
            okrs.investments.iter().for_each(|investment| all(&[&investment.title, &investment.why]));
            okrs.assurances.iter().for_each(|assurance| all(&[&assurance.why]));
            okrs.feedback.iter().for_each(|feedback| all(&[&feedback.says, &feedback.reply]));
            okrs.amendments.iter().for_each(|amendment| all(&[&amendment.says]));
            okrs.allows.iter().for_each(|allow| all(&[&allow.why]));
        }
    }
}

impl File {
    /// The front matter of an OKR document.
    pub fn okrs(&self) -> Option<&Okrs> {
        match &self.front {
            Front::Okrs(okrs) => Some(okrs),
            _ => None,
        }
    }

    /// The front matter of a direction document.
    pub fn direction(&self) -> Option<&Direction> {
        match &self.front {
            Front::Direction(direction) => Some(direction),
            _ => None,
        }
    }

    /// The first heading's words, if the text begins with one.
    pub fn first_heading(&self) -> Option<&str> {
        self.parts.scan.headings.first().map(|heading| heading.text.as_str())
    }
}
