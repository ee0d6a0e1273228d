//! A document of a unit that there is not.

use crate::diagnostic::Severity;
use crate::rules::{Example, Rule};

pub(super) static RULE: Rule = Rule {
    name: "format/unknown-unit",
    severity: Some(Severity::Error),
    summary: "a document whose unit is not declared, or does not exist in that cycle",
    why: "\
The name of a file says whose promise it is. A unit that `book.toml` does not know has no level, no \
parties to sign and nothing that it is within, so its document would be a contract of nobody. A unit \
that came later or has ended has no documents before or after.",
    source: "the format, sections 1 and 2",
    broken: Example::new(
        r#"--- content/okrs/fy27-q1/search.md
+++
shared = 2026-01-15
owner = "@ines"
[[objective]]
id = "found"
title = "What is there is found"
supports = ["company/trust/uptime"]
+++
"#,
    ),
    mended: Example::new(
        r#"--- book.toml (more)
[unit.search]
level = "org"
name = "Search"
within = "company"
--- content/okrs/fy27-q1/search.md
+++
shared = 2026-01-15
owner = "@ines"
[[objective]]
id = "found"
title = "What is there is found"
supports = ["company/trust/uptime"]
+++
"#,
    ),
    check: None,
};
