//! An objective that is tied to nothing above.

use crate::diagnostic::{Finding, Severity};
use crate::model::{ItemPlace, Objective};
use crate::rules::{Context, Example, Rule};

pub(super) static RULE: Rule = Rule {
    name: "contract/unaligned",
    severity: Some(Severity::Note),
    summary: "an objective that supports nothing above, answers no theme and does not say why it stands alone",
    why: "\
Not all that a unit does is asked for from above, and it need not be. But readers above count what \
they can see: an objective that names nothing it helps is either work for something that nobody \
promised, or a link that was forgotten. Only its author knows which. A sentence in `stands-alone` \
settles it.",
    source: "the contract between levels: links are many to many",
    broken: Example::new(
        r#"+++
shared = 2026-01-15
owner = "@ines"
[[objective]]
id = "calm"
title = "Nights are calm"
supports = ["company/trust/uptime"]
key-result = [{ id = "pages", title = "Fewer pages at night", from = 40, to = 10, measured-in = "pages" }]

[[objective]]
id = "few-hands"
title = "Few hands can touch live data"
key-result = [{ id = "access", title = "Fewer people with standing access", from = 34, to = 6, measured-in = "people" }]
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

[[objective]]
id = "few-hands"
title = "Few hands can touch live data"
stands-alone = "Our insurer asks for it by the summer."
key-result = [{ id = "access", title = "Fewer people with standing access", from = 34, to = 6, measured-in = "people" }]
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
    for sheet in context.sheets().filter(|sheet| sheet.unit.level > 0) {
        for (at, objective) in sheet.objectives() {
            let place = ItemPlace::Objective(at);
            let mut parts = (0..objective.key_results.len()).map(|of| ItemPlace::KeyResult(at, of));
            if is_tied(objective) || !sheet.is_clear(place) || parts.any(|part| sheet.may_hide(part)) {
                continue;
            }
            let message = format!(
                "`{}` supports nothing above and answers no theme, and does not say why",
                sheet.name(place)
            );
            found.push(sheet.finding("contract/unaligned", place, sheet.span(place), message).help(
                "name what it helps with `supports` or `themes`, or say why it needs neither: `stands-alone = \"…\"`",
            ));
        }
    }
}

/// Whether it is tied to something above, or its author says why not. Where a tie leads nowhere is
/// reported there.
fn is_tied(objective: &Objective) -> bool {
    let says = objective.stands_alone.as_ref().is_some_and(|why| !why.value.trim().is_empty());
    let supports = objective.key_results.iter().any(|key_result| !key_result.supports.is_empty());
    says || supports || !objective.supports.is_empty() || !objective.themes.is_empty()
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::found;

    #[test]
    fn what_is_only_missing_hides_no_tie() {
        let lacks = r#"+++
[[objective]]
id = "calm"
title = "Nights are calm"
key-result = [{ id = "pages", title = "Fewer pages", from = 40 }]
+++
"#;
        let finding = "cloud.md:3:6 note: `cloud/calm` supports nothing above and answers no theme, and does not say why";
        assert_eq!(found("contract/unaligned", lacks, "2026-01-25"), [finding]);
        let misspelt = r#"+++
[[objective]]
id = "calm"
title = "Nights are calm"
key-result = [{ id = "pages", title = "Fewer pages", suports = ["company/trust/uptime"] }]
+++
"#;
        assert!(found("contract/unaligned", misspelt, "2026-01-25").is_empty());
        let unfinished = r#"+++
[[objective]]
id = "calm"
title = "Nights are calm"
supports =
[[objective]]
id = "days"
title = "Days are calm"
+++
"#;
        let finding = "cloud.md:7:6 note: `cloud/days` supports nothing above and answers no theme, and does not say why";
        assert_eq!(found("contract/unaligned", unfinished, "2026-01-25"), [finding]);
    }
}
