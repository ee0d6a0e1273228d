//! The process timeline: what is due when, and from whom.

use std::sync::Arc;

use crate::date::Offset;
use crate::diagnostic::one_of;
use crate::source::Span;
use crate::table::{Reader, Scope, Words};

use super::Level;

/// What the process expects at a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum What {
    /// The direction document with its buy-in.
    Direction,
    /// Drafts, shared.
    Drafts,
    /// Documents signed by both parties.
    Final,
    /// Grades or outcomes of the key results.
    Grades,
    /// Something that no document shows.
    Other,
}

impl What {
    /// The word of the format for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Direction => "direction",
            Self::Drafts => "drafts",
            Self::Final => "final",
            Self::Grades => "grades",
            Self::Other => "other",
        }
    }

    fn parse(text: &str) -> Self {
        [Self::Direction, Self::Drafts, Self::Final, Self::Grades]
            .into_iter()
            .find(|what| what.as_str() == text)
            .unwrap_or(Self::Other)
    }
}

/// Something due in every cycle, `[[deliverable]]`.
#[derive(Clone, Debug)]
pub struct Deliverable {
    /// When it is due, relative to the cycle.
    pub due: Offset,
    /// When work on it begins.
    pub from: Option<Offset>,
    /// What it is.
    pub what: What,
    /// What it is called; absent for the built-in three, whose names are the interface's.
    pub name: Option<Arc<str>>,
    /// Who delivers it, in words.
    pub who: Option<Arc<str>>,
    /// The levels it is for, counted from the top.
    pub levels: Vec<usize>,
    /// Where its table stands; empty for the built-in three.
    pub span: Span,
}

/// The three of the process: direction four weeks before the cycle, drafts of the levels below the
/// second two weeks before, everything final on its first day.
pub(super) fn built_in(levels: &[Level]) -> Vec<Deliverable> {
    let all: Vec<usize> = (0..levels.len()).collect();
    let drafts = all.iter().copied().skip(2).collect();
    [("-4w", What::Direction, Vec::new()), ("-2w", What::Drafts, drafts), ("0d", What::Final, all)]
        .into_iter()
        .filter_map(|(due, what, levels)| {
            let due = Offset::parse(due).ok()?;
            Some(Deliverable { due, from: None, what, name: None, who: None, levels, span: Span::default() })
        })
        .collect()
}

pub(super) fn deliverables(
    scope: &Scope<'_>,
    reader: &mut Reader<'_, '_>,
    levels: &[Level],
) -> Vec<Deliverable> {
    if !reader.has("deliverable") {
        return built_in(levels);
    }
    let mut deliverables = Vec::new();
    for mut table in reader.tables("deliverable") {
        let due = table.words("due").and_then(|words| offset(scope, &words));
        let from = table.words("from").and_then(|words| offset(scope, &words));
        let what = table.one_of("what").map(|at| What::parse(at.value));
        let name = table.words("name").map(|at| at.value);
        let who = table.words("who").map(|at| at.value);
        let named = table.list("levels");
        let all = !table.has("levels");
        table.finish();
        let (Some(due), Some(what)) = (due, what) else { continue };
        let levels = if all {
            (0..levels.len()).collect()
        } else {
            named.iter().filter_map(|id| level(scope, levels, id)).collect()
        };
        deliverables.push(Deliverable { due, from, what, name, who, levels, span: table.span });
    }
    deliverables
}

fn offset(scope: &Scope<'_>, words: &Words) -> Option<Offset> {
    Offset::parse(&words.value)
        .map_err(|error| {
            scope.report("format/bad-value", words.span, error.to_string(), |finding| {
                finding.help("count days or weeks from the first day (`-4w`, `0d`) or the last (`end+2w`)")
            });
        })
        .ok()
}

fn level(scope: &Scope<'_>, levels: &[Level], id: &Words) -> Option<usize> {
    let found = levels.iter().position(|level| level.id == id.value);
    if found.is_none() {
        let names = || levels.iter().map(|level| level.id.as_ref());
        scope.report(
            "format/bad-org-chart",
            id.span,
            format!("there is no level `{}`", id.value),
            |finding| match scope.patience.nearest(&id.value, names()) {
                Some(near) => {
                    finding.help(format!("did you mean `{near}`?")).suggestion(id.span, format!("\"{near}\""))
                }
                None => finding.help(format!("name one of the levels: {}", one_of(names()))),
            },
        );
    }
    found
}
