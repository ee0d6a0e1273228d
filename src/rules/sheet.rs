//! A document as the rules look at it: what is worked on in it, by name, with what could not be read
//! left aside.

use std::cell::OnceCell;
use std::sync::Arc;

use crate::config::Unit;
use crate::diagnostic::Finding;
use crate::model::{Activity, Document, ItemPlace, KeyResult, Measure, Objective, Okrs, Signatures, State};
use crate::source::{Place, Span};
use crate::table::Words;

use super::Context;
use super::marred::{Marred, Part};

/// A document that could be read.
#[derive(Debug)]
pub(super) struct Sheet<'a> {
    /// Its number in the book.
    pub(super) at: usize,
    /// The document.
    pub(super) document: &'a Document,
    /// What it holds.
    pub(super) okrs: &'a Okrs,
    /// Its unit.
    pub(super) unit: &'a Unit,
    /// What of it could not be read as written, once asked: a sheet is made for many a thing that never asks.
    marred: OnceCell<Marred>,
}

/// A key result that is worked on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry<'a> {
    /// Where it stands.
    pub(super) place: ItemPlace,
    /// Its objective.
    pub(super) objective: &'a Objective,
    /// The key result.
    pub(super) key_result: &'a KeyResult,
}

impl Entry<'_> {
    /// Whether its author has said how to tell: with a measure, or with the place where the number is.
    pub(super) fn is_measured(&self) -> bool {
        self.key_result.measure != Measure::Milestone || !self.key_result.source.is_empty()
    }

    /// Whether it is there to learn something, by its own word or its objective's.
    pub(super) fn is_for_learning(&self) -> bool {
        self.key_result.commitment.or(self.objective.commitment) == Some("learning")
    }
}

impl<'a> Sheet<'a> {
    /// The sheet of a document.
    pub(super) fn of(context: &Context<'a>, at: usize) -> Self {
        let document = &context.book.documents[at];
        let okrs = document.okrs();
        let unit = &context.book.config.units[document.unit];
        Self { at, document, okrs, unit, marred: OnceCell::new() }
    }

    /// What of it could not be read as written.
    pub(super) fn marred(&self) -> &Marred {
        self.marred.get_or_init(|| Marred::of(&self.document.file, self.okrs))
    }

    /// The objectives that are worked on.
    pub(super) fn objectives(&self) -> impl Iterator<Item = (usize, &'a Objective)> + use<'a> {
        let objectives = self.okrs.objectives.iter().enumerate();
        objectives.filter(|(_, objective)| objective.activity == Activity::Active && objective.id.is_some())
    }

    /// The key results that are worked on.
    pub(super) fn key_results(&self) -> impl Iterator<Item = Entry<'a>> + use<'a> {
        let okrs = self.okrs;
        okrs.key_results().filter_map(move |(at, of, objective, key_result)| {
            let place = ItemPlace::KeyResult(at, of);
            let told = objective.is_active(key_result) && okrs.name(place).is_some();
            told.then_some(Entry { place, objective, key_result })
        })
    }

    /// The titles of what is worked on, in the order of the document.
    pub(super) fn titles(&self) -> Vec<(ItemPlace, &'a Words)> {
        let mut places: Vec<ItemPlace> = Vec::new();
        for (at, objective) in self.objectives() {
            places.push(ItemPlace::Objective(at));
            let key_results = objective.key_results.iter().enumerate();
            let active = key_results.filter(|(_, key_result)| key_result.activity == Activity::Active);
            places.extend(active.map(|(of, _)| ItemPlace::KeyResult(at, of)));
        }
        let investments = self.okrs.investments.iter().enumerate();
        let active = investments.filter(|(_, investment)| investment.activity == Activity::Active);
        places.extend(active.map(|(at, _)| ItemPlace::Investment(at)));
        let named = places.into_iter().filter(|place| self.okrs.name(*place).is_some());
        named.filter_map(|place| Some((place, self.okrs.title(place)?))).collect()
    }

    /// Whether an item could be read as written: only then is what it lacks missing.
    pub(super) fn is_clear(&self, place: ItemPlace) -> bool {
        !self.marred().has(Part::Item(place))
    }

    /// Whether an item has a mistake behind which a key may stand that it seems to lack.
    pub(super) fn may_hide(&self, place: ItemPlace) -> bool {
        self.marred().hides(Part::Item(place))
    }

    /// Whether what a key result inherits could be read too.
    pub(super) fn inherits_clearly(&self, entry: &Entry<'_>) -> bool {
        let ItemPlace::KeyResult(at, _) = entry.place else { return true };
        self.is_clear(entry.place)
            && self.is_clear(ItemPlace::Objective(at))
            && !self.marred().has(Part::Document)
    }

    /// The name of an item with its unit's, `cloud/reliability/uptime`.
    pub(super) fn name(&self, place: ItemPlace) -> String {
        match self.okrs.name(place) {
            Some(name) => format!("{}/{name}", self.unit.id),
            None => self.unit.id.to_string(),
        }
    }

    /// Where an item is named.
    pub(super) fn span(&self, place: ItemPlace) -> Span {
        let (id, table) = match place {
            ItemPlace::Objective(at) => (&self.okrs.objectives[at].id, self.okrs.objectives[at].span),
            ItemPlace::KeyResult(at, of) => {
                let key_result = &self.okrs.objectives[at].key_results[of];
                (&key_result.id, key_result.span)
            }
            ItemPlace::Investment(at) => (&self.okrs.investments[at].id, self.okrs.investments[at].span),
        };
        id.as_ref().map_or(table, |id| id.span)
    }

    /// A place in it.
    pub(super) fn place(&self, span: Span) -> Place {
        Place::new(self.document.path(), span)
    }

    /// Its first line, for what is about it as a whole.
    pub(super) fn first_line(&self) -> Place {
        self.place(self.document.file.source.first_line())
    }

    /// A finding about an item.
    pub(super) fn finding(
        &self,
        rule: &'static str,
        place: ItemPlace,
        span: Span,
        message: impl Into<String>,
    ) -> Finding {
        let finding = Finding::new(rule, self.place(span), message);
        match self.okrs.name(place) {
            Some(name) => finding.about(Arc::<str>::from(name)),
            None => finding,
        }
    }

    /// The signatures that count.
    pub(super) fn signatures<'c>(&self, context: &'c Context<'_>) -> &'c Signatures {
        &context.signatures[self.at]
    }

    /// Whether both parties have signed: it is final, or was until it was altered.
    pub(super) fn is_agreed(&self, context: &Context<'_>) -> bool {
        let signatures = self.signatures(context);
        match signatures.state(self.okrs, context.today) {
            State::Final => true,
            State::Altered => signatures.both().is_some(),
            State::Draft | State::Preparing => false,
        }
    }
}

impl<'a> Context<'a> {
    /// The documents that the rules of the process look at, as far as they could be read.
    pub(super) fn sheets(&self) -> impl Iterator<Item = Sheet<'a>> + '_ {
        self.live_documents().filter(|at| !self.book.documents[*at].file.broken).map(|at| Sheet::of(self, at))
    }

    /// Those of them that both parties have signed, where book.toml could be read well enough to tell who
    /// the parties are.
    pub(super) fn agreed_sheets(&self) -> impl Iterator<Item = Sheet<'a>> + '_ {
        let known = self.book.config.known.units;
        self.sheets().filter(move |sheet| known && sheet.is_agreed(self))
    }

    /// Those of a cycle.
    pub(super) fn sheets_of(&self, cycle: usize) -> impl Iterator<Item = Sheet<'a>> + '_ {
        self.book
            .documents_of(cycle)
            .filter(|at| !self.book.documents[*at].file.broken)
            .map(|at| Sheet::of(self, at))
    }

    /// The live cycles, where book.toml could be read well enough to tell what is expected in them.
    pub(super) fn planned_cycles(&self) -> impl Iterator<Item = usize> + '_ {
        let known = self.book.config.known;
        self.live_cycles().filter(move |_| known.cycles && known.units)
    }
}
