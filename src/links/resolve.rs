//! A reference, from its text to the place it names: `UNIT`, `UNIT/OBJECTIVE`,
//! `UNIT/OBJECTIVE/KEY-RESULT`, `UNIT/INVESTMENT`, `direction`, `direction/THEME`, each with a
//! cycle before it or in the document's own.

use std::ops::Deref;

use crate::diagnostic::{Patience, one_of};
use crate::model::Book;

use super::Target;
use super::unknown::{complete, no_cycle, no_document, nothing, unknown_item, unknown_unit};

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

/// A book while a reference is looked up in it, and how long what was meant is looked for.
#[derive(Clone, Copy)]
pub(super) struct Search<'a> {
    pub(super) book: &'a Book,
    pub(super) patience: &'a Patience,
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

/// What a path names in a cycle, if anything.
pub(super) fn find(book: &Book, cycle: usize, path: &str) -> Option<Target> {
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
