//! A document without a number.

use crate::diagnostic::{Finding, Severity};
use crate::rules::{Context, Example, Rule};

pub(super) static RULE: Rule = Rule {
    name: "quality/milestones-only",
    severity: Some(Severity::Note),
    summary: "a document of milestones alone",
    why: "\
A milestone is no lesser key result: much that matters is there or is not. But a whole document of them \
is more often a plan of work than an agreement on what it is for, and nothing in it moves before it is \
done. One number that somebody else would notice is enough.",
    source: "the writing of key results",
    broken: Example::new(
        r#"+++
shared = 2026-01-15
owner = "@ines"
[[objective]]
id = "calm"
title = "Nights are calm"
supports = ["company/trust/uptime"]
key-result = [
  { id = "runbook", title = "Every alarm has a page that says what to do" },
]
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
supports = ["company/trust/uptime"]
key-result = [
  { id = "runbook", title = "Every alarm has a page that says what to do" },
  { id = "pages", title = "Fewer pages at night", from = 40, to = 10, measured-in = "pages" },
]
+++
"#,
    )
    .on("2026-01-25"),
    check: Some(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Finding>) {
    for sheet in context.sheets() {
        let key_results: Vec<_> = sheet.key_results().collect();
        let measured = key_results.iter().any(|entry| entry.is_measured() || entry.is_for_learning());
        let clear = key_results.iter().all(|entry| sheet.is_clear(entry.place));
        let Some(first) = key_results.first().filter(|_| !measured && clear) else { continue };
        let message = match key_results.len() {
            1 => format!("the one key result of `{}` is a milestone", sheet.unit.id),
            many => format!("all {many} key results of `{}` are milestones", sheet.unit.id),
        };
        found.push(
            Finding::new("quality/milestones-only", sheet.place(sheet.span(first.place)), message).help(
                "give one of them a number that somebody else would notice (`from` and `to`, `at-least`, `at-most`), or the `source` of one",
            ),
        );
    }
}
