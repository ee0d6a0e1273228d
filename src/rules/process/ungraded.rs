//! A cycle that ended without grades.

use crate::date::{Phase, days_between};
use crate::diagnostic::{Finding, Severity};
use crate::rules::{Context, Example, Rule};

pub(super) static RULE: Rule = Rule {
    name: "process/ungraded",
    severity: Some(Severity::Warning),
    summary: "a cycle that ended over 14 days ago with active key results that have neither a grade nor an outcome: one finding a document",
    why: "\
The end of a cycle is when a level learns whether what it had agreed to was right. A grade says how far \
it came, a sentence says what came of it; either is enough. Without them the next cycle's baselines are \
guesses, and nobody can see where all below was reached and it was not enough above.",
    source: "the process: grades after the end",
    broken: Example::new(
        r#"--- content/okrs/fy27-q1/company.md
+++
shared = 2026-01-15
+++

No OKRs of the company in this quarter.
--- content/okrs/fy27-q1/cloud.md
+++
shared = 2026-01-15
owner = "@ines"
[[objective]]
id = "calm"
title = "Nights are calm"
themes = ["trust"]
key-result = [
  { id = "pages", title = "Fewer pages at night", from = 40, to = 10, measured-in = "pages" },
]
+++
"#,
    )
    .on("2026-05-20"),
    mended: Example::new(
        r#"--- content/okrs/fy27-q1/company.md
+++
shared = 2026-01-15
+++

No OKRs of the company in this quarter.
--- content/okrs/fy27-q1/cloud.md
+++
shared = 2026-01-15
owner = "@ines"
[[objective]]
id = "calm"
title = "Nights are calm"
themes = ["trust"]
key-result = [
  { id = "pages", title = "Fewer pages at night", from = 40, to = 10, measured-in = "pages", grade = 0.8 },
]
+++
"#,
    )
    .on("2026-05-20"),
    check: Some(check),
};

/// From when on a cycle without grades is told.
const DAYS: i64 = 14;

fn check(context: &Context<'_>, found: &mut Vec<Finding>) {
    for cycle in context.planned_cycles() {
        let of = &context.book.cycles[cycle];
        let Some(end) = of.end.filter(|_| of.phase(context.today) == Phase::Ended) else { continue };
        let days = days_between(end, context.today);
        if days <= DAYS {
            continue;
        }
        for sheet in context.sheets_of(cycle) {
            let ungraded = sheet.key_results().filter(|entry| {
                let told = entry.key_result.grade.is_some() || entry.key_result.outcome.is_some();
                !told && sheet.is_clear(entry.place)
            });
            let ungraded: Vec<_> = ungraded.map(|entry| entry.place).collect();
            let Some(first) = ungraded.first() else { continue };
            let what = match ungraded.len() {
                1 => format!("`{}` has neither a grade nor an outcome", sheet.name(*first)),
                many => {
                    format!("{many} key results of `{}` have neither a grade nor an outcome", sheet.unit.id)
                }
            };
            let message = format!("{what}, and `{}` ended {days} days ago", of.id);
            let mut finding = sheet
                .finding("process/ungraded", *first, sheet.span(*first), message)
                .help("give each a `grade` from 0.0 to 1.0, or an `outcome` in words");
            if ungraded.len() > 1 {
                finding.about = None;
            }
            found.push(ungraded[1..].iter().fold(finding, |finding, place| {
                finding.related(sheet.place(sheet.span(*place)), "this one too")
            }));
        }
    }
}
