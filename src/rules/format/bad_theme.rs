//! A theme that does not work.

use crate::diagnostic::Severity;
use crate::rules::{Example, Rule};

pub(super) static RULE: Rule = Rule {
    name: "format/bad-theme",
    severity: Some(Severity::Error),
    summary: "a theme of the book's own that does not work: its `theme.toml`, a template, its words",
    why: "\
A theme lies over the built-in one, file by file, and both change. One that was made for other templates would \
show pages with holes, which nobody notices before a reader does. So a theme says which template interface it \
was written for, and the site is made with all of it or not at all.",
    source: "the guide on themes",
    broken: Example::new(
        r#"--- book.toml (more)
[output.html]
theme = "tholepin"
--- themes/tholepin/theme.toml
name = "tholepin"
"#,
    ),
    mended: Example::new(
        r#"--- book.toml (more)
[output.html]
theme = "tholepin"
--- themes/tholepin/theme.toml
name = "tholepin"
interface = 1
"#,
    ),
    check: None,
};
