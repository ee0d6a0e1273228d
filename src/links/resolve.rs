//! A reference, from its text to the place it names: `UNIT`, `UNIT/OBJECTIVE`,
//! `UNIT/OBJECTIVE/KEY-RESULT`, `UNIT/INVESTMENT`, `direction`, `direction/THEME`, each with a
//! cycle before it or in the document's own.

use std::ops::Deref;

use crate::diagnostic::{Patience, one_of};
use crate::model::{Book, ItemPlace};
use crate::source::Place;
use crate::table::Words;

/// A place in the book.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// A unit without a document in the cycle: cycle, unit.
    Unit(usize, usize),
    /// A document.
    Document(usize),
    /// An objective: document, objective.
    Objective(usize, usize),
    /// A key result: document, objective, key result.
    KeyResult(usize, usize, usize),
    /// An investment: document, investment.
    Investment(usize, usize),
    /// A direction.
    Direction(usize),
    /// A theme: direction, theme.
    Theme(usize, usize),
}

impl Target {
    /// A document, or an item of it.
    pub fn item(document: usize, place: Option<ItemPlace>) -> Self {
        match place {
            None => Self::Document(document),
            Some(ItemPlace::Objective(at)) => Self::Objective(document, at),
            Some(ItemPlace::KeyResult(at, of)) => Self::KeyResult(document, at, of),
            Some(ItemPlace::Investment(at)) => Self::Investment(document, at),
        }
    }

    /// The document it is or stands in.
    pub fn document(self) -> Option<usize> {
        match self {
            Self::Document(at)
            | Self::Objective(at, _)
            | Self::KeyResult(at, ..)
            | Self::Investment(at, _) => Some(at),
            _ => None,
        }
    }

    /// The item of a document.
    pub fn place(self) -> Option<ItemPlace> {
        match self {
            Self::Objective(_, at) => Some(ItemPlace::Objective(at)),
            Self::KeyResult(_, at, of) => Some(ItemPlace::KeyResult(at, of)),
            Self::Investment(_, at) => Some(ItemPlace::Investment(at)),
            _ => None,
        }
    }

    /// Where it stands: its id, or its table, or the first line of its document.
    pub fn stands(self, book: &Book) -> Place {
        let document = |at: usize| {
            let source = &book.documents[at].file.source;
            Place::new(&source.path, source.first_line())
        };
        let direction = |at: usize| {
            let source = &book.directions[at].file.source;
            Place::new(&source.path, source.first_line())
        };
        let item =
            |path, id: &Option<Words>, table| Place::new(path, id.as_ref().map_or(table, |id| id.span));
        match self {
            Self::Unit(_, unit) => book.unit_place(unit),
            Self::Document(at) => document(at),
            Self::Direction(at) => direction(at),
            Self::Objective(at, of) => {
                let objective = &book.documents[at].okrs().objectives[of];
                item(book.documents[at].path(), &objective.id, objective.span)
            }
            Self::KeyResult(at, of, number) => {
                let key_result = &book.documents[at].okrs().objectives[of].key_results[number];
                item(book.documents[at].path(), &key_result.id, key_result.span)
            }
            Self::Investment(at, of) => {
                let investment = &book.documents[at].okrs().investments[of];
                item(book.documents[at].path(), &investment.id, investment.span)
            }
            Self::Theme(at, of) => {
                let theme = &book.directions[at].direction().themes[of];
                item(&direction(at).path, &theme.id, theme.span)
            }
        }
    }

    /// What a person calls it, with its article.
    pub fn what(self) -> &'static str {
        match self {
            Self::Unit(..) => "a unit",
            Self::Document(_) => "a document",
            Self::Objective(..) => "an objective",
            Self::KeyResult(..) => "a key result",
            Self::Investment(..) => "an investment",
            Self::Direction(_) => "a direction document",
            Self::Theme(..) => "a theme",
        }
    }

    /// The cycle it is in.
    pub fn cycle(self, book: &Book) -> usize {
        match self {
            Self::Unit(cycle, _) => cycle,
            Self::Direction(at) | Self::Theme(at, _) => book.directions[at].cycle,
            Self::Document(at)
            | Self::Objective(at, _)
            | Self::KeyResult(at, ..)
            | Self::Investment(at, _) => book.documents[at].cycle,
        }
    }

    /// The unit it is of; none for a direction.
    pub fn unit(self, book: &Book) -> Option<usize> {
        match self {
            Self::Unit(_, unit) => Some(unit),
            _ => self.document().map(|at| book.documents[at].unit),
        }
    }

    /// The reference to it with its cycle, `fy27-q1:cloud/reliability`. What has no id is called by what
    /// it stands in.
    pub fn reference(self, book: &Book) -> String {
        format!("{}:{}", book.cycles[self.cycle(book)].id, self.short(book))
    }

    /// The reference to it within its cycle.
    pub fn short(self, book: &Book) -> String {
        match self {
            Self::Unit(_, unit) => book.config.units[unit].id.to_string(),
            Self::Direction(_) => "direction".to_owned(),
            Self::Theme(at, theme) => {
                let id = book.directions[at].direction().themes[theme].id.as_ref();
                format!("direction/{}", id.map_or("", |id| id.value.as_ref()))
            }
            _ => {
                let Some(at) = self.document() else { return String::new() };
                let document = &book.documents[at];
                let unit = &book.config.units[document.unit].id;
                match self.place().and_then(|place| document.okrs().name(place)) {
                    Some(name) => format!("{unit}/{name}"),
                    None => unit.to_string(),
                }
            }
        }
    }

    /// Its title as typed, inline Markdown; a unit's is its name.
    pub fn title(self, book: &Book) -> String {
        match self {
            Self::Unit(_, unit) => book.config.units[unit].name.to_string(),
            Self::Document(at) => book.config.units[book.documents[at].unit].name.to_string(),
            Self::Direction(at) => {
                let direction = &book.directions[at];
                let title = direction.direction().title.as_ref();
                title.map_or_else(
                    || book.cycles[direction.cycle].name.to_string(),
                    |title| title.value.to_string(),
                )
            }
            Self::Theme(at, theme) => {
                let theme = &book.directions[at].direction().themes[theme];
                theme
                    .title
                    .as_ref()
                    .or(theme.id.as_ref())
                    .map_or_else(String::new, |words| words.value.to_string())
            }
            _ => {
                let (Some(at), Some(place)) = (self.document(), self.place()) else { return String::new() };
                let okrs = book.documents[at].okrs();
                okrs.title(place)
                    .map(|title| title.value.to_string())
                    .or_else(|| okrs.name(place))
                    .unwrap_or_default()
            }
        }
    }
}

/// Why a reference leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unresolved {
    /// It may lead to something that could not be read: another finding says so.
    Unclear,
    /// It leads to nothing.
    Nothing {
        /// What there is not.
        message: String,
        /// What to do.
        help: Option<String>,
        /// What was probably meant.
        replacement: Option<String>,
    },
}

fn nothing(message: String, help: Option<String>, replacement: Option<String>) -> Unresolved {
    let help = help.or_else(|| replacement.as_ref().map(|meant| format!("did you mean `{meant}`?")));
    Unresolved::Nothing { message, help, replacement }
}

/// A book while a reference is looked up in it, and how long what was meant is looked for.
#[derive(Clone, Copy)]
struct Search<'a> {
    book: &'a Book,
    patience: &'a Patience,
}

impl Deref for Search<'_> {
    type Target = Book;

    fn deref(&self) -> &Book {
        self.book
    }
}

/// Where a reference leads that is typed in a document of the cycle `home`, or outside of okrs/.
///
/// # Errors
/// Says what there is not, with the nearest that there is, or that nobody can tell.
pub fn resolve(book: &Book, text: &str, home: Option<usize>) -> Result<Target, Unresolved> {
    resolve_with(book, text, home, &Patience::default())
}

/// As [`resolve`], for one of many references of a file that share their patience.
///
/// # Errors
/// As [`resolve`].
pub(super) fn resolve_with(
    book: &Book,
    text: &str,
    home: Option<usize>,
    patience: &Patience,
) -> Result<Target, Unresolved> {
    let book = Search { book, patience };
    let typed = text.trim();
    let (prefix, path) = match typed.split_once(':') {
        Some((cycle, path)) => (Some(cycle.trim()), path.trim()),
        None => (None, typed),
    };
    let cycle = match prefix {
        Some(name) => find_cycle(book, name, path)?,
        None => home.ok_or_else(|| no_cycle(book, typed))?,
    };
    let found = within(book, cycle, path);
    found.map_err(|error| complete(book, cycle, prefix, path, error))
}

fn no_cycle(book: Search<'_>, typed: &str) -> Unresolved {
    let cycles = book.patience.limit((0..book.cycles.len()).rev());
    let last = { cycles }.find(|cycle| find(book.book, *cycle, typed).is_some());
    let replacement = last.map(|cycle| format!("{}:{typed}", book.cycles[cycle].id));
    let help = replacement.as_ref().map(|meant| format!("name the cycle: `{meant}`"));
    let help = help.or_else(|| Some("name the cycle: `fy27-q1:unit/objective`".to_owned()));
    nothing(format!("`{typed}` names no cycle, and a page outside of okrs/ has none"), help, replacement)
}

fn find_cycle(book: Search<'_>, name: &str, path: &str) -> Result<usize, Unresolved> {
    if let Some(cycle) = book.cycle(name) {
        return Ok(cycle);
    }
    if book.is_unclear_cycle(&name.to_lowercase()) || !book.config.known.cycles {
        return Err(Unresolved::Unclear);
    }
    let near = book.patience.nearest(name, book.cycles.iter().map(|cycle| cycle.id.as_ref()));
    Err(nothing(format!("there is no cycle `{name}`"), None, near.map(|near| format!("{near}:{path}"))))
}

/// Adds the cycle that was typed to what was probably meant, and says where else it exists.
fn complete(
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

/// What a path names in a cycle, if anything.
fn find(book: &Book, cycle: usize, path: &str) -> Option<Target> {
    let (first, rest) = match path.split_once('/') {
        Some((first, rest)) => (first.trim(), Some(rest)),
        None => (path.trim(), None),
    };
    if first == "direction" {
        let at = book.answers_to(cycle)?;
        return match rest {
            None => Some(Target::Direction(at)),
            Some(id) => {
                book.directions[at].direction().theme(id.trim()).map(|theme| Target::Theme(at, theme))
            }
        };
    }
    let unit = book.config.unit(first)?;
    match (book.document_of(cycle, unit), rest) {
        (Some(document), None) => Some(Target::Document(document)),
        (None, None) if !book.is_unclear(&book.cycles[cycle].id, first) => Some(Target::Unit(cycle, unit)),
        (None, _) => None,
        (Some(document), Some(rest)) => {
            let parts: Vec<&str> = rest.split('/').map(str::trim).collect();
            let place = book.documents[document].okrs().place(&parts.join("/"))?;
            Some(Target::item(document, Some(place)))
        }
    }
}

/// What a path names in a cycle.
fn within(book: Search<'_>, cycle: usize, path: &str) -> Result<Target, Unresolved> {
    let parts: Vec<&str> = path.split('/').map(str::trim).collect();
    if parts.iter().any(|part| part.is_empty()) || parts.len() > 3 {
        let message = format!("`{path}` is no reference");
        let help = "a reference is `unit`, `unit/objective` or `unit/objective/key-result`".to_owned();
        return Err(nothing(message, Some(help), None));
    }
    if parts[0] == "direction" {
        return match parts.as_slice() {
            [_] => direction(book, cycle).map(Target::Direction),
            [_, id] => theme_of(book, cycle, id),
            _ => Err(nothing(format!("`{path}` is no reference: a theme has no parts"), None, None)),
        };
    }
    let Some(unit) = book.config.unit(parts[0]) else {
        return Err(unknown_unit(book, cycle, &parts));
    };
    let Some(document) = book.document_of(cycle, unit) else {
        return no_document(book, cycle, unit, &parts);
    };
    if parts.len() == 1 {
        return Ok(Target::Document(document));
    }
    let okrs = book.documents[document].okrs();
    match okrs.place(&parts[1..].join("/")) {
        Some(place) => Ok(Target::item(document, Some(place))),
        None => Err(unknown_item(book, document, &parts)),
    }
}

fn unknown_unit(book: Search<'_>, cycle: usize, parts: &[&str]) -> Unresolved {
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
    let help = near.is_none().then(|| format!("a reference begins with a unit: {}", book.some_units()));
    nothing(format!("there is no unit `{}`", parts[0]), help, near)
}

/// The full reference of a path that leaves the unit out.
fn own_item(book: Search<'_>, cycle: usize, path: &str) -> Option<String> {
    { book.patience.limit(book.documents_of(cycle)) }
        .find(|at| book.documents[*at].okrs().place(path).is_some())
        .map(|at| format!("{}/{path}", book.config.units[book.documents[at].unit].id))
}

fn no_document(book: Search<'_>, cycle: usize, unit: usize, parts: &[&str]) -> Result<Target, Unresolved> {
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

fn unknown_item(book: Search<'_>, document: usize, parts: &[&str]) -> Unresolved {
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

fn direction(book: Search<'_>, cycle: usize) -> Result<usize, Unresolved> {
    book.answers_to(cycle).ok_or_else(|| {
        if book.is_unclear(&book.cycles[cycle].id, "direction") {
            return Unresolved::Unclear;
        }
        nothing(
            format!("the cycle `{}` has no direction document", book.cycles[cycle].id),
            Some("write `direction.md` in its folder".to_owned()),
            None,
        )
    })
}

/// The theme of an id in the direction that a cycle answers to.
///
/// # Errors
/// As [`resolve`].
pub(super) fn theme(book: &Book, cycle: usize, id: &str, patience: &Patience) -> Result<Target, Unresolved> {
    theme_of(Search { book, patience }, cycle, id)
}

fn theme_of(book: Search<'_>, cycle: usize, id: &str) -> Result<Target, Unresolved> {
    let at = direction(book, cycle)?;
    let of = &book.directions[at];
    let id = id.trim();
    if let Some(theme) = of.direction().theme(id) {
        return Ok(Target::Theme(at, theme));
    }
    if of.file.broken || of.direction().unclear {
        return Err(Unresolved::Unclear);
    }
    let ids = of.direction().themes.iter().filter_map(|theme| theme.id.as_ref()).map(|id| id.value.as_ref());
    let near = book.patience.nearest(id, ids.clone()).map(str::to_owned);
    let help = match &near {
        Some(near) => format!("did you mean `{near}`?"),
        None if ids.clone().next().is_none() => {
            "the direction document declares no themes: add `[[theme]]` there".to_owned()
        }
        None => format!("name one of its themes: {}", one_of(ids)),
    };
    let message = format!("the direction of `{}` has no theme `{id}`", book.cycles[of.cycle].id);
    Err(Unresolved::Nothing {
        message,
        help: Some(help),
        replacement: near.map(|near| format!("direction/{near}")),
    })
}
