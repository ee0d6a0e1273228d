//! The tables of a block of TOML, with the places where something can be added to them.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// How a table is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// The outermost one: what stands before the first header.
    Root,
    /// Under a header, which begins here.
    Header(usize),
    /// In braces.
    Inline(Range<usize>),
}

/// A table and how it is typed.
pub(super) struct Node<'a, 'i> {
    pub(super) text: &'a str,
    pub(super) table: &'a DeTable<'i>,
    pub(super) form: Form,
}

/// Where a key and its value stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) span: Range<usize>,
    pub(super) value: Range<usize>,
}

impl<'a, 'i> Node<'a, 'i> {
    /// The outermost table of a block.
    pub(super) fn root(text: &'a str, table: &'a DeTable<'i>) -> Self {
        Self { text, table, form: Form::Root }
    }

    /// The table of a number under a name.
    pub(super) fn child(&self, name: &str, at: usize) -> Option<Self> {
        match self.value(name)?.get_ref() {
            DeValue::Array(entries) => self.element(entries.get(at)?),
            _ => None,
        }
    }

    fn element(&self, value: &'a Spanned<DeValue<'i>>) -> Option<Self> {
        let DeValue::Table(table) = value.get_ref() else { return None };
        let span = value.span();
        let form = if is_braced(self.text, value) { Form::Inline(span) } else { Form::Header(span.start) };
        Some(Self { text: self.text, table, form })
    }

    /// What a name has.
    pub(super) fn value(&self, name: &str) -> Option<&'a Spanned<DeValue<'i>>> {
        self.table.iter().find(|(key, _)| key.get_ref().as_ref() == name).map(|(_, value)| value)
    }

    /// The tables under a name that have a header each; none where they are in a list, or not there.
    pub(super) fn under_headers(&self, name: &str) -> Vec<Self> {
        let Some(DeValue::Array(entries)) = self.value(name).map(Spanned::get_ref) else { return Vec::new() };
        let nodes = entries.iter().filter_map(|entry| self.element(entry));
        nodes.filter(|node| matches!(node.form, Form::Header(_))).collect()
    }

    /// The keys that stand in the table itself, and not under a header of their own, as in the text.
    pub(super) fn entries(&self) -> Vec<Entry> {
        let own = self.table.iter().filter(|(_, value)| !has_headers(self.text, value));
        let mut entries: Vec<Entry> = own
            .map(|(key, value)| Entry {
                key: key.get_ref().to_string(),
                span: key.span().start..value.span().end,
                value: value.span(),
            })
            .collect();
        entries.sort_by_key(|entry| entry.span.start);
        entries
    }

    /// The end of the last thing that stands in the table or in one below it.
    pub(super) fn end(&self) -> usize {
        let own = match self.form {
            Form::Root => 0,
            Form::Header(start) => {
                self.text[start..].find(['\r', '\n']).map_or(self.text.len(), |at| start + at)
            }
            Form::Inline(ref span) => span.end,
        };
        let entries = self.entries().into_iter().map(|entry| entry.span.end).max();
        let below = self
            .table
            .iter()
            .filter_map(|(key, _)| self.under_headers(key.get_ref()).iter().map(Node::end).max());
        entries.into_iter().chain(below).fold(own, usize::max)
    }
}

fn is_braced(text: &str, value: &Spanned<DeValue<'_>>) -> bool {
    text[value.span().start.min(text.len())..].starts_with('{')
}

/// Whether a value is made of tables with headers.
fn has_headers(text: &str, value: &Spanned<DeValue<'_>>) -> bool {
    match value.get_ref() {
        DeValue::Table(_) => !is_braced(text, value),
        DeValue::Array(entries) => entries
            .iter()
            .next()
            .is_some_and(|first| matches!(first.get_ref(), DeValue::Table(_)) && !is_braced(text, first)),
        _ => false,
    }
}
