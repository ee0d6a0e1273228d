//! A check-in: what was measured on a day, and how sure one is of the target.

use crate::date::Date;
use crate::table::{At, Reader, Words};

/// What was measured on a day.
#[derive(Clone, Debug)]
pub struct CheckIn {
    /// The day; absent only where it could not be read.
    pub on: Option<At<Date>>,
    /// What was measured; for a milestone 0.0 to 1.0.
    pub value: Option<At<f64>>,
    /// How likely the target will be reached, 0.0 to 1.0.
    pub confidence: Option<f64>,
    /// The value expected at the end.
    pub forecast: Option<f64>,
    /// What happened.
    pub note: Option<Words>,
}

impl CheckIn {
    pub(super) fn read(mut table: Reader<'_, '_>) -> Self {
        let on = table.day("on");
        let value = table.number("value");
        let confidence = table.share("confidence").map(|at| at.value);
        let forecast = table.number("forecast").map(|at| at.value);
        let note = table.prose("note");
        let says = ["value", "confidence", "note"].into_iter().any(|name| table.has(name));
        table.finish();
        if !says {
            table.report("format/missing-key", table.span, "a check-in says nothing", |finding| {
                finding.help("add a `value`, a `confidence` or a `note`")
            });
        }
        Self { on, value, confidence, forecast, note }
    }

    /// Whether it counts on a day: what is dated later is shown but does not.
    pub fn counts(&self, today: Date) -> bool {
        self.on.as_ref().is_some_and(|on| on.value <= today)
    }
}
