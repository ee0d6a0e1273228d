//! Content that changed after it was signed.

use crate::diagnostic::{Finding, Severity};
use crate::model::{Party, digest};
use crate::rules::sheet::Sheet;
use crate::rules::{Context, Example, Rule};

pub(super) static RULE: Rule = Rule {
    name: "contract/altered",
    severity: Some(Severity::Error),
    summary: "content that changed after it was signed",
    why: "\
A signature belongs to a text. If the text can change under it, the signature says nothing, and \
neither does the next one. Changing what was agreed is allowed and often right: an amendment says what \
changed and why, and both parties sign again. What is signed is only what would be reached, by when, \
measured how and for whom; check-ins, reasons and prose change freely.",
    source: "the contract between two parties: what a signature signs",
    broken: Example::new(
        r#"+++
shared = 2026-01-15
owner = "@ines"
[[objective]]
id = "calm"
title = "Nights are calm"
supports = ["company/trust/uptime"]
key-result = [{ id = "pages", title = "Fewer pages at night", from = 40, to = 25, measured-in = "pages" }]

[[approval]]
by = "@ines"
as = "set-by"
on = 2026-01-22
digest = "ef8ee72b22f1"            # of the text that said `to = 10`
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
key-result = [{ id = "pages", title = "Fewer pages at night", from = 40, to = 25, measured-in = "pages" }]

[[amendment]]
on = 2026-01-24
by = "@ines"
about = "calm/pages"
says = "25 instead of 10: the old pager stays until summer."

[[approval]]
by = "@ines"
as = "set-by"
on = 2026-01-22
digest = "ef8ee72b22f1"

[[approval]]
by = "@ines"
as = "set-by"
on = 2026-01-24
digest = "385820350cbd"
+++
"#,
    )
    .on("2026-01-25"),
    check: Some(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Finding>) {
    if !context.book.config.known.units {
        return;
    }
    // what could not be read as written is not in the digest: that is a mistake of its own
    for sheet in context.sheets().filter(|sheet| sheet.marred.is_none()) {
        found.extend(finding(context, &sheet));
    }
}

fn finding(context: &Context<'_>, sheet: &Sheet<'_>) -> Option<Finding> {
    let signatures = sheet.signatures(context);
    let mut altered: Vec<(usize, Party, String)> = Vec::new();
    for party in [Party::SetBy, Party::DeliveredBy] {
        for signed in signatures.party(party).signed.iter().filter(|signed| signed.altered) {
            let who = format!("`{}` ({}, {})", signed.by, party.as_str(), signed.latest);
            altered.push((signed.approval, party, who));
        }
    }
    altered.sort();
    let spans = altered.iter().map(|(at, ..)| {
        let approval = &sheet.okrs.approvals[*at];
        approval.digest.as_ref().map_or(approval.span, |digest| digest.span)
    });
    let spans: Vec<_> = spans.collect();
    let (first, others) = spans.split_first()?;
    let names: Vec<&str> = altered.iter().map(|(.., who)| who.as_str()).collect();
    let (last, head) = names.split_last()?;
    let who = if head.is_empty() { (*last).to_owned() } else { format!("{} and {last}", head.join(", ")) };
    let present = digest(sheet.okrs, &context.book.cycles[sheet.document.cycle].id);
    let message = format!("`{}` was altered after it was signed by {who}", sheet.unit.id);
    let latest = altered.iter().filter_map(|(at, ..)| sheet.okrs.approvals[*at].dated(context.today)).max();
    let amended = sheet.okrs.amendments.iter().any(|amendment| {
        amendment.on.as_ref().is_some_and(|on| on.value <= context.today && Some(on.value) >= latest)
    });
    let help = if amended {
        "the amendment says what changed: let both parties sign again, with `okrbook approve`"
    } else {
        "take the change back, or say what changed and why in an `[[amendment]]` and let both parties sign again, with `okrbook approve`"
    };
    let finding = Finding::new("contract/altered", sheet.place(*first), message)
        .label(format!("what stands here now has the digest {present}"))
        .help(help);
    Some(others.iter().fold(finding, |finding, span| {
        finding.related(sheet.place(*span), "this signature is of the earlier text too")
    }))
}
