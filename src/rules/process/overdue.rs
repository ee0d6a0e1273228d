//! A deliverable whose day has passed.

use crate::config::What;
use crate::diagnostic::{Finding, Severity};
use crate::model::{Delivery, Expected, State};
use crate::rules::marred::Part;
use crate::rules::sheet::Sheet;
use crate::rules::{Context, Example, Rule};
use crate::source::Place;

pub(super) static RULE: Rule = Rule {
    name: "process/overdue",
    severity: Some(Severity::Warning),
    summary: "a deliverable whose day has passed and that is not there, with the units it waits for",
    why: "\
The days of the process are there so that each level has time to read the one above before it signs. \
One that passes in silence takes that time from everybody below. A finding names who is waited for; \
it ends when they deliver, and the timeline keeps by how many days it was late.",
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

[[feedback]]
by = "@kai"
on = 2026-01-20
says = "Ten is hard, and right."
outcome = "no-change-needed"

[[approval]]
by = "@ines"
as = "set-by"
on = 2026-01-30
+++
"#,
    )
    .on("2026-02-02"),
    mended: Example::new(
        r#"+++
shared = 2026-01-15
owner = "@ines"
[[objective]]
id = "calm"
title = "Nights are calm"
supports = ["company/trust/uptime"]
key-result = [{ id = "pages", title = "Fewer pages at night", from = 40, to = 10, measured-in = "pages" }]

[[feedback]]
by = "@kai"
on = 2026-01-20
says = "Ten is hard, and right."
outcome = "no-change-needed"

[[approval]]
by = "@ines"
as = "set-by"
on = 2026-01-30

[[approval]]
by = "@kai"
as = "delivered-by"
on = 2026-01-31
+++
"#,
    )
    .on("2026-02-02"),
    check: Some(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Finding>) {
    for cycle in context.planned_cycles() {
        for delivery in &context.timelines[cycle].deliveries {
            let Some(days) = delivery.overdue() else { continue };
            let late = late(context, cycle, delivery, days);
            found.extend(match delivery.what {
                What::Direction => direction(context, cycle, &late),
                _ => documents(context, delivery, &late),
            });
        }
    }
}

/// A direction that is there, but not shared or without its buy-in.
fn direction(context: &Context<'_>, cycle: usize, late: &str) -> Option<Finding> {
    let book = context.book;
    // one that a cycle answers to with others is told in its own cycle
    let of = &book.directions[book.direction_of(cycle)?];
    let unread = of.file.findings.iter().any(|finding| finding.rule.starts_with("format/"));
    if of.file.broken || unread {
        return None;
    }
    let direction = of.direction();
    let shared = direction.shared.as_ref().is_some_and(|shared| shared.value <= context.today);
    let signed = direction.signatures(context.today);
    let missing: Vec<String> = book
        .config
        .approved_by
        .iter()
        .filter(|named| !signed.iter().any(|(who, _)| crate::model::same_person(who, &named.value)))
        .map(|named| format!("`{}`", named.value))
        .collect();
    let buy_in = match missing.as_slice() {
        [] if book.config.approved_by.is_empty() && signed.is_empty() => "lacks its buy-in".to_owned(),
        [] => String::new(),
        names => format!("lacks the buy-in of {}", names.join(" and ")),
    };
    let what = match (shared, buy_in.is_empty()) {
        (false, true) => "is not shared".to_owned(),
        (false, false) => format!("is not shared and {buy_in}"),
        (true, _) => buy_in,
    };
    let place = Place::new(&of.file.source.path, of.file.source.first_line());
    let message = format!("{late}: the direction {what}");
    Some(Finding::new("process/overdue", place, message).help(
        "set `shared` to the day on which it is shared, and let who approves it sign: `[[approval]]` with `by` and `on`",
    ))
}

/// Documents that are there, but not as far as they should be.
fn documents(context: &Context<'_>, delivery: &Delivery, late: &str) -> Option<Finding> {
    let waits = |expected: &Expected| {
        let at = expected.document?;
        let file = &context.book.documents[at].file;
        let sheet = Sheet::of(context, at);
        let unread = [Part::Document, Part::Approval].into_iter().any(|part| sheet.marred().has(part));
        (!file.broken && !unread).then_some(sheet)
    };
    let sheets: Vec<Sheet<'_>> = delivery.missing().filter_map(waits).collect();
    let first = sheets.first()?;
    let names: Vec<String> = sheets.iter().map(|sheet| format!("`{}`", sheet.unit.id)).collect();
    let message = format!("{late}, waiting for {}", listed(&names));
    let help = match delivery.what {
        What::Drafts => "set `shared` to the day on which the draft is shared".to_owned(),
        What::Grades => "give each active key result a `grade` or an `outcome`".to_owned(),
        _ => lacks(context, &sheets),
    };
    let finding = Finding::new("process/overdue", first.first_line(), message).help(help);
    Some(sheets[1..].iter().fold(finding, |finding, sheet| {
        finding.related(sheet.first_line(), format!("`{}` is this", sheet.unit.id))
    }))
}

/// Whose signatures the documents lack, the first few of them.
fn lacks(context: &Context<'_>, sheets: &[Sheet<'_>]) -> String {
    const MOST: usize = 4;
    let each = sheets.iter().take(MOST).map(|sheet| {
        let signatures = sheet.signatures(context);
        let parties = [(&signatures.set_by, "set-by"), (&signatures.delivered_by, "delivered-by")];
        let open: Vec<String> = parties
            .into_iter()
            .filter(|(signing, _)| signing.complete.is_none())
            .map(|(signing, party)| match signing.waiting.as_slice() {
                [] => format!("`{party}`"),
                names => format!("`{party}` ({})", names.join(", ")),
            })
            .collect();
        let draft = signatures.state(sheet.okrs, context.today) == State::Preparing;
        let share = if draft { "is not shared, and " } else { "" };
        format!("`{}` {share}lacks the signature of {}", sheet.unit.id, listed(&open))
    });
    let mut text = each.collect::<Vec<_>>().join("; ");
    if sheets.len() > MOST {
        text.push_str(&format!("; and {} more", sheets.len() - MOST));
    }
    text
}

fn late(context: &Context<'_>, cycle: usize, delivery: &Delivery, days: i64) -> String {
    let (name, is) = match &context.book.config.deliverables[delivery.deliverable].name {
        Some(name) => (format!("\"{name}\""), "is"),
        None => match delivery.what {
            What::Direction => ("the direction with its buy-in".to_owned(), "is"),
            What::Drafts => ("the shared drafts".to_owned(), "are"),
            _ => ("the final documents".to_owned(), "are"),
        },
    };
    let since = if days == 1 { "1 day".to_owned() } else { format!("{days} days") };
    format!("{name} of `{}`, due on {}, {is} {since} overdue", context.book.cycles[cycle].id, delivery.due)
}

/// Names as one says them: `a, b and c`.
fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [only] => only.clone(),
        [head @ .., last] => format!("{} and {last}", head.join(", ")),
    }
}

#[cfg(test)]
mod tests;
