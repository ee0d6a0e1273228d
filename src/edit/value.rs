//! What is written into a document: values and rows as TOML.

use crate::date::Date;

/// A value that a command writes.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A text, on one line whatever is in it.
    Text(String),
    /// A day.
    Day(Date),
    /// A finite number as a person types it: whole ones without a point.
    Number(f64),
    /// A number from 0.0 to 1.0, always with a point.
    Share(f64),
}

/// The keys of a new table, in the order in which they are written.
pub type Row = Vec<(&'static str, Value)>;

/// From here on a whole number is no longer exact, nor may it fit a TOML integer.
const EXACT: f64 = 9_007_199_254_740_992.0;

impl Value {
    /// As it stands in a document.
    pub fn toml(&self) -> String {
        match self {
            Self::Text(text) => quoted(text),
            Self::Day(day) => day.to_string(),
            // adding zero makes -0 into 0
            Self::Number(number) if number.fract() == 0.0 && number.abs() < EXACT => {
                format!("{}", number + 0.0)
            }
            Self::Number(number) | Self::Share(number) => format!("{:?}", number + 0.0),
        }
    }
}

/// A text in quotes. Three single quotes would look like the beginning of a text of several lines to
/// who only looks for the end of the front matter.
fn quoted(text: &str) -> String {
    let mut toml = String::with_capacity(text.len() + 2);
    toml.push('"');
    for c in text.replace("\r\n", "\n").replace("'''", "\u{1}''").chars() {
        match c {
            '"' => toml.push_str("\\\""),
            '\\' => toml.push_str("\\\\"),
            '\n' => toml.push_str("\\n"),
            '\t' => toml.push_str("\\t"),
            '\u{1}' => toml.push_str("\\u0027"),
            c if c.is_control() => toml.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => toml.push(c),
        }
    }
    toml.push('"');
    toml
}

/// A row in braces: `{ on = 2026-02-14, value = 99.6 }`.
pub(super) fn inline(row: &Row) -> String {
    let keys: Vec<String> = row.iter().map(|(key, value)| format!("{key} = {}", value.toml())).collect();
    format!("{{ {} }}", keys.join(", "))
}

/// A row as the lines below a header.
pub(super) fn lines(row: &Row, indent: &str, eol: &str) -> String {
    row.iter().map(|(key, value)| format!("{indent}{key} = {}{eol}", value.toml())).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read_back(value: &Value) -> toml::Value {
        let text = format!("v = {}", value.toml());
        toml::from_str::<toml::Table>(&text).unwrap().remove("v").unwrap()
    }

    #[test]
    fn values_are_written_as_people_type_them() {
        for (value, expected) in [
            (Value::Number(99.7), "99.7"),
            (Value::Number(12.0), "12"),
            (Value::Number(-0.0), "0"),
            (Value::Share(1.0), "1.0"),
            (Value::Text("a \"b\"\nc\\ '''".into()), "\"a \\\"b\\\"\\nc\\\\ \\u0027''\""),
            (Value::Day("2026-02-14".parse().unwrap()), "2026-02-14"),
        ] {
            assert_eq!(value.toml(), expected);
        }
        assert!(read_back(&Value::Number(1e300)).is_float());
    }

    proptest! {
        #[test]
        fn a_text_is_read_as_it_was_given(text in any::<String>()) {
            let text = text.replace(['\r', '\u{1}'], "");
            let toml = Value::Text(text.clone()).toml();
            prop_assert!(!toml.contains('\n') && !toml.contains("'''"));
            prop_assert_eq!(read_back(&Value::Text(text.clone())), toml::Value::String(text));
        }

        #[test]
        fn a_number_is_read_as_it_was_given(number in any::<f64>().prop_filter("finite", |n| n.is_finite())) {
            let read = read_back(&Value::Number(number));
            let read = read.as_float().unwrap_or_else(|| read.as_integer().unwrap() as f64);
            prop_assert_eq!(read, number);
        }
    }
}
