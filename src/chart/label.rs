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

/// On which screens a text has room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    /// On all.
    Always,
    /// Not on phones.
    Wide,
    /// On the widest only.
    Roomy,
}

impl Shown {
    /// A class, with the one that hides a text where it has no room.
    pub(super) fn class(self, class: &str) -> String {
        let only = match self {
            Self::Always => return class.to_owned(),
            Self::Wide => "wide-only",
            Self::Roomy => "roomy-only",
        };
        if class.is_empty() { only.to_owned() } else { format!("{class} {only}") }
    }
}

/// The pixels that a chart has at least: on a phone, on a wide screen, and on the widest, as the
/// stylesheet draws the line between them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Widths {
    pub narrow: f64,
    pub wide: f64,
    pub roomy: f64,
}

impl Widths {
    /// A chart that has the page's width.
    pub(super) const PAGE: Self = Self { narrow: 290.0, wide: 690.0, roomy: 1090.0 };
    /// The chart of a key result.
    pub(super) const PLOT: Self = Self { narrow: 190.0, wide: 260.0, roomy: 260.0 };

    /// On which screens a text has room that is told from the width of the chart.
    pub(super) fn shown(self, fits: impl Fn(f64) -> bool) -> Option<Shown> {
        let all = [(Shown::Always, self.narrow), (Shown::Wide, self.wide), (Shown::Roomy, self.roomy)];
        all.into_iter().find(|(_, px)| fits(*px)).map(|(shown, _)| shown)
    }
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

    /// On which screens the label at a number is shown.
    pub(super) fn shows(self, at: usize) -> Option<Shown> {
        if at.is_multiple_of(self.narrow) {
            Some(Shown::Always)
        } else {
            at.is_multiple_of(self.wide).then_some(Shown::Wide)
        }
    }
}

/// Labels along an axis: which of them are shown where, at regular steps and none over another. They
/// begin at their places, which are in order.
pub(super) fn along(labels: &[(f64, &str)], widths: Widths, overhang: f64) -> Vec<Option<Shown>> {
    let gaps = || labels.windows(2).map(|pair| pair[1].0 - pair[0].0);
    let widest = labels.iter().map(|(_, text)| width(text)).fold(0.0, f64::max);
    let distance = gaps().fold(0.0, f64::max);
    let step = Step::for_labels(widest, distance, widths);
    // a first one that is cut off by the beginning of the axis gives way to the next
    let first = usize::from(gaps().next().is_some_and(|gap| gap < distance / 2.0));
    let mut row = Row::new(widths, overhang);
    let mut shown = vec![None; labels.len()];
    for at in (first..labels.len()).chain(0..first.min(labels.len())) {
        let wanted = Wanted { x: labels[at].0, width: width(labels[at].1), gap: 0.0 };
        let step = if at < first { Some(Shown::Always) } else { step.shows(at - first) };
        let placed = step.and_then(|screens| row.place_from(screens, wanted, &[Anchor::Start]));
        shown[at] = placed.map(|placed| placed.shown);
    }
    shown
}

/// Where a label of a [`Row`] goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Placed {
    pub anchor: Anchor,
    /// Away from its place, in pixels.
    pub dx: f64,
    pub shown: Shown,
}

/// A row of labels, none over another on any screen.
#[derive(Debug)]
pub(super) struct Row {
    /// The screens, the narrowest first.
    spaces: [(Shown, Space); 3],
}

#[derive(Debug)]
struct Space {
    px: f64,
    overhang: f64,
    taken: Vec<(f64, f64)>,
}

/// A label that looks for its place in a row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted {
    /// Where, as a fraction.
    pub x: f64,
    /// How wide it is, in pixels.
    pub width: f64,
    /// How far it is from there, in pixels.
    pub gap: f64,
}

impl Row {
    /// A row in a chart; labels may stand out of it by `overhang` pixels on the right.
    pub(super) fn new(widths: Widths, overhang: f64) -> Self {
        let space = |px| Space { px, overhang, taken: Vec::new() };
        let Widths { narrow, wide, roomy } = widths;
        let screens = [(Shown::Always, narrow), (Shown::Wide, wide), (Shown::Roomy, roomy)];
        Self { spaces: screens.map(|(shown, px)| (shown, space(px))) }
    }

    /// Finds room for a label: on as many screens as can be, and there at the first of the anchors
    /// that has it.
    pub(super) fn place(&mut self, wanted: Wanted, anchors: &[Anchor]) -> Option<Placed> {
        self.place_from(Shown::Always, wanted, anchors)
    }

    /// Finds room for a label that phones do not show.
    pub(super) fn place_wide(&mut self, wanted: Wanted, anchors: &[Anchor]) -> Option<Placed> {
        self.place_from(Shown::Wide, wanted, anchors)
    }

    fn place_from(&mut self, first: Shown, wanted: Wanted, anchors: &[Anchor]) -> Option<Placed> {
        let first = self.spaces.iter().position(|(shown, _)| *shown == first)?;
        for from in first..self.spaces.len() {
            let (shown, _) = self.spaces[from];
            let screens = &mut self.spaces[from..];
            let fits = |anchor: &&Anchor| screens.iter().all(|(_, space)| space.fits(wanted, **anchor));
            let Some(anchor) = anchors.iter().find(fits).copied() else { continue };
            for (_, space) in screens {
                let span = space.span(wanted, anchor);
                space.taken.push(span);
            }
            let dx = match anchor {
                Anchor::Start => wanted.gap,
                Anchor::Middle => 0.0,
                Anchor::End => -wanted.gap,
            };
            return Some(Placed { anchor, dx, shown });
        }
        None
    }
}

impl Space {
    fn span(&self, Wanted { x, width, gap }: Wanted, anchor: Anchor) -> (f64, f64) {
        let x = x * self.px;
        match anchor {
            Anchor::Start => (x + gap, x + gap + width),
            Anchor::Middle => (x - width / 2.0, x + width / 2.0),
            Anchor::End => (x - gap - width, x - gap),
        }
    }

    fn fits(&self, wanted: Wanted, anchor: Anchor) -> bool {
        const BETWEEN: f64 = 6.0;
        let (from, to) = self.span(wanted, anchor);
        from >= -5.0
            && to <= self.px + self.overhang
            && self.taken.iter().all(|taken| to + BETWEEN <= taken.0 || from >= taken.1 + BETWEEN)
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
        let mut row = Row::new(Widths { narrow: 100.0, wide: 400.0, roomy: 400.0 }, 0.0);
        let both = [Anchor::Start, Anchor::End];
        let wanted = |x| Wanted { x, width: 40.0, gap: 5.0 };
        let first = row.place(wanted(0.5), &both);
        assert_eq!(first, Some(Placed { anchor: Anchor::Start, dx: 5.0, shown: Shown::Always }));
        // on the left there is room for it on all screens
        let second = row.place(wanted(0.5), &both);
        assert_eq!(second, Some(Placed { anchor: Anchor::End, dx: -5.0, shown: Shown::Always }));
        let third = row.place(wanted(0.7), &both);
        assert_eq!(third, Some(Placed { anchor: Anchor::Start, dx: 5.0, shown: Shown::Wide }));
        assert_eq!(row.place(wanted(0.7), &both), None);
    }

    #[test]
    fn an_axis_begins_with_a_label_that_has_room() {
        let months = [(0.0, "Jan"), (0.02, "Feb"), (0.35, "Mar"), (0.68, "Apr")];
        let shown = along(&months, Widths::PLOT, 0.0);
        assert_eq!(shown, [None, Some(Shown::Always), Some(Shown::Always), Some(Shown::Always)]);
        assert!(along(&[], Widths::PLOT, 0.0).is_empty());
    }

    #[test]
    fn steps_of_a_phone_are_among_those_of_a_wide_screen() {
        let step = Step::for_labels(20.0, 1.0 / 52.0, Widths::PAGE);
        assert_eq!(step.narrow % step.wide, 0);
        assert_eq!(step.shows(0), Some(Shown::Always));
        assert_eq!(step.shows(step.wide), Some(Shown::Wide));
        assert_eq!(Step::for_labels(1e9, 0.0, Widths::PAGE).shows(1), None);
    }
}
