//! A document that was taken as given.

use crate::diagnostic::{Finding, Severity};
use crate::rules::marred::Part;
use crate::rules::{Context, Example, Rule};

pub(super) static RULE: Rule = Rule {
    name: "process/one-way",
    severity: Some(Severity::Warning),
    summary: "a final document on which nobody who delivers it has said anything",
    why: "\
A plan that travels in one direction is an order. Whoever delivers knows things that whoever sets \
does not, and a document that comes back signed without a word was more often not read than agreed \
to. One honest question is enough, and \"nothing has to change\" is an honest answer. A finding that \
is true is better left in place than answered for its own sake: it says that the next round should \
begin earlier.",
    source: "the round trip",
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
on = 2026-01-30

[[approval]]
by = "@kai"
as = "delivered-by"
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
says = "Zero cannot be done with one region. Ten can."
outcome = "changed"
reply = "Ten."

[[approval]]
by = "@ines"
as = "set-by"
on = 2026-01-30

[[approval]]
by = "@kai"
as = "delivered-by"
on = 2026-01-30
+++
"#,
    )
    .on("2026-02-02"),
    check: Some(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Finding>) {
    for sheet in context.agreed_sheets() {
        // what could not be read may be the feedback that lacks
        let unsure = sheet.marred().has(Part::Feedback) || sheet.marred().has(Part::Document);
        if unsure || sheet.okrs.has_answer(sheet.unit, context.today) {
            continue;
        }
        let signatures = sheet.signatures(context);
        let signed = signatures.delivered_by.signed.iter().map(|signed| signed.approval).min();
        let Some(approval) = signed.map(|at| &sheet.okrs.approvals[at]) else { continue };
        let span = approval.by.as_ref().map_or(approval.span, |by| by.span);
        let message =
            format!("`{}` was taken as given: who delivers it signed without feedback", sheet.unit.id);
        let name = context.book.name_of(sheet.at);
        found.push(Finding::new("process/one-way", sheet.place(span), message).help(format!(
            "ask those who deliver it what they think, and record it: `okrbook feedback {name} --by HANDLE --says TEXT`; where nothing has to change, with `--outcome no-change-needed`",
        )));
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::found;

    const FINAL: &str = r#"+++
shared = 2026-01-15
owner = "@ines"
[[objective]]
id = "calm"
title = "Nights are calm"
supports = ["company/trust/uptime"]
key-result = [{ id = "pages", title = "Fewer pages at night", from = 40, to = 10 }]
[[feedback]]
by = "@ada"
on = 2026-01-20
says = "Good."
outcome = "no-change-needed"
[[feedback]]
by = "@kai"
on = 2026-02-04
says = "Good."
outcome = "open"
[[approval]]
by = "@ines"
as = "set-by"
on = 2026-01-30
[[approval]]
by = "@kai"
as = "delivered-by"
on = 2026-01-30
+++
"#;

    #[test]
    fn feedback_counts_from_its_day_and_of_those_who_deliver() {
        let finding =
            "cloud.md:24:6 warning: `cloud` was taken as given: who delivers it signed without feedback";
        assert!(found("process/one-way", FINAL, "2026-01-29").is_empty(), "a draft");
        assert_eq!(found("process/one-way", FINAL, "2026-02-03"), [finding]);
        assert!(found("process/one-way", FINAL, "2026-02-04").is_empty());
        assert!(found("process/open-feedback", FINAL, "2026-02-03").is_empty());
        let open = "cloud.md:18:11 warning: `cloud` is final with feedback of `@kai` still open";
        assert_eq!(found("process/open-feedback", FINAL, "2026-02-04"), [open]);
    }
}
