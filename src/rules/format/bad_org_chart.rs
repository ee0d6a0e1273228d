//! Levels and units that do not fit together.

use crate::diagnostic::Severity;
use crate::rules::{Example, Rule};

pub(super) static RULE: Rule = Rule {
    name: "format/bad-org-chart",
    severity: Some(Severity::Error),
    summary: "levels and units in `book.toml` that do not fit together",
    why: "\
A contract is made at every level, and whoever delivers at one level sets at the next. That holds only \
where each unit has its level, and each below the top names the one unit of a higher level whose \
contract it helps to deliver. What a broken chart makes unknowable is not reported in the documents as \
well.",
    source: "the format, section 2; the contract between levels",
    broken: Example::new(
        r#"--- book.toml (more)
[unit.search]
level = "org"
name = "Search"
within = "cloud"
optional = true
"#,
    ),
    mended: Example::new(
        r#"--- book.toml (more)
[unit.search]
level = "org"
name = "Search"
within = "company"
optional = true
"#,
    ),
    check: None,
};
