//! What of a document could not be read as written: what is absent there is not reported again.

use std::collections::BTreeSet;

use crate::model::{File, ItemPlace, Okrs};
use crate::source::Span;

/// The parts of a document in which a mistake of the format stands. Each is reported by itself, and may
/// be all that is wrong: a key that is one letter off is not missing too.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Marred {
    parts: BTreeSet<Part>,
    /// Those where the mistake may be a key that was meant as another.
    hiding: BTreeSet<Part>,
}

/// A part of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// The keys above its first table.
    Document,
    /// An objective, a key result or an investment.
    Item(ItemPlace),
    /// One of its pieces of feedback.
    Feedback,
    /// One of its signatures.
    Approval,
    /// Another table.
    Other,
}

impl Marred {
    /// The parts of a file with OKRs in which something could not be read.
    pub(super) fn of(file: &File, okrs: &Okrs) -> Self {
        let (mut parts, mut hiding) = (BTreeSet::new(), BTreeSet::new());
        let mut tables = None;
        for finding in &file.findings {
            let span = finding.place.span;
            let unread = finding.rule.starts_with("format/") && finding.rule != "format/raw-html";
            if !unread || (span.start() >= file.parts.body.start() && !file.broken) {
                continue;
            }
            let item = finding.about.as_deref().and_then(|about| okrs.place(about));
            let tables = tables.get_or_insert_with(|| tables_of(file, okrs));
            let part = match item {
                Some(place) => Part::Item(place),
                // the header of a table that the format lacks belongs to the document
                None if file.source.text[..span.start()].ends_with('[') => Part::Document,
                // what is no TOML was found before anyone knew of items
                None if finding.rule == "format/bad-toml" => table_at(tables, span),
                None => part_at(tables, okrs, span),
            };
            parts.insert(part);
            // what is only missing is no other key in disguise
            if !matches!(finding.rule, "format/missing-key" | "format/mixed-measure") {
                hiding.insert(part);
            }
        }
        Self { parts, hiding }
    }

    /// Whether everything could be read.
    pub(super) fn is_none(&self) -> bool {
        self.parts.is_empty()
    }

    /// Whether a part has a mistake behind which another key may stand.
    pub(super) fn hides(&self, part: Part) -> bool {
        self.hiding.contains(&part)
    }

    /// Whether a part could not be read as written.
    pub(super) fn has(&self, part: Part) -> bool {
        self.parts.contains(&part)
    }
}

/// A table of a document: its header or braces, and what it is.
type Table = (Span, Part);

/// The tables of a document, by where they begin.
struct Tables {
    braces: Vec<Table>,
    /// The furthest end of the braces so far: before it, no braces reach further.
    reach: Vec<usize>,
    headers: Vec<Table>,
}

fn tables_of(file: &File, okrs: &Okrs) -> Tables {
    let mut tables: Vec<Table> = Vec::new();
    for (at, objective) in okrs.objectives.iter().enumerate() {
        tables.push((objective.span, Part::Item(ItemPlace::Objective(at))));
        for (of, key_result) in objective.key_results.iter().enumerate() {
            tables.push((key_result.span, Part::Item(ItemPlace::KeyResult(at, of))));
        }
    }
    let investments = okrs.investments.iter().enumerate();
    tables.extend(investments.map(|(at, of)| (of.span, Part::Item(ItemPlace::Investment(at)))));
    tables.extend(okrs.feedback.iter().map(|of| (of.span, Part::Feedback)));
    tables.extend(okrs.approvals.iter().map(|of| (of.span, Part::Approval)));
    tables.extend(okrs.assurances.iter().map(|of| (of.span, Part::Other)));
    tables.extend(okrs.amendments.iter().map(|of| (of.span, Part::Other)));
    tables.extend(okrs.allows.iter().map(|of| (of.span, Part::Other)));
    tables.sort_by_key(|(span, _)| span.start());
    let (braces, headers): (Vec<Table>, Vec<Table>) =
        tables.into_iter().partition(|(span, _)| file.source.slice(*span).starts_with('{'));
    let reach = braces.iter().scan(0, |reach, (span, _)| {
        *reach = span.end().max(*reach);
        Some(*reach)
    });
    Tables { reach: reach.collect(), braces, headers }
}

/// The table that a place is in. What is said there of no item with a name is about the document.
fn part_at(tables: &Tables, okrs: &Okrs, place: Span) -> Part {
    match table_at(tables, place) {
        Part::Item(item) if okrs.name(item).is_some() => Part::Document,
        part => part,
    }
}

/// The innermost braces around a place, else the last table whose header stands before it.
fn table_at(tables: &Tables, place: Span) -> Part {
    let before = |tables: &[Table]| tables.partition_point(|(span, _)| span.start() <= place.start());
    let around = (0..before(&tables.braces))
        .rev()
        .take_while(|at| tables.reach[*at] >= place.end())
        .map(|at| &tables.braces[at])
        .find(|(span, _)| place.end() <= span.end());
    let above = before(&tables.headers).checked_sub(1).map(|at| &tables.headers[at]);
    around.or(above).map_or(Part::Document, |(_, part)| *part)
}
