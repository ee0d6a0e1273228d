//! A key result that is measured in two ways at once.

use crate::diagnostic::Severity;
use crate::rules::{Example, Rule};

pub(super) static RULE: Rule = Rule {
    name: "format/mixed-measure",
    severity: Some(Severity::Error),
    summary: "a key result that is two kinds at once: measured and a threshold",
    why: "\
A measured key result moves from a baseline to a target and has progress on the way. A threshold is kept \
or reached and has none: it is met or it is not. One that says both can be behind and met on the same \
day, and nobody can tell what was promised. Two promises are two key results.",
    source: "the format, section 4",
    broken: Example::new(
        r#"+++
shared = 2026-01-15
owner = "@ines"
[[objective]]
id = "calm"
title = "Nights are calm"
supports = ["company/trust/uptime"]
key-result = [{ id = "pages", title = "Fewer pages at night", from = 40, to = 10, at-most = 12, measured-in = "pages" }]
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
