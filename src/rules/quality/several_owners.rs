//! A key result that several own.

use std::collections::BTreeSet;

use crate::diagnostic::{Finding, Severity};
use crate::model::{ItemPlace, person, same_person};
use crate::rules::sheet::{Entry, Sheet};
use crate::rules::{Context, Example, Rule};
use crate::source::Span;
use crate::table::Words;

pub(super) static RULE: Rule = Rule {
    name: "quality/several-owners",
    severity: Some(Severity::Warning),
    summary: "a key result with more than one owner",
    why: "\
Two owners are none: each waits for the other's check-in, and the one who asks does not know whom to \
ask. Others can work on it as much as they like. One of them says how it stands.",
    source: "the writing of key results",
    broken: Example::new(
        r#"+++
shared = 2026-01-15
owner = "@ines"
[[objective]]
id = "calm"
title = "Nights are calm"
supports = ["company/trust/uptime"]
key-result = [
  { id = "pages", title = "Fewer pages at night", from = 40, to = 10, measured-in = "pages", owner = ["@ines", "@kai"] },
]
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
key-result = [
  { id = "pages", title = "Fewer pages at night", from = 40, to = 10, measured-in = "pages", owner = "@kai" },
]
+++
"#,
    )
    .on("2026-01-25"),
    check: Some(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Finding>) {
    for sheet in context.sheets() {
        // a list is told once, however many key results inherit it
        let mut told: Vec<Span> = Vec::new();
        for entry in sheet.key_results() {
            let owners = sheet.okrs.key_result_owners(entry.objective, entry.key_result);
            let Some(second) = second(owners).filter(|second| !told.contains(second)) else { continue };
            told.push(second);
            found.push(finding(&sheet, &entry, owners, second));
        }
    }
}

fn finding(sheet: &Sheet<'_>, entry: &Entry<'_>, owners: &[Words], second: Span) -> Finding {
    let name = sheet.name(entry.place);
    let ItemPlace::KeyResult(at, _) = entry.place else { unreachable!("entries are key results") };
    let (place, whose) = if !entry.key_result.owner.is_empty() {
        (Some(entry.place), String::new())
    } else if !entry.objective.owner.is_empty() {
        (Some(ItemPlace::Objective(at)), ", its objective's".to_owned())
    } else {
        (None, ", the document's".to_owned())
    };
    let message = format!("the key result `{name}` has {} owners{whose}", distinct(owners));
    let finding = match place {
        Some(place) => sheet.finding("quality/several-owners", place, second, message),
        None => Finding::new("quality/several-owners", sheet.place(second), message),
    };
    finding.help("name the one who says how it stands; the others can work on it all the same")
}

/// Where the second of several owners stands.
fn second(owners: &[Words]) -> Option<Span> {
    let first = owners.first()?;
    owners.iter().find(|owner| !same_person(&owner.value, &first.value)).map(|owner| owner.span)
}

fn distinct(owners: &[Words]) -> usize {
    owners.iter().map(|owner| person(&owner.value)).collect::<BTreeSet<_>>().len()
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::found;

    #[test]
    fn an_inherited_list_is_told_once() {
        let files = r#"+++
owner = ["@ines", "@Ines"]
[[objective]]
id = "a"
title = "A"
owner = ["@ines", "@kai"]
key-result = [
  { id = "x", title = "One", at-most = 1 },
  { id = "y", title = "Two", at-most = 1 },
]
[[objective]]
id = "b"
title = "B"
key-result = [{ id = "z", title = "Three", at-most = 1 }]
+++
"#;
        let finding = "cloud.md:6:19 warning: the key result `cloud/a/x` has 2 owners, its objective's";
        assert_eq!(found("quality/several-owners", files, "2026-01-25"), [finding]);
    }
}
