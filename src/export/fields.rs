//! What the format writes in like ways.

use crate::date::Date;
use crate::table::Words;

use super::json::{Json, Object};

/// A key and what an author typed, or nothing where nothing was.
pub(super) trait Fields<'a> {
    fn text(&mut self, key: &'static str, words: Option<&'a Words>) -> &mut Self;
    fn texts(&mut self, key: &'static str, words: &'a [Words]) -> &mut Self;
    fn number(&mut self, key: &'static str, value: Option<f64>) -> &mut Self;
    fn day(&mut self, key: &'static str, day: Option<Date>) -> &mut Self;
}

impl<'a> Fields<'a> for Object<'a> {
    fn text(&mut self, key: &'static str, words: Option<&'a Words>) -> &mut Self {
        self.maybe(key, words.map(|words| words.value.as_ref()))
    }

    fn texts(&mut self, key: &'static str, words: &'a [Words]) -> &mut Self {
        if words.is_empty() { self } else { self.put(key, texts(words)) }
    }

    fn number(&mut self, key: &'static str, value: Option<f64>) -> &mut Self {
        self.maybe(key, value.and_then(Json::number))
    }

    fn day(&mut self, key: &'static str, day: Option<Date>) -> &mut Self {
        self.maybe(key, day.map(|day| day.to_string()))
    }
}

/// A list of texts.
pub(super) fn texts(words: &[Words]) -> Json<'_> {
    words.iter().map(|words| words.value.as_ref()).collect()
}
