//! A title that nobody reads to its end.

use crate::diagnostic::{Finding, Severity};
use crate::rules::{Context, Example, Rule};

use super::title::Title;

pub(super) static RULE: Rule = Rule {
    name: "quality/long-title",
    severity: Some(Severity::Note),
    summary: "a title over 30 words",
    why: "\
Titles stand in lists, on other units' pages and in talk. One that has to explain itself holds a reason, \
a condition or a second key result; a section with the item's id, or `why`, has room for the first two.",
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
  { id = "pages", title = "Fewer pages at night for the people on call in all four of our offices, counted from the moment at which the alarm goes off until the moment at which somebody has looked at it", from = 40, to = 10, measured-in = "pages" },
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
]
+++
"#,
    )
    .on("2026-01-25"),
    check: Some(check),
};

/// So many words can still be said in a breath.
const MOST: usize = 30;

fn check(context: &Context<'_>, found: &mut Vec<Finding>) {
    for sheet in context.sheets() {
        for (place, words) in sheet.titles() {
            // marks and addresses only add to the words
            if words.value.split_whitespace().count() <= MOST {
                continue;
            }
            let count = words_in(&Title::of(words, &sheet.document.file).plain);
            if count <= MOST {
                continue;
            }
            let message = format!("the title of `{}` has {count} words", sheet.name(place));
            found.push(
                sheet
                    .finding("quality/long-title", place, words.span, message)
                    .help("keep what one would say aloud; put the rest into `why`, or a section of its own"),
            );
        }
    }
}

/// How many words one would say: a sign that stands alone, as in `< 10 s`, is none.
fn words_in(title: &str) -> usize {
    title.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_is_no_word() {
        assert_eq!(words_in("Search takes < 10 s – always"), 5);
        assert_eq!(words_in("<2s and C++"), 3);
        assert_eq!(words_in("– → &"), 0);
    }
}
