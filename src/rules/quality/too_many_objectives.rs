//! More objectives than one can keep in mind.

use crate::diagnostic::{Finding, Severity};
use crate::rules::{Context, Example, Rule};

pub(super) static RULE: Rule = Rule {
    name: "quality/too-many-objectives",
    severity: Some(Severity::Warning),
    summary: "more than five active objectives in a document",
    why: "\
OKRs choose. Three objectives are remembered, five perhaps, and a sixth means that nothing was left \
out. What has to be done in any case belongs to the daily work or is an investment; what is not chosen \
this time can be next time.",
    source: "the writing of objectives",
    broken: Example::new(
        r#"+++
shared = 2026-01-15
owner = "@ines"
objective = [
  { id = "o1", title = "Nights are calm", supports = ["company/trust/uptime"], key-result = [{ id = "r", title = "Few pages at night", at-most = 1 }] },
  { id = "o2", title = "Days are calm", supports = ["company/trust/uptime"], key-result = [{ id = "r", title = "Few pages by day", at-most = 2 }] },
  { id = "o3", title = "Builds are quick", supports = ["company/trust/uptime"], key-result = [{ id = "r", title = "Slow builds in a week", at-most = 3 }] },
  { id = "o4", title = "Fixes are quick", supports = ["company/trust/uptime"], key-result = [{ id = "r", title = "Slow fixes in a week", at-most = 4 }] },
  { id = "o5", title = "Costs are known", supports = ["company/trust/uptime"], key-result = [{ id = "r", title = "Surprises on the bill", at-most = 5 }] },
  { id = "o6", title = "New people start well", supports = ["company/trust/uptime"], key-result = [{ id = "r", title = "Questions nobody could answer", at-most = 6 }] },
]
+++
"#,
    )
    .on("2026-01-25"),
    mended: Example::new(
        r#"+++
shared = 2026-01-15
owner = "@ines"
objective = [
  { id = "o1", title = "Nights are calm", supports = ["company/trust/uptime"], key-result = [{ id = "r", title = "Few pages at night", at-most = 1 }] },
  { id = "o2", title = "Days are calm", supports = ["company/trust/uptime"], key-result = [{ id = "r", title = "Few pages by day", at-most = 2 }] },
  { id = "o3", title = "Builds are quick", supports = ["company/trust/uptime"], key-result = [{ id = "r", title = "Slow builds in a week", at-most = 3 }] },
  { id = "o4", title = "Fixes are quick", supports = ["company/trust/uptime"], key-result = [{ id = "r", title = "Slow fixes in a week", at-most = 4 }] },
  { id = "o5", title = "Costs are known", supports = ["company/trust/uptime"], key-result = [{ id = "r", title = "Surprises on the bill", at-most = 5 }] },
]
+++
"#,
    )
    .on("2026-01-25"),
    check: Some(check),
};

/// So many are still a choice.
const MOST: usize = 5;

fn check(context: &Context<'_>, found: &mut Vec<Finding>) {
    for sheet in context.sheets() {
        let objectives: Vec<usize> = sheet.objectives().map(|(at, _)| at).collect();
        let Some(sixth) = objectives.get(MOST) else { continue };
        let place = crate::model::ItemPlace::Objective(*sixth);
        let message = format!("`{}` has {} objectives, more than {MOST}", sheet.unit.id, objectives.len());
        found.push(
            Finding::new("quality/too-many-objectives", sheet.place(sheet.span(place)), message)
                .label("from here on")
                .help("choose: what is not for this cycle is paused, dropped or left for the next"),
        );
    }
}
