//! A key result: how one can tell that an objective is reached. Measured from a baseline to a
//! target, held to a threshold, or a milestone that is done or not.

use crate::date::Date;
use crate::source::Span;
use crate::table::{At, Few, Reader, Words};

use super::{Activity, CheckIn};

/// How a key result is measured. Exactly one holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Measure {
    /// From a baseline to a target that differs; a target under the baseline is a decrease.
    Measured {
        /// The baseline.
        from: f64,
        /// The target.
        to: f64,
    },
    /// To reach or to keep: not under the one, not over the other. At least one is there.
    Threshold {
        /// Not under this.
        at_least: Option<f64>,
        /// Not over this.
        at_most: Option<f64>,
    },
    /// No numbers: check-in values are 0.0 to 1.0.
    Milestone,
    /// Not to be told from what is typed; a finding says why.
    Unclear,
}

impl Measure {
    /// The word of the format for it; none for what is unclear.
    pub fn as_str(self) -> Option<&'static str> {
        match self {
            Self::Measured { .. } => Some("measured"),
            Self::Threshold { .. } => Some("threshold"),
            Self::Milestone => Some("milestone"),
            Self::Unclear => None,
        }
    }

    /// How far a value is on the way, 0.0 to 1.0; a threshold has no way.
    pub fn progress(self, value: Option<f64>) -> Option<f64> {
        match self {
            Self::Measured { from, to } => {
                Some(value.map_or(0.0, |value| way(from, value, to).clamp(0.0, 1.0)))
            }
            Self::Milestone => Some(value.map_or(0.0, |value| value.clamp(0.0, 1.0))),
            Self::Threshold { .. } | Self::Unclear => None,
        }
    }

    /// Whether a threshold is met by a value.
    pub fn met(self, value: Option<f64>) -> Option<bool> {
        let Self::Threshold { at_least, at_most } = self else { return None };
        let value = value?;
        Some(at_least.is_none_or(|least| value >= least) && at_most.is_none_or(|most| value <= most))
    }
}

/// A key result, `[[objective.key-result]]`.
#[derive(Clone, Debug)]
pub struct KeyResult {
    /// Its name in references; absent where it is missing, bad or given before.
    pub id: Option<Words>,
    /// What will be true.
    pub title: Option<Words>,
    /// Where its table stands.
    pub span: Span,
    /// Its owners, as typed; empty: its objective's.
    pub owner: Few<Words>,
    /// How it is measured.
    pub measure: Measure,
    /// Beyond the target.
    pub stretch: Option<f64>,
    /// What the numbers are counted in.
    pub measured_in: Option<Words>,
    /// Where the number comes from.
    pub source: Few<Words>,
    /// What it helps to reach above, as typed; empty: what its objective supports.
    pub supports: Few<Words>,
    /// What it depends on.
    pub needs: Few<Words>,
    /// When it is due, if not at the end of the cycle.
    pub due: Option<At<Date>>,
    /// Its share in the objective's progress.
    pub weight: f64,
    /// The reason.
    pub why: Option<Words>,
    /// Words to filter by.
    pub labels: Few<Words>,
    /// Other units that hold it too.
    pub shared_with: Few<Words>,
    /// How firmly it is promised; absent: as its objective.
    pub commitment: Option<&'static str>,
    /// Addresses.
    pub links: Few<Words>,
    /// Whether it is worked on.
    pub activity: Activity,
    /// What was measured.
    pub check_ins: Box<[CheckIn]>,
    /// At the end, 0.0 to 1.0.
    pub grade: Option<f64>,
    /// What came of it.
    pub outcome: Option<Words>,
}

impl KeyResult {
    pub(super) fn read(mut table: Reader<'_, '_>, objective: Option<&str>) -> Self {
        let id = table.id("id");
        if let (Some(objective), Some(id)) = (objective, &id) {
            table.about = Some(format!("{objective}/{}", id.value).into());
        }
        let title = table.words("title");
        let owner = table.one_or_many("owner");
        let measure = measure(&mut table);
        let stretch = table.number("stretch").map(|at| at.value);
        let measured_in = table.words("measured-in");
        let source = table.one_or_many("source");
        let supports = table.list("supports");
        let needs = table.list("needs");
        let due = table.day("due");
        let weight = table.weight("weight").map_or(1.0, |at| at.value);
        let why = table.prose("why");
        let labels = table.list("labels");
        let shared_with = table.list("shared-with");
        let commitment = table.one_of("commitment").map(|at| at.value);
        let links = table.list("links");
        let activity = Activity::read(&mut table);
        let check_in = |table| CheckIn::read(table, measure == Measure::Milestone);
        let check_ins = table.tables("check-in").into_iter().map(check_in).collect();
        let grade = table.share("grade").map(|at| at.value);
        let outcome = table.prose("outcome");
        table.finish();
        let span = table.span;
        Self {
            id,
            title,
            span,
            owner,
            measure,
            stretch,
            measured_in,
            source,
            supports,
            needs,
            due,
            weight,
            why,
            labels,
            shared_with,
            commitment,
            links,
            activity,
            check_ins,
            grade,
            outcome,
        }
    }

    /// The check-ins that count on a day, by day; those of one day in the order of the file.
    pub fn counted(&self, today: Date) -> Vec<&CheckIn> {
        let mut counted: Vec<&CheckIn> =
            self.check_ins.iter().filter(|check_in| check_in.counts(today)).collect();
        counted.sort_by_key(|check_in| check_in.on.as_ref().map(|on| on.value));
        counted
    }

    /// The latest value that counts.
    pub fn value(&self, today: Date) -> Option<f64> {
        self.last(today, CheckIn::value)
    }

    /// The latest confidence that counts.
    pub fn confidence(&self, today: Date) -> Option<f64> {
        self.last(today, CheckIn::confidence)
    }

    /// What the latest check-in that counts and has it says; of those of one day the last in the file.
    fn last<T>(&self, today: Date, of: impl Fn(&CheckIn) -> Option<T>) -> Option<T> {
        let counted = self.check_ins.iter().filter(|check_in| check_in.counts(today));
        let said = counted.filter_map(|one| Some((one.on.as_ref().map(|on| on.value), of(one)?)));
        said.max_by_key(|(on, _)| *on).map(|(_, said)| said)
    }

    /// How far it is on the way, 0.0 to 1.0. A threshold has no progress.
    pub fn progress(&self, today: Date) -> Option<f64> {
        self.measure.progress(self.value(today))
    }

    /// Whether a threshold with a check-in is met.
    pub fn met(&self, today: Date) -> Option<bool> {
        self.measure.met(self.value(today))
    }
}

/// How far a value is from one number to another. What people type are decimals, so that the way is
/// reckoned in whole steps of their last place: from 99.5 to 99.95, 99.7 is 20 of 45 steps.
fn way(from: f64, value: f64, to: f64) -> f64 {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    // halves of what is very large: the way between two numbers may be longer than any number
    let share = if (to - from).is_finite() { 1.0 } else { 0.5 };
    let inexact = (value * share - from * share) / (to * share - from * share);
    let Some(scale) = scale_of([from, value, to]) else { return inexact };
    let steps = [from, value, to].map(|number| (number * scale).round());
    if steps.iter().any(|steps| steps.abs() > EXACT) {
        return inexact;
    }
    (steps[1] - steps[0]) / (steps[2] - steps[0])
}

/// The power of ten by which all of these are whole, as they are typed; none with more than nine decimals.
fn scale_of(numbers: [f64; 3]) -> Option<f64> {
    const MOST_PLACES: i32 = 9;
    let scales = (0..=MOST_PLACES).map(|places| 10f64.powi(places));
    // a whole number by a power of ten is the double nearest to the decimal, and that is what was read
    let is_whole = |number: f64, scale: f64| (number * scale).round() / scale == number;
    scales.into_iter().find(|scale| numbers.iter().all(|number| is_whole(*number, *scale)))
}

fn measure(table: &mut Reader<'_, '_>) -> Measure {
    let typed: Vec<&'static str> =
        ["from", "to", "at-least", "at-most"].into_iter().filter(|name| table.has(name)).collect();
    let from = table.number("from");
    let to = table.number("to");
    let at_least = table.number("at-least").map(|at| at.value);
    let at_most = table.number("at-most");
    let way = typed.iter().find(|name| matches!(**name, "from" | "to"));
    let edge = typed.iter().find(|name| name.starts_with("at-"));
    if let (Some(way), Some(edge)) = (way, edge) {
        mixed(table, way, edge);
        return Measure::Unclear;
    }
    if edge.is_some() {
        if let (Some(least), Some(most)) = (at_least, &at_most)
            && least > most.value
        {
            let message = format!("nothing is at least {least} and at most {} at once", most.value);
            table.report("format/bad-value", most.span, message, |finding| {
                finding.help("swap the two numbers")
            });
            return Measure::Unclear;
        }
        if at_least.is_none() && at_most.is_none() {
            return Measure::Unclear;
        }
        return Measure::Threshold { at_least, at_most: at_most.map(|at| at.value) };
    }
    match (from, to) {
        (Some(from), Some(to)) if from.value == to.value => {
            table.report(
                "format/bad-value",
                to.span,
                format!("`from` and `to` are both `{}`", to.value),
                |finding| {
                    finding
                        .help("a measured key result moves; to keep a number, write `at-least` or `at-most`")
                },
            );
            Measure::Unclear
        }
        (Some(from), Some(to)) => Measure::Measured { from: from.value, to: to.value },
        _ => incomplete(table, &typed),
    }
}

fn mixed(table: &Reader<'_, '_>, way: &str, edge: &str) {
    let (Some(way_span), Some(edge_span)) = (table.key_span(way), table.key_span(edge)) else { return };
    let (first, second, name, other) = if way_span < edge_span {
        (way_span, edge_span, edge, way)
    } else {
        (edge_span, way_span, way, edge)
    };
    let first = crate::source::Place::new(&table.path(), first);
    let message =
        format!("`{name}` stands beside `{other}`: a key result is measured or a threshold, not both");
    table.report("format/mixed-measure", second, message, |finding| {
        finding
            .help("keep `from` and `to` for a number that moves, `at-least` and `at-most` for one to reach or to keep")
            .related(first, "the other kind begins here")
    });
}

/// `from` without `to`, `to` without `from`, or a `stretch` of nothing.
fn incomplete(table: &Reader<'_, '_>, typed: &[&str]) -> Measure {
    let has = |name: &str| typed.contains(&name);
    let (there, lacks) = match (has("from"), has("to")) {
        (true, true) => return Measure::Unclear, // one of them could not be read
        (true, false) => ("from", "to"),
        (false, true) => ("to", "from"),
        (false, false) if table.has("stretch") => ("stretch", "to"),
        (false, false) => return Measure::Milestone,
    };
    if !table.is_whole() {
        return Measure::Unclear;
    }
    let span = table.key_span(there).unwrap_or(table.span);
    table.report("format/missing-key", span, format!("`{there}` stands without `{lacks}`"), |finding| {
        finding.help(match lacks {
            "from" => "add the baseline as `from`; where none is known, write `at-least` or `at-most`; without a number it is a milestone",
            _ => "add the target as `to`; to keep a number, write `at-least` or `at-most`; without a number it is a milestone",
        })
    });
    Measure::Unclear
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_is_reckoned_in_decimals_and_kept_within_the_way() {
        let up = Measure::Measured { from: 99.5, to: 99.95 };
        assert_eq!(up.progress(Some(99.7)), Some(20.0 / 45.0));
        assert_eq!(up.progress(Some(99.0)), Some(0.0));
        assert_eq!(up.progress(None), Some(0.0));
        let down = Measure::Measured { from: 72.0, to: 24.0 };
        assert_eq!(down.progress(Some(60.0)), Some(0.25));
        assert_eq!(down.progress(Some(1e300)), Some(0.0));
        assert_eq!(Measure::Measured { from: 0.0, to: 1e300 }.progress(Some(5e299)), Some(0.5));
        let widest = Measure::Measured { from: -1e308, to: 1e308 };
        assert_eq!(
            [-1e308, 0.0, 1e308].map(|value| widest.progress(Some(value))),
            [Some(0.0), Some(0.5), Some(1.0)]
        );
    }

    #[test]
    fn a_threshold_is_met_or_not_and_has_no_progress() {
        let threshold = Measure::Threshold { at_least: Some(2.0), at_most: Some(5.0) };
        assert_eq!(threshold.progress(Some(3.0)), None);
        assert_eq!(
            [1.0, 2.0, 5.0, 5.1].map(|value| threshold.met(Some(value))),
            [Some(false), Some(true), Some(true), Some(false)]
        );
        assert_eq!(threshold.met(None), None);
    }
}
