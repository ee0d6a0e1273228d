//! Support for a unit that it has no contract with.

use crate::diagnostic::{Finding, Severity, one_of};
use crate::links::{Edge, Target};
use crate::rules::{Context, Example, Rule};

use super::repeated::{repeats, taken_out};
use super::wrong_level::{Standing, standing};

pub(super) static RULE: Rule = Rule {
    name: "reference/outside-contract",
    severity: Some(Severity::Warning),
    summary: "`supports` to a unit of a higher level that is not the one named by `within`",
    why: "\
Each unit helps to deliver one contract, that of the unit it is within. Who skips that level helps in a \
place where nobody counts on it: the director who answers for the unit cannot see it, and a gap in \
between stays open although the top looks covered. Mostly the key result in between is missing, and \
should be written.",
    source: "the contract between levels; the format, section 6",
    broken: Example::new(
        r#"--- book.toml (more)
[[level]]
id = "team"
name = "Teams"
[unit.search]
level = "team"
name = "Search"
within = "cloud"
--- content/okrs/fy27-q1/search.md
+++
shared = 2026-01-15
owner = "@ines"
[[objective]]
id = "rota"
title = "The rota holds"
supports = ["cloud/calm/pages", "company/trust/uptime"]
key-result = [{ id = "gaps", title = "Fewer gaps in the rota", from = 9, to = 0, measured-in = "gaps" }]
+++
"#,
    ),
    mended: Example::new(
        r#"--- book.toml (more)
[[level]]
id = "team"
name = "Teams"
[unit.search]
level = "team"
name = "Search"
within = "cloud"
--- content/okrs/fy27-q1/search.md
+++
shared = 2026-01-15
owner = "@ines"
[[objective]]
id = "rota"
title = "The rota holds"
supports = ["cloud/calm/pages"]
key-result = [{ id = "gaps", title = "Fewer gaps in the rota", from = 9, to = 0, measured-in = "gaps" }]
+++
"#,
    ),
    check: Some(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Finding>) {
    let book = context.book;
    let repeats = repeats(book, &context.links.edges);
    for (edge, repeated) in context.links.edges.iter().zip(repeats) {
        let outside = standing(book, edge) == Some(Standing::Outside);
        let Ok(target) = edge.to else { continue };
        if !outside || repeated.is_some() {
            continue;
        }
        let unit = &book.config.units[book.documents[edge.document].unit];
        let Some(within) = unit.within.map(|within| &book.config.units[within].id) else { continue };
        let message =
            format!("`{}` is not of `{within}`, the unit that `{}` is within", edge.typed.value, unit.id);
        let finding = Finding::new("reference/outside-contract", edge.place(book), message)
            .related(target.stands(book), format!("`{}` stands here", target.short(book)));
        let finding = helped(context, edge, target, finding);
        found.push(match edge.about(book) {
            Some(about) => finding.about(about),
            None => finding,
        });
    }
}

/// As many ways as are shown to reach a place above.
const MOST_WAYS: usize = 4;

/// With the key results of the unit in between that support the same: one of them was probably meant.
fn helped(context: &Context<'_>, edge: &Edge, target: Target, finding: Finding) -> Finding {
    let book = context.book;
    let own = &book.documents[edge.document];
    let unit = &book.config.units[own.unit];
    let supporters = context.links.supported_by.get(&target).unwrap_or_default();
    let ways = supporters.iter().filter(|from| {
        from.document().is_some_and(|at| {
            Some(book.documents[at].unit) == unit.within && book.documents[at].cycle == own.cycle
        })
    });
    let ways: Vec<Target> = ways.copied().take(MOST_WAYS).collect();
    let names: Vec<String> = ways.iter().map(|way| way.short(book)).collect();
    let list = || one_of(names.iter().map(String::as_str));
    let change = format!("or change the `within` of `{}` in book.toml", unit.id);
    let said = |way: &Target| {
        let same = |other: &&Edge| (other.from, other.kind) == (edge.from, edge.kind);
        let mut others = context.links.edges_of(edge.document).iter().filter(same);
        others.any(|other| other.to.as_ref() == Ok(way))
    };
    match ways.as_slice() {
        [] => {
            let within = unit.within.map_or("", |within| book.config.units[within].id.as_ref());
            finding.help(format!("support a key result of `{within}` that supports it in turn, {change}"))
        }
        ways if ways.iter().any(said) => {
            let finding = finding
                .help(format!("it is supported by way of {} already: take this one out, {change}", list()));
            match taken_out(&own.file.source, edge.typed.span) {
                Some(span) => finding.suggestion(span, ""),
                None => finding,
            }
        }
        [only] => finding
            .help(format!("support {}, which supports it in turn, {change}", list()))
            .suggestion(edge.typed.span, format!("\"{}\"", only.short(book))),
        _ => finding.help(format!("support {}, which support it in turn, {change}", list())),
    }
}
