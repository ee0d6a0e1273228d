//! A theme of the direction that nobody answers.

use std::collections::BTreeSet;

use crate::config::What;
use crate::diagnostic::{Finding, Severity};
use crate::links::{EdgeKind, Target, Unresolved};
use crate::model::Activity;
use crate::rules::{Context, Example, Rule};
use crate::source::Place;

pub(super) static RULE: Rule = Rule {
    name: "process/unanswered-theme",
    severity: Some(Severity::Warning),
    summary: "a theme of the direction that no objective answers, once the drafts are due",
    why: "\
A theme says what a cycle is about. One that no objective answers on any level was either not meant or \
not read, and the direction reads as if it were being worked on. Either an objective says that it \
answers the theme, or the direction promises one thing less.",
    source: "the process: the direction and the drafts that answer it",
    broken: Example::new(
        r#"--- content/okrs/fy27-q1/direction.md
+++
title = "Direction"
shared = 2026-01-02

[[theme]]
id = "trust"
title = "Be trusted"

[[theme]]
id = "lightness"
title = "Weigh nothing"

[[approval]]
by = "@ada"
on = 2026-01-03
+++
"#,
    ),
    mended: Example::new(
        r#"--- content/okrs/fy27-q1/direction.md
+++
title = "Direction"
shared = 2026-01-02

[[theme]]
id = "trust"
title = "Be trusted, and weigh nothing"

[[approval]]
by = "@ada"
on = 2026-01-03
+++
"#,
    ),
    check: Some(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Finding>) {
    let book = context.book;
    let meant = meant(context);
    for cycle in context.planned_cycles() {
        let Some(at) = book.direction_of(cycle) else { continue };
        let of = &book.directions[at];
        let due = context.timelines[cycle].due(book, What::Drafts, None);
        let before = context.today < due.unwrap_or(book.cycles[cycle].start);
        if of.file.broken || before || is_hidden(context, cycle) {
            continue;
        }
        for (number, theme) in of.direction().themes.iter().enumerate() {
            let Some(id) = &theme.id else { continue };
            let answers = context.links.answered_by.get(&Target::Theme(at, number));
            let answered = answers.into_iter().flatten().any(|from| is_worked_on(context, *from));
            let name = format!("{}:direction/{}", book.cycles[cycle].id, id.value);
            if answered || meant.contains(&name) {
                continue;
            }
            let message = format!("no objective answers the theme `{}`", id.value);
            let place = Place::new(&of.file.source.path, id.span);
            found.push(
                Finding::new("process/unanswered-theme", place, message)
                    .help(format!(
                        "let an objective say `themes = [\"{}\"]`, or take the theme out of the direction",
                        id.value
                    ))
                    .about(id.value.clone()),
            );
        }
    }
}

fn is_worked_on(context: &Context<'_>, from: Target) -> bool {
    match from {
        Target::Objective(at, of) => {
            context.book.documents[at].okrs().objectives[of].activity != Activity::Dropped
        }
        _ => true,
    }
}

/// Whether an answer may be hidden in a document that does not parse, or under a mistyped header.
fn is_hidden(context: &Context<'_>, cycle: usize) -> bool {
    let book = context.book;
    std::iter::once(cycle).chain(book.cycles[cycle].encloses.iter().copied()).any(|cycle| {
        let hides = |at: usize| book.documents[at].file.broken || book.documents[at].okrs().hides;
        let broken = book.documents_of(cycle).any(hides);
        broken
            || book.mislaid.iter().any(|file| match &file.kind {
                crate::model::Kind::Okrs(folder, _) => book.cycle(folder) == Some(cycle),
                _ => false,
            })
    })
}

/// The themes that answers were probably meant for that are misspelt.
fn meant(context: &Context<'_>) -> BTreeSet<String> {
    let book = context.book;
    let meant = context.links.edges.iter().filter(|edge| edge.kind == EdgeKind::Answers);
    let meant = meant.filter_map(|edge| match edge.trouble() {
        Some(Unresolved::Nothing { replacement: Some(meant), .. }) => {
            let cycle = book.documents[edge.document].cycle;
            let of = &book.directions[book.answers_to(cycle)?];
            Some(format!("{}:{meant}", book.cycles[of.cycle].id))
        }
        _ => None,
    });
    meant.collect()
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::found;

    const UNANSWERED: &str = r#"--- content/okrs/fy27-q1/direction.md
+++
title = "Direction"
shared = 2026-01-02
[[theme]]
id = "trust"
title = "Be trusted"
[[theme]]
id = "lightness"
title = "Weigh nothing"
[[approval]]
by = "@ada"
on = 2026-01-03
+++
"#;

    #[test]
    fn themes_are_open_until_the_drafts_are_due() {
        assert!(found("process", UNANSWERED, "2026-01-17").is_empty());
        let finding = "direction.md:8:6 warning: no objective answers the theme `lightness`";
        assert_eq!(found("process", UNANSWERED, "2026-01-18"), [finding]);
    }
}
