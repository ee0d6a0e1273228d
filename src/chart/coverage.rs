//! How many key results above have an answer from below, and which.

use serde::Serialize;

use super::drawing::Drawing;

/// The narrowest part of a bar.
const LEAST: f64 = 0.015;

/// The key results above, by what the level below answered: one bar, 14 pixels high.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CoverageBar {
    /// The chart in a sentence; none where the figures stand beside it.
    pub label: Option<String>,
    /// Key results that something below supports.
    pub supported: usize,
    /// Those somebody below is sure of.
    pub assured: usize,
    /// Those that are covered in part.
    pub partial: usize,
    /// Those that all below said are not theirs.
    pub not_ours: usize,
    /// Those without any answer.
    pub uncovered: usize,
}

impl CoverageBar {
    /// The chart.
    pub fn svg(&self) -> String {
        const HEIGHT: f64 = 14.0;
        let mut drawing = Drawing::chart(HEIGHT, "", self.label.as_deref());
        let parts = [
            ("v-sup", self.supported),
            ("v-ass", self.assured),
            ("v-par", self.partial),
            ("v-not", self.not_ours),
            ("v-open", self.uncovered),
        ];
        let counts: Vec<usize> = parts.iter().map(|part| part.1).collect();
        let mut x = 0.0;
        for ((class, _), width) in parts.iter().zip(shares(&counts)) {
            if width > 0.0 {
                // a line around a part lies half outside it
                let lined = !matches!(*class, "v-sup" | "v-par");
                let inset = if lined { 0.5 } else { 0.0 };
                drawing.rect(class, (x, inset), width, HEIGHT - 2.0 * inset);
            }
            x += width;
        }
        if x == 0.0 {
            drawing.level("c-grid", HEIGHT / 2.0);
        }
        drawing.finish()
    }
}

/// Each count's share of all, none too narrow to be seen.
fn shares(counts: &[usize]) -> Vec<f64> {
    let all: f64 = counts.iter().map(|count| *count as f64).sum();
    let wide = |count: &usize| match *count {
        0 => 0.0,
        count => (count as f64 / all).max(LEAST),
    };
    let widths: Vec<f64> = counts.iter().map(wide).collect();
    let sum: f64 = widths.iter().sum();
    widths.into_iter().map(|width| if sum > 0.0 { width / sum } else { 0.0 }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_follow_each_other_and_fill_the_bar() {
        let bar =
            CoverageBar { supported: 6, assured: 1, partial: 1, uncovered: 1, ..CoverageBar::default() };
        let svg = bar.svg();
        assert!(svg.contains(r#"<rect class="v-sup" x="0%" y="0" width="66.67%" height="14"/>"#), "{svg}");
        assert!(svg.contains(r#"<rect class="v-open" x="88.89%" y="0.5" width="11.11%""#), "{svg}");
        assert!(!svg.contains("v-not"), "{svg}");
    }

    #[test]
    fn one_of_a_thousand_is_seen_and_none_is_a_line() {
        let widths = shares(&[999, 0, 0, 0, 1]);
        assert!(widths[4] > 0.014, "{widths:?}");
        assert!((widths.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        assert!(CoverageBar::default().svg().contains("c-grid"));
    }
}
