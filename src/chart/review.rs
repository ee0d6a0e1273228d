//! The way from the baseline to the target that a key result came, for the end of a cycle.

use serde::Serialize;

use super::drawing::{Drawing, within};

/// The way that a key result came, from its baseline on the left to its target on the right; 18
/// pixels high.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Way {
    /// The chart in a sentence; none where the figures stand beside it.
    pub label: Option<String>,
    /// Its progress at the end, 0.0 to 1.0; none without a check-in.
    pub reached: Option<f64>,
    /// Whether that is enough to be called reached; what is not is hollow.
    pub enough: bool,
}

impl Way {
    /// The chart.
    pub fn svg(&self) -> String {
        const MIDDLE: f64 = 9.0;
        let mut drawing = Drawing::chart(2.0 * MIDDLE, "", self.label.as_deref());
        drawing.level("c-grid", MIDDLE);
        drawing.upright("c-target", 1.0, 2.0, 16.0);
        if let Some(reached) = self.reached.filter(|reached| !reached.is_nan()) {
            let x = within(reached);
            let (way, end) = if self.enough { ("c-way", "c-reach") } else { ("c-way-short", "c-short") };
            drawing.line(way, (0.0, MIDDLE), (x, MIDDLE));
            drawing.circle(end, (x, MIDDLE), 4.0);
        }
        drawing.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_ends_where_the_key_result_came_to() {
        let svg = Way { label: None, reached: Some(0.65), enough: false }.svg();
        assert!(svg.contains(r#"<line class="c-way-short" x1="0%" x2="65%""#), "{svg}");
        assert!(svg.contains(r#"<circle class="c-short" cx="65%""#), "{svg}");
        assert!(Way { reached: Some(7.0), enough: true, label: None }.svg().contains(r#"cx="100%""#));
        assert!(!Way::default().svg().contains("circle"));
    }
}
