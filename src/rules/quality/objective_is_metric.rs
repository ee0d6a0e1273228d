//! An objective that is a number.

use crate::diagnostic::Finding;
use crate::model::ItemPlace;
use crate::rules::{Context, Example, Rule};

use super::number::{Kind, numbers};
use super::opening::opening;
use super::title::Title;

pub(super) static RULE: Rule = Rule {
    name: "quality/objective-is-metric",
    severity: None,
    summary: "an objective whose title is a number to reach",
    why: "\
An objective says in words where to and why anyone would want to be there; numbers say how one can tell, \
and are key results. A number as an objective leaves nothing for its key results to say but the steps to \
it. Some companies write them so on purpose: the rule is off unless a book sets it.",
    source: "the writing of objectives",
    broken: Example::new(
        r#"+++
shared = 2026-01-15
owner = "@ines"
[[objective]]
id = "calm"
title = "Reach 99.9 % uptime"
supports = ["company/trust/uptime"]
key-result = [
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
title = "Customers never notice our nights"
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

const REACH: &[&str] = &[
    "reach", "hit", "achieve", "attain", "get", "grow", "increase", "improve", "raise", "reduce", "decrease",
    "cut", "lower", "double", "win", "add", "generate", "close", "make", "keep", "hold", "maintain",
];

fn check(context: &Context<'_>, found: &mut Vec<Finding>) {
    for sheet in context.sheets() {
        for (at, objective) in sheet.objectives() {
            let Some(words) = &objective.title else { continue };
            let title = Title::of(words, &sheet.document.file);
            let numbers = numbers(&title.words);
            let Some(number) = numbers.iter().find(|number| number.kind != Kind::Label) else { continue };
            let money = title.words[..number.start].ends_with(['$', '€', '£', '¥']);
            let share = matches!(number.kind, Kind::Percent | Kind::Factor);
            let first = title.words.trim_start().len() + number.start == title.words.len();
            let reach = opening(&title.words).is_some_and(|opening| opening.is_verb(REACH));
            if !(money || share || first || reach) {
                continue;
            }
            let place = ItemPlace::Objective(at);
            let message = format!("the objective `{}` is a number to reach", sheet.name(place));
            found.push(
                sheet
                    .finding(
                        "quality/objective-is-metric",
                        place,
                        title.span(number.start, number.end),
                        message,
                    )
                    .help("say in words where to, and make the number a key result"),
            );
        }
    }
}
