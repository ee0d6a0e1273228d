//! Key results that nobody owns.

use crate::diagnostic::{Finding, Severity};
use crate::rules::{Context, Example, Rule};

pub(super) static RULE: Rule = Rule {
    name: "quality/no-owner",
    severity: Some(Severity::Warning),
    summary: "key results without an owner of their own, their objective's, the document's, or the one person named in its unit's `set-by`: one finding a document",
    why: "\
Somebody has to know how it stands. Where nobody is named, everybody takes it for someone else's, and \
check-ins are the first thing to go missing. One `owner` at the top of the document is enough; \
objectives and key results inherit it.",
    source: "the writing of key results",
    broken: Example::new(
        r#"--- book.toml
[book]
title = "Example OKRs"
[calendar]
fiscal-year-starts = "02-01"
[[level]]
id = "company"
name = "Company"
[[level]]
id = "org"
name = "Organisations"
[unit.company]
level = "company"
name = "Example"
[unit.cloud]
level = "org"
name = "Cloud"
within = "company"
set-by = ["@ines", "@kai"]
--- content/okrs/fy27-q1/cloud.md
+++
shared = 2026-01-15
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
    mended: Example::new(
        r#"--- book.toml
[book]
title = "Example OKRs"
[calendar]
fiscal-year-starts = "02-01"
[[level]]
id = "company"
name = "Company"
[[level]]
id = "org"
name = "Organisations"
[unit.company]
level = "company"
name = "Example"
[unit.cloud]
level = "org"
name = "Cloud"
within = "company"
set-by = ["@ines", "@kai"]
--- content/okrs/fy27-q1/cloud.md
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

fn check(context: &Context<'_>, found: &mut Vec<Finding>) {
    if !context.book.config.known.units {
        return;
    }
    for sheet in context.sheets().filter(|sheet| sheet.unit.set_by.len() != 1) {
        let alone: Vec<_> = sheet
            .key_results()
            .filter(|entry| sheet.okrs.key_result_owners(entry.objective, entry.key_result).is_empty())
            .filter(|entry| sheet.inherits_clearly(entry))
            .map(|entry| entry.place)
            .collect();
        let Some(first) = alone.first() else { continue };
        let message = match alone.len() {
            1 => format!("the key result `{}` has no owner", sheet.name(*first)),
            many => format!("{many} key results of `{}` have no owner", sheet.unit.id),
        };
        let finding = Finding::new("quality/no-owner", sheet.place(sheet.span(*first)), message);
        found.push(finding.help(
            "name one with `owner = \"@handle\"`: at the top of the document for all of them, at an objective or a key result",
        ));
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::found;

    #[test]
    fn one_finding_tells_of_all_that_are_alone() {
        let files = r#"--- book.toml
[book]
title = "B"
[calendar]
fiscal-year-starts = "02-01"
[[level]]
id = "org"
name = "O"
[unit.cloud]
level = "org"
name = "C"
[unit.search]
level = "org"
name = "S"
set-by = ["@ada"]
--- content/okrs/fy27-q1/company.md (absent)
--- content/okrs/fy27-q1/search.md
+++
[[objective]]
id = "a"
title = "A"
key-result = [{ id = "x", title = "X-ray rooms", at-most = 1 }]
+++
--- content/okrs/fy27-q1/cloud.md
+++
[[objective]]
id = "a"
title = "A"
key-result = [
  { id = "x", title = "One", at-most = 1, owner = "@kai" },
  { id = "y", title = "Two", at-most = 1 },
  { id = "z", title = "Three", at-most = 1 },
  { id = "misspelt", title = "Four", at-most = 1, owner = 5 },
]
+++
"#;
        let finding = "cloud.md:7:10 warning: 2 key results of `cloud` have no owner";
        assert_eq!(found("quality/no-owner", files, "2026-01-25"), [finding]);
    }
}
