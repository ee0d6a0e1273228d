//! JSON Schema of what authors type, for their editors: front matter and book.toml, from the registry of
//! keys that the reader itself uses.
//!
//! A schema knows one table at a time. What only the whole book shows, and what TOML tells apart and JSON
//! does not (a day from a text that looks like one), is `check`'s alone.

use serde_json::{Map, Value, json};

use crate::keys::{self, Item, Key, Kind, SETTINGS, Spec};
use crate::rules::{Rule, catalogue};

/// What a schema can be had of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// `book.toml`.
    Book,
    /// The front matter of an OKR document.
    Document,
    /// The front matter of a direction document.
    Direction,
}

impl Of {
    /// All of them, in order.
    pub const ALL: [Self; 3] = [Self::Book, Self::Document, Self::Direction];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Book => "book",
            Self::Document => "document",
            Self::Direction => "direction",
        }
    }

    fn spec(self) -> &'static Spec {
        match self {
            Self::Book => &keys::CONFIG,
            Self::Document => &keys::DOCUMENT,
            Self::Direction => &keys::DIRECTION,
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Book => "okrbook: book.toml",
            Self::Document => "okrbook: front matter of an OKR document",
            Self::Direction => "okrbook: front matter of a direction document",
        }
    }
}

/// The schema, as JSON Schema 2020-12.
pub fn schema(of: Of) -> Value {
    let mut definitions = Map::new();
    let own = table(of.spec(), &mut definitions);
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": of.title(),
    });
    merge(&mut schema, own);
    if !definitions.is_empty() {
        schema["$defs"] = Value::Object(definitions);
    }
    schema
}

/// All schemas in one object, by name.
pub fn all() -> Value {
    Of::ALL.into_iter().map(|of| (of.name().to_owned(), schema(of))).collect::<Map<_, _>>().into()
}

fn merge(into: &mut Value, from: Value) {
    if let (Value::Object(into), Value::Object(from)) = (into, from) {
        into.extend(from);
    }
}

/// A table: its keys, and what has to be true of several of them.
fn table(spec: &'static Spec, definitions: &mut Map<String, Value>) -> Value {
    let mut properties = Map::new();
    for key in spec.keys {
        let mut property = value(key, definitions);
        property["description"] = json!(sentence(key.doc));
        properties.insert(key.name.to_owned(), property);
    }
    let required: Vec<&str> = spec.keys.iter().filter(|key| key.required).map(|key| key.name).collect();
    let mut table = json!({ "type": "object", "properties": properties, "additionalProperties": false });
    if !required.is_empty() {
        table["required"] = json!(required);
    }
    merge(&mut table, together(spec));
    table
}

/// What has to be true of several keys of a table.
fn together(spec: &'static Spec) -> Value {
    if std::ptr::eq(spec, &keys::KEY_RESULT) {
        let measured = ["to", "at-least", "at-most"].map(|name| json!({ "required": [name] }));
        return json!({
            "dependentRequired": { "from": ["to"], "to": ["from"] },
            "dependentSchemas": { "stretch": { "anyOf": measured } },
            "not": {
                "anyOf": [{ "required": ["from"] }, { "required": ["to"] }],
                "allOf": [{ "anyOf": [{ "required": ["at-least"] }, { "required": ["at-most"] }] }],
            },
        });
    }
    if std::ptr::eq(spec, &keys::CHECK_IN) {
        let one = ["value", "confidence", "note"].map(|name| json!({ "required": [name] }));
        return json!({ "anyOf": one });
    }
    json!({})
}

/// What a key takes.
fn value(key: &Key, definitions: &mut Map<String, Value>) -> Value {
    match key.kind {
        Kind::Title | Kind::Words => said(),
        Kind::Prose => json!({ "type": "string" }),
        Kind::Id => id(),
        Kind::MonthDay => {
            json!({ "type": "string", "pattern": "^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$" })
        }
        Kind::Offset => {
            json!({ "type": "string", "pattern": "^(end([+-][0-9]+[dw])?|[+-][0-9]+[dw]|0+[dw])$" })
        }
        Kind::Rule => {
            let rules = catalogue().into_iter().filter(|rule| rule.can_be_silenced());
            json!({ "enum": rules.map(|rule| rule.name).collect::<Vec<_>>() })
        }
        Kind::Day => json!({ "type": "string", "format": "date" }),
        Kind::Number => json!({ "type": "number" }),
        Kind::Weight => json!({ "type": "number", "minimum": 0 }),
        Kind::Share => json!({ "type": "number", "minimum": 0, "maximum": 1 }),
        Kind::Percent => json!({ "type": "number", "minimum": 0, "maximum": 100 }),
        Kind::Days => json!({ "type": "integer", "minimum": 0, "maximum": 36_500 }),
        Kind::Flag => json!({ "type": "boolean" }),
        Kind::OneOf(words) => json!({ "enum": words }),
        Kind::OneOrMany(of) => json!({ "anyOf": [item(of), { "type": "array", "items": item(of) }] }),
        Kind::Many(of) => json!({ "type": "array", "items": item(of) }),
        Kind::Table(spec) => reference(spec, definitions),
        Kind::Tables(spec) => json!({ "type": "array", "items": reference(spec, definitions) }),
        Kind::Named(spec) => {
            let mut tables =
                json!({ "type": "object", "additionalProperties": reference(spec, definitions) });
            if std::ptr::eq(spec, &keys::UNIT) {
                tables["propertyNames"] = id();
            } else if std::ptr::eq(spec, &keys::CYCLE) {
                tables["propertyNames"] = json!({ "pattern": CYCLE });
            }
            tables
        }
        Kind::Rules => rules(),
    }
}

/// A name that a cycle's folder can have.
const CYCLE: &str = "^[A-Za-z0-9][A-Za-z0-9._-]*$";

/// A text that says something.
fn said() -> Value {
    json!({ "type": "string", "pattern": "\\S" })
}

fn id() -> Value {
    json!({ "type": "string", "pattern": "^[a-z0-9-]+$" })
}

fn item(of: Item) -> Value {
    match of {
        Item::Reference => json!({
            "type": "string",
            "pattern": "^\\s*([^:/]+:)?[^:/]*[^:/\\s][^:/]*(/[^:/]*[^:/\\s][^:/]*){0,2}$",
        }),
        Item::Cycle => json!({ "type": "string", "pattern": CYCLE }),
        Item::Owner | Item::Handle | Item::Theme | Item::Unit | Item::Level | Item::Link | Item::Word => {
            said()
        }
    }
}

/// A table of its own among the definitions, named after what it is.
fn reference(spec: &'static Spec, definitions: &mut Map<String, Value>) -> Value {
    let name = name(spec);
    if !definitions.contains_key(&name) {
        definitions.insert(name.clone(), Value::Null);
        let mut own = json!({ "title": spec.header });
        merge(&mut own, table(spec, definitions));
        definitions.insert(name.clone(), own);
    }
    json!({ "$ref": format!("#/$defs/{name}") })
}

/// `a key result` as `key-result`.
fn name(spec: &Spec) -> String {
    let plain =
        ["a piece of ", "an ", "a ", "the "].iter().find_map(|article| spec.what.strip_prefix(article));
    plain.unwrap_or(spec.what).replace(' ', "-")
}

/// `[rules]`: those that can be set.
fn rules() -> Value {
    let setting = |rule: &&'static Rule| {
        let own = rule.severity.map_or("off", |severity| severity.as_str());
        let description = format!("Finds {}. Unless it is set here: {own}.", rule.summary);
        (rule.name.to_owned(), json!({ "enum": SETTINGS, "description": description }))
    };
    let rules: Vec<&'static Rule> = catalogue().into_iter().filter(|rule| rule.can_be_set()).collect();
    let properties: Map<String, Value> = rules.iter().map(setting).collect();
    json!({ "type": "object", "properties": properties, "additionalProperties": false })
}

/// Half a line as a sentence.
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_definition_is_named_once_and_used() {
        for of in Of::ALL {
            let schema = schema(of);
            let text = schema.to_string();
            for (name, definition) in schema["$defs"].as_object().unwrap() {
                assert!(text.contains(&format!("\"#/$defs/{name}\"")), "{name}");
                assert_eq!(definition["type"], "object", "{name}");
            }
        }
        let document = schema(Of::Document);
        let names: Vec<&String> = document["$defs"].as_object().unwrap().keys().collect();
        assert!(names.contains(&&"key-result".to_owned()) && names.contains(&&"feedback".to_owned()));
    }

    #[test]
    fn a_key_has_its_words_and_its_range() {
        let objective = &schema(Of::Document)["$defs"]["objective"];
        assert_eq!(objective["properties"]["state"]["enum"], json!(["active", "paused", "dropped"]));
        assert_eq!(objective["properties"]["grade"]["maximum"], 1);
        assert_eq!(objective["properties"]["why"]["description"], "The reason, in a sentence or two.");
        assert_eq!(objective["required"], json!(["id", "title"]));
        assert_eq!(objective["additionalProperties"], false);
    }
}
