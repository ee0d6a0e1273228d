//! More key results than an objective needs.

use crate::diagnostic::{Finding, Severity};
use crate::rules::{Context, Example, Rule};

pub(super) static RULE: Rule = Rule {
    name: "quality/too-many-key-results",
    severity: Some(Severity::Warning),
    summary: "more than five active key results in an objective",
    why: "\
Key results say how one can tell that an objective is reached. Two to four usually can; more than five \
are a list of what is to be done, or two objectives in one. The longer the list, the less each of them \
is looked at.",
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
  { id = "r1", title = "Few pages at night", at-most = 1 },
  { id = "r2", title = "Slow builds in a week", at-most = 2 },
  { id = "r3", title = "Surprises on the bill", at-most = 3 },
  { id = "r4", title = "Fixes that took a day", at-most = 4 },
  { id = "r5", title = "Alarms without a cause", at-most = 5 },
  { id = "r6", title = "Shifts that nobody wanted", at-most = 6 },
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
  { id = "r1", title = "Few pages at night", at-most = 1 },
  { id = "r2", title = "Slow builds in a week", at-most = 2 },
  { id = "r3", title = "Surprises on the bill", at-most = 3 },
  { id = "r4", title = "Fixes that took a day", at-most = 4 },
  { id = "r5", title = "Alarms without a cause", at-most = 5 },
]
+++
"#,
    )
    .on("2026-01-25"),
    check: Some(check),
};

/// So many can still be looked at every week.
const MOST: usize = 5;

fn check(context: &Context<'_>, found: &mut Vec<Finding>) {
    for sheet in context.sheets() {
        for (at, objective) in sheet.objectives() {
            let active = objective.key_results.iter().filter(|key_result| objective.is_active(key_result));
            let count = active.count();
            if count <= MOST {
                continue;
            }
            let place = crate::model::ItemPlace::Objective(at);
            let message =
                format!("the objective `{}` has {count} key results, more than {MOST}", sheet.name(place));
            found.push(
                sheet
                    .finding("quality/too-many-key-results", place, sheet.span(place), message)
                    .help("keep those that tell whether it is reached, or part the objective in two"),
            );
        }
    }
}
