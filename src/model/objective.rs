//! An objective: what a unit is to achieve in a cycle, with the key results that tell.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use crate::date::Date;
use crate::diagnostic::Finding;
use crate::source::Span;
use crate::table::{Few, Reader, Scope, Words};

use super::KeyResult;

/// Whether something is worked on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Activity {
    /// It is.
    #[default]
    Active,
    /// Not now.
    Paused,
    /// Not any more.
    Dropped,
}

impl Activity {
    pub(super) fn read(table: &mut Reader<'_, '_>) -> Self {
        match table.one_of("state").map(|at| at.value) {
            Some("paused") => Self::Paused,
            Some("dropped") => Self::Dropped,
            _ => Self::Active,
        }
    }

    /// The word of the format for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Paused => "paused",
            Self::Dropped => "dropped",
        }
    }
}

/// An objective, `[[objective]]`.
#[derive(Clone, Debug)]
pub struct Objective {
    /// Its name in references; absent where it is missing, bad or given before.
    pub id: Option<Words>,
    /// What it is to achieve.
    pub title: Option<Words>,
    /// Where its table stands.
    pub span: Span,
    /// Its owners, as typed; empty: the document's.
    pub owner: Few<Words>,
    /// The reason.
    pub why: Option<Words>,
    /// Themes of the direction that it answers to.
    pub themes: Few<Words>,
    /// What its key results help to reach that name nothing themselves.
    pub supports: Few<Words>,
    /// How firmly it is promised.
    pub commitment: Option<&'static str>,
    /// Words to filter by.
    pub labels: Few<Words>,
    /// Other units of the level that hold it too.
    pub shared_with: Few<Words>,
    /// Why it supports nothing above.
    pub stands_alone: Option<Words>,
    /// Addresses.
    pub links: Few<Words>,
    /// Whether it is worked on.
    pub activity: Activity,
    /// What came of it.
    pub outcome: Option<Words>,
    /// The grade that was given to it as a whole.
    pub own_grade: Option<f64>,
    /// Its key results, in the order of the file.
    pub key_results: Vec<KeyResult>,
    /// Whether one of its key results has no id to be referred to by: then references into it are
    /// not judged.
    pub unclear: bool,
}

impl Objective {
    pub(super) fn read(scope: &Scope<'_>, mut table: Reader<'_, '_>) -> Self {
        let id = table.id("id");
        if let Some(id) = &id {
            table.about = Some(id.value.clone());
        }
        let title = table.words("title");
        let owner = table.one_or_many("owner");
        let why = table.prose("why");
        let themes = table.list("themes");
        let supports = table.list("supports");
        let commitment = table.one_of("commitment").map(|at| at.value);
        let labels = table.list("labels");
        let shared_with = table.list("shared-with");
        let stands_alone = table.prose("stands-alone");
        let links = table.list("links");
        let activity = Activity::read(&mut table);
        let outcome = table.prose("outcome");
        let own_grade = table.share("grade").map(|at| at.value);
        let name = id.as_ref().map(|id| id.value.clone());
        let mut key_results: Vec<KeyResult> = table
            .tables("key-result")
            .into_iter()
            .map(|reader| KeyResult::read(reader, name.as_deref()))
            .collect();
        table.finish();
        let mut unclear = table.hides || key_results.iter().any(|key_result| key_result.id.is_none());
        let owner_of =
            name.as_deref().map_or_else(|| "this objective".to_owned(), |name| format!("`{name}`"));
        unclear |= unique(
            scope,
            key_results.iter_mut().map(|key_result| &mut key_result.id),
            |id| format!("{owner_of} has two key results with the id `{id}`"),
            |finding, free| finding.help(format!("give one of them another id, such as `{free}`")),
        );
        let span = table.span;
        Self {
            id,
            title,
            span,
            owner,
            why,
            themes,
            supports,
            commitment,
            labels,
            shared_with,
            stands_alone,
            links,
            activity,
            outcome,
            own_grade,
            key_results,
            unclear,
        }
    }

    /// Whether a key result of it is worked on: it and the objective are.
    pub fn is_active(&self, key_result: &KeyResult) -> bool {
        self.activity == Activity::Active && key_result.activity == Activity::Active
    }

    /// How far it is on the way: the weighted mean over its active key results that have a
    /// progress; none where none has.
    pub fn progress(&self, today: Date) -> Option<f64> {
        mean(self.counting().filter_map(|key_result| Some((key_result.progress(today)?, key_result.weight))))
    }

    /// Its grade: its own, or the mean of its key results' grades.
    pub fn grade(&self) -> Option<f64> {
        let grades = self.key_results.iter().filter_map(|key_result| Some((key_result.grade?, 1.0)));
        self.own_grade.or_else(|| mean(grades))
    }

    /// Its key results that are worked on, whatever it is itself.
    fn counting(&self) -> impl Iterator<Item = &KeyResult> {
        self.key_results.iter().filter(|key_result| key_result.activity == Activity::Active)
    }
}

fn mean(values: impl Iterator<Item = (f64, f64)>) -> Option<f64> {
    // weights of which the sum would be no number, or next to nothing, are reckoned as shares of the largest
    const ORDINARY: std::ops::RangeInclusive<f64> = 1e-100..=1e100;
    let values: Vec<(f64, f64)> = values.collect();
    let largest = values.iter().map(|(_, weight)| *weight).fold(0.0, f64::max);
    let unit = if largest == 0.0 || ORDINARY.contains(&largest) { 1.0 } else { largest };
    let (mut sum, mut weights) = (0.0, 0.0);
    for (value, weight) in values {
        sum += value * (weight / unit);
        weights += weight / unit;
    }
    (weights > 0.0).then(|| sum / weights)
}

/// Reports ids that are given twice and takes them from the later items; true if there were any.
pub(super) fn unique<'a>(
    scope: &Scope<'_>,
    ids: impl Iterator<Item = &'a mut Option<Words>>,
    message: impl Fn(&str) -> String,
    with: impl Fn(Finding, &str) -> Finding,
) -> bool {
    let slots: Vec<&mut Option<Words>> = ids.collect();
    let mut taken: HashSet<String> =
        slots.iter().filter_map(|slot| slot.as_ref()).map(|id| id.value.to_string()).collect();
    let mut first: BTreeMap<Arc<str>, Span> = BTreeMap::new();
    let mut next: HashMap<Arc<str>, usize> = HashMap::new();
    let mut any = false;
    for slot in slots {
        let Some(id) = slot else { continue };
        if let Some(span) = first.get(&id.value) {
            let place = crate::source::Place::new(&scope.source.path, *span);
            let number = next.entry(Arc::clone(&id.value)).or_insert(2);
            while !taken.insert(format!("{}-{number}", id.value)) {
                *number += 1;
            }
            let free = format!("{}-{number}", id.value);
            scope.report("format/duplicate-id", id.span, message(&id.value), |finding| {
                with(finding, &free)
                    .suggestion(id.span, format!("\"{free}\""))
                    .related(place, "the first one stands here")
            });
            any = true;
            *slot = None;
        } else {
            first.insert(id.value.clone(), id.span);
        }
    }
    any
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_stands_between_whatever_the_weights_are() {
        assert_eq!(mean([].into_iter()), None);
        assert_eq!(mean([(0.5, 0.0)].into_iter()), None);
        for weight in [5e-324, 1e-200, 1.0, 3.0, 1e200, 1e308] {
            let of = [(0.25, weight), (0.75, weight), (0.5, weight)];
            assert_eq!(mean(of.into_iter()), Some(0.5), "{weight}");
        }
    }
}
