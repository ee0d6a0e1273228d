//! The direction document: where a cycle goes and why, in themes that objectives answer to.

use std::collections::HashMap;
use std::sync::Arc;

use crate::date::Date;
use crate::source::Span;
use crate::table::{At, Few, Reader, Scope, Words};

use super::objective::unique;
use super::{Allow, Approval, Feedback, same_person};

/// A theme of a direction, `[[theme]]`.
#[derive(Clone, Debug)]
pub struct Theme {
    /// Its name in references; absent where it is missing, bad or given before.
    pub id: Option<Words>,
    /// What it asks for.
    pub title: Option<Words>,
    /// Where its table stands.
    pub span: Span,
}

/// The front matter of a direction document.
#[derive(Clone, Debug, Default)]
pub struct Direction {
    /// The document's title.
    pub title: Option<Words>,
    /// Who wrote it.
    pub written_by: Few<Words>,
    /// The day it was shared.
    pub shared: Option<At<Date>>,
    /// Addresses.
    pub links: Few<Words>,
    /// Its themes, in order.
    pub themes: Vec<Theme>,
    /// The round trip.
    pub feedback: Vec<Feedback>,
    /// Executive buy-in.
    pub approvals: Vec<Approval>,
    /// Rules silenced in it.
    pub allows: Vec<Allow>,
    /// Whether a theme has no id to be referred to by: then references to its themes are not judged.
    pub unclear: bool,
    by_id: HashMap<Arc<str>, usize>,
}

impl Direction {
    pub(super) fn read(scope: &Scope<'_>, mut table: Reader<'_, '_>) -> Self {
        let title = table.words("title");
        let written_by = table.one_or_many("written-by");
        let shared = table.day("shared");
        let links = table.list("links");
        let mut themes: Vec<Theme> = table
            .tables("theme")
            .into_iter()
            .map(|mut theme| {
                let id = theme.id("id");
                let title = theme.words("title");
                theme.finish();
                Theme { id, title, span: theme.span }
            })
            .collect();
        let feedback = table.tables("feedback").into_iter().map(Feedback::read).collect();
        let approvals =
            table.tables("approval").into_iter().map(|table| Approval::read(table, false)).collect();
        let allows = table.tables("allow").into_iter().map(Allow::read).collect();
        table.finish();
        let mut unclear = table.hides || themes.iter().any(|theme| theme.id.is_none());
        unclear |= unique(
            scope,
            themes.iter_mut().map(|theme| &mut theme.id),
            |id| format!("there are two themes with the id `{id}`"),
            |finding, free| finding.help(format!("give one of them another id, such as `{free}`")),
        );
        let ids = themes.iter().enumerate();
        let by_id = ids.filter_map(|(at, theme)| Some((Arc::clone(&theme.id.as_ref()?.value), at))).collect();
        Self { title, written_by, shared, links, themes, feedback, approvals, allows, unclear, by_id }
    }

    /// The theme of an id.
    pub fn theme(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// The day on which the direction was there with its buy-in: the later of the day it was shared
    /// and its last signature. None if it is not there by `today`.
    pub fn there(&self, approved_by: &[Words], today: Date) -> Option<Date> {
        let shared = self.shared.as_ref().map(|at| at.value).filter(|day| *day <= today)?;
        let signed = self.signatures(today);
        let by =
            |name: &str| signed.iter().filter(|(who, _)| same_person(who, name)).map(|(_, on)| *on).max();
        let last = if approved_by.is_empty() {
            signed.iter().map(|(_, on)| *on).max()?
        } else {
            let each: Option<Vec<Date>> = approved_by.iter().map(|named| by(&named.value)).collect();
            each?.into_iter().max()?
        };
        Some(shared.max(last))
    }

    /// Who has signed by a day, and when.
    pub fn signatures(&self, today: Date) -> Vec<(Arc<str>, Date)> {
        self.approvals
            .iter()
            .filter_map(|approval| Some((approval.by.as_ref()?.value.clone(), approval.dated(today)?)))
            .collect()
    }
}
