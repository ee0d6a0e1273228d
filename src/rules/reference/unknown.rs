//! A reference to nothing.

use crate::diagnostic::{Finding, Patience, Severity, one_of};
use crate::links::{EdgeKind, Target, TextTarget, Trouble, Unresolved};
use crate::model::{Direction, File, Front, ItemPlace, Kind, Okrs};
use crate::rules::{Context, Example, Rule};
use crate::source::{Place, Source};
use crate::table::Words;

use super::repeated::repeats;

pub(super) static RULE: Rule = Rule {
    name: "reference/unknown",
    severity: Some(Severity::Error),
    summary: "a reference to nothing: no such cycle, unit, objective, key result or investment",
    why: "\
Levels hold together by references. One that leads nowhere is a support that is not there, a need \
that nobody knows of, feedback about something that was renamed. The nearest name that exists is \
proposed, and whether the same reference exists in another cycle.",
    source: "the format, section 6",
    broken: Example::new(
        "\
+++
shared = 2026-01-15
owner = \"@ines\"
[[objective]]
id = \"calm\"
title = \"Nights are calm\"
supports = [\"company/trust/uptme\"]
key-result = [{ id = \"pages\", title = \"Fewer pages at night\", from = 40, to = 10, measured-in = \"pages\" }]
+++
",
    ),
    mended: Example::new(
        "\
+++
shared = 2026-01-15
owner = \"@ines\"
[[objective]]
id = \"calm\"
title = \"Nights are calm\"
supports = [\"company/trust/uptime\"]
key-result = [{ id = \"pages\", title = \"Fewer pages at night\", from = 40, to = 10, measured-in = \"pages\" }]
+++
",
    ),
    check: Some(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Finding>) {
    edges(context, found);
    for file in context.book.files() {
        for (link, target) in context.links.texts.of(&file.source.path) {
            if let TextTarget::Nowhere(Trouble::Reference(error)) = target {
                let place = Place::new(&file.source.path, link.span);
                let typed = file.source.slice(link.span);
                found.extend(finding(place, error, |meant| typed.replacen(&link.target, meant, 1)));
            }
        }
        if file.broken {
            continue;
        }
        match &file.front {
            Front::Okrs(okrs) => {
                let patience = Patience::default();
                places(file, okrs, &patience, found);
                held(context, file, okrs, &patience, found);
            }
            Front::Direction(direction) => themes(&file.source, direction, found),
            Front::Page(_) => {}
        }
    }
}

fn edges(context: &Context<'_>, found: &mut Vec<Finding>) {
    let repeats = repeats(context.book, &context.links.edges);
    for (edge, repeated) in context.links.edges.iter().zip(repeats) {
        if edge.kind == EdgeKind::Answers || repeated.is_some() {
            continue;
        }
        let place = edge.place(context.book);
        let told = match &edge.to {
            Err(error) => finding(place, error, |meant| format!("\"{meant}\"")),
            Ok(target) => wrong_kind(edge.kind, *target, &edge.typed)
                .map(|(message, help)| Finding::new("reference/unknown", place, message).help(help)),
        };
        found.extend(told.map(|finding| match edge.about(context.book) {
            Some(about) => finding.about(about),
            None => finding,
        }));
    }
}

/// The finding for a reference that leads nowhere; `typed` makes the replacement.
fn finding(place: Place, error: &Unresolved, typed: impl Fn(&str) -> String) -> Option<Finding> {
    let Unresolved::Nothing { message, help, replacement } = error else { return None };
    let span = place.span;
    let finding = Finding::new("reference/unknown", place, message.clone()).maybe_help(help.clone());
    Some(match replacement {
        Some(meant) => finding.suggestion(span, typed(meant)),
        None => finding,
    })
}

/// A reference that leads to a thing of another kind than its key takes.
fn wrong_kind(kind: EdgeKind, target: Target, typed: &Words) -> Option<(String, String)> {
    let (fits, wants) = match kind {
        EdgeKind::Supports => (
            matches!(target, Target::KeyResult(..) | Target::Objective(..)),
            "a key result or an objective above",
        ),
        EdgeKind::Assures(_) => (matches!(target, Target::KeyResult(..)), "a key result above"),
        EdgeKind::Needs | EdgeKind::Advances | EdgeKind::Answers => (true, ""),
    };
    if fits {
        return None;
    }
    let help = match (kind, target) {
        (EdgeKind::Supports, Target::Theme(..)) => "an objective answers a theme with `themes`".to_owned(),
        (EdgeKind::Assures(_), Target::Objective(..)) => "name each of its key results".to_owned(),
        _ => format!(
            "name it in full: `{}/objective/key-result`",
            typed.value.split('/').next().unwrap_or_default()
        ),
    };
    Some((format!("`{}` is {}, and `{}` takes {wants}", typed.value, target.what(), kind.key()), help))
}

/// `about`, which names a place in the same document, and heading ids that name a key result.
fn places(file: &File, okrs: &Okrs, patience: &Patience, found: &mut Vec<Finding>) {
    let source = &file.source;
    let abouts = okrs.feedback.iter().map(|feedback| &feedback.about);
    let abouts = abouts.chain(okrs.amendments.iter().map(|amendment| &amendment.about));
    let abouts = abouts.chain(okrs.allows.iter().map(|allow| &allow.about));
    for about in abouts.flatten() {
        if okrs.place(&about.value).is_none() && !is_unclear(okrs, &about.value) {
            let place = Place::new(&source.path, about.span);
            found.push(no_place(place, okrs, &about.value, patience, |meant| format!("\"{meant}\"")));
        }
    }
    for heading in &file.parts.scan.headings {
        let Some(id) = heading.id.as_deref().filter(|id| id.contains('/')) else { continue };
        if okrs.place(id).is_none() && !is_unclear(okrs, id) {
            let typed = source.slice(heading.span).trim_end();
            let span = crate::source::Span::new(heading.span.start(), heading.span.start() + typed.len());
            let place = Place::new(&source.path, span);
            found.push(no_place(place, okrs, id, patience, |meant| typed.replacen(id, meant, 1)));
        }
    }
}

/// `about` in a direction document, which names a theme.
fn themes(source: &Source, direction: &Direction, found: &mut Vec<Finding>) {
    let patience = Patience::default();
    let abouts = direction.feedback.iter().map(|feedback| &feedback.about);
    let abouts = abouts.chain(direction.allows.iter().map(|allow| &allow.about)).flatten();
    for about in abouts.filter(|about| direction.theme(&about.value).is_none() && !direction.unclear) {
        let ids = direction.themes.iter().filter_map(|theme| theme.id.as_ref()).map(|id| id.value.as_ref());
        let message = format!("there is no theme `{}` in this document", about.value);
        let place = Place::new(&source.path, about.span);
        let finding = Finding::new("reference/unknown", place, message);
        let alone = about.value.rsplit('/').next().unwrap_or_default();
        let same = { patience.limit(ids.clone()) }.find(|id| *id == alone);
        let near = same.or_else(|| patience.nearest(&about.value, ids.clone()));
        found.push(match near {
            Some(near) => {
                finding.help(format!("did you mean `{near}`?")).suggestion(about.span, format!("\"{near}\""))
            }
            None if ids.clone().next().is_none() => {
                finding.help("take `about` out: the document declares no themes")
            }
            None => finding.help(format!("name one of its themes: {}", one_of(ids))),
        });
    }
}

fn is_unclear(okrs: &Okrs, about: &str) -> bool {
    let first = about.split('/').next().unwrap_or_default();
    match okrs.place(first) {
        Some(ItemPlace::Objective(at)) => okrs.objectives[at].unclear,
        _ => okrs.unclear,
    }
}

fn no_place(
    place: Place,
    okrs: &Okrs,
    typed: &str,
    patience: &Patience,
    replace: impl Fn(&str) -> String,
) -> Finding {
    let objectives = (0..okrs.objectives.len()).flat_map(|at| {
        let key_results = okrs.objectives[at].key_results.len();
        let key_results = (0..key_results).map(move |of| ItemPlace::KeyResult(at, of));
        std::iter::once(ItemPlace::Objective(at)).chain(key_results)
    });
    let places = objectives.chain((0..okrs.investments.len()).map(ItemPlace::Investment));
    let names: Vec<String> = patience.limit(places).filter_map(|place| okrs.name(place)).collect();
    let tail = |name: &String| name.rsplit('/').next() == typed.rsplit('/').next();
    let near = patience
        .nearest(typed, names.iter().map(String::as_str))
        .or_else(|| names.iter().find(|name| tail(name)).map(String::as_str));
    let span = place.span;
    let finding = Finding::new("reference/unknown", place, format!("there is no `{typed}` in this document"));
    match near {
        Some(near) => finding.help(format!("did you mean `{near}`?")).suggestion(span, replace(near)),
        None => finding.help("name an objective, `objective/key-result` or an investment of this document"),
    }
}

/// `shared-with`, which names units.
fn held(context: &Context<'_>, file: &File, okrs: &Okrs, patience: &Patience, found: &mut Vec<Finding>) {
    if !context.book.config.known.units {
        return;
    }
    let objectives = okrs.objectives.iter();
    let lists = objectives.flat_map(|of| {
        std::iter::once(&of.shared_with).chain(of.key_results.iter().map(|of| &of.shared_with))
    });
    for id in lists.flatten().filter(|id| context.book.config.unit(&id.value).is_none()) {
        let names = context.book.config.units.iter().map(|unit| unit.id.as_ref());
        let place = Place::new(&file.source.path, id.span);
        let finding = Finding::new("reference/unknown", place, format!("there is no unit `{}`", id.value));
        found.push(match patience.nearest(&id.value, names) {
            Some(near) => {
                finding.help(format!("did you mean `{near}`?")).suggestion(id.span, format!("\"{near}\""))
            }
            None => finding.help(others(context, file)),
        });
    }
}

/// The units that may hold something together with the one whose document a file is.
fn others(context: &Context<'_>, file: &File) -> String {
    let config = &context.book.config;
    let own = match &file.kind {
        Kind::Okrs(_, unit) => config.unit(unit),
        _ => None,
    };
    let level = own.map(|own| config.units[own].level);
    let units =
        config.units.iter().enumerate().filter(|(at, unit)| Some(*at) != own && Some(unit.level) == level);
    let names: Vec<&str> = units.take(6).map(|(_, unit)| unit.id.as_ref()).collect();
    match names.is_empty() {
        true => "`shared-with` names other units of the same level, and there are none".to_owned(),
        false => format!("`shared-with` names other units of the same level: {}", one_of(names)),
    }
}
