//! A value outside of its set or range.

use crate::diagnostic::Severity;
use crate::rules::{Example, Rule};

pub(super) static RULE: Rule = Rule {
    name: "format/bad-value",
    severity: Some(Severity::Error),
    summary: "a value outside of its set or range: a word that is none of the key's, a day that does not exist, a share over 1",
    why: "\
A date that no calendar has cannot be late, a grade of 7 on a scale to 1 cannot be averaged, and a key \
result that moves from 40 to 40 is reached before it begins. Such values look like facts on a page. The \
finding says what the key takes, and the nearest that was meant.",
    source: "the format, section 4",
    broken: Example::new(
        r#"+++
shared = 2026-01-15
owner = "@ines"
[[objective]]
id = "calm"
title = "Nights are calm"
supports = ["company/trust/uptime"]
key-result = [{ id = "pages", title = "Fewer pages at night", from = 40, to = 10, measured-in = "pages", due = 2026-04-31 }]
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
key-result = [{ id = "pages", title = "Fewer pages at night", from = 40, to = 10, measured-in = "pages", due = 2026-04-30 }]
+++
"#,
    ),
    check: None,
};
