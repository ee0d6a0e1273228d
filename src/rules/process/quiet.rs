//! A key result of which nobody has said anything for a while.

use crate::diagnostic::{Finding, Severity};
use crate::rules::{Context, Example, Rule};

pub(super) static RULE: Rule = Rule {
    name: "process/quiet",
    severity: Some(Severity::Warning),
    summary: "a running cycle's key result with no check-in for 21 days, or as many as `[process] quiet-days` says",
    why: "\
Quiet is no state of the work: it means that nobody can tell. A value, or a confidence, or a sentence \
every week or two is what lets others plan with it, and is the first sign when its owner has stopped \
to believe in it. One that is over gets a `grade` or an `outcome`; one that nobody works on is paused \
or dropped.",
    source: "the process: check-ins during the cycle",
    broken: Example::new(
        r#"+++
shared = 2026-01-15
owner = "@ines"
[[objective]]
id = "calm"
title = "Nights are calm"
supports = ["company/trust/uptime"]
[[objective.key-result]]
id = "pages"
title = "Fewer pages at night"
from = 40
to = 10
measured-in = "pages"
check-in = [
  { on = 2026-02-02, value = 39 },
]
+++
"#,
    )
    .on("2026-03-01"),
    mended: Example::new(
        r#"+++
shared = 2026-01-15
owner = "@ines"
[[objective]]
id = "calm"
title = "Nights are calm"
supports = ["company/trust/uptime"]
[[objective.key-result]]
id = "pages"
title = "Fewer pages at night"
from = 40
to = 10
measured-in = "pages"
check-in = [
  { on = 2026-02-02, value = 39 },
  { on = 2026-02-27, value = 31 },
]
+++
"#,
    )
    .on("2026-03-01"),
    check: Some(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Finding>) {
    let book = context.book;
    for cycle in context.planned_cycles() {
        for sheet in context.sheets_of(cycle) {
            for entry in sheet.key_results().filter(|entry| sheet.is_clear(entry.place)) {
                let key_result = entry.key_result;
                let quiet = book.quiet_for(cycle, entry.objective, key_result, context.today);
                let Some(days) = quiet else { continue };
                let last = key_result.counted(context.today).last().and_then(|last| last.on.clone());
                let name = sheet.name(entry.place);
                let days = if days == 1 { "1 day".to_owned() } else { format!("{days} days") };
                let message = match &last {
                    Some(on) => format!("no check-in for `{name}` since {}, {days} ago", on.value),
                    None => format!("no check-in for `{name}` since the cycle began, {days} ago"),
                };
                let short = sheet.okrs.name(entry.place).unwrap_or_default();
                let finding = sheet
                    .finding("process/quiet", entry.place, sheet.span(entry.place), message)
                    .help(format!(
                        "say how it stands: `okrbook check-in {}/{short} VALUE`; if it is over, give it a `grade` or an `outcome`",
                        book.name_of(sheet.at)
                    ));
                found.push(match last {
                    Some(on) => finding.related(sheet.place(on.span), "the last one is this"),
                    None => finding,
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::found;

    const KEY_RESULTS: &str = r#"+++
shared = 2026-01-15
owner = "@ines"
[[objective]]
id = "calm"
title = "Nights are calm"
supports = ["company/trust/uptime"]
key-result = [
  { id = "none", title = "None", from = 40, to = 10 },
  { id = "planned", title = "Planned", from = 40, to = 10, check-in = [{ on = 2026-02-08, value = 1 }, { on = 2026-04-01, value = 2 }] },
  { id = "over", title = "Over", from = 40, to = 10, outcome = "Done." },
  { id = "dropped", title = "Dropped", from = 40, to = 10, state = "dropped" },
]
[[objective]]
id = "paused"
title = "Paused"
state = "paused"
key-result = [{ id = "quiet", title = "Quiet", from = 40, to = 10 }]
+++
"#;

    #[test]
    fn days_count_from_the_cycle_or_the_last_check_in() {
        let quiet = |day| {
            let found = found("process/quiet", KEY_RESULTS, day);
            found.into_iter().filter(|line| line.starts_with("cloud.md")).collect::<Vec<_>>()
        };
        let none = |days| {
            format!(
                "cloud.md:9:10 warning: no check-in for `cloud/calm/none` since the cycle began, {days} days ago"
            )
        };
        assert!(quiet("2026-02-21").is_empty());
        assert_eq!(quiet("2026-02-22"), [none(21)]);
        assert_eq!(
            quiet("2026-03-01"),
            [
                none(28),
                "cloud.md:10:10 warning: no check-in for `cloud/calm/planned` since 2026-02-08, 21 days ago"
                    .to_owned()
            ]
        );
        assert!(quiet("2026-05-01").is_empty(), "the cycle is over");
    }
}
