//! A folder that is no cycle.

use crate::diagnostic::Severity;
use crate::rules::{Example, Rule};

pub(super) static RULE: Rule = Rule {
    name: "format/unknown-cycle",
    severity: Some(Severity::Error),
    summary: "a folder under `okrs/` that is no cycle, a file that is in none, or a name of a cycle that there is not",
    why: "\
The name of a folder gives its documents their dates: when they are due, when they run, when they are \
graded. A folder that is no cycle has no dates, so nothing in it would be expected, late or over. Names \
are those of the book's calendar, or declared in `book.toml`.",
    source: "the format, sections 1 and 2",
    broken: Example::new(
        r#"--- content/okrs/2025-q3/cloud.md
+++
[[objective]]
id = "calm"
title = "Nights are calm"
stands-alone = "Nobody above asked for it."
key-result = [{ id = "pages", title = "Fewer pages at night", from = 60, to = 40, measured-in = "pages" }]
+++
"#,
    ),
    mended: Example::new(
        r#"--- content/okrs/fy26-q3/cloud.md
+++
[[objective]]
id = "calm"
title = "Nights are calm"
stands-alone = "Nobody above asked for it."
key-result = [{ id = "pages", title = "Fewer pages at night", from = 60, to = 40, measured-in = "pages" }]
+++
"#,
    ),
    check: None,
};
