//! An objective that nobody can tell to be reached.

use crate::diagnostic::{Finding, Severity};
use crate::model::ItemPlace;
use crate::rules::marred::Part;
use crate::rules::{Context, Example, Rule};

pub(super) static RULE: Rule = Rule {
    name: "quality/no-key-results",
    severity: Some(Severity::Warning),
    summary: "an active objective without key results; an error once the document is final",
    why: "\
An objective says where to, key results say how one can tell. Without any, whoever delivers has signed \
something that can be called reached or missed as one likes. A draft may have the objective first; where \
an objective is a focus without a result this cycle, an `[[allow]]` says so.",
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
  { id = "pages", title = "Fewer pages at night", from = 40, to = 10, measured-in = "pages" },
]

[[objective]]
id = "few-hands"
title = "Few hands can touch live data"
stands-alone = "Our insurer asks for it."
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
  { id = "pages", title = "Fewer pages at night", from = 40, to = 10, measured-in = "pages" },
]

[[objective]]
id = "few-hands"
title = "Few hands can touch live data"
stands-alone = "Our insurer asks for it."
key-result = [
  { id = "access", title = "Fewer people with standing access", from = 34, to = 6, measured-in = "people" },
]
+++
"#,
    )
    .on("2026-01-25"),
    check: Some(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Finding>) {
    for sheet in context.sheets().filter(|sheet| !sheet.marred().has(Part::Document)) {
        for (at, objective) in sheet.objectives() {
            let place = ItemPlace::Objective(at);
            if !objective.key_results.is_empty() || !sheet.is_clear(place) {
                continue;
            }
            let message = format!("the objective `{}` has no key results", sheet.name(place));
            let finding = sheet.finding("quality/no-key-results", place, sheet.span(place), message).help(
                "say how one can tell that it is reached: `key-result = [{ id = \"…\", title = \"…\" }]`",
            );
            found.push(match sheet.is_agreed(context) {
                true => finding.severity(Severity::Error),
                false => finding,
            });
        }
    }
}
