//! A file that cannot be read.

use crate::diagnostic::Severity;
use crate::rules::{Example, Rule};

pub(super) static RULE: Rule = Rule {
    name: "format/unreadable",
    severity: Some(Severity::Error),
    summary: "a file that cannot be read, or a symbolic link that leaves the book",
    why: "\
A file that its owner alone may open is there on one machine and missing on the next, and the site would \
differ with whoever builds it. A link that leads out of the handbook would publish what was never meant \
to be in it. What refers to the file is not reported again.",
    source: "the format, section 1",
    broken: Example::new(
        r#"--- content/okrs/fy27-q1/cloud.md (unreadable)
is a symbolic link that leaves the book's folder: it is not followed
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
