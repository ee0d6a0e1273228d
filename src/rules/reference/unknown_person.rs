//! A handle that nobody has.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::diagnostic::{Finding, Patience, Severity};
use crate::model::{Direction, Front, Okrs};
use crate::rules::{Context, Example, Rule};
use crate::source::Place;
use crate::table::Words;

pub(super) static RULE: Rule = Rule {
    name: "reference/unknown-person",
    severity: Some(Severity::Warning),
    summary: "a handle that no declared person has, once people are declared",
    why: "\
An owner is someone to go to, and a signature is someone's word. A handle with a letter wrong is \
neither: the key result is on nobody's page, and the contract waits for a signature that was given under \
another name. A name without `@` is a role or a unit, and is left alone.",
    source: "the format, section 2",
    broken: Example::new(
        r#"+++
shared = 2026-01-15
owner = "@inse"
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
    check: Some(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Finding>) {
    let config = &context.book.config;
    if config.people.is_empty() || !config.known.people || !config.known.whole {
        return;
    }
    let mut people: Vec<&Words> = Vec::new();
    for unit in &config.units {
        people.extend(unit.set_by.iter().chain(&unit.delivered_by));
    }
    people.extend(config.written_by.iter().chain(&config.approved_by));
    look(context, &config.path, &people, found);
    for file in context.book.files() {
        let people = match &file.front {
            Front::Okrs(okrs) => in_okrs(okrs),
            Front::Direction(direction) => in_direction(direction),
            Front::Page(_) => continue,
        };
        look(context, &file.source.path, &people, found);
    }
}

fn in_okrs(okrs: &Okrs) -> Vec<&Words> {
    let mut people: Vec<&Words> = okrs.owner.iter().collect();
    for objective in &okrs.objectives {
        people.extend(&objective.owner);
        people.extend(objective.key_results.iter().flat_map(|key_result| &key_result.owner));
    }
    people.extend(okrs.investments.iter().flat_map(|investment| &investment.owner));
    people.extend(okrs.assurances.iter().filter_map(|of| of.by.as_ref()));
    people.extend(okrs.feedback.iter().filter_map(|of| of.by.as_ref()));
    people.extend(okrs.approvals.iter().filter_map(|of| of.by.as_ref()));
    people.extend(okrs.amendments.iter().filter_map(|of| of.by.as_ref()));
    people
}

fn in_direction(direction: &Direction) -> Vec<&Words> {
    let mut people: Vec<&Words> = direction.written_by.iter().collect();
    people.extend(direction.feedback.iter().filter_map(|of| of.by.as_ref()));
    people.extend(direction.approvals.iter().filter_map(|of| of.by.as_ref()));
    people
}

/// Reports who is unknown in a file: a handle that is near to one each time, since each was mistyped, and
/// another one once, since one table in book.toml mends them all.
fn look(context: &Context<'_>, path: &Arc<str>, people: &[&Words], found: &mut Vec<Finding>) {
    let config = &context.book.config;
    let (mut strangers, patience) = (BTreeSet::new(), Patience::default());
    for words in people {
        let Some(handle) = words.value.strip_prefix('@') else { continue };
        if config.person(handle).is_some() {
            continue;
        }
        let place = Place::new(path, words.span);
        if let Some(several) = several(&words.value) {
            let message = format!("`{}` is no handle", words.value);
            let finding = Finding::new("reference/unknown-person", place, message);
            found.push(finding.help(format!("write a list: `{several}`")).suggestion(words.span, several));
            continue;
        }
        let finding =
            Finding::new("reference/unknown-person", place, format!("there is no person `@{handle}`"));
        match patience.nearest(handle, config.people.iter().map(|person| person.handle.as_ref())) {
            Some(near) => found.push(
                finding
                    .help(format!("did you mean `@{near}`?"))
                    .suggestion(words.span, format!("\"@{near}\"")),
            ),
            None if strangers.insert(handle) => found
                .push(finding.help(format!(
                    "declare `[person.{handle}]` in book.toml; a role is written without `@`"
                ))),
            None => {}
        }
    }
}

/// Several handles in one text, as a list.
fn several(typed: &str) -> Option<String> {
    let names: Vec<&str> = typed.split([',', ';', '&', ' ']).filter(|part| !part.is_empty()).collect();
    let all = names.len() > 1 && names.iter().all(|name| name.len() > 1 && name.starts_with('@'));
    all.then(|| {
        format!("[{}]", names.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", "))
    })
}
