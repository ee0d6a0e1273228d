//! An id that is given twice.

use crate::diagnostic::Severity;
use crate::rules::{Example, Rule};

pub(super) static RULE: Rule = Rule {
    name: "format/duplicate-id",
    severity: Some(Severity::Error),
    summary: "an id twice in its namespace, or two documents of one unit in one cycle",
    why: "\
A reference must mean one thing. Where two objectives share an id, a key result above cannot tell which \
of them supports it, and a check-in lands on the first. The first place is shown beside the second; what \
refers to either is not reported as well.",
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
[[objective]]
id = "calm"
title = "Weekends are calm"
supports = ["company/trust/uptime"]
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
[[objective]]
id = "weekends"
title = "Weekends are calm"
supports = ["company/trust/uptime"]
+++
"#,
    ),
    check: None,
};
