//! A title that is a question.

use crate::diagnostic::{Finding, Severity};
use crate::rules::{Context, Example, Rule};

use super::title::{OBJECT, Title};

pub(super) static RULE: Rule = Rule {
    name: "quality/question",
    severity: Some(Severity::Note),
    summary: "a title that is a question; a warning once the document is final",
    why: "\
A question in a draft asks those who read it, and belongs into the round trip as feedback. In a final \
document nobody has answered it, and a key result that asks cannot be reached. \"We know why customers \
leave\" can.",
    source: "the writing of titles",
    broken: Example::new(
        r#"+++
shared = 2026-01-15
owner = "@ines"
[[objective]]
id = "calm"
title = "Nights are calm"
supports = ["company/trust/uptime"]
key-result = [
  { id = "pages", title = "Fewer pages at night", from = 40, to = 10, measured-in = "pages" },
  { id = "causes", title = "Why do the pagers go off?" },
]
+++
"#,
    )
    .on("2026-01-25"),
    mended: Example::new(
        r#"+++
shared = 2026-01-15
owner = "@ines"
[[objective]]
id = "calm"
title = "Nights are calm"
supports = ["company/trust/uptime"]
key-result = [
  { id = "pages", title = "Fewer pages at night", from = 40, to = 10, measured-in = "pages" },
  { id = "causes", title = "Every page has a cause that we know" },
]
+++
"#,
    )
    .on("2026-01-25"),
    check: Some(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Finding>) {
    for sheet in context.sheets() {
        for (place, words) in sheet.titles() {
            if !words.value.contains(['?', '？', '؟']) {
                continue;
            }
            let title = Title::of(words, &sheet.document.file);
            if !is_question(&title) {
                continue;
            }
            let message = format!("the title of `{}` is a question", sheet.name(place));
            let finding = sheet
                .finding("quality/question", place, words.span, message)
                .help("say what will be true; ask in the round trip, with `[[feedback]]`");
            found.push(match sheet.is_agreed(context) {
                true => finding.severity(Severity::Warning),
                false => finding,
            });
        }
    }
}

/// Whether a title ends as a question does: not with one that it quotes or links to.
fn is_question(title: &Title) -> bool {
    let own = title.words.trim();
    let words = if own.chars().all(|c| c == OBJECT) { title.plain.trim() } else { own };
    let ends = words.ends_with(['?', '？', '؟']);
    // marks without a word before them are a gap, and told as one
    let asks = words
        .trim_end_matches(['?', '？', '؟', ' '])
        .ends_with(|c: char| c.is_alphanumeric() || matches!(c, ')' | '"' | '”' | '’' | '%' | OBJECT));
    let gap = words.ends_with("??") && super::placeholder::has_gap(words);
    ends && asks && !gap
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::found;

    #[test]
    fn a_question_that_is_quoted_or_linked_is_none() {
        let files = r#"+++
owner = "@ines"
[[objective]]
id = "a"
title = "Do we need it?"
supports = ["company/trust/uptime"]
key-result = [
  { id = "r1", title = "Everyone can answer \"what changed?\"", at-most = 1 },
  { id = "r2", title = "Readers find [Where is it?](https://x.org)", at-most = 1 },
  { id = "r3", title = "Raise it to ??", at-most = 1 },
]
+++
"#;
        let finding = "cloud.md:5:9 note: the title of `cloud/a` is a question";
        assert_eq!(found("quality/question", files, "2026-01-25"), [finding]);
    }
}
