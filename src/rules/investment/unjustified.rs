//! An investment that advances nothing, or gives no reason.

use crate::diagnostic::{Finding, Severity};
use crate::rules::{Context, Example, Rule};

use super::active;

pub(super) static RULE: Rule = Rule {
    name: "investment/unjustified",
    severity: Some(Severity::Warning),
    summary: "an investment that advances nothing, or whose `why` is empty",
    why: "\
Work that no key result asks for is paid for by every key result that has to wait. So it gives a \
reason that others can weigh, best with what is lost each day while it is not done, and names what \
gains from it: an objective, a key result, a theme, of this unit or another. One that advances nothing \
is a hobby, or its reason is not yet found.",
    source: "the process: engineering investments",
    broken: Example::new(
        r#"+++
shared = 2026-01-15
owner = "@ines"
[[objective]]
id = "calm"
title = "Nights are calm"
supports = ["company/trust/uptime"]
key-result = [{ id = "pages", title = "Fewer pages at night", from = 40, to = 10, measured-in = "pages" }]

[[investment]]
id = "build-time"
title = "Builds take ten minutes"
capacity = 20
why = "Every fix at night waits half an hour for its build."
advances = []
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

[[investment]]
id = "build-time"
title = "Builds take ten minutes"
capacity = 20
why = "Every fix at night waits half an hour for its build."
advances = ["cloud/calm"]
+++
"#,
    )
    .on("2026-01-25"),
    check: Some(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Finding>) {
    for sheet in context.sheets() {
        for (place, investment) in active(&sheet) {
            let idle = investment.has_advances && investment.advances.is_empty();
            let empty = investment.why.as_ref().filter(|why| why.value.trim().is_empty());
            if !sheet.is_clear(place) || !(idle || empty.is_some()) {
                continue;
            }
            let name = sheet.name(place);
            let message = match (idle, empty.is_some()) {
                (true, true) => format!("the investment `{name}` advances nothing and gives no reason"),
                (true, false) => format!("the investment `{name}` advances nothing"),
                _ => format!("the investment `{name}` gives no reason"),
            };
            let help = match idle {
                true => {
                    "name in `advances` what gains from it: an objective, a key result, `direction/THEME`"
                }
                false => "say in `why` what is lost while it is not done",
            };
            let span = empty.filter(|_| !idle).map_or(sheet.span(place), |why| why.span);
            found.push(sheet.finding("investment/unjustified", place, span, message).help(help));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::found;

    #[test]
    fn what_is_missing_is_told_as_missing_only() {
        let files = r#"+++
[[investment]]
id = "a"
title = "A"
capacity = 20
why = " "
advances = ["cloud/b"]
[[investment]]
id = "b"
title = "B"
capacity = 20
why = "Because."
[[investment]]
id = "c"
title = "C"
capacity = 20
why = ""
advances = []
state = "dropped"
+++
"#;
        let finding = "cloud.md:6:7 warning: the investment `cloud/a` gives no reason";
        assert_eq!(found("investment", files, "2026-01-25"), [finding]);
    }
}
