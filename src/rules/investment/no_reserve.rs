//! A unit that reserves less than the book asks for.

use crate::diagnostic::{Finding, Severity};
use crate::rules::marred::Part;
use crate::rules::{Context, Example, Rule};

use super::{ROUNDING, active, per_cent};

pub(super) static RULE: Rule = Rule {
    name: "investment/no-reserve",
    severity: Some(Severity::Warning),
    summary: "a unit that reserves less of its capacity than `[investment] reserve` asks for",
    why: "\
What keeps the systems running and makes next year's key results possible happens in any case. Where \
nothing is reserved for it, it happens in time that was promised to something else. The reserve is set \
aside before the objectives are written, and the documents say for what.",
    source: "the process: engineering investments",
    broken: Example::new(concat!(
        include_str!("reserve.txt"),
        r#"--- content/okrs/fy27-q1/cloud.md
+++
shared = 2026-01-15
owner = "@ines"
[[objective]]
id = "calm"
title = "Nights are calm"
key-result = [{ id = "pages", title = "Fewer pages at night", from = 40, to = 10, measured-in = "pages" }]

[[investment]]
id = "build-time"
title = "Builds take ten minutes"
capacity = 10
why = "Every fix at night waits half an hour for its build."
advances = ["cloud/calm"]
+++
"#
    ))
    .on("2026-01-25"),
    mended: Example::new(concat!(
        include_str!("reserve.txt"),
        r#"--- content/okrs/fy27-q1/cloud.md
+++
shared = 2026-01-15
owner = "@ines"
[[objective]]
id = "calm"
title = "Nights are calm"
key-result = [{ id = "pages", title = "Fewer pages at night", from = 40, to = 10, measured-in = "pages" }]

[[investment]]
id = "build-time"
title = "Builds take ten minutes"
capacity = 20
why = "Every fix at night waits half an hour for its build."
advances = ["cloud/calm"]
+++
"#
    ))
    .on("2026-01-25"),
    check: Some(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Finding>) {
    let Some(reserve) = context.book.config.reserve else { return };
    for sheet in context.sheets() {
        // who says that there are no OKRs this cycle has promised nothing to others
        if sheet.okrs.objectives.is_empty() && sheet.okrs.investments.is_empty() {
            continue;
        }
        let investments = active(&sheet);
        let unread = sheet.marred().has(Part::Document)
            || (0..sheet.okrs.investments.len())
                .any(|at| !sheet.is_clear(crate::model::ItemPlace::Investment(at)));
        let reserved: f64 = investments.iter().filter_map(|(_, investment)| investment.capacity).sum();
        if unread || reserved + ROUNDING >= reserve {
            continue;
        }
        let what = match investments.len() {
            0 => "reserves nothing".to_owned(),
            _ => format!("reserves {} %", per_cent(reserved)),
        };
        let message = format!(
            "`{}` {what} of its capacity for investments, less than the {} % that the book asks for",
            sheet.unit.id,
            per_cent(reserve)
        );
        let place =
            investments.first().map_or(sheet.first_line(), |(place, _)| sheet.place(sheet.span(*place)));
        found.push(
            Finding::new("investment/no-reserve", place, message)
                .help("add an `[[investment]]` with its `capacity` and its reason, or reserve more for one"),
        );
    }
}
