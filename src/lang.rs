//! The words of the interface, from the language file of a theme.
//!
//! A language file is TOML: tables of texts, so that a text has a key of two parts,
//! `cycle.next`. A text with a number in it may have a form for each grammatical number,
//! `{ one = "{n} day", other = "{n} days" }`. Names of months and weekdays are lists. Dates,
//! lists and numbers are written by patterns from the file as well:
//!
//! | key | meaning |
//! | --- | --- |
//! | `text.direction` | `ltr` (when left out) or `rtl` |
//! | `number.decimal`, `number.thousands`, `number.percent` | see [`Separators`] |
//! | `date.months`, `date.months-short` | twelve names, January first |
//! | `date.weekdays` | seven names, Monday first |
//! | `date.day`, `date.day-short`, `date.day-year` | patterns with `{day}`, `{month}`, `{month-short}`, `{year}`, `{weekday}`; in `day-short`, `{month}` is the short name |
//! | `date.span` | a pattern with `{start}` and `{end}` |
//! | `list.and` | a pattern with `{head}` and `{last}` |
//! | `list.separator` | between the items of the head, `, ` when left out |
//!
//! Knows no template and no file: text comes in, text goes out. A key that the language lacks
//! never stops a build, it is shown as `⟦table.key⟧`.

mod pieces;
mod plural;
mod read;

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::date::Date;
use crate::number::Separators;
use plural::{Category, PluralRule};

pub use pieces::{marker, part};

/// The words of one language, see the [module](self) for how they are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lang {
    name: String,
    /// Every text by table and key; of those with several forms, the form `other`.
    words: BTreeMap<String, BTreeMap<String, String>>,
    /// The texts with several forms, by table and key.
    plurals: BTreeMap<(String, String), Plural>,
    /// The lists of names, by table and key.
    lists: BTreeMap<(String, String), Vec<String>>,
}

/// A text with several forms, and the rule of the language it is in: after [`Lang::or`] that
/// may be another than the rest.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Plural {
    rule: PluralRule,
    /// Always with a form for [`Category::Other`].
    forms: BTreeMap<Category, String>,
}

impl Lang {
    /// Reads a language file. `name` is the code of the language (`en`, `pt-BR`), and decides
    /// which form goes with which number.
    ///
    /// # Errors
    /// A message for the author of the file, when it is no TOML, has anything but texts, forms
    /// and lists of texts in its tables, or a list of months or weekdays of the wrong length.
    pub fn parse(name: &str, text: &str) -> Result<Self, String> {
        read::read(name, text).map_err(|message| format!("language `{name}`: {message}"))
    }

    /// This language, with what it lacks from another. A text is taken with all its forms or
    /// not at all.
    #[must_use]
    pub fn or(mut self, fallback: Self) -> Self {
        let Self { words, mut plurals, lists, .. } = fallback;
        for (table, entries) in words {
            let own = self.words.entry(table.clone()).or_default();
            for (key, text) in entries {
                if own.contains_key(&key) {
                    continue;
                }
                let place = (table.clone(), key.clone());
                if let Some(plural) = plurals.remove(&place) {
                    self.plurals.insert(place, plural);
                }
                own.insert(key, text);
            }
        }
        for (place, names) in lists {
            self.lists.entry(place).or_insert(names);
        }
        self
    }

    /// The code of the language, as `en`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Every text by table and key, for templates; of those with several forms, the form
    /// `other`. Lists of names are not in it.
    pub fn words(&self) -> &BTreeMap<String, BTreeMap<String, String>> {
        &self.words
    }

    /// A text by its key `table.key`, as it stands in the file. A key that is missing gives
    /// itself in brackets: `⟦table.key⟧`.
    pub fn text(&self, key: &str) -> Cow<'_, str> {
        match self.find(key) {
            Some(text) => Cow::Borrowed(text),
            None => Cow::Owned(format!("⟦{key}⟧")),
        }
    }

    /// A text with its places filled: `{n}` with the value named `n`. A place without a value
    /// stays as it is, and values are not searched for places.
    pub fn say(&self, key: &str, values: &[(&str, &str)]) -> String {
        fill(&self.text(key), values)
    }

    /// A text in the form that goes with the number `n`, its places filled. `{n}` is the number
    /// with the separators of the language, unless `values` say otherwise.
    pub fn count(&self, key: &str, n: u64, values: &[(&str, &str)]) -> String {
        let number = self.separators().whole(n);
        let mut values = values.to_vec();
        values.push(("n", &number));
        let plural = place(key).and_then(|place| self.plurals.get(&place));
        match plural {
            Some(plural) => fill(plural.form(n), &values),
            None => self.say(key, &values),
        }
    }

    /// A text as a script takes it: itself, or where it has forms, those by the name of their grammatical
    /// number (`one`, `other`).
    pub fn forms(&self, key: &str) -> serde_json::Value {
        match place(key).and_then(|place| self.plurals.get(&place)) {
            Some(plural) => {
                let forms = plural.forms.iter().map(|(category, form)| (category.as_str(), form.as_str()));
                forms.collect::<BTreeMap<&str, &str>>().into_iter().collect()
            }
            None => self.text(key).into(),
        }
    }

    /// How the language separates the digits of a number; what it does not say is as in English.
    pub fn separators(&self) -> Separators {
        let default = Separators::default();
        let own = |key: &str| self.find(key).map(str::to_owned);
        Separators {
            decimal: own("number.decimal").unwrap_or(default.decimal),
            thousands: own("number.thousands").unwrap_or(default.thousands),
            percent: own("number.percent").unwrap_or(default.percent),
        }
    }

    /// The direction of the script: `ltr` or `rtl`.
    pub fn direction(&self) -> &str {
        self.find("text.direction").unwrap_or("ltr")
    }

    /// A day in the pattern `date.day`: 5 March.
    pub fn day(&self, day: Date) -> String {
        self.date("date.day", "date.months", day)
    }

    /// A day in the pattern `date.day-short`: 5 Mar.
    pub fn day_short(&self, day: Date) -> String {
        self.date("date.day-short", "date.months-short", day)
    }

    /// A day in the pattern `date.day-year`: 5 March 2026.
    pub fn day_year(&self, day: Date) -> String {
        self.date("date.day-year", "date.months", day)
    }

    /// The name of the month that a day is in.
    pub fn month(&self, day: Date) -> Cow<'_, str> {
        self.listed("date.months", day.month() - 1)
    }

    /// The short name of the month that a day is in.
    pub fn month_short(&self, day: Date) -> Cow<'_, str> {
        self.listed("date.months-short", day.month() - 1)
    }

    /// A day in the pattern `date.day-full`: Thursday 5 March 2026.
    pub fn day_full(&self, day: Date) -> String {
        self.date("date.day-full", "date.months", day)
    }

    /// The name of the weekday.
    pub fn weekday(&self, day: Date) -> Cow<'_, str> {
        self.listed("date.weekdays", day.weekday().to_monday_zero_offset())
    }

    /// From one day to another in the pattern `date.span`, with the year once if it is the
    /// same: 1 February to 30 April 2026. One day alone when both are the same.
    pub fn span(&self, start: Date, end: Date) -> String {
        let last = self.day_year(end);
        if start == end {
            return last;
        }
        let first = if start.year() == end.year() { self.day(start) } else { self.day_year(start) };
        self.say("date.span", &[("start", &first), ("end", &last)])
    }

    /// Items joined to a sentence's list in the pattern `list.and`: a, b and c.
    pub fn list<T: AsRef<str>>(&self, items: &[T]) -> String {
        match items {
            [] => String::new(),
            [only] => only.as_ref().to_owned(),
            [head @ .., last] => {
                let head: Vec<&str> = head.iter().map(AsRef::as_ref).collect();
                let separator = self.find("list.separator").unwrap_or(", ");
                let head = head.join(separator);
                self.say("list.and", &[("head", &head), ("last", last.as_ref())])
            }
        }
    }

    /// The first items of a sentence's list, and how many others there are; never one other alone.
    pub fn some<T: AsRef<str>>(&self, items: &[T], most: usize) -> String {
        if items.len() <= most + 1 {
            return self.list(items);
        }
        let mut some: Vec<&str> = items[..most].iter().map(AsRef::as_ref).collect();
        let others = self.count("list.others", (items.len() - most) as u64, &[]);
        some.push(&others);
        self.list(&some)
    }

    fn date(&self, pattern: &str, months: &str, day: Date) -> String {
        let month = day.month() - 1;
        self.say(
            pattern,
            &[
                ("day", &day.day().to_string()),
                ("month", &self.listed(months, month)),
                ("month-short", &self.listed("date.months-short", month)),
                ("year", &day.year().to_string()),
                ("weekday", &self.weekday(day)),
            ],
        )
    }

    /// The name at an index (from 0) of a list.
    fn listed(&self, key: &str, index: i8) -> Cow<'_, str> {
        let names = place(key).and_then(|place| self.lists.get(&place));
        let name = names.zip(usize::try_from(index).ok());
        match name.and_then(|(names, index)| names.get(index)) {
            Some(name) => Cow::Borrowed(name),
            None => Cow::Owned(format!("⟦{key}⟧")),
        }
    }

    fn find(&self, key: &str) -> Option<&str> {
        let (table, key) = key.split_once('.')?;
        let text = self.words.get(table)?.get(key)?;
        Some(text)
    }
}

impl Plural {
    /// The form that goes with a number, else the form `other`.
    fn form(&self, n: u64) -> &str {
        let category = self.rule.category(n);
        let form = self.forms.get(&category);
        form.or_else(|| self.forms.get(&Category::Other)).map_or("", String::as_str)
    }
}

fn place(key: &str) -> Option<(String, String)> {
    let (table, key) = key.split_once('.')?;
    Some((table.to_owned(), key.to_owned()))
}

/// Replaces `{name}` by the first value of that name, in one pass.
pub(crate) fn fill(pattern: &str, values: &[(&str, &str)]) -> String {
    let mut text = String::new();
    let mut rest = pattern;
    while let Some(open) = rest.find('{') {
        text.push_str(&rest[..open]);
        rest = &rest[open..];
        let name = rest.find('}').map(|close| &rest[1..close]);
        let value = name.and_then(|name| values.iter().find(|value| value.0 == name));
        match value {
            Some((name, value)) => {
                text.push_str(value);
                rest = &rest[name.len() + 2..];
            }
            None => {
                text.push('{');
                rest = &rest[1..];
            }
        }
    }
    text + rest
}

#[cfg(test)]
mod tests;
