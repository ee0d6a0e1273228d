//! A key that must be there.

use crate::diagnostic::Severity;
use crate::rules::{Example, Rule};

pub(super) static RULE: Rule = Rule {
    name: "format/missing-key",
    severity: Some(Severity::Error),
    summary: "a key that must be there and is not",
    why: "\
Without an id nothing can support an objective or discuss it, without a title nobody knows what it is. A \
target without a baseline tells how far one wants to be and not how far one has to go. Little is \
required, so that a draft stays short; what is, the rest cannot do without.",
    source: "the format, section 4",
    broken: Example::new(
        r#"+++
shared = 2026-01-15
owner = "@ines"
[[objective]]
title = "Nights are calm"
supports = ["company/trust/uptime"]
key-result = [{ id = "pages", title = "Fewer pages at night", from = 40, to = 10, measured-in = "pages" }]
+++
"#,
    ),
    mended: Example::new(
        r#"+++
shared = 2026-01-15
owner = "@ines"
[[objective]]
id = "nights-are-calm"
title = "Nights are calm"
supports = ["company/trust/uptime"]
key-result = [{ id = "pages", title = "Fewer pages at night", from = 40, to = 10, measured-in = "pages" }]
+++
"#,
    ),
    check: None,
};
