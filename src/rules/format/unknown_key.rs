//! A key that the format lacks, or has elsewhere.

use crate::diagnostic::Severity;
use crate::rules::{Example, Rule};

pub(super) static RULE: Rule = Rule {
    name: "format/unknown-key",
    severity: Some(Severity::Error),
    summary: "a key that the format lacks, or has in another place",
    why: "\
A key that nobody reads is a promise that nobody sees: the author believes it said, and no page shows \
it. The nearest key is proposed, and one that belongs to another table says to which. `parent`, \
`children`, `status` and `progress`, which other tools have, are explained: OKRs do not nest, and what \
can be computed is not typed.",
    source: "the format, section 4",
    broken: Example::new(
        r#"+++
shared = 2026-01-15
owner = "@ines"
[[objective]]
id = "calm"
title = "Nights are calm"
parent = "company/trust"
key-result = [{ id = "pages", title = "Fewer pages at night", from = 40, to = 10, measured-in = "pages" }]
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
