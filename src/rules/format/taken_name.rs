//! Two sources for one address of the site.

use crate::diagnostic::{Finding, Severity};
use crate::rules::{Context, Example, Rule};

pub(super) static RULE: Rule = Rule {
    name: "format/taken-name",
    severity: Some(Severity::Error),
    summary: "two sources for one address of the site, or a unit or cycle named as something that the site has",
    why: "\
Every document, page and file has one address, and people keep those addresses in mails and minutes. \
Where two sources make the same one, the later would silently replace the earlier. Letters are compared \
in lower case, because a site may be published from a disk that does not tell the cases apart.",
    source: "the format, sections 1 and 5",
    broken: Example::new(
        r#"--- content/fy27-q1.md
# Our first quarter
"#,
    ),
    mended: Example::new(
        r#"--- content/first-quarter.md
# Our first quarter
"#,
    ),
    check: Some(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Finding>) {
    found.extend(context.book.taken_names(context.assets));
}
