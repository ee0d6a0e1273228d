//! What a table lacks, what it has too much, and what stands where a table should.

use std::collections::BTreeSet;

use toml::Spanned;
use toml::de::DeValue;

use crate::diagnostic::{nearest, one_of};
use crate::keys::{Key, Kind, Spec, foreign};
use crate::source::Span;

use super::Reader;
use super::mend::describe;
use crate::table::slug;

impl Reader<'_, '_> {
    /// Reports what the table lacks and what it has too much. Call it last.
    pub fn finish(&mut self) {
        let unknown: Vec<(String, Span)> = self
            .table
            .keys()
            .filter(|key| self.spec.key(key.get_ref()).is_none())
            .map(|key| (key.get_ref().to_string(), self.scope.span(key.span())))
            .collect();
        self.hides |= unknown.iter().any(|(name, _)| self.table.get(name.as_str()).is_some_and(holds_tables));
        let mut renamed = BTreeSet::new();
        for (name, span) in &unknown {
            if let Some(meant) = self.unknown(name, *span) {
                renamed.insert(meant);
            }
        }
        let missing: Vec<&Key> =
            self.spec.keys.iter().filter(|key| key.required && !self.has(key.name)).collect();
        for key in missing {
            self.broken = true;
            if self.is_whole() && !renamed.contains(key.name) {
                self.missing(key);
            }
        }
    }

    /// Reports an unknown key; gives the key that was certainly meant.
    fn unknown(&self, name: &str, span: Span) -> Option<&'static str> {
        let message = format!("{} has no key `{name}`", self.spec.what);
        let (tidy, there) = match tidy(name, self.spec) {
            Some(known) if self.has(known) => (None, Some(known)),
            tidy => (tidy, None),
        };
        let near = tidy.or_else(|| nearest(name, self.spec.names().filter(|known| !self.has(known))));
        let elsewhere: Vec<&'static Spec> =
            self.scope.family.iter().copied().filter(|spec| spec.key(name).is_some()).collect();
        self.report("format/unknown-key", span, message, |finding| {
            if let Some(meant) = tidy {
                return finding.help(format!("write `{meant}`")).certain_fix(span, meant);
            }
            if let Some(there) = there {
                return finding.help(format!("`{there}` is there already: keep one of them"));
            }
            if let Some(help) = self.misplaced(name, &elsewhere) {
                return finding.help(help);
            }
            if let Some(help) = foreign(name) {
                return finding.help(help);
            }
            match near {
                Some(near) => finding.help(format!("did you mean `{near}`?")).suggestion(span, near),
                None => finding.help(format!("it takes {}", one_of(self.spec.names()))),
            }
        });
        near
    }

    /// Where a key belongs that another table has.
    fn misplaced(&self, name: &str, elsewhere: &[&'static Spec]) -> Option<String> {
        let owner = elsewhere.first()?;
        let above = match (owner.what, self.spec.what) {
            ("an objective", "a key result") => "move it above its first key result".to_owned(),
            ("an OKR document" | "a direction document", _) => "move it above the first `[[…]]`".to_owned(),
            _ => format!("move it under `{}`", owner.header),
        };
        let owners: Vec<&str> = elsewhere.iter().map(|spec| spec.what).collect();
        let owners = match owners.as_slice() {
            [only] => (*only).replacen("an ", "the ", 1).replacen("a ", "the ", 1),
            many => many.join(" or "),
        };
        Some(format!("`{name}` belongs to {owners}: {above}"))
    }

    fn missing(&self, key: &Key) {
        let message = format!("{} has no `{}`", self.spec.what, key.name);
        let title =
            self.table.iter().find(|(name, _)| name.get_ref().as_ref() == "title").and_then(|(_, value)| {
                match value.get_ref() {
                    DeValue::String(title) => Some(slug(title)),
                    _ => None,
                }
            });
        self.report("format/missing-key", self.span, message, |finding| {
            if let (Kind::Id, Some(slug)) = (key.kind, title.filter(|slug| !slug.is_empty())) {
                let typed = format!("{} = \"{slug}\"", key.name);
                let (at, text) = self.insertion(&typed);
                return finding.help(format!("add `{typed}`")).certain_fix(at, text);
            }
            if let Kind::Table(spec) | Kind::Tables(spec) | Kind::Named(spec) = key.kind {
                let keys: Vec<String> = spec
                    .keys
                    .iter()
                    .filter(|key| key.required)
                    .map(|key| format!("`{} = {}`", key.name, example(key.kind)))
                    .collect();
                let with = if keys.is_empty() { String::new() } else { format!(" with {}", keys.join(", ")) };
                return finding.help(format!("add `{}`{with}", spec.header));
            }
            finding.help(format!("add `{} = {}`: {}", key.name, example(key.kind), key.doc))
        });
    }

    /// Where a key can be added to this table, and the text that adds it.
    fn insertion(&self, typed: &str) -> (Span, String) {
        let text = &self.scope.source.text;
        if self.inline {
            let at = self.span.start() + 1;
            return (Span::new(at, at), format!(" {typed},"));
        }
        let at = text[self.span.end()..].find('\n').map_or(text.len(), |end| self.span.end() + end);
        let crlf = text[..at].ends_with('\r');
        let at = if crlf { at - 1 } else { at };
        (Span::new(at, at), format!("{}{typed}", if crlf { "\r\n" } else { "\n" }))
    }

    /// An entry of a list of tables that is none.
    pub(super) fn no_table(&self, name: &str, value: &DeValue<'_>, span: Span, spec: &'static Spec) {
        let named = spec.key("id").is_some() && spec.key("title").is_some();
        let wants = if named { "tables such as `{ id = \"…\", title = \"…\" }`" } else { "tables" };
        let message = format!("`{name}` takes {wants}, not {}", describe(value));
        self.report("format/wrong-type", span, message, |finding| {
            let typed = self.scope.source.slice(span);
            match value {
                DeValue::String(title) if named && !slug(title).is_empty() => {
                    let table = format!("{{ id = \"{}\", title = {typed} }}", slug(title));
                    finding.help(format!("write `{table}`")).suggestion(span, table)
                }
                _ => finding.help("write each in braces, `{ … }`"),
            }
        });
    }

    /// Whether a table stands there only because a part of it, `[[objective.key-result]]`, came before
    /// any of its own; reports it.
    pub(super) fn is_orphan(&self, name: &str, span: Span) -> bool {
        let text = &self.scope.source.text;
        let start = text[..span.start()].rfind('\n').map_or(0, |end| end + 1);
        let line = text[start..].lines().next().unwrap_or_default();
        let header = line.trim_end();
        let Some(part) =
            header.trim_start_matches('[').strip_prefix(name).and_then(|rest| rest.strip_prefix('.'))
        else {
            return false;
        };
        if !header.starts_with('[') {
            return false;
        }
        let part = part.split(']').next().unwrap_or_default();
        let message = format!("`{header}` stands before any `[[{name}]]`");
        let place = Span::new(start, start + header.len());
        self.report("format/mixed-forms", place, message, |finding| {
            finding.help(format!("move it below the `[[{name}]]` whose `{part}` it is"))
        });
        true
    }
}

/// Whether a value is a table or a list of tables.
fn holds_tables(value: &Spanned<DeValue<'_>>) -> bool {
    match value.get_ref() {
        DeValue::Table(_) => true,
        DeValue::Array(entries) => entries.iter().any(|entry| matches!(entry.get_ref(), DeValue::Table(_))),
        _ => false,
    }
}

/// A known key that differs only in case, hyphens or a plural.
fn tidy(name: &str, spec: &'static Spec) -> Option<&'static str> {
    let plain = name.trim().to_lowercase().replace(['_', ' '], "-");
    spec.names().find(|known| {
        *known == plain
            || plain.strip_suffix('s') == Some(*known)
            || known.strip_suffix('s') == Some(plain.as_str())
    })
}

fn example(kind: Kind) -> String {
    match kind {
        Kind::Day => "2026-01-31".to_owned(),
        Kind::Number | Kind::Weight | Kind::Percent | Kind::Days => "…".to_owned(),
        Kind::Share => "0.7".to_owned(),
        Kind::Offset => "\"-2w\"".to_owned(),
        Kind::Flag => "true".to_owned(),
        Kind::OneOf(words) => format!("\"{}\"", words.first().copied().unwrap_or_default()),
        Kind::Many(_) | Kind::OneOrMany(_) => "[\"…\"]".to_owned(),
        _ => "\"…\"".to_owned(),
    }
}
