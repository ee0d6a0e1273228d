//! Cycles: the stretches of time that OKRs are made for, and which of them enclose others.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::config::{Config, DeclaredCycle};
use crate::date::{Date, Phase, Rhythm, days_between, days_in};
use crate::diagnostic::{Finding, nearest};
use crate::source::{Place, Span};

/// A cycle of the book: it has a folder or a table.
#[derive(Clone, Debug)]
pub struct Cycle {
    /// Its name in references and addresses, in lower case.
    pub id: Arc<str>,
    /// What it is called.
    pub name: Arc<str>,
    /// How long it is, where its length is one that has a name.
    pub rhythm: Option<Rhythm>,
    /// Whether its name is one of the calendar's.
    pub standard: bool,
    /// Its first day.
    pub start: Date,
    /// Its last day; absent while it is open.
    pub end: Option<Date>,
    /// Former names.
    pub aliases: Vec<Arc<str>>,
    /// Where it is declared in book.toml.
    pub declared: Option<Span>,
    /// The first file of its folder, by path.
    pub first_file: Option<Arc<str>>,
    /// The cycles that enclose it, the shortest first.
    pub within: Vec<usize>,
    /// The cycles that it encloses.
    pub encloses: Vec<usize>,
}

/// After so many days a cycle that ended is history: nothing is asked of it any more.
pub const HISTORY_DAYS: i64 = 28;

impl Cycle {
    /// Where it stands on a day.
    pub fn phase(&self, today: Date) -> Phase {
        Phase::of(self.start, self.end, today)
    }

    /// Whether it is to come, runs or ended only lately: what is missing in it is still asked for.
    pub fn is_live(&self, today: Date) -> bool {
        self.end.is_none_or(|end| days_between(end, today) <= HISTORY_DAYS)
    }

    /// How many days it has, if it has an end.
    pub fn days(&self) -> Option<i64> {
        self.end.map(|end| days_in(self.start, end))
    }

    /// How much of its time has passed at the start of a day, 0.0 to 1.0: the pace. An open cycle has
    /// none.
    pub fn pace(&self, today: Date) -> Option<f64> {
        self.pace_until(self.end?, today)
    }

    /// The pace of something that is due on a day of its own.
    pub fn pace_until(&self, due: Date, today: Date) -> Option<f64> {
        let all = days_in(self.start, due);
        if all <= 0 {
            return None;
        }
        let passed = days_in(self.start, today) - 1;
        Some((passed as f64 / all as f64).clamp(0.0, 1.0))
    }

    /// Whether all of another cycle lies within it.
    fn holds(&self, other: &Self) -> bool {
        let Some(other_end) = other.end else { return false };
        let ends = self.end.is_none_or(|end| other_end <= end);
        let same = self.start == other.start && self.end == other.end;
        self.start <= other.start && ends && !same
    }

    /// Whether it has a day in common with a stretch of time.
    pub fn overlaps(&self, from: Option<Date>, until: Option<Date>) -> bool {
        until.is_none_or(|until| self.start <= until)
            && from.is_none_or(|from| self.end.is_none_or(|end| from <= end))
    }
}

/// Why a folder is no cycle.
#[derive(Clone, Debug)]
pub struct CycleError {
    /// The folder's name, in lower case.
    pub folder: Arc<str>,
    /// What is said of it; none where book.toml already says why.
    pub finding: Option<Finding>,
}

/// The cycles of a book, by start and then the longer first, from the folders under okrs/ (name in
/// lower case, and first file) and the tables of book.toml.
pub fn cycles(
    config: &Config,
    folders: &BTreeMap<Arc<str>, Arc<str>>,
) -> (Vec<Cycle>, Vec<CycleError>, Vec<Finding>) {
    let mut cycles: Vec<Cycle> = Vec::new();
    let mut errors = Vec::new();
    for declared in &config.declared {
        let folder = folders.get(&declared.id.value).cloned();
        cycles.extend(from_table(config, declared, folder));
    }
    for (name, first_file) in folders {
        if cycles.iter().any(|cycle| cycle.id == *name) {
            continue;
        }
        match config.calendar.standard(name) {
            Some(standard) => cycles.push(Cycle {
                id: Arc::clone(name),
                name: Arc::from(name.to_uppercase()),
                rhythm: Some(standard.rhythm),
                standard: true,
                start: standard.start,
                end: Some(standard.end),
                aliases: Vec::new(),
                declared: None,
                first_file: Some(Arc::clone(first_file)),
                within: Vec::new(),
                encloses: Vec::new(),
            }),
            None => errors
                .push(CycleError { folder: Arc::clone(name), finding: unknown(config, name, first_file) }),
        }
    }
    cycles.sort_by(|a, b| a.start.cmp(&b.start).then(b.end.cmp(&a.end)).then(a.id.cmp(&b.id)));
    enclose(&mut cycles);
    let overlapping = if config.known.cycles { overlapping(config, &cycles) } else { Vec::new() };
    (cycles, errors, overlapping)
}

fn from_table(config: &Config, declared: &DeclaredCycle, first_file: Option<Arc<str>>) -> Option<Cycle> {
    let standard = config.calendar.standard(&declared.id.value);
    let start = declared.start.as_ref().map(|at| at.value).or(standard.map(|standard| standard.start))?;
    let end = declared.end.as_ref().map(|at| at.value);
    let rhythm = standard
        .map(|standard| standard.rhythm)
        .or_else(|| end.and_then(|end| Rhythm::of_days(days_in(start, end))));
    let name = match (&declared.name, standard) {
        (Some(name), _) => Arc::clone(&name.value),
        (None, Some(_)) => Arc::from(declared.id.value.to_uppercase()),
        (None, None) => Arc::clone(&declared.id.value),
    };
    Some(Cycle {
        id: Arc::clone(&declared.id.value),
        name,
        rhythm,
        standard: standard.is_some(),
        start,
        end,
        aliases: declared.aliases.iter().map(|alias| Arc::clone(&alias.value)).collect(),
        declared: Some(declared.id.span),
        first_file,
        within: Vec::new(),
        encloses: Vec::new(),
    })
}

/// A folder that is no cycle; no finding where the calendar itself could not be read.
fn unknown(config: &Config, name: &Arc<str>, first_file: &Arc<str>) -> Option<Finding> {
    if !config.known.cycles {
        return None;
    }
    let finding = Finding::new(
        "format/unknown-cycle",
        Place::new(first_file, Span::default()),
        format!("the folder `{name}` under okrs/ is no cycle"),
    );
    if let Some(misnamed) = config.calendar.looks_like(name) {
        let help = match &misnamed.suggestion {
            Some(suggestion) => format!("did you mean `{suggestion}`? {}", sentence(&misnamed.reason)),
            None => misnamed.reason.clone(),
        };
        return Some(finding.help(help));
    }
    let declared = config.declared.iter().map(|cycle| cycle.id.value.as_ref());
    if let Some(near) = nearest(name, declared) {
        return Some(finding.help(format!("did you mean `{near}`?")));
    }
    Some(finding.help(format!(
        "name it as the calendar does, such as `fy27-q1`, or declare it with `[cycle.{name}]` in book.toml; a folder whose name begins with `_` is ignored"
    )))
}

/// A reason as a sentence after a question.
fn sentence(reason: &str) -> String {
    let mut letters = reason.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn enclose(cycles: &mut [Cycle]) {
    for at in 0..cycles.len() {
        let holds = |other: usize| other != at && cycles[other].holds(&cycles[at]);
        let mut within: Vec<usize> = (0..cycles.len()).filter(|other| holds(*other)).collect();
        within.sort_by_key(|other| cycles[*other].days().unwrap_or(i64::MAX));
        for other in &within {
            cycles[*other].encloses.push(at);
        }
        cycles[at].within = within;
    }
}

fn overlapping(config: &Config, cycles: &[Cycle]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (at, cycle) in cycles.iter().enumerate() {
        let clash = cycles[..at].iter().find(|other| {
            let alike = match (cycle.rhythm, other.rhythm) {
                (Some(own), Some(of_other)) => own == of_other,
                (None, None) => cycle.days().is_some() && cycle.days() == other.days(),
                _ => false,
            };
            alike && other.overlaps(Some(cycle.start), cycle.end)
        });
        let Some(other) = clash else { continue };
        let place = |cycle: &Cycle| match (cycle.declared, &cycle.first_file) {
            (Some(span), _) => Some(Place::new(&config.path, span)),
            (None, Some(file)) => Some(Place::new(file, Span::default())),
            (None, None) => None,
        };
        // what was declared can be mended, a folder's name only if neither was
        let (told, related) = if cycle.declared.is_none() && other.declared.is_some() {
            (other, cycle)
        } else {
            (cycle, other)
        };
        let (Some(at), Some(of_other)) = (place(told), place(related)) else { continue };
        let dates = |cycle: &Cycle| match cycle.end {
            Some(end) => format!("{} to {end}", cycle.start),
            None => format!("from {}", cycle.start),
        };
        findings.push(
            Finding::new(
                "format/overlapping-cycles",
                at,
                format!(
                    "the cycles `{}` ({}) and `{}` ({}) overlap",
                    told.id,
                    dates(told),
                    related.id,
                    dates(related)
                ),
            )
            .help(if told.start == related.start && told.end == related.end {
                "they are two names of one cycle: move the documents of one into the folder of the other"
            } else {
                "cycles of one length follow each other: change the dates of one, or remove it"
            })
            .related(of_other, format!("`{}` is this", related.id)),
        );
    }
    findings
}
