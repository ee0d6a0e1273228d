//! A theme that cannot show the pages.

use crate::diagnostic::Severity;
use crate::rules::{Example, Rule};

pub(super) static RULE: Rule = Rule {
    name: "format/bad-theme",
    severity: Some(Severity::Error),
    summary: "a theme that was made for another okrbook, or a template or language file that does not parse",
    why: "\
A theme takes the place of parts of the built-in one, file by file. It says in `theme.toml` which template \
interface it was written for, because what templates are given may change: a theme of another interface \
would show pages with holes in them, and nobody would be told.",
    source: "the guide on themes",
    broken: Example::new(
        r#"--- book.toml (more)

[output.html]
theme = "ours"
--- themes/ours/theme.toml
name = "ours"
interface = 0
"#,
    ),
    mended: Example::new(
        r#"--- book.toml (more)

[output.html]
theme = "ours"
--- themes/ours/theme.toml
name = "ours"
interface = 1
"#,
    ),
    check: None,
};
