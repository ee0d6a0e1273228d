//! A reference to itself, or one listed twice.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::diagnostic::{Finding, Severity};
use crate::links::{Edge, EdgeKind, Target};
use crate::model::Book;
use crate::rules::{Context, Example, Rule};
use crate::source::{Place, Source, Span};
use crate::table::Words;

pub(super) static RULE: Rule = Rule {
    name: "reference/repeated",
    severity: Some(Severity::Error),
    summary: "a reference to itself, or one listed twice",
    why: "\
What is listed twice does not help twice, and what waits for itself never begins. Mostly another name \
was meant and the line above was copied. A key result that needs its own objective waits for itself too, \
because it is a part of it.",
    source: "the format, section 6",
    broken: Example::new(
        r#"+++
shared = 2026-01-15
owner = "@ines"
[[objective]]
id = "calm"
title = "Nights are calm"
supports = ["company/trust/uptime", "company/trust/uptime"]
key-result = [{ id = "pages", title = "Fewer pages at night", from = 40, to = 10, measured-in = "pages" }]
+++
"#,
    ),
    mended: Example::new(
        r#"+++
shared = 2026-01-15
owner = "@ines"
[[objective]]
id = "calm"
title = "Nights are calm"
supports = ["company/trust/uptime"]
key-result = [{ id = "pages", title = "Fewer pages at night", from = 40, to = 10, measured-in = "pages" }]
+++
"#,
    ),
    check: Some(check),
};

/// How a reference repeats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Repeated {
    /// It leads to where it is typed, or to what that is a part of.
    Itself,
    /// Another reference before it in the list leads to the same; its number among all.
    After(usize),
}

/// How each reference repeats, if it does.
pub(super) fn repeats(book: &Book, edges: &[Edge]) -> Vec<Option<Repeated>> {
    let mut first: BTreeMap<Target, usize> = BTreeMap::new();
    let list = |edge: &Edge| (edge.document, edge.from, edge.kind);
    let mut repeats = Vec::with_capacity(edges.len());
    for (at, edge) in edges.iter().enumerate() {
        if at > 0 && list(edge) != list(&edges[at - 1]) {
            first.clear();
        }
        repeats.push(match edge.to {
            Ok(to) if is_itself(book, edge, to) => Some(Repeated::Itself),
            Ok(to) => match first.entry(to) {
                Entry::Occupied(before) => Some(Repeated::After(*before.get())),
                Entry::Vacant(free) => {
                    free.insert(at);
                    None
                }
            },
            Err(_) => None,
        });
    }
    repeats
}

/// Whether a reference leads to the item that it is typed at; a key result's needs, to what it is a part of.
fn is_itself(book: &Book, edge: &Edge, to: Target) -> bool {
    let from = Target::item(edge.document, edge.from);
    let is_part = match (edge.kind, from) {
        (EdgeKind::Needs, Target::KeyResult(document, of, _)) => {
            to == Target::Objective(document, of) || to == Target::Document(document)
        }
        _ => false,
    };
    is_part || (edge.from.is_some() && to == from && to.unit(book).is_some())
}

fn check(context: &Context<'_>, found: &mut Vec<Finding>) {
    let (book, edges) = (context.book, &context.links.edges);
    for (at, repeated) in repeats(book, edges).into_iter().enumerate() {
        let Some(repeated) = repeated else { continue };
        let edge = &edges[at];
        let source = &book.documents[edge.document].file.source;
        let finding = match repeated {
            Repeated::Itself => itself(book, edge),
            Repeated::After(first) => {
                let words = [&edges[first].typed, &edges[at - 1].typed, &edge.typed];
                twice(source, words, edge.kind.key())
            }
        };
        found.push(match edge.about(book) {
            Some(about) => finding.about(about),
            None => finding,
        });
    }
    shared(book, found);
}

fn itself(book: &Book, edge: &Edge) -> Finding {
    let typed = &edge.typed.value;
    let whole = edge.to.as_ref().is_ok_and(|to| *to != Target::item(edge.document, edge.from));
    let message = if whole {
        format!("`{typed}` holds this key result, which cannot need what it is a part of")
    } else {
        let what = edge.to.as_ref().map_or("", |to| to.what());
        let this = what.split_once(' ').map_or(what, |(_, what)| what);
        format!("`{}` points to itself: `{typed}` is this {this}", edge.kind.key())
    };
    let finding = Finding::new("reference/repeated", edge.place(book), message)
        .help("name another one, or take it out")
        .related(Target::item(edge.document, edge.from).stands(book), "it stands here");
    match taken_out(&book.documents[edge.document].file.source, edge.typed.span) {
        Some(span) => finding.suggestion(span, ""),
        None => finding,
    }
}

/// What is to be deleted so that an entry of a list is gone, with the comma that it no longer needs. None
/// where something else than its neighbours stands beside it.
pub(super) fn taken_out(source: &Source, entry: Span) -> Option<Span> {
    let (line, own) = line_of(source, entry);
    if own {
        return Some(line);
    }
    let before = source.text[..entry.start()].trim_end_matches([' ', '\t']);
    let after = &source.text[entry.end()..];
    let rest = after.trim_start_matches([' ', '\t']);
    if let Some(rest) = rest.strip_prefix(',') {
        let next = rest.trim_start_matches([' ', '\t']);
        return before
            .ends_with(['[', ','])
            .then(|| Span::new(entry.start(), source.text.len() - next.len()));
    }
    match before.strip_suffix(',') {
        Some(before) => Some(Span::new(before.len(), entry.end())),
        None => (before.ends_with('[') && rest.starts_with(']')).then_some(entry),
    }
}

/// A reference that the first of its list says already; with the one before it.
fn twice(source: &Source, [first, before, last]: [&Words; 3], key: &str) -> Finding {
    let message = if first.value == last.value {
        format!("`{key}` names `{}` twice", last.value)
    } else {
        format!("`{key}` names `{}` twice: `{}` is the same", last.value, first.value)
    };
    let finding = Finding::new("reference/repeated", Place::new(&source.path, last.span), message)
        .help("take one of them out")
        .related(Place::new(&source.path, first.span), "the first one stands here");
    let (line, own) = line_of(source, last.span);
    if own {
        return finding.certain_fix(line, "");
    }
    let before = Span::new(before.span.end(), last.span.start());
    // a comment between them is not the program's to take out
    if source.slice(before).chars().all(|c| c == ',' || c.is_whitespace()) {
        return finding.certain_fix(Span::new(before.start(), last.span.end()), "");
    }
    finding
}

/// The line of a reference with its end, and whether it stands there alone.
fn line_of(source: &Source, span: Span) -> (Span, bool) {
    let line = source.position(span.start()).line;
    let start = source.line_span(line).start();
    let end = source.line_span(line + 1).start();
    let alone = source.line(line).trim().trim_end_matches(',').trim_end() == source.slice(span);
    (Span::new(start, end), alone && end > span.end())
}

/// `shared-with`, which names other units.
fn shared(book: &Book, found: &mut Vec<Finding>) {
    for document in &book.documents {
        let source = &document.file.source;
        let own = &book.config.units[document.unit].id;
        let okrs = document.okrs();
        let lists = okrs.objectives.iter().flat_map(|objective| {
            std::iter::once(&objective.shared_with)
                .chain(objective.key_results.iter().map(|of| &of.shared_with))
        });
        for list in lists {
            let mut known: BTreeMap<&str, usize> = BTreeMap::new();
            for (at, id) in list.iter().enumerate() {
                let first = *known.entry(&id.value).or_insert(at);
                if id.value == *own {
                    let message = format!("`shared-with` names `{own}`, the unit whose document this is");
                    let place = Place::new(&source.path, id.span);
                    let finding = Finding::new("reference/repeated", place, message);
                    found.push(finding.help("name the other units that hold it, or take it out"));
                } else if first < at && book.config.unit(&id.value).is_some() {
                    let words = [&list[first], &list[at - 1], id];
                    found.push(twice(source, words, "shared-with"));
                }
            }
        }
    }
}
