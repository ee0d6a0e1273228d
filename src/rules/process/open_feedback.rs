//! Feedback that was signed over.

use crate::diagnostic::{Finding, Severity};
use crate::model::Outcome;
use crate::rules::{Context, Example, Rule};

pub(super) static RULE: Rule = Rule {
    name: "process/open-feedback",
    severity: Some(Severity::Warning),
    summary: "a final document with feedback that is still open",
    why: "\
Somebody asked, and the others signed over the question. Whoever gave the feedback cannot tell \
whether it was weighed, and will not give it twice. The answer may be no: declined feedback with a \
reason is no failure, and stands there when the reason turns out to be wrong.",
    source: "the round trip: feedback and its outcome",
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
says = "Do pages by mistake count?"
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
says = "Do pages by mistake count?"
outcome = "no-change-needed"
reply = "They do: they wake people as well."

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
        let counted = sheet.okrs.feedback.iter().filter(|feedback| feedback.counts(context.today));
        for feedback in counted.filter(|feedback| feedback.outcome == Some(Outcome::Open)) {
            let by = feedback.by.as_ref().map_or("somebody", |by| by.value.as_ref());
            let message = format!("`{}` is final with feedback of `{by}` still open", sheet.unit.id);
            let span = feedback.outcome_span.unwrap_or(feedback.span);
            let finding = Finding::new("process/open-feedback", sheet.place(span), message).help(
                "answer it with a `reply` and an `outcome` of `changed`, `declined` or `no-change-needed`",
            );
            found.push(match &feedback.about {
                Some(about) => finding.about(about.value.clone()),
                None => finding,
            });
        }
    }
}
