//! Two forms of key results in one objective.

use crate::diagnostic::Severity;
use crate::rules::{Example, Rule};

pub(super) static RULE: Rule = Rule {
    name: "format/mixed-forms",
    severity: Some(Severity::Error),
    summary: "`key-result = […]` and `[[objective.key-result]]` in one objective, or a key result before any objective",
    why: "\
Key results have a short form, a list with a line each, and a long one with a header each. In one \
objective TOML allows only one of them, and a key result above the first objective belongs to none. All \
of an objective's key results are therefore written in one form.",
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

[[objective.key-result]]
id = "rota"
title = "A rota that holds"
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
key-result = [
  { id = "pages", title = "Fewer pages at night", from = 40, to = 10, measured-in = "pages" },
  { id = "rota", title = "A rota that holds" },
]
+++
"#,
    ),
    check: None,
};
