//! A link to a page or heading that does not exist.

use crate::diagnostic::{Finding, Severity};
use crate::links::{Lost, TextTarget, Trouble};
use crate::markdown::TextLink;
use crate::rules::{Context, Example, Rule};
use crate::source::{Place, Source, Span};

pub(super) static RULE: Rule = Rule {
    name: "reference/broken-link",
    severity: Some(Severity::Error),
    summary: "a link in a text whose file, page or heading does not exist",
    why: "\
A reader who follows a link wants to know more, and stops trusting the page at the first one that leads \
nowhere. Files are renamed and headings reworded long after a text was written, so links are looked at \
in every check. The nearest file or heading is proposed.",
    source: "the format, section 6",
    broken: Example::new(
        r#"--- content/rota.md
# The rota

## Weekends

See [nights](#nigths).

## Nights
"#,
    ),
    mended: Example::new(
        r#"--- content/rota.md
# The rota

## Weekends

See [nights](#nights).

## Nights
"#,
    ),
    check: Some(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Finding>) {
    for file in context.book.files() {
        for (link, target) in context.links.texts.of(&file.source.path) {
            if let TextTarget::Nowhere(Trouble::Broken(lost)) = target {
                found.push(
                    finding("reference/broken-link", &file.source, link, lost).maybe_help(
                        lost.replacement
                            .is_none()
                            .then(|| "name a file of the book and a heading of it".to_owned()),
                    ),
                );
            }
        }
    }
}

/// The finding for a link to what is not there.
pub(super) fn finding(rule: &'static str, source: &Source, link: &TextLink, lost: &Lost) -> Finding {
    let (span, whole) = destination(source, link);
    let finding = Finding::new(rule, Place::new(&source.path, span), lost.message.clone());
    match &lost.replacement {
        Some(meant) if whole => {
            finding.help(format!("did you mean `{meant}`?")).suggestion(span, meant.clone())
        }
        Some(meant) => finding.help(format!("did you mean `{meant}`?")),
        None => finding,
    }
}

/// Where the destination of a link is typed, and whether it is typed there as it is: what stands in a
/// definition below, or with escapes, is marked by its link.
pub(super) fn destination(source: &Source, link: &TextLink) -> (Span, bool) {
    let text = source.slice(link.span);
    let after = |at: usize| {
        let rest = &text[at + 2..];
        let begin = rest.len() - rest.trim_start_matches(['<', ' ', '\n']).len();
        rest[begin..].starts_with(link.target.as_str()).then_some(at + 2 + begin)
    };
    let found = text.match_indices("](").filter_map(|(at, _)| after(at)).last();
    match found.filter(|_| !link.target.is_empty()) {
        Some(at) => {
            let start = link.span.start() + at;
            (Span::new(start, start + link.target.len()), true)
        }
        None => (link.span, false),
    }
}
