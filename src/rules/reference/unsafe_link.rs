//! An address that is refused.

use crate::diagnostic::{Finding, Severity};
use crate::links::{TextTarget, Trouble, refused_scheme};
use crate::model::Front;
use crate::rules::{Context, Example, Rule};
use crate::source::Place;
use crate::table::Words;

use super::broken_link::destination;

pub(super) static RULE: Rule = Rule {
    name: "reference/unsafe-link",
    severity: Some(Severity::Error),
    summary: "a link with a scheme that is refused, or a path that leaves the source folder",
    why: "\
A link can do more than lead somewhere: `javascript:` runs in the reader's browser with the reader's \
rights, and a path that leaves the handbook points to whatever lies beside it where it is published. \
`http:`, `https:`, `mailto:` and `tel:` are enough for a handbook, and a page loads nothing from \
elsewhere.",
    source: "the format, section 7",
    broken: Example::new(
        r#"--- content/rota.md
# The rota

It is [on the board](javascript:show()).
"#,
    ),
    mended: Example::new(
        r#"--- content/rota.md
# The rota

It is [on the board](https://board.example.com).
"#,
    ),
    check: Some(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Finding>) {
    let config = &context.book.config;
    let place = |path, words: &Words| Place::new(path, words.span);
    for url in config.people.iter().filter_map(|person| person.url.as_ref()) {
        found.extend(address(place(&config.path, url), url));
    }
    for file in context.book.files() {
        let source = &file.source;
        for words in addresses(&file.front) {
            found.extend(address(place(&source.path, words), words));
        }
        for (link, target) in context.links.texts.of(&source.path) {
            if let TextTarget::Nowhere(Trouble::Unsafe(message, help)) = target {
                let place = Place::new(&source.path, destination(source, link).0);
                let finding = Finding::new("reference/unsafe-link", place, message.clone());
                found.push(finding.help(help.clone()));
            }
        }
    }
}

/// The values that hold an address, or words, or a link of Markdown, which is a link of the text.
fn addresses(front: &Front) -> Vec<&Words> {
    let mut all = Vec::new();
    match front {
        Front::Page(_) => {}
        Front::Direction(direction) => all.extend(&direction.links),
        Front::Okrs(okrs) => {
            all.extend(&okrs.links);
            for objective in &okrs.objectives {
                all.extend(&objective.links);
                for key_result in &objective.key_results {
                    all.extend(key_result.source.iter().chain(&key_result.links));
                }
            }
            all.extend(okrs.investments.iter().flat_map(|investment| &investment.links));
        }
    }
    all
}

fn address(place: Place, words: &Words) -> Option<Finding> {
    let scheme = refused_scheme(&words.value)?;
    let message = format!("an address with `{scheme}:` is refused");
    let help = "an address begins with http:, https:, mailto: or tel:";
    Some(Finding::new("reference/unsafe-link", place, message).help(help))
}
