//! A local file that does not exist.

use crate::diagnostic::{Finding, Severity};
use crate::links::{TextTarget, Trouble};
use crate::rules::{Context, Example, Rule};

use super::broken_link::finding;

pub(super) static RULE: Rule = Rule {
    name: "reference/missing-file",
    severity: Some(Severity::Error),
    summary: "an image or other local file that is no Markdown and does not exist",
    why: "\
A picture that is on the author's machine and not in the handbook is an empty frame for everyone else. \
Files stand beside the documents that show them and are copied with them, so that a handbook is complete \
wherever it is published.",
    source: "the format, sections 1 and 6",
    broken: Example::new(
        r#"--- content/rota.md
# The rota

![Who is up when](rota.png)
"#,
    ),
    mended: Example::new(
        r#"--- content/rota.png
--- content/rota.md
# The rota

![Who is up when](rota.png)
"#,
    ),
    check: Some(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Finding>) {
    for file in context.book.files() {
        for (link, target) in context.links.texts.of(&file.source.path) {
            if let TextTarget::Nowhere(Trouble::Missing(lost)) = target {
                found.push(
                    finding("reference/missing-file", &file.source, link, lost).maybe_help(
                        lost.replacement
                            .is_none()
                            .then(|| "put the file into the book, beside this one".to_owned()),
                    ),
                );
            }
        }
    }
}
