//! One table, key by key: each value as the type that its key takes, or a finding that says what
//! it is, what it should be, and what to type.

use std::collections::BTreeSet;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::Finding;
use crate::keys::Spec;
use crate::source::Span;

use super::{At, Scope, Words, recover};

mod finish;
mod list;
mod mend;
mod nested;
mod value;

use mend::{describe, mend_type};

/// A table while it is read.
pub struct Reader<'a, 'i> {
    scope: &'a Scope<'a>,
    table: &'a DeTable<'i>,
    spec: &'static Spec,
    /// The header, or the braces.
    pub span: Span,
    inline: bool,
    used: BTreeSet<&'static str>,
    /// What the finding is about, where the table is an item with an id.
    pub about: Option<Arc<str>>,
    /// Whether a required key was missing or could not be read.
    pub broken: bool,
    /// Whether tables stand in it that could not be read as what they were meant to be.
    pub hides: bool,
}

impl<'a, 'i> Reader<'a, 'i> {
    /// The outermost table of a block; it has no header, so it stands at `span`.
    pub fn outermost(scope: &'a Scope<'a>, table: &'a DeTable<'i>, spec: &'static Spec, span: Span) -> Self {
        let used = BTreeSet::new();
        Self { scope, table, spec, span, inline: false, used, about: None, broken: false, hides: false }
    }

    fn nested(&self, value: &'a Spanned<DeValue<'i>>, table: &'a DeTable<'i>, spec: &'static Spec) -> Self {
        let span = self.scope.span(value.span());
        let inline = recover::is_inline(value.get_ref(), &self.scope.source.text, span);
        Self {
            scope: self.scope,
            table,
            spec,
            span,
            inline,
            used: BTreeSet::new(),
            about: self.about.clone(),
            broken: false,
            hides: false,
        }
    }

    /// Makes a finding about this table, or something in it.
    pub fn report(
        &self,
        rule: &'static str,
        span: Span,
        message: impl Into<String>,
        with: impl FnOnce(Finding) -> Finding,
    ) {
        self.scope.report(rule, span, message, |finding| {
            let finding = with(finding);
            match &self.about {
                Some(about) => finding.about(Arc::clone(about)),
                None => finding,
            }
        });
    }

    /// The file.
    pub fn path(&self) -> Arc<str> {
        Arc::clone(&self.scope.source.path)
    }

    /// Whether nothing of the table was lost: only then is an absent key a missing one.
    pub fn is_whole(&self) -> bool {
        let extent = self.extent();
        self.scope.lost.iter().all(|lost| lost.end() <= extent.start() || extent.end() <= lost.start())
    }

    /// The stretch of the file that the table's keys stand in: its braces, or its header and all up to the
    /// next header.
    fn extent(&self) -> Span {
        if self.inline {
            return self.span;
        }
        let text = &self.scope.source.text;
        let from = text[self.span.end()..].find('\n').map_or(text.len(), |end| self.span.end() + end + 1);
        let mut end = from;
        for line in text[from..].split_inclusive('\n') {
            if line.starts_with('[') || line.trim_end() == "+++" {
                break;
            }
            end += line.len();
        }
        Span::new(self.span.start(), end)
    }

    /// Whether a key stands in the table, read or not.
    pub fn has(&self, name: &str) -> bool {
        self.table.contains_key(name)
    }

    /// Where a key stands.
    pub fn key_span(&self, name: &str) -> Option<Span> {
        self.table.keys().find(|key| key.get_ref().as_ref() == name).map(|key| self.scope.span(key.span()))
    }

    fn take(&mut self, name: &'static str) -> Option<&'a Spanned<DeValue<'i>>> {
        debug_assert!(self.spec.key(name).is_some(), "{name} is no key of {}", self.spec.what);
        self.used.insert(name);
        let value = self.table.get(name)?;
        // that nothing stands after the `=` was reported when it was parsed
        let nothing = matches!(value.get_ref(), DeValue::String(_)) && value.span().is_empty();
        (!nothing).then_some(value)
    }

    /// A value that is kept if `read` takes it; else a finding says what it should be.
    fn value<T>(
        &mut self,
        name: &'static str,
        read: impl FnOnce(&Self, &'a Spanned<DeValue<'i>>, Span) -> Option<T>,
    ) -> Option<At<T>> {
        let value = self.take(name)?;
        let span = self.scope.span(value.span());
        let read = read(self, value, span);
        if read.is_none() && self.spec.key(name).is_some_and(|key| key.required) {
            self.broken = true;
        }
        read.map(|value| At::new(value, span))
    }

    fn wrong_type(&self, name: &str, value: &DeValue<'_>, span: Span, wants: &str) {
        // a text without quotes was reported when it was parsed
        let typed = self.scope.source.slice(span);
        if matches!(value, DeValue::String(_)) && !typed.starts_with(['"', '\'']) {
            return;
        }
        let is = describe(value);
        self.report("format/wrong-type", span, format!("`{name}` takes {wants}, not {is}"), |finding| {
            mend_type(finding, value, typed, span, wants)
        });
    }

    fn text_of(&self, name: &str, value: &Spanned<DeValue<'_>>, wants: &str) -> Option<Words> {
        let span = self.scope.span(value.span());
        match value.get_ref() {
            DeValue::String(text) => Some(At::new(self.scope.shared(text), span)),
            other => {
                self.wrong_type(name, other, span, wants);
                None
            }
        }
    }

    fn empty(&self, name: &str, span: Span) {
        self.report("format/bad-value", span, format!("`{name}` is empty"), |finding| {
            let required = self.spec.key(name).is_some_and(|key| key.required);
            finding.help(if required { "write something" } else { "write something, or leave the key out" })
        });
    }
}
