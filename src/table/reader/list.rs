//! Lists of texts.

use toml::Spanned;
use toml::de::DeValue;

use crate::keys::{Item, Kind};
use crate::table::{Few, Words};

use super::Reader;

impl Reader<'_, '_> {
    /// A list of texts; entries of another type are reported and left out.
    pub fn list(&mut self, name: &'static str) -> Few<Words> {
        self.texts(name, false)
    }

    /// One text, or a list of them.
    pub fn one_or_many(&mut self, name: &'static str) -> Few<Words> {
        self.texts(name, true)
    }

    fn texts(&mut self, name: &'static str, one: bool) -> Few<Words> {
        let Some(value) = self.take(name) else { return Few::default() };
        let span = self.scope.span(value.span());
        let item = match self.spec.key(name).map(|key| key.kind) {
            Some(Kind::Many(item) | Kind::OneOrMany(item)) => item,
            _ => Item::Word,
        };
        match value.get_ref() {
            DeValue::Array(entries) => {
                entries.iter().filter_map(|entry| self.entry(name, entry, item)).collect()
            }
            DeValue::String(_) if one => self.entry(name, value, item).into_iter().collect(),
            DeValue::String(_) => {
                let typed = self.scope.source.slice(span).to_owned();
                self.report(
                    "format/wrong-type",
                    span,
                    format!("`{name}` takes a list, not a text"),
                    |finding| {
                        finding
                            .help(format!("write `{name} = [{typed}]`"))
                            .certain_fix(span, format!("[{typed}]"))
                    },
                );
                self.entry(name, value, item).into_iter().collect()
            }
            other => {
                let wants = if one { "a text or a list of texts" } else { "a list of texts" };
                self.wrong_type(name, other, span, wants);
                self.broken |= self.spec.key(name).is_some_and(|key| key.required);
                Few::default()
            }
        }
    }

    fn entry(&self, name: &str, entry: &Spanned<DeValue<'_>>, item: Item) -> Option<Words> {
        let text = self.text_of(name, entry, "texts")?;
        if text.value.trim().is_empty() {
            let what = match item {
                Item::Owner | Item::Handle => "an empty name",
                Item::Reference => "an empty reference",
                _ => "an empty text",
            };
            self.report("format/bad-value", text.span, format!("`{name}` holds {what}"), |finding| {
                finding.help("write something, or take it out of the list")
            });
            return None;
        }
        Some(text)
    }
}
