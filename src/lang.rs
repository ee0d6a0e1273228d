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
use std::collections::{BTreeMap, HashMap};

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
    /// The same by the whole key, `table.key`: pages ask for texts more often than for anything else.
    texts: HashMap<String, String, foldhash::fast::FixedState>,
    /// The texts with several forms, by the whole key.
    plurals: BTreeMap<String, Plural>,
    /// The lists of names, by the whole key.
    lists: BTreeMap<String, Vec<String>>,
    separators: Separators,
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
        let Self { words, mut plurals, lists, texts: _, separators: _, name: _ } = fallback;
        for (table, entries) in words {
            let own = self.words.entry(table.clone()).or_default();
            for (key, text) in entries {
                if own.contains_key(&key) {
                    continue;
                }
                let whole = format!("{table}.{key}");
                if let Some(plural) = plurals.remove(&whole) {
                    self.plurals.insert(whole, plural);
                }
                own.insert(key, text);
            }
        }
        for (key, names) in lists {
            self.lists.entry(key).or_insert(names);
        }
        self.index();
        self
    }

    /// Sets up what follows from the texts.
    fn index(&mut self) {
        self.texts.clear();
        for (table, entries) in &self.words {
            self.texts.extend(entries.iter().map(|(key, text)| (format!("{table}.{key}"), text.clone())));
        }
        let default = Separators::default();
        let own = |key: &str| self.find(key).map(str::to_owned);
        self.separators = Separators {
            decimal: own("number.decimal").unwrap_or(default.decimal),
            thousands: own("number.thousands").unwrap_or(default.thousands),
            percent: own("number.percent").unwrap_or(default.percent),
        };
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
        let text = match self.plurals.get(key) {
            Some(plural) => Cow::Borrowed(plural.form(n)),
            None => self.text(key),
        };
        fill_with(&text, |name| {
            let given = values.iter().find(|value| value.0 == name).map(|value| Cow::Borrowed(value.1));
            given.or_else(|| (name == "n").then(|| Cow::Owned(self.separators.whole(n))))
        })
    }

    /// A text as a script takes it: itself, or where it has forms, those by the name of their grammatical
    /// number (`one`, `other`).
    pub fn forms(&self, key: &str) -> serde_json::Value {
        match self.plurals.get(key) {
            Some(plural) => {
                let forms = plural.forms.iter().map(|(category, form)| (category.as_str(), form.as_str()));
                forms.collect::<BTreeMap<&str, &str>>().into_iter().collect()
            }
            None => self.text(key).into(),
        }
    }

    /// How the language separates the digits of a number; what it does not say is as in English.
    pub fn separators(&self) -> &Separators {
        &self.separators
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
        fill_with(&self.text(pattern), |name| match name {
            "day" => Some(day.day().to_string().into()),
            "month" => Some(self.listed(months, month)),
            "month-short" => Some(self.listed("date.months-short", month)),
            "year" => Some(day.year().to_string().into()),
            "weekday" => Some(self.weekday(day)),
            _ => None,
        })
    }

    /// The name at an index (from 0) of a list.
    fn listed(&self, key: &str, index: i8) -> Cow<'_, str> {
        let name = self.lists.get(key).zip(usize::try_from(index).ok());
        match name.and_then(|(names, index)| names.get(index)) {
            Some(name) => Cow::Borrowed(name),
            None => Cow::Owned(format!("⟦{key}⟧")),
        }
    }

    fn find(&self, key: &str) -> Option<&str> {
        self.texts.get(key).map(String::as_str)
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

/// Replaces `{name}` by the first value of that name, in one pass.
pub(crate) fn fill(pattern: &str, values: &[(&str, &str)]) -> String {
    fill_with(pattern, |name| values.iter().find(|value| value.0 == name).map(|value| Cow::Borrowed(value.1)))
}

/// Replaces `{name}` by the value of that name, if it has one, in one pass.
fn fill_with<'v>(pattern: &str, value: impl Fn(&str) -> Option<Cow<'v, str>>) -> String {
    let mut text = String::with_capacity(pattern.len() + 16);
    let mut rest = pattern;
    while let Some(open) = rest.find('{') {
        text.push_str(&rest[..open]);
        rest = &rest[open..];
        let name = rest.find('}').map(|close| &rest[1..close]);
        match name.and_then(|name| Some((name, value(name)?))) {
            Some((name, value)) => {
                text.push_str(&value);
                rest = &rest[name.len() + 2..];
            }
            None => {
                text.push('{');
                rest = &rest[1..];
            }
        }
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests;
