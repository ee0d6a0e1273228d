//! A theme that the direction does not have.

use crate::diagnostic::{Finding, Severity};
use crate::links::{EdgeKind, Unresolved};
use crate::rules::{Context, Example, Rule};

pub(super) static RULE: Rule = Rule {
    name: "reference/unknown-theme",
    severity: Some(Severity::Error),
    summary: "`themes` names none of the direction's themes",
    why: "\
Leadership writes the direction of a cycle in themes, and objectives say which of them they answer. That \
is how anyone can see, before the cycle begins, which theme is left without an answer. An objective that \
names a theme nobody has written answers nothing, though it looks as if it did.",
    source: "the direction document; the format, section 3",
    broken: Example::new(
        r#"+++
shared = 2026-01-15
owner = "@ines"
[[objective]]
id = "calm"
title = "Nights are calm"
themes = ["trsut"]
supports = ["company/trust/uptime"]
key-result = [{ id = "pages", title = "Fewer pages at night", from = 40, to = 10, measured-in = "pages" }]
+++
"#,
    ),
    mended: Example::new(
        r#"+++
shared = 2026-01-15
owner = "@ines"
[[objective]]
id = "calm"
title = "Nights are calm"
themes = ["trust"]
supports = ["company/trust/uptime"]
key-result = [{ id = "pages", title = "Fewer pages at night", from = 40, to = 10, measured-in = "pages" }]
+++
"#,
    ),
    check: Some(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Finding>) {
    let book = context.book;
    for edge in context.links.edges.iter().filter(|edge| edge.kind == EdgeKind::Answers) {
        let Some(Unresolved::Nothing { message, help, replacement }) = edge.trouble() else { continue };
        let cycle = book.documents[edge.document].cycle;
        let Some(direction) = book.answers_to(cycle) else {
            // that there is no direction at all is a finding of its own while the cycle is looked at
            if !context.is_live(cycle) {
                let finding = Finding::new("reference/unknown-theme", edge.place(book), message.clone());
                found.push(finding.maybe_help(help.clone()));
            }
            continue;
        };
        let mut finding = Finding::new("reference/unknown-theme", edge.place(book), message.clone())
            .maybe_help(help.clone());
        let typed = edge.typed.value.strip_prefix("direction/");
        let themes = &book.directions[direction];
        if let Some(id) = typed.filter(|id| themes.direction().theme(id).is_some()) {
            finding = finding.help(format!("`themes` names the id alone: `{id}`"));
            finding = finding.certain_fix(edge.typed.span, format!("\"{id}\""));
        } else if let Some(near) = replacement.as_deref() {
            let id = near.strip_prefix("direction/").unwrap_or(near);
            finding = finding.suggestion(edge.typed.span, format!("\"{id}\""));
        }
        found.push(match edge.about(book) {
            Some(about) => finding.about(about),
            None => finding,
        });
    }
}
