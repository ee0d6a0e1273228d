//! A delivery, not its effect.

use crate::diagnostic::Finding;
use crate::rules::{Context, Example, Rule};

use super::opening::opening;
use super::title::Title;

pub(super) static RULE: Rule = Rule {
    name: "quality/delivery",
    severity: None,
    summary: "a key result that begins with launch, ship, build and the like, and has no measure",
    why: "\
What is shipped can be shipped on time and help nobody. A key result about its effect leaves open what is \
built, and tells whether it was the right thing. Many good documents have deliveries all the same: the \
rule is off unless a book sets it.",
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
  { id = "console", title = "Launch the new console" },
  { id = "pages", title = "Fewer pages at night", from = 40, to = 10, measured-in = "pages" },
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
  { id = "console", title = "People on call find the cause in the console", from = 20, to = 70, measured-in = "% of incidents" },
  { id = "pages", title = "Fewer pages at night", from = 40, to = 10, measured-in = "pages" },
]
+++
"#,
    )
    .on("2026-01-25"),
    check: Some(check),
};

const DELIVERIES: &[&str] = &[
    "launch",
    "ship",
    "build",
    "release",
    "deliver",
    "implement",
    "create",
    "develop",
    "deploy",
    "introduce",
    "publish",
    "migrate",
    "design",
    "finish",
    "complete",
    "roll",
];

fn check(context: &Context<'_>, found: &mut Vec<Finding>) {
    for sheet in context.sheets() {
        for entry in sheet.key_results().filter(|entry| sheet.is_clear(entry.place)) {
            let Some(words) = entry.key_result.title.as_ref().filter(|_| !entry.is_measured()) else {
                continue;
            };
            let title = Title::of(words, &sheet.document.file);
            let Some(opening) = opening(&title.words).filter(|opening| opening.is_verb(DELIVERIES)) else {
                continue;
            };
            let message = format!("`{}` is a delivery: what is it to change?", sheet.name(entry.place));
            found.push(
                sheet
                    .finding("quality/delivery", entry.place, title.span(opening.start, opening.end), message)
                    .help("say what will be different for someone when it is there, with a measure"),
            );
        }
    }
}
