//! A place in the book that a reference can lead to: where it stands, what it is called, its title.

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
