//! An allow that silences nothing.

use crate::diagnostic::Severity;
use crate::rules::{Example, Rule};

pub(super) static RULE: Rule = Rule {
    name: "format/unused-allow",
    severity: Some(Severity::Warning),
    summary: "an `[[allow]]` that silences nothing",
    why: "\
An allow says in public: this is so, and here is why. Once its cause is gone it tells readers something \
that is no longer true, and it would hide the same mistake if it came back. In cycles that are history \
nothing is asked, and so no allow is idle there.",
    source: "the format, section 4",
    broken: Example::new(
        r#"+++
shared = 2026-01-15
owner = "@ines"
[[objective]]
id = "calm"
title = "Nights are calm"
supports = ["company/trust/uptime"]
key-result = [{ id = "pages", title = "Fewer pages at night", from = 40, to = 10, measured-in = "pages" }]

[[allow]]
rule = "contract/uncovered"
why = "Nobody is below us."
+++
"#,
    ),
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
    ),
    check: None,
};
