//! The text of a drawing: elements, numbers, escapes.
//!
//! Places across are fractions of the width, 0.0 to 1.0, and are written in per cent; places down
//! are pixels.

use std::fmt::{self, Write as _};

/// Beyond any chart: keeps absurd numbers short.
const FARTHEST: f64 = 99_999.0;

/// A number of an attribute.
#[derive(Clone, Copy, Debug)]
enum Value {
    /// At most two decimals, none that are nought.
    Num(f64),
    /// A fraction of the width, written in per cent.
    Share(f64),
}

impl Value {
    /// Adds it to a text. Charts are made of numbers: this is where their time goes.
    fn add(self, out: &mut String) {
        match self {
            Self::Num(value) => add_number(value, out),
            Self::Share(value) => {
                add_number(value * 100.0, out);
                out.push('%');
            }
        }
    }
}

fn add_number(value: f64, out: &mut String) {
    let value = if value.is_nan() { 0.0 } else { value.clamp(-FARTHEST, FARTHEST) };
    // within bounds by now, and far from what an i64 holds
    let cents = (value * 100.0).round() as i64;
    let (whole, rest) = (cents.unsigned_abs() / 100, cents.unsigned_abs() % 100);
    if cents < 0 {
        out.push('-');
    }
    let mut power = 10_000;
    while power > 1 && whole < power {
        power /= 10;
    }
    while power > 0 {
        out.push(digit(whole / power));
        power /= 10;
    }
    if rest > 0 {
        out.push('.');
        out.push(digit(rest / 10));
        if !rest.is_multiple_of(10) {
            out.push(digit(rest));
        }
    }
}

/// A number of a path.
pub(super) fn number(value: f64) -> String {
    let mut text = String::new();
    add_number(value, &mut text);
    text
}

/// The last digit of a number.
fn digit(number: u64) -> char {
    char::from(b'0' + (number % 10) as u8)
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
        let mut drawing = Self { out: String::with_capacity(2048) };
        drawing.out.push_str("<svg class=\"chart");
        if !state.is_empty() {
            drawing.out.push(' ');
            drawing.out.push_str(state);
        }
        drawing.out.push('"');
        drawing.with("height", Value::Num(height));
        match label {
            Some(label) => {
                let _ = write!(drawing.out, " role=\"img\" aria-label=\"{}\">", Escaped(label));
            }
            None => drawing.out.push_str(" aria-hidden=\"true\">"),
        }
        drawing
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

    fn begin(&mut self, element: &str, class: &str) {
        self.out.push('<');
        self.out.push_str(element);
        if !class.is_empty() {
            self.word("class", class);
        }
    }

    /// An attribute of a word of ours.
    fn word(&mut self, name: &str, word: &str) {
        for part in [" ", name, "=\"", word, "\""] {
            self.out.push_str(part);
        }
    }

    /// An attribute of a number.
    fn with(&mut self, name: &str, value: Value) {
        for part in [" ", name, "=\""] {
            self.out.push_str(part);
        }
        value.add(&mut self.out);
        self.out.push('"');
    }

    /// A shared part.
    pub(super) fn shared_part(&mut self, id: &str) {
        for part in ["<use href=\"#", id, "\"/>"] {
            self.out.push_str(part);
        }
    }

    pub(super) fn open(&mut self, class: &str) {
        self.begin("g", class);
        self.out.push('>');
    }

    pub(super) fn close(&mut self) {
        self.out.push_str("</g>");
    }

    pub(super) fn line(&mut self, class: &str, from: Place, to: Place) {
        self.begin("line", class);
        self.with("x1", Value::Share(from.0));
        self.with("x2", Value::Share(to.0));
        self.with("y1", Value::Num(from.1));
        self.with("y2", Value::Num(to.1));
        self.out.push_str("/>");
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
        self.begin("rect", class);
        self.with("x", Value::Share(x));
        self.with("y", Value::Num(y));
        self.with("width", Value::Share(width.max(0.0)));
        self.with("height", Value::Num(height.max(0.0)));
        self.out.push_str("/>");
    }

    /// A rectangle of pixels whose middle is at a place across.
    pub(super) fn block(&mut self, class: &str, (x, y): Place, width: f64, height: f64) {
        self.begin("rect", class);
        self.with("x", Value::Share(x));
        self.out.push_str(" transform=\"translate(");
        Value::Num(-width / 2.0).add(&mut self.out);
        self.out.push_str(")\"");
        self.with("y", Value::Num(y));
        self.with("width", Value::Num(width));
        self.with("height", Value::Num(height));
        self.out.push_str("/>");
    }

    pub(super) fn circle(&mut self, class: &str, (x, y): Place, radius: f64) {
        self.begin("circle", class);
        self.with("cx", Value::Share(x));
        self.with("cy", Value::Num(y));
        self.with("r", Value::Num(radius));
        self.out.push_str("/>");
    }

    /// Paths in a space 100 wide, which is stretched over a part of the width; their lines are not.
    /// `span` is where that part begins and how wide it is.
    pub(super) fn stretched(&mut self, span: Place, height: f64, paths: &[(&str, f64, String)]) {
        if paths.is_empty() {
            return;
        }
        self.begin("svg", "");
        self.with("x", Value::Share(span.0));
        self.with("width", Value::Share(span.1));
        self.with("height", Value::Num(height));
        self.out.push_str(" viewBox=\"0 0 100 ");
        Value::Num(height).add(&mut self.out);
        self.out.push_str("\" preserveAspectRatio=\"none\">");
        for (class, thickness, path) in paths {
            self.begin("path", class);
            self.word("d", path);
            self.with("stroke-width", Value::Num(*thickness));
            self.out.push_str(" vector-effect=\"non-scaling-stroke\"/>");
        }
        self.out.push_str("</svg>");
    }

    pub(super) fn text(&mut self, text: Text<'_>) {
        if text.text.is_empty() {
            return;
        }
        self.begin("text", text.class);
        self.with("x", Value::Share(text.x));
        self.with("y", Value::Num(text.y));
        for (name, value) in [("dx", text.dx), ("dy", text.dy)] {
            if value != 0.0 {
                self.with(name, Value::Num(value));
            }
        }
        match text.anchor {
            Anchor::Start => {}
            Anchor::Middle => self.word("text-anchor", "middle"),
            Anchor::End => self.word("text-anchor", "end"),
        }
        self.out.push('>');
        let _ = write!(self.out, "{}", Escaped(text.text));
        self.out.push_str("</text>");
    }
}

/// A fraction within the chart; what is no number is at its beginning.
pub(super) fn within(x: f64) -> f64 {
    if x.is_nan() { 0.0 } else { x.clamp(0.0, 1.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(value: Value) -> String {
        let mut text = String::new();
        value.add(&mut text);
        text
    }

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
            assert_eq!(written(Value::Num(value)), expected);
        }
        assert_eq!(written(Value::Num(-0.05)), "-0.05");
        assert_eq!(written(Value::Num(10_203.4)), "10203.4");
        assert_eq!(written(Value::Share(0.125)), "12.5%");
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
