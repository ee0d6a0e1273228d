//! A key result above that nobody below answers.

use crate::config::What;
use crate::diagnostic::{Finding, Severity};
use crate::links::{Coverage, Covered, Target};
use crate::rules::{Context, Example, Rule};
use crate::source::Place;

pub(super) static RULE: Rule = Rule {
    name: "contract/uncovered",
    severity: Some(Severity::Warning),
    summary: "a key result that nobody in the units below answers, once the drafts are due",
    why: "\
Whoever leads a level answers for this: if the level below reaches its OKRs, the level above reaches \
its own. That holds only where every key result above is covered from below, by a key result that \
supports it or by a unit's word that its OKRs are sufficient. A key result that nobody answers is a \
promise without anyone to keep it, and the time to see that is while the drafts can still change.",
    source: "the contract between levels",
    broken: Example::new(
        "\
+++
shared = 2026-01-15
owner = \"@ines\"
[[objective]]
id = \"calm\"
title = \"Nights are calm\"
stands-alone = \"Nobody above asks for it.\"
key-result = [{ id = \"pages\", title = \"Fewer pages at night\", from = 40, to = 10, measured-in = \"pages\" }]
+++
",
    ),
    mended: Example::new(
        "\
+++
shared = 2026-01-15
owner = \"@ines\"
[[objective]]
id = \"calm\"
title = \"Nights are calm\"
supports = [\"company/trust/uptime\"]
key-result = [{ id = \"pages\", title = \"Fewer pages at night\", from = 40, to = 10, measured-in = \"pages\" }]
+++
",
    ),
    check: Some(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Finding>) {
    for (target, coverage) in &context.links.coverage {
        let Target::KeyResult(at, of, number) = *target else { continue };
        let document = &context.book.documents[at];
        let objective = &document.okrs().objectives[of];
        let key_result = &objective.key_results[number];
        let open =
            coverage.covered == Covered::Uncovered && !coverage.unsure && objective.is_active(key_result);
        if !open || !context.is_live(document.cycle) || !drafts_are_due(context, document.cycle, coverage) {
            continue;
        }
        let name = target.short(context.book);
        let span = key_result.id.as_ref().map_or(key_result.span, |id| id.span);
        let units: Vec<&str> = coverage
            .answers
            .iter()
            .map(|answer| context.book.config.units[answer.unit].id.as_ref())
            .collect();
        let who = match units.as_slice() {
            [only] => format!("`{only}` does not answer"),
            [first, second] => format!("neither `{first}` nor `{second}` answers"),
            many => format!("none of the {} units below answers", many.len()),
        };
        let likely = units.first().copied().unwrap_or_default();
        let finding = Finding::new(
            "contract/uncovered",
            Place::new(document.path(), span),
            format!("the key result `{name}` is not covered: {who}"),
        )
        .help(format!(
            "let a key result below support it (`supports = [\"{name}\"]`), or the unit that owns it answer with an assurance in its document: `[[assurance]]` with `for = \"{name}\"`, `by`, `verdict` and `why`{}",
            if units.len() == 1 { format!(", in `{likely}`") } else { String::new() }
        ));
        found.push(match document.okrs().name(crate::model::ItemPlace::KeyResult(of, number)) {
            Some(about) => finding.about(about),
            None => finding,
        });
    }
}

/// Whether the drafts of the units that count are due: before that, an open key result is work to do.
fn drafts_are_due(context: &Context<'_>, cycle: usize, coverage: &Coverage) -> bool {
    let level = coverage.answers.first().map(|answer| context.book.config.units[answer.unit].level);
    let due = context.timelines[cycle].due(context.book, What::Drafts, level);
    context.today >= due.unwrap_or(context.book.cycles[cycle].start)
}
