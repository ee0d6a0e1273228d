//! How a key result reads: what was agreed, where it stands, and how far that is from the pace.

use serde::Serialize;

use crate::date::{Date, Phase};
use crate::model::{Activity, KeyResult, Measure, Objective};

use super::site::Site;

/// Where a key result stands, in words and a symbol.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Reading {
    /// The last value with its unit; none before the first check-in.
    pub value: Option<String>,
    /// What it means: `5 points ahead of the pace`.
    pub says: String,
    /// The symbol: ahead, behind, met, broken, none, nobase, paused or dropped.
    pub icon: &'static str,
    /// A class that colours it: `s-warn`, `s-bad`, `muted` or none.
    pub class: &'static str,
    /// A class for the chart: `behind`, `broken` or none.
    pub chart: &'static str,
}

impl Reading {
    /// Whether it wants somebody: behind the pace, or a threshold that is not met.
    pub fn is_wanting(&self) -> bool {
        matches!(self.icon, "behind" | "broken")
    }
}

/// What was agreed, in parts that a page can weigh: `96.4 →`, `98.5 %`, `stretch 99 %`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Agreed {
    /// What stands before the number that counts.
    pub before: String,
    /// The number that counts, or the word for a milestone.
    pub number: String,
    /// What stands after it, less heavy.
    pub after: Vec<String>,
}

impl Site<'_> {
    /// A value of a key result with its unit; of a milestone in per cent.
    pub fn value(&self, key_result: &KeyResult, value: f64) -> String {
        match key_result.measure {
            Measure::Milestone => self.percent(value),
            _ => self.number(value, key_result.measured_in.as_ref()),
        }
    }

    /// How far a key result is, in a word: its progress, or whether a threshold is met; none before the
    /// first check-in.
    pub fn how_far(&self, key_result: &KeyResult) -> Option<String> {
        key_result.value(self.today)?;
        match (key_result.progress(self.today), key_result.met(self.today)) {
            (Some(progress), _) => Some(self.percent(progress)),
            (None, Some(met)) => Some(self.text(if met { "key-result.met" } else { "key-result.not-met" })),
            (None, None) => None,
        }
    }

    /// What was agreed for a key result.
    pub fn agreed(&self, key_result: &KeyResult) -> Agreed {
        let unit = key_result.measured_in.as_ref();
        let mut agreed = match key_result.measure {
            Measure::Measured { from, to } => Agreed {
                before: self.say("number.from", &[("n", &self.plain_number(from))]),
                number: self.number(to, unit),
                after: Vec::new(),
            },
            Measure::Threshold { at_least, at_most } => self.limits(key_result, at_least, at_most),
            Measure::Milestone => Agreed { number: self.text("key-result.milestone"), ..Agreed::default() },
            Measure::Unclear => Agreed::default(),
        };
        if let Some(stretch) = key_result.stretch {
            agreed.after.push(self.say(
                "key-result.stretch",
                &[("n", &self.number(stretch, unit.filter(|unit| is_symbol(&unit.value))))],
            ));
        }
        if let Some(due) = &key_result.due {
            agreed.after.push(self.say("key-result.due", &[("date", &self.day(due.value))]));
        }
        if key_result.weight != 1.0 {
            agreed.after.push(self.say("key-result.weight", &[("n", &self.plain_number(key_result.weight))]));
        }
        agreed
    }

    fn limits(&self, key_result: &KeyResult, at_least: Option<f64>, at_most: Option<f64>) -> Agreed {
        let unit = key_result.measured_in.as_ref();
        // the number is weighed by itself, whatever the language puts around it
        let around = |key: &str, number: f64| {
            let said = self.say(key, &[("n", "\u{1}")]);
            let (before, after) = said.split_once('\u{1}').map_or(("", ""), |parts| parts);
            Agreed {
                before: before.trim().to_owned(),
                number: self.number(number, unit),
                after: [after.trim().to_owned()].into_iter().filter(|after| !after.is_empty()).collect(),
            }
        };
        match (at_least, at_most) {
            (Some(least), Some(most)) => Agreed {
                number: self.say(
                    "key-result.between",
                    &[("from", &self.plain_number(least)), ("to", &self.number(most, unit))],
                ),
                ..Agreed::default()
            },
            (Some(least), None) => around("key-result.at-least", least),
            (None, Some(most)) => around("key-result.at-most", most),
            (None, None) => Agreed::default(),
        }
    }

    /// Where a key result stands.
    pub fn reading(&self, cycle: usize, objective: &Objective, key_result: &KeyResult) -> Reading {
        let value = key_result.value(self.today).map(|value| self.value(key_result, value));
        let activity =
            if objective.activity == Activity::Active { key_result.activity } else { objective.activity };
        let reading = match activity {
            Activity::Active => self.standing(cycle, key_result),
            Activity::Paused => self.plain_reading("okrs.paused", "paused"),
            Activity::Dropped => self.plain_reading("okrs.dropped", "dropped"),
        };
        Reading { value, ..reading }
    }

    fn plain_reading(&self, key: &str, icon: &'static str) -> Reading {
        Reading { says: self.text(key), icon, class: "muted", ..Reading::default() }
    }

    fn standing(&self, cycle: usize, key_result: &KeyResult) -> Reading {
        let Some(value) = key_result.value(self.today) else {
            let key = match key_result.measure {
                Measure::Measured { .. } => "key-result.no-check-in-start",
                _ => "key-result.no-check-in",
            };
            return self.plain_reading(key, "none");
        };
        match key_result.measure {
            Measure::Threshold { at_least, .. } => self.threshold(key_result, value, at_least),
            Measure::Unclear => self.plain_reading("number.none", "nobase"),
            Measure::Measured { .. } | Measure::Milestone => {
                let pace = self.pace(cycle, key_result.due.as_ref().map(|due| due.value));
                match (key_result.measure.progress(Some(value)), pace) {
                    (Some(progress), _) if self.book().cycles[cycle].phase(self.today) == Phase::Ended => {
                        self.in_the_end(progress)
                    }
                    (Some(progress), Some(pace)) => self.against(progress, pace),
                    _ => self.plain_reading("okrs.not-begun", "nobase"),
                }
            }
        }
    }

    fn against(&self, progress: f64, pace: f64) -> Reading {
        let points = self.points(progress, pace);
        let distance = usize::try_from(points.unsigned_abs()).unwrap_or_default();
        if self.is_behind(progress, pace) {
            return Reading {
                says: self.count("key-result.behind", distance, &[]),
                icon: "behind",
                class: "s-warn",
                chart: "behind",
                value: None,
            };
        }
        let says = match points {
            0 => self.text("key-result.on-pace"),
            1.. => self.count("key-result.ahead", distance, &[]),
            _ => self.count("key-result.under", distance, &[]),
        };
        let icon = if points < 0 { "nobase" } else { "ahead" };
        Reading { says, icon, ..Reading::default() }
    }

    /// What a key result came to: once its cycle has ended there is no pace, only the target.
    fn in_the_end(&self, progress: f64) -> Reading {
        if progress >= 1.0 {
            return Reading {
                says: self.text("key-result.target-reached"),
                icon: "met",
                ..Reading::default()
            };
        }
        let points = self.points(progress, 1.0).unsigned_abs().max(1);
        let says = self.count("key-result.short", usize::try_from(points).unwrap_or_default(), &[]);
        if self.is_behind(progress, 1.0) {
            return Reading { says, icon: "behind", class: "s-warn", chart: "behind", value: None };
        }
        Reading { says, icon: "nobase", ..Reading::default() }
    }

    fn threshold(&self, key_result: &KeyResult, value: f64, at_least: Option<f64>) -> Reading {
        if key_result.measure.met(Some(value)) == Some(true) {
            return Reading { says: self.text("key-result.within-limit"), icon: "met", ..Reading::default() };
        }
        let under = at_least.is_some_and(|least| value < least);
        let key = if under { "key-result.under-limit-since" } else { "key-result.over-limit-since" };
        let says = match self.unmet_since(key_result) {
            Some(since) => self.say(key, &[("date", &self.day(since))]),
            None => self.text("key-result.not-met"),
        };
        Reading { says, icon: "broken", class: "s-bad", chart: "broken", value: None }
    }

    /// The day of the first check-in of those without a break up to the last that do not meet a threshold.
    pub(super) fn unmet_since(&self, key_result: &KeyResult) -> Option<Date> {
        let counted = key_result.counted(self.today);
        let values = counted
            .iter()
            .rev()
            .filter_map(|check_in| Some((check_in.on.as_ref()?.value, check_in.value()?)));
        values
            .take_while(|(_, value)| key_result.measure.met(Some(*value)) == Some(false))
            .last()
            .map(|(on, _)| on)
    }

    /// The progress of an objective in a word, and whether it is behind.
    pub fn objective_progress(&self, cycle: usize, objective: &Objective) -> (String, bool) {
        let Some(progress) = objective.progress(self.today) else {
            let has = !objective.key_results.is_empty();
            return (if has { self.text("number.none") } else { String::new() }, false);
        };
        if self.book().cycles[cycle].phase(self.today) == Phase::Planning {
            return (self.text("okrs.not-begun"), false);
        }
        let pace = self.pace(cycle, None);
        let behind =
            objective.activity == Activity::Active && pace.is_some_and(|pace| self.is_behind(progress, pace));
        (self.percent(progress), behind)
    }
}

/// Whether a unit is short enough to be said again: `%`, but not `% of bookings`.
fn is_symbol(unit: &str) -> bool {
    unit.chars().count() <= 2
}
