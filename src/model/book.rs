//! The whole book: which documents there are, of which unit in which cycle, and what is expected.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use rayon::prelude::*;

use crate::config::Config;
use crate::date::{Date, Phase};
use crate::diagnostic::{Finding, nearest, one_of};
use crate::source::{Place, Span};

mod place;

use super::{Cycle, Direction, File, Kind, Okrs, Signatures, cycles};

/// The OKRs of a unit in a cycle.
#[derive(Clone, Debug)]
pub struct Document {
    /// The file.
    pub file: Arc<File>,
    /// The cycle.
    pub cycle: usize,
    /// The unit.
    pub unit: usize,
}

impl Document {
    /// What it holds.
    ///
    /// # Panics
    /// Never: only files of this kind become documents.
    pub fn okrs(&self) -> &Okrs {
        self.file.okrs().expect("only files with OKRs become documents")
    }

    /// Its path in the book.
    pub fn path(&self) -> &Arc<str> {
        &self.file.source.path
    }
}

/// The direction of a cycle.
#[derive(Clone, Debug)]
pub struct DirectionDocument {
    /// The file.
    pub file: Arc<File>,
    /// The cycle.
    pub cycle: usize,
}

impl DirectionDocument {
    /// What it holds.
    ///
    /// # Panics
    /// Never: only files of this kind become directions.
    pub fn direction(&self) -> &Direction {
        self.file.direction().expect("only direction files become directions")
    }
}

/// A book.
#[derive(Clone, Debug)]
pub struct Book {
    /// `book.toml`.
    pub config: Arc<Config>,
    /// By start, then the longer first.
    pub cycles: Vec<Cycle>,
    /// By cycle, level and unit as book.toml has them.
    pub documents: Vec<Document>,
    /// By cycle.
    pub directions: Vec<DirectionDocument>,
    /// The free pages, by path.
    pub pages: Vec<Arc<File>>,
    /// Files that have no place in the book: in a folder that is no cycle, of a unit that is not
    /// declared, a second one of a unit.
    pub mislaid: Vec<Arc<File>>,
    /// What is wrong with how the files fit together.
    pub findings: Vec<Finding>,
    /// The word for a direction in references and in `waiting_for`.
    pub direction_word: Arc<str>,
    /// Cycle and name of documents that are there but cannot be told to be the unit's: what refers to
    /// them is not judged.
    unclear: BTreeSet<(Arc<str>, Arc<str>)>,
    unclear_cycles: BTreeSet<Arc<str>>,
    by_unit: HashMap<(usize, usize), usize>,
    by_cycle: HashMap<usize, usize>,
    exists: Vec<(Option<Date>, Option<Date>)>,
    order: Vec<usize>,
}

impl Book {
    /// Puts the files of a book together.
    pub fn new(config: &Arc<Config>, files: &[Arc<File>]) -> Self {
        let mut folders: BTreeMap<Arc<str>, Arc<str>> = BTreeMap::new();
        for file in files {
            if let Kind::Direction(folder) | Kind::Okrs(folder, _) = &file.kind {
                folders.entry(Arc::clone(folder)).or_insert_with(|| Arc::clone(&file.source.path));
            }
        }
        let (cycles, errors, mut findings) = cycles(config, &folders);
        findings.extend(errors.iter().filter_map(|error| error.finding.clone()));
        let mut order: Vec<usize> = (0..config.units.len()).collect();
        order.sort_by_key(|unit| config.units[*unit].level);
        let mut book = Self {
            config: Arc::clone(config),
            cycles,
            documents: Vec::new(),
            directions: Vec::new(),
            pages: Vec::new(),
            mislaid: Vec::new(),
            findings,
            direction_word: Arc::from("direction"),
            unclear: BTreeSet::new(),
            unclear_cycles: errors.into_iter().map(|error| error.folder).collect(),
            by_unit: HashMap::new(),
            by_cycle: HashMap::new(),
            exists: Vec::new(),
            order,
        };
        book.mark_first_lines(files);
        book.exists = book.unit_dates();
        for file in files {
            book.place(file);
        }
        book.sort();
        book
    }

    /// A finding about a folder stands in its first file, on the whole first line.
    fn mark_first_lines(&mut self, files: &[Arc<File>]) {
        let mark = |place: &mut Place| {
            let file = files.iter().find(|file| file.source.path == place.path);
            if let Some(file) = file.filter(|_| place.span == Span::default()) {
                place.span = file.source.first_line();
            }
        };
        for finding in &mut self.findings {
            mark(&mut finding.place);
            finding.related.iter_mut().for_each(|related| mark(&mut related.place));
        }
    }

    /// From when to when each unit exists.
    fn unit_dates(&mut self) -> Vec<(Option<Date>, Option<Date>)> {
        let config = Arc::clone(&self.config);
        let mut dates = Vec::new();
        for unit in &config.units {
            let since = unit.since.as_ref().and_then(|name| self.cycle_dates(name)).map(|(start, _)| start);
            let until = unit.until.as_ref().and_then(|name| self.cycle_dates(name)).and_then(|(_, end)| end);
            dates.push((since, until));
        }
        dates
    }

    fn cycle_dates(&mut self, name: &crate::table::Words) -> Option<(Date, Option<Date>)> {
        let lower = name.value.to_lowercase();
        if let Some(at) = self.cycle(&lower) {
            return Some((self.cycles[at].start, self.cycles[at].end));
        }
        if let Some(standard) = self.config.calendar.standard(&lower) {
            return Some((standard.start, Some(standard.end)));
        }
        if self.config.known.cycles {
            let finding = Finding::new(
                "format/unknown-cycle",
                Place::new(&self.config.path, name.span),
                format!("there is no cycle `{}`", name.value),
            );
            let known = nearest(&lower, self.cycles.iter().map(|cycle| cycle.id.as_ref()));
            let help = match (self.config.calendar.looks_like(&lower), known) {
                (Some(misnamed), _) => misnamed.reason,
                (None, Some(near)) => format!("did you mean `{near}`?"),
                (None, None) => "name it as its folder is named, such as `fy27-q1`".to_owned(),
            };
            self.findings.push(finding.help(help));
        }
        None
    }

    fn sort(&mut self) {
        let rank: HashMap<usize, usize> =
            self.order.iter().enumerate().map(|(rank, unit)| (*unit, rank)).collect();
        self.documents.sort_by_key(|document| (document.cycle, rank[&document.unit]));
        self.by_unit = self
            .documents
            .iter()
            .enumerate()
            .map(|(at, document)| ((document.cycle, document.unit), at))
            .collect();
        self.directions.sort_by_key(|direction| direction.cycle);
        self.by_cycle =
            self.directions.iter().enumerate().map(|(at, direction)| (direction.cycle, at)).collect();
    }

    /// The cycle of a name or a former name, in any case.
    pub fn cycle(&self, name: &str) -> Option<usize> {
        let lower = name.to_lowercase();
        self.cycles.iter().position(|cycle| *cycle.id == *lower).or_else(|| {
            self.cycles.iter().position(|cycle| cycle.aliases.iter().any(|alias| **alias == *lower))
        })
    }

    /// The document of a unit in a cycle.
    pub fn document_of(&self, cycle: usize, unit: usize) -> Option<usize> {
        self.by_unit.get(&(cycle, unit)).copied()
    }

    /// The direction that a cycle has itself.
    pub fn direction_of(&self, cycle: usize) -> Option<usize> {
        self.by_cycle.get(&cycle).copied()
    }

    /// The direction that a cycle answers to: its own, or that of the shortest cycle around it that has
    /// one.
    pub fn answers_to(&self, cycle: usize) -> Option<usize> {
        self.direction_of(cycle)
            .or_else(|| self.cycles[cycle].within.iter().find_map(|around| self.direction_of(*around)))
    }

    /// The documents of a cycle, by level and unit.
    pub fn documents_of(&self, cycle: usize) -> std::ops::Range<usize> {
        let start = self.documents.partition_point(|document| document.cycle < cycle);
        let end = self.documents.partition_point(|document| document.cycle <= cycle);
        start..end
    }

    /// The units by level, within a level as book.toml has them.
    pub fn units_by_level(&self) -> impl Iterator<Item = usize> + '_ {
        self.order.iter().copied()
    }

    /// Whether a unit exists in a cycle.
    pub fn exists_in(&self, unit: usize, cycle: usize) -> bool {
        let (since, until) = self.exists.get(unit).copied().unwrap_or_default();
        self.cycles[cycle].overlaps(since, until)
    }

    /// Whether the units of a level make documents in a cycle of its length.
    pub fn keeps_rhythm(&self, level: usize, cycle: usize) -> bool {
        let cycle = &self.cycles[cycle];
        match self.config.levels[level].rhythm {
            Some(own) => cycle.rhythm == Some(own),
            None => !cycle.standard || cycle.rhythm == Some(self.config.calendar.rhythm),
        }
    }

    /// Whether a unit is expected to have a document in a cycle.
    pub fn is_expected(&self, unit: usize, cycle: usize) -> bool {
        let of_unit = &self.config.units[unit];
        !of_unit.optional
            && self.exists_in(unit, cycle)
            && self.keeps_rhythm(of_unit.level, cycle)
            && !self.is_unclear(&self.cycles[cycle].id, &of_unit.id)
    }

    /// Whether something is there under this name that could not be told to be the unit's document.
    pub fn is_unclear(&self, cycle: &str, name: &str) -> bool {
        self.unclear_cycles.contains(cycle) || self.unclear.contains(&(Arc::from(cycle), Arc::from(name)))
    }

    /// Whether a folder of this name is there but is no cycle.
    pub fn is_unclear_cycle(&self, name: &str) -> bool {
        self.unclear_cycles.contains(name)
    }

    /// The current cycle: the running one of the book's rhythm, else the last.
    pub fn current(&self, today: Date) -> Option<usize> {
        let running = |cycle: &&Cycle| {
            cycle.rhythm == Some(self.config.calendar.rhythm) && cycle.phase(today) == Phase::Running
        };
        let at = self.cycles.iter().rposition(|cycle| running(&cycle));
        at.or_else(|| self.cycles.len().checked_sub(1))
    }

    /// The signatures of a document that count on a day.
    pub fn signatures(&self, document: usize, today: Date) -> Signatures {
        let document = &self.documents[document];
        Signatures::of(
            document.okrs(),
            &self.config.units[document.unit],
            &self.cycles[document.cycle].id,
            today,
        )
    }

    /// The signatures of every document that count on a day, in the order of the documents.
    pub fn all_signatures(&self, today: Date) -> Vec<Signatures> {
        (0..self.documents.len()).into_par_iter().map(|document| self.signatures(document, today)).collect()
    }

    /// A reference to a document, `fy27-q1:cloud`.
    pub fn name_of(&self, document: usize) -> String {
        let document = &self.documents[document];
        format!("{}:{}", self.cycles[document.cycle].id, self.config.units[document.unit].id)
    }

    /// Every file in the order of its path.
    pub fn files(&self) -> impl Iterator<Item = &Arc<File>> {
        let documents = self.documents.iter().map(|document| &document.file);
        let directions = self.directions.iter().map(|direction| &direction.file);
        documents.chain(directions).chain(&self.pages).chain(&self.mislaid)
    }

    /// What to say of names that an author can choose from.
    pub fn some_units(&self) -> String {
        one_of(self.config.units.iter().take(6).map(|unit| unit.id.as_ref()))
    }

    /// Where a unit's table stands.
    pub fn unit_place(&self, unit: usize) -> Place {
        Place::new(&self.config.path, self.config.units[unit].span)
    }

    /// The whole first line of a cycle's first file, for a finding about the cycle.
    pub fn cycle_place(&self, cycle: usize) -> Option<Place> {
        let cycle_of = &self.cycles[cycle];
        match (&cycle_of.first_file, cycle_of.declared) {
            (Some(file), _) => {
                let span = self
                    .files()
                    .find(|candidate| candidate.source.path == *file)
                    .map_or(Span::default(), |candidate| candidate.source.first_line());
                Some(Place::new(file, span))
            }
            (None, Some(span)) => Some(Place::new(&self.config.path, span)),
            (None, None) => None,
        }
    }
}
