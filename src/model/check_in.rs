//! A check-in: what was measured on a day, and how sure one is of the target.

use crate::date::Date;
use crate::table::{At, Figure, Reader, Words};

/// What was measured on a day.
#[derive(Clone, Debug)]
pub struct CheckIn {
    /// The day; absent only where it could not be read.
    pub on: Option<At<Date>>,
    value: Figure,
    confidence: Figure,
    forecast: Figure,
    /// What happened.
    pub note: Option<Words>,
}

impl CheckIn {
    /// Reads one; that of a milestone has a share as its value.
    pub(super) fn read(mut table: Reader<'_, '_>, milestone: bool) -> Self {
        let on = table.day("on");
        let value = table.number("value");
        let confidence = table.share("confidence").map(|at| at.value).into();
        let forecast = table.number("forecast").map(|at| at.value).into();
        let note = table.prose("note");
        let says = ["value", "confidence", "note"].into_iter().any(|name| table.has(name));
        table.finish();
        if !says {
            table.report("format/missing-key", table.span, "a check-in says nothing", |finding| {
                finding.help("add a `value`, a `confidence` or a `note`")
            });
        }
        let value = value.filter(|value| !milestone || is_share(&table, value)).map(|at| at.value).into();
        Self { on, value, confidence, forecast, note }
    }

    /// What was measured; for a milestone 0.0 to 1.0.
    pub fn value(&self) -> Option<f64> {
        self.value.get()
    }

    /// How likely the target will be reached, 0.0 to 1.0.
    pub fn confidence(&self) -> Option<f64> {
        self.confidence.get()
    }

    /// The value expected at the end.
    pub fn forecast(&self) -> Option<f64> {
        self.forecast.get()
    }

    /// Whether it counts on a day: what is dated later is shown but does not.
    pub fn counts(&self, today: Date) -> bool {
        self.on.as_ref().is_some_and(|on| on.value <= today)
    }
}

/// Whether a milestone's value is a share; others are reported and left out.
fn is_share(table: &Reader<'_, '_>, value: &At<f64>) -> bool {
    let is_share = (0.0..=1.0).contains(&value.value);
    if !is_share {
        let message = format!("a milestone's value is 0.0 to 1.0, not `{}`", value.value);
        table.report("format/bad-value", value.span, message, |finding| {
            finding.help("give the key result `from` and `to` if it counts something")
        });
    }
    is_share
}
