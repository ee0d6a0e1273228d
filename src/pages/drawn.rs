//! Key results and objectives as their charts want them: days as fractions of the cycle, numbers with
//! their labels.

use std::sync::Arc;

use jiff::ToSpan;

use crate::chart::{
    Agreed, CheckInPoint, ConfidenceLabel, Frame, KeyResultChart, Kind, ObjectiveDot, Standing, Strip, Tick,
    Track,
};
use crate::date::{Date, Phase, days_between, days_in};
use crate::model::{CheckIn, KeyResult, Measure, Objective};

use super::reading::Reading;
use super::site::Site;

impl Site<'_> {
    /// The last day of a cycle for its charts; an open one is drawn up to today, at least four weeks.
    fn drawn_end(&self, cycle: usize) -> Date {
        let cycle = &self.book().cycles[cycle];
        let least = cycle.start.saturating_add(28.days());
        cycle.end.unwrap_or_else(|| self.today.max(least))
    }

    /// Where a day is in a cycle: 0.0 at its start, 1.0 after its last day.
    fn fraction(&self, cycle: usize, day: Date) -> f64 {
        let start = self.book().cycles[cycle].start;
        days_between(start, day) as f64 / days_in(start, self.drawn_end(cycle)).max(1) as f64
    }

    /// The axis that all charts of a cycle share: its months, and today while it runs.
    pub fn frame(&self, cycle: usize) -> Frame {
        let of = &self.book().cycles[cycle];
        let end = self.drawn_end(cycle);
        // alone on an axis a month that is cut short wants no point
        let month = |day: Date| self.lang.month_short(day).trim_end_matches('.').to_owned();
        let mut ticks = vec![Tick { x: 0.0, label: month(of.start) }];
        let mut first = of.start.first_of_month();
        while ticks.len() < 200 {
            first = first.saturating_add(1.month());
            if first > end {
                break;
            }
            ticks.push(Tick { x: self.fraction(cycle, first), label: month(first) });
        }
        let today = (of.phase(self.today) == Phase::Running).then(|| self.fraction(cycle, self.today));
        Frame { ticks, today }
    }

    /// What objectives of a cycle are held against.
    pub fn track(&self, cycle: usize) -> Track {
        match self.book().cycles[cycle].phase(self.today) {
            Phase::Planning => Track::Plain,
            Phase::Running | Phase::Ended => self.pace(cycle, None).map_or(Track::Plain, Track::Pace),
        }
    }

    /// An objective on a strip; none without progress.
    pub fn strip(&self, cycle: usize, objectives: &[&Objective]) -> Strip {
        let dot = |objective: &&Objective| {
            let value = objective.progress(self.today)?;
            let (_, behind) = self.objective_progress(cycle, objective);
            Some(ObjectiveDot { value, behind })
        };
        Strip {
            label: None,
            track: self.track(cycle),
            objectives: objectives.iter().filter_map(dot).collect(),
        }
    }

    /// The chart of a key result of a cycle that has this frame; none for one whose measure could not be read.
    pub fn chart(
        &self,
        cycle: usize,
        frame: &Arc<Frame>,
        key_result: &KeyResult,
        reading: &Reading,
    ) -> Option<KeyResultChart> {
        let agreed = |value: f64| Agreed { value, label: self.short_number(key_result, value) };
        let kind = match key_result.measure {
            Measure::Measured { from, to } => {
                Kind::Measured { from: agreed(from), to: agreed(to), stretch: key_result.stretch.map(agreed) }
            }
            Measure::Threshold { at_least, at_most } => {
                Kind::Threshold { at_least: at_least.map(agreed), at_most: at_most.map(agreed) }
            }
            Measure::Milestone => Kind::Milestone { none: self.percent(0.0), done: self.percent(1.0) },
            Measure::Unclear => return None,
        };
        let counted = key_result.counted(self.today);
        let points: Vec<CheckInPoint> = counted
            .iter()
            .filter_map(|check_in| {
                Some(CheckInPoint {
                    x: self.fraction(cycle, check_in.on.as_ref()?.value),
                    value: check_in.value()?,
                    confidence: check_in.confidence(),
                })
            })
            .collect();
        let confidence = key_result.confidence(self.today).map(|share| ConfidenceLabel {
            full: self.say("key-result.confidence", &[("n", &self.plain_number(share))]),
            short: self.plain_number(share),
        });
        let due = match key_result.measure {
            Measure::Threshold { .. } => None,
            _ => self.due_fraction(cycle, key_result),
        };
        Some(KeyResultChart {
            label: self.chart_label(key_result, &counted, reading),
            frame: Arc::clone(frame),
            kind,
            due,
            points,
            confidence,
            standing: match reading.chart {
                "behind" => Standing::Behind,
                "broken" => Standing::Broken,
                _ => Standing::Good,
            },
        })
    }

    fn due_fraction(&self, cycle: usize, key_result: &KeyResult) -> Option<f64> {
        match (&key_result.due, self.book().cycles[cycle].end) {
            (Some(due), _) => Some(self.fraction(cycle, due.value).clamp(0.0, 1.0)),
            (None, Some(_)) => Some(1.0),
            (None, None) => None,
        }
    }

    /// A number for the end of an axis, where a long unit has no room.
    fn short_number(&self, key_result: &KeyResult, value: f64) -> String {
        let unit = key_result.measured_in.as_ref().filter(|unit| unit.value.chars().count() <= 2);
        self.number(value, unit)
    }

    /// The chart in a sentence.
    fn chart_label(&self, key_result: &KeyResult, counted: &[&CheckIn], reading: &Reading) -> String {
        let days: Vec<Date> =
            counted.iter().filter_map(|check_in| check_in.on.as_ref()).map(|on| on.value).collect();
        let (Some(first), Some(last), Some(value)) = (days.first(), days.last(), &reading.value) else {
            let agreed = self.agreed(key_result);
            let measure = format!("{} {}", agreed.before, agreed.number);
            return self.say("key-result.chart-label-none", &[("measure", measure.trim())]);
        };
        let confidence = key_result
            .confidence(self.today)
            .map_or_else(|| self.text("number.none"), |share| self.plain_number(share));
        self.say(
            "key-result.chart-label",
            &[
                ("check-ins", &self.count("count.check-ins", counted.len(), &[])),
                ("from", &self.day(*first)),
                ("to", &self.day(*last)),
                ("value", value),
                ("reading", &reading.says),
                ("confidence", &confidence),
            ],
        )
    }
}
