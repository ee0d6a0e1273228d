//! A unit without a document in a running cycle.

use crate::date::Phase;
use crate::diagnostic::{Finding, Severity};
use crate::rules::{Context, Example, Rule};

pub(super) static RULE: Rule = Rule {
    name: "process/missing-document",
    severity: Some(Severity::Warning),
    summary: "a unit without a document in a running cycle",
    why: "\
A unit that has written nothing has promised nothing, and those above and beside it cannot tell \
whether that is meant. A shared document without objectives says so in one line: there are none this \
cycle, and why. A unit that is not expected to take part is `optional`, by itself or with its level; \
one that came later or is gone has `since` and `until`.",
    source: "the process: every unit that makes a contract has one",
    broken: Example::new(
        r#"--- content/okrs/fy27-q1/cloud.md (absent)
"#,
    )
    .on("2026-02-01"),
    mended: Example::new(
        r#"--- content/okrs/fy27-q1/cloud.md
+++
shared = 2026-01-15
+++

No OKRs of Cloud in this quarter: all of it moves to the new hall.
"#,
    )
    .on("2026-02-01"),
    check: Some(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Finding>) {
    let book = context.book;
    for cycle in context.planned_cycles() {
        let of = &book.cycles[cycle];
        if of.phase(context.today) != Phase::Running {
            continue;
        }
        for unit in book.units_by_level() {
            if !book.is_expected(unit, cycle) || book.document_of(cycle, unit).is_some() {
                continue;
            }
            let id = &book.config.units[unit].id;
            let message = format!("`{id}` has no document in `{}`, which runs since {}", of.id, of.start);
            found.push(Finding::new("process/missing-document", book.unit_place(unit), message).help(format!(
                "write `{}/okrs/{}/{id}.md`: one without objectives says that there are none; or set `optional = true` here",
                book.config.src, of.id
            )));
        }
    }
}
