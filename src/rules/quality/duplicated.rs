//! A key result that is there twice.

use std::collections::HashMap;

use crate::diagnostic::{Finding, Severity};
use crate::model::{KeyResult, Measure};
use crate::rules::sheet::{Entry, Sheet};
use crate::rules::wording::wording;
use crate::rules::{Context, Example, Rule};
use crate::source::Place;

pub(super) static RULE: Rule = Rule {
    name: "quality/duplicated",
    severity: Some(Severity::Warning),
    summary: "the same key result in two units of a cycle, or twice in one document",
    why: "\
Two copies are one promise only on the day on which they are made. Then one of them moves, and nobody \
knows which one holds. A key result that several units carry is written once and held by the others \
with `shared-with`; it stands on their pages too.",
    source: "the writing of key results",
    broken: Example::new(
        r#"--- content/okrs/fy27-q1/cloud.md
+++
shared = 2026-01-15
owner = "@ines"
[[objective]]
id = "calm"
title = "Nights are calm"
supports = ["company/trust/uptime"]
key-result = [
  { id = "pages", title = "Fewer pages at night", from = 40, to = 10, measured-in = "pages" },
  { id = "night-pages", title = "Fewer pages, at night", from = 40, to = 10, measured-in = "pages" },
]
+++
"#,
    )
    .on("2026-01-25"),
    mended: Example::new(
        r#"--- content/okrs/fy27-q1/cloud.md
+++
shared = 2026-01-15
owner = "@ines"
[[objective]]
id = "calm"
title = "Nights are calm"
supports = ["company/trust/uptime"]
key-result = [
  { id = "pages", title = "Fewer pages at night", from = 40, to = 10, measured-in = "pages" },
]
+++
"#,
    )
    .on("2026-01-25"),
    check: Some(check),
};

/// A key result that was seen.
struct Seen<'a> {
    document: usize,
    unit: usize,
    name: String,
    place: Place,
    key_result: &'a KeyResult,
}

fn check(context: &Context<'_>, found: &mut Vec<Finding>) {
    for cycle in context.live_cycles() {
        let mut seen: HashMap<String, Vec<Seen<'_>>> = HashMap::new();
        for sheet in context.sheets_of(cycle) {
            for entry in sheet.key_results() {
                let Some(title) = &entry.key_result.title else { continue };
                let words = wording(&title.value, &sheet.document.file);
                if words.is_empty() {
                    continue;
                }
                let place = sheet.place(title.span);
                let same = seen.entry(words).or_default();
                found.extend(finding(context, &sheet, &entry, &place, same));
                same.push(Seen {
                    document: sheet.at,
                    unit: sheet.document.unit,
                    name: sheet.name(entry.place),
                    place,
                    key_result: entry.key_result,
                });
            }
        }
    }
}

fn finding(
    context: &Context<'_>,
    sheet: &Sheet<'_>,
    entry: &Entry<'_>,
    place: &Place,
    seen: &[Seen<'_>],
) -> Option<Finding> {
    // a copy of the unit above is told as that
    let cascaded = sheet.unit.within;
    let first = seen
        .iter()
        .find(|other| Some(other.unit) != cascaded && is_same(other.key_result, entry.key_result))?;
    let twice = first.document == sheet.at;
    let name = sheet.name(entry.place);
    let message = match twice {
        true => format!("`{name}` says the same as `{}`", first.name),
        false => format!("`{name}` says the same as `{}` of another unit", first.name),
    };
    let unit = &context.book.config.units[first.unit].id;
    let help = match twice {
        true => "keep one of them".to_owned(),
        false => format!(
            "let one unit have it and the other hold it: `shared-with = [\"{}\"]` in the document of `{unit}`",
            sheet.unit.id
        ),
    };
    Some(
        sheet
            .finding("quality/duplicated", entry.place, place.span, message)
            .help(help)
            .related(first.place.clone(), "the first one is this"),
    )
}

/// Whether two key results in the same words are the same: not where each has numbers of its own, which
/// are other ones.
fn is_same(one: &KeyResult, other: &KeyResult) -> bool {
    let has_numbers =
        |of: &KeyResult| matches!(of.measure, Measure::Measured { .. } | Measure::Threshold { .. });
    !has_numbers(one) || !has_numbers(other) || one.measure == other.measure
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::found;

    #[test]
    fn copies_are_told_once_and_own_numbers_are_no_copy() {
        let files = r#"--- book.toml
[book]
title = "B"
[calendar]
fiscal-year-starts = "02-01"
[[level]]
id = "company"
name = "C"
[[level]]
id = "org"
name = "O"
[unit.company]
level = "company"
name = "C"
[unit.cloud]
level = "org"
name = "C"
within = "company"
[unit.search]
level = "org"
name = "S"
within = "company"
--- content/okrs/fy27-q1/company.md
+++
[[objective]]
id = "a"
title = "A"
key-result = [{ id = "x", title = "No [_N_][n1] left", at-most = 1 }]
+++

[n1]: https://x.org
--- content/okrs/fy27-q1/cloud.md
+++
[[objective]]
id = "a"
title = "All is well"
key-result = [
  { id = "x", title = "Left: no [_N_][n1]", at-most = 1 },
  { id = "own", title = "Errors", at-most = 1 },
  { id = "same", title = "Calls by night", at-most = 1 },
]
+++

[n1]: https://x.org
--- content/okrs/fy27-q1/search.md
+++
[[objective]]
id = "b"
title = "All is calm"
key-result = [
  { id = "own", title = "Errors", at-most = 2 },
  { id = "same", title = "calls by Night", at-most = 1 },
]
+++
"#;
        let finding =
            "search.md:7:26 warning: `search/b/same` says the same as `cloud/a/same` of another unit";
        assert_eq!(found("quality/duplicated", files, "2026-01-25"), [finding]);
        assert_eq!(found("contract/cascaded", files, "2026-01-25").len(), 1);
    }
}
