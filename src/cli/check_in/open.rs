//! Key results as a check-in speaks of them: which are open, where they stand, in words.

use super::Said;
use crate::date::{Date, Phase};
use crate::model::{Book, KeyResult, Measure, same_person};
use crate::number::Separators;

/// A key result by the numbers of its document, its objective and its own.
pub(super) type Number = (usize, usize, usize);

/// The open key results of a document: those that are worked on and not graded.
pub(super) fn of_document(book: &Book, document: usize) -> Vec<Number> {
    let okrs = book.documents[document].okrs();
    let open = okrs.key_results().filter(|(.., objective, of)| objective.is_active(of) && of.grade.is_none());
    open.map(|(at, of, ..)| (document, at, of)).collect()
}

/// The open key results that a person owns, or alone sets where no owner is named, in the cycles that run; where none runs, in the current one.
pub(super) fn of_person(book: &Book, handle: &str, today: Date) -> Vec<Number> {
    let runs = |cycle: usize| book.cycles[cycle].phase(today) == Phase::Running;
    let any = (0..book.cycles.len()).any(runs);
    let counts = |cycle: usize| if any { runs(cycle) } else { Some(cycle) == book.current(today) };
    let documents = (0..book.documents.len()).filter(|at| counts(book.documents[*at].cycle));
    let open = documents.flat_map(|document| of_document(book, document));
    open.filter(|(document, at, of)| {
        let okrs = book.documents[*document].okrs();
        let objective = &okrs.objectives[*at];
        let owners = okrs.key_result_owners(objective, &objective.key_results[*of]);
        // what nobody is named for is whose alone it is to set
        let sets = &book.config.units[book.documents[*document].unit].set_by;
        let owners = if owners.is_empty() && sets.len() == 1 { sets } else { owners };
        owners.iter().any(|owner| same_person(&owner.value, handle))
    })
    .collect()
}

/// A value with what it is counted in.
pub(super) fn shown(of: &KeyResult, value: f64) -> String {
    let unit = of.measured_in.as_ref().map(|unit| unit.value.as_ref());
    Separators::default().with_unit(value, unit).replace('\u{a0}', " ").replace('\u{2212}', "-")
}

/// What was said, and what it means.
pub(super) fn in_words(of: &KeyResult, said: &Said, today: Date) -> String {
    let mut parts = Vec::new();
    if let Some(value) = said.value {
        let before = of.value(today).map_or(String::new(), |before| format!(", was {}", shown(of, before)));
        parts.push(format!("{}{before}", shown(of, value)));
        parts.extend(standing(of, Some(value)));
    }
    parts.extend(said.confidence.map(|confidence| format!("confidence {confidence:?}")));
    parts.extend(said.note.clone());
    parts.join("; ")
}

/// Where a value stands on the way, or to its threshold.
pub(super) fn standing(of: &KeyResult, value: Option<f64>) -> Option<String> {
    match (of.measure.progress(value), of.measure.met(value)) {
        (Some(progress), _) => Some(format!("{:.0} % of the way", (progress * 100.0).floor())),
        (None, Some(true)) => Some("met".to_owned()),
        (None, Some(false)) => Some("not met".to_owned()),
        (None, None) => None,
    }
}

/// What is to be reached.
pub(super) fn goal(of: &KeyResult) -> String {
    match of.measure {
        Measure::Measured { from, to } => format!("{from} -> {}", shown(of, to)),
        Measure::Threshold { at_least, at_most } => {
            let least = at_least.map(|least| format!("at least {}", shown(of, least)));
            let most = at_most.map(|most| format!("at most {}", shown(of, most)));
            least.into_iter().chain(most).collect::<Vec<_>>().join(", ")
        }
        Measure::Milestone | Measure::Unclear => "a milestone, 0.0 to 1.0".to_owned(),
    }
}
