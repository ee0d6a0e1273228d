//! One table, key by key: each value as the type that its key takes, or a finding that says what
//! it is, what it should be, and what to type.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use jiff::civil::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Finding, Patience, Sink, nearest, one_of};
use crate::keys::{Item, Key, Kind, SETTINGS, Spec, meant};
use crate::source::{Source, Span};

use super::{At, Few, Words, recover};

mod finish;
mod mend;

use mend::{describe, mend_range, mend_type};

/// What the tables of one file share while they are read.
pub struct Scope<'a> {
    /// The file.
    pub source: &'a Source,
    /// Where its findings go.
    pub sink: RefCell<Sink>,
    /// How many bytes before the block of TOML.
    pub offset: usize,
    /// Stretches of the file that could not be read; a table that holds one is not said to lack keys.
    pub lost: &'a [Span],
    /// Every specification of this kind of file, to say where a misplaced key belongs.
    pub family: &'a [&'static Spec],
    /// How long what was meant is looked for.
    pub patience: Patience,
    /// The short texts of the file.
    pub words: RefCell<HashSet<Arc<str>>>,
}

/// A document says the same names, themes and units of measure again and again: texts up to this length are
/// kept once.
const SHORT: usize = 32;

impl Scope<'_> {
    /// A text, the same one where it was read before.
    fn shared(&self, text: &str) -> Arc<str> {
        if text.len() > SHORT {
            return Arc::from(text);
        }
        let mut words = self.words.borrow_mut();
        if let Some(known) = words.get(text) {
            return Arc::clone(known);
        }
        let new: Arc<str> = Arc::from(text);
        words.insert(Arc::clone(&new));
        new
    }

    /// A place in the block as one in the file.
    pub fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span::from(range).shifted(self.offset)
    }

    /// Makes a finding and keeps it, after `with` has added to it.
    pub fn report(
        &self,
        rule: &'static str,
        span: Span,
        message: impl Into<String>,
        with: impl FnOnce(Finding) -> Finding,
    ) {
        let finding = with(self.sink.borrow().finding(rule, span, message));
        self.sink.borrow_mut().add(finding);
    }
}

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

    /// A text that may be empty.
    pub fn prose(&mut self, name: &'static str) -> Option<Words> {
        self.value(name, |this, value, _| this.text_of(name, value, "a text")).map(|at| at.value)
    }

    /// A text that says something.
    pub fn words(&mut self, name: &'static str) -> Option<Words> {
        self.value(name, |this, value, span| {
            let text = this.text_of(name, value, "a text")?;
            if text.value.trim().is_empty() {
                this.empty(name, span);
                return None;
            }
            Some(text)
        })
        .map(|at| at.value)
    }

    /// An id. What is missing gets the title as a slug for a fix.
    pub fn id(&mut self, name: &'static str) -> Option<Words> {
        let id = self.words(name)?;
        if is_id(&id.value) {
            return Some(id);
        }
        self.broken = true;
        let slug = slug(&id.value);
        self.report(
            "format/bad-id",
            id.span,
            format!("`{}` is no id: an id has lower-case letters, digits and hyphens", id.value),
            |finding| {
                if slug.is_empty() {
                    return finding.help("choose a short name such as `uptime`");
                }
                finding.help(format!("write `{slug}`")).suggestion(id.span, format!("\"{slug}\""))
            },
        );
        None
    }

    /// A day.
    pub fn day(&mut self, name: &'static str) -> Option<At<Date>> {
        self.value(name, |this, value, span| match value.get_ref() {
            DeValue::Datetime(stamp) => {
                if stamp.time.is_some() {
                    let day = stamp.date.map(|day| day.to_string());
                    this.report(
                        "format/wrong-type",
                        span,
                        format!("`{name}` takes a day, not a time"),
                        |finding| match day {
                            Some(day) => finding.help("leave the time out").certain_fix(span, day),
                            None => finding.help("write a day such as `2026-01-31`"),
                        },
                    );
                    return None;
                }
                // a day that does not exist was reported when it was parsed
                let day = stamp.date?;
                Date::new(
                    i16::try_from(day.year).ok()?,
                    i8::try_from(day.month).ok()?,
                    i8::try_from(day.day).ok()?,
                )
                .ok()
            }
            other => {
                this.wrong_type(name, other, span, "a day");
                None
            }
        })
    }

    /// A finite number within a range.
    fn number_in(
        &mut self,
        name: &'static str,
        wants: &str,
        range: std::ops::RangeInclusive<f64>,
    ) -> Option<At<f64>> {
        self.value(name, |this, value, span| {
            let number = match value.get_ref() {
                DeValue::Integer(number) => integer(number.as_str(), number.radix()),
                DeValue::Float(number) => number.as_str().replace('_', "").parse().unwrap_or(f64::NAN),
                other => {
                    this.wrong_type(name, other, span, wants);
                    return None;
                }
            };
            if number.is_finite() && range.contains(&number) {
                return Some(number);
            }
            let typed = this.scope.source.slice(span);
            this.report(
                "format/bad-value",
                span,
                format!("`{name}` takes {wants}, not `{typed}`"),
                |finding| mend_range(finding, number, &range, span),
            );
            None
        })
    }

    /// Any finite number.
    pub fn number(&mut self, name: &'static str) -> Option<At<f64>> {
        self.number_in(name, "a number", f64::MIN..=f64::MAX)
    }

    /// A number from 0.0 to 1.0.
    pub fn share(&mut self, name: &'static str) -> Option<At<f64>> {
        self.number_in(name, "a number from 0.0 to 1.0", 0.0..=1.0)
    }

    /// A number from 0 to 100.
    pub fn percent(&mut self, name: &'static str) -> Option<At<f64>> {
        self.number_in(name, "a number from 0 to 100", 0.0..=100.0)
    }

    /// A number of at least 0.
    pub fn weight(&mut self, name: &'static str) -> Option<At<f64>> {
        self.number_in(name, "a number of at least 0", 0.0..=f64::MAX)
    }

    /// A whole number of days.
    pub fn days(&mut self, name: &'static str) -> Option<At<u32>> {
        let days = self.number_in(name, "a whole number of days", 0.0..=36_500.0)?;
        if days.value.fract() != 0.0 {
            self.report(
                "format/bad-value",
                days.span,
                format!("`{name}` takes whole days, not `{}`", days.value),
                |f| f,
            );
            return None;
        }
        // in range and whole, so that nothing is cut off
        Some(days.map(|days| days as u32))
    }

    /// true or false.
    pub fn flag(&mut self, name: &'static str) -> Option<At<bool>> {
        self.value(name, |this, value, span| match value.get_ref() {
            DeValue::Boolean(flag) => Some(*flag),
            other => {
                this.wrong_type(name, other, span, "`true` or `false`");
                None
            }
        })
    }

    /// One word of the key's set.
    pub fn one_of(&mut self, name: &'static str) -> Option<At<&'static str>> {
        let Some(Key { kind: Kind::OneOf(words), .. }) = self.spec.key(name) else { return None };
        self.value(name, |this, value, span| {
            let text = this.text_of(name, value, &one_of(words.iter().copied()))?.value;
            if let Some(word) = words.iter().find(|word| **word == text.as_ref()) {
                return Some(*word);
            }
            let wants = one_of(words.iter().copied());
            this.report("format/bad-value", span, format!("`{name}` is {wants}, not `{text}`"), |finding| {
                let tidy = text.trim().to_lowercase().replace(['_', ' '], "-");
                let near = nearest(&text, words.iter().copied()).or_else(|| meant(&tidy, words));
                match (words.contains(&tidy.as_str()), near) {
                    (true, _) => {
                        finding.help(format!("write `{tidy}`")).certain_fix(span, format!("\"{tidy}\""))
                    }
                    (_, Some(near)) => finding
                        .help(format!("did you mean `{near}`?"))
                        .suggestion(span, format!("\"{near}\"")),
                    _ => finding.help("write one of these words"),
                }
            });
            None
        })
    }

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

fn integer(typed: &str, radix: u32) -> f64 {
    match radix {
        10 => typed.parse().unwrap_or(f64::NAN),
        _ => i128::from_str_radix(typed, radix).map_or(f64::NAN, |number| number as f64),
    }
}

/// Whether a text can be an id.
pub fn is_id(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// Words that an id does not end with.
const SMALL_WORDS: [&str; 12] = ["a", "an", "the", "in", "of", "to", "for", "and", "or", "on", "at", "with"];

/// A text as an id: its words in lower case, joined by hyphens, at most six of them.
pub fn slug(text: &str) -> String {
    let plain: String = text
        .chars()
        .flat_map(char::to_lowercase)
        .map(|c| {
            if c.is_ascii_alphanumeric() {
                c
            } else if c.is_alphanumeric() {
                '\u{0}'
            } else {
                ' '
            }
        })
        .filter(|c| *c != '\u{0}')
        .collect();
    let mut words: Vec<&str> = plain.split_whitespace().take(6).collect();
    while words.len() > 1 && words.last().is_some_and(|last| SMALL_WORDS.contains(last)) {
        words.pop();
    }
    words.join("-")
}
