//! What the check-ins say: limits that do not hold, key results behind the pace, silence.

use std::collections::BTreeMap;

use crate::date::{Date, Phase, days_between};
use crate::links::Target;
use crate::model::{ItemPlace, KeyResult, Measure, Objective};
use crate::pages::phrase::Piece;
use crate::pages::site::Site;
use crate::pages::standing::Standing;

use super::{Todo, is_silent};

/// A key result with where it stands in the book.
struct One<'a> {
    target: Target,
    cycle: usize,
    unit: usize,
    key_result: &'a KeyResult,
}

pub(super) fn add(site: &Site<'_>, standing: &Standing, all: &mut Vec<Todo>) {
    if site.book().cycles[standing.cycle].phase(site.today) != Phase::Running {
        return;
    }
    let mut quiet: BTreeMap<usize, Vec<Target>> = BTreeMap::new();
    for document in &standing.documents {
        let of = &site.book().documents[document.document];
        for (at, number, objective, key_result) in of.okrs().key_results() {
            let name = of.okrs().name(ItemPlace::KeyResult(at, number));
            let silent = |rule: &str| is_silent(site, Some(of.okrs()), rule, name.as_deref());
            let one = One {
                target: Target::KeyResult(document.document, at, number),
                cycle: of.cycle,
                unit: of.unit,
                key_result,
            };
            all.extend(standing_todo(site, &one, objective));
            if is_quiet(site, of.cycle, objective, key_result) && !silent("process/quiet") {
                quiet.entry(of.unit).or_default().push(one.target);
            }
        }
    }
    all.extend(quiet_todo(site, &quiet));
}

fn standing_todo(site: &Site<'_>, one: &One<'_>, objective: &Objective) -> Option<Todo> {
    let reading = site.reading(one.cycle, objective, one.key_result);
    match reading.icon {
        "broken" => Some(broken(site, one, reading.value.unwrap_or_default())),
        "behind" => behind(site, one),
        _ => None,
    }
}

fn unit_name(site: &Site<'_>, one: &One<'_>) -> String {
    site.config().units[one.unit].name.to_string()
}

/// A threshold that does not hold.
fn broken(site: &Site<'_>, one: &One<'_>, value: String) -> Todo {
    let unit = one.key_result.measured_in.as_ref();
    let (key, limit) = match one.key_result.measure {
        Measure::Threshold { at_least: None, at_most: Some(most) } => {
            ("todo.over-limit", site.number(most, unit))
        }
        Measure::Threshold { at_least: Some(least), at_most: None } => {
            ("todo.under-limit", site.number(least, unit))
        }
        _ => ("todo.limits", site.agreed(one.key_result).number),
    };
    let pieces = [
        ("key-result", vec![site.piece(one.target)]),
        ("value", vec![Piece::plain(value)]),
        ("limit", vec![Piece::plain(limit)]),
    ];
    let since = site.unmet_since(one.key_result);
    let who = unit_name(site, one);
    let whom = match since {
        Some(since) => {
            let since = site.say("date.since", &[("date", &site.day(since))]);
            site.say("todo.for", &[("who", &who), ("since", &since)])
        }
        None => who,
    };
    Todo {
        icon: "broken",
        class: "s-bad",
        what: site.phrase(key, None, &pieces),
        whom,
        rule: site.text("todo.threshold"),
        rank: (4, since.map_or(0, |since| days_between(site.today, since))),
    }
}

fn behind(site: &Site<'_>, one: &One<'_>) -> Option<Todo> {
    let pace = site.pace(one.cycle, one.key_result.due.as_ref().map(|due| due.value))?;
    let points = site.points(one.key_result.progress(site.today)?, pace);
    let distance = usize::try_from(points.unsigned_abs()).unwrap_or_default();
    let mut pieces = vec![("key-result", vec![site.piece(one.target)])];
    let key = match one.key_result.confidence(site.today) {
        Some(confidence) => {
            pieces.push(("confidence", vec![Piece::plain(site.plain_number(confidence))]));
            "todo.behind-confidence"
        }
        None => "todo.behind",
    };
    let who = unit_name(site, one);
    let whom = match falling_since(site, one.key_result) {
        Some(since) => site.say("todo.falling-since", &[("who", &who), ("date", &site.day(since))]),
        None => who,
    };
    Some(Todo {
        icon: "behind",
        class: "s-warn",
        what: site.phrase(key, Some(distance), &pieces),
        whom,
        rule: site.text("todo.pace"),
        rank: (5, points),
    })
}

/// The day of the check-in from which on each was worse than the one before it.
fn falling_since(site: &Site<'_>, key_result: &KeyResult) -> Option<Date> {
    let counted = key_result.counted(site.today);
    let steps: Vec<(Date, f64)> = counted
        .iter()
        .filter_map(|check_in| {
            let progress = key_result.measure.progress(Some(check_in.value()?))?;
            Some((check_in.on.as_ref()?.value, progress))
        })
        .collect();
    let falling = steps.windows(2).rev().take_while(|pair| pair[1].1 < pair[0].1).count();
    (falling > 0).then(|| steps[steps.len() - 1 - falling].0)
}

fn is_quiet(site: &Site<'_>, cycle: usize, objective: &Objective, key_result: &KeyResult) -> bool {
    if !objective.is_active(key_result) || key_result.grade.is_some() || key_result.outcome.is_some() {
        return false;
    }
    let start = site.book().cycles[cycle].start;
    let counted = key_result.counted(site.today);
    let last = counted.last().and_then(|last| last.on.as_ref()).map_or(start, |on| on.value.max(start));
    days_between(last, site.today) >= site.config().quiet_days
}

/// All that is quiet in one line: how many, and in which units.
fn quiet_todo(site: &Site<'_>, quiet: &BTreeMap<usize, Vec<Target>>) -> Option<Todo> {
    let total: usize = quiet.values().map(Vec::len).sum();
    let (first, targets) = quiet.iter().next()?;
    let piece = match (total, targets.first()) {
        (1, Some(only)) => site.piece(*only),
        _ => Piece::strong(site.count("count.key-results", total, &[])),
    };
    let days = site.plain_number(site.config().quiet_days as f64);
    let mut units: Vec<(usize, usize)> = quiet.iter().map(|(unit, targets)| (targets.len(), *unit)).collect();
    units.sort_by_key(|(count, unit)| (std::cmp::Reverse(*count), *unit));
    let name = |unit: usize| site.config().units[unit].name.to_string();
    let names = if total == 1 {
        vec![name(*first)]
    } else {
        let of = |(count, unit): &(usize, usize)| {
            site.say("todo.documents-of", &[("unit", &name(*unit)), ("n", &site.whole(*count))])
        };
        units.iter().map(of).collect()
    };
    let pieces = [("key-results", vec![piece]), ("days", vec![Piece::plain(days)])];
    Some(Todo {
        icon: "quiet",
        class: "s-warn",
        what: site.phrase("todo.quiet", Some(total), &pieces),
        whom: site.few(names),
        rule: "process/quiet".to_owned(),
        rank: (6, 0),
    })
}
