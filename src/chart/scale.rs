//! From values to pixels from the top. True to the values: what falls goes down.

/// Where the highest and the lowest value stand.
const TOP: f64 = 12.0;
const BOTTOM: f64 = super::frame::AXIS;

/// How much of the scale's height a limit's forbidden side has at least.
const BEYOND: f64 = 0.35;

/// A scale that has room for all its values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scale {
    low: f64,
    high: f64,
}

/// A number that one can reckon with.
pub(super) fn finite(value: f64) -> f64 {
    if value.is_nan() { 0.0 } else { value.clamp(-1e300, 1e300) }
}

impl Scale {
    /// From the lowest to the highest of some values.
    pub(super) fn over(values: impl Iterator<Item = f64>) -> Self {
        let (low, high) =
            values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)));
        if low > high { Self { low: 0.0, high: 1.0 } } else { Self { low, high } }
    }

    /// The same, for values that are held to limits: with room on both sides of each limit, and from
    /// nought where that is not far and there is one limit.
    pub(super) fn with_limits(self, limits: &[f64]) -> Self {
        const NOT_FAR: f64 = 0.75;
        let Self { mut low, mut high } = self;
        let above_nought = low >= 0.0;
        if limits.len() == 1 && (above_nought && low <= high * NOT_FAR || low == high) {
            low = low.min(0.0);
            high = high.max(0.0);
        }
        let span = if low == high { 1.0 } else { high - low };
        for limit in limits {
            low = low.min(limit - span * BEYOND);
            high = high.max(limit + span * BEYOND);
        }
        Self { low: if above_nought { low.max(0.0) } else { low }, high }
    }

    /// Where a value stands.
    pub(super) fn y(self, value: f64) -> f64 {
        // halves, so that the distance of the farthest numbers is one
        let span = self.high / 2.0 - self.low / 2.0;
        let share = (finite(value) / 2.0 - self.low / 2.0) / span;
        if span <= 0.0 || !share.is_finite() {
            return f64::midpoint(TOP, BOTTOM);
        }
        BOTTOM - (BOTTOM - TOP) * share.clamp(0.0, 1.0)
    }

    /// The highest place.
    pub(super) const fn top(self) -> f64 {
        TOP
    }

    /// The lowest place.
    pub(super) const fn bottom(self) -> f64 {
        BOTTOM
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_falls_goes_down() {
        let scale = Scale::over([72.0, 24.0].into_iter());
        assert_eq!((scale.y(72.0), scale.y(48.0), scale.y(24.0)), (12.0, 48.0, 84.0));
        assert_eq!(scale.y(0.0), 84.0, "beyond the scale is its edge");
    }

    #[test]
    fn a_scale_without_extent_has_a_middle() {
        assert_eq!(Scale::over([5.0, 5.0].into_iter()).y(5.0), 48.0);
        assert!(Scale::over(std::iter::empty()).y(0.3).is_finite());
        let widest = Scale::over([finite(f64::MAX), finite(f64::MIN)].into_iter());
        assert_eq!((widest.y(f64::MAX), widest.y(0.0), widest.y(f64::MIN)), (12.0, 48.0, 84.0));
    }

    #[test]
    fn a_limit_has_room_on_its_forbidden_side() {
        for (values, limit) in [
            (vec![0.3], 0.3),
            (vec![0.22, 0.26, 0.3], 0.3),
            (vec![99.91, 99.9, 99.95], 99.9),
            (vec![100.0, 103.0], 103.0),
            (vec![-5.0, -4.0], -4.0),
        ] {
            let scale = Scale::over(values.iter().copied()).with_limits(&[limit]);
            assert!(scale.y(limit) > 25.0, "{values:?}: {}", scale.y(limit));
            assert!(values.iter().all(|value| (12.0..=84.0).contains(&scale.y(*value))));
        }
        let none = Scale::over([0.0].into_iter()).with_limits(&[0.0]);
        assert_eq!(none.y(0.0), 84.0, "nothing is under none");
    }
}
