//! What is carried over as it would be typed: keys with their values, in lines or in a row.

use crate::edit::Value;
use crate::model::Activity;
use crate::table::Words;

/// Keys and their values as they are typed.
#[derive(Default)]
pub(super) struct Keys(Vec<(&'static str, String)>);

impl Keys {
    pub(super) fn word(&mut self, key: &'static str, word: Option<&str>) {
        self.0.extend(word.map(|word| (key, Value::Text(word.to_owned()).toml())));
    }

    pub(super) fn words(&mut self, key: &'static str, words: &Option<Words>) {
        self.word(key, words.as_ref().map(|words| words.value.as_ref()));
    }

    pub(super) fn number(&mut self, key: &'static str, number: Option<f64>) {
        self.0.extend(number.map(|number| (key, Value::Number(number).toml())));
    }

    pub(super) fn list(&mut self, key: &'static str, words: &[Words]) {
        let texts: Vec<String> = words.iter().map(|words| words.value.to_string()).collect();
        self.texts(key, &texts);
    }

    /// One text by itself where the key takes that.
    pub(super) fn texts(&mut self, key: &'static str, texts: &[String]) {
        let quoted: Vec<String> = texts.iter().map(|text| Value::Text(text.clone()).toml()).collect();
        match quoted.as_slice() {
            [] => {}
            [only] if matches!(key, "owner" | "source") => self.0.push((key, only.clone())),
            _ => self.0.push((key, format!("[{}]", quoted.join(", ")))),
        }
    }

    /// A list that the format wants, even with nothing in it.
    pub(super) fn raw(&mut self, key: &'static str, texts: &[String]) {
        match texts {
            [] => self.0.push((key, "[]".to_owned())),
            texts => self.texts(key, texts),
        }
    }

    pub(super) fn state(&mut self, activity: Activity) {
        if activity != Activity::Active {
            self.word("state", Some(activity.as_str()));
        }
    }

    pub(super) fn lines(&self) -> String {
        self.0.iter().map(|(key, value)| format!("{key} = {value}\n")).collect()
    }

    pub(super) fn inline(&self) -> String {
        let keys: Vec<String> = self.0.iter().map(|(key, value)| format!("{key} = {value}")).collect();
        format!("{{ {} }}", keys.join(", "))
    }
}
