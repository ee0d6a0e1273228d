//! A key result above that nobody below answers.

use crate::diagnostic::{Finding, Severity};
use crate::links::Covered;
use crate::rules::{Context, Example, Rule};

use super::gap::gaps;

pub(super) static RULE: Rule = Rule {
    name: "contract/uncovered",
    severity: Some(Severity::Warning),
    summary: "a key result that nobody in the units below answers, once the drafts are due",
    why: "\
Whoever leads a level answers for this: if the level below reaches its OKRs, the level above reaches \
its own. That holds only where every key result above is covered from below, by a key result that \
supports it or by a unit's word that its OKRs are sufficient. A key result that nobody answers is a \
promise without anyone to keep it, and the time to see that is while the drafts can still change.",
    source: "the contract between levels",
    broken: Example::new(
        r#"+++
shared = 2026-01-15
owner = "@ines"
[[objective]]
id = "calm"
title = "Nights are calm"
stands-alone = "Nobody above asks for it."
key-result = [{ id = "pages", title = "Fewer pages at night", from = 40, to = 10, measured-in = "pages" }]
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
+++
"#,
    )
    .on("2026-01-25"),
    check: Some(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Finding>) {
    for gap in gaps(context, Covered::Uncovered) {
        let name = gap.name();
        let units: Vec<&str> = gap
            .coverage
            .answers
            .iter()
            .map(|answer| context.book.config.units[answer.unit].id.as_ref())
            .collect();
        let silent: Vec<&str> = gap
            .coverage
            .answers
            .iter()
            .filter(|answer| answer.assurances.is_empty())
            .map(|answer| context.book.config.units[answer.unit].id.as_ref())
            .collect();
        let message = format!("the key result `{name}` is not covered: {}", who(&units, &silent));
        let place = match silent.as_slice() {
            [only] => format!("in `{only}`"),
            _ => "in its document".to_owned(),
        };
        found.push(
            gap.sheet.finding("contract/uncovered", gap.entry.place, gap.span(), message).help(format!(
                "let a key result below support it (`supports = [\"{name}\"]`), or let the unit that owns it answer with an assurance {place}: `[[assurance]]` with `for = \"{name}\"`, `by`, `verdict` and `why`",
            )),
        );
    }
}

/// Who has not answered. Those who said that it is not theirs have.
fn who(units: &[&str], silent: &[&str]) -> String {
    match silent {
        [only] => format!("`{only}` does not answer"),
        [first, second] => format!("neither `{first}` nor `{second}` answers"),
        many if many.len() == units.len() => format!("none of the {} units below answers", many.len()),
        many => format!("{} of the {} units below do not answer", many.len(), units.len()),
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::found;

    const ALONE: &str = r#"+++
shared = 2026-01-15
owner = "@ines"
[[objective]]
id = "calm"
title = "Nights are calm"
stands-alone = "Nobody above asks for it."
key-result = [{ id = "pages", title = "Fewer pages at night", from = 40, to = 10 }]
+++
"#;

    #[test]
    fn a_gap_is_told_from_the_day_on_which_the_drafts_are_due() {
        let finding = "company.md:10:10 warning: the key result `company/trust/uptime` is not covered: `cloud` does not answer";
        assert!(found("contract", ALONE, "2026-01-17").is_empty());
        for day in ["2026-01-18", "2026-05-28"] {
            assert_eq!(found("contract", ALONE, day), [finding], "{day}");
        }
        assert!(found("contract", ALONE, "2026-05-29").is_empty(), "history is not nagged");
    }

    #[test]
    fn what_a_mistake_may_hide_is_not_told() {
        let typo = r#"+++
owner = "@ines"
[[objective]]
id = "calm"
title = "Nights are calm"
supports = ["company/trust/uptme"]
key-result = [{ id = "pages", title = "Fewer pages at night", from = 40, to = 10 }]
+++
"#;
        assert!(found("contract", typo, "2026-01-25").is_empty());
        assert!(found("contract", "+++\nshared = [\n+++\n", "2026-01-25").is_empty());
    }
}
