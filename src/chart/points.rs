//! The check-ins of a key result, made ready to be drawn: in order, on the axis, not too many.

use super::key_result::CheckInPoint;
use super::scale::finite;

/// With more check-ins than this a line alone is drawn: dots would lie over each other.
const MOST_DOTS: usize = 40;

/// How many bars of confidence have room beside each other.
const MOST_BARS: usize = 30;

/// With more than this, a line has only what stands out of each stretch.
const MOST_LINES: usize = 160;

/// Check-ins, in the order of time.
#[derive(Debug)]
pub(super) struct Points {
    points: Vec<CheckInPoint>,
}

impl Points {
    /// What can be drawn. Of the check-ins before the cycle, and of those after it, the last one
    /// stands at its edge.
    pub(super) fn of(points: &[CheckInPoint]) -> Self {
        let mut points: Vec<CheckInPoint> = points
            .iter()
            .filter(|point| point.x.is_finite() && point.value.is_finite())
            .map(|point| CheckInPoint {
                x: point.x,
                value: finite(point.value),
                confidence: point
                    .confidence
                    .filter(|share| share.is_finite())
                    .map(|share| share.clamp(0.0, 1.0)),
            })
            .collect();
        points.sort_by(|one, other| one.x.total_cmp(&other.x));
        let before = points.iter().rposition(|point| point.x < 0.0).unwrap_or(0);
        points.drain(..before);
        if let Some(after) = points.iter().position(|point| point.x > 1.0) {
            points.drain(after..points.len() - 1);
        }
        for point in &mut points {
            point.x = point.x.clamp(0.0, 1.0);
        }
        Self { points }
    }

    pub(super) fn values(&self) -> impl Iterator<Item = f64> + Clone + '_ {
        self.points.iter().map(|point| point.value)
    }

    pub(super) fn first(&self) -> Option<&CheckInPoint> {
        self.points.first()
    }

    pub(super) fn last(&self) -> Option<&CheckInPoint> {
        self.points.last()
    }

    /// Those before the last, if they have room for a dot each.
    pub(super) fn dots(&self) -> &[CheckInPoint] {
        match self.points.split_last() {
            Some((_, before)) if before.len() < MOST_DOTS => before,
            _ => &[],
        }
    }

    /// Where the line goes.
    pub(super) fn line(&self) -> Vec<CheckInPoint> {
        if self.points.len() <= MOST_LINES {
            return self.points.clone();
        }
        let stretch = |point: &CheckInPoint| (point.x * MOST_LINES as f64 / 4.0) as usize;
        let line: Vec<CheckInPoint> =
            self.points.chunk_by(|one, other| stretch(one) == stretch(other)).flat_map(outline).collect();
        line
    }

    /// The confidence of the check-ins that have one; of those close together the last.
    pub(super) fn confidence(&self) -> Vec<(f64, f64)> {
        let all: Vec<(f64, f64)> =
            self.points.iter().filter_map(|point| Some((point.x, point.confidence?))).collect();
        if all.len() <= MOST_BARS {
            return all;
        }
        let stretch = |x: f64| (x * MOST_BARS as f64) as usize;
        all.chunk_by(|one, other| stretch(one.0) == stretch(other.0))
            .filter_map(|chunk| chunk.last().copied())
            .collect()
    }
}

/// The first, the lowest, the highest and the last of a stretch, each once and in order.
fn outline(stretch: &[CheckInPoint]) -> Vec<CheckInPoint> {
    let by_value = |one: &&CheckInPoint, other: &&CheckInPoint| one.value.total_cmp(&other.value);
    let lowest = stretch.iter().min_by(by_value).map_or(0.0, |point| point.value);
    let highest = stretch.iter().max_by(by_value).map_or(0.0, |point| point.value);
    let at = |value: f64| stretch.iter().position(|point| point.value == value).unwrap_or(0);
    let mut kept = vec![0, at(lowest), at(highest), stretch.len() - 1];
    kept.sort_unstable();
    kept.dedup();
    kept.into_iter().map(|at| stretch[at].clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(x: f64, value: f64) -> CheckInPoint {
        CheckInPoint { x, value, confidence: Some(0.5) }
    }

    #[test]
    fn the_last_of_those_outside_the_cycle_stands_at_its_edge() {
        let points = Points::of(&[at(1.3, 9.0), at(-0.2, 1.0), at(0.5, 4.0), at(-0.1, 2.0), at(1.1, 8.0)]);
        let places: Vec<(f64, f64)> = points.line().iter().map(|point| (point.x, point.value)).collect();
        assert_eq!(places, [(0.0, 2.0), (0.5, 4.0), (1.0, 9.0)]);
    }

    #[test]
    fn of_very_many_the_outline_stays() {
        let many: Vec<CheckInPoint> = (0..2000)
            .map(|n| at(f64::from(n) / 2000.0, if n == 777 { 50.0 } else { f64::from(n % 3) }))
            .collect();
        let points = Points::of(&many);
        let line = points.line();
        assert!(line.len() <= MOST_LINES + 4, "{}", line.len());
        assert!(line.is_sorted_by(|one, other| one.x <= other.x));
        assert!(line.iter().any(|point| point.value == 50.0));
        assert_eq!(line.last(), many.last());
        assert!(points.dots().is_empty());
        assert!(points.confidence().len() <= MOST_BARS + 1);
    }
}
