//! Where references lead: between key results of the levels, to themes and people, in texts. What leads
//! nowhere is data too; backlinks and coverage follow from what was resolved.
//!
//! Links are many to many and nothing is rolled up along them: what counts is whether every key
//! result above is covered from below.

mod coverage;
mod resolve;
mod target;
mod text;
mod ties;
mod unknown;

pub use coverage::{Answer, Coverage, Covered};
pub use resolve::{Unresolved, resolve};
pub use target::Target;
pub use text::{Lost, TextTarget, Texts, Trouble, refused_scheme};
pub use ties::Ties;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::Patience;
use crate::inputs::Asset;
use crate::model::{Book, Document, ItemPlace, Okrs};
use crate::source::Place;
use crate::table::Words;

/// What a reference in front matter says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EdgeKind {
    /// `supports`: it helps to reach something above.
    Supports,
    /// `needs`: it depends on something.
    Needs,
    /// `advances`: an investment helps something.
    Advances,
    /// `for`: an assurance answers a key result above; with its number in the document.
    Assures(usize),
    /// `themes`: an objective answers a theme.
    Answers,
}

impl EdgeKind {
    /// The key it is typed under.
    pub fn key(self) -> &'static str {
        match self {
            Self::Supports => "supports",
            Self::Needs => "needs",
            Self::Advances => "advances",
            Self::Assures(_) => "for",
            Self::Answers => "themes",
        }
    }
}

/// One reference in front matter.
#[derive(Clone, Debug)]
pub struct Edge {
    /// The document it is typed in.
    pub document: usize,
    /// The item it is typed at; none for the document's own.
    pub from: Option<ItemPlace>,
    /// What it says.
    pub kind: EdgeKind,
    /// As typed.
    pub typed: Words,
    /// Where it leads, or why it leads nowhere.
    pub to: Result<Target, Box<Unresolved>>,
}

/// All that was resolved.
#[derive(Clone, Debug, Default)]
pub struct Links {
    /// Every reference in front matter, in the order of documents and files.
    pub edges: Vec<Edge>,
    /// For a key result or objective, what supports it: key results, and objectives without any.
    pub supported_by: Ties,
    /// What a key result supports: its own, else what its objective does; for objectives likewise.
    pub supports: Ties,
    /// What a key result needs.
    pub needs: Ties,
    /// For anything, the key results that need it.
    pub needed_by: Ties,
    /// For a theme, the objectives that answer it.
    pub answered_by: Ties,
    /// For anything, the investments that advance it.
    pub advanced_by: Ties,
    /// For a key result of a unit that others are within, how it is covered.
    pub coverage: BTreeMap<Target, Coverage>,
    /// For the other units that hold an objective or key result, what they hold, by cycle and unit.
    pub held: BTreeMap<(usize, usize), Vec<Target>>,
    /// The links in texts.
    pub texts: Texts,
}

impl Links {
    /// The references in the front matter of a document.
    pub fn edges_of(&self, document: usize) -> &[Edge] {
        let start = self.edges.partition_point(|edge| edge.document < document);
        let end = self.edges.partition_point(|edge| edge.document <= document);
        &self.edges[start..end]
    }

    /// Resolves every reference of a book.
    pub fn resolve(book: &Book, assets: &[Asset]) -> Self {
        let connected = || {
            let mut links = Self { edges: edges(book), ..Self::default() };
            links.connect(book);
            links.hold(book);
            links.coverage = coverage::all(book, &links);
            links
        };
        let (mut links, texts) = rayon::join(connected, || Texts::resolve(book, assets));
        links.texts = texts;
        links
    }

    fn connect(&mut self, book: &Book) {
        let of = |kind: EdgeKind| {
            let edges = self.edges.iter().filter(move |edge| edge.kind == kind);
            edges.filter_map(|edge| Some((Target::item(edge.document, edge.from), *edge.to.as_ref().ok()?)))
        };
        let back = |(from, to): (Target, Target)| (to, from);
        let needs = Ties::of(of(EdgeKind::Needs).collect());
        let needed_by = Ties::of(of(EdgeKind::Needs).map(back).collect());
        let advanced_by = Ties::of(of(EdgeKind::Advances).map(back).collect());
        let answered_by = Ties::of(of(EdgeKind::Answers).map(back).collect());
        let supports = inherited(book, &Ties::of(of(EdgeKind::Supports).collect()));
        let supported_by = supports.iter().filter(|(from, _)| is_counted(book, *from)).copied();
        let supported_by = Ties::of(supported_by.map(back).collect());
        let supports = Ties::of(supports);
        (self.needs, self.needed_by, self.answered_by) = (needs, needed_by, answered_by);
        (self.advanced_by, self.supports, self.supported_by) = (advanced_by, supports, supported_by);
    }

    fn hold(&mut self, book: &Book) {
        for (at, document) in book.documents.iter().enumerate() {
            for (of, objective) in document.okrs().objectives.iter().enumerate() {
                for unit in objective.shared_with.iter().filter_map(|id| book.config.unit(&id.value)) {
                    if unit != document.unit {
                        self.held.entry((document.cycle, unit)).or_default().push(Target::Objective(at, of));
                    }
                }
                for (number, key_result) in objective.key_results.iter().enumerate() {
                    for unit in key_result.shared_with.iter().filter_map(|id| book.config.unit(&id.value)) {
                        if unit != document.unit {
                            let held = Target::KeyResult(at, of, number);
                            self.held.entry((document.cycle, unit)).or_default().push(held);
                        }
                    }
                }
            }
        }
    }
}

/// What each objective and key result supports, in the order of documents and files: a key result that names
/// nothing supports what its objective does.
fn inherited(book: &Book, typed: &Ties) -> Vec<(Target, Target)> {
    let mut pairs = Vec::new();
    for (at, document) in book.documents.iter().enumerate() {
        for (of, objective) in document.okrs().objectives.iter().enumerate() {
            let own = Target::Objective(at, of);
            let of_objective = typed.get(&own).unwrap_or_default();
            pairs.extend(of_objective.iter().map(|to| (own, *to)));
            for (number, key_result) in objective.key_results.iter().enumerate() {
                let from = Target::KeyResult(at, of, number);
                let names_none = key_result.supports.is_empty();
                let supports = if names_none { Some(of_objective) } else { typed.get(&from) };
                pairs.extend(supports.unwrap_or_default().iter().map(|to| (from, *to)));
            }
        }
    }
    pairs
}

/// Whether its support counts: an objective's does where it has no key results that support for it.
fn is_counted(book: &Book, from: Target) -> bool {
    let Target::Objective(at, of) = from else { return true };
    book.documents[at].okrs().objectives[of].key_results.is_empty()
}

/// Every reference in the front matter of a book's documents.
fn edges(book: &Book) -> Vec<Edge> {
    let of = |(at, document): (usize, &Document)| {
        let mut edges = Vec::new();
        let (okrs, patience) = (document.okrs(), Patience::default());
        let mut add = |from: Option<ItemPlace>, kind: EdgeKind, typed: &[Words]| {
            for words in typed {
                let to = match kind {
                    EdgeKind::Answers => resolve::theme(book, document.cycle, &words.value, &patience),
                    _ => resolve::resolve_with(book, &words.value, Some(document.cycle), &patience),
                };
                edges.push(Edge { document: at, from, kind, typed: words.clone(), to: to.map_err(Box::new) });
            }
        };
        each(okrs, &mut add);
        edges
    };
    let edges: Vec<Vec<Edge>> = book.documents.par_iter().enumerate().map(of).collect();
    let mut all = Vec::with_capacity(edges.iter().map(Vec::len).sum());
    all.extend(edges.into_iter().flatten());
    all
}

type Add<'a> = &'a mut dyn FnMut(Option<ItemPlace>, EdgeKind, &[Words]);

fn each(okrs: &Okrs, add: Add<'_>) {
    for (of, objective) in okrs.objectives.iter().enumerate() {
        let place = Some(ItemPlace::Objective(of));
        add(place, EdgeKind::Answers, &objective.themes);
        add(place, EdgeKind::Supports, &objective.supports);
        for (number, key_result) in objective.key_results.iter().enumerate() {
            let place = Some(ItemPlace::KeyResult(of, number));
            add(place, EdgeKind::Supports, &key_result.supports);
            add(place, EdgeKind::Needs, &key_result.needs);
        }
    }
    for (number, investment) in okrs.investments.iter().enumerate() {
        add(Some(ItemPlace::Investment(number)), EdgeKind::Advances, &investment.advances);
    }
    for (number, assurance) in okrs.assurances.iter().enumerate() {
        add(None, EdgeKind::Assures(number), &assurance.for_);
    }
}

impl Edge {
    /// Why it leads nowhere, if it does.
    pub fn trouble(&self) -> Option<&Unresolved> {
        self.to.as_ref().err().map(|trouble| &**trouble)
    }

    /// Where it is typed.
    pub fn place(&self, book: &Book) -> Place {
        Place::new(book.documents[self.document].path(), self.typed.span)
    }

    /// The name of the item it is typed at, `reliability/uptime`.
    pub fn about(&self, book: &Book) -> Option<Arc<str>> {
        let okrs = book.documents[self.document].okrs();
        self.from.and_then(|place| okrs.name(place)).map(Arc::from)
    }
}
