//! Tables in tables: one, a list of them, those that the author named, and the free one of the rules.

use std::sync::Arc;

use toml::de::DeValue;

use crate::diagnostic::one_of;
use crate::keys::{Key, Kind, SETTINGS};
use crate::table::{At, Words};

use super::Reader;
use super::mend::describe;

impl<'a, 'i> Reader<'a, 'i> {
    /// The tables of `[[name]]`, or of a list of inline tables.
    pub fn tables(&mut self, name: &'static str) -> Vec<Reader<'a, 'i>> {
        let Some(Key { kind: Kind::Tables(spec), .. }) = self.spec.key(name) else { return Vec::new() };
        let Some(value) = self.take(name) else { return Vec::new() };
        let span = self.scope.span(value.span());
        let mut readers = Vec::new();
        match value.get_ref() {
            DeValue::Array(entries) => {
                for entry in entries.iter() {
                    match entry.get_ref() {
                        DeValue::Table(table) => readers.push(self.nested(entry, table, spec)),
                        other => {
                            let span = self.scope.span(entry.span());
                            self.no_table(name, other, span, spec);
                            self.hides = true;
                        }
                    }
                }
            }
            DeValue::Table(table) => {
                let reader = self.nested(value, table, spec);
                if self.is_orphan(name, span) {
                    self.broken = true;
                    return readers;
                }
                let header = self.scope.source.slice(reader.span).to_owned();
                self.report(
                    "format/wrong-type",
                    span,
                    format!("`{name}` takes a list of tables, not one table"),
                    |finding| {
                        if !reader.inline && header.starts_with('[') && !header.starts_with("[[") {
                            return finding
                                .help(format!("write `[{header}]`"))
                                .certain_fix(reader.span, format!("[{header}]"));
                        }
                        finding.help(format!("write `[[{name}]]`, or `{name} = [{{ … }}]`"))
                    },
                );
                readers.push(reader);
            }
            other => {
                self.wrong_type(name, other, span, "a list of tables");
                self.hides = true;
            }
        }
        readers
    }

    /// A table of its own.
    pub fn table(&mut self, name: &'static str) -> Option<Reader<'a, 'i>> {
        let Some(Key { kind: Kind::Table(spec), .. }) = self.spec.key(name) else { return None };
        let value = self.take(name)?;
        match value.get_ref() {
            DeValue::Table(table) => Some(self.nested(value, table, spec)),
            other => {
                self.wrong_type(
                    name,
                    other,
                    self.scope.span(value.span()),
                    &format!("a table, `{}`", spec.header),
                );
                None
            }
        }
    }

    /// Tables whose names the author chose, in their order in the file.
    pub fn named(&mut self, name: &'static str) -> Vec<(Words, Reader<'a, 'i>)> {
        let Some(Key { kind: Kind::Named(spec), .. }) = self.spec.key(name) else { return Vec::new() };
        let Some(value) = self.take(name) else { return Vec::new() };
        let DeValue::Table(table) = value.get_ref() else {
            self.wrong_type(
                name,
                value.get_ref(),
                self.scope.span(value.span()),
                &format!("tables, `{}`", spec.header),
            );
            return Vec::new();
        };
        let mut named = Vec::new();
        for (key, value) in table.iter() {
            let key = At::new(Arc::<str>::from(key.get_ref().as_ref()), self.scope.span(key.span()));
            match value.get_ref() {
                DeValue::Table(table) => {
                    let mut reader = self.nested(value, table, spec);
                    // a header's own span ends before its brackets do where tables share a name
                    if !reader.inline && !self.scope.source.slice(reader.span).starts_with('[') {
                        reader.span = key.span;
                    }
                    named.push((key, reader));
                }
                other => {
                    let wants = format!("a table, `{}`", spec.header);
                    self.wrong_type(&key.value.clone(), other, self.scope.span(value.span()), &wants);
                }
            }
        }
        named.sort_by_key(|(key, _)| key.span);
        named
    }

    /// Every key and value of the table of rules, whose keys the author chose and that holds only texts.
    pub fn free(&mut self, name: &'static str) -> Vec<(Words, Words)> {
        let Some(value) = self.take(name) else { return Vec::new() };
        let DeValue::Table(table) = value.get_ref() else {
            self.wrong_type(
                name,
                value.get_ref(),
                self.scope.span(value.span()),
                &format!("a table, `[{name}]`"),
            );
            return Vec::new();
        };
        let mut entries = Vec::new();
        for (key, value) in table.iter() {
            let key = At::new(Arc::<str>::from(key.get_ref().as_ref()), self.scope.span(key.span()));
            let span = self.scope.span(value.span());
            match value.get_ref() {
                DeValue::String(text) => entries.push((key, At::new(Arc::from(text.as_ref()), span))),
                other => {
                    let wants = one_of(SETTINGS.iter().copied());
                    let message = format!("a rule is set to {wants}, not {}", describe(other));
                    self.report("format/wrong-type", span, message, |finding| match other {
                        DeValue::Boolean(false) => {
                            finding.help("write `\"off\"`").suggestion(span, "\"off\"")
                        }
                        _ => finding.help("write one of these words in quotes"),
                    });
                }
            }
        }
        entries
    }
}
