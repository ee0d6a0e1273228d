//! A reference that leads nowhere: what there is not, and what was probably meant.

use crate::diagnostic::one_of;
use crate::model::ItemPlace;

use super::Target;
use super::resolve::{Search, Unresolved, find};

/// Nothing is there; what was probably meant is help enough where there is no better one.
pub(super) fn nothing(message: String, help: Option<String>, replacement: Option<String>) -> Unresolved {
    let help = help.or_else(|| replacement.as_ref().map(|meant| format!("did you mean `{meant}`?")));
    Unresolved::Nothing { message, help, replacement }
}

pub(super) fn no_cycle(book: Search<'_>, typed: &str) -> Unresolved {
    let cycles = book.patience.limit((0..book.cycles.len()).rev());
    let last = { cycles }.find(|cycle| find(book.book, *cycle, typed).is_some());
    let replacement = last.map(|cycle| format!("{}:{typed}", book.cycles[cycle].id));
    let help = replacement.as_ref().map(|meant| format!("name the cycle: `{meant}`"));
    let help = help.or_else(|| Some("name the cycle: `fy27-q1:unit/objective`".to_owned()));
    nothing(format!("`{typed}` names no cycle, and a page outside of okrs/ has none"), help, replacement)
}

/// Adds the cycle that was typed to what was probably meant, and says where else it exists.
pub(super) fn complete(
    book: Search<'_>,
    cycle: usize,
    prefix: Option<&str>,
    path: &str,
    error: Unresolved,
) -> Unresolved {
    let Unresolved::Nothing { message, help, replacement } = error else { return error };
    let others = (0..book.cycles.len()).rev().filter(|other| *other != cycle);
    let elsewhere = { book.patience.limit(others) }
        .find(|other| find(book.book, *other, path).is_some_and(|found| !matches!(found, Target::Unit(..))));
    let near = replacement.map(|meant| match prefix {
        Some(prefix) => format!("{prefix}:{meant}"),
        None => meant,
    });
    match (elsewhere, near) {
        (Some(other), near) => {
            let there = format!("{}:{path}", book.cycles[other].id);
            let help = match &near {
                Some(near) => format!("did you mean `{near}`? It exists in another cycle as `{there}`"),
                None => format!("it exists in another cycle: `{there}`"),
            };
            Unresolved::Nothing { message, help: Some(help), replacement: near.or(Some(there)) }
        }
        (None, Some(near)) => nothing(message, None, Some(near)),
        (None, None) => Unresolved::Nothing { message, help, replacement: None },
    }
}

pub(super) fn unknown_unit(book: Search<'_>, cycle: usize, parts: &[&str]) -> Unresolved {
    if !book.config.known.units || book.is_unclear(&book.cycles[cycle].id, parts[0]) {
        return Unresolved::Unclear;
    }
    let rest = parts[1..].join("/");
    let with = |unit: &str| if rest.is_empty() { unit.to_owned() } else { format!("{unit}/{rest}") };
    let units = || book.config.units.iter().map(|unit| unit.id.as_ref());
    let names = || units().chain([book.direction_word.as_ref()]);
    let whole = book.patience.limit(names()).filter(|unit| find(book.book, cycle, &with(unit)).is_some());
    let whole: Vec<&str> = whole.collect();
    let near = book.patience.nearest(parts[0], whole).or_else(|| book.patience.nearest(parts[0], names()));
    let near = near.map(with).or_else(|| own_item(book, cycle, &parts.join("/")));
    let help = near.is_none().then(|| match book.config.units.is_empty() {
        true => format!("declare it with `[unit.{}]` in book.toml", parts[0]),
        false => format!("a reference begins with a unit: {}", book.some_units()),
    });
    nothing(format!("there is no unit `{}`", parts[0]), help, near)
}

/// The full reference of a path that leaves the unit out.
fn own_item(book: Search<'_>, cycle: usize, path: &str) -> Option<String> {
    { book.patience.limit(book.documents_of(cycle)) }
        .find(|at| book.documents[*at].okrs().place(path).is_some())
        .map(|at| format!("{}/{path}", book.config.units[book.documents[at].unit].id))
}

pub(super) fn no_document(
    book: Search<'_>,
    cycle: usize,
    unit: usize,
    parts: &[&str],
) -> Result<Target, Unresolved> {
    let (name, id) = (&book.config.units[unit].id, &book.cycles[cycle].id);
    if book.is_unclear(id, name) {
        return Err(Unresolved::Unclear);
    }
    if parts.len() == 1 {
        return Ok(Target::Unit(cycle, unit));
    }
    let help = format!("write `{name}.md` in the folder of `{id}`, or name another unit");
    Err(nothing(format!("the unit `{name}` has no document in `{id}`"), Some(help), None))
}

pub(super) fn unknown_item(book: Search<'_>, document: usize, parts: &[&str]) -> Unresolved {
    let of = &book.documents[document];
    let okrs = of.okrs();
    let unit = parts[0];
    let objective = match okrs.place(parts[1]) {
        Some(ItemPlace::Objective(at)) => Some(&okrs.objectives[at]),
        _ => None,
    };
    let unclear = match objective {
        Some(objective) => objective.unclear,
        None => okrs.unclear,
    };
    if of.file.broken || unclear {
        return Unresolved::Unclear;
    }
    let key_results = || {
        let each = book.patience.limit(okrs.key_results());
        each.filter_map(|(at, number, ..)| okrs.name(ItemPlace::KeyResult(at, number)))
    };
    if parts.len() == 3 {
        if let Some(objective) = objective {
            let ids =
                objective.key_results.iter().filter_map(|of| of.id.as_ref()).map(|id| id.value.as_ref());
            let near = book
                .patience
                .nearest(parts[2], ids.clone())
                .map(|near| format!("{unit}/{}/{near}", parts[1]))
                .or_else(|| {
                    key_results()
                        .find(|name| name.rsplit('/').next() == Some(parts[2]))
                        .map(|name| format!("{unit}/{name}"))
                });
            let message = format!("there is no key result `{}` in {unit}/{}", parts[2], parts[1]);
            return nothing(message, choose(near.as_ref(), "the objective has no key results", ids), near);
        }
        let typed = format!("{}/{}", parts[1], parts[2]);
        let names: Vec<String> = key_results().collect();
        let same = names.iter().find(|name| name.rsplit('/').next() == Some(parts[2]));
        let near =
            book.patience.nearest(&typed, names.iter().map(String::as_str)).or(same.map(String::as_str));
        return nothing(
            format!("there is no objective `{}` in {unit}", parts[1]),
            None,
            near.map(|near| format!("{unit}/{near}")),
        );
    }
    let ids = okrs.objectives.iter().filter_map(|of| of.id.as_ref());
    let ids = ids.chain(okrs.investments.iter().filter_map(|of| of.id.as_ref())).map(|id| id.value.as_ref());
    let near = book.patience.nearest(parts[1], ids).map(|near| format!("{unit}/{near}"));
    let inner = || {
        key_results()
            .find(|name| name.rsplit('/').next() == Some(parts[1]))
            .map(|name| format!("{unit}/{name}"))
    };
    nothing(
        format!("there is no objective or investment `{}` in {unit}", parts[1]),
        None,
        near.or_else(inner),
    )
}

/// What there is to choose from, where nothing is near.
fn choose<'a>(near: Option<&String>, none: &str, ids: impl Iterator<Item = &'a str>) -> Option<String> {
    if near.is_some() {
        return None;
    }
    let ids: Vec<&str> = ids.take(6).collect();
    Some(if ids.is_empty() { none.to_owned() } else { format!("there is {}", one_of(ids)) })
}
