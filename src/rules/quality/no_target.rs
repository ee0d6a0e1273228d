//! A change without a target.

use crate::diagnostic::{Finding, Severity};
use crate::rules::{Context, Example, Rule};

use super::number::has_number;
use super::opening::opening;
use super::title::Title;

pub(super) static RULE: Rule = Rule {
    name: "quality/no-target",
    severity: Some(Severity::Warning),
    summary: "increase, improve, maximise, reduce and the like, with no measure, no number in the title and no `source`",
    why: "\
\"Improve\" can be called reached from the first day on, and never. A baseline and a target settle it, and \
looking for the baseline is often the first thing that is learned. Where the number must not be on the \
page, `source` says where those who may see it find it.",
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
  { id = "wait", title = "Reduce the time until someone answers" },
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
  { id = "wait", title = "Reduce the time until someone answers", from = 9, to = 3, measured-in = "minutes" },
  { id = "pages", title = "Fewer pages at night", from = 40, to = 10, measured-in = "pages" },
]
+++
"#,
    )
    .on("2026-01-25"),
    check: Some(check),
};

/// Verbs of change that say neither from where nor to where.
const CHANGE: &[&str] = &[
    "increase",
    "improve",
    "maximise",
    "maximize",
    "reduce",
    "decrease",
    "minimise",
    "minimize",
    "raise",
    "lower",
    "grow",
    "boost",
    "shorten",
    "shrink",
    "optimise",
    "optimize",
    "enhance",
    "accelerate",
    "cut",
    "lessen",
    "strengthen",
    "heighten",
];

fn check(context: &Context<'_>, found: &mut Vec<Finding>) {
    for sheet in context.sheets() {
        for entry in sheet.key_results().filter(|entry| sheet.is_clear(entry.place)) {
            let Some(words) = &entry.key_result.title else { continue };
            if entry.is_measured() || entry.is_for_learning() {
                continue;
            }
            let title = Title::of(words, &sheet.document.file);
            let Some(opening) = opening(&title.words).filter(|opening| opening.is_verb(CHANGE)) else {
                continue;
            };
            // "raise a round", "cut a release" are things that are done or not
            let thing = matches!(opening.first.as_str(), "raise" | "raised" | "raising" | "cut" | "cutting")
                && matches!(opening.second.as_str(), "a" | "an" | "series" | "seed" | "funding" | "over");
            // "by a third" is a number to which the baseline is missing, which is said by another rule
            let relative = super::relative_without_baseline::is_relative(&title.words);
            if thing || relative || title.has_hidden_number || has_number(&title.plain) {
                continue;
            }
            let message = format!(
                "`{}` is to {} something, without a target",
                sheet.name(entry.place),
                base(&opening.first)
            );
            found.push(
                sheet
                    .finding("quality/no-target", entry.place, title.span(opening.start, opening.end), message)
                    .help("give it a baseline and a target (`from`, `to`), a threshold (`at-least`, `at-most`), or the `source` of a number that must not be on the page"),
            );
        }
    }
}

/// The verb as it stands after "to".
fn base(word: &str) -> &str {
    CHANGE
        .iter()
        .filter(|verb| word.starts_with(verb.trim_end_matches('e')))
        .max_by_key(|verb| verb.len())
        .copied()
        .unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::found;

    #[test]
    fn an_answer_in_the_text_is_enough() {
        let files = r#"+++
owner = "@ines"
[[objective]]
id = "a"
title = "Improve"
supports = ["company/trust/uptime"]
key-result = [
  { id = "r1", title = "Improved NPS, Time To Tenth PR" },
  { id = "r2", title = "Decrease mean build time for pull requests" },
  { id = "r3", title = "Significantly reduce p95 latency in Q2" },
  { id = "s1", title = "Improve it for three teams" },
  { id = "s2", title = "Improve the rate from [_N₁_][n1] to more" },
  { id = "s3", title = "Improve revenue", source = "https://x.org" },
  { id = "s4", title = "Improve uptime", at-least = 99 },
  { id = "s5", title = "Raise a seed round" },
  { id = "s6", title = "Improvement plan is signed" },
  { id = "s7", title = "Improve our guess", commitment = "learning" },
  { id = "s8", title = "Improve by half" },
  { id = "s9", title = "Reduce it by a third" },
]
+++

[n1]: https://x.org
"#;
        let found = found("quality/no-target", files, "2026-01-25");
        assert_eq!(
            found,
            [
                "cloud.md:8:25 warning: `cloud/a/r1` is to improve something, without a target",
                "cloud.md:9:25 warning: `cloud/a/r2` is to decrease something, without a target",
                "cloud.md:10:39 warning: `cloud/a/r3` is to reduce something, without a target",
            ]
        );
    }
}
