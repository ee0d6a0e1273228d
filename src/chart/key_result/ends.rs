//! The labels at the ends of the axis of a key result.

use crate::chart::drawing::{Anchor, Drawing, Text};
use crate::chart::frame::AXIS;
use crate::chart::label;

/// The label of the baseline: before the axis, or over its beginning where it is long.
pub(super) fn at_start(drawing: &mut Drawing, y: f64, text: &str) {
    const ROOM: f64 = 40.0;
    if label::width(text) <= ROOM {
        drawing.text(Text::at(0.0, y, text).moved(-7.0, 4.0).anchor(Anchor::End));
    } else {
        let dy = if y > AXIS - 8.0 { -7.0 } else { 14.0 };
        drawing.text(Text::at(0.0, y, text).moved(3.0, dy));
    }
}

/// The labels of one or two lines after the axis, or over its end where they are long. They are kept
/// apart: the second gives way.
pub(super) fn at_end(
    drawing: &mut Drawing,
    first: Option<(f64, &str)>,
    second: Option<(f64, &str)>,
    second_class: &str,
) {
    const ROOM: f64 = 52.0;
    const APART: f64 = 13.0;
    let mut shift = 0.0;
    if let (Some((y, _)), Some((other, _))) = (first, second) {
        let distance = other - y;
        if distance.abs() < APART {
            shift = if distance > 0.0 { APART - distance } else { -APART - distance };
        }
    }
    for (label, class, shift) in [(first, "strong", 0.0), (second, second_class, shift)] {
        let Some((y, text)) = label else { continue };
        let text_at = Text::at(1.0, y, text).class(class);
        if label::width(text) <= ROOM {
            drawing.text(text_at.moved(7.0, 4.0 + shift));
        } else {
            drawing.text(text_at.moved(0.0, shift - 5.0).anchor(Anchor::End));
        }
    }
}
