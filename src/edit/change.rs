//! Writes into the front matter of a document at the places that its tables give, and keeps every
//! other byte: comments, spacing, order, line ends.
//!
//! What comes out is read again and compared with what was asked: a change that cannot be made
//! faithfully is not made at all.

use std::fmt;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::place::{self, Insertion};
use super::tree::{Entry, Form, Node};
use super::value::{Row, Value, inline, lines};
use crate::keys::{Kind, Spec};
use crate::source::Span;

/// The way to a table from the outermost one: `[("objective", 0), ("key-result", 1)]`.
pub type Path = Vec<(&'static str, usize)>;

/// A change of a document's front matter.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// A key of a table is set, whether it is there or not.
    Set {
        /// The table.
        table: Path,
        /// The key.
        key: &'static str,
        /// What it is set to.
        value: Value,
    },
    /// A table is added after the others of its name.
    Add {
        /// The table that it is added to.
        table: Path,
        /// The name of the list.
        name: &'static str,
        /// What is in it.
        row: Row,
    },
}

/// A change that cannot be made without touching what is not to be touched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CannotChange;

impl fmt::Display for CannotChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("its front matter is written in a way that okrbook cannot add to")
    }
}

/// The text of a document after changes, one after the other. `block` is its front matter, `spec`
/// the keys of it.
///
/// # Errors
/// Where the front matter does not parse, has no such table, or is written in a way that cannot be
/// added to.
pub fn change(
    text: &str,
    block: Span,
    spec: &'static Spec,
    changes: &[Change],
) -> Result<String, CannotChange> {
    let (before, after) = (&text[..block.start()], &text[block.end()..]);
    let fence = if before.ends_with("\r\n") { "\r\n" } else { "\n" };
    let mut front = text[block.start()..block.end()].to_owned();
    for change in changes {
        front = one(&front, fence, spec, change)?;
    }
    Ok(format!("{before}{front}{after}"))
}

fn one(text: &str, fence: &str, spec: &'static Spec, change: &Change) -> Result<String, CannotChange> {
    let table = DeTable::parse(text).map_err(|_| CannotChange)?;
    let (Change::Set { table: path, .. } | Change::Add { table: path, .. }) = change;
    let mut node = Node::root(text, table.get_ref());
    let mut spec = spec;
    for (name, at) in path {
        node = node.child(name, *at).ok_or(CannotChange)?;
        spec = match spec.key(name).map(|key| key.kind) {
            Some(Kind::Tables(below)) => below,
            _ => return Err(CannotChange),
        };
    }
    let edit = Edit { text, fence, spec, node: &node };
    let new = match change {
        Change::Set { key, value, .. } => edit.set(key, value),
        Change::Add { name, row, .. } => edit.add(name, row),
    };
    let new = place::applied(text, new);
    if asked(text, change) == toml::from_str(&new).ok() { Ok(new) } else { Err(CannotChange) }
}

/// What the front matter is to hold after a change.
fn asked(text: &str, change: &Change) -> Option<toml::Table> {
    let mut root: toml::Table = toml::from_str(text).ok()?;
    let (Change::Set { table: path, .. } | Change::Add { table: path, .. }) = change;
    let mut table = &mut root;
    for (name, at) in path {
        table = table.get_mut(*name)?.as_array_mut()?.get_mut(*at)?.as_table_mut()?;
    }
    let read =
        |value: &Value| toml::from_str::<toml::Table>(&format!("v = {}", value.toml())).ok()?.remove("v");
    match change {
        Change::Set { key, value, .. } => {
            table.insert((*key).to_owned(), read(value)?);
        }
        Change::Add { name, row, .. } => {
            let row: Option<toml::Table> =
                row.iter().map(|(key, value)| Some(((*key).to_owned(), read(value)?))).collect();
            let list = table.entry(*name).or_insert_with(|| toml::Value::Array(Vec::new()));
            list.as_array_mut()?.push(toml::Value::Table(row?));
        }
    }
    Some(root)
}

/// One change on its way into a text.
struct Edit<'a, 'i> {
    text: &'a str,
    fence: &'a str,
    spec: &'static Spec,
    node: &'a Node<'a, 'i>,
}

impl Edit<'_, '_> {
    fn set(&self, key: &'static str, value: &Value) -> Vec<Insertion> {
        let entries = self.node.entries();
        match entries.iter().find(|entry| entry.key == key) {
            Some(entry) => vec![(entry.value.clone(), value.toml())],
            None => self.new_key(key, &entries, &|_, _| value.toml()),
        }
    }

    fn add(&self, name: &'static str, row: &Row) -> Vec<Insertion> {
        if let Some(last) = self.node.under_headers(name).last() {
            return self.after_the_last(last, row);
        }
        match self.node.value(name) {
            Some(list) => self.list(list, row),
            None if self.node.form == Form::Root => self.first_of_its_name(name, row),
            None => self.new_key(name, &self.node.entries(), &|indent, eol| {
                format!("[{eol}{indent}  {},{eol}{indent}]", inline(row))
            }),
        }
    }

    /// A key that is not there yet: after those that come before it in the format. `value` gets the
    /// indentation and the line end.
    fn new_key(
        &self,
        key: &'static str,
        entries: &[Entry],
        value: &dyn Fn(&str, &str) -> String,
    ) -> Vec<Insertion> {
        if let (Form::Inline(_), Some(last)) = (&self.node.form, entries.last()) {
            let eol = place::eol(self.text, last.span.start, self.fence);
            let indent = place::indent(self.text, last.span.start);
            let item = format!("{key} = {}", value(indent, eol));
            return place::after_item(self.text, &last.span, &item, eol);
        }
        let rank = |name: &str| self.spec.keys.iter().position(|key| key.name == name);
        let before = entries.iter().filter(|entry| rank(&entry.key) < rank(key));
        let (at, indent) = match (before.max_by_key(|entry| rank(&entry.key)), &self.node.form) {
            (Some(entry), _) => {
                (place::next_line(self.text, entry.span.end), place::indent(self.text, entry.span.start))
            }
            (None, Form::Header(start)) => {
                (place::next_line(self.text, *start), place::indent(self.text, *start))
            }
            (None, _) => (0, ""),
        };
        let eol = place::eol(self.text, at, self.fence);
        vec![(at..at, format!("{indent}{key} = {}{eol}", value(indent, eol)))]
    }

    /// Into a list in brackets.
    fn list(&self, list: &Spanned<DeValue<'_>>, row: &Row) -> Vec<Insertion> {
        let DeValue::Array(entries) = list.get_ref() else { return Vec::new() };
        let last: Option<Range<usize>> = entries.iter().last().map(Spanned::span);
        match last {
            Some(last) => {
                let eol = place::eol(self.text, last.start, self.fence);
                place::after_item(self.text, &last, &inline(row), eol)
            }
            None => {
                let at = list.span().start + 1;
                let gap =
                    if self.text[at..].trim_start_matches([' ', '\t']).starts_with('#') { " " } else { "" };
                vec![(at..at, format!("{gap}{}{gap}", inline(row)))]
            }
        }
    }

    /// After the last table with a header of this name, with a header typed as its own.
    fn after_the_last(&self, last: &Node<'_, '_>, row: &Row) -> Vec<Insertion> {
        let Form::Header(start) = last.form else { return Vec::new() };
        let header = &self.text[start..place::next_line(self.text, start)];
        let header = header.find("]]").map_or(header, |end| &header[..end + 2]);
        let at = place::after_comments(self.text, place::next_line(self.text, last.end()));
        let blank = start == 0 || place::is_blank_before(self.text, place::line_start(self.text, start));
        self.table_at(at, header, place::indent(self.text, start), row, blank)
    }

    /// The first table of its name: after those that come before it in the format.
    fn first_of_its_name(&self, name: &'static str, row: &Row) -> Vec<Insertion> {
        let before = self.spec.names().take_while(|other| *other != name);
        let last = before.flat_map(|other| self.node.under_headers(other)).map(|node| node.end()).max();
        let at = match last {
            Some(end) => place::after_comments(self.text, place::next_line(self.text, end)),
            None => self.text.len(),
        };
        self.table_at(at, &format!("[[{name}]]"), "", row, true)
    }

    fn table_at(&self, at: usize, header: &str, indent: &str, row: &Row, blank: bool) -> Vec<Insertion> {
        let eol = place::eol(self.text, at, self.fence);
        let above = if blank && at > 0 && !place::is_blank_before(self.text, at) { eol } else { "" };
        let rest = &self.text[at..];
        let below = if blank && !rest.is_empty() && !place::begins_blank(rest) { eol } else { "" };
        let table = format!("{above}{indent}{header}{eol}{}{below}", lines(row, indent, eol));
        vec![(at..at, table)]
    }
}
