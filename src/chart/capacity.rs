//! What a unit reserves of its capacity, against what is expected.

use serde::Serialize;

use super::drawing::{Drawing, within};

/// What a unit reserves of its capacity, investment by investment, against what is expected; 24
/// pixels high. Bars of one page have one scale, see [`CapacityBar::scale_for`].
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct CapacityBar {
    /// The chart in a sentence; none where the figures stand beside it.
    pub label: Option<String>,
    /// What each investment takes, in per cent of the unit's capacity.
    pub parts: Vec<f64>,
    /// What is expected altogether, in per cent.
    pub expected: Option<f64>,
    /// How many per cent the bar's width is.
    pub scale: f64,
}

impl CapacityBar {
    /// A scale for bars beside each other: twice what is expected, or more where a unit reserves
    /// more; a multiple of ten.
    pub fn scale_for(expected: Option<f64>, reserved: impl IntoIterator<Item = f64>) -> f64 {
        let twice = expected.filter(|share| share.is_finite()).map_or(0.0, |share| share * 2.0);
        let most = reserved.into_iter().filter(|share| share.is_finite()).fold(twice, f64::max);
        (most / 10.0).ceil().clamp(1.0, 1000.0) * 10.0
    }

    /// The chart.
    pub fn svg(&self) -> String {
        const GAP: f64 = 0.005;
        let mut drawing = Drawing::chart(24.0, "", self.label.as_deref());
        drawing.level("c-grid", 12.0);
        let scale = if self.scale.is_finite() && self.scale > 0.0 { self.scale } else { 100.0 };
        let parts = self.parts.iter().copied().filter(|part| part.is_finite() && *part > 0.0);
        let reserved: f64 = parts.clone().sum();
        // a rounding error is no shortfall
        let short = self.expected.is_some_and(|expected| reserved + 1e-9 < expected);
        let class = if short { "c-reserved-short" } else { "c-reserved" };
        let mut from = 0.0;
        for part in parts {
            let (left, right) = (within(from / scale), within((from + part) / scale));
            drawing.rect(class, (left, 5.0), (right - left - GAP).max(GAP / 2.0), 14.0);
            from += part;
        }
        if let Some(expected) = self.expected {
            for class in ["c-halo", "c-expected"] {
                drawing.upright(class, within(expected / scale), 0.0, 24.0);
            }
        }
        drawing.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_beside_each_other_on_the_page_s_scale() {
        let bar = CapacityBar { label: None, parts: vec![12.0, 10.0], expected: Some(20.0), scale: 40.0 };
        let svg = bar.svg();
        assert!(
            svg.contains(r#"<rect class="c-reserved" x="0%" y="5" width="29.5%" height="14"/>"#),
            "{svg}"
        );
        assert!(
            svg.contains(r#"<rect class="c-reserved" x="30%" y="5" width="24.5%" height="14"/>"#),
            "{svg}"
        );
        assert!(svg.contains(r#"<line class="c-expected" x1="50%" x2="50%""#), "{svg}");
        let less = CapacityBar { parts: vec![12.0], ..bar };
        assert!(less.svg().contains("c-reserved-short"));
    }

    #[test]
    fn a_scale_has_room_for_all() {
        assert_eq!(CapacityBar::scale_for(Some(20.0), [22.0, 30.0]), 40.0);
        assert_eq!(CapacityBar::scale_for(Some(20.0), [55.0]), 60.0);
        assert_eq!(CapacityBar::scale_for(None, [f64::NAN]), 10.0);
    }
}
