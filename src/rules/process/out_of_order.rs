//! A date before the one it must follow.

use crate::date::{Date, days_between};
use crate::diagnostic::{Finding, Severity};
use crate::model::HISTORY_DAYS;
use crate::rules::sheet::Sheet;
use crate::rules::{Context, Example, Rule};
use crate::source::Place;

pub(super) static RULE: Rule = Rule {
    name: "process/out-of-order",
    severity: Some(Severity::Warning),
    summary: "a date before the one it must follow: signed before it was shared, shared before the direction, a check-in outside its cycle",
    why: "\
The direction comes first, then the drafts that answer it, then the signatures of those who have read \
them. A date that breaks this order is either a slip of the pen or a step that was not made: drafts \
written before the direction answer last quarter's, and what is signed before it is shared was not \
read by those who were to speak about it. A check-in counts from the first day of its cycle to 28 days \
after the last.",
    source: "the timeline of the process",
    broken: Example::new(
        r#"+++
shared = 2026-01-15
owner = "@ines"
[[objective]]
id = "calm"
title = "Nights are calm"
supports = ["company/trust/uptime"]
key-result = [{ id = "pages", title = "Fewer pages at night", from = 40, to = 10, measured-in = "pages" }]

[[approval]]
by = "@ines"
as = "set-by"
on = 2026-01-05
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

[[approval]]
by = "@ines"
as = "set-by"
on = 2026-01-25
+++
"#,
    )
    .on("2026-01-25"),
    check: Some(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Finding>) {
    let known = context.book.config.known;
    for sheet in context.sheets().filter(|_| known.cycles) {
        found.extend(signed_before_shared(context, &sheet));
        found.extend(shared_before_direction(context, &sheet));
        check_ins_outside(context, &sheet, found);
    }
}

/// The signatures from before the day on which the document was shared, in one finding.
fn signed_before_shared(context: &Context<'_>, sheet: &Sheet<'_>) -> Option<Finding> {
    let shared = sheet.okrs.shared.as_ref().filter(|shared| shared.value <= context.today)?;
    let early = sheet.okrs.approvals.iter().filter_map(|approval| {
        let on = approval.on.as_ref().filter(|on| on.value < shared.value)?;
        Some((approval, on))
    });
    let early: Vec<_> = early.collect();
    let ((first, on), others) = early.split_first()?;
    let who = first.by.as_ref().map_or("somebody", |by| by.value.as_ref());
    let message = format!(
        "`{}` was signed by `{who}` on {}, {} before it was shared",
        sheet.unit.id,
        on.value,
        days(on.value, shared.value)
    );
    let finding = Finding::new("process/out-of-order", sheet.place(on.span), message)
        .help("mend the day that is wrong, or sign again: what is signed is what was shared and talked about")
        .related(sheet.place(shared.span), format!("it was shared on {}", shared.value));
    Some(others.iter().fold(finding, |finding, (_, on)| {
        finding.related(sheet.place(on.span), "this signature is too early as well")
    }))
}

/// A draft from before the day on which its direction was shared.
fn shared_before_direction(context: &Context<'_>, sheet: &Sheet<'_>) -> Option<Finding> {
    let shared = sheet.okrs.shared.as_ref().filter(|shared| shared.value <= context.today)?;
    let of = &context.book.directions[context.book.answers_to(sheet.document.cycle)?];
    let direction = of.direction().shared.as_ref().filter(|day| day.value <= context.today)?;
    if shared.value >= direction.value || of.file.broken {
        return None;
    }
    let message = format!(
        "`{}` was shared on {}, {} before the direction",
        sheet.unit.id,
        shared.value,
        days(shared.value, direction.value)
    );
    let place = Place::new(&of.file.source.path, direction.span);
    Some(
        Finding::new("process/out-of-order", sheet.place(shared.span), message)
            .help("mend the day that is wrong; if both are right, read the draft again beside the direction")
            .related(place, format!("the direction was shared on {}", direction.value)),
    )
}

/// Check-ins from before the cycle, or from long after it.
fn check_ins_outside(context: &Context<'_>, sheet: &Sheet<'_>, found: &mut Vec<Finding>) {
    let cycle = &context.book.cycles[sheet.document.cycle];
    for (at, of, _, key_result) in sheet.okrs.key_results() {
        for check_in in &key_result.check_ins {
            let Some(on) = &check_in.on else { continue };
            let (where_, day) = match cycle.end {
                _ if on.value < cycle.start && check_in.counts(context.today) => ("before", cycle.start),
                // one that is still to come as well: when its day is there, the cycle is history
                Some(end) if days_between(end, on.value) > HISTORY_DAYS => ("after", end),
                _ => continue,
            };
            let (from, to) = if where_ == "before" { (on.value, day) } else { (day, on.value) };
            let edge = if where_ == "before" { "begins" } else { "ended" };
            let message = format!(
                "the check-in of {} is {} {where_} its cycle: `{}` {edge} on {day}",
                on.value,
                days(from, to),
                cycle.id
            );
            let place = crate::model::ItemPlace::KeyResult(at, of);
            let finding = sheet
                .finding("process/out-of-order", place, on.span, message)
                .help("mend the day, or move the check-in to the document of the cycle in which it was made");
            found.push(match cycle.declared {
                Some(span) => {
                    finding.related(Place::new(&context.book.config.path, span), "the cycle is declared here")
                }
                None => finding,
            });
        }
    }
}

fn days(from: Date, to: Date) -> String {
    match days_between(from, to) {
        1 => "1 day".to_owned(),
        many => format!("{many} days"),
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{found, found_in_all};

    const CHECK_INS: &str = r#"+++
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
check-in = [
  { on = 2026-01-31, value = 40 },
  { on = 2026-02-01, value = 40 },
  { on = 2026-05-28, value = 12 },
  { on = 2026-05-29, value = 12 },
]
+++
"#;

    #[test]
    fn check_ins_are_of_the_cycle_and_28_days_after() {
        let early = "cloud.md:14:10 warning: the check-in of 2026-01-31 is 1 day before its cycle: `fy27-q1` begins on 2026-02-01";
        let late = "cloud.md:17:10 warning: the check-in of 2026-05-29 is 29 days after its cycle: `fy27-q1` ended on 2026-04-30";
        assert_eq!(
            found("process/out-of-order", CHECK_INS, "2026-01-30"),
            [late],
            "the other is not made yet"
        );
        assert_eq!(found("process/out-of-order", CHECK_INS, "2026-05-28"), [early, late]);
        assert!(found("process/out-of-order", CHECK_INS, "2026-05-29").is_empty(), "history");
        assert_eq!(found_in_all("process/out-of-order", CHECK_INS, "2026-05-29"), [early, late]);
    }
}
