//! An activity, not a result.

use crate::diagnostic::{Finding, Severity};
use crate::rules::{Context, Example, Rule};

use super::opening::{Opening, opening};
use super::title::Title;

pub(super) static RULE: Rule = Rule {
    name: "quality/activity",
    severity: Some(Severity::Warning),
    summary: "a key result that begins with help, support, participate, analyse, explore and the like, and has no measure",
    why: "\
Helping is done as soon as one has helped, and nothing need have changed. A result says what is different \
afterwards for someone else. Where the point is to learn something, `commitment = \"learning\"` says so.",
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
  { id = "sales", title = "Help sales with large customers" },
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
  { id = "sales", title = "Large customers have an answer within a day", at-least = 95, measured-in = "% of questions" },
  { id = "pages", title = "Fewer pages at night", from = 40, to = 10, measured-in = "pages" },
]
+++
"#,
    )
    .on("2026-01-25"),
    check: Some(check),
};

const ACTIVITIES: &[&str] = &[
    "help",
    "support",
    "participate",
    "analyse",
    "analyze",
    "explore",
    "assist",
    "consult",
    "contribute",
    "collaborate",
    "investigate",
    "coordinate",
    "discuss",
    "attend",
    "evaluate",
    "assess",
    "continue",
];
/// Those of [`THINGS`] whom one can help: `help engineers find the cause`.
const PEOPLE: &[&str] = &["team", "staff", "engineer", "agent"];
/// Words after `help` or `support` that make it a noun.
const THINGS: &[&str] = &[
    "ticket",
    "team",
    "request",
    "case",
    "response",
    "staff",
    "load",
    "cost",
    "volume",
    "portal",
    "engineer",
    "call",
    "time",
    "hour",
    "agent",
    "sla",
    "desk",
    "center",
    "centre",
    "article",
    "doc",
    "page",
    "channel",
    "menu",
    "text",
    "queue",
    "backlog",
    "quality",
    "satisfaction",
    "csat",
    "for",
    "of",
    "in",
    "is",
    "are",
    "has",
];

fn check(context: &Context<'_>, found: &mut Vec<Finding>) {
    for sheet in context.sheets() {
        for entry in sheet.key_results().filter(|entry| sheet.is_clear(entry.place)) {
            let Some(words) = &entry.key_result.title else { continue };
            if entry.is_measured() || entry.is_for_learning() {
                continue;
            }
            let title = Title::of(words, &sheet.document.file);
            let Some(opening) = opening(&title.words).filter(is_activity) else { continue };
            let span = title.span(opening.start, opening.end);
            let message = format!(
                "`{}` is an activity: what will be different when it is done?",
                sheet.name(entry.place)
            );
            found.push(
                sheet
                    .finding("quality/activity", entry.place, span, message)
                    .help("say what changes for whom, with a measure; if it is there to learn something, say `commitment = \"learning\"`"),
            );
        }
    }
}

fn is_activity(opening: &Opening) -> bool {
    let thing = THINGS.iter().any(|thing| {
        let rest = opening.second.strip_prefix(thing);
        let helped = opening.first == "help" && PEOPLE.contains(thing);
        !helped && rest.is_some_and(|rest| rest.is_empty() || rest == "s")
    });
    let noun = matches!(opening.first.as_str(), "help" | "support" | "contributed" | "supports" | "attended")
        && thing;
    // "Supported versions …", "Evaluated …" say that something is done
    let done = opening.first.ends_with("ed");
    opening.is_verb(ACTIVITIES) && !noun && !done
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_and_results_are_no_activities() {
        let is = |text: &str| opening(text).is_some_and(|opening| is_activity(&opening));
        for activity in [
            "Help sales",
            "Help teams adopt the new console",
            "We support the launch",
            "Exploring a second region",
            "Participate in 5 talks",
            "Analyze churn",
        ] {
            assert!(is(activity), "{activity}");
        }
        for result in [
            "Support tickets are answered in a day",
            "Help centre has 50 articles",
            "Helpful answers",
            "Supported versions are listed",
            "Support for SSO is live",
            "Explorers return",
        ] {
            assert!(!is(result), "{result}");
        }
    }
}
