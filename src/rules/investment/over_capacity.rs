//! Investments that take more than there is.

use crate::diagnostic::{Finding, Severity};
use crate::rules::{Context, Example, Rule};

use super::{ROUNDING, active, per_cent};

pub(super) static RULE: Rule = Rule {
    name: "investment/over-capacity",
    severity: Some(Severity::Error),
    summary: "investments of a unit that add up to more than 100 per cent of its capacity",
    why: "\
Capacity is the share of a unit's working time in the cycle, and there is no more of it than all. A \
sum over 100 per cent means that somebody counts on work that will not be done, and does not know which.",
    source: "the process: engineering investments",
    broken: Example::new(
        r#"+++
shared = 2026-01-15
owner = "@ines"
[[objective]]
id = "calm"
title = "Nights are calm"
supports = ["company/trust/uptime"]
key-result = [{ id = "pages", title = "Fewer pages at night", from = 40, to = 10, measured-in = "pages" }]

[[investment]]
id = "build-time"
title = "Builds take ten minutes"
capacity = 60
why = "Every fix at night waits half an hour for its build."
advances = ["cloud/calm"]

[[investment]]
id = "second-hall"
title = "A second hall carries half of the load"
capacity = 50
why = "One power cut took all of it in November."
advances = ["company/trust"]
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
key-result = [{ id = "pages", title = "Fewer pages at night", from = 40, to = 10, measured-in = "pages" }]

[[investment]]
id = "build-time"
title = "Builds take ten minutes"
capacity = 10
why = "Every fix at night waits half an hour for its build."
advances = ["cloud/calm"]

[[investment]]
id = "second-hall"
title = "A second hall carries half of the load"
capacity = 50
why = "One power cut took all of it in November."
advances = ["company/trust"]
+++
"#,
    )
    .on("2026-01-25"),
    check: Some(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Finding>) {
    for sheet in context.sheets() {
        let investments = active(&sheet);
        let sum: f64 = investments.iter().filter_map(|(_, investment)| investment.capacity).sum();
        if sum <= 100.0 + ROUNDING {
            continue;
        }
        let mut so_far = 0.0;
        let over = investments.iter().find(|(_, investment)| {
            so_far += investment.capacity.unwrap_or(0.0);
            so_far > 100.0 + ROUNDING
        });
        let Some((place, _)) = over else { continue };
        let message = format!("the investments of `{}` add up to {} %", sheet.unit.id, per_cent(sum));
        let span = sheet.span(*place);
        let finding = Finding::new("investment/over-capacity", sheet.place(span), message)
            .label("with this one it is more than 100 %")
            .help("take from one what the other needs, or pause one");
        let others = investments.iter().filter(|(other, _)| other != place);
        found.push(others.fold(finding, |finding, (other, investment)| {
            let share = per_cent(investment.capacity.unwrap_or(0.0));
            finding.related(sheet.place(sheet.span(*other)), format!("this one takes {share} %"))
        }));
    }
}
