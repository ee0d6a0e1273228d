//! Charts: plain numbers in, SVG text out.
//!
//! A chart is a struct of plain data that can be part of a page's view, and has a `svg` that draws
//! it. It stretches with its column while text and dots keep their size, because what lies across is
//! in per cent of the width and what lies down is in pixels: there is no `viewBox`. The look is in
//! the theme's stylesheet; markup names classes and geometry, never a colour.
//!
//! Knows no language and no calendar: texts come in ready to be shown, days as numbers. Where a
//! chart is decoration beside the same figures it has no label, and is hidden from screen readers.
//!
//! What cannot be drawn never stops a build: a number that is not finite is left out or taken as
//! nought, a place outside the chart is moved to its edge, a cycle without days has one.

mod capacity;
mod coverage;
mod cycles;
mod dots;
mod drawing;
mod frame;
mod key_result;
mod label;
mod now;
mod points;
mod review;
mod scale;
mod strip;
mod supports;
mod timeline;

pub use capacity::CapacityBar;
pub use coverage::CoverageBar;
pub use cycles::{CycleLane, CycleMark, CycleRow, CycleSpan, CycleState, CyclesTimeline};
pub use dots::Dots;
pub use frame::{Frame, Tick};
pub use key_result::{Agreed, CheckInPoint, ConfidenceLabel, KeyResultChart, Kind, Standing};
pub use now::{MarkState, Now, NowDay, NowMark};
pub use review::Way;
pub use strip::{ObjectiveDot, Strip, Track};
pub use supports::{MapUnit, SupportsMap};
pub use timeline::{CheckInWeek, CheckInWeeks, DayLabel, Lane, Timeline};

#[cfg(test)]
mod tests;
