//! Levels, units and people: who makes contracts with whom.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::date::Rhythm;
use crate::diagnostic::{nearest, one_of};
use crate::source::{Place, Span};
use crate::table::{Few, Reader, Scope, Words, is_id, slug};

use super::{Config, Known};

/// A level at which a contract is made, `[[level]]`.
#[derive(Clone, Debug)]
pub struct Level {
    /// Its name in units.
    pub id: Arc<str>,
    /// What it is called.
    pub name: Arc<str>,
    /// The party that sets these OKRs, in words.
    pub set_by: Option<Arc<str>>,
    /// The party that delivers them, in words.
    pub delivered_by: Option<Arc<str>>,
    /// A rhythm of its own: its units have documents in cycles of that length only.
    pub rhythm: Option<Rhythm>,
    /// Whether a missing document is not reported.
    pub optional: bool,
    /// Where its table stands.
    pub span: Span,
}

/// A unit, `[unit.ID]`.
#[derive(Clone, Debug)]
pub struct Unit {
    /// Its name in references, which is that of its documents.
    pub id: Arc<str>,
    /// What it is called.
    pub name: Arc<str>,
    /// Its level, counted from the top.
    pub level: usize,
    /// The unit of a higher level whose contract it helps to deliver.
    pub within: Option<usize>,
    /// Who signs for the party that sets.
    pub set_by: Few<Words>,
    /// Who signs for the party that delivers.
    pub delivered_by: Few<Words>,
    /// The first cycle in which it exists.
    pub since: Option<Words>,
    /// The last cycle in which it exists.
    pub until: Option<Words>,
    /// Whether a missing document is not reported, by itself or by its level.
    pub optional: bool,
    /// Where its table stands.
    pub span: Span,
}

/// A person, `[person.HANDLE]`.
#[derive(Clone, Debug)]
pub struct Person {
    /// Without the `@`.
    pub handle: Arc<str>,
    /// The person's name; the handle, if none is given.
    pub name: Arc<str>,
    /// What the person does.
    pub title: Option<Arc<str>>,
    /// An address.
    pub url: Option<Words>,
    /// Where the table stands.
    pub span: Span,
}

pub(super) fn levels(scope: &Scope<'_>, reader: &mut Reader<'_, '_>, known: &mut Known) -> Vec<Level> {
    let mut levels: Vec<Level> = Vec::new();
    let mut first: HashMap<Arc<str>, Span> = HashMap::new();
    for mut table in reader.tables("level") {
        let id = table.id("id");
        let name = table.words("name");
        let set_by = table.words("set-by").map(|at| at.value);
        let delivered_by = table.words("delivered-by").map(|at| at.value);
        let rhythm = table.one_of("cycle").and_then(|at| Rhythm::parse(at.value));
        let optional = table.flag("optional").is_some_and(|at| at.value);
        table.finish();
        known.units &= !table.broken || id.is_some();
        let Some(id) = id else { continue };
        if let Some(first) = first.get(&id.value) {
            let first = Place::new(&scope.source.path, *first);
            let message = format!("there are two levels with the id `{}`", id.value);
            scope.report("format/bad-org-chart", id.span, message, |finding| {
                finding.help("give one of them another id").related(first, "the first one stands here")
            });
            continue;
        }
        first.insert(Arc::clone(&id.value), table.span);
        let name = name.map_or_else(|| Arc::clone(&id.value), |at| at.value);
        levels.push(Level { id: id.value, name, set_by, delivered_by, rhythm, optional, span: table.span });
    }
    levels
}

/// A unit as it is typed, before levels and units are known by name.
struct Typed {
    unit: Unit,
    level: Option<Words>,
    within: Option<Words>,
    has_within: bool,
}

pub(super) fn units(scope: &Scope<'_>, reader: &mut Reader<'_, '_>, config: &mut Config) -> Vec<Unit> {
    let mut typed = Vec::new();
    let mut mentioned = HashSet::new();
    for (id, mut table) in reader.named("unit") {
        mentioned.insert(Arc::clone(&id.value));
        let level = table.id("level");
        let name = table.words("name");
        let has_within = table.has("within");
        let within = table.id("within");
        let set_by = table.one_or_many("set-by");
        let delivered_by = table.one_or_many("delivered-by");
        let since = table.words("since");
        let until = table.words("until");
        let optional = table.flag("optional").is_some_and(|at| at.value);
        table.finish();
        if !is_id(&id.value) {
            let slug = slug(&id.value.replace('_', "-"));
            let message =
                format!("`{}` is no id: an id has lower-case letters, digits and hyphens", id.value);
            scope.report("format/bad-id", id.span, message, |finding| {
                finding.help(format!("call the unit `{slug}`")).suggestion(id.span, slug)
            });
            config.known.units = false;
            continue;
        }
        taken(scope, &id);
        let name = name.map_or_else(|| Arc::clone(&id.value), |at| at.value);
        let unit = Unit {
            id: id.value,
            name,
            level: 0,
            within: None,
            set_by,
            delivered_by,
            since,
            until,
            optional,
            span: table.span,
        };
        typed.push(Typed { unit, level, within, has_within });
    }
    place(scope, config, typed, &mentioned)
}

/// A unit's page stands beside the pages of its cycle, which have names of their own.
fn taken(scope: &Scope<'_>, id: &Words) {
    const PAGES: [&str; 7] =
        ["direction", "contracts", "round-trip", "investments", "timeline", "review", "print"];
    if PAGES.contains(&id.value.as_ref()) {
        let message = format!("a unit cannot be called `{}`: a page of every cycle has that name", id.value);
        scope.report("format/taken-name", id.span, message, |finding| {
            finding.help(format!("give the unit another id, such as `{}-team`", id.value))
        });
    }
}

/// Gives each unit its level and the unit it is within.
fn place(
    scope: &Scope<'_>,
    config: &mut Config,
    typed: Vec<Typed>,
    mentioned: &HashSet<Arc<str>>,
) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    let mut levels: Vec<Option<usize>> = Vec::new();
    let known: HashMap<Arc<str>, usize> =
        config.levels.iter().enumerate().map(|(at, level)| (Arc::clone(&level.id), at)).collect();
    for entry in &typed {
        let level = entry.level.as_ref().and_then(|id| find_level(scope, config, id, &known));
        // where no level could be told, nothing below it can be judged
        config.known.units &= level.is_some();
        levels.push(level);
    }
    for (at, entry) in typed.iter().enumerate() {
        let Some(level) = levels[at] else { continue };
        let mut unit = entry.unit.clone();
        unit.level = level;
        unit.optional |= config.levels[level].optional;
        if level > 0 && !entry.has_within {
            let all = scope.patience.limit(typed.iter().zip(&levels));
            let top = all.filter(|(_, of)| of.is_some_and(|of| of < level));
            let candidates: Vec<&str> = top.map(|(other, _)| other.unit.id.as_ref()).take(4).collect();
            let message = format!("the unit `{}` does not say which unit it is within", unit.id);
            scope.report("format/bad-org-chart", unit.span, message, |finding| {
                if candidates.is_empty() {
                    return finding.help("add `within = \"…\"`, a unit of a higher level");
                }
                match candidates.as_slice() {
                    [only] => finding.help(format!("add `within = \"{only}\"`")),
                    _ => finding.help(format!(
                        "add `within = \"…\"`, a unit of a higher level: {}",
                        one_of(candidates)
                    )),
                }
            });
            config.known.units = false;
        }
        units.push(unit);
    }
    let ids: Vec<(Arc<str>, usize)> = units.iter().map(|unit| (Arc::clone(&unit.id), unit.level)).collect();
    let numbers: HashMap<Arc<str>, usize> =
        ids.iter().enumerate().map(|(at, (id, _))| (Arc::clone(id), at)).collect();
    let known = Ids { ids, numbers, mentioned };
    let mut entries = typed.iter().zip(&levels).filter(|(_, level)| level.is_some());
    for unit in &mut units {
        let Some((entry, _)) = entries.next() else { break };
        if let Some(within) = &entry.within {
            unit.within = find_within(scope, config, within, unit, &known);
            config.known.units &= unit.within.is_some();
        }
    }
    units
}

fn find_level(
    scope: &Scope<'_>,
    config: &Config,
    id: &Words,
    known: &HashMap<Arc<str>, usize>,
) -> Option<usize> {
    let found = known.get(&id.value).copied();
    if found.is_none() && config.known.units {
        let message = format!("there is no level `{}`", id.value);
        let names = || config.levels.iter().map(|level| level.id.as_ref());
        scope.report("format/bad-org-chart", id.span, message, |finding| {
            match scope.patience.nearest(&id.value, names()) {
                Some(near) => {
                    finding.help(format!("did you mean `{near}`?")).suggestion(id.span, format!("\"{near}\""))
                }
                None if config.levels.is_empty() => {
                    finding.help("declare the levels with `[[level]]`, top first")
                }
                None => finding.help(format!("name one of the levels: {}", one_of(names()))),
            }
        });
    }
    found
}

/// Units and people by name: a large book asks for each of them many times.
#[derive(Clone, Debug, Default)]
pub(super) struct Numbers {
    units: HashMap<Arc<str>, usize>,
    /// By handle in lower case.
    people: HashMap<String, usize>,
}

impl Numbers {
    pub(super) fn of(units: &[Unit], people: &[Person]) -> Self {
        let units = units.iter().enumerate().map(|(at, unit)| (Arc::clone(&unit.id), at));
        let people = people.iter().enumerate();
        let people = people.map(|(at, person)| (person.handle.to_ascii_lowercase(), at));
        Self { units: units.collect(), people: people.collect() }
    }

    pub(super) fn unit(&self, id: &str) -> Option<usize> {
        self.units.get(id).copied()
    }

    pub(super) fn person(&self, handle: &str) -> Option<usize> {
        self.people.get(&handle.to_ascii_lowercase()).copied()
    }
}

/// The units that can be named.
struct Ids<'a> {
    /// Each with its level.
    ids: Vec<(Arc<str>, usize)>,
    numbers: HashMap<Arc<str>, usize>,
    /// What is written as a unit, even if it is broken.
    mentioned: &'a HashSet<Arc<str>>,
}

fn find_within(
    scope: &Scope<'_>,
    config: &Config,
    within: &Words,
    unit: &Unit,
    known: &Ids<'_>,
) -> Option<usize> {
    let ids = &known.ids;
    let higher =
        scope.patience.limit(ids.iter()).filter(|(_, level)| *level < unit.level).map(|(id, _)| id.as_ref());
    let Some(at) = known.numbers.get(&within.value).copied() else {
        if !known.mentioned.contains(&within.value) {
            let message = format!("there is no unit `{}` for `{}` to be within", within.value, unit.id);
            scope.report("format/bad-org-chart", within.span, message, |finding| {
                match nearest(&within.value, higher) {
                    Some(near) => finding
                        .help(format!("did you mean `{near}`?"))
                        .suggestion(within.span, format!("\"{near}\"")),
                    None => finding.help(format!("declare it with `[unit.{}]`", within.value)),
                }
            });
        }
        return None;
    };
    if ids[at].1 < unit.level {
        return Some(at);
    }
    let level = |at: usize| config.levels[at].name.as_ref();
    let message = if unit.level == 0 {
        format!("`{}` is of the top level and cannot be within another unit", unit.id)
    } else {
        format!(
            "`{}` ({}) cannot be within `{}` ({}), which is not of a higher level",
            unit.id,
            level(unit.level),
            within.value,
            level(ids[at].1)
        )
    };
    scope.report("format/bad-org-chart", within.span, message, |finding| {
        let higher: Vec<&str> = higher.take(4).collect();
        if higher.is_empty() {
            return finding.help("take `within` out");
        }
        finding.help(format!("name a unit of a higher level: {}", one_of(higher)))
    });
    None
}

pub(super) fn people(scope: &Scope<'_>, reader: &mut Reader<'_, '_>, known: &mut Known) -> Vec<Person> {
    let mut people: Vec<Person> = Vec::new();
    let mut first: HashMap<String, Span> = HashMap::new();
    for (handle, mut table) in reader.named("person") {
        let name = table.words("name");
        let title = table.words("title").map(|at| at.value);
        let url = table.words("url");
        table.finish();
        let plain = handle.value.strip_prefix('@').unwrap_or(&handle.value);
        if plain.is_empty()
            || plain.starts_with('.')
            || plain.contains(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | '.')))
        {
            scope.report(
                "format/bad-id",
                handle.span,
                format!("`{}` is no handle", handle.value),
                |finding| {
                    finding.help(
                        "a handle has letters, digits, hyphens, underscores and dots, and does not begin with a dot",
                    )
                },
            );
            known.people = false;
            continue;
        }
        let plain: Arc<str> = Arc::from(plain);
        if let Some(first) = first.get(&plain.to_ascii_lowercase()) {
            let first = Place::new(&scope.source.path, *first);
            let message = format!("there are two people with the handle `{plain}`");
            scope.report("format/duplicate-id", handle.span, message, |finding| {
                finding
                    .help("give one of them another handle: upper and lower case are the same")
                    .related(first, "the first one stands here")
            });
            continue;
        }
        first.insert(plain.to_ascii_lowercase(), table.span);
        let name = name.map_or_else(|| Arc::clone(&plain), |at| at.value);
        people.push(Person { handle: plain, name, title, url, span: table.span });
    }
    people
}
