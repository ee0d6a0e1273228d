//! Support that points down or sideways.

use crate::diagnostic::{Finding, Severity, one_of};
use crate::links::{Edge, EdgeKind, Target, resolve};
use crate::model::Book;
use crate::rules::{Context, Example, Rule};
use crate::source::Place;
use crate::table::Words;

use super::repeated::repeats;

pub(super) static RULE: Rule = Rule {
    name: "reference/wrong-level",
    severity: Some(Severity::Error),
    summary: "`supports` that points down, sideways or into another cycle; `shared-with` that names another level",
    why: "\
Support points up: a key result says what it helps to reach above, in the same cycle or in one around \
it. Pointing down would make the upper level wait for itself. Between units of one level it is a \
dependency, `needs`, or something that they hold together, `shared-with`.",
    source: "OKRs do not nest; the format, section 6",
    broken: Example::new(
        r#"--- content/okrs/fy27-q1/company.md
+++
shared = 2026-01-15
owner = "@ada"
[[objective]]
id = "trust"
title = "Customers trust us"
themes = ["trust"]
supports = ["cloud/calm/pages"]
key-result = [{ id = "uptime", title = "Raise uptime", from = 99.0, to = 99.9, measured-in = "%" }]
+++
"#,
    ),
    mended: Example::new(
        r#"--- content/okrs/fy27-q1/company.md
+++
shared = 2026-01-15
owner = "@ada"
[[objective]]
id = "trust"
title = "Customers trust us"
themes = ["trust"]
key-result = [{ id = "uptime", title = "Raise uptime", from = 99.0, to = 99.9, measured-in = "%" }]
+++
"#,
    ),
    check: Some(check),
};

/// How what is supported stands to what supports it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// In the unit that it is within.
    Above,
    /// In another unit of a higher level.
    Outside,
    /// In its own unit.
    OwnUnit,
    /// In a unit of the same level.
    Beside,
    /// In a unit of a lower level.
    Below,
    /// In a cycle that is not around its own.
    OtherCycle,
}

/// How the target of a reference in `supports` stands; none where it leads nowhere, or to what cannot be
/// supported.
pub(super) fn standing(book: &Book, edge: &Edge) -> Option<Standing> {
    let target = edge.to.as_ref().ok().filter(|_| edge.kind == EdgeKind::Supports)?;
    if !matches!(target, Target::KeyResult(..) | Target::Objective(..)) {
        return None;
    }
    let own = &book.documents[edge.document];
    let unit = target.unit(book)?;
    let units = &book.config.units;
    let cycle = target.cycle(book);
    let around = book.cycles[own.cycle].within.contains(&cycle);
    Some(if unit == own.unit {
        // a quarter's key result may support one of the year's
        if around { Standing::Above } else { Standing::OwnUnit }
    } else if units[unit].level > units[own.unit].level {
        Standing::Below
    } else if units[unit].level == units[own.unit].level {
        Standing::Beside
    } else if cycle != own.cycle && !around {
        Standing::OtherCycle
    } else if units[own.unit].within.is_some_and(|within| within != unit) {
        Standing::Outside
    } else {
        Standing::Above
    })
}

fn check(context: &Context<'_>, found: &mut Vec<Finding>) {
    let book = context.book;
    let repeats = repeats(book, &context.links.edges);
    for (edge, repeated) in context.links.edges.iter().zip(repeats) {
        let (Some(standing), Ok(target)) = (standing(book, edge), &edge.to) else { continue };
        if repeated.is_some() {
            continue;
        }
        let Some(finding) = wrong(book, edge, *target, standing) else { continue };
        let other = format!("`{}` stands here", target.short(book));
        let finding = finding.related(target.stands(book), other);
        found.push(match edge.about(book) {
            Some(about) => finding.about(about),
            None => finding,
        });
    }
    shared(book, found);
}

fn wrong(book: &Book, edge: &Edge, target: Target, standing: Standing) -> Option<Finding> {
    let own = &book.documents[edge.document];
    let units = &book.config.units;
    let (unit, theirs) = (&units[own.unit], &units[target.unit(book)?]);
    let level = |level: usize| book.config.levels[level].name.as_ref();
    let typed = &edge.typed.value;
    let finding = |message: String| Finding::new("reference/wrong-level", edge.place(book), message);
    Some(match standing {
        Standing::Above | Standing::Outside => return None,
        Standing::OwnUnit => finding(format!("`{typed}` is of the same unit, and `supports` points up")).help(
            "OKRs of one unit do not nest: name what it helps to reach in the unit above, or take it out",
        ),
        Standing::Beside => finding(format!(
            "`{typed}` is of the same level as `{}` ({}), and `supports` points up",
            unit.id,
            level(unit.level)
        ))
        .help("what depends on another unit says so with `needs`, what two units hold together with `shared-with`"),
        Standing::Below => finding(format!(
            "`{typed}` is of a lower level ({}) than `{}` ({}), and `supports` points up",
            level(theirs.level),
            unit.id,
            level(unit.level)
        ))
        .help(format!(
            "let it point the other way: `supports` in the document of `{}` names what it helps to reach here",
            theirs.id
        )),
        Standing::OtherCycle => {
            let here = &book.cycles[own.cycle].id;
            let finding =
                finding(format!("`{typed}` is in another cycle, and `{here}` does not lie within it"));
            let same = target.short(book);
            match resolve(book, &same, Some(own.cycle)) {
                Ok(_) => finding
                    .help(format!("did you mean `{same}` of this cycle?"))
                    .suggestion(edge.typed.span, format!("\"{same}\"")),
                Err(_) => finding.help(format!("name a key result of `{here}`, or of a cycle around it")),
            }
        }
    })
}

/// `shared-with`, which names other units of the same level.
fn shared(book: &Book, found: &mut Vec<Finding>) {
    for document in &book.documents {
        let units = &book.config.units;
        let level = units[document.unit].level;
        let okrs = document.okrs();
        let lists = okrs.objectives.iter().flat_map(|objective| {
            std::iter::once(&objective.shared_with)
                .chain(objective.key_results.iter().map(|of| &of.shared_with))
        });
        let wrong = |id: &&Words| book.config.unit(&id.value).is_some_and(|unit| units[unit].level != level);
        for list in lists {
            for (_, id) in list
                .iter()
                .enumerate()
                .filter(|(at, id)| wrong(id) && !list[..*at].iter().any(|first| first.value == id.value))
            {
                let unit = book.config.unit(&id.value).map_or(level, |unit| units[unit].level);
                let name = |level: usize| book.config.levels[level].name.as_ref();
                let message = format!(
                    "`{}` is of another level ({}) than `{}` ({}), and `shared-with` names units of the same one",
                    id.value,
                    name(unit),
                    units[document.unit].id,
                    name(level)
                );
                let same =
                    units.iter().enumerate().filter(|(at, of)| of.level == level && *at != document.unit);
                let same: Vec<&str> = same.map(|(_, unit)| unit.id.as_ref()).take(6).collect();
                let help = match (unit < level, same.as_slice()) {
                    (true, _) => "what helps a unit above says so with `supports`".to_owned(),
                    (false, []) => "take it out: no other unit is of this level".to_owned(),
                    (false, some) => format!("it can be shared with {}", one_of(some.iter().copied())),
                };
                let place = Place::new(document.path(), id.span);
                found.push(Finding::new("reference/wrong-level", place, message).help(help));
            }
        }
    }
}
