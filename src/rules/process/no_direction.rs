//! A cycle with OKRs and no direction document.

use crate::diagnostic::{Finding, Severity, nearest};
use crate::model::{Book, Kind};
use crate::rules::{Context, Example, Rule};
use crate::source::Place;

pub(super) static RULE: Rule = Rule {
    name: "process/no-direction",
    severity: Some(Severity::Warning),
    summary: "a cycle with OKRs and no direction document",
    why: "\
The direction says where the cycle goes and why, before anyone writes an objective. Without it each \
unit answers a direction that it has in mind, and nobody can see that these differ. A page of prose \
with two or three themes is enough; a quarter may answer to the direction of its year; a company that \
keeps its direction elsewhere puts the address under `links`.",
    source: "the process: direction first, four weeks before the cycle",
    broken: Example::new(
        r#"--- content/okrs/fy27-q1/direction.md (absent)
--- content/okrs/fy27-q1/company.md
+++
shared = 2026-01-15
+++

No OKRs of the company in this quarter.
--- content/okrs/fy27-q1/cloud.md (absent)
"#,
    )
    .on("2026-01-25"),
    mended: Example::new(
        r#"--- content/okrs/fy27-q1/direction.md
+++
title = "Direction"
shared = 2026-01-02

[[approval]]
by = "@ada"
on = 2026-01-03
+++

A quarter to finish what we began.
--- content/okrs/fy27-q1/company.md
+++
shared = 2026-01-15
+++

No OKRs of the company in this quarter.
--- content/okrs/fy27-q1/cloud.md (absent)
"#,
    )
    .on("2026-01-25"),
    check: Some(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Finding>) {
    let book = context.book;
    for cycle in context.planned_cycles() {
        if book.answers_to(cycle).is_some() || is_misnamed(book, cycle) {
            continue;
        }
        let files = book.documents_of(cycle).map(|at| &book.documents[at].file);
        let Some(first) = files.min_by_key(|file| &file.source.path) else { continue };
        let id = &book.cycles[cycle].id;
        let place = Place::new(&first.source.path, first.source.first_line());
        let message = format!("the cycle `{id}` has OKRs and no direction document");
        found.push(Finding::new("process/no-direction", place, message).help(format!(
            "write `{}/okrs/{id}/direction.md`: where the cycle goes and why, with a `[[theme]]` for each thing that objectives are to answer",
            book.config.src
        )));
    }
}

/// Whether a file of the cycle is probably the direction under another name, which is reported there.
fn is_misnamed(book: &Book, cycle: usize) -> bool {
    book.mislaid.iter().any(|file| match &file.kind {
        Kind::Okrs(folder, stem) => {
            book.cycle(folder) == Some(cycle) && nearest(stem, ["direction"]).is_some()
        }
        _ => false,
    })
}
