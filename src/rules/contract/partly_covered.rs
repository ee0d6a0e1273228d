//! A key result above of which only a part is answered below.

use crate::diagnostic::{Finding, Severity};
use crate::links::Covered;
use crate::model::Verdict;
use crate::rules::{Context, Example, Rule};
use crate::source::Place;

use super::gap::gaps;

pub(super) static RULE: Rule = Rule {
    name: "contract/partly-covered",
    severity: Some(Severity::Warning),
    summary: "a key result of which the units below answer only a part, once the drafts are due",
    why: "\
A unit that says \"this much of it is ours\" has done what was asked of it. The rest is then known to \
be nobody's, and knowing is of use only while somebody can still take it, or the level above can \
promise less. A key result that all units below say is not theirs is another case, and no finding: \
that is a whole answer.",
    source: "the contract between levels: assurances",
    broken: Example::new(
        r#"+++
shared = 2026-01-15
owner = "@ines"
[[objective]]
id = "calm"
title = "Nights are calm"
stands-alone = "The night shift asks for it."
key-result = [{ id = "pages", title = "Fewer pages at night", from = 40, to = 10, measured-in = "pages" }]

[[assurance]]
for = "company/trust/uptime"
by = "@ines"
verdict = "partial"
why = "The network is ours. The shops run on machines of their own."
+++
"#,
    )
    .on("2026-01-25"),
    mended: Example::new(
        r#"+++
shared = 2026-01-15
owner = "@ines"
[[objective]]
id = "calm"
title = "Nights are calm"
stands-alone = "The night shift asks for it."
key-result = [{ id = "pages", title = "Fewer pages at night", from = 40, to = 10, measured-in = "pages" }]

[[assurance]]
for = "company/trust/uptime"
by = "@ines"
verdict = "sufficient"
why = "The network is ours, and since January the machines in the shops are too."
+++
"#,
    )
    .on("2026-01-25"),
    check: Some(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Finding>) {
    let book = context.book;
    for gap in gaps(context, Covered::Partial) {
        let name = gap.name();
        let partial: Vec<(usize, usize)> = gap
            .coverage
            .answers
            .iter()
            .flat_map(|answer| &answer.assurances)
            .filter(|(_, _, verdict)| *verdict == Verdict::Partial)
            .map(|(document, number, _)| (*document, *number))
            .collect();
        let unit = |document: usize| &book.config.units[book.documents[document].unit].id;
        let who = match partial.as_slice() {
            [(only, _)] => format!("`{}` answers", unit(*only)),
            many => format!("{} units answer", many.len()),
        };
        let message = format!("the key result `{name}` is covered in part only: {who} for a part of it");
        let mut finding = gap.sheet.finding("contract/partly-covered", gap.entry.place, gap.span(), message);
        finding = finding.help(
            "let a key result below support it, let another unit answer for the rest with an assurance, or promise less",
        );
        for (document, number) in partial {
            let document_of = &book.documents[document];
            let span = document_of.okrs().assurances[number].span;
            let what = format!("`{}` says which part", unit(document));
            finding = finding.related(Place::new(document_of.path(), span), what);
        }
        found.push(finding);
    }
}
