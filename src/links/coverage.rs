//! Coverage: whether a key result above is answered by the units below, with a key result of their
//! own or with an assurance.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Finding;
use crate::model::{Book, Verdict};
use crate::table::Few;

use super::{EdgeKind, Links, Target, Unresolved};

/// How a key result is covered; the first that holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Covered {
    /// An active key result below supports it.
    Supported,
    /// A unit below assures that its OKRs are sufficient.
    Assured,
    /// A unit below answers for a part.
    Partial,
    /// All units below say that it is not theirs.
    NotOurs,
    /// Nobody below answers.
    Uncovered,
}

impl Covered {
    /// The word of the format for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Supported => "supported",
            Self::Assured => "assured",
            Self::Partial => "partial",
            Self::NotOurs => "not-ours",
            Self::Uncovered => "uncovered",
        }
    }
}

/// What one unit below answers to a key result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The unit.
    pub unit: usize,
    /// Its active key results that support it.
    pub supporting: Few<Target>,
    /// Its assurances: document, number, verdict.
    pub assurances: Few<(usize, usize, Verdict)>,
}

/// How a key result is covered, unit by unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// In sum.
    pub covered: Covered,
    /// The units that count, in the order of book.toml.
    pub answers: Vec<Answer>,
    /// Whether an answer may be hidden by a mistake that is reported by itself: a document that does not
    /// parse, a reference that is one letter off.
    pub unsure: bool,
}

/// The coverage of every key result of a unit that others are within.
pub(super) fn all(book: &Book, links: &Links) -> BTreeMap<Target, Coverage> {
    let mut below: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for unit in book.units_by_level() {
        if let Some(within) = book.config.units[unit].within {
            below.entry(within).or_default().push(unit);
        }
    }
    let mut assurances: BTreeMap<Target, Vec<(usize, usize, Verdict)>> = BTreeMap::new();
    for edge in &links.edges {
        let (EdgeKind::Assures(number), Ok(to)) = (edge.kind, &edge.to) else { continue };
        if let Some(verdict) = book.documents[edge.document].okrs().assurances[number].verdict {
            assurances.entry(*to).or_default().push((edge.document, number, verdict));
        }
    }
    let mistyped = mistyped(book, links);
    let mut coverage = BTreeMap::new();
    for (at, document) in book.documents.iter().enumerate() {
        let Some(units) = below.get(&document.unit) else { continue };
        let counted: Vec<usize> =
            units.iter().copied().filter(|unit| counts(book, *unit, document.cycle)).collect();
        if counted.is_empty() {
            continue;
        }
        let hidden = counted.iter().any(|unit| is_hidden(book, *unit, document.cycle));
        for (of, number, ..) in document.okrs().key_results() {
            let key_result = Target::KeyResult(at, of, number);
            let given = assurances.get(&key_result).map_or(&[][..], Vec::as_slice);
            let answers = counted.iter().map(|unit| answer(book, links, *unit, key_result, given)).collect();
            let unsure = hidden || mistyped.contains(&key_result.reference(book));
            coverage.insert(key_result, Coverage { unsure, ..sum(answers) });
        }
    }
    coverage
}

/// Whether a unit below counts for the key results of a cycle: it has a document in it, or in a cycle
/// within it, or it is expected to have one.
fn counts(book: &Book, unit: usize, cycle: usize) -> bool {
    std::iter::once(cycle)
        .chain(book.cycles[cycle].encloses.iter().copied())
        .any(|cycle| book.document_of(cycle, unit).is_some() || book.is_expected(unit, cycle))
}

fn answer(
    book: &Book,
    links: &Links,
    unit: usize,
    key_result: Target,
    given: &[(usize, usize, Verdict)],
) -> Answer {
    let supporting = links
        .supported_by
        .get(&key_result)
        .into_iter()
        .flatten()
        .copied()
        .filter(|from| is_of(book, links, *from, unit) && is_active(book, *from))
        .collect();
    let assurances =
        given.iter().copied().filter(|(document, ..)| book.documents[*document].unit == unit).collect();
    Answer { unit, supporting, assurances }
}

/// Whether a key result is a unit's: in its document, or shared with it.
fn is_of(book: &Book, links: &Links, key_result: Target, unit: usize) -> bool {
    if key_result.unit(book) == Some(unit) {
        return true;
    }
    let Target::KeyResult(at, of, _) = key_result else { return false };
    let held = links.held.get(&(key_result.cycle(book), unit));
    held.is_some_and(|held| held.contains(&key_result) || held.contains(&Target::Objective(at, of)))
}

fn is_active(book: &Book, target: Target) -> bool {
    let Target::KeyResult(at, of, number) = target else { return false };
    let objective = &book.documents[at].okrs().objectives[of];
    objective.is_active(&objective.key_results[number])
}

fn sum(answers: Vec<Answer>) -> Coverage {
    let says = |verdict: Verdict| {
        move |answer: &Answer| answer.assurances.iter().any(|(_, _, given)| *given == verdict)
    };
    let covered = if answers.iter().any(|answer| !answer.supporting.is_empty()) {
        Covered::Supported
    } else if answers.iter().any(says(Verdict::Sufficient)) {
        Covered::Assured
    } else if answers.iter().any(says(Verdict::Partial)) {
        Covered::Partial
    } else if answers.iter().all(says(Verdict::NotOurs)) {
        Covered::NotOurs
    } else {
        Covered::Uncovered
    };
    Coverage { covered, answers, unsure: false }
}

/// Whether a mistake may hide an answer: not HTML in a text, nor a key that an item lacks, none of which
/// is an answer; an assurance that lacks one does.
fn may_hide(finding: &Finding) -> bool {
    match finding.rule {
        "format/raw-html" => false,
        "format/missing-key" => finding.about.is_none(),
        _ => true,
    }
}

/// Whether a unit's document in a cycle, or in one within it, could not be read as a whole: a mistyped
/// key may have been the answer.
fn is_hidden(book: &Book, unit: usize, cycle: usize) -> bool {
    std::iter::once(cycle).chain(book.cycles[cycle].encloses.iter().copied()).any(|cycle| {
        let broken = book.document_of(cycle, unit).is_some_and(|at| {
            let file = &book.documents[at].file;
            file.broken || file.findings.iter().any(may_hide)
        });
        broken || book.is_unclear(&book.cycles[cycle].id, &book.config.units[unit].id)
    })
}

/// What references were probably meant for that lead nowhere.
fn mistyped(book: &Book, links: &Links) -> BTreeSet<String> {
    links
        .edges
        .iter()
        .filter(|edge| matches!(edge.kind, EdgeKind::Supports | EdgeKind::Assures(_)))
        .filter_map(|edge| match edge.trouble() {
            Some(Unresolved::Nothing { replacement: Some(meant), .. }) => {
                let home = book.documents[edge.document].cycle;
                super::resolve(book, meant, Some(home)).ok().map(|target| target.reference(book))
            }
            _ => None,
        })
        .collect()
}
