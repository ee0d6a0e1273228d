//! The lines of an iCalendar object, as RFC 5545 wants them: escaped, folded, ended with CR and LF.

use crate::date::Date;

/// The most bytes of a line, without its end.
const LONGEST_LINE: usize = 75;

/// An iCalendar object under construction.
#[derive(Debug, Default)]
pub(super) struct Lines(String);

impl Lines {
    /// A property whose value is no text of a person: written as it is.
    pub(super) fn property(&mut self, name: &str, value: &str) {
        let mut room = LONGEST_LINE;
        for c in name.chars().chain([':']).chain(value.chars().filter(|c| !c.is_control())) {
            if c.len_utf8() > room {
                self.0.push_str("\r\n ");
                room = LONGEST_LINE - 1;
            }
            room -= c.len_utf8();
            self.0.push(c);
        }
        self.0.push_str("\r\n");
    }

    /// A property with a text.
    pub(super) fn text(&mut self, name: &str, value: &str) {
        self.property(name, &escaped(value));
    }

    /// A property with a list of texts.
    pub(super) fn list(&mut self, name: &str, values: &[&str]) {
        let values: Vec<String> = values.iter().map(|value| escaped(value)).collect();
        self.property(name, &values.join(","));
    }

    /// A property with a day.
    pub(super) fn day(&mut self, name: &str, day: Date) {
        self.property(&format!("{name};VALUE=DATE"), &digits(day));
    }

    /// What `fill` writes, as a component.
    pub(super) fn component(&mut self, name: &str, fill: impl FnOnce(&mut Self)) {
        self.property("BEGIN", name);
        fill(self);
        self.property("END", name);
    }

    /// All lines.
    pub(super) fn done(self) -> String {
        self.0
    }
}

/// A day as `20260118`.
pub(super) fn digits(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

/// A text with what has a meaning of its own in a value made harmless. Every kind of line end is one.
fn escaped(text: &str) -> String {
    let mut value = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\\' | ';' | ',' => value.extend(['\\', c]),
            '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => value.push_str("\\n"),
            '\t' => value.push(' '),
            c => value.push(c),
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(value: &str) -> String {
        let mut lines = Lines::default();
        lines.text("SUMMARY", value);
        lines.done()
    }

    #[test]
    fn what_has_a_meaning_is_escaped() {
        assert_eq!(text("a; b, c\\n: \"d\""), "SUMMARY:a\\; b\\, c\\\\n: \"d\"\r\n");
        assert_eq!(text("a\nb\r\nc\rd\u{2028}e"), "SUMMARY:a\\nb\\nc\\nd\\ne\r\n");
        assert_eq!(text("a\0b\u{1b}[1m\tc\u{7f}"), "SUMMARY:ab[1m c\r\n", "no other control character");
        let mut lines = Lines::default();
        lines.list("CATEGORIES", &["a,b", "c"]);
        assert_eq!(lines.done(), "CATEGORIES:a\\,b,c\r\n");
    }

    #[test]
    fn lines_are_folded_at_75_bytes_between_characters() {
        for unit in ["a", "é", "日", "🛟", "x日é🛟"] {
            let value = unit.repeat(200);
            let written = text(&value);
            for line in written.strip_suffix("\r\n").unwrap().split("\r\n") {
                assert!(line.len() <= LONGEST_LINE, "{line}");
            }
            assert_eq!(written.replace("\r\n ", ""), format!("SUMMARY:{value}\r\n"));
        }
        assert!(!text(&"a".repeat(67)).contains("\r\n "), "75 bytes fit");
        assert!(text(&"a".repeat(68)).contains("\r\n a\r\n"), "76 do not");
    }

    #[test]
    fn a_day_is_eight_digits() {
        assert_eq!(digits(jiff::civil::date(21, 1, 8)), "00210108");
    }
}
