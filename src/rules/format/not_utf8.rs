//! A file that is not UTF-8.

use crate::diagnostic::Severity;
use crate::rules::{Example, Rule};

pub(super) static RULE: Rule = Rule {
    name: "format/not-utf8",
    severity: Some(Severity::Error),
    summary: "a file that is not UTF-8; names the first byte that is not",
    why: "\
A handbook is read by other people's editors, browsers and version control, and by this program. They \
agree on one way to write letters as bytes: UTF-8. In any other, names and currencies turn into question \
marks for someone. Nothing else is said of such a file, since nobody can tell what it says. A byte order \
mark at the beginning is accepted.",
    source: "the format: files are text in UTF-8",
    broken: Example::new(
        r#"--- content/okrs/fy27-q1/cloud.md (bytes)
+++
shared = 2026-01-15
owner = "@ines"
[[objective]]
id = "calm"
title = "N\xe4chte sind ruhig"
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
id = "calm"
title = "Nächte sind ruhig"
supports = ["company/trust/uptime"]
key-result = [{ id = "pages", title = "Fewer pages at night", from = 40, to = 10, measured-in = "pages" }]
+++
"#,
    ),
    check: None,
};
