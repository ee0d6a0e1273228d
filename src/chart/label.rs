//! Whether labels have room: how wide a text is about, and which of those in a row are shown.
//!
//! A chart does not know how wide it will be, so it reckons with the narrowest it can be on a wide
//! screen and on a phone. What has room on the one only is marked `wide-only`.

use super::drawing::Anchor;

/// About how many pixels a text takes in the size of chart text: rather more than fewer.
pub(super) fn width(text: &str) -> f64 {
    text.chars()
        .map(|c| match c {
            'i' | 'j' | 'l' | 'f' | 't' | 'r' | 'I' | '.' | ',' | ':' | ';' | '\'' | '’' | '|' | ' '
            | '\u{a0}' => 4.0,
            'm' | 'w' | 'M' | 'W' | '%' | '@' | '…' => 11.0,
            c if c.is_uppercase() => 8.6,
            c if (c as u32) < 0x1100 => 7.0,
            '\u{2010}'..='\u{2027}' => 7.0,
            c if (c as u32) < 0x2e80 => 9.0,
            _ => 12.5,
        })
        .sum()
}

/// As many words of a text as have room, with an ellipsis where something is left out.
pub(super) fn shortened(text: &str, room: f64) -> String {
    if width(text) <= room {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut taken = width("…");
    for c in text.chars() {
        taken += width(c.encode_utf8(&mut [0; 4]));
        if taken > room {
            break;
        }
        kept.push(c);
    }
    // whole words, if the first one has room
    let in_word = text[kept.len()..].chars().next().is_some_and(|next| !next.is_whitespace());
    let kept = match kept.rfind(char::is_whitespace) {
        Some(end) if in_word => kept[..end].trim_end(),
        _ => kept.trim_end(),
    };
    if kept.is_empty() { String::new() } else { format!("{kept}…") }
}

/// The class of a text that may have room on wide screens only.
pub(super) fn class(class: &str, wide_only: bool) -> String {
    match (class.is_empty(), wide_only) {
        (_, false) => class.to_owned(),
        (true, true) => "wide-only".to_owned(),
        (false, true) => format!("{class} wide-only"),
    }
}

/// The pixels that a chart has at least, on a phone and on a wide screen.
#[derive(Clone, Copy, Debug)]
pub(super) struct Widths {
    pub narrow: f64,
    pub wide: f64,
}

impl Widths {
    /// A chart that has the page's width.
    pub(super) const PAGE: Self = Self { narrow: 290.0, wide: 690.0 };
    /// The chart of a key result.
    pub(super) const PLOT: Self = Self { narrow: 215.0, wide: 380.0 };
}

/// Which of many labels at the same distance are shown: each `wide`th on a wide screen, each
/// `narrow`th on a phone, where `narrow` is a multiple of `wide`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Step {
    pub narrow: usize,
    pub wide: usize,
}

impl Step {
    /// For labels of which the widest takes `width` pixels, `distance` (a fraction) apart.
    pub(super) fn for_labels(width: f64, distance: f64, widths: Widths) -> Self {
        let each = |px: f64| ((width + 8.0) / (distance * px).max(0.01)).ceil().clamp(1.0, 10_000.0) as usize;
        let wide = each(widths.wide);
        Self { narrow: each(widths.narrow).div_ceil(wide) * wide, wide }
    }

    /// Whether the label at a number is shown, and then whether on wide screens only.
    pub(super) fn shows(self, at: usize) -> Option<bool> {
        at.is_multiple_of(self.wide).then(|| !at.is_multiple_of(self.narrow))
    }
}

/// Where a label of a [`Row`] goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Placed {
    pub anchor: Anchor,
    /// Away from its place, in pixels.
    pub dx: f64,
    pub wide_only: bool,
}

/// A row of labels, none over another.
#[derive(Debug)]
pub(super) struct Row {
    narrow: Space,
    wide: Space,
}

#[derive(Debug)]
struct Space {
    px: f64,
    overhang: f64,
    taken: Vec<(f64, f64)>,
}

impl Row {
    /// A row in a chart; labels may stand out of it by `overhang` pixels on the right.
    pub(super) fn new(widths: Widths, overhang: f64) -> Self {
        let space = |px| Space { px, overhang, taken: Vec::new() };
        Self { narrow: space(widths.narrow), wide: space(widths.wide) }
    }

    /// Finds room for a label `gap` pixels beside a place: the first of the anchors with room on all
    /// screens, else the first with room on wide ones.
    pub(super) fn place(&mut self, x: f64, width: f64, gap: f64, anchors: &[Anchor]) -> Option<Placed> {
        let fits = |anchor: &&Anchor| self.wide.fits(x, width, gap, **anchor);
        let everywhere =
            anchors.iter().filter(fits).find(|anchor| self.narrow.fits(x, width, gap, **anchor)).copied();
        if let Some(anchor) = everywhere {
            self.narrow.take(x, width, gap, anchor);
            self.wide.take(x, width, gap, anchor);
            return Some(Placed { anchor, dx: moved(anchor, gap), wide_only: false });
        }
        self.place_wide(x, width, gap, anchors)
    }

    /// Finds room on wide screens, for a label that is not shown on others.
    pub(super) fn place_wide(&mut self, x: f64, width: f64, gap: f64, anchors: &[Anchor]) -> Option<Placed> {
        let anchor = *anchors.iter().find(|anchor| self.wide.fits(x, width, gap, **anchor))?;
        self.wide.take(x, width, gap, anchor);
        Some(Placed { anchor, dx: moved(anchor, gap), wide_only: true })
    }
}

fn moved(anchor: Anchor, gap: f64) -> f64 {
    match anchor {
        Anchor::Start => gap,
        Anchor::Middle => 0.0,
        Anchor::End => -gap,
    }
}

impl Space {
    fn span(&self, x: f64, width: f64, gap: f64, anchor: Anchor) -> (f64, f64) {
        let x = x * self.px;
        match anchor {
            Anchor::Start => (x + gap, x + gap + width),
            Anchor::Middle => (x - width / 2.0, x + width / 2.0),
            Anchor::End => (x - gap - width, x - gap),
        }
    }

    fn fits(&self, x: f64, width: f64, gap: f64, anchor: Anchor) -> bool {
        const BETWEEN: f64 = 6.0;
        let (from, to) = self.span(x, width, gap, anchor);
        from >= -self.overhang.min(4.0)
            && to <= self.px + self.overhang
            && self.taken.iter().all(|taken| to + BETWEEN <= taken.0 || from >= taken.1 + BETWEEN)
    }

    fn take(&mut self, x: f64, width: f64, gap: f64, anchor: Anchor) {
        let span = self.span(x, width, gap, anchor);
        self.taken.push(span);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_without_room_is_shortened() {
        assert_eq!(shortened("Direction", 200.0), "Direction");
        assert_eq!(shortened("Direction document with executive buy-in", 80.0), "Direction…");
        assert_eq!(shortened("Direction", 3.0), "");
        assert!(width(&shortened("W".repeat(300).as_str(), 90.0)) <= 90.0);
    }

    #[test]
    fn labels_in_a_row_do_not_lie_over_each_other() {
        let mut row = Row::new(Widths { narrow: 100.0, wide: 400.0 }, 0.0);
        let both = [Anchor::Start, Anchor::End];
        assert_eq!(
            row.place(0.5, 40.0, 5.0, &both),
            Some(Placed { anchor: Anchor::Start, dx: 5.0, wide_only: false })
        );
        // on the left there is room for it on all screens
        assert_eq!(
            row.place(0.5, 40.0, 5.0, &both),
            Some(Placed { anchor: Anchor::End, dx: -5.0, wide_only: false })
        );
        let third = row.place(0.7, 40.0, 5.0, &both);
        assert_eq!(third, Some(Placed { anchor: Anchor::Start, dx: 5.0, wide_only: true }));
        assert_eq!(row.place(0.7, 40.0, 5.0, &both), None);
    }

    #[test]
    fn steps_of_a_phone_are_among_those_of_a_wide_screen() {
        let step = Step::for_labels(20.0, 1.0 / 52.0, Widths::PAGE);
        assert_eq!(step.narrow % step.wide, 0);
        assert_eq!(step.shows(0), Some(false));
        assert_eq!(Step::for_labels(1e9, 0.0, Widths::PAGE).shows(1), None);
    }
}
