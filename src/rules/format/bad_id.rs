//! An id with other characters than an id has.

use crate::diagnostic::Severity;
use crate::rules::{Example, Rule};

pub(super) static RULE: Rule = Rule {
    name: "format/bad-id",
    severity: Some(Severity::Error),
    summary: "an id with other characters than lower-case letters, digits and hyphens",
    why: "\
Ids are typed by other people: in references, on the command line, in the addresses of pages. Lower-case \
letters, digits and hyphens are the same on every keyboard, need no quotes and look the same in an \
address. The title is the place for everything else.",
    source: "the format, section 4",
    broken: Example::new(
        r#"+++
shared = 2026-01-15
owner = "@ines"
[[objective]]
id = "Calm nights"
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
id = "calm-nights"
title = "Nights are calm"
supports = ["company/trust/uptime"]
key-result = [{ id = "pages", title = "Fewer pages at night", from = 40, to = 10, measured-in = "pages" }]
+++
"#,
    ),
    check: None,
};
