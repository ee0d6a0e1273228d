//! TOML that does not parse.

use crate::diagnostic::Severity;
use crate::rules::{Example, Rule};

pub(super) static RULE: Rule = Rule {
    name: "format/bad-toml",
    severity: Some(Severity::Error),
    summary: "TOML that does not parse: every error of a file, not the first one only",
    why: "\
Front matter and `book.toml` are TOML, so that every editor can highlight them and every program read \
them. Habits from YAML and JSON, quotes from a word processor and brackets left open are told by name. \
One error does not hide the next, and what could be read of the rest is still checked.",
    source: "the format: front matter is TOML",
    broken: Example::new(
        r#"+++
shared = 2026-01-15
owner: "@ines"
[[objective]]
id = "calm"
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
id = "calm"
title = "Nights are calm"
supports = ["company/trust/uptime"]
key-result = [{ id = "pages", title = "Fewer pages at night", from = 40, to = 10, measured-in = "pages" }]
+++
"#,
    ),
    check: None,
};
