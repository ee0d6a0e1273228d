//! An assurance by someone who cannot give it, or for a key result that is not the unit's to answer.

use crate::diagnostic::{Finding, Severity, one_of};
use crate::links::{EdgeKind, Target};
use crate::model::same_person;
use crate::rules::sheet::Sheet;
use crate::rules::{Context, Example, Rule};

pub(super) static RULE: Rule = Rule {
    name: "contract/misplaced-assurance",
    severity: Some(Severity::Warning),
    summary: "an assurance by someone not named in the unit's `set-by`, or for a key result of another unit than the one it is within",
    why: "\
An assurance is the word of whoever sets a unit's OKRs that they are enough for a key result above. \
Given by someone else it is an opinion, and the person who would have to stand by it has not spoken. \
Given for a key result of another unit it answers nobody: the contract is with the unit above.",
    source: "the contract between levels: assurances",
    broken: Example::new(
        r#"+++
shared = 2026-01-15
owner = "@ines"
[[objective]]
id = "calm"
title = "Nights are calm"
supports = ["company/trust/uptime"]
key-result = [{ id = "pages", title = "Fewer pages at night", from = 40, to = 10, measured-in = "pages" }]

[[assurance]]
for = "company/trust/uptime"
by = "@kai"                        # book.toml names @ines
verdict = "sufficient"
why = "Most outages begin at night."
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
key-result = [{ id = "pages", title = "Fewer pages at night", from = 40, to = 10, measured-in = "pages" }]

[[assurance]]
for = "company/trust/uptime"
by = "@ines"
verdict = "sufficient"
why = "Most outages begin at night."
+++
"#,
    )
    .on("2026-01-25"),
    check: Some(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Finding>) {
    let book = context.book;
    if !book.config.known.units {
        return;
    }
    for sheet in context.sheets() {
        found.extend(sheet.okrs.assurances.iter().filter_map(|assurance| {
            let by = assurance.by.as_ref()?;
            let names = &sheet.unit.set_by;
            let may = names.is_empty() || names.iter().any(|name| same_person(&name.value, &by.value));
            let message = format!(
                "`{}` is not named for `set-by` of `{}` and cannot assure for it",
                by.value, sheet.unit.id
            );
            (!may).then(|| {
                Finding::new("contract/misplaced-assurance", sheet.place(by.span), message)
                    .help(format!("let {} give it", one_of(names.iter().map(|name| name.value.as_ref()))))
                    .related(book.unit_place(sheet.document.unit), "the unit names its parties here")
            })
        }));
    }
    for edge in &context.links.edges {
        let (EdgeKind::Assures(_), Ok(to)) = (edge.kind, &edge.to) else { continue };
        let document = &book.documents[edge.document];
        let looked_at = context.is_live(document.cycle) && !document.file.broken;
        let is_key_result = matches!(to, Target::KeyResult(..));
        let sheet = Sheet::of(context, edge.document);
        if !looked_at || !is_key_result || to.unit(book) == sheet.unit.within {
            continue;
        }
        let (message, help) = match sheet.unit.within.map(|within| &book.config.units[within].id) {
            Some(within) => (
                format!(
                    "`{}` is not a key result of `{within}`, which `{}` is within",
                    edge.typed.value, sheet.unit.id
                ),
                format!(
                    "a unit assures for key results of the unit that it is within: name one of `{within}`"
                ),
            ),
            None => (
                format!("`{}` is within no unit and has nobody to assure", sheet.unit.id),
                "take the assurance out: one is given to the unit above".to_owned(),
            ),
        };
        found.push(Finding::new("contract/misplaced-assurance", edge.place(book), message).help(help));
    }
}
