//! The text of a drawing: elements, numbers, escapes.
//!
//! Places across are fractions of the width, 0.0 to 1.0, and are written in per cent; places down
//! are pixels.

use std::fmt::{self, Write as _};

/// Beyond any chart: keeps absurd numbers short.
const FARTHEST: f64 = 99_999.0;

/// A number of an attribute: at most two decimals, none that are nought.
#[derive(Clone, Copy, Debug)]
pub(super) struct Num(pub f64);

impl fmt::Display for Num {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = if self.0.is_nan() { 0.0 } else { self.0.clamp(-FARTHEST, FARTHEST) };
        // within bounds by now, and far from what an i64 holds
        let cents = (value * 100.0).round() as i64;
        let (whole, rest) = (cents.unsigned_abs() / 100, cents.unsigned_abs() % 100);
        if cents < 0 {
            f.write_char('-')?;
        }
        match (rest / 10, rest % 10) {
            (0, 0) => write!(f, "{whole}"),
            (tenth, 0) => write!(f, "{whole}.{tenth}"),
            (tenth, cent) => write!(f, "{whole}.{tenth}{cent}"),
        }
    }
}

/// A fraction of the width, written in per cent.
#[derive(Clone, Copy, Debug)]
pub(super) struct Share(pub f64);

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}%", Num(self.0 * 100.0))
    }
}

/// Text for content and for attributes in double quotes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Escaped<'a>(pub &'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                c if c.is_control() => f.write_char(' ')?,
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

/// Which point of a text stands at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    /// Its beginning: it runs to the right.
    Start,
    /// Its middle.
    Middle,
    /// Its end: it stands to the left.
    End,
}

/// A text and where it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Text<'a> {
    x: f64,
    y: f64,
    dx: f64,
    dy: f64,
    anchor: Anchor,
    class: &'a str,
    text: &'a str,
}

impl<'a> Text<'a> {
    pub(super) fn at(x: f64, y: f64, text: &'a str) -> Self {
        Self { x, y, dx: 0.0, dy: 0.0, anchor: Anchor::Start, class: "", text }
    }

    /// Another text at the same place.
    pub(super) fn with<'b>(self, text: &'b str) -> Text<'b>
    where
        'a: 'b,
    {
        Text { text, ..self }
    }

    pub(super) const fn text(&self) -> &'a str {
        self.text
    }

    /// Moved by pixels.
    pub(super) fn moved(self, dx: f64, dy: f64) -> Self {
        Self { dx, dy, ..self }
    }

    pub(super) fn anchor(self, anchor: Anchor) -> Self {
        Self { anchor, ..self }
    }

    pub(super) fn class(self, class: &'a str) -> Self {
        Self { class, ..self }
    }
}

/// A place: a fraction of the width, and pixels from the top.
pub(super) type Place = (f64, f64);

/// An SVG as it is written.
#[derive(Debug)]
pub(super) struct Drawing {
    out: String,
}

impl Drawing {
    /// A chart of a height in pixels; `state` is a class beside `chart`. Without a label it is
    /// decoration.
    pub(super) fn chart(height: f64, state: &str, label: Option<&str>) -> Self {
        let mut out = String::from("<svg class=\"chart");
        if !state.is_empty() {
            let _ = write!(out, " {state}");
        }
        let _ = write!(out, "\" height=\"{}\"", Num(height));
        let _ = match label {
            Some(label) => write!(out, " role=\"img\" aria-label=\"{}\">", Escaped(label)),
            None => write!(out, " aria-hidden=\"true\">"),
        };
        Self { out }
    }

    /// A part that charts of a page share. It is a `chart` itself, because rules for what is in a
    /// chart do not reach into what is used from elsewhere.
    pub(super) fn shared(id: &str) -> Self {
        Self { out: format!("<g id=\"{id}\" class=\"chart\">") }
    }

    pub(super) fn finish(mut self) -> String {
        self.out.push_str("</svg>");
        self.out
    }

    pub(super) fn finish_shared(mut self) -> String {
        self.out.push_str("</g>");
        self.out
    }

    fn put(&mut self, args: fmt::Arguments<'_>) {
        let _ = self.out.write_fmt(args);
    }

    fn class(&mut self, class: &str) {
        if !class.is_empty() {
            self.put(format_args!(" class=\"{class}\""));
        }
    }

    /// A shared part.
    pub(super) fn shared_part(&mut self, id: &str) {
        self.put(format_args!("<use href=\"#{id}\"/>"));
    }

    pub(super) fn open(&mut self, class: &str) {
        self.put(format_args!("<g"));
        self.class(class);
        self.put(format_args!(">"));
    }

    pub(super) fn close(&mut self) {
        self.put(format_args!("</g>"));
    }

    pub(super) fn line(&mut self, class: &str, from: Place, to: Place) {
        self.put(format_args!("<line"));
        self.class(class);
        let (x1, y1, x2, y2) = (Share(from.0), Num(from.1), Share(to.0), Num(to.1));
        self.put(format_args!(" x1=\"{x1}\" x2=\"{x2}\" y1=\"{y1}\" y2=\"{y2}\"/>"));
    }

    pub(super) fn upright(&mut self, class: &str, x: f64, top: f64, bottom: f64) {
        self.line(class, (x, top), (x, bottom));
    }

    /// A line over the whole width.
    pub(super) fn level(&mut self, class: &str, y: f64) {
        self.line(class, (0.0, y), (1.0, y));
    }

    /// A rectangle as wide as a share of the width.
    pub(super) fn rect(&mut self, class: &str, (x, y): Place, width: f64, height: f64) {
        self.put(format_args!("<rect"));
        self.class(class);
        let (x, y, width, height) = (Share(x), Num(y), Share(width.max(0.0)), Num(height.max(0.0)));
        self.put(format_args!(" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/>"));
    }

    /// A rectangle of pixels whose middle is at a place across.
    pub(super) fn block(&mut self, class: &str, (x, y): Place, width: f64, height: f64) {
        self.put(format_args!("<rect"));
        self.class(class);
        let (x, y, half, width, height) = (Share(x), Num(y), Num(-width / 2.0), Num(width), Num(height));
        self.put(format_args!(
            " x=\"{x}\" transform=\"translate({half})\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/>"
        ));
    }

    pub(super) fn circle(&mut self, class: &str, (x, y): Place, radius: f64) {
        self.put(format_args!("<circle"));
        self.class(class);
        self.put(format_args!(" cx=\"{}\" cy=\"{}\" r=\"{}\"/>", Share(x), Num(y), Num(radius)));
    }

    /// Paths in a space 100 wide, which is stretched over a part of the width; their lines are not.
    /// `span` is where that part begins and how wide it is.
    pub(super) fn stretched(&mut self, span: Place, height: f64, paths: &[(&str, f64, String)]) {
        if paths.is_empty() {
            return;
        }
        let (x, width, height) = (Share(span.0), Share(span.1), Num(height));
        self.put(format_args!(
            "<svg x=\"{x}\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 100 {height}\" \
             preserveAspectRatio=\"none\">"
        ));
        for (class, thickness, path) in paths {
            self.put(format_args!("<path"));
            self.class(class);
            let thickness = Num(*thickness);
            self.put(format_args!(
                " d=\"{path}\" stroke-width=\"{thickness}\" vector-effect=\"non-scaling-stroke\"/>"
            ));
        }
        self.put(format_args!("</svg>"));
    }

    pub(super) fn text(&mut self, text: Text<'_>) {
        if text.text.is_empty() {
            return;
        }
        self.put(format_args!("<text"));
        self.class(text.class);
        self.put(format_args!(" x=\"{}\" y=\"{}\"", Share(text.x), Num(text.y)));
        for (name, value) in [("dx", text.dx), ("dy", text.dy)] {
            if value != 0.0 {
                self.put(format_args!(" {name}=\"{}\"", Num(value)));
            }
        }
        match text.anchor {
            Anchor::Start => {}
            Anchor::Middle => self.put(format_args!(" text-anchor=\"middle\"")),
            Anchor::End => self.put(format_args!(" text-anchor=\"end\"")),
        }
        self.put(format_args!(">{}</text>", Escaped(text.text)));
    }
}

/// A fraction within the chart; what is no number is at its beginning.
pub(super) fn within(x: f64) -> f64 {
    if x.is_nan() { 0.0 } else { x.clamp(0.0, 1.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_always_numbers() {
        for (value, expected) in [
            (0.0, "0"),
            (-0.0, "0"),
            (-0.001, "0"),
            (12.0, "12"),
            (12.5, "12.5"),
            (100.0, "100"),
            (33.333, "33.33"),
            (1e300, "99999"),
            (f64::NEG_INFINITY, "-99999"),
            (f64::NAN, "0"),
        ] {
            assert_eq!(Num(value).to_string(), expected);
        }
        assert_eq!(Share(0.125).to_string(), "12.5%");
    }

    #[test]
    fn text_cannot_leave_its_place() {
        let mut drawing = Drawing::chart(20.0, "", Some("\"><script>alert('x')</script>&"));
        drawing.text(Text::at(0.0, 9.0, "a</text><b>\u{0}\n"));
        let svg = drawing.finish();
        assert_eq!(svg.matches('<').count(), 4, "{svg}");
        assert!(
            svg.contains("aria-label=\"&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;\"")
        );
        assert!(svg.contains("a&lt;/text&gt;&lt;b&gt;  </text>"));
    }
}
