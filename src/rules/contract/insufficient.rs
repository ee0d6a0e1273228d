//! A key result that fell short though all that supports it was reached.

use crate::date::Phase;
use crate::diagnostic::{Finding, Severity};
use crate::links::Target;
use crate::model::{Book, is_reached};
use crate::rules::{Context, Example, Rule};
use crate::source::Place;

pub(super) static RULE: Rule = Rule {
    name: "contract/insufficient",
    severity: Some(Severity::Note),
    summary: "an ended cycle's key result that fell short though all that supports it was reached",
    why: "\
Nobody below fell short, and the level above did all the same: the contracts below were kept, and \
together they were not enough. No progress bar shows this, for all of them are full. It is the most \
useful thing that a cycle can teach whoever answers for the set, and the next round of drafts is the \
time to use it.",
    source: "whoever leads a level answers that the level below is enough",
    broken: Example::new(ENDED).on("2026-05-10"),
    mended: Example::new(REACHED).on("2026-05-10"),
    check: Some(check),
};

const ENDED: &str = r#"--- content/okrs/fy27-q1/company.md
+++
shared = 2026-01-15
owner = "@ada"
[[objective]]
id = "trust"
title = "Customers trust us"
themes = ["trust"]
key-result = [{ id = "uptime", title = "Raise uptime", from = 99.0, to = 99.9, measured-in = "%", grade = 0.3 }]
+++
--- content/okrs/fy27-q1/cloud.md
+++
shared = 2026-01-15
owner = "@ines"
[[objective]]
id = "calm"
title = "Nights are calm"
supports = ["company/trust/uptime"]
key-result = [{ id = "pages", title = "Fewer pages at night", from = 40, to = 10, measured-in = "pages", grade = 1.0 }]
+++
"#;

const REACHED: &str = r#"--- content/okrs/fy27-q1/company.md
+++
shared = 2026-01-15
owner = "@ada"
[[objective]]
id = "trust"
title = "Customers trust us"
themes = ["trust"]
key-result = [{ id = "uptime", title = "Raise uptime", from = 99.0, to = 99.9, measured-in = "%", grade = 0.8 }]
+++
--- content/okrs/fy27-q1/cloud.md
+++
shared = 2026-01-15
owner = "@ines"
[[objective]]
id = "calm"
title = "Nights are calm"
supports = ["company/trust/uptime"]
key-result = [{ id = "pages", title = "Fewer pages at night", from = 40, to = 10, measured-in = "pages", grade = 1.0 }]
+++
"#;

fn check(context: &Context<'_>, found: &mut Vec<Finding>) {
    let book = context.book;
    for sheet in context.sheets() {
        if book.cycles[sheet.document.cycle].phase(context.today) != Phase::Ended {
            continue;
        }
        for entry in sheet.key_results() {
            let Some(grade) = entry.key_result.grade.filter(|grade| !is_reached(*grade)) else { continue };
            let target = Target::item(sheet.at, Some(entry.place));
            let supporting = context.links.supported_by.get(&target).unwrap_or_default();
            if supporting.is_empty() || !supporting.iter().all(|of| was_reached(book, *of)) {
                continue;
            }
            let all = match supporting {
                [only] => format!("`{}`, which supports it, was reached", only.short(book)),
                [_, _] => "both that support it were reached".to_owned(),
                many => format!("all {} that support it were reached", many.len()),
            };
            let message = format!("`{}` fell short ({grade}) though {all}", sheet.name(entry.place));
            let finding = sheet
                .finding("contract/insufficient", entry.place, sheet.span(entry.place), message)
                .help("the level below was not enough: ask with the next drafts whether all of them together would be");
            found.push(supporting.iter().fold(finding, |finding, of| {
                let Some(place) = place(book, *of) else { return finding };
                finding.related(place, "this was reached")
            }));
        }
    }
}

/// The grade of what supports a key result: a key result's own, or that of an objective without any.
fn was_reached(book: &Book, target: Target) -> bool {
    let grade = match target {
        Target::KeyResult(at, of, number) => {
            book.documents[at].okrs().objectives[of].key_results[number].grade
        }
        Target::Objective(at, of) => book.documents[at].okrs().objectives[of].grade(),
        _ => None,
    };
    grade.is_some_and(is_reached)
}

fn place(book: &Book, target: Target) -> Option<Place> {
    let document = &book.documents[target.document()?];
    let span = match target {
        Target::KeyResult(_, of, number) => {
            let key_result = &document.okrs().objectives[of].key_results[number];
            key_result.id.as_ref().map_or(key_result.span, |id| id.span)
        }
        Target::Objective(_, of) => document.okrs().objectives[of].span,
        _ => return None,
    };
    Some(Place::new(document.path(), span))
}
