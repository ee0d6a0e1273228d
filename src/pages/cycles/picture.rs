//! The picture of all cycles: a lane for each length, and what was due in each below.

use jiff::ToSpan;

use crate::chart::{
    CycleLane, CycleMark, CycleRow, CycleSpan, CycleState, CyclesTimeline, DayLabel, MarkState,
};
use crate::config::What;
use crate::date::{Date, Phase, Rhythm, days_between};
use crate::model::{Cycle, Delivery, TimelineState};
use crate::pages::site::Site;

/// What lies longer ago than this is in the table alone.
const MOST_YEARS: i64 = 8;

/// The days of the picture.
struct Scale {
    first: Date,
    days: i64,
}

impl Scale {
    fn day(&self, day: Date) -> i64 {
        days_between(self.first, day)
    }

    fn holds(&self, day: Date) -> bool {
        (0..self.days).contains(&self.day(day))
    }
}

impl Site<'_> {
    /// The picture; none without a cycle.
    pub(super) fn cycles_picture(&self) -> Option<CyclesTimeline> {
        let scale = self.cycles_scale()?;
        let shown: Vec<usize> = (0..self.book().cycles.len())
            .filter(|at| {
                let cycle = &self.book().cycles[*at];
                scale.day(cycle.start) < scale.days && cycle.end.is_none_or(|end| scale.day(end) >= 0)
            })
            .collect();
        let deliverables = 0..self.config().deliverables.len();
        Some(CyclesTimeline {
            label: self.cycles_label(&shown),
            days: scale.days,
            months: self.cycle_months(&scale),
            lanes: self.cycle_lanes(&scale, &shown),
            rows: deliverables.map(|number| self.deliverable_marks(&scale, &shown, number)).collect(),
            today: scale.holds(self.today).then(|| DayLabel {
                day: scale.day(self.today),
                label: self.say("date.today-is", &[("date", &self.day_short(self.today))]),
            }),
        })
    }

    fn cycles_scale(&self) -> Option<Scale> {
        let cycles = &self.book().cycles;
        let dues = self.analysis.timelines.iter().flat_map(|timeline| &timeline.deliveries);
        let dues = dues.map(|delivery| delivery.due);
        let first = cycles.iter().map(|cycle| cycle.start).chain(dues).min()?;
        // what came early, and the names of the rows, have room before the first day
        let first = first.checked_sub(21.days()).unwrap_or(first);
        let open = cycles.iter().any(|cycle| cycle.end.is_none());
        let starts = cycles.iter().map(|cycle| cycle.start);
        let ends = cycles.iter().filter_map(|cycle| cycle.end).chain(open.then_some(self.today));
        let last = starts.chain(ends).max()?;
        let first = first.max(last.checked_sub((MOST_YEARS * 366).days()).unwrap_or(first));
        Some(Scale { first: first.first_of_month(), days: days_between(first.first_of_month(), last) + 1 })
    }

    fn cycle_months(&self, scale: &Scale) -> Vec<DayLabel> {
        let step = match scale.days {
            0..=800 => 1,
            801..=2000 => 3,
            _ => 12,
        };
        let mut months = Vec::new();
        let mut day = scale.first;
        while scale.holds(day) {
            if (i32::from(day.month()) - 1) % step == 0 {
                let year = day.year().to_string();
                let label = match (step, day.month(), day == scale.first) {
                    (12, ..) => year,
                    (_, 1, _) | (_, _, true) => format!("{} {year}", self.lang.month_short(day)),
                    _ => self.lang.month_short(day).into_owned(),
                };
                months.push(DayLabel { day: scale.day(day), label });
            }
            let Ok(next) = day.checked_add(1.month()) else { break };
            day = next;
        }
        months
    }

    fn cycle_lanes(&self, scale: &Scale, shown: &[usize]) -> Vec<CycleLane> {
        let mut rhythms: Vec<Option<Rhythm>> = Rhythm::ALL.iter().map(|rhythm| Some(*rhythm)).collect();
        rhythms.push(None);
        let lane = |rhythm: Option<Rhythm>| CycleLane {
            title: self.text(&format!("rhythm.{}", rhythm.map_or("declared", Rhythm::as_str))),
            cycles: shown
                .iter()
                .map(|at| &self.book().cycles[*at])
                .filter(|cycle| cycle.rhythm == rhythm)
                .map(|cycle| CycleSpan {
                    start: scale.day(cycle.start),
                    end: cycle.end.map(|end| scale.day(end)),
                    name: cycle.name.to_string(),
                    short: short(cycle),
                    state: match cycle.phase(self.today) {
                        Phase::Planning => CycleState::Coming,
                        Phase::Running => CycleState::Running,
                        Phase::Ended => CycleState::Ended,
                    },
                })
                .collect(),
        };
        rhythms.into_iter().map(lane).filter(|lane| !lane.cycles.is_empty()).collect()
    }

    fn deliverable_marks(&self, scale: &Scale, shown: &[usize], number: usize) -> CycleRow {
        let deliverable = &self.config().deliverables[number];
        let deliveries = shown.iter().filter_map(|cycle| {
            // the direction of a cycle around it is told there
            let borrowed = self.story(*cycle).borrowed_direction().is_some();
            let mut deliveries = self.timeline(*cycle).deliveries.iter();
            deliveries.find(|one| one.deliverable == number && !(borrowed && one.what == What::Direction))
        });
        CycleRow {
            title: self.column_name(deliverable),
            marks: deliveries
                .filter(|delivery| scale.holds(delivery.due))
                .map(|delivery| self.cycle_mark(scale, delivery))
                .collect(),
        }
    }

    fn cycle_mark(&self, scale: &Scale, delivery: &Delivery) -> CycleMark {
        let nothing = !delivery.is_expected();
        let complete = delivery.complete().map(|day| scale.day(day));
        let (day, state) = match delivery.state {
            _ if nothing => (None, MarkState::Due),
            TimelineState::Done => (complete.or(Some(scale.day(delivery.due))), MarkState::InTime),
            TimelineState::Late => (complete, MarkState::Late),
            TimelineState::Due => (None, MarkState::Due),
            // what was never complete in an ended cycle does not crowd today
            TimelineState::Overdue => (Some(scale.day(self.today)), MarkState::Missing),
        };
        let late = match state {
            MarkState::Late => delivery.by().unwrap_or_default(),
            _ => 0,
        };
        let label = self.whole(usize::try_from(late).unwrap_or_default());
        CycleMark { due: scale.day(delivery.due), day, state, late, label }
    }

    /// The picture in a few sentences.
    fn cycles_label(&self, shown: &[usize]) -> String {
        let mut sentences = vec![format!("{}.", self.text("cycles.title"))];
        let of = |phase: Phase| -> Vec<String> {
            let cycles = shown.iter().map(|at| &self.book().cycles[*at]);
            cycles
                .filter(|cycle| cycle.phase(self.today) == phase)
                .map(|cycle| cycle.name.to_string())
                .collect()
        };
        for phase in [Phase::Planning, Phase::Running, Phase::Ended] {
            let names = of(phase);
            if !names.is_empty() {
                let phase = self.text(&format!("phase.{}", phase.as_str()));
                let values = [("cycles", self.some_names(&names, 6)), ("phase", phase)];
                let values = [("cycles", values[0].1.as_str()), ("phase", &values[1].1)];
                sentences.push(self.say("cycles.chart-phase", &values));
            }
        }
        sentences.push(self.text("cycles.chart-end"));
        sentences.join(" ")
    }
}

/// A name for where there is no room: the last part of the calendar's, the first word of a declared one.
fn short(cycle: &Cycle) -> String {
    let mut parts = cycle.name.split(['-', ' ']);
    let part = if cycle.standard && cycle.name.contains('-') { parts.next_back() } else { parts.next() };
    part.unwrap_or_default().to_owned()
}
