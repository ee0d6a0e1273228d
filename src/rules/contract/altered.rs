//! Content that changed after it was signed.

use crate::changes::{Doc, Since, Stale};
use crate::diagnostic::{Finding, Severity};
use crate::inputs::Lost;
use crate::model::{Approval, File, digest, direction_digest};
use crate::rules::sheet::Sheet;
use crate::rules::{Context, Example, Rule};
use crate::source::Place;

pub(super) static RULE: Rule = Rule {
    name: "contract/altered",
    severity: Some(Severity::Error),
    summary: "content that changed after it was signed",
    why: "\
A signature belongs to a text. If the text can change under it, the signature says nothing, and \
neither does the next one. Changing what was agreed is allowed and often right: an amendment says what \
changed and why, and both parties sign again. What is signed is only what would be reached, by when, \
measured how and for whom, and of a direction its themes; check-ins, reasons and prose change freely. \
Where git still holds the version that was signed, the finding says what changed.",
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
    for (doc, stale) in context.altered.docs() {
        found.extend(match doc {
            Doc::Okrs(at) => of_okrs(context, at, stale),
            Doc::Direction(at) => of_direction(context, at, stale),
        });
    }
}

fn of_okrs(context: &Context<'_>, at: usize, stale: &[Stale]) -> Option<Finding> {
    let sheet = Sheet::of(context, at);
    if !context.is_live(sheet.document.cycle) || sheet.document.file.broken || !sheet.marred().is_none() {
        return None;
    }
    let present = digest(sheet.okrs, &context.book.cycles[sheet.document.cycle].id);
    let latest = stale.iter().map(|stale| stale.signed.latest).max();
    let amended = sheet.okrs.amendments.iter().any(|amendment| {
        amendment.on.as_ref().is_some_and(|on| on.value <= context.today && Some(on.value) >= latest)
    });
    let help = if amended {
        "the amendment says what changed: let both parties sign again, with `okrbook approve`"
    } else {
        "take the change back, or say what changed and why in an `[[amendment]]` and let both parties sign again, with `okrbook approve`"
    };
    finding(&sheet.document.file, &sheet.okrs.approvals, &sheet.unit.id, &present, stale)
        .map(|finding| finding.help(help))
}

fn of_direction(context: &Context<'_>, at: usize, stale: &[Stale]) -> Option<Finding> {
    let document = &context.book.directions[at];
    let unread = |finding: &Finding| finding.rule.starts_with("format/") && finding.rule != "format/raw-html";
    if !context.is_live(document.cycle) || document.file.findings.iter().any(unread) {
        return None;
    }
    let direction = document.direction();
    let help = "take the change back, or let it be signed again, with `okrbook approve`";
    finding(&document.file, &direction.approvals, "direction", &direction_digest(direction), stale)
        .map(|finding| finding.help(help))
}

/// What is altered, since whose signatures, and how.
fn finding(
    file: &File,
    approvals: &[Approval],
    name: &str,
    present: &str,
    stale: &[Stale],
) -> Option<Finding> {
    let place = |stale: &Stale| {
        let approval = &approvals[stale.signed.approval];
        let digest = approval.digest.as_ref();
        Place::new(&file.source.path, digest.map_or(approval.span, |digest| digest.span))
    };
    let (first, others) = stale.split_first()?;
    let names: Vec<String> = stale
        .iter()
        .map(|stale| match stale.party {
            Some(party) => format!("`{}` ({}, {})", stale.signed.by, party.as_str(), stale.signed.latest),
            None => format!("`{}` ({})", stale.signed.by, stale.signed.latest),
        })
        .collect();
    let (last, head) = names.split_last()?;
    let who = if head.is_empty() { (*last).to_owned() } else { format!("{} and {last}", head.join(", ")) };
    let changes = changed(&first.since).map_or(String::new(), |changes| format!(": {changes}"));
    let message = format!("`{name}` was altered after it was signed by {who}{changes}");
    let label = match &first.since {
        Since::Lost(lost) => format!("what changed since cannot be said: {}", reason(*lost)),
        _ => format!("what stands here now has the digest {present}"),
    };
    let finding = Finding::new("contract/altered", place(first), message).label(label);
    Some(others.iter().fold(finding, |finding, stale| {
        let says = match changed(&stale.since) {
            Some(changes) if stale.version != first.version => {
                format!("this signature is of another text; since then: {changes}")
            }
            _ => "this signature is of the earlier text too".to_owned(),
        };
        finding.related(place(stale), says)
    }))
}

/// The changes as a sentence lists them, the first few of many.
fn changed(since: &Since) -> Option<String> {
    const MOST: usize = 5;
    let Since::Changed(changes) = since else { return None };
    let mut lines: Vec<String> = changes.iter().take(MOST).map(ToString::to_string).collect();
    if changes.len() > MOST {
        lines.push(format!("and {} more", changes.len() - MOST));
    }
    (!lines.is_empty()).then(|| lines.join("; "))
}

/// Why there is no earlier text.
fn reason(lost: Lost) -> &'static str {
    match lost {
        Lost::NoHistory => "there is no git repository here that would hold the text that was signed",
        Lost::Shallow => {
            "this clone is shallow and does not hold the text that was signed; `git fetch --unshallow` brings it"
        }
        Lost::Gone => "git holds no version with this digest",
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::changes::Altered;
    use crate::model::read;
    use crate::rules::testing::{found, found_with};
    use crate::source::Source;

    const NOW: &str = r#"+++
shared = 2026-01-15
[[objective]]
id = "calm"
title = "Nights are calm"
key-result = [{ id = "pages", title = "Fewer pages at night", from = 40, to = 25 }]
[[approval]]
by = "@ines"
as = "set-by"
on = 2026-01-22
digest = "DIGEST"
+++
"#;

    #[test]
    fn it_says_what_changed_where_the_history_has_the_text() {
        let then = NOW.replace("to = 25", "to = 10");
        let digest = {
            let file =
                read(&Source::new("content/okrs/fy27-q1/cloud.md", then.as_str()), "okrs/fy27-q1/cloud.md");
            digest(file.okrs().unwrap(), "fy27-q1")
        };
        let (now, then) = (NOW.replace("DIGEST", &digest), then.replace("DIGEST", &digest));
        let recalled = |result: Result<&str, Lost>| {
            let result = result.map(Arc::from);
            found_with("contract/altered", &now, "2026-01-25", |altered: &Altered| {
                altered.unasked().into_iter().map(|version| (version, result.clone())).collect()
            })
        };
        let who =
            "cloud.md:11:10 error: `cloud` was altered after it was signed by `@ines` (set-by, 2026-01-22)";
        assert_eq!(recalled(Ok(&then)), [format!("{who}: target of calm/pages: 10 -> 25")]);
        assert_eq!(recalled(Err(Lost::Gone)), [who]);
        assert_eq!(found("contract/altered", now.clone().leak(), "2026-01-25"), [who]);
        assert_eq!(found("contract/altered", now.leak(), "2026-01-21"), [""; 0], "not signed by then");
    }

    #[test]
    fn the_themes_of_a_direction_are_signed() {
        let direction = |title: &str, digest: &str| {
            format!(
                "--- content/okrs/fy27-q1/direction.md\n+++\nshared = 2026-01-02\n[[theme]]\nid = \"trust\"\ntitle = \"{title}\"\n[[approval]]\nby = \"@ada\"\non = 2026-01-03\ndigest = \"{digest}\"\n+++\nWhy.\n"
            )
        };
        let digest = {
            let text = direction("Trust", "x");
            let (_, text) = text.split_once('\n').unwrap();
            let file = read(&Source::new("d", text), "okrs/fy27-q1/direction.md");
            direction_digest(file.direction().unwrap())
        };
        let good = direction("Trust", &digest).replace("Why.", "Another text.");
        assert_eq!(found("contract/altered", good.leak(), "2026-01-25"), [""; 0]);
        let bad = direction("Speed", &digest);
        let expected =
            ["direction.md:9:10 error: `direction` was altered after it was signed by `@ada` (2026-01-03)"];
        assert_eq!(found("contract/altered", bad.leak(), "2026-01-25"), expected);
    }
}
