//! JSON as it is made here: objects whose keys stand in the order in which they were put, texts that are
//! borrowed where they can be.
//!
//! Knows nothing of handbooks.

use std::borrow::Cow;

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::ser::{Formatter, PrettyFormatter};

/// A value.
#[derive(Debug, PartialEq)]
pub(super) enum Json<'a> {
    Bool(bool),
    Whole(i64),
    Number(f64),
    Text(Cow<'a, str>),
    List(Vec<Json<'a>>),
    Object(Object<'a>),
}

impl<'a> Json<'a> {
    /// A number; whole ones without a fraction. None for what is no number.
    pub(super) fn number(value: f64) -> Option<Self> {
        const EXACT: f64 = 9_007_199_254_740_992.0;
        if value.fract() == 0.0 && value.abs() < EXACT {
            // whole and within what an f64 holds exactly
            return Some(Self::Whole(value as i64));
        }
        value.is_finite().then_some(Self::Number(value))
    }

    /// The items of a list; of anything else none.
    pub(super) fn items(&self) -> &[Self] {
        if let Self::List(items) = self { items } else { &[] }
    }

    /// The value of an object's key.
    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        let Self::Object(object) = self else { return None };
        object.get(key)
    }

    /// The text of it in a line.
    pub(super) fn line(&self) -> String {
        // texts, numbers and lists always have a text
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The text of it over several lines, each but the first that far inside.
    pub(super) fn pretty(&self, inside: usize) -> String {
        let mut formatter = PrettyFormatter::new();
        for _ in 0..inside {
            // what it writes goes nowhere: only how far it is inside matters
            let _ = formatter.begin_object(&mut std::io::sink());
        }
        let mut text = Vec::with_capacity(1024);
        let mut serializer = serde_json::Serializer::with_formatter(&mut text, formatter);
        // texts, numbers and lists always have a text, and there is always room in memory
        let _ = self.serialize(&mut serializer);
        String::from_utf8(text).unwrap_or_default()
    }
}

impl Serialize for Json<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Whole(value) => serializer.serialize_i64(*value),
            Self::Number(value) => serializer.serialize_f64(*value),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(items) => serializer.collect_seq(items),
            Self::Object(object) => object.serialize(serializer),
        }
    }
}

impl<'a> From<&'a str> for Json<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Json<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl From<bool> for Json<'_> {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<usize> for Json<'_> {
    fn from(count: usize) -> Self {
        // a count of things in memory
        Self::Whole(i64::try_from(count).unwrap_or(i64::MAX))
    }
}

impl<'a, T: Into<Json<'a>>> FromIterator<T> for Json<'a> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self::List(items.into_iter().map(Into::into).collect())
    }
}

/// An object: what is absent is left out.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Object<'a>(Vec<(&'static str, Json<'a>)>);

impl<'a> Object<'a> {
    pub(super) fn put(&mut self, key: &'static str, value: impl Into<Json<'a>>) -> &mut Self {
        self.0.push((key, value.into()));
        self
    }

    pub(super) fn maybe(&mut self, key: &'static str, value: Option<impl Into<Json<'a>>>) -> &mut Self {
        if let Some(value) = value {
            self.put(key, value);
        }
        self
    }

    pub(super) fn list<T: Into<Json<'a>>>(
        &mut self,
        key: &'static str,
        items: impl IntoIterator<Item = T>,
    ) -> &mut Self {
        self.put(key, items.into_iter().collect::<Json<'a>>())
    }

    fn get(&self, key: &str) -> Option<&Json<'a>> {
        self.0.iter().find(|(known, _)| *known == key).map(|(_, value)| value)
    }

    /// What it holds, which it then no longer does.
    pub(super) fn done(&mut self) -> Json<'a> {
        Json::Object(std::mem::take(self))
    }
}

impl Serialize for Object<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, value) in &self.0 {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_have_no_fraction_and_others_are_not_rounded() {
        let numbers: Json<'_> = [5.0, 0.1 + 0.2, f64::NAN].into_iter().filter_map(Json::number).collect();
        assert_eq!(serde_json::to_string(&numbers).unwrap(), "[5,0.30000000000000004]");
    }

    #[test]
    fn lines_after_the_first_are_as_far_inside_as_asked() {
        let mut inner = Object::default();
        inner.list("b", ["x\ny"]).list("c", [0_usize; 0]);
        let mut object = Object::default();
        object.put("a", inner.done());
        let outside = object.done();
        let plain = outside.pretty(0);
        assert_eq!(plain, serde_json::to_string_pretty(&outside).unwrap());
        assert_eq!(outside.pretty(2), plain.replace('\n', "\n    "));
    }
}
