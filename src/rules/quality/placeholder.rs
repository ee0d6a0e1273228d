//! A title with something left to fill in.

use std::ops::Range;

use crate::diagnostic::{Finding, Severity};
use crate::rules::{Context, Example, Rule};
use crate::source::Place;

use super::opening::opening;
use super::title::Title;

pub(super) static RULE: Rule = Rule {
    name: "quality/placeholder",
    severity: Some(Severity::Warning),
    summary: "TBD, TODO, ??, XX or X % left in a title; an error once the document is final",
    why: "\
A placeholder in a draft is honest: it says what is not known yet. In a document that both parties have \
signed it is a promise of nobody knows what. Code, links and private references are left alone: `XX` in \
a link is its text, not a gap.",
    source: "the writing of key results",
    broken: Example::new(
        r#"+++
shared = 2026-01-15
owner = "@ines"
[[objective]]
id = "calm"
title = "Nights are calm"
supports = ["company/trust/uptime"]
key-result = [
  { id = "pages", title = "Fewer than XX pages at night", from = 40, to = 10, measured-in = "pages" },
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
  { id = "pages", title = "Fewer than ten pages at night", from = 40, to = 10, measured-in = "pages" },
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
            if !may_have_gap(&words.value) {
                continue;
            }
            let title = Title::of(words, &sheet.document.file);
            let Some(gap) = gap(&title.words) else { continue };
            let message =
                format!("`{}` is left in the title of `{}`", &title.words[gap.clone()], sheet.name(place));
            let span = title.span(gap.start, gap.end);
            let finding = sheet.finding("quality/placeholder", place, span, message).help(HELP);
            found.push(match sheet.is_agreed(context) {
                true => finding.severity(Severity::Error),
                false => finding,
            });
        }
    }
    for of in context.book.directions.iter().filter(|of| context.is_live(of.cycle) && !of.file.broken) {
        let direction = of.direction();
        let themes = direction.themes.iter().map(|theme| (theme.title.as_ref(), theme.id.as_ref()));
        for (words, id) in themes.chain([(direction.title.as_ref(), None)]) {
            let Some(words) = words.filter(|words| may_have_gap(&words.value)) else { continue };
            let title = Title::of(words, &of.file);
            let Some(gap) = gap(&title.words) else { continue };
            let message = format!(
                "`{}` is left in the title of {}",
                &title.words[gap.clone()],
                match id {
                    Some(id) => format!("the theme `{}`", id.value),
                    None => "the direction".to_owned(),
                }
            );
            let place = Place::new(&of.file.source.path, title.span(gap.start, gap.end));
            let finding = Finding::new("quality/placeholder", place, message).help(HELP);
            found.push(match id {
                Some(id) => finding.about(id.value.clone()),
                None => finding,
            });
        }
    }
}

const HELP: &str =
    "say what is meant; a number that must not be on the page is left out, and `source` says where it is";

/// Words that make of TODO a thing of its own.
const THINGS: &[&str] = &["comment", "list", "item", "app", "marker", "tag", "entr", "ticket"];

/// Whether a title can have a placeholder: most can be passed over at a glance.
fn may_have_gap(title: &str) -> bool {
    ["X", "x", "T", "tbd", "??"].into_iter().any(|part| title.contains(part))
}

/// Whether the words of a title have a placeholder among them.
pub(super) fn has_gap(words: &str) -> bool {
    gap(words).is_some()
}

/// The first placeholder in the words of a title.
fn gap(words: &str) -> Option<Range<usize>> {
    marks(words).into_iter().chain(tokens(words)).min_by_key(|gap| gap.start)
}

/// Two question marks or more, but for those that end a question.
fn marks(words: &str) -> Option<Range<usize>> {
    const ASK: &[&str] = &[
        "what", "why", "how", "who", "when", "where", "which", "can", "do", "does", "is", "are", "will",
        "should", "could", "would",
    ];
    let start = words.find("??")?;
    let length = words[start..].find(|c| c != '?').unwrap_or(words.len() - start);
    let ends = words[start + length..].trim().is_empty() && words[..start].ends_with(char::is_alphabetic);
    let asks = opening(words).is_some_and(|opening| ASK.contains(&opening.first.as_str()));
    (!(ends && asks)).then_some(start..start + length)
}

/// A word that stands for one that is to come.
fn tokens(words: &str) -> Option<Range<usize>> {
    let inside = |c: char| c.is_alphanumeric() || c == '_';
    let mut at = 0;
    while at < words.len() {
        let Some(start) = words[at..].find(inside).map(|found| at + found) else { break };
        let end = words[start..].find(|c| !inside(c)).map_or(words.len(), |found| start + found);
        at = end;
        let (word, rest) = (&words[start..end], &words[end..]);
        let spaced = rest.trim_start_matches(']').trim_start();
        let per_cent = ["%", "percent", "per cent"].into_iter().any(|sign| spaced.starts_with(sign));
        let money = words[..start].ends_with(['$', '€', '£', '¥']);
        let open = match word {
            "TBD" | "tbd" | "Tbd" | "TBC" | "TBA" => true,
            "TODO" => !THINGS.iter().any(|thing| spaced.to_lowercase().starts_with(thing)),
            _ => {
                let (run, upper) = xs(word);
                run > 0 && (per_cent || (upper && (money || run > 1)))
            }
        };
        if open {
            let sign = rest.find('%').filter(|_| per_cent && spaced.starts_with('%'));
            return Some(start..sign.map_or(end, |sign| end + sign + 1));
        }
    }
    None
}

/// How many X a word is made of, `XX` or `XXk`, and whether they are capitals; 0 for another word.
fn xs(word: &str) -> (usize, bool) {
    let run = word.find(|c| !matches!(c, 'X' | 'x')).unwrap_or(word.len());
    let unit = matches!(&word[run..], "" | "k" | "K" | "m" | "M" | "b" | "B" | "bn" | "ms");
    let upper = word[..run].bytes().all(|byte| byte == b'X');
    if unit { (run, upper) } else { (0, upper) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::found;

    #[test]
    fn gaps_are_told_from_words() {
        for (words, expected) in [
            ("TBD -- Expansion OKR", Some("TBD")),
            ("Raise NPS to ??", Some("??")),
            ("Raise NPS to??", Some("??")),
            ("Cut it by X %", Some("X %")),
            ("Cut it by [X]%", Some("X]%")),
            ("From xx% to yy%", Some("xx%")),
            ("Add $XM ARR", Some("XM")),
            ("XX customers, TODO: which", Some("XX")),
            ("XXk users", Some("XXk")),
            ("Why do they leave??", None),
            ("Fewer 5XX and 4xx errors in XXL", None),
            ("Grow our X followers", None),
            ("todo el equipo", None),
            ("Resolve TODO comments and TODOs", None),
            ("10 x % of", Some("x %")),
        ] {
            assert_eq!(gap(words).map(|gap| &words[gap]), expected, "{words}");
        }
    }

    #[test]
    fn code_links_and_private_references_are_left_alone() {
        let files = r#"+++
owner = "@ines"
[[objective]]
id = "calm"
title = "No `TODO` left, [_XX_][n1], [XX][n2] and [TBD](https://x.org)"
supports = ["company/trust/uptime"]
[[objective.key-result]]
id = "pages"
title = "**Fewer** than XX % at night"
from = 40
to = 10
[[objective.key-result]]
id = "later"
title = "TBD"
state = "dropped"
+++

[n1]: https://x.org
"#;
        let finding = "cloud.md:9:25 warning: `XX %` is left in the title of `cloud/calm/pages`";
        assert_eq!(found("quality/placeholder", files, "2026-01-25"), [finding]);
    }

    const FINAL: &str = r#"+++
shared = 2026-01-15
owner = "@ines"
[[objective]]
id = "calm"
title = "TBD"
supports = ["company/trust/uptime"]
[[objective]]
id = "what"
title = "What now?"
supports = ["company/trust/uptime"]
[[approval]]
by = "@ines"
as = "set-by"
on = 2026-01-30
[[approval]]
by = "@kai"
as = "delivered-by"
on = 2026-01-30
+++
"#;

    #[test]
    fn what_is_final_has_no_gaps() {
        let severities = |day| {
            let found = found("quality", FINAL, day);
            found.iter().filter_map(|line| line.split(' ').nth(1).map(str::to_owned)).collect::<Vec<_>>()
        };
        assert_eq!(severities("2026-01-29"), ["warning:", "warning:", "warning:", "note:"]);
        assert_eq!(severities("2026-01-30"), ["error:", "error:", "error:", "warning:"]);
    }

    #[test]
    fn a_book_has_the_last_word() {
        let files = concat!(
            "--- content/okrs/fy27-q1/cloud.md\n+++\n[[objective]]\nid = \"a\"\ntitle = \"TBD\"\n",
            "[[allow]]\nrule = \"quality/no-key-results\"\nwhy = \"Later.\"\n+++\n",
            "--- book.toml\n[book]\ntitle = \"B\"\n[calendar]\nfiscal-year-starts = \"02-01\"\n",
            "[[level]]\nid = \"org\"\nname = \"O\"\n[unit.cloud]\nlevel = \"org\"\nname = \"C\"\n",
            "[rules]\n\"quality/placeholder\" = \"note\"\n",
            "--- content/okrs/fy27-q1/company.md (absent)\n",
        );
        let finding = "cloud.md:4:10 note: `TBD` is left in the title of `cloud/a`";
        assert_eq!(found("quality", files, "2026-01-25"), [finding]);
    }
}
