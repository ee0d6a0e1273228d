//! A language file, from TOML to a [`Lang`]; what does not belong in it is refused by name.

use std::collections::{BTreeMap, HashMap};

use toml::{Table, Value};

use super::plural::{Category, PluralRule};
use super::{Lang, Plural};
use crate::number::Separators;

/// The lists that the program reads, and how many names each has.
const LISTS: [(&str, &str, usize); 3] =
    [("date", "months", 12), ("date", "months-short", 12), ("date", "weekdays", 7)];

pub(super) fn read(name: &str, text: &str) -> Result<Lang, String> {
    let file: Table = text.parse().map_err(|error: toml::de::Error| {
        let at = error.span().map_or(0, |span| span.start).min(text.len());
        let line = text.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
        format!("TOML parse error at line {line}: {}", error.message())
    })?;
    let mut lang = Lang {
        name: name.to_owned(),
        words: BTreeMap::new(),
        texts: HashMap::default(),
        plurals: BTreeMap::new(),
        lists: BTreeMap::new(),
        separators: Separators::default(),
    };
    for (table, entries) in file {
        let Value::Table(entries) = entries else {
            return Err(format!("`{table}` is in no table: every text has a key like `table.key`"));
        };
        if table.contains('.') {
            return Err(format!("`{table}` has a point in the name of a table"));
        }
        lang.words.entry(table.clone()).or_default();
        for (key, value) in entries {
            read_entry(&mut lang, &table, key, value)?;
        }
    }
    lang.index();
    check_direction(&lang)?;
    Ok(lang)
}

fn read_entry(lang: &mut Lang, table: &str, key: String, value: Value) -> Result<(), String> {
    let place = format!("{table}.{key}");
    let list_length = LISTS.iter().find(|list| (list.0, list.1) == (table, key.as_str())).map(|list| list.2);
    let text = match value {
        Value::Array(names) => {
            let names = read_list(table, &key, names, list_length)?;
            lang.lists.insert(place, names);
            return Ok(());
        }
        Value::String(_) | Value::Table(_) if list_length.is_some() => {
            return Err(format!("`{table}.{key}` must be a list of names"));
        }
        Value::String(text) => text,
        Value::Table(forms) => {
            let forms = read_forms(table, &key, forms)?;
            let Some(other) = forms.get(&Category::Other).cloned() else {
                return Err(format!(
                    "`{table}.{key}` has no form `other`, which every text with forms needs"
                ));
            };
            let rule = PluralRule::of(&lang.name);
            lang.plurals.insert(place, Plural { rule, forms });
            other
        }
        other => {
            let kind = other.type_str();
            return Err(format!("`{table}.{key}` is of type {kind}: it must be a string, forms or a list"));
        }
    };
    lang.words.entry(table.to_owned()).or_default().insert(key, text);
    Ok(())
}

fn read_forms(table: &str, key: &str, forms: Table) -> Result<BTreeMap<Category, String>, String> {
    let mut read = BTreeMap::new();
    for (name, form) in forms {
        let Some(category) = Category::parse(&name) else {
            let known = Category::ALL.map(|category| format!("`{}`", category.as_str()));
            return Err(format!("`{table}.{key}` has a form `{name}`: forms are {}", known.join(", ")));
        };
        let Value::String(form) = form else {
            return Err(format!("the form `{name}` of `{table}.{key}` must be a string"));
        };
        read.insert(category, form);
    }
    Ok(read)
}

fn read_list(
    table: &str,
    key: &str,
    names: Vec<Value>,
    length: Option<usize>,
) -> Result<Vec<String>, String> {
    if let Some(length) = length.filter(|length| *length != names.len()) {
        let found = names.len();
        return Err(format!("`{table}.{key}` must have {length} names, not {found}"));
    }
    names
        .into_iter()
        .map(|name| match name {
            Value::String(name) => Ok(name),
            _ => Err(format!("`{table}.{key}` must be a list of strings")),
        })
        .collect()
}

fn check_direction(lang: &Lang) -> Result<(), String> {
    match lang.direction() {
        "ltr" | "rtl" => Ok(()),
        other => Err(format!("`text.direction` is `{other}`: it must be `ltr` or `rtl`")),
    }
}
