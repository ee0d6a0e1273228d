//! Front matter that is not there, or never ends.

use crate::diagnostic::Severity;
use crate::rules::{Example, Rule};

pub(super) static RULE: Rule = Rule {
    name: "format/no-front-matter",
    severity: Some(Severity::Error),
    summary: "front matter that is missing where there must be some, or that is never closed; an empty file",
    why: "\
What a unit promises stands in the front matter: TOML between two lines of `+++`. Only what stands there \
can be linked, signed and measured; the text below explains it. A document of a cycle without front \
matter promises nothing, and a line that is missing at its end turns the whole text into TOML.",
    source: "the format, sections 3 and 4",
    broken: Example::new(
        r#"+++
shared = 2026-01-15
owner = "@ines"
[[objective]]
id = "calm"
title = "Nights are calm"
supports = ["company/trust/uptime"]
key-result = [{ id = "pages", title = "Fewer pages at night", from = 40, to = 10, measured-in = "pages" }]

Why nights come first this quarter.
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

Why nights come first this quarter.
"#,
    ),
    check: None,
};
