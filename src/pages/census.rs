//! What pages ask of the whole book, counted once for all of them: what each unit is waited for, every
//! person's part, the grades of every cycle.

use std::collections::HashMap;

use crate::date::Date;
use crate::model::{Activity, Book, Feedback, Grades, Okrs, Party, Signatures};
use crate::table::Words;

use super::site::Site;

/// The whole book, counted.
#[derive(Debug)]
pub(super) struct Census {
    /// The documents of each unit, the newest cycle last.
    pub of_unit: Vec<Vec<usize>>,
    /// For each unit the cycles and deliveries that wait for it.
    pub owed: Vec<Vec<(usize, usize)>>,
    /// The part of each person.
    pub people: Vec<Part>,
    /// What each cycle came to.
    pub sums: Vec<Sums>,
}

/// A person's part in the book.
#[derive(Clone, Debug, Default)]
pub(super) struct Part {
    /// Objectives that the person owns: document and number.
    pub objectives: Vec<(usize, usize)>,
    /// Key results: document, objective and number.
    pub key_results: Vec<(usize, usize, usize)>,
    /// The units that name the person.
    pub units: Vec<(usize, Party)>,
    /// Documents that name or bear the person.
    pub signs: Vec<(usize, Party)>,
    /// Directions that name the person: whether as one whose buy-in is needed.
    pub directions: Vec<(usize, bool)>,
    /// What the person said, and was asked: the day, where, and its number there.
    pub said: Vec<(Option<Date>, Spoken, usize)>,
    /// Open feedback that the person owes an answer to.
    pub asked: Vec<(Spoken, usize)>,
}

/// Where a piece of feedback stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Spoken {
    /// In an OKR document.
    Document(usize),
    /// In a direction document.
    Direction(usize),
}

/// What a cycle came to.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sums {
    /// Its objectives.
    pub grades: Grades,
    /// Active key results with a progress.
    pub key_results: usize,
    /// Of them reached in full.
    pub full: usize,
    /// Active thresholds with a value.
    pub thresholds: usize,
    /// Of them kept.
    pub kept: usize,
}

impl Sums {
    /// Adds a document's.
    fn add(&mut self, okrs: &Okrs, today: Date) {
        for objective in okrs.objectives.iter().filter(|one| one.activity == Activity::Active) {
            self.grades.add(objective.grade());
        }
        for (_, _, objective, key_result) in okrs.key_results() {
            if !objective.is_active(key_result) {
                continue;
            }
            if let Some(met) = key_result.met(today) {
                self.thresholds += 1;
                self.kept += usize::from(met);
            }
            if let Some(progress) = key_result.progress(today) {
                self.key_results += 1;
                self.full += usize::from(progress >= 1.0 - 1e-9);
            }
        }
    }
}

impl Census {
    /// Counts the book of a site.
    pub(super) fn of(site: &Site<'_>) -> Self {
        let book = site.book();
        let mut of_unit = vec![Vec::new(); book.config.units.len()];
        let mut sums = vec![Sums::default(); book.cycles.len()];
        for (at, document) in book.documents.iter().enumerate() {
            of_unit[document.unit].push(at);
            sums[document.cycle].add(document.okrs(), site.today);
        }
        let people = People::new(book).count(book, &site.analysis.signatures, site.today);
        Self { of_unit, owed: owed(site), people, sums }
    }
}

/// What each unit is waited for, of cycles that are not history.
fn owed(site: &Site<'_>) -> Vec<Vec<(usize, usize)>> {
    let mut owed = vec![Vec::new(); site.config().units.len()];
    for (cycle, timeline) in site.analysis.timelines.iter().enumerate() {
        if !site.is_live(cycle) {
            continue;
        }
        for (at, delivery) in timeline.deliveries.iter().enumerate() {
            for expected in delivery.expected.iter().filter(|expected| !expected.delivered) {
                if let Some(unit) = expected.unit {
                    owed[unit].push((cycle, at));
                }
            }
        }
    }
    owed
}

impl Site<'_> {
    /// Whether a cycle is to come, runs or ended only lately: what is missing in it is still asked for.
    pub(super) fn is_live(&self, cycle: usize) -> bool {
        self.book().cycles[cycle].is_live(self.today)
    }
}

/// The people of a book by handle.
struct People(HashMap<String, usize>);

impl People {
    fn new(book: &Book) -> Self {
        let people = book.config.people.iter().enumerate();
        Self(people.map(|(at, person)| (person.handle.to_lowercase(), at)).collect())
    }

    fn find(&self, typed: &str) -> Option<usize> {
        self.0.get(&typed.trim().strip_prefix('@')?.to_lowercase()).copied()
    }

    /// Each of those named once.
    fn all(&self, typed: &[Words]) -> Vec<usize> {
        let mut found: Vec<usize> = typed.iter().filter_map(|words| self.find(&words.value)).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    fn count(&self, book: &Book, signatures: &[Signatures], today: Date) -> Vec<Part> {
        let mut parts = vec![Part::default(); book.config.people.len()];
        for (unit, of) in book.config.units.iter().enumerate() {
            for (party, named) in [(Party::SetBy, &of.set_by), (Party::DeliveredBy, &of.delivered_by)] {
                self.all(named).into_iter().for_each(|person| parts[person].units.push((unit, party)));
            }
        }
        for (at, signatures) in signatures.iter().enumerate() {
            self.document(book, at, signatures, today, &mut parts);
        }
        for at in 0..book.directions.len() {
            self.direction(book, at, today, &mut parts);
        }
        parts
    }

    fn document(&self, book: &Book, at: usize, signatures: &Signatures, today: Date, parts: &mut [Part]) {
        let document = &book.documents[at];
        let (okrs, unit) = (document.okrs(), &book.config.units[document.unit]);
        for (of, objective) in okrs.objectives.iter().enumerate() {
            for person in self.all(okrs.owners(objective)) {
                parts[person].objectives.push((at, of));
            }
            for (number, key_result) in objective.key_results.iter().enumerate() {
                for person in self.all(okrs.key_result_owners(objective, key_result)) {
                    parts[person].key_results.push((at, of, number));
                }
            }
        }
        let mut setting = self.all(&unit.set_by);
        for (party, named) in [(Party::SetBy, &unit.set_by), (Party::DeliveredBy, &unit.delivered_by)] {
            let signed = signatures.party(party).signed.iter().filter_map(|signed| self.find(&signed.by));
            let mut people = self.all(named);
            people.extend(signed);
            people.sort_unstable();
            people.dedup();
            if party == Party::SetBy && setting.is_empty() {
                setting.clone_from(&people);
            }
            people.into_iter().for_each(|person| parts[person].signs.push((at, party)));
        }
        self.feedback(&okrs.feedback, Spoken::Document(at), &setting, today, parts);
    }

    fn direction(&self, book: &Book, at: usize, today: Date, parts: &mut [Part]) {
        let direction = book.directions[at].direction();
        let writers =
            if direction.written_by.is_empty() { &book.config.written_by } else { &direction.written_by };
        let writers = self.all(writers);
        let mut approvers = self.all(&book.config.approved_by);
        approvers.extend(direction.signatures(today).iter().filter_map(|(by, _)| self.find(by)));
        approvers.sort_unstable();
        approvers.dedup();
        writers.iter().for_each(|person| parts[*person].directions.push((at, false)));
        approvers.iter().for_each(|person| parts[*person].directions.push((at, true)));
        self.feedback(&direction.feedback, Spoken::Direction(at), &writers, today, parts);
    }

    fn feedback(
        &self,
        feedback: &[Feedback],
        place: Spoken,
        setting: &[usize],
        today: Date,
        parts: &mut [Part],
    ) {
        for (number, piece) in feedback.iter().enumerate().filter(|(_, piece)| piece.counts(today)) {
            let by = piece.by.as_ref().and_then(|by| self.find(&by.value));
            let on = piece.on.as_ref().map(|on| on.value);
            for person in setting {
                if piece.outcome == Some(crate::model::Outcome::Open) {
                    parts[*person].asked.push((place, number));
                }
                if by != Some(*person) {
                    parts[*person].said.push((on, place, number));
                }
            }
            if let Some(person) = by {
                parts[person].said.push((on, place, number));
            }
        }
    }
}
