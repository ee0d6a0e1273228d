//! The check-ins of a cycle by week, and what has had none for long.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::date::{Date, Phase, days_between, weeks_in};
use crate::links::Target;
use crate::pages::site::Site;

/// How many key results were checked in each week, and how sure people were.
#[derive(Debug)]
pub(super) struct Weeks {
    /// Active key results of the cycle.
    pub key_results: usize,
    /// How many of them had a check-in in each week, from the first on up to the present one.
    pub counts: Vec<usize>,
    /// The mean of the confidence in each week.
    confidence: Vec<Option<f64>>,
    /// Key results by week, where a column of the table is more than one.
    columns: Vec<(usize, usize, usize, Option<f64>)>,
}

/// The check-ins of a cycle as a table.
#[derive(Debug, Serialize)]
pub struct CheckInsView {
    /// How many key results there are, and how often a check-in is expected.
    pub meaning: String,
    /// The weeks.
    pub weeks: Vec<WeekView>,
    /// Whether anybody said how sure they are.
    pub has_confidence: bool,
}

/// A week, or a few where there are many.
#[derive(Debug, Serialize)]
pub struct WeekView {
    /// `7`, or `5–8`.
    pub name: String,
    /// `Week 7`.
    pub label: String,
    /// How many key results had a check-in.
    pub count: String,
    /// How sure people were, on average.
    pub confidence: String,
}

/// What has had no check-in for long.
#[derive(Debug, Default, Serialize)]
pub struct QuietView {
    /// Its title, with the days after which a key result is called quiet.
    pub title: String,
    /// How many there are.
    pub summary: String,
    /// The longest quiet first.
    pub rows: Vec<QuietRow>,
    /// How many others there are, by unit, for the first few units.
    pub others: Vec<(String, String, String)>,
    /// In how many units more.
    pub more: String,
}

/// A key result that has gone quiet.
#[derive(Debug, Serialize)]
pub struct QuietRow {
    /// Its title.
    pub title: String,
    /// Where it stands.
    pub url: String,
    /// Its unit.
    pub unit: String,
    /// Who owns it.
    pub owners: Vec<crate::pages::parts::Who>,
    /// Its last check-in.
    pub last: String,
    /// For how long.
    pub days: String,
}

/// What has gone quiet, and how many that are.
pub(super) struct Quiet {
    pub count: usize,
    pub view: QuietView,
}

/// As many columns as a table of weeks has.
const MOST_COLUMNS: usize = 18;

/// As many units as others are told of.
const MOST_OTHERS: usize = 12;

/// As many quiet key results as are listed.
const MOST_QUIET: usize = 15;

impl Site<'_> {
    /// The check-ins by week; none before the cycle begins, or without key results.
    pub(super) fn weeks(&self, cycle: usize) -> Option<Weeks> {
        let of = &self.book().cycles[cycle];
        if of.phase(self.today) == Phase::Planning {
            return None;
        }
        let last = of.end.map_or(self.today, |end| end.min(self.today));
        let total = usize::try_from(weeks_in(of.start, last)).ok()?;
        let step = total.div_ceil(MOST_COLUMNS).max(1);
        let mut weeks = Weeks {
            key_results: 0,
            counts: vec![0; total],
            confidence: vec![None; total],
            columns: (0..total.div_ceil(step))
                .map(|at| (at * step, ((at + 1) * step).min(total), 0, None))
                .collect(),
        };
        let mut sums = vec![(0.0, 0.0); total];
        for document in self.book().documents_of(cycle) {
            for (_, _, objective, key_result) in self.book().documents[document].okrs().key_results() {
                if !objective.is_active(key_result) {
                    continue;
                }
                weeks.key_results += 1;
                let mut seen: BTreeMap<usize, ()> = BTreeMap::new();
                for check_in in key_result.counted(last) {
                    let Some(week) = week(of.start, check_in.on.as_ref().map(|on| on.value), total) else {
                        continue;
                    };
                    if seen.insert(week, ()).is_none() {
                        weeks.counts[week] += 1;
                    }
                    if let Some(share) = check_in.confidence() {
                        sums[week] = (sums[week].0 + share, sums[week].1 + 1.0);
                    }
                }
                let mut columns: Vec<usize> = seen.keys().map(|week| week / step).collect();
                columns.dedup();
                columns.into_iter().for_each(|column| weeks.columns[column].2 += 1);
            }
        }
        for (at, (sum, count)) in sums.iter().enumerate() {
            weeks.confidence[at] = (*count > 0.0).then(|| sum / count);
        }
        for column in &mut weeks.columns {
            let (sum, count) =
                sums[column.0..column.1].iter().fold((0.0, 0.0), |a, b| (a.0 + b.0, a.1 + b.1));
            column.3 = (count > 0.0).then(|| sum / count);
        }
        (weeks.key_results > 0).then_some(weeks)
    }

    pub(super) fn check_ins_view(&self, weeks: Weeks) -> CheckInsView {
        let key_results = self.count("count.key-results", weeks.key_results, &[]);
        let days = usize::try_from(self.config().quiet_days).unwrap_or_default();
        let name = |from: usize, to: usize| {
            if to == from + 1 { to.to_string() } else { format!("{}–{to}", from + 1) }
        };
        CheckInsView {
            meaning: self.count("timeline.check-ins-meaning", days, &[("key-results", &key_results)]),
            has_confidence: weeks.confidence.iter().any(Option::is_some),
            weeks: weeks
                .columns
                .iter()
                .map(|(from, to, count, confidence)| WeekView {
                    name: name(*from, *to),
                    label: self.say("timeline.week-n", &[("n", &name(*from, *to))]),
                    count: self.whole(*count),
                    confidence: confidence.map_or_else(
                        || self.text("number.none"),
                        |share| self.plain_number((share * 10.0).round() / 10.0),
                    ),
                })
                .collect(),
        }
    }

    pub(super) fn quiet(&self, cycle: usize) -> Quiet {
        let mut quiet: Vec<(i64, Target)> = Vec::new();
        for document in self.book().documents_of(cycle) {
            for (at, of, objective, key_result) in self.book().documents[document].okrs().key_results() {
                let days = self.book().quiet_for(cycle, objective, key_result, self.today);
                quiet.extend(days.map(|days| (days, Target::KeyResult(document, at, of))));
            }
        }
        quiet.sort_by_key(|(days, target)| (-days, *target));
        let days = usize::try_from(self.config().quiet_days).unwrap_or_default();
        let rest = quiet.get(MOST_QUIET..).unwrap_or_default();
        let mut by_unit: BTreeMap<usize, usize> = BTreeMap::new();
        for (_, target) in rest {
            *by_unit.entry(target.document().unwrap_or_default()).or_default() += 1;
        }
        let more = match by_unit.len().saturating_sub(MOST_OTHERS) {
            0 => String::new(),
            units => self.count("timeline.quiet-more", units, &[]),
        };
        let others = by_unit
            .into_iter()
            .take(MOST_OTHERS)
            .map(|(document, count)| {
                let unit = &self.config().units[self.book().documents[document].unit];
                (unit.name.to_string(), self.book().document_url(document), self.whole(count))
            })
            .collect();
        let view = QuietView {
            title: self.count("timeline.quiet", days, &[]),
            summary: self.count("count.key-results", quiet.len(), &[]),
            rows: quiet.iter().take(MOST_QUIET).filter_map(|(days, of)| self.quiet_row(*days, *of)).collect(),
            others,
            more,
        };
        Quiet { count: quiet.len(), view }
    }

    fn quiet_row(&self, days: i64, target: Target) -> Option<QuietRow> {
        let Target::KeyResult(document, at, of) = target else { return None };
        let okrs = self.book().documents[document].okrs();
        let objective = &okrs.objectives[at];
        let key_result = &objective.key_results[of];
        let last = key_result
            .counted(self.today)
            .last()
            .and_then(|check_in| check_in.on.as_ref().map(|on| on.value));
        Some(QuietRow {
            title: self.title(target),
            url: self.url(target),
            unit: self.config().units[self.book().documents[document].unit].name.to_string(),
            owners: self.whos(okrs.key_result_owners(objective, key_result)),
            last: last.map_or_else(|| self.text("date.never"), |day| self.day(day)),
            days: self.count("date.days", usize::try_from(days).unwrap_or_default(), &[]),
        })
    }
}

/// The number of the week, from 0, that a day of the cycle falls in.
fn week(start: Date, day: Option<Date>, total: usize) -> Option<usize> {
    let week = usize::try_from(days_between(start, day?).div_euclid(7)).ok()?;
    (week < total).then_some(week)
}
