//! A change relative to nothing.

use crate::diagnostic::{Finding, Severity};
use crate::rules::{Context, Example, Rule};

use super::number::{Kind, Number, numbers};
use super::opening::opening;
use super::title::{OBJECT, Title};

pub(super) static RULE: Rule = Rule {
    name: "quality/relative-without-baseline",
    severity: Some(Severity::Warning),
    summary: "a change by so many per cent or times (`by 25 %`, `2x`), and no measure",
    why: "\
\"By 25 %\" of what? A relative change is known only when the baseline is, and the baseline is what two \
people remember differently at the end. `from` and `to` say both ends; the share is then plain to see.",
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
  { id = "wait", title = "Cut the time until someone answers by 25 %" },
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
  { id = "wait", title = "Cut the time until someone answers by a quarter", from = 12, to = 9, measured-in = "minutes" },
  { id = "pages", title = "Fewer pages at night", from = 40, to = 10, measured-in = "pages" },
]
+++
"#,
    )
    .on("2026-01-25"),
    check: Some(check),
};

/// Words after a share that make it one of something else.
const CHANGES: &[&str] = &[
    "increase",
    "decrease",
    "reduction",
    "improvement",
    "uplift",
    "lift",
    "more",
    "fewer",
    "less",
    "faster",
    "slower",
    "higher",
    "lower",
    "cheaper",
    "drop",
    "decline",
];
/// Words after `2x` that make it a multiple of something known, or so often.
const KNOWN: &[&str] = &[
    "target", "targets", "quota", "goal", "goals", "coverage", "plan", "budget", "pipeline", "per", "a",
    "an", "/", "each", "every",
];
/// Verbs after which `3x` counts things.
const COUNTED: &[&str] = &[
    "run", "publish", "host", "hire", "ship", "deliver", "write", "launch", "hold", "organise", "organize",
    "complete", "conduct", "create", "release", "sign", "win", "close", "send", "give",
];

fn check(context: &Context<'_>, found: &mut Vec<Finding>) {
    for sheet in context.sheets() {
        for entry in sheet.key_results().filter(|entry| sheet.is_clear(entry.place)) {
            let Some(words) = entry.key_result.title.as_ref().filter(|_| !entry.is_measured()) else {
                continue;
            };
            let title = Title::of(words, &sheet.document.file);
            let Some((start, end)) = relative(&title.words) else { continue };
            let message = format!(
                "`{}` in `{}` is relative to a number that nobody gives",
                &title.words[start..end],
                sheet.name(entry.place)
            );
            let span = title.span(start, end);
            found.push(
                sheet
                    .finding("quality/relative-without-baseline", entry.place, span, message)
                    .help("give the baseline and the target: `from`, `to` and `measured-in`"),
            );
        }
    }
}

/// Whether the words of a title tell a change relative to something that they do not give.
pub(super) fn is_relative(words: &str) -> bool {
    relative(words).is_some()
}

/// The first relative change in the words of a title that does not say what it is relative to.
fn relative(words: &str) -> Option<(usize, usize)> {
    let numbers = numbers(words);
    if says_baseline(words, &numbers) {
        return None;
    }
    let of_number = numbers.iter().enumerate().find_map(|(at, number)| {
        let next = next_word(&words[number.end..]);
        let relative = match number.kind {
            Kind::Percent => {
                let by = by(words, &numbers, at);
                (by.is_some() && next != "of") || CHANGES.contains(&next.as_str())
            }
            Kind::Factor => is_factor(words, number, &next),
            Kind::Plain | Kind::Label => false,
        };
        relative.then(|| (by(words, &numbers, at).unwrap_or(number.start), number.end))
    });
    of_number.or_else(|| in_words(words))
}

/// Whether the title has the other end: a number that it comes from or goes to, or the word baseline.
fn says_baseline(words: &str, numbers: &[Number]) -> bool {
    let lower = words.to_lowercase();
    let absolute = |number: &Number| {
        let before = words[..number.start].trim_end_matches(['~', '$', '€', '£', '<', '>', '≤', '≥', ' ']);
        let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_lowercase();
        // the second half of "by 20 to 30 %" comes from nowhere
        let range = numbers.iter().position(|other| other == number).and_then(|at| by(words, numbers, at));
        number.kind != Kind::Factor && range.is_none() && matches!(word.as_str(), "from" | "to")
    };
    lower.contains("baseline")
        || lower.contains("(target")
        || lower.contains(&format!("from {OBJECT}"))
        || lower.contains(&format!("to {OBJECT}"))
        || numbers.iter().any(absolute)
}

/// Where the `by` of "by at least 25 %" or "by 20 to 30 %" begins, if one stands before a number.
fn by(words: &str, numbers: &[Number], at: usize) -> Option<usize> {
    const ROUGHLY: &[&str] = &[
        "at",
        "least",
        "more",
        "than",
        "over",
        "about",
        "around",
        "another",
        "an",
        "additional",
        "up",
        "to",
        "roughly",
        "approximately",
        "further",
        "or",
    ];
    let mut before = &words[..numbers[at].start];
    loop {
        let trimmed = before.trim_end_matches(|c: char| !c.is_alphanumeric());
        let word = trimmed.rsplit(|c: char| !c.is_alphanumeric() && c != '%').next()?;
        let start = trimmed.len() - word.len();
        let lower = word.to_lowercase();
        if lower == "by" {
            return Some(start);
        }
        let digits = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
        if !(digits || ROUGHLY.contains(&lower.as_str())) {
            return None;
        }
        before = &words[..start];
    }
}

fn is_factor(words: &str, number: &Number, next: &str) -> bool {
    let known = KNOWN.contains(&next) || words[number.end..].trim_start().starts_with('/');
    let often = matches!(next, "daily" | "weekly" | "monthly" | "quarterly" | "yearly")
        && next_word(words[number.end..].trim_start().trim_start_matches(next)).is_empty();
    let counts = opening(words).is_some_and(|opening| opening.is_verb(COUNTED))
        && !words[..number.start].trim_end().ends_with("by");
    number.value != 1.0 && !known && !often && !counts
}

/// "Double the number of …", "cut it by half".
fn in_words(words: &str) -> Option<(usize, usize)> {
    const TIMES: &[&str] = &["double", "triple", "quadruple", "halve", "halving"];
    const NO_TIMES: &[&str] =
        &["down", "opt", "opt-in", "check", "blind", "digit", "entry", "click", "sided"];
    let opening = opening(words)?;
    if opening.is_verb(TIMES) && !NO_TIMES.contains(&opening.second.as_str()) && !opening.first.contains('-')
    {
        return Some((opening.start, opening.end));
    }
    let lower = words.to_ascii_lowercase();
    ["by half", "by a third", "by a quarter", "by a factor"].into_iter().find_map(|share| {
        let start = lower.find(share)?;
        Some((start, start + share.len()))
    })
}

/// The next word of a text, in lower case; a sign by itself is one.
fn next_word(text: &str) -> String {
    let text = text.trim_start();
    let end = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
    text[..end].to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_relative_to_nothing_is_told() {
        for (words, expected) in [
            ("Reduce churn by 25 %", Some("by 25 %")),
            ("Measure and increase WAU by 15%", Some("by 15%")),
            ("Requests for help reduced by at least 25%", Some("by at least 25%")),
            ("Cut it by 20-30%", Some("by 20-30%")),
            ("Cut it by 20 to 30 %", Some("by 20 to 30 %")),
            ("Drive a 10% increase in applicants", Some("10% increase")),
            ("2x weekly active users", Some("2x")),
            ("Grow sign-ups 3×", Some("3×")),
            ("Double the number of teams", Some("Double")),
            ("Cut the wait by half", Some("by half")),
            ("Pipeline at 3x target", None),
            ("2x coverage of quota", None),
            ("Talk to customers 2x a week", None),
            ("Post 2x weekly", None),
            ("Run 3x webinars", None),
            ("Used by 95 % of teams", None),
            ("Cut it by 35% (target of 39 days)", None),
            ("Increase from 40 to 60, by 50 %", None),
            ("4x from baseline of 10", None),
            ("Double down on support", None),
            ("Uptime of 99.9 %", None),
        ] {
            let found = relative(words).map(|(start, end)| &words[start..end]);
            let whole = expected.map(|expected| expected.trim_end_matches(" increase"));
            assert_eq!(found, whole, "{words}");
        }
    }
}
