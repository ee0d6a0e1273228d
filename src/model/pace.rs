//! What is behind the pace, and what has gone quiet.

use crate::date::{Date, Phase, days_between};

use super::{Book, KeyResult, Measure, Objective};

impl Book {
    /// The pace of something in a cycle that runs or has ended, by the day it is due, else by the
    /// cycle's last; none while the cycle is planned, and in one without an end.
    pub fn pace(&self, cycle: usize, due: Option<Date>, today: Date) -> Option<f64> {
        let cycle = &self.cycles[cycle];
        if cycle.phase(today) == Phase::Planning {
            return None;
        }
        cycle.pace_until(due.or(cycle.end)?, today)
    }

    /// Whether a progress is behind the pace by more than the book allows.
    pub fn is_behind(&self, progress: f64, pace: f64) -> bool {
        (pace - progress) * 100.0 > self.config.behind_points + 1e-9
    }

    /// For how many days nothing was heard of a key result, if they are as many as the book calls quiet:
    /// it is worked on in a cycle that runs, and has neither grade nor outcome.
    pub fn quiet_for(
        &self,
        cycle: usize,
        objective: &Objective,
        key_result: &KeyResult,
        today: Date,
    ) -> Option<i64> {
        let cycle = &self.cycles[cycle];
        let over = key_result.grade.is_some() || key_result.outcome.is_some();
        let judged = objective.is_active(key_result) && key_result.measure != Measure::Unclear && !over;
        if !judged || cycle.phase(today) != Phase::Running {
            return None;
        }
        let last = key_result.last_check_in(today);
        let since = last.map_or(cycle.start, |last| last.max(cycle.start));
        let days = days_between(since, today);
        (days >= self.config.quiet_days).then_some(days)
    }
}

impl KeyResult {
    /// The day of the latest check-in that counts.
    pub fn last_check_in(&self, today: Date) -> Option<Date> {
        self.counted(today).last().and_then(|check_in| Some(check_in.on.as_ref()?.value))
    }
}
