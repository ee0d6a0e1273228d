//! The keys of the format, every table of it: one registry for reading, for the help on an
//! unknown key, and for the JSON Schema.
//!
//! Knows names, types and ranges, not meanings: what a key says is read in `model` and `config`.

mod book;
mod foreign;
mod front;

pub use book::*;
pub use foreign::{foreign, meant};
pub use front::*;

/// What a key takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// One line of inline Markdown, not empty.
    Title,
    /// Inline Markdown.
    Prose,
    /// Plain text, not empty.
    Words,
    /// Lower-case letters, digits and hyphens.
    Id,
    /// A month and a day, `MM-DD`.
    MonthDay,
    /// Days or weeks from the first or the last day of a cycle.
    Offset,
    /// The name of a rule that a document may silence.
    Rule,
    /// A calendar day without a time.
    Day,
    /// A finite number.
    Number,
    /// A finite number of at least 0.
    Weight,
    /// 0.0 to 1.0.
    Share,
    /// 0 to 100.
    Percent,
    /// A whole number of days, of at least 0.
    Days,
    /// true or false.
    Flag,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// One text or a list of them.
    OneOrMany(Item),
    /// A list of texts.
    Many(Item),
    /// A table.
    Table(&'static Spec),
    /// Tables whose names the author chooses.
    Named(&'static Spec),
    /// An array of tables, `[[x]]`.
    Tables(&'static Spec),
    /// Rules and what they are set to.
    Rules,
}

/// What the texts of a list are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// A @handle, a unit's id or a role in words.
    Owner,
    /// A @handle.
    Handle,
    /// A reference to a place in the book.
    Reference,
    /// A theme's id.
    Theme,
    /// A unit's id.
    Unit,
    /// A level's id.
    Level,
    /// The name of a cycle.
    Cycle,
    /// An address, or a Markdown link.
    Link,
    /// Any words.
    Word,
}

/// A key of a table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Key {
    /// As it is typed.
    pub name: &'static str,
    /// What it takes.
    pub kind: Kind,
    /// Whether it must be there.
    pub required: bool,
    /// What it says, in half a line.
    pub doc: &'static str,
}

/// A table of the format.
#[derive(Debug, PartialEq)]
pub struct Spec {
    /// What a person calls it, with its article: `an objective`.
    pub what: &'static str,
    /// How its header is typed: `[[objective]]`.
    pub header: &'static str,
    /// Its keys, in the order in which they are written.
    pub keys: &'static [Key],
}

impl Spec {
    /// The key of a name.
    pub fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|key| key.name == name)
    }

    /// The names of its keys.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.keys.iter().map(|key| key.name)
    }
}

const fn key(name: &'static str, kind: Kind, doc: &'static str) -> Key {
    Key { name, kind, required: false, doc }
}

const fn must(name: &'static str, kind: Kind, doc: &'static str) -> Key {
    Key { name, kind, required: true, doc }
}

/// What is true of an objective, a key result or an investment besides its progress.
pub const STATES: &[&str] = &["active", "paused", "dropped"];
/// How firmly something is promised.
pub const COMMITMENTS: &[&str] = &["committed", "aspirational", "learning"];
/// What came of a piece of feedback.
pub const OUTCOMES: &[&str] = &["open", "changed", "declined", "no-change-needed"];
/// The two parties of a contract.
pub const PARTIES: &[&str] = &["set-by", "delivered-by"];
/// What a unit answers to a key result above.
pub const VERDICTS: &[&str] = &["sufficient", "partial", "not-ours"];
/// What the process expects at a date.
pub const WHATS: &[&str] = &["direction", "drafts", "final", "grades", "other"];
/// The lengths of standard cycles.
pub const RHYTHMS: &[&str] = &["quarter", "trimester", "half", "year"];
/// What a rule can be set to.
pub const SETTINGS: &[&str] = &["off", "note", "warn", "error"];

/// Whether a table of this name is one of many, `[[name]]`.
pub fn is_list(name: &str) -> bool {
    let specs = [&DOCUMENT, &DIRECTION, &CONFIG];
    specs.iter().any(|spec| spec.key(name).is_some_and(|key| matches!(key.kind, Kind::Tables(_))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_table_has_a_key_twice() {
        for spec in [&CONFIG, &DOCUMENT, &OBJECTIVE, &KEY_RESULT, &INVESTMENT, &DIRECTION, &UNIT, &LEVEL] {
            for (at, key) in spec.keys.iter().enumerate() {
                assert!(!spec.keys[..at].iter().any(|other| other.name == key.name), "{}", key.name);
            }
        }
    }
}
