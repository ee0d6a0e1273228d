//! Two cycles of one length at the same time.

use crate::diagnostic::Severity;
use crate::rules::{Example, Rule};

pub(super) static RULE: Rule = Rule {
    name: "format/overlapping-cycles",
    severity: Some(Severity::Error),
    summary: "two cycles of one length whose dates overlap",
    why: "\
Cycles of one length follow each other: a unit has one contract at a time, and it is clear which of them \
a day belongs to. A longer cycle may enclose shorter ones, as a year does its quarters. Two quarters on \
the same day are two promises for the same hours.",
    source: "the format, section 2",
    broken: Example::new(
        r#"--- book.toml (more)
[cycle.fy27-q2]
start = 2026-04-20
end = 2026-07-31
"#,
    ),
    mended: Example::new(
        r#"--- book.toml (more)
[cycle.fy27-q2]
start = 2026-05-01
end = 2026-07-31
"#,
    ),
    check: None,
};
