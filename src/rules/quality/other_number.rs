//! A title that says another number than the measure.

use crate::diagnostic::{Finding, Severity};
use crate::model::Measure;
use crate::rules::sheet::Entry;
use crate::rules::{Context, Example, Rule};

use super::number::{Kind, Number, numbers};
use super::title::Title;

pub(super) static RULE: Rule = Rule {
    name: "quality/other-number",
    severity: Some(Severity::Note),
    summary: "numbers in a title, and none of them is one of its measure",
    why: "\
The title is what people remember, the measure is what is counted. Where the target moved in the round \
trip and the title stayed, each reader takes the number that suits them.",
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
  { id = "pages", title = "At most 15 pages at night", from = 40, to = 10, measured-in = "pages" },
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
  { id = "pages", title = "At most 10 pages at night", from = 40, to = 10, measured-in = "pages" },
]
+++
"#,
    )
    .on("2026-01-25"),
    check: Some(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Finding>) {
    for sheet in context.sheets() {
        for entry in sheet.key_results().filter(|entry| sheet.is_clear(entry.place)) {
            let Some(words) = &entry.key_result.title else { continue };
            let measure = values(&entry);
            if measure.is_empty() || !words.value.contains(|c: char| c.is_ascii_digit()) {
                continue;
            }
            let title = Title::of(words, &sheet.document.file);
            let numbers = numbers(&title.words);
            let told: Vec<&Number> = numbers.iter().filter(|number| number.kind != Kind::Label).collect();
            let known = numbers.iter().any(|number| is_one_of(number, &measure));
            let Some(first) = told.first().filter(|_| !known) else { continue };
            let typed = title.words[first.start..first.end].trim();
            let message = format!("`{typed}` in `{}` is no number of its measure", sheet.name(entry.place));
            let finding = sheet
                .finding("quality/other-number", entry.place, title.span(first.start, first.end), message)
                .help("let the title and the measure say the same, or leave the number out of the title");
            found.push(finding);
        }
    }
}

/// The numbers of a measure, and those that one says of it: how far it goes, in things, per cent or times.
fn values(entry: &Entry<'_>) -> Vec<f64> {
    let mut values: Vec<f64> = Vec::new();
    match entry.key_result.measure {
        Measure::Measured { from, to } => {
            values.extend([from, to, (to - from).abs()]);
            if from != 0.0 {
                let share = ((to - from) / from * 100.0).abs();
                values.extend([share, share.round(), to / from, from / to]);
            }
        }
        Measure::Threshold { at_least, at_most } => {
            values.extend(at_least.into_iter().chain(at_most));
        }
        Measure::Milestone | Measure::Unclear => return values,
    }
    values.extend(entry.key_result.stretch);
    values
}

/// Whether a number is one of them, as it is typed or as it is read: `95 %` for 0.95, `10k` for 10000.
fn is_one_of(number: &Number, values: &[f64]) -> bool {
    let same = |one: f64, other: f64| (one - other).abs() <= 1e-9 * one.abs().max(other.abs()).max(1.0);
    values.iter().map(|value| value.abs()).any(|value| {
        [number.value, number.digits, number.value / 100.0].into_iter().any(|own| same(own, value))
    })
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::found;

    #[test]
    fn a_number_that_follows_from_the_measure_is_its_own() {
        let files = r#"+++
owner = "@ines"
[[objective]]
id = "a"
title = "7 things"
supports = ["company/trust/uptime"]
key-result = [
  { id = "r1", title = "Raise uptime to 99.99 %", from = 99.5, to = 99.95 },
  { id = "s1", title = "Cut the wait by 35% (target of 39 days)", from = 60, to = 39 },
  { id = "s2", title = "Cut the wait by 35%", from = 60, to = 39 },
  { id = "s3", title = "20 more teams", from = 30, to = 50 },
  { id = "s4", title = "2x sign-ups", from = 30, to = 60 },
  { id = "s5", title = "10k readers in 2026", from = 0, to = 10000 },
  { id = "s6", title = "95% of Tier 1 answers within 24 hours", at-least = 0.95 },
  { id = "s7", title = "p95 of Q1 is better", from = 9, to = 3 },
  { id = "s8", title = "Done in 3 regions" },
  { id = "s9", title = "Stretch to 99.99", at-least = 99.9, stretch = 99.99 },
]
+++
"#;
        let finding = "cloud.md:8:41 note: `99.99 %` in `cloud/a/r1` is no number of its measure";
        assert_eq!(found("quality/other-number", files, "2026-01-25"), [finding]);
    }
}
