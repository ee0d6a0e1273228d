//! Support for a unit that it has no contract with.

use crate::diagnostic::{Finding, Severity};
use crate::rules::{Context, Example, Rule};

use super::repeated::repeats;
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
            .help(format!(
                "support a key result of `{within}` that supports it in turn, or change the `within` of `{}` in book.toml",
                unit.id
            ))
            .related(target.stands(book), format!("`{}` stands here", target.short(book)));
        found.push(match edge.about(book) {
            Some(about) => finding.about(about),
            None => finding,
        });
    }
}
